"""What is wrong with a plan: what its schedule tells, dates far from all others, tasks that hang in the air."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from handover.charts.outliers import NEAR_DAYS, usual_range
from handover.i18n import N_
from handover.registers.scheduling.chart import Chart, ChartRow
from handover.wording import Text, said

_UNLINKED = N_("No task leads to it, and none follows it.")


@dataclass(frozen=True, slots=True)
class ScheduleFinding:
    """Something that is wrong with a task, or with the plan as a whole where ``ref`` is empty."""

    ref: str
    task: str
    sentence: Text


def findings_of(chart: Chart) -> tuple[ScheduleFinding, ...]:
    """All findings: those of the schedule first, then by task in the order of the plan."""
    told = tuple(_told(chart))
    known = {(each.ref, day) for each in told for day in _named_days(each)}
    far = (each for each in _far_dates(chart) if not known & {(each.ref, day) for day in _named_days(each)})
    return (*told, *far, *_unlinked(chart))


def _named_days(finding: ScheduleFinding) -> list[str]:
    """The days that a finding names, by which one that is told already is known."""
    return re.findall(r"\b\d{4}-\d\d-\d\d\b", finding.sentence.en)


def _told(chart: Chart) -> Iterator[ScheduleFinding]:
    """What the schedule found while it was computed."""
    rows = {row.id: row for row in chart.rows}
    for problem in chart.schedule.problems:
        row = rows.get(problem.task or "")
        sentence = said(problem.message, context="", **problem.values)
        yield ScheduleFinding(row.ref if row else "", row.name if row else "", sentence)


def far_range(chart: Chart) -> tuple[dt.date, dt.date] | None:
    """The days between which a plan lies, outliers apart; None while it has no dates."""
    days = [day.date().toordinal() for row in chart.rows for day in _days(row)]
    found = usual_range(days, NEAR_DAYS)
    return (dt.date.fromordinal(int(found[0])), dt.date.fromordinal(int(found[1]))) if found else None


def _far_dates(chart: Chart) -> Iterator[ScheduleFinding]:
    """Dates such as those of 1901 and 9999, with which programs say that they know none."""
    usual = far_range(chart)
    if usual is None:
        return
    for row in chart.rows:
        far = sorted({day.date() for day in _days(row) if not usual[0] <= day.date() <= usual[1]})
        for day in far:
            sentence = said(N_("{day} lies years from all other dates of the plan."), day=day.isoformat())
            yield ScheduleFinding(row.ref, row.name, sentence)


def _days(row: ChartRow) -> Iterator[dt.datetime]:
    for day in (row.start, row.finish, row.actual_start, row.actual_finish, row.deadline, row.constraint_at):
        if day is not None:
            yield day


def _unlinked(chart: Chart) -> Iterator[ScheduleFinding]:
    """Work that isn't done and hangs in the air; nothing where the plan has no links at all."""
    links = chart.schedule.plan.links
    if not links:
        return
    linked = {end for link in links for end in (link.predecessor, link.successor)}
    for row in chart.rows:
        if row.id not in linked and not row.summary and not row.inactive and row.percent < 1:
            yield ScheduleFinding(row.ref, row.name, said(_UNLINKED))

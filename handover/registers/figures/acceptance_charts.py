"""The charts of acceptance: parameters passed over time, rectifications burnt down, results by system."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from handover.charts.data import BurnChart, Series, StackChart
from handover.clock import today
from handover.i18n import N_
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.rectification import RECTIFICATION_STATUS, Rectification
from handover.model.acceptance.results import RESULT
from handover.model.dialect import day
from handover.model.project import Project
from handover.registers.figures.chart_names import named_systems
from handover.registers.figures.overview_charts import OverviewChart
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.wording import said

#: A line of more days than these is told week by week.
_DAILY = 60
_COLOURS = {"pass": "ok", "waived": "warning", "fail": "danger", "pending": "neutral", "na": "info"}


class RectificationFact(NamedTuple):
    """What the burn-down needs of a rectification."""

    opened: dt.date
    due: dt.date | None
    closed: dt.date | None


@dataclass(frozen=True, slots=True)
class AcceptanceCharts:
    """The charts as they stand today."""

    passed: BurnChart
    rectified: BurnChart
    results: StackChart


def acceptance_charts(connection: Connection, project_id: str) -> AcceptanceCharts:
    """The charts of a project's acceptance."""
    handover = connection.execute(
        select(Project.forecast_handover, Project.planned_handover).where(Project.id == project_id)
    ).one_or_none()
    return AcceptanceCharts(
        _passed(connection, project_id),
        burnt_down(_rectifications(connection, project_id), (handover[0] or handover[1]) if handover else None),
        _results(connection, project_id),
    )


def acceptance_on_overview(connection: Connection, project_id: str) -> Iterator[OverviewChart]:
    """Parameters passed over time, and the burn-down of rectifications."""
    charts = acceptance_charts(connection, project_id)
    for chart in (charts.passed, charts.rectified):
        if chart.days:
            yield OverviewChart(chart, "acceptance_charts")


def _passed(connection: Connection, project_id: str) -> BurnChart:
    """How many parameters are left, by the day on which what counts of each was read, against the planned ends."""
    title, y = said(N_("Parameters passed over time")), said(N_("Parameters not passed yet"))
    p = AcceptanceParameter
    latest = (
        select(func.max(day(ParameterReading.taken_at)))
        .where(ParameterReading.parameter_id == p.id, ParameterReading.deleted_at.is_(None))
        .correlate(p)
        .scalar_subquery()
    )
    query = (
        select(p.result, latest, TestCampaign.planned_end)
        .outerjoin(TestCampaign, TestCampaign.id == p.campaign_id)
        .where(p.project_id == project_id, p.deleted_at.is_(None))
    )
    rows = [(result, on, end) for result, on, end in connection.execute(query) if result != "na"]
    done = [on for result, on, _ in rows if result in ("pass", "waived") and on is not None]
    if not rows or not done:
        return BurnChart(days=(), title=title, y=y)
    ends = [end for _, _, end in rows if end is not None]
    begun = min(done) - dt.timedelta(1)
    days = days_between(begun, max([today(), *ends]))
    left = tuple(float(len(rows) - sum(on <= d for on in done)) for d in days if d <= today())
    planned = tuple(float(len(rows) - sum(end <= d for end in ends)) for d in days)
    series = Series(said(N_("By the ends of the campaigns")), planned, "info", dashed=True)
    return BurnChart(
        title=title, days=days, y=y, planned=series if ends else None,
        actual=Series(said(N_("Not passed yet")), left, "accent"),
    )  # fmt: skip


def burnt_down(facts: Sequence[RectificationFact], handover: dt.date | None) -> BurnChart:
    """How many rectifications were open on each day, and how many should be by their due days."""
    title, y = said(N_("Rectifications open")), said(N_("Open rectifications"))
    if not facts:
        return BurnChart(days=(), title=title, y=y)
    first = min(fact.opened for fact in facts)
    last = max([today(), *(fact.due for fact in facts if fact.due and (fact.due - today()).days < 3 * 365)])
    days = days_between(first - dt.timedelta(1), last)
    actual = tuple(
        float(sum(f.opened <= d and (f.closed is None or f.closed > d) for f in facts)) for d in days if d <= today()
    )
    planned = tuple(float(sum(f.opened <= d and not (f.due is not None and f.due <= d) for f in facts)) for d in days)
    return BurnChart(
        title=title,
        days=days,
        y=y,
        planned=Series(said(N_("By their due dates")), planned, "info", dashed=True),
        actual=Series(said(N_("Open")), actual, "danger"),
        marks=((handover, said(N_("Handover"))),) if handover and first <= handover <= last else (),
    )


def days_between(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Every day between two, or every seventh of them where they are many; today is always one."""
    step = 1 if (last - first).days <= _DAILY else 7
    start = today() - dt.timedelta((today() - first).days // step * step)
    count = max(0, (last - start).days) // step + 1
    return tuple(start + dt.timedelta(n * step) for n in range(count))


def _rectifications(connection: Connection, project_id: str) -> list[RectificationFact]:
    r = Rectification
    query = select(r.opened_on, r.due_on, r.closed_on, r.status).where(
        r.project_id == project_id, r.deleted_at.is_(None), r.status != "void", r.opened_on.is_not(None)
    )
    found = []
    for opened, due, closed, status in connection.execute(query):
        if opened is None:
            continue
        over = (closed or opened) if status in RECTIFICATION_STATUS.closed else None
        found.append(RectificationFact(opened, due, over))
    return found


def _results(connection: Connection, project_id: str) -> StackChart:
    p = AcceptanceParameter
    query = select(p.system_id, p.result).where(p.project_id == project_id, p.deleted_at.is_(None))
    counted = Counter((system or "", result) for system, result in connection.execute(query))
    systems = named_systems(connection, {system for system, _ in counted})
    series = tuple(
        Series(
            said(RESULT[result].name),
            tuple(float(counted[system, result]) for system in systems),
            _COLOURS[result],
            tuple(_rows(system, result) for system in systems),
        )
        for result in _COLOURS
        if any(counted[system, result] for system in systems)
    )
    return StackChart(
        title=said(N_("Results by system")),
        categories=tuple(systems.values()),
        series=series,
        x=said(N_("System")),
        y=said(N_("Parameters")),
    )


def _rows(system: str, result: str) -> RowsBehind:
    where = (
        Condition("system", "is", (system,)) if system else Condition("system", "empty"),
        Condition("result", "is", (result,)),
    )
    return RowsBehind("parameters", Query(where=where))

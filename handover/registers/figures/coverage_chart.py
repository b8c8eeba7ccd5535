"""Which systems people lent to the other side cover in which week, and where nobody does."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.charts.data import HeatChart
from handover.clock import today
from handover.i18n import N_
from handover.model.group import GroupSystem
from handover.model.system import System
from handover.model.teams.secondment import Secondment, SecondmentCover
from handover.wording import said

#: So many weeks are shown; of a longer time those around today.
_MOST_WEEKS = 26
_BEFORE = 4
#: From which share on a week is covered well; less than that is thin.
_WELL = 0.5


class Lent(NamedTuple):
    """A time in which somebody covers a system with a share of his time; without a day it has no end."""

    system: str
    from_on: dt.date | None
    to_on: dt.date | None
    share: float


@dataclass(frozen=True, slots=True)
class CoverageCharts:
    """The chart as it stands today; its keys are the keys of the systems."""

    coverage: HeatChart


def coverage_charts(connection: Connection, project_id: str) -> CoverageCharts:
    """The coverage of a project's systems by secondments."""
    lent = _lent(connection, project_id)
    wanted = select(GroupSystem.system_id).where(GroupSystem.project_id == project_id, GroupSystem.deleted_at.is_(None))
    systems = {each.system for each in lent} | set(connection.execute(wanted).scalars())
    named = select(System.id, System.code, System.name).where(System.id.in_(systems), System.deleted_at.is_(None))
    rows = connection.execute(named.order_by(System.code)).all()
    weeks = shown_weeks(lent)
    shares = by_week(lent, weeks)
    chart = HeatChart(
        title=said(N_("Coverage by secondments")),
        rows=tuple(f"{row.code} {row.name}" for row in rows) if weeks else (),
        columns=tuple(f"{week:%m-%d}" for week in weeks),
        cells=tuple(tuple(shares[row.id]) for row in rows) if weeks else (),
        keys=tuple(tuple(row.id for _ in weeks) for row in rows) if weeks else (),
        steps=((0.0, "danger"), (0.05, "warning"), (_WELL, "ok")),
    )
    return CoverageCharts(chart)


def shown_weeks(lent: Iterable[Lent]) -> list[dt.date]:
    """The Mondays of the weeks in which somebody is lent; of many those from a month before today on."""
    known = [each for each in lent if each.from_on is not None]
    if not known:
        return []
    first = min(each.from_on for each in known if each.from_on is not None)
    last = max((each.to_on or today() for each in known), default=today())
    week = first - dt.timedelta(days=first.weekday())
    weeks = [week + dt.timedelta(weeks=n) for n in range((last - week).days // 7 + 1)]
    if len(weeks) > _MOST_WEEKS:
        begin = today() - dt.timedelta(weeks=_BEFORE, days=today().weekday())
        weeks = [each for each in weeks if each >= begin][:_MOST_WEEKS] or weeks[-_MOST_WEEKS:]
    return weeks


def by_week(lent: Iterable[Lent], weeks: list[dt.date]) -> dict[str, list[float | None]]:
    """The shares that cover each system in each week, on average over its five working days.

    A week without anybody is 0 between the first and the last time that a system is covered, and not known outside; a
    system that nobody ever covers has 0 throughout.
    """
    of_system: dict[str, list[Lent]] = defaultdict(list)
    for each in lent:
        of_system[each.system].append(each)
    found: dict[str, list[float | None]] = defaultdict(lambda: [0.0] * len(weeks))
    for system, times in of_system.items():
        line: list[float | None] = [_share(times, week) for week in weeks]
        covered = [n for n, share in enumerate(line) if share]
        inside = range(covered[0], covered[-1] + 1) if covered else range(0)
        found[system] = [share if n in inside else None for n, share in enumerate(line)]
    return found


def _share(times: list[Lent], week: dt.date) -> float:
    days = [week + dt.timedelta(days=n) for n in range(5)]
    total = sum(each.share for day in days for each in times if _covers(each, day))
    return round(total / len(days), 1)


def _covers(each: Lent, day: dt.date) -> bool:
    return (each.from_on is None or each.from_on <= day) and (each.to_on is None or day <= each.to_on)


def _lent(connection: Connection, project_id: str) -> list[Lent]:
    wanted = (
        select(SecondmentCover.system_id, Secondment.from_on, Secondment.to_on, Secondment.share)
        .join(Secondment, Secondment.id == SecondmentCover.secondment_id)
        .where(Secondment.project_id == project_id, Secondment.deleted_at.is_(None),
               SecondmentCover.deleted_at.is_(None), SecondmentCover.system_id.is_not(None))
    )  # fmt: skip
    return [Lent(system, first, last, 1.0 if share is None else share)
            for system, first, last, share in connection.execute(wanted) if system]  # fmt: skip

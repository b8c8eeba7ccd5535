"""The charts of knowledge: gaps going down to the handover, coverage by team and system, what holders still carry."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.charts.data import BurnChart, ColumnChart, RadarChart, Series, StackChart
from handover.clock import today
from handover.i18n import N_
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.people import Person
from handover.model.project import Project
from handover.model.system import System
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.wording import Words, said

#: The pace is that of so many days back.
_PACE = 28
#: A burn-down is told week by week, this many weeks ahead at most.
_AHEAD = 26
#: Holders beyond these are counted together.
_HOLDERS = 12
#: The systems with the most receivers are the spokes of the radar, the shifts with the most people its lines.
_SPOKES, _LINES = 8, 5


class GapFact(NamedTuple):
    """What the charts need of a receiver; ``shift`` is empty where none is known."""

    id: str
    shift: str
    due: dt.date | None
    verified: dt.date | None
    open: bool
    system: str = ""


@dataclass(frozen=True, slots=True)
class KnowledgeCharts:
    """The charts as they stand today; their keys name the rows behind them."""

    burn: BurnChart
    teams: StackChart
    load: ColumnChart
    radar: RadarChart


def knowledge_charts(connection: Connection, project_id: str) -> KnowledgeCharts:
    """The charts of a project's knowledge."""
    handover = connection.execute(
        select(Project.forecast_handover, Project.planned_handover).where(Project.id == project_id)
    ).one_or_none()
    facts = _facts(connection, project_id)
    return KnowledgeCharts(
        burn_down(facts, (handover[0] or handover[1]) if handover else None),
        _teams(facts),
        _load(connection, project_id),
        radar(facts),
    )


def burn_down(facts: Sequence[GapFact], handover: dt.date | None) -> BurnChart:
    """The gaps open week by week, how many should be by their due dates, and how many will be at today's pace."""
    title, y = said(N_("Knowledge gaps open")), said(N_("Open gaps"))
    if not facts:
        return BurnChart(days=(), title=title, y=y)
    here = today()
    told = [day for f in facts for day in (f.verified, f.due) if day is not None]
    first = min([here, *(day for day in told if (here - day).days < 365)])
    last = max([here, handover or here, *(day for day in told if (day - here).days < 7 * _AHEAD)])
    back, ahead = -(-(here - first).days // 7), -(-(last - here).days // 7)
    days = tuple(here + dt.timedelta(weeks=n) for n in range(-back, ahead + 1))
    open_now = sum(f.open for f in facts)
    pace = sum(not f.open and f.verified is not None and 0 <= (here - f.verified).days < _PACE for f in facts) / _PACE
    actual = tuple(float(sum(_was_open(f, day) for f in facts)) for day in days if day <= here)
    planned = tuple(float(sum(f.due is None or f.due > day for f in facts)) for day in days)
    forecast = tuple(max(0.0, open_now - pace * (day - here).days) for day in days if day >= here)
    return BurnChart(
        title=title,
        days=days,
        y=y,
        planned=Series(said(N_("By the dates agreed")), planned, "info", dashed=True),
        actual=Series(said(N_("Open")), actual, "accent"),
        remaining=Series(said(N_("At the pace of four weeks")), ((None,) * back) + forecast, "neutral", dashed=True),
        marks=((handover, said(N_("Handover"))),) if handover and days[0] <= handover <= days[-1] else (),
    )


def _was_open(fact: GapFact, day: dt.date) -> bool:
    return fact.open if fact.verified is None or fact.open else fact.verified > day


def _teams(facts: Sequence[GapFact]) -> StackChart:
    """Verified and open gaps of the people of each shift."""
    shifts = sorted({fact.shift for fact in facts}, key=lambda shift: (not shift, shift))
    names: tuple[Words, ...] = tuple(shift or said(N_("No shift")) for shift in shifts)
    of_shift = {shift: [f for f in facts if f.shift == shift] for shift in shifts}

    def series(name: Words, colour: str, is_open: bool) -> Series:
        chosen = [[f.id for f in of_shift[shift] if f.open is is_open] for shift in shifts]
        return Series(name, tuple(float(len(ids)) for ids in chosen), colour, tuple(map(_receivers, chosen)))

    return StackChart(
        title=said(N_("Coverage by team")),
        categories=names,
        series=(series(said(N_("Verified")), "ok", False), series(said(N_("Open")), "warning", True)),
        x=said(N_("Shift")),
        y=said(N_("Receivers")),
    )


def radar(facts: Sequence[GapFact]) -> RadarChart:
    """How much of each system the people of each shift are verified in, as a share."""
    most = [code for code, _ in Counter(f.system for f in facts if f.system).most_common(_SPOKES)]
    spokes = sorted(most)
    teams = sorted(shift for shift, _ in Counter(f.shift for f in facts if f.shift).most_common(_LINES))
    title = said(N_("Verified by team and system"))
    if len(spokes) < 3 or not teams:
        return RadarChart(spokes=(), series=(), title=title,
                          empty=said(N_("It needs receivers with a shift in three systems at least.")))  # fmt: skip
    colours = ("accent", "warning", "info", "ok", "danger")

    def line(shift: str, colour: str) -> Series:
        of_spoke = [[f for f in facts if (f.shift, f.system) == (shift, spoke)] for spoke in spokes]
        shares = tuple(sum(not f.open for f in found) / len(found) if found else 0.0 for found in of_spoke)
        return Series(shift, shares, colour, tuple(_receivers(f.id for f in found) for found in of_spoke))

    lines = tuple(line(shift, colour) for shift, colour in zip(teams, colours, strict=False))
    return RadarChart(spokes=tuple(spokes), series=lines, top=1.0, title=title, unit="%")


def _load(connection: Connection, project_id: str) -> ColumnChart:
    """The open items of each holder, the most first."""
    query = (
        select(Person.name, KnowledgeItem.id)
        .join(KnowledgeHolder, KnowledgeHolder.person_id == Person.id)
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeHolder.item_id)
        .where(
            KnowledgeItem.project_id == project_id,
            KnowledgeItem.deleted_at.is_(None),
            KnowledgeHolder.deleted_at.is_(None),
            KnowledgeItem.open(),
        )
    )
    items: dict[str, list[str]] = {}
    for name, item in connection.execute(query):
        items.setdefault(name, []).append(item)
    most = [name for name, _ in Counter({name: len(ids) for name, ids in items.items()}).most_common(_HOLDERS)]
    return ColumnChart(
        title=said(N_("What holders still carry")),
        categories=tuple(most),
        series=(
            Series(said(N_("Open items")), tuple(float(len(items[name])) for name in most), "accent",
                   tuple(_items(items[name]) for name in most)),
        ),
        x=said(N_("Holder")),
        y=said(N_("Open items")),
    )  # fmt: skip


def _receivers(ids: Iterable[str]) -> RowsBehind:
    return RowsBehind("receivers", Query(where=(Condition("id", "is", tuple(ids)),)))


def _items(ids: Iterable[str]) -> RowsBehind:
    return RowsBehind("knowledge", Query(where=(Condition("id", "is", tuple(ids)),)))


def _facts(connection: Connection, project_id: str) -> list[GapFact]:
    query = (
        select(
            KnowledgeReceiver.id, Person.shift, KnowledgeReceiver.due_on, KnowledgeReceiver.verified_on,
            KnowledgeReceiver.open(), System.code,
        )
        .join(KnowledgeItem, KnowledgeItem.id == KnowledgeReceiver.item_id)
        .join(Person, Person.id == KnowledgeReceiver.person_id)
        .outerjoin(System, System.id == KnowledgeItem.system_id)
        .where(
            KnowledgeReceiver.project_id == project_id,
            KnowledgeReceiver.deleted_at.is_(None),
            KnowledgeItem.deleted_at.is_(None),
        )
    )  # fmt: skip
    return [
        GapFact(row[0], row[1] or "", row[2], row[3], bool(row[4]), row[5] or "") for row in connection.execute(query)
    ]

"""The charts of the punch list: its burn-down, the age of what is open, and where it lies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover import clock
from handover.charts.data import BurnChart, ColumnChart, HeatChart, Series
from handover.clock import today
from handover.i18n import N_
from handover.model.project import Project
from handover.model.punch import PUNCH_STATUS, Punch
from handover.registers.figures.ages import AGES, age_of, names_of_ages
from handover.registers.figures.chart_names import named_entries, named_systems
from handover.registers.figures.overview_charts import OverviewChart
from handover.registers.query import Condition, Query
from handover.wording import said

#: A burn-down of more days than these is told week by week.
_DAILY = 60
#: Categories in the order of their weight, with the colour of each.
_COLOURS = {"blocks": "danger", "before_operations": "warning", "after_operations": "neutral"}


class PunchFact(NamedTuple):
    """What the charts need of an item; ``category`` and ``discipline`` are keys of entries, empty where unknown."""

    id: str
    raised: dt.date
    due: dt.date | None
    verified: dt.date | None
    open: bool
    category: str
    system: str
    discipline: str


@dataclass(frozen=True, slots=True)
class PunchCharts:
    """The charts as they stand today; their keys are the queries of the rows behind them."""

    burn: BurnChart
    ageing: ColumnChart
    heat: HeatChart


def punches_on_overview(connection: Connection, project_id: str) -> Iterator[OverviewChart]:
    """The burn-down of the punch list."""
    burn = punch_charts(connection, project_id).burn
    if burn.days:
        yield OverviewChart(replace(burn, title=said(N_("Burn-down of the punch list"))), "punch_charts")


def punch_charts(connection: Connection, project_id: str) -> PunchCharts:
    """The charts of a project's punch list; void items are in none of them."""
    facts = _facts(connection, project_id)
    handover = connection.execute(
        select(Project.forecast_handover, Project.planned_handover).where(Project.id == project_id)
    ).one_or_none()
    return PunchCharts(
        burn_down(facts, (handover[0] or handover[1]) if handover else None),
        _ageing(connection, facts),
        _heat(connection, facts),
    )


def burn_down(facts: Sequence[PunchFact], handover: dt.date | None) -> BurnChart:
    """How many items were open on each day, how many should have been, and how many will be if all are kept."""
    known = [fact for fact in facts if fact.raised <= today()]
    if not known:
        return BurnChart(days=(), title=said(N_("Burn-down")), y=said(N_("Open items")))
    first = min(fact.raised for fact in known)
    last = max([today(), *(fact.due for fact in known if fact.due and (fact.due - today()).days < 3 * 365)])
    days = _days(first, last)
    past = tuple(day for day in days if day <= today())
    ahead = tuple(day for day in days if day >= today())
    actual = tuple(float(sum(_was_open(fact, day) for fact in known)) for day in past)
    planned = tuple(float(sum(fact.raised <= day and not _due_by(fact, day) for fact in known)) for day in days)
    left = [fact for fact in known if fact.open]
    remaining = tuple(float(sum(day == today() or not _due_by(fact, day) for fact in left)) for day in ahead)
    gap = (None,) * (len(days) - len(ahead))
    return BurnChart(
        title=said(N_("Burn-down")),
        days=days,
        y=said(N_("Open items")),
        planned=Series(said(N_("By their due dates")), planned, "info", dashed=True),
        actual=Series(said(N_("Open")), actual, "accent"),
        remaining=Series(said(N_("If all are kept")), (*gap, *remaining), "neutral", dashed=True),
        marks=((handover, said(N_("Handover"))),) if handover and first <= handover <= last else (),
    )


def _due_by(fact: PunchFact, day: dt.date) -> bool:
    return fact.due is not None and fact.due <= day


def _days(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Every day between two, or every seventh of them; today is always one."""
    step = 1 if (last - first).days <= _DAILY else 7
    back = (today() - first).days // step
    start = today() - dt.timedelta(back * step)
    count = max(0, (last - start).days) // step + 1
    return tuple(start + dt.timedelta(n * step) for n in range(count))


def _was_open(fact: PunchFact, day: dt.date) -> bool:
    if fact.raised > day:
        return False
    return fact.open if fact.verified is None else fact.verified > day


def _ageing(connection: Connection, facts: Iterable[PunchFact]) -> ColumnChart:
    open_ones = [fact for fact in facts if fact.open]
    entries = named_entries(connection, {fact.category for fact in open_ones})
    order = sorted(entries, key=lambda key: (_weight(entries[key].meaning), entries[key].place))
    ages = [age_of((today() - fact.raised).days) for fact in open_ones]
    by_cell: dict[tuple[str, int], list[str]] = {}
    for fact, age in zip(open_ones, ages, strict=True):
        by_cell.setdefault((fact.category, age), []).append(fact.id)
    series = tuple(
        Series(
            entries[key].name,
            tuple(float(len(by_cell.get((key, n), ()))) for n in range(AGES)),
            _COLOURS.get(entries[key].meaning, "info"),
            tuple(_rows(by_cell.get((key, n), ())) for n in range(AGES)),
        )
        for key in order
    )
    return ColumnChart(
        title=said(N_("Age of what is open")),
        categories=names_of_ages(),
        series=series,
        x=said(N_("Open for")),
        y=said(N_("Open items")),
    )


def _weight(meaning: str) -> int:
    return list(_COLOURS).index(meaning) if meaning in _COLOURS else len(_COLOURS)


def _heat(connection: Connection, facts: Iterable[PunchFact]) -> HeatChart:
    open_ones = [fact for fact in facts if fact.open]
    systems = named_systems(connection, {fact.system for fact in open_ones})
    entries = named_entries(connection, {fact.discipline for fact in open_ones})
    across = sorted(entries, key=lambda key: entries[key].place)
    counted = Counter((fact.system, fact.discipline) for fact in open_ones)
    return HeatChart(
        title=said(N_("Open items by system and discipline")),
        rows=tuple(systems.values()),
        columns=tuple(entries[key].name for key in across),
        cells=tuple(tuple(float(counted[row, column]) or None for column in across) for row in systems),
        keys=tuple(tuple(_where(row, column) for column in across) for row in systems),
        x=said(N_("Discipline")),
        y=said(N_("System")),
    )


def _rows(ids: Iterable[str]) -> Query:
    return Query(where=(Condition("id", "is", tuple(ids)),))


def _where(system: str, discipline: str) -> Query:
    return Query(view="open", where=(_is("system", system), _is("discipline", discipline)))


def _is(field: str, key: str) -> Condition:
    return Condition(field, "is", (key,)) if key else Condition(field, "empty")


def _facts(connection: Connection, project_id: str) -> list[PunchFact]:
    columns = (Punch.id, Punch.raised_on, Punch.due_on, Punch.verified_on, Punch.status, Punch.category_id,
               Punch.system_id, Punch.discipline_id)  # fmt: skip
    query = select(*columns).where(Punch.project_id == project_id, Punch.deleted_at.is_(None), Punch.status != "void")
    return [
        PunchFact(
            r.id,
            r.raised_on or _entered(r.id),
            r.due_on,
            r.verified_on,
            r.status not in PUNCH_STATUS.closed,
            r.category_id or "",
            r.system_id or "",
            r.discipline_id or "",
        )
        for r in connection.execute(query)
    ]


def _entered(key: str) -> dt.date:
    """The day on which a row was made, which its key tells (RFC 9562, UUIDv7)."""
    return clock.local(dt.datetime.fromtimestamp(int(key[:12], 16) / 1000, dt.UTC)).date()

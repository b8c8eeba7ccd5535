"""The overview of a project: what there is, what is overdue, what comes next; each number with the rows it counts.

However many rows there are, the overview takes one statement a chapter and three more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    and_,
    bindparam,
    case,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from handover.clock import today
from handover.model.base import Row
from handover.model.project import Project
from handover.registers.catalogue import chapters, register, registers
from handover.registers.chapter import Advance, Headline
from handover.registers.declare import Register
from handover.registers.figures.things import OpenItem, things
from handover.registers.query import Query, keys, linked, rows
from handover.values.moments import day_of


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows of a register a view shows, of all that it has; ``view`` is empty for all."""

    register: Register
    view: str
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """How far a register has come: ``done`` of ``of`` rows."""

    advance: Advance
    done: int
    of: int


@dataclass(frozen=True, slots=True)
class Headlined:
    """A headline with its number: ``n`` of ``of`` rows."""

    headline: Headline
    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview page shows. ``days`` is to the handover, negative after it, None without a date.

    The handover is on the day on which it was, else on that forecast, else on that planned.
    """

    project: str
    handover_on: dt.date | None
    days: int | None
    actual_on: dt.date | None
    forecast_on: dt.date | None
    planned_on: dt.date | None
    counts: tuple[Count, ...]
    overdue: tuple[OpenItem, ...]
    due_soon: tuple[OpenItem, ...]

    def count(self, register: str, view: str) -> int:
        """How many rows of a register a view shows."""
        return next((c.n for c in self.counts if c.register.key == register and c.view == view), 0)

    def total(self, register: str) -> int:
        """How many rows a register has."""
        return self.count(register, "")

    @property
    def empty(self) -> bool:
        """Nothing has been entered yet."""
        return not any(c.of for c in self.counts)


def overview(connection: Connection, project_id: str, limit: int = 10) -> Overview:
    """What a project has, what is late in it and what comes in two weeks, at most ``limit`` rows of each."""
    counts = numbers(connection, project_id)
    handover = connection.execute(
        select(Project.name, Project.actual_handover, Project.forecast_handover, Project.planned_handover).where(
            Project.id == project_id
        )
    ).one()
    on = handover[1] or handover[2] or handover[3]
    days = (on - today()).days if on else None
    late, soon = (tuple(_of_view(connection, project_id, view, limit)) for view in ("overdue", "due_soon"))
    return Overview(handover[0], on, days, *handover[1:], counts, late, soon)


def numbers(connection: Connection, project_id: str) -> tuple[Count, ...]:
    """How many rows each register of the work and each of its views has."""
    of_work = [chapter for chapter in chapters() if chapter.of_work]
    return tuple(count for chapter in of_work for count in _counts(connection, chapter.registers, project_id))


def totals(connection: Connection, project_id: str) -> dict[str, int]:
    """How many rows each register of the work has, by its key."""
    of_work = [each for chapter in chapters() if chapter.of_work for each in chapter.registers]
    found = _numbers(connection, _counting([(each.key, each.model, ()) for each in of_work]), project_id)
    return {each.key: found[each.key][0] for each in of_work}


def progress(connection: Connection, project_id: str) -> list[Advanced]:
    """How far each chapter has come that says how to tell, those without rows left out."""
    wanted = [advance for chapter in chapters() for advance in chapter.advances]
    models = [register(a.register).model for a in wanted]
    asked = []
    for n, (advance, model) in enumerate(zip(wanted, models, strict=True)):
        done, still = getattr(model, advance.done)(), getattr(model, advance.open)()
        # Something may be both, such as a system in the care of operations that isn't accepted yet: it counts once.
        asked.append((n, model, [done, or_(done, still)]))
    found = _numbers(connection, _counting(asked), project_id)
    return [Advanced(advance, found[n][1], found[n][2]) for n, advance in enumerate(wanted) if found[n][2]]


def headlines(connection: Connection, project_id: str) -> list[Headlined]:
    """The headlines of all chapters with their numbers, those of registers without rows left out."""
    wanted = [headline for chapter in chapters() for headline in chapter.headlines]
    asked = [(n, register(h.register).model, [_counted(h), _among(h)]) for n, h in enumerate(wanted)]
    found = _numbers(connection, _counting(asked), project_id)
    return [Headlined(h, found[n][1], found[n][2]) for n, h in enumerate(wanted) if found[n][2]]


def _counted(headline: Headline) -> ColumnElement[bool]:
    return and_(register(headline.register).condition(headline.view), _among(headline))


def _among(headline: Headline) -> ColumnElement[bool]:
    if not headline.among:
        return true()
    chosen: ColumnElement[bool] = getattr(register(headline.register).model, headline.among)()
    return chosen


def items(connection: Connection, register: Register, project_id: str, query: Query, limit: int) -> list[OpenItem]:
    """The rows of a query as things to do, the earliest due first."""
    sort = ((register.due, False),) if register.due else ()
    numbers = keys(connection, register, project_id, Query(query.text, (), query.view, query.where, sort), limit)
    fields = [register[f] for f in (register.owner, register.due) if f]
    found = rows(connection, register, numbers, fields)
    names = linked(connection, register.table.name, (r.id for r in found))
    result = []
    for row in found:
        values = dict(zip((f.field for f in fields), row.values, strict=True))
        due = values.get(register.due)
        result.append(OpenItem(register, names[row.id], values.get(register.owner), day_of(due) if due else None))
    return result


def late_numbers(connection: Connection, register: Register, project_id: str) -> frozenset[int]:
    """The row numbers of what is overdue in a register; empty where nothing in it can be."""
    if not register.due or not any(v.key == "overdue" for v in register.views):
        return frozenset()
    return frozenset(keys(connection, register, project_id, Query(view="overdue")))


def _counts(connection: Connection, of_chapter: Sequence[Register], project_id: str) -> list[Count]:
    """All rows of the registers of a chapter, and those of each of their views, in one statement."""
    statement = _of_views(tuple((each.key, each.model, tuple(v.key for v in each.views)) for each in of_chapter))
    found = _numbers(connection, statement, project_id)
    counts: list[Count] = []
    for each in of_chapter:
        total, *of_views = found[each.key]
        counts.append(Count(each, "", total, total))
        counts += [Count(each, view.key, n, total) for view, n in zip(each.views, of_views, strict=False)]
    return counts


@cache
def _of_views(viewed: tuple[tuple[str, type[Row], tuple[str, ...]], ...]) -> CompoundSelect[Any] | None:
    """The statement that counts the rows of some registers and of their views, by key, model and views.

    It is the same for every project on every day, and building it takes longer than carrying it out.
    """
    return _counting([(key, model, [getattr(model, view)() for view in views]) for key, model, views in viewed])


def _counting(
    wanted: Sequence[tuple[str | int, type[Row], Sequence[ColumnElement[bool]]]],
) -> CompoundSelect[Any] | None:  # Any: rows of numbers, as many as there are conditions
    """What counts, for each key, the rows of a model and those that meet each condition; None for nothing."""
    width = max((len(conditions) for _, _, conditions in wanted), default=0)
    project_id: ColumnElement[str] = bindparam("project_id")
    selects = []
    for key, model, conditions in wanted:
        counted: list[Any] = [func.coalesce(func.sum(case((c, 1), else_=0)), 0) for c in conditions]
        counted += [literal(0)] * (width - len(conditions))
        selects.append(
            select(literal(key), func.count(), *(n.label(f"n{i}") for i, n in enumerate(counted)))
            .select_from(model)
            .where(model.project_id == project_id, model.deleted_at.is_(None))
        )
    return union_all(*selects) if selects else None


def _numbers(
    connection: Connection, counting: CompoundSelect[Any] | None, project_id: str
) -> dict[Any, list[int]]:  # Any: as above; the keys are those of what was asked
    """What a counting statement says of a project, by key."""
    if counting is None:
        return {}
    found = connection.execute(counting, {"project_id": project_id})
    return {row[0]: [int(n) for n in row[1:]] for row in found}


def _of_view(connection: Connection, project_id: str, view: str, limit: int) -> list[OpenItem]:
    wanted = [(each, each.condition(view)) for each in registers() if any(v.key == view for v in each.views)]
    return things(connection, wanted, project_id, limit)

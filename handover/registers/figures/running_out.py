"""What runs out these days, for *Today* on the overview: calibrations, waivers, conditions, drills, by kind."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, String, cast, func, literal, select, union_all

from handover.i18n import tr
from handover.model.dialect import day
from handover.model.vocabulary import Tone
from handover.registers.figures.today import TodayLine
from handover.values import shown

#: Rows of a kind that are named; of more only their number is said.
_NAMED = 3


@dataclass(frozen=True, slots=True)
class RunsOut:
    """Rows of a view of a register that are told of together.

    Args:
        name: what is the matter with them, in English.
        called, until: expressions for what a row is called and for its day, asked when they are told.
        among: a further condition on the rows of the view.
    """

    register: str
    view: str
    name: str
    model: Any  # Any: a mapped class that has the view
    called: Callable[[], Any]  # Any: a column, or an expression of texts
    until: Callable[[], Any]  # Any: likewise of days
    tone: Tone = "warning"
    among: Callable[[], ColumnElement[bool]] | None = None


def running_out(kinds: Sequence[RunsOut], connection: Connection, project_id: str) -> Iterator[TodayLine]:
    """A line for each kind of which there is something, in one statement; those named first run out first."""
    asked = union_all(*(select(_of(kind, place, project_id)) for place, kind in enumerate(kinds))).subquery()
    rows = connection.execute(select(asked).order_by(asked.c.place, asked.c.until, asked.c.ref)).all()
    for place, group in groupby(rows, key=lambda row: int(row[0])):
        kind, several = kinds[place], list(group)
        named = [(str(ref), str(called or ""), _day(until)) for _, ref, called, until, _ in several]
        words = partial(_words, named, int(several[0][4]) - len(several))
        yield TodayLine(tr(kind.name), words, kind.tone, kind.register, (("view", kind.view),))


def _of(kind: RunsOut, place: int, project_id: str) -> Any:  # Any: a subquery of one row a thing
    model, until = kind.model, day(kind.until())
    wanted = (
        select(literal(place).label("place"), model.ref.label("ref"), cast(kind.called(), String).label("called"),
               cast(until, String).label("until"), func.count().over().label("total"))
        .where(model.project_id == project_id, model.deleted_at.is_(None), getattr(model, kind.view)())
        .order_by(until, model.id)
        .limit(_NAMED)
    )  # fmt: skip
    return (wanted.where(kind.among()) if kind.among is not None else wanted).subquery()


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text[:10]) if text else None


def _words(named: Sequence[tuple[str, str, dt.date | None]], more: int) -> str:
    told = [
        tr("{ref} {name}, {day}", ref=ref, name=name, day=shown.moment(until)) if until else f"{ref} {name}"
        for ref, name, until in named
    ]
    if more > 0:
        told.append(tr("{n} more", n=more))
    return "; ".join(told)

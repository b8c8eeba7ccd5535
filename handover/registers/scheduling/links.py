"""The predecessors of tasks as text that people type: ``TSK-0012FS+2d; 1.3SS``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select
from sqlalchemy.orm import aliased

from handover.errors import NotValid
from handover.i18n import N_
from handover.model.dialect import Expression, holds
from handover.model.task import Task, TaskLink
from handover.store.among import among
from handover.values.durations import DAY

_CHUNK = 2_000
_UNITS = {"d": DAY, "w": 5 * DAY, "h": 60, "m": 1, "ed": 1440, "ew": 7 * 1440, "eh": 60, "em": 1}
_PIECE = re.compile(
    r"^(?P<target>.{1,300}?)\s{0,20}(?P<kind>FS|SS|FF|SF)?\s{0,20}(?:(?P<sign>[+-])\s{0,20}(?P<lag>\d{1,9}(?:\.\d{1,9})?)\s{0,20}(?P<unit>e?[dwhm]|%)?)?$",
    re.IGNORECASE,
)


class Typed(NamedTuple):
    """One predecessor as typed: what names the task, the kind of link, the lag in minutes or percent."""

    target: str
    kind: str
    lag: float
    unit: str


def texts(connection: Connection, task_ids: Sequence[str]) -> dict[str, str]:
    """The predecessors of tasks by the task's key; tasks without any are left out."""
    found: dict[str, list[str]] = {}
    other = aliased(Task)
    for at in range(0, len(task_ids), _CHUNK):
        statement = (
            select(TaskLink.successor_id, other.ref, TaskLink.kind, TaskLink.lag, TaskLink.lag_unit)
            .join(other, other.id == TaskLink.predecessor_id)
            .where(TaskLink.successor_id.in_(task_ids[at : at + _CHUNK]), other.deleted_at.is_(None))
            .order_by(TaskLink.id)
        )
        for successor, ref, kind, lag, unit in connection.execute(statement):
            found.setdefault(successor, []).append(text_of(ref, kind, lag, unit))
    return {key: "; ".join(pieces) for key, pieces in found.items()}


def refs(connection: Connection, task_ids: Sequence[str]) -> dict[str, list[str]]:
    """The references of the predecessors of tasks by the task's key, also in the bin: what ``mention`` looks at."""
    found: dict[str, list[str]] = {}
    other = aliased(Task)
    statement = select(TaskLink.successor_id, other.ref).join(other, other.id == TaskLink.predecessor_id)
    for successor, ref in connection.execute(statement.where(among(TaskLink.successor_id, task_ids))):
        found.setdefault(successor, []).append(ref)
    return found


def text_of(ref: str, kind: str, lag: float, unit: str) -> str:
    """One link as text; the plain finish-to-start shows the reference alone."""
    if not lag:
        return ref if kind == "FS" else f"{ref}{kind}"
    if unit == "percent":
        return f"{ref}{kind}{lag:+g}%"
    mark = "e" if unit == "elapsed" else ""
    day = 1440 if mark else DAY
    for size, letter in ((day, "d"), (60, "h"), (1, "m")):
        if lag % size == 0:
            return f"{ref}{kind}{lag / size:+g}{mark}{letter}"
    return f"{ref}{kind}{lag:+g}{mark}m"


def parse(text: str) -> Iterator[Typed]:
    """The predecessors that a text names. Raises NotValid for a piece that can't be read."""
    for piece in re.split(r"[;；,，、\n]", text):
        piece = piece.strip()
        if not piece:
            continue
        match = _PIECE.match(piece)
        if match is None:
            raise NotValid(N_("“{text}” is no predecessor. Write a reference, such as TSK-0012FS+2d."), text=piece)
        unit = (match["unit"] or "d").lower()
        sign = -1.0 if match["sign"] == "-" else 1.0
        size = sign * float(match["lag"] or 0)
        if unit == "%":
            yield Typed(match["target"], (match["kind"] or "FS").upper(), size, "percent")
        else:
            kept = "elapsed" if unit.startswith("e") else "working"
            yield Typed(match["target"], (match["kind"] or "FS").upper(), size * _UNITS[unit], kept)


def successor() -> ColumnElement[str]:
    """The successor's key of a link, for use in conditions."""
    return TaskLink.__table__.c.successor_id


def mention(task_id: Expression, word: str) -> ColumnElement[bool]:
    """Tasks one of whose predecessors has a reference that contains a word."""
    other = aliased(Task)
    inside = (
        select(TaskLink.successor_id).join(other, other.id == TaskLink.predecessor_id).where(holds(other.ref, word))
    )
    chosen: ColumnElement[bool] = task_id.in_(inside)
    return chosen

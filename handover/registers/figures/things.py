"""Rows of many registers read in one statement, each with its name, its owner and its due day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, String, cast, literal, null, select, union_all

from handover.clock import today
from handover.model.dialect import day
from handover.registers.catalogue import of_table, register
from handover.registers.declare import Field, Register
from handover.registers.linked import Linked
from handover.registers.query import joined

#: The most attributes that make up the name of a row.
_NAMES = 3


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A thing to do: which row, by whom, until when."""

    register: Register
    row: Linked
    owner: Linked | None
    due: dt.date | None

    @property
    def overdue_days(self) -> int:
        """Days since it was due, 0 when it isn't overdue."""
        return max(0, (today() - self.due).days) if self.due else 0


def things(
    connection: Connection,
    wanted: Iterable[tuple[Register, ColumnElement[bool]]],
    project_id: str,
    limit: int,
) -> list[OpenItem]:
    """The living rows of registers that meet their condition, the earliest due first, at most ``limit`` of them."""
    return [item for item, _ in things_beside(connection, wanted, project_id, limit, lambda _: null())]


def things_beside(
    connection: Connection,
    wanted: Iterable[tuple[Register, ColumnElement[bool]]],
    project_id: str,
    limit: int,
    beside: Callable[[Register], ColumnElement[Any]],
) -> list[tuple[OpenItem, str | None]]:
    """As ``things``, each with what a column of its row holds, such as the key of its system."""
    selects = [_select(each, condition, project_id, limit, beside(each)) for each, condition in wanted]
    if not selects:
        return []
    every = union_all(*(select(s.subquery()) for s in selects)).subquery()
    ordered = select(every).order_by(every.c.due.is_(None), every.c.due, every.c.register, every.c.ref).limit(limit)
    return [(_item(row[:-1]), row[-1]) for row in connection.execute(ordered)]


def _select(
    each: Register, condition: ColumnElement[bool], project_id: str, limit: int, beside: ColumnElement[Any]
) -> Select[Any]:
    model = each.model
    due = cast(_column(each, each.due), String)
    owner = each[each.owner] if each.owner else None
    columns = [
        literal(each.key).label("register"),
        model.id.label("id"),
        model.ref.label("ref"),
        *(name.label(f"name{i}") for i, name in enumerate(_names(each))),
        (_column(each, each.owner)).label("owner"),
        (_owner(owner, 0) if owner else null()).label("owner_ref"),
        (_owner(owner, 1) if owner else null()).label("owner_name"),
        cast(day(_column(each, each.due)), String).label("due"),
        beside.label("beside"),
    ]
    chosen = select(*columns).where(model.project_id == project_id, model.deleted_at.is_(None), condition)
    return chosen.order_by(due.is_(None), due, model.id).limit(limit)


def _names(each: Register) -> list[ColumnElement[Any]]:
    """What names a row, its code last, filled up with nothing to the same number of columns for every register."""
    found: list[ColumnElement[Any]] = [_name(each, key) for key in _naming(each)]
    return [*found, *[null()] * (_NAMES - len(found))]


def _naming(each: Register) -> list[str]:
    return sorted(each.naming, key=lambda part: part == each.code)[:_NAMES]


def _name(each: Register, key: str) -> ColumnElement[Any]:
    if key in each and each[key].links:
        return _owner(each[key], 1)
    column: ColumnElement[Any] = getattr(each.model, each[key].attr if key in each else key)
    return cast(column, String)


def _owner(field: Field, part: int) -> ColumnElement[Any]:
    """The reference (0) or the first name (1) of the row that a link points to."""
    target = of_table(field.target)
    if target is None:
        return null()
    other = target.table.alias()  # the table and not the model, whose alias finds each of its columns anew
    first = target.naming[0]
    named = target.model.__mapper__.columns[target[first].attr if first in target else first].key
    return select(other.c[("ref", named)[part]]).where(other.c.id == field.of_model).scalar_subquery()


def _column(each: Register, key: str) -> ColumnElement[Any]:
    column: ColumnElement[Any] = getattr(each.model, each[key].attr) if key else null()
    return column


def _item(row: Sequence[Any]) -> OpenItem:
    key, id_, ref, *rest = row
    names, (owner, owner_ref, owner_name, due) = rest[:_NAMES], rest[_NAMES:]
    by = Linked(owner, owner_ref or "", str(owner_name or "")) if owner and owner_ref else None
    each = register(key)
    said = [_said(each, part, name) for part, name in zip(_naming(each), names, strict=False)]
    return OpenItem(each, Linked(id_, ref, joined(said)), by, _day(due))


def _said(each: Register, key: str, name: Any) -> Any:  # Any: what the column holds
    """A part of a name as people say it: a choice by its word."""
    words = each[key].words if key in each else None
    return words.label(name) if words is not None else name


def _day(due: Any) -> dt.date | None:  # Any: what stands in the column
    try:
        return dt.date.fromisoformat(due) if due else None
    except (TypeError, ValueError):  # no date, which the row itself shows as unreadable
        return None

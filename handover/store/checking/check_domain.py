"""The check of what rows hold: values that can't be read, what the domain forbids, circles, rows of other projects."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Date, Table
from sqlalchemy.dialects import sqlite as dialect

from handover.errors import NotValid
from handover.i18n import tr, trn
from handover.model.base import Base, Moment, Row
from handover.store.checking.finding import Finding

_SQLITE = dialect.dialect()
#: So many rows of a table are named one by one.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class RowFault:
    """A value of a row that can't stay.

    Attributes:
        column: by its name in the table; empty where no single one is to blame.
        said: what is wrong, in the language in force.
        unreadable: the value isn't one of its column at all.
    """

    table: str
    key: str
    ref: str
    column: str
    said: str
    unreadable: bool = False


def check_domain(connection: sqlite3.Connection) -> Iterator[Finding]:
    """What the rows hold that they must not, table by table."""
    for model in _models():
        table = _table(model)
        found = [*faults(connection, model)]
        for fault in found[:_NAMED]:
            kind = "unreadable" if fault.unreadable else "forbidden"
            yield Finding(kind, tr("{ref}: {said}", ref=fault.ref, said=fault.said), mendable=bool(fault.column))
        if (more := len(found) - _NAMED) > 0:
            yield Finding(
                "forbidden",
                trn("{n} more row of table “{table}” has such a fault.",
                    "{n} more rows of table “{table}” have such faults.", more, table=table.name),
                mendable=True,
            )  # fmt: skip
        for column in outline_columns(table):
            for ref in circle(connection, table, column)[1][:1]:
                said = tr("{ref} is part of itself by way of others.", ref=ref)
                yield Finding("circle", said, mendable=True)
        if columns := edge_columns(model):
            for ref in link_circle(connection, table, *columns)[:1]:
                yield Finding("circle", tr("The links of {ref} lead back to it: a circle.", ref=ref))
        yield from _elsewhere(connection, table)


def _models() -> list[type[Base]]:
    return [m.class_ for m in Base.registry.mappers if m.class_.logged]


def _table(model: type[Base]) -> Table:
    table = model.__table__
    assert isinstance(table, Table)
    return table


def faults(connection: sqlite3.Connection, model: type[Base]) -> Iterator[RowFault]:
    """The rows of a table whose values can't be, outside the bin."""
    table = _table(model)
    columns = {
        attr.key: attr.columns[0] for attr in model.__mapper__.column_attrs if isinstance(attr.columns[0], Column)
    }
    where = "WHERE deleted_at IS NULL" if "deleted_at" in table.c else ""
    names = ",".join(f'"{column.name}"' for column in columns.values())
    readers = {
        key: column.type.dialect_impl(_SQLITE).result_processor(_SQLITE, None) for key, column in columns.items()
    }
    for row in connection.execute(f'SELECT {names} FROM "{table.name}" {where}'):  # noqa: S608 - names are ours
        raw = dict(zip(columns, row, strict=True))
        key, ref = str(raw.get("id", "")), str(raw.get("ref") or raw.get("code") or table.name)[:40]
        values, unreadable = dict[str, Any](), False  # Any: the values of any column
        for name, column in columns.items():
            value = raw[name]
            try:
                _refuse_other_kind(column, value)
                reader = readers[name]
                values[name] = reader(value) if reader is not None and value is not None else value
                if isinstance(column.type, Moment) and not isinstance(values[name], dt.datetime | None):
                    raise ValueError(name)
            except (ValueError, TypeError, AttributeError, OverflowError):
                unreadable = True
                said = tr("“{value}” can't stand in “{column}”.", value=_shown(value), column=column.name)
                yield RowFault(table.name, key, ref, column.name, said, unreadable=True)
        if not unreadable:
            yield from _forbidden(model, table, values, key, ref, columns)


def _refuse_other_kind(column: Column[Any], value: Any) -> None:  # Any: any column, and whatever lies in it
    """Raises TypeError for a value of another kind than its column holds, ValueError for one that is no day."""
    if value is None:
        return
    kind = str if isinstance(column.type, Date) else _kind_of(column)
    if kind is not None and not isinstance(value, kind):
        raise TypeError(type(value).__name__)


def _kind_of(column: Column[Any]) -> type | tuple[type, ...] | None:  # Any: as above
    try:
        python = column.type.python_type
    except NotImplementedError:
        return None
    kinds: dict[type, type | tuple[type, ...]] = {str: str, int: int, bool: int, float: (int, float), bytes: bytes}
    return kinds.get(python)


def _forbidden(
    model: type[Base], table: Table, values: Mapping[str, Any], key: str, ref: str, columns: Mapping[str, Column[Any]]
) -> Iterator[RowFault]:  # Any: as above
    for problem in model.problems(values):
        column = columns.get(problem.field)
        if column is None:
            column = columns.get(f"{problem.field}_id")
        yield RowFault(
            table.name, key, ref, column.name if column is not None else "", tr(problem.message, **problem.values)
        )
    for name, column in columns.items():
        words, value = column.info.get("words"), values[name]
        if words is None or value is None:
            continue
        try:
            words.check(name, value)
        except NotValid:
            said = tr("“{value}” can't stand in “{column}”.", value=_shown(value), column=column.name)
            yield RowFault(table.name, key, ref, column.name, said)


def _shown(value: object) -> str:
    return "".join(sign if sign.isprintable() else "�" for sign in str(value)[:40])


# -- circles --------------------------------------------------------------------------------------------------------


def outline_columns(table: Table) -> list[str]:
    """The columns by which rows of a table are parts of others of it."""
    return [c.name for c in table.columns if c.nullable and any(fk.column.table is table for fk in c.foreign_keys)]


def circle(connection: sqlite3.Connection, table: Table, column: str) -> tuple[list[str], list[str]]:
    """Keys and references of rows that lead back to themselves, one of each circle."""
    query = f'SELECT id, "{column}", {"ref" if "ref" in table.c else "id"} FROM "{table.name}"'  # noqa: S608 - names are ours
    above, names = {}, {}
    for key, parent, ref in connection.execute(query):
        above[key], names[key] = parent, str(ref)
    done: set[str] = set()
    found = []
    for start in above:
        path: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in above and at not in done and at not in path:
            path[at] = None
            at = above[at]
        if at in path:
            found.append(str(at))
        done.update(path)
    return found, [names[key] for key in found]


def edge_columns(model: type[Base]) -> tuple[str, str] | None:
    """The columns of a table of links by which one row of a table leads to another one of the same."""
    table = _table(model)
    if issubclass(model, Row):
        return None
    targets: dict[str, list[str]] = {}
    for column in table.columns:
        for key in column.foreign_keys:
            targets.setdefault(key.column.table.name, []).append(column.name)
    pairs = [columns for columns in targets.values() if len(columns) == 2]
    return (pairs[0][0], pairs[0][1]) if pairs else None


def link_circle(connection: sqlite3.Connection, table: Table, first: str, second: str) -> list[str]:
    """The references of rows that links lead back to; empty where there is no circle."""
    after: dict[str, list[str]] = {}
    waiting: dict[str, int] = {}
    for a, b in connection.execute(f'SELECT "{first}", "{second}" FROM "{table.name}"'):  # noqa: S608 - names are ours
        after.setdefault(a, []).append(b)
        waiting[b] = waiting.get(b, 0) + 1
        waiting.setdefault(a, 0)
    free = [key for key, n in waiting.items() if n == 0]
    left = len(waiting)
    while free:
        left -= 1
        for other in after.get(free.pop(), ()):
            waiting[other] -= 1
            if waiting[other] == 0:
                free.append(other)
    if not left:
        return []
    target = next(fk.column.table.name for fk in table.columns[first].foreign_keys)
    stuck = [key for key, n in waiting.items() if n > 0][:1]
    query = f'SELECT ref FROM "{target}" WHERE id=?'  # noqa: S608 - names are ours
    return [str(ref) for key in stuck for (ref,) in connection.execute(query, (key,))]


def _elsewhere(connection: sqlite3.Connection, table: Table) -> Iterator[Finding]:
    """Rows that name a row of another project."""
    if "project_id" not in table.c:
        return
    for column in table.columns:
        for key in column.foreign_keys:
            other = key.column.table
            if "project_id" not in other.c:
                continue
            n = connection.execute(
                f'SELECT count(*) FROM "{table.name}" a JOIN "{other.name}" b ON a."{column.name}" = b.id '  # noqa: S608 - names are ours
                "WHERE a.project_id <> b.project_id"
            ).fetchone()[0]
            if n:
                yield Finding(
                    "project",
                    trn("{n} row of table “{table}” names a row of another project.",
                        "{n} rows of table “{table}” name rows of another project.", n, table=table.name),
                )  # fmt: skip

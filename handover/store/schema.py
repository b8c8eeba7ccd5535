"""The tables of a workspace compared with ours, before anything in them is believed.

A file may come from anybody. Code in its schema (triggers, views, virtual tables, computed columns, conditions,
indexed expressions) would run with every query, and a table that lacks a column or bends one would be met in the middle
of an act. What may differ are indices that only make a search quicker.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple, TypeAlias

from sqlalchemy import Table, UniqueConstraint
from sqlalchemy.dialects import sqlite

#: What makes a schema: type, name, table and SQL of all its parts. All that is asked of it follows from these.
_Texts: TypeAlias = tuple[tuple[str, str, str, str | None], ...]

#: Tables that aren't ours and tell nothing: of the migrations, and of SQLite itself.
_OTHERS = frozenset({"alembic_version", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})
#: What means nothing: remarks, texts and quoted names, each to the end of all where nothing ends it.
_QUOTED = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|$)|'[^']*(?:'|$)|"[^"]*(?:"|$)|`[^`]*(?:`|$)|\[[^\]]*(?:\]|$)""", re.DOTALL
)
#: The words of what runs when a row is read or written.
_CODE = re.compile(r"\b(CHECK|GENERATED|COLLATE|AS|VIRTUAL|WITHOUT|STRICT)\b|\bDEFAULT\s*\(", re.IGNORECASE)

#: Schemas of which it is known that they hold no foreign code, or that they are ours, as their texts.
_free_of_code: set[_Texts] = set()
_known_as_ours: set[_Texts] = set()
_MOST_KNOWN = 16

#: Added to the columns of an index that holds some of the rows only.
_PARTIAL = ("where",)


class _DeclaredColumn(NamedTuple):
    kind: str
    required: bool
    key: bool


class _Shape(NamedTuple):
    """What a table is made of."""

    columns: dict[str, _DeclaredColumn]
    unique: frozenset[tuple[str, ...]]
    links: frozenset[tuple[str, str, str]]


def foreign_code(connection: sqlite3.Connection) -> str | None:
    """The name of something in the schema that would run with our queries; None where there is nothing."""
    texts = _texts_of(connection)
    if texts in _free_of_code:
        return None
    found = _code_in(connection, texts)
    if found is None:
        _know(texts, _free_of_code)
    return found


def _texts_of(connection: sqlite3.Connection) -> _Texts:
    return tuple(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


def _know(texts: _Texts, among: set[_Texts]) -> None:
    """Remember of a schema that nothing is wrong with it: the next file that has the same isn't asked again."""
    if len(among) >= _MOST_KNOWN:
        among.clear()
    among.add(texts)


def _code_in(connection: sqlite3.Connection, texts: _Texts) -> str | None:
    for kind, name, _, sql in texts:
        if kind not in ("table", "index"):
            return str(name)
        if sql and _CODE.search(_QUOTED.sub(" ", sql)):
            return str(name)
        if kind == "index" and sql and _indexes_expressions(connection, name):
            return str(name)
    return None


def _indexes_expressions(connection: sqlite3.Connection, index: str) -> bool:
    return any(column < 0 for _, column, _ in connection.execute(f"PRAGMA index_info({_as_name(index)})"))


def difference(connection: sqlite3.Connection) -> str | None:
    """Where the tables of a file of this version differ from ours, as table or table.column; None if nowhere."""
    texts = _texts_of(connection)
    if texts in _known_as_ours:
        return None
    where = _difference(connection, {name for kind, name, *_ in texts if kind == "table"} - _OTHERS)
    if where is None:
        _know(texts, _known_as_ours)
    return where


def _difference(connection: sqlite3.Connection, there: set[str]) -> str | None:
    ours = _ours()
    for name in sorted(there ^ ours.keys()):
        return str(name)
    for name, shape in ours.items():
        for where in _differences(name, shape, _shape_of(connection, name)):
            return where
    return None


def _differences(name: str, ours: _Shape, found: _Shape) -> Iterator[str]:
    for column in sorted(ours.columns.keys() | found.columns.keys()):
        if ours.columns.get(column) != found.columns.get(column):
            yield f"{name}.{column}"
    for columns in sorted(ours.unique ^ found.unique):
        yield f"{name}.{columns[0]}"
    for column, *_ in sorted(ours.links ^ found.links):
        yield f"{name}.{column}"


@cache
def _ours() -> dict[str, _Shape]:
    from handover.model import Base
    from handover.store import log  # noqa: F401 - its tables belong to the metadata

    return {table.name: _declared(table) for table in Base.metadata.sorted_tables}


def _declared(table: Table) -> _Shape:
    dialect = sqlite.dialect()
    columns = {
        c.name: _DeclaredColumn(str(c.type.compile(dialect=dialect)).upper(), not c.nullable, c.primary_key)
        for c in table.columns
    }
    unique = {_names(c) for c in table.constraints if isinstance(c, UniqueConstraint)}
    for index in table.indexes:
        if index.unique:
            partial = index.dialect_options["sqlite"]["where"] is not None
            unique.add((*_names(index), *(_PARTIAL if partial else ())))
    links = {(fk.parent.name, fk.column.table.name, fk.column.name) for fk in table.foreign_keys}
    return _Shape(columns, frozenset(unique), frozenset(links))


def _names(columned: object) -> tuple[str, ...]:
    return tuple(column.name for column in columned.columns)  # type: ignore[attr-defined]  # constraints and indices


def _shape_of(connection: sqlite3.Connection, table: str) -> _Shape:
    named = _as_name(table)
    columns = {
        name: _DeclaredColumn(kind.upper(), bool(required), bool(key))
        for _, name, kind, required, _, key, hidden in connection.execute(f"PRAGMA table_xinfo({named})")
        if not hidden
    }
    unique = set()
    for _, index, is_unique, origin, partial in connection.execute(f"PRAGMA index_list({named})").fetchall():
        if is_unique and origin != "pk":
            names = [name for _, _, name in connection.execute(f"PRAGMA index_info({_as_name(index)})")]
            unique.add((*names, *(_PARTIAL if partial else ())))
    links = {(row[3], row[2], row[4]) for row in connection.execute(f"PRAGMA foreign_key_list({named})")}
    return _Shape(columns, frozenset(unique), frozenset(links))


def _as_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

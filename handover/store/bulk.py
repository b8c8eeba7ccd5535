"""Many rows on their way into a table: their columns as stored, and the text that the change log keeps of each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from sqlalchemy import Connection, Table

from handover.i18n import tr
from handover.jobs import Progress, watched
from handover.store.log import as_json, stored

_DATES = (dt.date, dt.datetime)
#: Fewer rows than these find their places in the indices as fast as the indices are made anew.
_MANY = 5_000


@contextmanager
def without_indices(connection: Connection, table: Table, count: int, progress: Progress) -> Iterator[None]:
    """While ``count`` rows come into a table that holds fewer, its indices wait, and are made at the end of the block.

    To sort all keys once takes a third of the time that it takes to find the place of each. An error in the block must
    fail the whole act: its rollback is what brings the indices back. Primary keys and unique constraints stay in force.
    """
    held = connection.exec_driver_sql(f"SELECT coalesce(max(rowid), 0) FROM {table.name}").scalar_one()  # noqa: S608 - ours
    waiting = sorted(table.indexes, key=lambda index: str(index.name)) if count >= max(_MANY, held) else []
    for index in waiting:
        index.drop(connection)
    yield
    for index in watched(waiting, progress, 0, tr("Preparing quick look-ups"), 1):
        index.create(connection)


def columns_of(
    rows: Sequence[Mapping[str, Any]],  # Any: values of any column
    given: Mapping[str, Sequence[Any]],
    defaults: Mapping[str, Any],
) -> dict[str, list[Any]]:
    """The columns that rows fill, as they are stored; no row is copied for it.

    Args:
        given: columns with a value for each row, used where the row itself says nothing.
        defaults: what a row that lacks a column has there; None where nothing is said.
    """
    named = dict.fromkeys([*defaults, *given])
    for names in dict.fromkeys(map(tuple, rows)):  # the few sets of columns that occur
        named.update(dict.fromkeys(names))
    columns: dict[str, list[Any]] = {}
    for name in named:
        if name in given:
            column = [row.get(name, value) for row, value in zip(rows, given[name], strict=True)]
        else:
            default = defaults.get(name)
            column = [row.get(name, default) for row in rows]
        if not set(map(type, column)).isdisjoint(_DATES):
            known = {value: stored(value) for value in set(column) if isinstance(value, _DATES)}
            column = [known.get(value, value) for value in column]
        columns[name] = column
    return columns


def texts_of(columns: dict[str, list[Any]]) -> list[str]:  # Any: as above
    """For each row the JSON of its filled fields, the same text that ``log.as_json`` makes of them."""
    parts = [_fields(name, column) for name, column in columns.items()]
    return [f"{{{','.join(filter(None, row))}}}" for row in zip(*parts, strict=True)]


def _fields(name: str, column: list[Any]) -> list[str]:  # Any: as above
    """``"name":value`` for each filled cell, an empty text for the others."""
    start = f"{encode_basestring(name)}:"
    kinds = set(map(type, column))
    if kinds <= {str, type(None)}:
        distinct = set(column)
        if len(distinct) <= len(column) // 2:
            texts = {value: "" if value is None else start + encode_basestring(value) for value in distinct}
            return [texts[value] for value in column]
        return ["" if value is None else start + encode_basestring(value) for value in column]
    if kinds <= {int, type(None)}:
        return ["" if value is None else f"{start}{value}" for value in column]
    if len(kinds - {type(None)}) == 1 and float not in kinds:  # equal values of one type have one text; 0.0 has two
        known = {value: start + as_json_value(value) for value in set(column) if value is not None}
        known[None] = ""
        return [known[value] for value in column]
    return ["" if value is None else start + as_json_value(value) for value in column]


def as_json_value(value: Any) -> str:  # Any: as above
    """A single value as ``log.as_json`` writes it."""
    if type(value) is float and isfinite(value):
        return repr(value)
    return as_json({"": value})[4:-1]

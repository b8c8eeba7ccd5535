"""Rows for what computes with them: a value that its column can't hold, put there by another program, is set aside.

Such a value is shown as unreadable, and told by the check; what computes goes on as if the cell were empty.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias

from sqlalchemy import Date, Float, Integer
from sqlalchemy.types import Boolean

from handover.i18n import tr
from handover.model.base import Moment

#: So much of an unreadable value is shown.
_SHOWN = 60
_NOTHING: Mapping[str, str] = {}
_Kind: TypeAlias = tuple[type, ...]


def sound_rows(rows: Iterable[Any], columns: Sequence[Any]) -> list[Any]:  # Any: rows of a query of these columns
    """The rows as they are, and those with odd values without these; ``odd_values`` tells what was set aside."""
    kinds = [_kinds_of(column) for column in columns]
    words = [(at, known) for at, each in enumerate(columns) if (known := getattr(each, "info", {}).get("words"))]
    return [row if _is_sound(row, kinds, words) else _without_odd(row, columns, kinds, dict(words)) for row in rows]


def odd_values(row: Any) -> Mapping[str, str]:  # Any: as above
    """What stands in the cells of a row that can't be read, as it is shown, by column."""
    return getattr(row, "odd_values", _NOTHING)


def unreadable(value: object) -> str:
    """An odd value as people see it."""
    return tr("unreadable: {value}", value=repr(value)[:_SHOWN])


def _kinds_of(column: Any) -> _Kind:  # Any: a column, or one under another name
    nothing = type(None)
    match column.type:
        case Moment():
            return dt.datetime, nothing
        case Date():
            return dt.date, nothing
        case Boolean():
            return bool, nothing
        case Integer():
            return int, nothing
        case Float():
            return float, int, nothing
    return str, nothing


def _is_sound(row: Any, kinds: Sequence[_Kind], words: Sequence[tuple[int, Any]]) -> bool:  # Any: as above
    return (
        all(map(isinstance, row, kinds))
        and all(row[at] is None or row[at] in allowed for at, allowed in words)
        and not any(type(value) is float and not math.isfinite(value) for value in row)
    )


def _without_odd(
    row: Any, columns: Sequence[Any], kinds: Sequence[_Kind], words: Mapping[int, Any]
) -> Any:  # Any: as above
    values, odd = {}, {}
    for at, (name, value) in enumerate(zip(row._fields, row, strict=True)):
        sound = isinstance(value, kinds[at]) and not (isinstance(value, float) and not math.isfinite(value))
        if sound and (value is None or at not in words or value in words[at]):
            values[name] = value
            continue
        odd[name] = unreadable(value)
        is_text = str in kinds[at] and at not in words and not getattr(columns[at], "foreign_keys", None)
        values[name] = odd[name] if is_text else None
    return SimpleNamespace(**values, odd_values=odd)

"""The quick filter of a register and the search index: which rows can have the words at all.

The index only narrows what the columns are then asked for, so that a filter finds the same with and without it. It is
asked when it holds the very act that the connection sees.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, false

from handover.registers.declare import Field, Register
from handover.registers.search.form import is_stored, made_by
from handover.store.among import among
from handover.store.copies.since import newest
from handover.store.search import index as search_index
from handover.store.search.tables import Held
from handover.store.search.text import narrowing

#: More rows than these are found as quickly by looking through the columns.
_MOST = 5_000


def narrowed(
    connection: Connection, register: Register, project_id: str, text: str, searched: Sequence[Field]
) -> ColumnElement[bool] | None:
    """A condition that every row with the words of a text in these fields meets; None where the index can't tell."""
    index = search_index.of(connection)
    wanted = narrowing(word for word in text.split() if _told(register, searched, word))
    if index is None or not wanted:
        return None
    expected = Held(*newest(connection), made_by())
    keys = index.narrowed(wanted, register.table.name, project_id, expected, _MOST)
    if keys is None:
        return None
    return among(register.model.id, keys) if keys else false()


def _told(register: Register, searched: Sequence[Field], word: str) -> bool:
    """Whether the index holds every field that may show a word; what is computed it doesn't hold."""
    digits = any(c.isdigit() for c in word)
    for field in searched:
        if is_stored(register, field) or not field.kind.stored:
            continue
        if field.words is None:
            if digits or not field.numeric:
                return False
        elif any(word.casefold() in option.label.casefold() for option in field.words):
            return False
    return True

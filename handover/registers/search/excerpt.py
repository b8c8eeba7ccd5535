"""Where in a row stands what was searched for, when its name doesn't show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handover.registers import show
from handover.registers.declare import Field, Register
from handover.registers.kinds.choice import in_each_language
from handover.registers.linked import Linked
from handover.registers.query import numbers_of, rows
from handover.registers.search.form import is_stored
from handover.registers.search.marks import excerpt, has


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a row.

    Attributes:
        field: the column that it stands in; None where it stands in something that belongs to the row.
        place: what that is called, such as the name of a file; empty for a column.
        text: the piece; empty where only the index knows it.
    """

    field: Field | None
    place: str
    text: str

    @property
    def label(self) -> str:
        """Where it stands, in the language in force."""
        return self.field.label if self.field else self.place


def excerpts(
    connection: Connection, register: Register, found: Sequence[tuple[Linked, str]], asked: str
) -> dict[str, Excerpt]:
    """Of rows that were found, by key, where the words stand that their names don't show.

    Args:
        found: each row with the place of what belongs to it, where that is what was found.
    """
    shown = {row.id: Excerpt(None, place, "") for row, place in found if place}
    missing = {
        row.id: words
        for row, place in found
        if not place and (words := [w for w in asked.split() if not has(f"{row.ref} {row.name}", w)])
    }
    numbers = numbers_of(connection, register, list(missing))
    fields = [f for f in register.fields if is_stored(register, f)]
    for row in rows(connection, register, list(numbers.values()), fields):
        if piece := _piece(fields, row.values, missing[row.id]):
            shown[row.id] = piece
    return shown


def _piece(
    fields: Sequence[Field], values: Sequence[Any], words: list[str]
) -> Excerpt | None:  # Any: as rows hold them
    for word in words:
        for field, value in zip(fields, values, strict=True):
            text = show.text(field, value)
            if text and has(text, word):
                return Excerpt(field, "", excerpt(text, " ".join(words)))
            if isinstance(value, Linked) and has(value.ref, word):
                return Excerpt(field, "", f"{value.ref} {value.name}")
            if field.words is not None and value and has(in_each_language(field.words, value), word):
                return Excerpt(field, "", text)  # found by its name in the other language
    return None

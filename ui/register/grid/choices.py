"""What can be picked for a field: words of its vocabulary, lawful next states, the rows that a link may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from handover.registers import values_of
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Field
from handover.registers.kinds.choosing import CellChoice, fitting
from handover.registers.linked import Linked
from handover.registers.project_names import NamesOfProject
from handover.values.cells import folded
from ui.shell.page import Context

#: So many values that stand in other rows are offered.
_MOST = 50


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that was picked from a list, so that its text needs no reading."""

    value: Any  # what the field holds


Choices = Callable[[str], Sequence[CellChoice]]


def choices(context: Context, field: Field, now: Any = None) -> Choices | None:  # Any: what the field holds
    """What fits a typed text, best first; None for fields into which one only types.

    Args:
        now: the present value; a state offers only what may follow it.
    """
    if not field.kind.chooses(field):
        return ValuesInUse(context, field) if field.names_rows and field.register else None
    names = NamesAtHand(context)
    return lambda text: field.kind.choices(field, text, names, now)


class ValuesInUse:
    """What stands in other rows of a column already, where values repeat in it; it helps, and binds nobody.

    It is read when somebody first types, and then once for the editor.
    """

    def __init__(self, context: Context, field: Field) -> None:
        self._context = context
        self._field = field
        self._known: list[CellChoice] | None = None

    def __call__(self, text: str) -> list[CellChoice]:
        """Those that a text may become: none while nothing is typed, nor when it is one of them."""
        if not text.strip():
            return []
        if self._known is None:
            with self._context.workspace.read() as connection:
                of = register_of(self._field.register)
                used = values_of.repeated(connection, of, self._context.project.id, self._field)
            self._known = [CellChoice(each, "", each) for each in used]
        found = fitting(self._known, text)
        return [] if any(folded(c.label) == folded(text) for c in found) else found[:_MOST]


@dataclass(frozen=True, slots=True)
class NamesAtHand:
    """The rows and list entries of the project at hand, read afresh at each question."""

    context: Context

    def row(self, table: str, text: str) -> str:
        """The key of the one row that a text names. Raises NotValid."""
        with self._names() as names:
            return names.row(table, text)

    def entry(self, key: str, text: str) -> str:
        """The key of the entry of a list that a text means. Raises NotValid."""
        with self._names() as names:
            return names.entry(key, text)

    def rows_like(self, table: str, text: str) -> Sequence[Linked]:
        """The rows whose names fit what is typed, best first."""
        with self._names() as names:
            return names.rows_like(table, text)

    def entries_like(self, key: str, text: str) -> Sequence[Linked]:
        """The offered entries of a list that fit what is typed, best first."""
        with self._names() as names:
            return names.entries_like(key, text)

    def entries_of(self, key: str) -> Sequence[Linked]:
        """All entries of a list, in their order."""
        with self._names() as names:
            return names.entries_of(key)

    @contextmanager
    def _names(self) -> Iterator[NamesOfProject]:
        with self.context.workspace.read() as connection:
            yield NamesOfProject(connection, self.context.project.id)

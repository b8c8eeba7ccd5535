"""What can be picked for a field: words of its vocabulary, lawful next states, the rows that a link may name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from handover.registers.declare import Field
from handover.registers.kinds.choosing import CellChoice
from handover.registers.linked import Linked
from handover.registers.project_names import NamesOfProject
from ui.shell.page import Context


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
        return None
    names = NamesAtHand(context)
    return lambda text: field.kind.choices(field, text, names, now)


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

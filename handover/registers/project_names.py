"""The rows and list entries of a project by what people call them, as kinds of fields ask for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from handover.registers import find, picks
from handover.registers.linked import Linked

#: So many rows are offered at most.
_MOST = 50


@dataclass(frozen=True, slots=True)
class NamesOfProject:
    """What kinds of fields are given to find rows by."""

    connection: Connection
    project_id: str

    def row(self, table: str, text: str) -> str:
        """The key of the one row that a text names. Raises NotValid."""
        return find.resolve(self.connection, self.project_id, table, text).id

    def entry(self, key: str, text: str) -> str:
        """The key of the entry of a list that a text means. Raises NotValid."""
        return picks.resolve(self.connection, self.project_id, key, text).id

    def rows_like(self, table: str, text: str) -> Sequence[Linked]:
        """The rows whose names fit what is typed, best first."""
        return find.suggest(self.connection, self.project_id, table, text, _MOST)

    def entries_like(self, key: str, text: str) -> Sequence[Linked]:
        """The offered entries of a list that fit what is typed, best first."""
        return [entry.linked for entry in picks.suggest(self.connection, self.project_id, key, text)]

    def entries_of(self, key: str) -> Sequence[Linked]:
        """All entries of a list, in their order."""
        return [entry.linked for entry in picks.entries(self.connection, self.project_id, key)]

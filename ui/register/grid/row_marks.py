"""What is marked on the rows in view: the colour of the first rule that fits, and what was changed since a moment."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.changed_rows import ChangedRow, changed_rows
from handover.registers.colouring import ColourRule, first_rules
from handover.registers.declare import Field, Register
from handover.registers.query import ShownRow
from handover.store.copies.since import Since

#: The signs of rows that were added, removed and changed, before their reference.
_SIGNS = {"added": "+", "removed": "−", "changed": "•"}


class RowMarks:
    """Reads them page by page beside the rows themselves.

    Attributes:
        rules: the rules of colour, the first that fits is what counts.
        since: since when changes are shown, None where they aren't.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self.rules: tuple[ColourRule, ...] = ()
        self.since: Since | None = None
        self._first: dict[int, int] = {}
        self._changed: dict[str, ChangedRow] = {}

    def read(self, connection: Connection, rows: Sequence[ShownRow], fields: Sequence[Field]) -> None:
        """Find out what is marked on some rows."""
        if self.rules:
            self._first.update(first_rules(connection, self._register, [row.number for row in rows], self.rules))
        if self.since is not None:
            ids = [row.id for row in rows]
            self._changed.update(changed_rows(connection, self._register, ids, self.since, fields))

    def forget(self) -> None:
        """Rows are read again."""
        self._first.clear()
        self._changed.clear()

    def rule(self, row: ShownRow | None) -> ColourRule | None:
        """The rule that colours a row."""
        place = self._first.get(row.number) if row is not None else None
        return self.rules[place] if place is not None and place < len(self.rules) else None

    def change(self, row: ShownRow | None) -> ChangedRow | None:
        """What was done to a row; nothing where changes aren't shown."""
        return self._changed.get(row.id) if row is not None else None

    def sign(self, row: ShownRow | None) -> str:
        """What stands before the reference of a row that was changed."""
        change = self.change(row)
        return f"{_SIGNS[change.fate]} " if change is not None else ""

    def said(self, row: ShownRow | None) -> str:
        """What was done to a row, in words."""
        change = self.change(row)
        match change.fate if change is not None else "":
            case "added":
                return tr("Added since then")
            case "removed":
                return tr("Deleted since then")
            case "changed":
                return tr("Changed since then")
        return ""

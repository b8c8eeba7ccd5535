"""What is marked on the rows in view: colours of rules, changes since a moment, what stands in the handover's way."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.changed_rows import ChangedRow, changed_rows
from handover.registers.colouring import ColourRule, first_rules
from handover.registers.declare import Field, Register
from handover.registers.figures.blockers import rows_in_the_way
from handover.registers.figures.handed_over import HandedOver, last_handed_over
from handover.registers.query import ShownRow
from handover.store.copies.since import Since

#: The signs of rows that were added, removed and changed, before their reference.
_SIGNS = {"added": "+", "removed": "−", "changed": "•"}
#: The sign of a row that stands in the way of the handover.
_IN_THE_WAY = "■"


class RowMarks:
    """Reads them page by page beside the rows themselves.

    Attributes:
        rules: the rules of colour, the first that fits is what counts.
        since: since when changes are shown, None where they aren't; rows that were changed since the last handover
            have their sign then, too.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self.rules: tuple[ColourRule, ...] = ()
        self.since: Since | None = None
        self._first: dict[int, int] = {}
        self._changed: dict[str, ChangedRow] = {}
        self._last: HandedOver | None = None
        self._asked = False
        self._since_last: dict[str, ChangedRow] = {}
        self._in_the_way: set[int] = set()

    def read(self, connection: Connection, project_id: str, rows: Sequence[ShownRow], fields: Sequence[Field]) -> None:
        """Find out what is marked on some rows of a project."""
        ids, numbers = [row.id for row in rows], [row.number for row in rows]
        if self.rules:
            self._first.update(first_rules(connection, self._register, numbers, self.rules))
        if self.since is not None:
            self._changed.update(changed_rows(connection, self._register, ids, self.since, fields))
        else:
            if not self._asked:
                self._last, self._asked = last_handed_over(connection, project_id), True
            if self._last is not None:
                self._since_last.update(changed_rows(connection, self._register, ids, self._last.since, ()))
        self._in_the_way |= rows_in_the_way(connection, self._register, numbers)

    def forget(self) -> None:
        """Rows are read again."""
        self._first.clear()
        self._changed.clear()
        self._since_last.clear()
        self._asked = False
        self._in_the_way.clear()

    def rule(self, row: ShownRow | None) -> ColourRule | None:
        """The rule that colours a row."""
        place = self._first.get(row.number) if row is not None else None
        return self.rules[place] if place is not None and place < len(self.rules) else None

    def change(self, row: ShownRow | None) -> ChangedRow | None:
        """What was done to a row; nothing where changes aren't shown."""
        return self._changed.get(row.id) if row is not None else None

    def sign(self, row: ShownRow | None) -> str:
        """What stands before the reference of a row that was changed, or that stands in the way of the handover."""
        change = self.change(row) or self._of_last(row)
        signs = [_IN_THE_WAY] if row is not None and row.number in self._in_the_way else []
        return "".join(f"{sign} " for sign in (*([_SIGNS[change.fate]] if change is not None else []), *signs))

    def said(self, row: ShownRow | None) -> str:
        """What its signs say of a row, in words."""
        stands = tr("Stands in the way of the handover") if row is not None and row.number in self._in_the_way else ""
        return " · ".join(part for part in (self._done(row), stands) if part)

    def _of_last(self, row: ShownRow | None) -> ChangedRow | None:
        return self._since_last.get(row.id) if row is not None else None

    def _done(self, row: ShownRow | None) -> str:
        last, lately = self._last, self._of_last(row)
        if last is not None and lately is not None:
            if lately.fate == "added":
                return tr("Added since {number} was issued", number=last.number)
            return tr("Changed since {number} was issued", number=last.number)
        change = self.change(row)
        match change.fate if change is not None else "":
            case "added":
                return tr("Added since then")
            case "removed":
                return tr("Deleted since then")
            case "changed":
                return tr("Changed since then")
        return ""

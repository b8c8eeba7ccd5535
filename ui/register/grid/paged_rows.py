"""An order of row numbers for a table view, of which only the pages in view are read.

Among the rows may stand the heads of groups, lines without a row of their own.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex

from handover.registers import query
from handover.registers.declare import Column, Field, Register, bound
from handover.registers.grouping import GroupedLines, GroupPath, RowGroup
from handover.registers.query import ShownRow
from handover.store.copies.since import Since
from ui.register.grid.row_marks import RowMarks
from ui.shell.page import Context

Index = QModelIndex | QPersistentModelIndex

_PAGE = 128
_PAGES = 48
#: What a row of an outline brings along: how deep it stands, and whether it sums up others.
_OUTLINE = ("depth", "kind")


class PagedRows(QAbstractTableModel):
    """Rows of a register, by the lines of a table; read-only, and without a word of what cells show.

    Args:
        always: fields that every row brings along, besides those in view.
    """

    def __init__(self, context: Context, register: Register, always: Sequence[Field], parent: Any = None) -> None:
        super().__init__(parent)
        self.context = context
        self.register = register
        self.fields: tuple[Field, ...] = tuple(f for f in register.fields if f.shown)
        #: Colours and changes of the rows in view.
        self.marks = RowMarks(register)
        self._keys: array[int] = array("q")
        self._heads: tuple[RowGroup, ...] = ()
        self._folded: frozenset[GroupPath] = frozenset()
        self._pages: OrderedDict[int, dict[int, ShownRow]] = OrderedDict()
        self._extra = tuple({field.field: field for field in always}.values())
        if register.outline:
            self._extra += tuple(bound(register.model, Column(k, "")) for k in _OUTLINE if k in register.table.columns)
        self._places: dict[str, int] = {}
        self._place()

    # -- what is shown --------------------------------------------------------------------------------------------

    def show_fields(self, fields: Sequence[Field]) -> None:
        """Show these columns, in this order."""
        self.beginResetModel()
        self.fields = tuple(fields)
        self._forget_pages()
        self._place()
        self.endResetModel()

    def show_keys(self, keys: array[int]) -> bool:
        """Show these rows, in this order; whether rows other than appended ones changed their place."""
        old = self._keys
        if keys == old:
            self.reread()
            return False
        if 0 < len(old) < len(keys) and keys[: len(old)] == old:
            self.reread()
            self.beginInsertRows(QModelIndex(), len(old), len(keys) - 1)
            self._keys = keys
            self._forget_pages()
            self.endInsertRows()
            return False
        self.beginResetModel()
        self._keys = keys
        self._forget_pages()
        self.endResetModel()
        return True

    def show_lines(self, lines: GroupedLines) -> bool:
        """Show these rows and heads of groups, as ``show_keys`` does."""
        self._heads, self._folded = lines.heads, lines.folded
        return self.show_keys(lines.numbers)

    def take_since(self, since: Since | None) -> None:
        """Show what was changed since a moment, or no longer."""
        if since != self.marks.since:
            self.marks.since = since
            self._forget_pages()

    def reread(self) -> None:
        """Values may have changed: read again what is in view."""
        self._forget_pages()
        if self._keys and self.fields:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._keys) - 1, len(self.fields) - 1))

    # -- asking for rows ------------------------------------------------------------------------------------------

    def number(self, row: int) -> int:
        """The row number in the workspace of a row of the table."""
        return self._keys[row]

    def position(self, number: int) -> int:
        """Where a row of the workspace stands in the table, -1 when it doesn't."""
        try:
            return self._keys.index(number)
        except ValueError:
            return -1

    def row(self, row: int) -> ShownRow | None:
        """A row with the values of the columns in view; None when it is gone."""
        page = row // _PAGE
        held = self._pages.get(page)
        if held is None:
            held = self._read(page)
        else:
            self._pages.move_to_end(page)
        return held.get(self._keys[row])

    def head(self, row: int) -> RowGroup | None:
        """The group of which a line is the head; None for a row."""
        number = self._keys[row] if self._heads and 0 <= row < len(self._keys) else 0
        return self._heads[-number - 1] if -len(self._heads) <= number < 0 else None

    def folds(self, head: RowGroup) -> bool:
        """Whether the rows of a group are out of sight."""
        return head.path in self._folded

    def position_of(self, path: GroupPath) -> int:
        """Where the head of a group stands, -1 where it doesn't."""
        return next((self.position(-n) for n, head in enumerate(self._heads, 1) if head.path == path), -1)

    def true_rows(self, lines: Sequence[int]) -> Sequence[int]:
        """Those of some lines that are rows."""
        return [line for line in lines if self._keys[line] > 0] if self._heads else lines

    def true_rows_from(self, line: int, most: int) -> Sequence[int]:
        """The first rows from a line on."""
        if not self._heads:
            return range(line, min(line + most, len(self._keys)))
        found = (at for at in range(line, len(self._keys)) if self._keys[at] > 0)
        return list(islice(found, most))

    def numbers(self, rows: Sequence[int]) -> list[int]:
        """The row numbers in the workspace of rows of the table; heads of groups have none."""
        numbers = [self._keys[r] for r in rows]
        return [number for number in numbers if number > 0] if self._heads else numbers

    def removed(self, row: int) -> bool:
        """Whether a row is shown only because it was deleted lately."""
        change = self.marks.change(self.row(row)) if self.marks.since is not None else None
        return change is not None and change.fate == "removed"

    def rows(self, rows: Sequence[int], fields: Sequence[Field]) -> list[ShownRow]:
        """Rows of the table with the values of some fields."""
        return self.fetch(self.numbers(rows), fields)

    def fetch(self, numbers: Sequence[int], fields: Sequence[Field]) -> list[ShownRow]:
        """Rows of the workspace with the values of some fields; for jobs, too."""
        with self.context.workspace.read() as connection:
            return query.rows(connection, self.register, numbers, fields)

    def value(self, index: Index) -> Any:  # Any: what the field holds
        """The value of a cell."""
        row = self.row(index.row())
        return None if row is None else row.values[self._places[self.fields[index.column()].field]]

    def other(self, row: int, key: str) -> Any:  # Any: what the field holds
        """The value of a field that every row brings along: its state, its due date, its depth in the outline."""
        held = self.row(row)
        return None if held is None or key not in self._places else held.values[self._places[key]]

    # -- within ---------------------------------------------------------------------------------------------------

    def _forget_pages(self) -> None:
        self._pages.clear()
        self.marks.forget()

    def _place(self) -> None:
        extra = tuple(e for e in self._extra if e.field not in {f.field for f in self.fields})
        self._read_fields = self.fields + extra
        self._places = {f.field: i for i, f in enumerate(self._read_fields)}

    def _read(self, page: int) -> dict[int, ShownRow]:
        if not self.context.has_workspace:  # it was closed, and the table is laid out once more on its way out
            return {}
        numbers = self._keys[page * _PAGE : (page + 1) * _PAGE]
        with self.context.workspace.read() as connection:
            rows = query.rows(connection, self.register, [n for n in numbers if n > 0], self._read_fields)
            self.marks.read(connection, self.context.project.id, rows, self._read_fields)
        held = {row.number: row for row in rows}
        self._pages[page] = held
        while len(self._pages) > _PAGES:
            self._pages.popitem(last=False)
        return held

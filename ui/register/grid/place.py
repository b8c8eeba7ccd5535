"""Where a user stands in a table: current cell, selection, scroll; kept by rows, not by positions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QAbstractItemView

from ui.shell.page import kept_place

if TYPE_CHECKING:
    from ui.register.grid.table import RegisterTable


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a table.

    Attributes:
        number: the row number of the current row, -1 for none.
        row: where it stood, in case it is gone.
        field: the field of the current cell.
        selected: first and last row number and first and last field of the selection.
        top: the row number of the first row in view, -1 for the very top.
        sideways: the horizontal scroll in pixels.
        row_id: the key of a row that somebody asked for.
        centre: bring it into the middle.
    """

    number: int = -1
    row: int = -1
    field: str = ""
    selected: tuple[int, int, str, str] | None = None
    top: int = -1
    sideways: int = 0
    row_id: str = ""
    centre: bool = False

    @classmethod
    def of(cls, table: RegisterTable) -> Place:
        """Where the user of a table stands."""
        model, index = table.rows, table.currentIndex()
        if not model.rowCount() or not model.columnCount():
            return cls()
        top = table.rowAt(0) if table.verticalScrollBar().value() else -1
        selected = None
        ranges = table.selectionModel().selection()
        if ranges.count() == 1:
            only = ranges.at(0)
            selected = (model.number(only.top()), model.number(only.bottom()),
                        model.fields[only.left()].field, model.fields[only.right()].field)  # fmt: skip
        return cls(
            number=model.number(index.row()) if index.isValid() else -1,
            row=index.row(),
            field=model.fields[index.column()].field if index.isValid() else "",
            selected=selected,
            top=model.number(top) if top >= 0 else -1,
            sideways=table.horizontalScrollBar().value(),
        )

    def plain(self) -> dict[str, Any]:  # Any: what JSON can hold
        """As JSON can hold it."""
        return {"number": self.number, "column": self.field, "scroll": self.top, "sideways": self.sideways}

    @classmethod
    def from_plain(cls, kept: Mapping[str, Any]) -> Place:  # Any: as above
        """From what ``plain`` gave."""
        return cls(
            number=kept_place(kept.get("number", -1)),
            field=str(kept.get("column", "")),
            top=kept_place(kept.get("scroll", -1)),
            sideways=kept_place(kept.get("sideways", 0)),
        )

    def restore(self, table: RegisterTable) -> bool:
        """Go there; whether the current row was found. A row that is gone gives its place to the next one."""
        model = table.rows
        if not model.rowCount() or not model.columnCount():
            return False
        keys = [f.field for f in model.fields]
        column = keys.index(self.field) if self.field in keys else max(0, table.currentIndex().column())
        at = model.position(self.number) if self.number >= 0 else -1
        row = at if at >= 0 else min(self.row, model.rowCount() - 1)
        if row >= 0:
            table.go_to(row, column)
        self._select(table, keys)
        if self.centre and at >= 0:
            table.scrollTo(model.index(at, column), QAbstractItemView.ScrollHint.PositionAtCenter)
        else:
            self._scroll(table)
        return at >= 0 or self.number < 0

    def _select(self, table: RegisterTable, keys: list[str]) -> None:
        if self.selected is None:
            return
        first, last, left, right = self.selected
        top, bottom = table.rows.position(first), table.rows.position(last)
        several = 0 <= top < bottom or (top == bottom >= 0 and left != right)
        if several and left in keys and right in keys:
            table.select_block(top, keys.index(left), bottom, keys.index(right))

    def _scroll(self, table: RegisterTable) -> None:
        top = table.rows.position(self.top) if self.top >= 0 else -1
        if top >= 0:
            table.scrollTo(table.rows.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)
        if self.sideways:
            table.horizontalScrollBar().setValue(self.sideways)

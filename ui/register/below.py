"""The way between a table and the line below it in which new rows are typed and pasted."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from handover.i18n import tr
from ui.register.acts import Acts
from ui.register.grid.new_line import NewLine
from ui.register.grid.table import RegisterTable
from ui.shell.page import Context


class BelowRows(QObject):
    """Leads down from the last row and back up, and says what came of what was typed below.

    Signals:
        begun_changed: something stands in the line that isn't a row yet, or no longer does.
    """

    begun_changed = Signal()

    def __init__(self, context: Context, table: RegisterTable, line: NewLine, acts: Acts) -> None:
        super().__init__(table)
        self._table, self._line = table, line
        table.below_wanted.connect(self._down)
        line.left.connect(self._up)
        line.block_pasted.connect(acts.append)
        line.new.refused.connect(context.tell)
        line.new.made.connect(lambda _row: context.tell(tr("Row added."), undo=True))
        line.new.dataChanged.connect(self.begun_changed)

    def _down(self, column: int) -> None:
        if self._line.isVisible():
            self._line.enter(column)

    def _up(self, column: int) -> None:
        self._table.setFocus()
        rows = self._table.rows.rowCount()
        if rows:
            self._table.go_to(rows - 1, column)

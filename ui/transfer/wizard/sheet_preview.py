"""A sheet as the file has it, with what was found in it."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from handover.exchange.tables.finding import Table
from handover.i18n import tr
from ui.theme import tokens
from ui.theme.tokens import SPACE
from ui.transfer.wizard.grid_model import GridModel

_NARROWEST, _WIDEST = 48, 260
#: So many rows below the headings say how wide a column is.
_LOOKED_AT = 40


class SheetPreview(QTableView):
    """The cells of a sheet, to look at and to point to the row of headings.

    Attributes:
        grid: the model of the cells.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid = GridModel(self)
        self.setModel(self.grid)
        self.setAccessibleName(tr("The sheet as the file has it"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.verticalHeader().setToolTip(tr("Click the number of the row that holds the headings."))

    def fit(self, table: Table) -> None:
        """Make the columns as wide as what stands in a table asks for, and bring its headings into sight."""
        metrics = self.fontMetrics()
        head = table.header_rows[0] if table.header_rows else table.first
        top, end = max(0, head - 2), min(head + _LOOKED_AT, self.grid.rowCount())
        for column in range(self.grid.columnCount()):
            texts = [self.grid.index(r, column).data() or "" for r in range(head, end)]
            wide = max((metrics.horizontalAdvance(t) for t in texts), default=0) + 7 * SPACE
            self.setColumnWidth(column, max(_NARROWEST, min(wide, _WIDEST)))
        self.scrollTo(self.grid.index(top, 0), QAbstractItemView.ScrollHint.PositionAtTop)

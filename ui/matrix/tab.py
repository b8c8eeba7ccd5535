"""A matrix beside a row: the lines whose heads belong to it, such as the deliverables of a group."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from handover.registers.matrix.declaration import Matrix
from handover.registers.query import Condition
from ui.matrix.view import MatrixView
from ui.register.details.tab import RowTab
from ui.shell.page import Context
from ui.theme.tokens import SPACE


class MatrixTab(RowTab):
    """Shows the part of a matrix that belongs to a row.

    Args:
        field: of what stands down, the link to that row.
    """

    def __init__(self, context: Context, matrix: Matrix, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 2)
        self.view = MatrixView(context, matrix, self)
        column.addWidget(self.view)
        for part in (self.view.columns_filter, self.view.count):  # there is no room for all of it beside a row
            part.hide()
        self.setFocusProxy(self.view)
        self.view.shown.connect(self._count)

    def show_row(self, row_id: str) -> None:
        if row_id:
            self.view.narrow((Condition(self._field, "is", (row_id,)),))

    def _count(self) -> None:
        self.counted.emit(len(self.view.model.rows))

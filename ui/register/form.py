"""The fields of a row in one or two columns, as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget

from ui.register.fieldbox import RowFieldBox
from ui.theme.tokens import SPACE

_TWO_COLUMNS = 520


class FormGrid(QScrollArea):
    """Sets boxes in reading order; two columns from a certain width on, long text over both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._body = QWidget(self)
        self._body.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._grid = QGridLayout(self._body)
        self._grid.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        self._grid.setHorizontalSpacing(SPACE * 4)
        self._grid.setVerticalSpacing(SPACE * 3)
        self.setWidget(self._body)
        self._boxes: list[RowFieldBox] = []
        self._columns = 0

    def take(self, boxes: Sequence[RowFieldBox]) -> None:
        """Show these boxes."""
        self._boxes = list(boxes)
        self._columns = 0
        self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set()

    def _set(self) -> None:
        columns = 2 if self.viewport().width() >= _TWO_COLUMNS else 1
        if columns == self._columns:
            return
        self._columns = columns
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)
        row = column = 0
        for box in self._boxes:
            if box.wide and column:
                row, column = row + 1, 0
            self._grid.addWidget(box, row, column, 1, columns if box.wide else 1)
            column += columns if box.wide else 1
            if column >= columns:
                row, column = row + 1, 0
        for each in range(2):
            self._grid.setColumnStretch(each, 1 if each < columns else 0)
        self._grid.setRowStretch(row + 1, 1)

"""The first columns of a table, held in place while the rest scrolls sideways."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ui.register.grid.header import ColumnHeader
from ui.register.grid.keys import KeyedTable
from ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex


class FrozenColumns(QTableView):
    """A second view of the same rows and the same selection, laid over the left of the first.

    Args:
        table: the view that it lies over.

    Signals:
        settled: the editor of a cell was closed.
    """

    settled = Signal()

    def __init__(self, table: KeyedTable) -> None:
        super().__init__(table)
        self._table = table
        self._held = 1
        self.head = ColumnHeader(self)
        self.setHorizontalHeader(self.head)
        self.head.sort_only()
        self.setModel(table.rows)
        self.setSelectionModel(table.selectionModel())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(table)
        self.setSelectionMode(table.selectionMode())
        self.setEditTriggers(table.editTriggers())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.setStyleSheet("QTableView { border: 0; }")
        self.setAccessibleName(table.accessibleName())
        sides = self.verticalHeader()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.hide()
        self.head.sectionResized.connect(self._resized)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.lay_out)
        table.verticalHeader().sectionCountChanged.connect(lambda *_: self.lay_out())
        table.rows.modelReset.connect(self.lay_out)
        self.hide()

    def hold(self, columns: int) -> None:
        """Hold so many columns; 0 none."""
        self._held = columns
        self.lay_out()

    def holds(self, column: int) -> bool:
        """Whether a column is held in place."""
        return 0 <= column < self._held

    def breadth(self) -> int:
        """How wide the held columns are together."""
        return sum(self._table.columnWidth(c) for c in range(min(self._held, self._table.rows.columnCount())))

    def lay_out(self, *_: Any) -> None:  # Any: what a signal brings along
        """Lie over the columns that are held; only once the rest is scrolled under them."""
        table = self._table
        breadth = self.breadth()
        sideways = table.horizontalScrollBar().value() > 0
        if not sideways or not breadth or breadth > table.viewport().width() * 0.7:
            self.hide()
            return
        for column in range(table.rows.columnCount()):
            self.setColumnHidden(column, not self.holds(column))
            if self.holds(column):
                self.setColumnWidth(column, table.columnWidth(column))
        self.head.setFixedHeight(table.head.height())
        corner = table.verticalHeader().width() + table.frameWidth()
        height = table.viewport().height() + table.head.height()
        self.setGeometry(corner, table.frameWidth(), breadth, height)
        self.verticalScrollBar().setValue(table.verticalScrollBar().value())
        self.show()
        self.raise_()

    def closeEditor(self, editor: QWidget, hint: Any) -> None:  # Any: the delegate's own enumeration
        super().closeEditor(editor, hint)
        if not self._table.hasFocus():  # this view takes no focus, so that nobody would have it
            self._table.setFocus()
        self.settled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        # A line along the rows, where the rest goes under.
        painter = QPainter(self.viewport())
        painter.setPen(tokens.colour("border"))
        edge, foot = self.viewport().width() - 1, self.verticalHeader().length() - self.verticalOffset()
        painter.drawLine(edge, 0, edge, min(self.viewport().height(), foot) - 1)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._table.wheelEvent(event)

    def _resized(self, section: int, _old: int, new: int) -> None:
        if self.isVisible() and self.holds(section) and new and new != self._table.columnWidth(section):
            self._table.setColumnWidth(section, new)

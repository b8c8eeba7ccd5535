"""The numbers at the lines of a matrix: a row below the columns, and a column to the right of the rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from handover.registers.matrix.declaration import LineCount
from ui.matrix.grid import MatrixGrid
from ui.theme import tokens

_HIGH, _WIDE, _GAP = 26, 54, 3


class _Counts(QWidget):
    """What both have: their numbers by head, and a pen for one of them."""

    def __init__(self, grid: MatrixGrid, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.grid, self.name = grid, name
        self.counts: dict[str, LineCount] = {}
        self.setAccessibleName(name)
        self.setToolTip(name)
        grid.model().modelReset.connect(self.update)
        grid.moved.connect(self.update)

    def show_counts(self, counts: dict[str, LineCount]) -> None:
        """Show other numbers."""
        self.counts = counts
        self.update()

    def _type(self, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens.SMALL)
        font.setBold(strong)
        return font

    def _draw(self, painter: QPainter, room: QRectF, count: LineCount) -> None:
        tone = count.tone or "neutral"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour(f"{tone}_soft"))
        painter.drawRoundedRect(room.adjusted(_GAP, _GAP, -_GAP, -_GAP), 4, 4)
        painter.setPen(tokens.colour(tone))
        painter.setFont(self._type(strong=True))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, count.text)

    def _said(self, head: str) -> str:
        count = self.counts.get(head)
        return count.told if count is not None else self.name

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.pos().x(), event.pos().y()), self)
            return True
        return super().event(event)

    def told_at(self, x: int, y: int) -> str:
        """What a number says."""
        raise NotImplementedError


class CountsBelow(_Counts):
    """The numbers of the columns."""

    def __init__(self, grid: MatrixGrid, name: str, parent: QWidget) -> None:
        super().__init__(grid, name, parent)
        self.setFixedHeight(_HIGH)
        grid.horizontalScrollBar().valueChanged.connect(self.update)
        grid.across.sectionResized.connect(self.update)

    def told_at(self, x: int, y: int) -> str:
        column = self.grid.columnAt(x - self._left())
        return self._said(self.grid.matrix.columns[column].id) if column >= 0 else self.name

    def _left(self) -> int:
        return self.grid.viewport().x()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = self._left()
        painter.setPen(tokens.colour("secondary"))
        painter.setFont(self._type())
        metrics = QFontMetricsF(painter.font())
        name = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, left - 12)
        painter.drawText(QRectF(8, 0, left - 12, _HIGH), Qt.AlignmentFlag.AlignVCenter, name)
        shown = self.grid.viewport().width()
        painter.setClipRect(left, 0, shown, _HIGH)
        first, last = self.grid.columnAt(0), self.grid.columnAt(shown - 1)
        columns = self.grid.matrix.columns
        for column in range(max(0, first), (last if last >= 0 else len(columns) - 1) + 1):
            count = self.counts.get(columns[column].id)
            if count is not None:
                at = left + self.grid.columnViewportPosition(column)
                self._draw(painter, QRectF(at, 0, self.grid.columnWidth(column), _HIGH), count)
        painter.end()


class CountsBeside(_Counts):
    """The numbers of the rows."""

    def __init__(self, grid: MatrixGrid, name: str, parent: QWidget) -> None:
        super().__init__(grid, name, parent)
        self.setFixedWidth(_WIDE)
        grid.verticalScrollBar().valueChanged.connect(self.update)
        grid.down.sectionResized.connect(self.update)

    def told_at(self, x: int, y: int) -> str:
        row = self.grid.rowAt(y - self._top())
        return self._said(self.grid.matrix.rows[row].id) if row >= 0 else self.name

    def _top(self) -> int:
        return self.grid.viewport().y()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self._top()
        painter.setPen(tokens.colour("secondary"))
        painter.setFont(self._type())
        flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(QRectF(0, 0, _WIDE, top - 4), flags, self.name)
        shown = self.grid.viewport().height()
        painter.setClipRect(0, top, _WIDE, shown)
        first, last = self.grid.rowAt(0), self.grid.rowAt(shown - 1)
        rows = self.grid.matrix.rows
        for row in range(max(0, first), (last if last >= 0 else len(rows) - 1) + 1):
            count = self.counts.get(rows[row].id)
            if count is not None:
                at = top + self.grid.rowViewportPosition(row)
                self._draw(painter, QRectF(0, at, _WIDE, self.grid.rowHeight(row)), count)
        painter.end()

"""The small square at the corner of what is selected: dragged down or to the right, it fills the cells on its way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from ui.register.grid.table import RegisterTable
from ui.theme import tokens

_SIDE, _ROLLING_MS = 9, 60


class FillHandle(QWidget):
    """Lies over both views of a table.

    Signals:
        filled: the rows and columns that the selection is to grow by, of which one is 0, and whether values are
            copied rather than continued.
    """

    filled = Signal(int, int, bool)

    def __init__(self, table: RegisterTable) -> None:
        super().__init__(table)
        self._table = table
        self._target: tuple[int, int] | None = None
        self._point = QPoint()
        self.setFixedSize(QSize(_SIDE, _SIDE))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(tr("Fill handle"))
        self.setToolTip(tr("Drag down or right to continue the series; with Ctrl to copy"))
        self._frame = _Frame(table)
        self._rolling = QTimer(self)
        self._rolling.setInterval(_ROLLING_MS)
        self._rolling.timeout.connect(self._roll)
        for changed in (
            table.selectionModel().selectionChanged,
            table.selectionModel().currentChanged,
            table.verticalScrollBar().valueChanged,
            table.horizontalScrollBar().valueChanged,
            table.laid_out,
            table.settled,
            table.rows.modelReset,
            table.rows.dataChanged,
            table.head.sectionResized,
        ):
            changed.connect(self.place)
        table.installEventFilter(self)
        self.place()

    @property
    def dragging(self) -> bool:
        """Whether it is being dragged."""
        return self._target is not None

    @Slot()
    def place(self, *_: object) -> None:
        """Stand at the corner of the selection, or be out of sight where nothing can be filled."""
        corner = None if self.dragging else self._corner()
        if corner is not None:
            self.move(corner - QPoint(_SIDE // 2 + 1, _SIDE // 2 + 1))
            self.raise_()
        self.setVisible(corner is not None or self.dragging)

    def block(self) -> QRect | None:
        """The selected cells as columns and rows; nothing where they are no block of cells of rows."""
        table = self._table
        ranges = table.selectionModel().selection()
        if ranges.count() != 1 or not table.rows.editable or table.editing:
            return None
        only = ranges.at(0)
        return QRect(only.left(), only.top(), only.width(), only.height())

    def _corner(self) -> QPoint | None:
        block = self.block()
        if block is None or self._table.rows.head(block.bottom()) is not None:
            return None
        return self._in_table(block.right(), block.bottom()).bottomRight() if self._seen(block) else None

    def _seen(self, block: QRect) -> bool:
        cell = self._in_table(block.right(), block.bottom())
        table = self._table
        room = table.viewport().geometry()
        if table.frozen.isVisible() and not table.frozen.holds(block.right()):
            room.setLeft(room.left() + table.frozen.breadth())
        return cell.isValid() and room.contains(cell.bottomRight() - QPoint(1, 1))

    def _in_table(self, column: int, row: int) -> QRect:
        """Where a cell lies, in the coordinates of the table."""
        table = self._table
        view = table.frozen if table.frozen.isVisible() and table.frozen.holds(column) else table
        rect = view.visualRect(table.rows.index(row, column))
        return QRect(view.viewport().mapTo(table, rect.topLeft()), rect.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if self.dragging and pressed and event.key() == Qt.Key.Key_Escape:  # type: ignore[attr-defined]  # a key's
            self.cancel()
            return True
        return False

    # -- dragging -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.block() is not None:
            self._target = (0, 0)
            self._rolling.start()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.dragging:
            self._point = self._table.viewport().mapFromGlobal(event.globalPosition().toPoint())
            self._aim()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        target = self._target
        self.cancel()
        if target is not None and any(target):
            copied = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            self.filled.emit(*target, copied)

    def cancel(self) -> None:
        """End dragging, with nothing filled."""
        self._target = None
        self._rolling.stop()
        self._frame.hide()
        self.place()

    def _aim(self) -> None:
        """Take as the end the cell under the pointer, along the way on which it is further from the selection."""
        block, table = self.block(), self._table
        if block is None:
            self.cancel()
            return
        row, column = table.rowAt(self._point.y()), table.columnAt(self._point.x())
        row = row if row >= 0 else table.rows.rowCount() - 1 if self._point.y() > 0 else block.bottom()
        column = column if column >= 0 else table.rows.columnCount() - 1 if self._point.x() > 0 else block.right()
        down, right = max(0, row - block.bottom()), max(0, column - block.right())
        edge = self._in_table(block.right(), block.bottom()).bottomRight()
        beyond = table.viewport().mapTo(table, self._point) - edge
        down, right = (down, 0) if beyond.y() >= beyond.x() else (0, right)
        self._target = (down, right)
        grown = block.adjusted(0, 0, right, down)
        first, last = self._in_table(grown.left(), grown.top()), self._in_table(grown.right(), grown.bottom())
        self._frame.show_at(first.united(last).intersected(table.viewport().geometry()))

    @Slot()
    def _roll(self) -> None:
        """Roll the rows on while the pointer is beyond them."""
        table = self._table
        for bar, at, room in (
            (table.verticalScrollBar(), self._point.y(), table.viewport().height()),
            (table.horizontalScrollBar(), self._point.x(), table.viewport().width()),
        ):
            if at > room:
                bar.setValue(bar.value() + tokens.ROW)
                self._aim()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(tokens.colour("raised"), 1))
        painter.setBrush(tokens.colour("accent"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()


class _Frame(QWidget):
    """The edge of what would be filled."""

    def __init__(self, table: RegisterTable) -> None:
        super().__init__(table)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, rect: QRect) -> None:
        self.setGeometry(rect)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(QPen(tokens.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

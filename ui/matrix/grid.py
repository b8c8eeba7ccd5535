"""The table of a matrix: single keys fill the selected cells, everything else goes as in Excel."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QTableView, QWidget

from handover.i18n import tr
from handover.registers.matrix.letters import Letter
from ui.matrix.cell import MatrixCell
from ui.matrix.heads import LOWEST, AcrossHeads, DownHeads
from ui.matrix.model import MatrixModel
from ui.theme.style import role

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
#: Of a column whose head is turned.
NARROW = 34
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip


class MatrixGrid(QTableView):
    """Shows a ``MatrixModel``.

    Signals:
        letter_typed: a key that stands for a value was pressed.
        in_vain: another key was pressed to type; its text.
        clear_wanted, copy_wanted, cut_wanted, paste_wanted: the keys for them.
        menu_wanted: the values of the current cell as a menu, at a point of the screen.
        cell_opened: the rows behind the current cell are wanted, where nobody fills cells in.
        moved: another cell is the current one.
    """

    letter_typed = Signal(object)
    in_vain = Signal(str)
    clear_wanted = Signal()
    copy_wanted = Signal()
    cut_wanted = Signal()
    paste_wanted = Signal()
    menu_wanted = Signal(QPoint)
    cell_opened = Signal()
    moved = Signal()

    def __init__(self, model: MatrixModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = model
        self.down = DownHeads(self, model)
        self.across = AcrossHeads(self, model)
        self.setVerticalHeader(self.down)
        self.setHorizontalHeader(self.across)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAccessibleName(model.matrix.label)
        self._corner = QLabel(self)
        self._corner.setWordWrap(True)
        self._corner.setAlignment(Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft)
        self._corner.setContentsMargins(8, 4, 8, 6)
        role(self._corner, "small")
        self.reason = QLabel(self.viewport())
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self.reason.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.reason.setFrameShape(QFrame.Shape.NoFrame)
        role(self.reason, "reason")
        self.reason.hide()
        self.setModel(model)
        delegate = MatrixCell(model, self)
        delegate.left.connect(self._step)
        self.setItemDelegate(delegate)
        model.modelReset.connect(self.fit)
        model.modelReset.connect(self._choose_input)
        model.dataChanged.connect(self._tell_refused)
        self._choose_input()
        self.horizontalScrollBar().valueChanged.connect(self.reason.hide)
        self.verticalScrollBar().valueChanged.connect(self.reason.hide)

    # -- how it is laid out -----------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Turn the heads across unless all their names fit side by side."""
        count = len(self.matrix.columns)
        # Beside a row there is little room: half of it at most is for names.
        self.down.setFixedWidth(min(self.down.sizeHint().width(), max(self.width() // 2, 120)))
        room = self.width() - self.down.width() - 2 * self.frameWidth()
        wanted = self.across.wanted_width()
        self.across.turned = count == 0 or wanted * count > room
        self.across.setDefaultSectionSize(round(NARROW if self.across.turned else min(wanted + 20, room / count)))
        # Where it is low, half of it is for cells.
        self.across.setFixedHeight(min(self.across.sizeHint().height(), max(self.height() // 2, LOWEST)))
        self.updateGeometries()
        down, across = self.matrix.matrix.down_field.label, self.matrix.matrix.across_field.label
        self._corner.setText(tr("{down} ↓  {across} →", down=down, across=across))
        edge = self.frameWidth()
        self._corner.setGeometry(edge, edge, self.down.width(), self.across.height())

    def _choose_input(self) -> None:
        """Letters are keys, which an input method would keep for itself; free texts are composed with it."""
        reading = self.matrix.reading
        free = reading is not None and not reading.letters.options
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, free)

    def _tell_refused(self) -> None:
        """Say beside the current cell why what was typed there can't be taken."""
        if reason := self.matrix.refused_at(self.currentIndex()):
            self.explain(reason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize() != event.size():
            self.fit()

    def explain(self, sentence: str) -> None:
        """Say something beside the current cell, until the user goes on."""
        self.reason.setText(sentence)
        self.reason.setFixedWidth(min(380, max(self.viewport().width() - 20, 160)))
        self.reason.adjustSize()
        rect = self.visualRect(self.currentIndex())
        x = max(4, min(rect.left(), self.viewport().width() - self.reason.width() - 4))
        below = rect.bottom() + 4
        fits = below + self.reason.height() < self.viewport().height()
        self.reason.move(x, below if fits else max(2, rect.top() - self.reason.height() - 4))
        self.reason.show()
        self.reason.raise_()

    # -- where the user is ------------------------------------------------------------------------------------------

    def block(self) -> tuple[range, range]:
        """The rows and columns that the selection spans; the current cell where nothing is selected."""
        chosen = self.selectionModel().selection()
        if not chosen.isEmpty():
            areas = [chosen.at(n) for n in range(chosen.count())]
            rows = range(min(a.top() for a in areas), max(a.bottom() for a in areas) + 1)
            return rows, range(min(a.left() for a in areas), max(a.right() for a in areas) + 1)
        index = self.currentIndex()
        if not index.isValid():
            return range(0), range(0)
        return range(index.row(), index.row() + 1), range(index.column(), index.column() + 1)

    def cells(self) -> Iterator[QModelIndex]:
        """The cells of the block."""
        rows, columns = self.block()
        return (self.matrix.index(row, column) for row in rows for column in columns)

    def go_to(self, row: int, column: int) -> None:
        """Make a cell the current one."""
        index = self.matrix.index(row, column)
        self.selectionModel().setCurrentIndex(index, _Flag.ClearAndSelect)
        self.scrollTo(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.reason.hide()
        self._tell_refused()
        self.down.viewport().update()
        self.across.viewport().update()
        self.moved.emit()

    # -- keys and mouse ---------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        # The window has actions on some of these keys; in a matrix they are the matrix's.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event: QKeyEvent) -> bool:
        if event.modifiers() & _CTRL:
            return event.key() in (Qt.Key.Key_C, Qt.Key.Key_X, Qt.Key.Key_V, Qt.Key.Key_A, *_ARROWS)
        return event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Escape) or bool(event.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.currentIndex().isValid() or not (self._control(event) or self._plain(event)):
            super().keyPressEvent(event)

    def _control(self, event: QKeyEvent) -> bool:
        """What a key does together with Ctrl; False where it is none of the matrix's."""
        if not event.modifiers() & _CTRL:
            return False
        wishes = {Qt.Key.Key_C: self.copy_wanted, Qt.Key.Key_X: self.cut_wanted, Qt.Key.Key_V: self.paste_wanted}
        key = Qt.Key(event.key())
        if key in wishes:
            wishes[key].emit()
        elif key in _ARROWS:
            self._to_edge(*_ARROWS[key], extend=bool(event.modifiers() & _SHIFT))
        elif key == Qt.Key.Key_Home:
            self.go_to(0, 0)
        elif key == Qt.Key.Key_End:
            self.go_to(self.matrix.rowCount() - 1, self.matrix.columnCount() - 1)
        else:
            return False
        return True

    def _plain(self, event: QKeyEvent) -> bool:
        """What a key does on its own; False where it is none of the matrix's."""
        key, reading = event.key(), self.matrix.reading
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            if self.matrix.forget_refused([self.matrix.place(self.currentIndex())]) or self.reason.isVisible():
                self.reason.hide()
            else:
                return False
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.matrix.matrix.filled_in:
            self.cell_opened.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._step(-1 if event.modifiers() & _SHIFT else 1, 0)
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Menu) and reading is not None and reading.letters.options:
            rect = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.bottomLeft()))
        elif event.text().isprintable() and event.text() and reading is not None and reading.letters.options:
            letter: Letter | None = reading.letters.of_key(event.text())
            if letter is not None:
                self.letter_typed.emit(letter)
            else:
                self.in_vain.emit(event.text())
        else:
            return False
        return True

    def _step(self, rows: int, columns: int) -> None:
        index = self.currentIndex()
        row = min(max(index.row() + rows, 0), self.matrix.rowCount() - 1)
        self.go_to(row, min(max(index.column() + columns, 0), self.matrix.columnCount() - 1))

    def _to_edge(self, down: int, right: int, *, extend: bool) -> None:
        """As far as it goes in a direction; with Shift the block from here to there is selected."""
        index, last = self.currentIndex(), (self.matrix.rowCount() - 1, self.matrix.columnCount() - 1)
        row = index.row() if not down else last[0] if down > 0 else 0
        column = index.column() if not right else last[1] if right > 0 else 0
        if not extend:
            self.go_to(row, column)
            return
        rows, columns = self.block()
        corners = (
            self.matrix.index(min(rows.start, row), min(columns.start, column)),
            self.matrix.index(max(rows.stop - 1, row), max(columns.stop - 1, column)),
        )
        self.selectionModel().select(QItemSelection(*corners), _Flag.ClearAndSelect)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.indexAt(event.pos()).isValid():
            self.menu_wanted.emit(event.globalPos())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        reading = self.matrix.reading
        if not self.matrix.matrix.filled_in and self.currentIndex().isValid():
            self.cell_opened.emit()
            return
        if reading is not None and reading.letters.options and self.currentIndex().isValid():
            self.menu_wanted.emit(event.globalPosition().toPoint())
            return
        super().mouseDoubleClickEvent(event)

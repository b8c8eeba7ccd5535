"""Draws a cell of a matrix: its letters on grounds of their tones, what is wrong at it, and where the user is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from handover.registers.matrix.letters import Letter
from handover.registers.matrix.reading import MatrixReading
from ui.matrix.model import MatrixModel
from ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
#: As a number, since hundreds of cells ask for it in a frame.
_SELECTED = int(QStyle.StateFlag.State_Selected.value)


class MatrixCell(QStyledItemDelegate):
    """Draws the cells of one matrix."""

    #: A value was typed and taken: by how many rows and columns to go on.
    left = Signal(int, int)

    def __init__(self, model: MatrixModel, view: QTableView) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._letters: dict[object, Letter] = {}
        self._colours: dict[str, QColor] = {}
        self._theme = tokens.theme()
        model.modelReset.connect(self._learn)

    def _learn(self) -> None:
        reading = self._model.reading
        self._letters = reading.letters.by_value if reading is not None else {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        reading = self._model.reading
        if reading is None:
            return
        if self._theme != tokens.theme():
            self._theme, self._colours = tokens.theme(), {}
        row, column = index.row(), index.column()
        self._draw_ground(painter, option, self._ground(row, column, bool(option.state.value & _SELECTED)))
        values, why = self._model.values(row, column), self._model.refused_at(index)
        found = self._model.findings_at(row, column) if not why else []
        current = index == self._view.currentIndex()
        if not (values or why or found or current):
            return  # as most cells of a large matrix
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if why:
            painter.setPen(self._colour("danger"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(index.data()))
            self._frame(painter, rect, "danger", 1.5)
        elif values:
            self._draw_values(painter, rect, reading, values)
        if found:
            self._frame(painter, rect, found[0].tone, 1.5, dashed=True)
        if current:
            self._frame(painter, rect, "accent", 2.0)
        painter.restore()

    def _draw_ground(self, painter: QPainter, option: QStyleOptionViewItem, ground: str) -> None:
        rect = option.rect
        x, y, wide, high = rect.x(), rect.y(), rect.width(), rect.height()
        painter.fillRect(x, y, wide, high, self._colour(ground))
        line = self._colour("line")
        painter.fillRect(x, y + high - 1, wide, 1, line)
        painter.fillRect(x + wide - 1, y, 1, high, line)

    def _draw_values(
        self, painter: QPainter, rect: QRectF, reading: MatrixReading, values: tuple[Any, ...]
    ) -> None:  # Any: what the value field holds
        known = [self._letters[value] for value in values if value in self._letters]
        if known:
            self._draw_letters(painter, rect, known)
        else:
            painter.setPen(self._colour("text"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, reading.letters.text(values))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter and Tab take what was typed and go on, as in Excel."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(editor, QWidget):
            return super().eventFilter(editor, event)
        back = -1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(editor, back, 0)
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._finish(editor, 0, -1 if key == Qt.Key.Key_Backtab else back)
        else:
            return super().eventFilter(editor, event)
        return True

    def _finish(self, editor: QWidget, rows: int, columns: int) -> None:
        index = self._view.currentIndex()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if not self._model.refused_at(index):
            self.left.emit(rows, columns)

    def _colour(self, name: str) -> QColor:
        """The colour of a token, which hundreds of cells ask for in a frame."""
        found = self._colours.get(name)
        if found is None:
            found = self._colours[name] = tokens.colour(name)
        return found

    def _ground(self, row: int, column: int, selected: bool) -> str:
        if selected:
            return "selection"
        held = self._model.rows[row].held or self._model.columns[column].held
        return "sunken" if held is not None or not self._model.writable else "raised"

    def _draw_letters(self, painter: QPainter, rect: QRectF, letters: list[Letter]) -> None:
        font = QFont(painter.font())
        font.setPixelSize(tokens.BODY)
        font.setBold(True)
        painter.setFont(font)
        inner = rect.adjusted(3, 3, -4, -4)
        wide = min(inner.width() / len(letters), 26.0)
        left = inner.center().x() - wide * len(letters) / 2
        for number, letter in enumerate(letters):
            box = QRectF(left + number * wide, inner.top(), wide - 1, inner.height())
            tone = letter.tone or "neutral"
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(f"{tone}_soft"))
            painter.drawRoundedRect(box, 4, 4)
            painter.setPen(self._colour(tone))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter.letter)

    def _frame(self, painter: QPainter, rect: QRectF, colour: str, width: float, *, dashed: bool = False) -> None:
        pen = QPen(self._colour(colour), width)
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset = width / 2 + (2 if dashed else 0)
        painter.drawRect(rect.adjusted(inset, inset, -inset - 1, -inset - 1))

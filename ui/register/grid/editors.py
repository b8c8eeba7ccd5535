"""Fields in which values are typed: a line that offers what fits, and a roomy one for long text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QMouseEvent, QMoveEvent, QPainter, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from handover.i18n import tr
from handover.registers.kinds.choosing import CellChoice
from handover.values.cells import folded
from ui.register.grid.choices import Choices, Chosen, ValuesInUse
from ui.shell.keyboard import passes_on
from ui.theme import tokens

_LONGEST_LIST = 9
#: The name of the editor of a cell.
CELL = "cell"


def types(event: QKeyEvent) -> bool:
    """Whether a key is one by which somebody begins to type."""
    bare = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bare and event.text().isprintable() and bool(event.text().strip())


def caret_to_end(view: QAbstractItemView) -> None:
    """Put the caret behind the text of the editor that was just opened, as F2 does in Excel."""
    for editor in view.viewport().findChildren(QWidget, CELL):
        if isinstance(editor, LineEdit):
            editor.end(False)
        elif isinstance(editor, LongEdit):
            editor.moveCursor(QTextCursor.MoveOperation.End)


class _Offers(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.choices: Sequence[CellChoice] = []

    def show(self, choices: Sequence[CellChoice]) -> None:
        self.beginResetModel()
        self.choices = choices
        self.endResetModel()

    def rowCount(self, parent: Any = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.choices)

    def data(self, index: Any, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.choices[index.row()].label


class _OfferPaint(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Any) -> None:
        offered: _Offers = index.model()
        choice = offered.choices[index.row()]
        painter.save()
        rect = QRectF(option.rect)
        if isinstance(view := option.widget, QListView) and index == view.currentIndex():
            painter.fillRect(rect, tokens.colour("selection"))
        inner = rect.adjusted(8, 0, -8, 0)
        painter.setPen(tokens.colour("secondary"))
        side = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignRight, choice.note)
        metrics = option.fontMetrics
        room = int(inner.width()) - (metrics.horizontalAdvance(choice.note) + 12 if choice.note else 0)
        painter.setPen(tokens.colour("text"))
        words = metrics.elidedText(choice.label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(inner, side | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Any) -> QSize:
        return QSize(80, tokens.ROW)


class OfferList(QListView):
    """The list under a line of what fits; it never takes the focus.

    Signals:
        taken: a choice was clicked.
    """

    taken = Signal(int)

    def __init__(self, line: QLineEdit) -> None:
        super().__init__(line)
        self.setWindowFlags(
            Qt.WindowType.ToolTip | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers = _Offers(self)
        self.setModel(self.offers)
        self.setItemDelegate(_OfferPaint(self))
        self.setAccessibleName(tr("What fits"))

    def offer(self, choices: Sequence[CellChoice], line: QLineEdit) -> None:
        """Show choices under a line; nothing when there are none."""
        self.offers.show(choices)
        if not choices or not line.isVisible():
            self.hide()
            return
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(f"{c.label}  {c.note}") for c in choices) + 40
        rows = min(len(choices), _LONGEST_LIST)
        self.resize(min(max(line.width(), widest), 460), rows * tokens.ROW + 2)
        corner = line.mapToGlobal(QPoint(0, line.height() + 2))
        ground = line.screen().availableGeometry()
        if corner.y() + self.height() > ground.bottom():
            corner = line.mapToGlobal(QPoint(0, -self.height() - 2))
        corner.setX(max(ground.left(), min(corner.x(), ground.right() - self.width())))
        self.move(corner)
        self.show()

    def mark(self, row: int) -> None:
        """Highlight a choice; -1 none."""
        self.setCurrentIndex(self.offers.index(row, 0) if row >= 0 else QModelIndex())
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.taken.emit(index.row())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.mark(index.row())


class LineEdit(QLineEdit):
    """A line for a value; with ``choices`` it offers what fits what is typed.

    Signals:
        settled: a choice was clicked: what was to be typed is there.
    """

    settled = Signal()

    def __init__(self, choices: Choices | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._picked: CellChoice | None = None
        self._list: OfferList | None = None
        self.textEdited.connect(self._offer)

    def offer_from(self, choices: Choices | None) -> None:
        """Offer other choices from now on."""
        self._choices = choices

    def matches(self, text: str) -> Sequence[CellChoice]:
        """The choices that fit a text."""
        return self._choices(text) if self._choices is not None and text.strip() else []

    def typed(self) -> str | Chosen:
        """What stands in the line: the choice that was picked, or the text."""
        if self._picked is not None and self._picked.label == self.text():
            return Chosen(self._picked.value)
        return self.text()

    def take_value(self, value: Any) -> None:  # Any: what the field holds
        """Told what the shown text stands for; an editor that does more than show it keeps it."""

    def allow(self, writable: bool) -> None:
        """Whether anything can be typed."""
        self.setReadOnly(not writable)

    def fill(self, text: str) -> None:
        """Show a value and forget what was picked."""
        self._picked = None
        self.setText(text)

    def open_list(self) -> None:
        """Offer all choices."""
        if self._choices is not None and not self.isReadOnly():
            self._offer("")

    def open_first(self) -> None:
        """Offer all choices in a line that was just opened, unless something was typed into it already."""
        if not self.offering and not self.isModified():
            self.open_list()

    @property
    def offering(self) -> bool:
        """Whether the list is open."""
        return self._list is not None and self._list.isVisible()

    @property
    def offered(self) -> Sequence[CellChoice]:
        """What the list offers."""
        return self._list.offers.choices if self._list is not None and self.offering else []

    def take_marked(self) -> None:
        """Take the highlighted choice, if any, and close the list."""
        if self._list is not None and self.offering:
            row = self._list.currentIndex().row()
            if row >= 0:
                self._take(row)
            self._list.hide()

    def browse(self, key: int) -> bool:
        """Move through the list with a key; whether the key was one of the list's."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if self._choices is None or key not in steps:
            return False
        if self._list is None or not self.offering:
            self._offer("")
            return True
        row = self._list.currentIndex().row() + steps[Qt.Key(key)]
        self._list.mark(max(0, min(row, len(self.offered) - 1)))
        self._list.scrollTo(self._list.currentIndex())
        return True

    def close_list(self) -> None:
        """Close the list and take nothing."""
        if self._list is not None:
            self._list.hide()

    def event(self, event: QEvent) -> bool:
        return False if passes_on(self, event) else super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.browse(event.key()):
            return
        if event.key() == Qt.Key.Key_Escape and self.offering:
            self.close_list()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take_marked()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.open_list()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.close_list()
        super().focusOutEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.close_list()
        super().hideEvent(event)

    def moveEvent(self, event: QMoveEvent) -> None:
        self.close_list()
        super().moveEvent(event)

    def _offer(self, text: str) -> None:
        if self._choices is None:
            return
        if self._list is None:
            self._list = OfferList(self)
            self._list.taken.connect(self._click)
        found = self._choices(text)
        self._list.offer(found, self)
        # What is typed means the best that fits; an opened list without typing highlights what is there already.
        now = next((i for i, c in enumerate(found) if folded(c.label) == folded(self.text())), -1)
        # Where anything may be typed, nothing is taken that nobody pointed at.
        first = 0 if text and found and now < 0 and not isinstance(self._choices, ValuesInUse) else now
        self._list.mark(first)

    def _take(self, row: int) -> None:
        self._picked = self.offered[row]
        self.setText(self._picked.label)

    def _click(self, row: int) -> None:
        self._take(row)
        self.close_list()
        self.settled.emit()


class LongEdit(QPlainTextEdit):
    """Text of several lines in a cell: larger than the cell; Enter ends it, Alt+Enter begins a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def event(self, event: QEvent) -> bool:
        return False if passes_on(self, event) else super().event(event)

    def typed(self) -> str:
        """What stands there."""
        return self.toPlainText()

    def fill(self, text: str) -> None:
        """Show a value."""
        self.setPlainText(text)

    def break_line(self) -> None:
        """Begin a new line at the cursor."""
        self.insertPlainText("\n")

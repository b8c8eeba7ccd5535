"""What the palette and the search have in common: a field over a list, shown over the upper middle of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QLineEdit, QListWidget, QStyledItemDelegate, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

T = TypeVar("T")
_PAUSE_MS = 120


class Finder(QDialog):
    """A field, a list of what was found and a label for what is to be said; arrows move in the list, Enter takes.

    The parts stand in ``whole``, where the heir adds them with what it has besides.

    Args:
        title: the name of the dialog.
        hint: what can be typed into the field.
        lines: draws the lines of the list.
    """

    wide: ClassVar[int]
    """Its width in pixels where the window has room for it."""
    deep: ClassVar[int]
    """Which part of the window's height stays free above it."""
    page: ClassVar[int]
    """How many lines Page up and Page down go."""

    def __init__(self, parent: QWidget, title: str, hint: str, lines: type[QStyledItemDelegate]) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        #: The window that it lies over.
        self.over = parent
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame = QFrame(self)
        role(frame, "popup")
        outer.addWidget(frame)
        self.whole = QVBoxLayout(frame)
        self.whole.setContentsMargins(SPACE * 3, SPACE * 3, SPACE * 3, SPACE * 3)
        self.whole.setSpacing(SPACE * 2)
        self.field = QLineEdit(frame)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.addAction(icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self.field.setClearButtonEnabled(True)
        self.field.installEventFilter(self)
        self.list = QListWidget(frame)
        self.list.setAccessibleName(tr("Found"))
        self.list.setItemDelegate(lines(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("border: 0;")
        self.said = QLabel(frame)
        role(self.said, "secondary")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)

    def open(self) -> None:
        """Show it over the upper middle of the window."""
        parent = self.over
        width = min(self.wide, parent.width() - SPACE * 8)
        self.setFixedWidth(width)
        corner = parent.mapToGlobal(parent.rect().topLeft())
        self.move(corner.x() + (parent.width() - width) // 2, corner.y() + max(48, parent.height() // self.deep))
        super().open()
        self.field.setFocus()

    def take(self) -> None:
        """Do what the marked line says."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            steps: Mapping[Qt.Key, int] = {
                Qt.Key.Key_Down: 1,
                Qt.Key.Key_Up: -1,
                Qt.Key.Key_PageDown: self.page,
                Qt.Key.Key_PageUp: -self.page,
            }
            if (step := steps.get(Qt.Key(event.key()))) and self._move(step):
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.take()
                return True
        return super().eventFilter(watched, event)

    def _move(self, step: int) -> bool:
        """Mark the line so many further; False where the key is none of the list's."""
        raise NotImplementedError

    def _while_open(self, function: Callable[[T], None]) -> Callable[[T], None]:
        """A function that does nothing once the dialog is gone."""
        alive = [True]
        self.destroyed.connect(lambda: alive.clear())

        def when_alive(value: T) -> None:
            if alive:
                function(value)

        return when_alive

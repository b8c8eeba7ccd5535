"""One field of the form: its label above, what is typed in it, and below why it can't be taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.registers import show
from handover.registers.declare import Field, Kind
from handover.registers.query import Linked
from handover.values import shown
from ui.register.choices import Chosen, ValuesInUse, choices
from ui.register.editors import LineEdit, types
from ui.shell.keyboard import passes_on
from ui.shell.page import Context
from ui.theme.icons import Picture, icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class LongField(QPlainTextEdit):
    """Text of several lines in a form.

    Signals:
        finished: the focus left.
    """

    finished = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setMinimumHeight(64)
        self.setMaximumHeight(160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.textChanged.connect(self.updateGeometry)

    def event(self, event: QEvent) -> bool:
        return False if passes_on(self, event) else super().event(event)

    def sizeHint(self) -> Any:  # Any: Qt's size
        size = super().sizeHint()
        lines = max(3, min(7, self.document().blockCount()))
        size.setHeight(lines * self.fontMetrics().lineSpacing() + 16)
        return size

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finished.emit()


class RowFieldBox(QWidget):
    """A field of a row that can be edited in place.

    Signals:
        entered: the key of the field and what was typed (text or ``Chosen``), when it differs from what was shown.
        opened: the row that a link points to is wanted.
    """

    entered = Signal(str, object)
    opened = Signal(object)

    def __init__(
        self, context: Context, field: Field, parent: QWidget | None = None, *, asked: bool | None = None
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.field = field
        self.asked = field.required if asked is None else asked
        self._shown = ""
        self._value: Any = None  # what the field holds
        self.faulty = False
        self._writable = True
        #: Why nothing can be typed although the row can be changed; empty where nothing is against it.
        self.held = ""
        self._name = name = QLabel(self)
        role(name, "small")
        self.lock = Picture("lock", "secondary", 12, self)
        self.lock.hide()
        self.editor: LineEdit | LongField = self._make_editor()
        name.setBuddy(self.editor)
        self.ask(self.asked)
        self.editor.installEventFilter(self)
        self.reason = QLabel(self)
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        role(self.reason, "error")
        self.reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        head = QHBoxLayout()
        head.setSpacing(SPACE)
        head.addWidget(name)
        head.addWidget(self.lock)
        head.addStretch(1)
        column.addLayout(head)
        for each in (self.editor, self.reason):
            column.addWidget(each)
        column.addStretch(1)

    def ask(self, asked: bool) -> None:
        """Mark it as one that must be filled in, or as one that needn't."""
        self.asked = asked
        label = self.field.label
        self._name.setText(tr("{label} *", label=label) if asked else label)
        self.editor.setAccessibleName(tr("{label}, required", label=label) if asked else label)

    @property
    def unfinished(self) -> bool:
        """Whether something is being typed that was not handed on yet."""
        return self.text() != self._shown

    @property
    def wide(self) -> bool:
        """Whether it wants the whole width of the form."""
        return self.field.kind is Kind.LONG

    def typed(self) -> str | Chosen:
        """What stands in it."""
        return self.editor.toPlainText() if isinstance(self.editor, LongField) else self.editor.typed()

    def text(self) -> str:
        """What stands in it, as text."""
        return self.editor.toPlainText() if isinstance(self.editor, LongField) else self.editor.text()

    def show_value(self, value: Any) -> None:  # Any: what the field holds
        """Show what is stored; what is being typed, or was refused, stays."""
        if (self.faulty or self.editor.hasFocus()) and self.text() != self._shown:
            return
        self._value = value
        self._fill(show.text(self.field, value))
        if isinstance(self.editor, LineEdit):
            self.editor.offer_from(choices(self._context, self.field, value))
            self._open.setVisible(isinstance(value, Linked))
        note = shown.overdue(value) if self.field.kind in (Kind.DATE, Kind.MOMENT) and value else ""
        self.editor.setToolTip(self.held or note)

    def differ(self, differ: bool) -> None:
        """Say that several rows have different values here."""
        self.editor.setPlaceholderText(tr("several values") if differ else "")

    def begin(self, value: Any) -> None:  # Any: as above
        """Show a value and forget whatever was typed."""
        self.forgive()
        self._shown = self.text()
        self.show_value(value)

    def allow(self, writable: bool) -> None:
        """Whether anything can be typed."""
        self._writable = writable
        self.editor.setReadOnly(not writable or bool(self.held) or self.field.computed)
        if isinstance(self.editor, LineEdit):
            for action, wanted in self._aids.items():
                action.setVisible(wanted and not self.editor.isReadOnly())

    def hold(self, reason: str) -> None:
        """Say why nothing can be typed, by a lock; empty takes it away."""
        self.held = reason
        self.lock.setVisible(bool(reason))
        self.lock.setToolTip(reason)
        self.editor.setToolTip(reason)
        self.editor.setAccessibleDescription(reason)
        self.allow(self._writable)

    def refuse(self, reason: str) -> None:
        """Say why what stands there can't be taken; it stays."""
        self.faulty = True
        self.reason.setText(reason)
        self.reason.show()
        self._dress("wrong")

    def forgive(self) -> None:
        """Take the reason away."""
        if self.faulty:
            self.faulty = False
            self.reason.hide()
            self._dress("")

    def revert(self) -> bool:
        """Back to what is stored; whether anything else stood there."""
        if self.text() == self._shown and not self.faulty:
            return False
        self.forgive()
        self._fill(show.text(self.field, self._value))
        return True

    def finish(self) -> None:
        """Hand on what was typed, if it is anything new."""
        if isinstance(self.editor, LineEdit):
            self.editor.take_marked()
        if self.editor.isReadOnly() or (self.text() == self._shown and not self.faulty):
            return
        self._shown = self.text()
        self.forgive()
        self.entered.emit(self.field.field, self.typed())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if isinstance(self.editor, LineEdit) and self.editor.offering:
                self.editor.close_list()
                return True
            return self.revert()
        if self.held and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and types(event):
            self._context.tell(self.held)
        return super().eventFilter(watched, event)

    # -- within -------------------------------------------------------------------------------------------------------

    def _make_editor(self) -> LineEdit | LongField:
        if self.field.kind is Kind.LONG:
            long = LongField(self)
            long.finished.connect(self.finish)
            return long
        line = LineEdit(choices(self._context, self.field), self)
        line.editingFinished.connect(self.finish)
        line.settled.connect(self.finish)
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._open = self._side_action(line, "external-link", tr("Open this row"), trailing)
        self._open.triggered.connect(lambda: self.opened.emit(self._value))
        self._open.setVisible(False)
        offered = choices(self._context, self.field)
        chooses = offered is not None and not isinstance(offered, ValuesInUse)
        self._list = self._side_action(line, "chevron-down", tr("Show what fits"), trailing)
        self._list.triggered.connect(line.open_list)
        self._calendar = self._side_action(line, "calendar", tr("Choose a day"), trailing)
        self._calendar.triggered.connect(self._choose_day)
        self._aids = {self._list: chooses, self._calendar: self.field.kind in (Kind.DATE, Kind.MOMENT)}
        for action, wanted in self._aids.items():
            action.setVisible(wanted and not self.field.computed)
        return line

    def _side_action(self, line: LineEdit, picture: str, name: str, side: QLineEdit.ActionPosition) -> QAction:
        action = line.addAction(icon(picture, "secondary"), side)
        action.setText(name)
        action.setToolTip(name)
        return action

    def _choose_day(self) -> None:
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        role(popup, "popup")
        column = QVBoxLayout(popup)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        calendar = QCalendarWidget(popup)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.ISOWeekNumbers)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        if isinstance(self._value, dt.date):
            calendar.setSelectedDate(QDate(self._value.year, self._value.month, self._value.day))
        calendar.clicked.connect(self._take_day)
        calendar.clicked.connect(popup.close)
        column.addWidget(calendar)
        popup.move(self.editor.mapToGlobal(QPoint(0, self.editor.height() + 2)))
        popup.show()
        calendar.setFocus()

    def _take_day(self, day: QDate) -> None:
        if isinstance(self.editor, LineEdit):
            self.editor.setText(day.toString(Qt.DateFormat.ISODate))
            self.finish()

    def _fill(self, text: str) -> None:
        if isinstance(self.editor, LongField):
            self.editor.setPlainText(text)
        else:
            self.editor.fill(text)
            self.editor.setCursorPosition(0)
        self._shown = self.text()

    def _dress(self, name: str) -> None:
        role(self.editor, name)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

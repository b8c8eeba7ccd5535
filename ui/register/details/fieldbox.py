"""One field of the form: its label above, what is typed in it, and below why it can't be taken."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.registers import show
from handover.registers.declare import Field
from handover.registers.linked import Linked
from handover.values import shown
from ui.register.details.row_pictures import RowPictures
from ui.register.grid.choices import Chosen, ValuesInUse, choices
from ui.register.grid.editors import LineEdit, types
from ui.register.grid.kind_editors import editor_of
from ui.register.grid.long_field import LongField
from ui.rich_text.field import RichField
from ui.shell.page import Context
from ui.theme.icons import Picture, icon
from ui.theme.style import role
from ui.theme.tokens import SPACE


class RowFieldBox(QWidget):
    """A field of a row that can be edited in place.

    Signals:
        entered: the key of the field and what was typed (text or ``Chosen``), when it differs from what was shown.
        opened: the row that a link points to is wanted.
        in_trouble: what stands in it was refused; it must be seen.
    """

    entered = Signal(str, object)
    opened = Signal(object)
    in_trouble = Signal()

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
        self._pictures = RowPictures(context, field.register)
        self._name = name = QLabel(self)
        role(name, "small")
        self.lock = Picture("lock", "secondary", 12, self)
        self.lock.hide()
        self.editor: LineEdit | LongField | RichField = self._make_editor()
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
        return self.field.kind.roomy

    def typed(self) -> str | Chosen:
        """What stands in it."""
        return self.editor.typed()

    def text(self) -> str:
        """What stands in it, as text."""
        return self.editor.text() if isinstance(self.editor, LineEdit) else self.editor.typed()

    def show_value(self, value: Any) -> None:  # Any: what the field holds
        """Show what is stored; what is being typed, or was refused, stays."""
        if (self.faulty or self.editor.hasFocus()) and self.text() != self._shown:
            return
        self._value = value
        self._fill(show.text(self.field, value))
        if isinstance(self.editor, LineEdit):
            self.editor.offer_from(choices(self._context, self.field, value))
            self.editor.take_value(value)
            self._open.setVisible(isinstance(value, Linked))
        note = shown.overdue(value) if self.field.kind.dated and value else ""
        self.editor.setToolTip(self._closed or note)

    def differ(self, differ: bool) -> None:
        """Say that several rows have different values here."""
        self.editor.setPlaceholderText(tr("several values") if differ else "")

    def understood(self, value: Any) -> None:  # Any: as above
        """Say of what was typed which day it means, while it is stored nowhere yet."""
        if self.field.kind.dated and value:
            self._fill(show.text(self.field, value))

    def begin(self, value: Any) -> None:  # Any: as above
        """Show a value and forget whatever was typed."""
        self.forgive()
        self._shown = self.text()
        self.show_value(value)

    def allow(self, writable: bool) -> None:
        """Whether anything can be typed."""
        self._writable = writable
        typed = writable and not self.held and not self.field.computed
        if isinstance(self.editor, LineEdit):
            self.editor.allow(typed)
            self._list.setVisible(self._chooses and typed)
        else:
            self.editor.setReadOnly(not typed)

    def hold(self, reason: str) -> None:
        """Say why nothing can be typed, by a lock; empty takes it away."""
        self.held = reason
        self.lock.setVisible(bool(reason))
        self.lock.setToolTip(reason)
        self.editor.setToolTip(self._closed)
        self.editor.setAccessibleDescription(self._closed)
        self.allow(self._writable)

    def refuse(self, reason: str) -> None:
        """Say why what stands there can't be taken; it stays."""
        self.faulty = True
        self.reason.setText(reason)
        self.reason.show()
        self._dress("wrong")
        self.in_trouble.emit()

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
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and types(event) and self._closed:
            self._context.tell(self._closed)
        return super().eventFilter(watched, event)

    @property
    def _closed(self) -> str:
        """Why nothing can be typed: the row's state is against it, or the program alone fills it in."""
        return self.held or str(self.field.why_not_typed() or "")

    # -- within -------------------------------------------------------------------------------------------------------

    def of_row(self, row_id: str) -> None:
        """Say which row it shows, whose files the pictures of its text are; empty for none or several."""
        self._pictures.row_id = row_id

    def _make_editor(self) -> LineEdit | LongField | RichField:
        made = editor_of(self.field).in_form
        if issubclass(made, RichField):
            rich = made(self)
            rich.pictures = self._pictures
            rich.finished.connect(self.finish)
            rich.told.connect(self._context.tell)
            return rich
        if issubclass(made, LongField):
            long = made(self)
            long.finished.connect(self.finish)
            return long
        offered = choices(self._context, self.field)
        line = made(offered, self)
        line.editingFinished.connect(self.finish)
        line.settled.connect(self.finish)
        trailing = QLineEdit.ActionPosition.TrailingPosition
        self._open = self._side_action(line, "external-link", tr("Open this row"), trailing)
        self._open.triggered.connect(lambda: self.opened.emit(self._value))
        self._open.setVisible(False)
        self._chooses = offered is not None and not isinstance(offered, ValuesInUse)
        self._list = self._side_action(line, "chevron-down", tr("Show what fits"), trailing)
        self._list.triggered.connect(line.open_list)
        self._list.setVisible(self._chooses and not self.field.computed)
        return line

    def _side_action(self, line: LineEdit, picture: str, name: str, side: QLineEdit.ActionPosition) -> QAction:
        action = line.addAction(icon(picture, "secondary"), side)
        action.setText(name)
        action.setToolTip(name)
        return action

    def _fill(self, text: str) -> None:
        self.editor.fill(text)
        if isinstance(self.editor, LineEdit):
            self.editor.setCursorPosition(0)
        self._shown = self.text()

    def _dress(self, name: str) -> None:
        role(self.editor, name)
        self.editor.style().unpolish(self.editor)
        self.editor.style().polish(self.editor)

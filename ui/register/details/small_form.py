"""A small form over the page: some fields, one verb; what is refused is said in it, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers.declare import Field
from ui.register.details.fieldbox import RowFieldBox
from ui.register.grid.editors import LineEdit
from ui.register.grid.typed import stored
from ui.register.stepping.reasons import ReasonsArea, ToldReason
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_WIDE, _TALLEST = 420, 180


class SmallForm(Dialog):
    """Asks for some fields; Escape goes away with nothing done.

    Args:
        fields: what is asked, in order.
        asked: the keys of those that must be filled in.
        values: what stands in them at first.
        verb: what its one button says.

    Signals:
        given: the values by field, all of which fit; who hears it does the act, then says ``accept`` or ``refuse``.
    """

    given = Signal(object)

    def __init__(
        self,
        context: Context,
        title: str,
        fields: Sequence[Field],
        asked: Iterable[str],
        values: Mapping[str, Any],  # Any: what each field holds
        verb: str,
        parent: QWidget | None = None,
        *,
        note: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._context = context
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addWidget(self._heading(title, "lead"))
        if note:
            column.addWidget(self._heading(note, "secondary"))
        asked = frozenset(asked)
        self.boxes: dict[str, RowFieldBox] = {}
        for field in fields:
            box = RowFieldBox(context, field, self, asked=field.required or field.field in asked)
            box.begin(values.get(field.field))
            box.allow(True)
            box.entered.connect(self._entered)
            box.editor.installEventFilter(self)
            column.addWidget(box)
            self.boxes[field.field] = box
        self.reasons = ReasonsArea(_TALLEST, self)
        self.reasons.row_wanted.connect(self._open_row)
        column.addWidget(self.reasons)
        self.go = QPushButton(verb, self)
        self.go.clicked.connect(self.take)
        column.addLayout(self.cancel_or(self.go))
        self.setMinimumWidth(_WIDE)

    def _heading(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        role(label, name)
        return label

    def open(self) -> None:
        """Show it with the cursor in the first field that is still empty."""
        super().open()
        layout = self.layout()
        if layout is not None:  # sentences of several lines make it higher than its hint says
            layout.activate()
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        empty = [b for b in self.boxes.values() if not b.text()]
        first = (
            next((b for b in empty if b.asked), None)
            or next(iter(empty), None)
            or next(iter(self.boxes.values()), None)
        )
        (first.editor if first is not None else self.go).setFocus()

    def _entered(self, key: str, typed: object) -> None:
        """Say at once which day was understood, or why none was."""
        box = self.boxes[key]
        if box.field.kind.dated and isinstance(typed, str) and typed:
            try:
                box.understood(stored(self._context, box.field, typed))
            except HandoverError as error:
                box.refuse(str(error))

    def take(self) -> None:
        """Hand on what stands in the fields, or say beside them what can't be taken."""
        self.reasons.show_reasons(())
        values: dict[str, Any] = {}  # Any: what each field holds
        wrong: list[RowFieldBox] = []
        for key, box in self.boxes.items():
            if isinstance(box.editor, LineEdit):
                box.editor.take_marked()
            box.forgive()
            try:
                values[key] = stored(self._context, box.field, box.typed())
                if box.asked and values[key] in (None, "", []):
                    box.refuse(tr("This field must be filled in."))
            except HandoverError as error:
                box.refuse(str(error))
            if box.faulty:
                wrong.append(box)
        if wrong:
            wrong[0].editor.setFocus()
            return
        self.given.emit(values)

    def refuse(self, reasons: Iterable[ToldReason], *, beside: bool = True) -> None:
        """Say why it isn't done: beside the field where a reason is about one, the others in a list."""
        listed = []
        for reason in reasons:
            box = self.boxes.get(reason.field) if beside else None
            if box is not None:
                box.refuse(reason.sentence)
            else:
                listed.append(reason)
        self.reasons.show_reasons(listed)
        self.busy(working=False)
        first = next((b for b in self.boxes.values() if b.faulty), None)
        if first is not None:
            first.editor.setFocus()

    def busy(self, *, working: bool) -> None:
        """While the act is being done nothing can be pressed."""
        self.go.setEnabled(not working)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            offering = isinstance(watched, LineEdit) and watched.offering
            if event.key() == Qt.Key.Key_Escape and not offering:
                self.reject()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.take()
                    return True
                if isinstance(watched, LineEdit) and offering:
                    watched.take_marked()
                    return True
        return super().eventFilter(watched, event)

    def _open_row(self, register: str, row_id: str) -> None:
        self.reject()
        self._context.open_row(register, row_id)

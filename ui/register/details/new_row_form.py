"""The fields of a row that a page of its own adds, one row after the other: Ctrl+Enter in any of them adds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers import me, query
from handover.registers.acts import editing
from handover.registers.declare import Register
from ui.register.details.fieldbox import RowFieldBox
from ui.register.details.form import FormGrid
from ui.register.grid.typed import stored
from ui.shell.page import Context
from ui.theme.style import role


class NewRowForm(QWidget):
    """Asks for the fields of new rows; what can't be taken is said beside them.

    Args:
        fields: what is asked, in order.
        verb: what its button says.
        lacking: what is said beside a field that must be filled in and isn't, where that is more than usual.

    Signals:
        wanted: the row is to be added; who hears it calls ``add``.
    """

    wanted = Signal()

    def __init__(
        self,
        context: Context,
        register: Register,
        fields: Sequence[str],
        verb: str,
        parent: QWidget,
        *,
        lacking: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._register, self._lacking = context, register, lacking or {}
        self.boxes: dict[str, RowFieldBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        grid = FormGrid(self)
        for key in fields:
            box = RowFieldBox(context, register[key], self)
            box.allow(not context.read_only)
            box.editor.installEventFilter(self)
            self.boxes[key] = box
        grid.take([*self.boxes.values()])
        column.addWidget(grid, 1)
        self.fault = QLabel(self)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        role(self.fault, "error")
        self.fault.hide()
        column.addWidget(self.fault)
        self.add_button = QPushButton(verb, self)
        role(self.add_button, "primary")
        self.add_button.setEnabled(not context.read_only)
        self.add_button.clicked.connect(self.wanted)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def begin(self, asked: str, by: str) -> None:
        """Empty all fields but that of who adds, which holds the user; one of them must be filled in."""
        for key, box in self.boxes.items():
            box.begin(None)
            box.ask(key == asked)
        who = me.me(self._context.workspace, self._context.project.id)
        if who is not None:
            with self._context.workspace.read() as connection:
                self.boxes[by].begin(query.linked(connection, "person", [who]).get(who))

    def add(self, known: Mapping[str, Any] | None = None) -> str:  # Any: what each field holds
        """Store the row and return its key; empty where something can't be taken, which is said.

        Args:
            known: what the row has besides.
        """
        values: dict[str, Any] = dict(known or {})
        faulty = None
        for key, box in self.boxes.items():
            box.finish()
            box.forgive()
            try:
                values[key] = stored(self._context, box.field, box.typed()) if box.text().strip() else None
                if values[key] is None and box.asked:
                    box.refuse(self._lacking.get(key) or tr("This field must be filled in."))
                    faulty = faulty or box
            except HandoverError as error:
                box.refuse(str(error))
                faulty = faulty or box
        if faulty is not None:
            faulty.editor.setFocus()
            return ""
        given = {key: value for key, value in values.items() if value is not None}
        try:
            row = editing.add(self._context.workspace, self._register, self._context.project.id, given)
        except HandoverError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return ""
        self.fault.hide()
        return row

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.wanted.emit()
                return True
        return super().eventFilter(watched, event)

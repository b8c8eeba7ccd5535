"""Writing a fault case: the form on one side, and on the other the cases that are like it, as one types."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers import me, query
from handover.registers.acts import editing
from handover.registers.catalogue import register
from ui.chapters.knowing.similar import SimilarCases
from ui.register.details.fieldbox import RowFieldBox
from ui.register.details.form import FormGrid
from ui.register.grid.typed import stored
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_REGISTER = "fault-cases"
_FIELDS = (
    *("symptom", "system", "tag", "alarms", "cause", "diagnosis", "remedy", "parts", "hours_to_restore", "severity"),
    *("recurs", "tags", "author"),
)
#: By which a case is compared with others.
_COMPARED = ("symptom", "alarms", "tag", "tags")
_LOOK_MS = 300


class FaultWritingPage(Page):
    """A form for a new case beside those that are like it; Ctrl+Enter adds it."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._register = register(_REGISTER)
        self.boxes: dict[str, RowFieldBox] = {}
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        outer.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        outer.addWidget(heading)
        hint = QLabel(
            tr("Look at the similar cases first: one of them may help already. Ctrl+Enter adds the case."), self
        )
        hint.setWordWrap(True)
        role(hint, "secondary")
        outer.addWidget(hint)
        across = QHBoxLayout()
        across.setSpacing(SPACE * 4)
        across.addWidget(self._form(), 3)
        across.addWidget(self._beside(), 2)
        outer.addLayout(across, 1)
        self.setFocusProxy(self.boxes["symptom"].editor)
        self._begin()
        # The fields tell of themselves when they are left; what is typed into one meanwhile is looked at, too.
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def title(self) -> str:
        return tr("Write a fault case")

    def help_key(self) -> str:
        return "fault_writing"

    def refresh(self, tables: frozenset[str]) -> None:
        """Another case may have come."""
        if not tables or "fault_case" in tables:
            self.similar.ask(self._text(), at_once=True)

    def unsaved(self) -> str:
        return tr("A fault case is begun and not added.") if any(self.boxes[key].text() for key in _COMPARED) else ""

    # -- parts ------------------------------------------------------------------------------------------------------

    def _form(self) -> QWidget:
        card = QWidget(self)
        column = QVBoxLayout(card)
        column.setContentsMargins(0, 0, 0, 0)
        grid = FormGrid(card)
        for key in _FIELDS:
            box = RowFieldBox(self.context, self._register[key], card)
            box.allow(not self.context.read_only)
            box.editor.installEventFilter(self)
            self.boxes[key] = box
        grid.take([*self.boxes.values()])
        column.addWidget(grid, 1)
        self.fault = QLabel(card)
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        role(self.fault, "error")
        self.fault.hide()
        column.addWidget(self.fault)
        self.add_button = QPushButton(tr("Add the case"), card)
        role(self.add_button, "primary")
        self.add_button.setEnabled(not self.context.read_only)
        self.add_button.clicked.connect(self.add)
        column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _beside(self) -> QWidget:
        card = QFrame(self)
        role(card, "card")
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        self.similar = SimilarCases(self.context, card)
        column.addWidget(self.similar)
        return card

    # -- what it does -----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        for box in self.boxes.values():
            box.begin(None)
            box.ask(box.field.field == "symptom")
        who = me.me(self.context.workspace, self.context.project.id)
        if who is not None:
            with self.context.workspace.read() as connection:
                self.boxes["author"].begin(query.linked(connection, "person", [who]).get(who))

    def _text(self) -> str:
        return " ".join(filter(None, (self.boxes[key].text().strip() for key in _COMPARED)))

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self.similar.ask(self._text())

    @Slot()
    def add(self) -> None:
        """Store the case as a draft; say beside the fields what can't be taken."""
        values: dict[str, Any] = {}  # Any: what each field holds
        faulty = None
        for key, box in self.boxes.items():
            box.finish()
            box.forgive()
            try:
                values[key] = stored(self.context, box.field, box.typed()) if box.text().strip() else None
                if values[key] is None and box.asked:
                    box.refuse(tr("This field must be filled in."))
                    faulty = faulty or box
            except HandoverError as error:
                box.refuse(str(error))
                faulty = faulty or box
        if faulty is not None:
            faulty.editor.setFocus()
            return
        given = {key: value for key, value in values.items() if value is not None}
        try:
            row = editing.add(self.context.workspace, self._register, self.context.project.id, given)
        except HandoverError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        self.fault.hide()
        with self.context.workspace.read() as connection:
            shown = query.one(connection, self._register, row)
        self.context.tell(tr("{ref} was added.", ref=shown.ref), undo=True)
        self._begin()
        self.boxes["symptom"].editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.add()
                return True
        return super().eventFilter(watched, event)

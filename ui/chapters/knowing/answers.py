"""Typing the answers of an interview back: a field for each question about an item, which becomes its description."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers.knowing.questions import asked_item, note_answers
from ui.shell.dialog import Dialog
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_HIGH = 64


class AnswersDialog(Dialog):
    """Asks the questions about an item; Ctrl+Enter stores the answers."""

    def __init__(self, context: Context, item: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._context = context
        with context.workspace.read() as connection:
            self._item = asked_item(connection, item)
        self.setWindowTitle(tr("Answers of an interview"))
        self.resize(720, 640)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 5, SPACE * 5, SPACE * 5, SPACE * 4)
        column.setSpacing(SPACE * 3)
        column.addWidget(self._label(f"{self._item.ref}  {self._item.title}", "lead"))
        column.addWidget(
            self._label(
                tr("What is typed here becomes the description of the item, below what stands there already."),
                "secondary",
            )
        )
        column.addWidget(self._questions(), 1)
        self.fault = self._label("", "error")
        self.fault.hide()
        column.addWidget(self.fault)
        self.go = QPushButton(tr("Write it into the item"), self)
        self.go.clicked.connect(self.take)
        self.go.setEnabled(not context.read_only)
        column.addLayout(self.cancel_or(self.go))
        next(iter(self.fields.values())).setFocus()

    def take(self) -> None:
        """Write the answers into the item, or say why they can't be."""
        answers = {key: field.toPlainText() for key, field in self.fields.items()}
        context = self._context
        try:
            note_answers(context.workspace, context.project.id, self._item.id, answers)
        except HandoverError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        self.accept()
        context.tell(tr("The answers stand in the description of {ref}.", ref=self._item.ref), undo=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.go.isEnabled():
            self.take()
            return
        super().keyPressEvent(event)

    def _questions(self) -> QScrollArea:
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        body = QWidget(scroll)
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, SPACE * 2, 0)
        inner.setSpacing(SPACE)
        self.fields: dict[str, QPlainTextEdit] = {}
        for key, question in self._item.questions().items():
            said = self._label(tr(question), "")
            field = QPlainTextEdit(body)
            field.setTabChangesFocus(True)
            field.setMinimumHeight(_HIGH)
            field.setAccessibleName(tr(question))
            said.setBuddy(field)
            inner.addWidget(said)
            inner.addWidget(field)
            inner.addSpacing(SPACE)
            self.fields[key] = field
        scroll.setWidget(body)
        return scroll

    def _label(self, text: str, name: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        if name:
            role(label, name)
        return label

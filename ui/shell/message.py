"""A dialog that says one thing plainly, with its technical detail one click away and verbs on its buttons."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.model.vocabulary import Tone
from ui.shell.dialog import Dialog
from ui.theme.icons import Picture
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import SPACE


@dataclass(frozen=True, slots=True)
class MessageChoice:
    """A button: the verb that it carries and what happens on it; ``role`` is ``primary``, ``danger`` or empty."""

    verb: str
    then: Callable[[], object] | None = None
    role: str = ""


class Message(Dialog):
    """A sentence, what to do, and the verbs to choose from; Escape takes the last one.

    Show it with ``open()``: it never blocks the caller.
    """

    def __init__(
        self,
        title: str,
        sentence: str,
        *choices: MessageChoice,
        tone: Tone = "info",
        detail: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._choices = choices or (MessageChoice(tr("Close")),)
        self._detail = detail
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        whole.setSpacing(SPACE * 4)
        whole.addLayout(self._head(title, sentence, tone))
        self._text = QPlainTextEdit(detail, self)
        self._text.setAccessibleName(tr("Technical detail"))
        self._text.setReadOnly(True)
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setMinimumSize(600, 200)
        self._text.hide()
        whole.addWidget(self._text)
        whole.addLayout(self._buttons())

    def _head(self, title: str, sentence: str, tone: Tone) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 4)
        row.addWidget(Picture(TONE_ICONS[tone], tone, 28, self), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(SPACE * 2)
        heading = QLabel(title, self)
        role(heading, "lead")
        heading.setWordWrap(True)
        self.sentence = QLabel(sentence, self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self.sentence.setMinimumWidth(330)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(heading)
        column.addWidget(self.sentence)
        row.addLayout(column, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 2)
        if self._detail:
            self.more = QPushButton(tr("Show details"), self)
            self.more.clicked.connect(self._toggle)
            self.copy = QPushButton(tr("Copy details"), self)
            self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._detail))
            row.addWidget(self.more)
            row.addWidget(self.copy)
        row.addStretch(1)
        self.buttons: list[QPushButton] = []
        for choice in self._choices:
            button = QPushButton(choice.verb, self)
            button.setAutoDefault(False)
            if choice.role:
                role(button, choice.role)
            button.clicked.connect(lambda _=False, c=choice: self._take(c))
            row.addWidget(button)
            self.buttons.append(button)
        self.buttons[0].setDefault(self._choices[0].role != "danger")
        self.buttons[0 if self._choices[0].role != "danger" else -1].setFocus()
        return row

    def _toggle(self) -> None:
        self._text.setVisible(self._text.isHidden())
        self.more.setText(tr("Show details") if self._text.isHidden() else tr("Hide details"))
        if layout := self.layout():
            layout.activate()
        self.resize(self.sizeHint())

    def _take(self, choice: MessageChoice) -> None:
        self.accept()
        if choice.then is not None:
            choice.then()

"""Asks one question about a file, its likeliest answer first."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.question import Question
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: Answers of no more characters than this stand beside one another.
_IN_A_ROW = 80


class QuestionBox(QFrame):
    """A sentence and an answer to choose for each of its choices; hidden until there is a question.

    Signals:
        answered: the choice, by the user's hand.

    Attributes:
        question: what is asked in the moment.
        buttons: the answers by their choices, the likeliest first.
    """

    answered = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "info")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 3, SPACE * 2)
        self._column.setSpacing(SPACE)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self._column.addWidget(self.sentence)
        self._answers = QHBoxLayout()
        self._answers.setSpacing(SPACE * 6)
        self._column.addLayout(self._answers)
        self._group = QButtonGroup(self)
        self.question: Question | None = None
        self.buttons: dict[str, QRadioButton] = {}
        self.hide()

    def ask(self, question: Question | None, chosen: str | None = None) -> None:
        """Show a question with the answer that was chosen; without a question the box is hidden."""
        if question != self.question:
            self._fill(question)
        self._group.setExclusive(False)
        for choice, button in self.buttons.items():
            before = button.blockSignals(True)
            button.setChecked(choice == chosen)
            button.blockSignals(before)
        self._group.setExclusive(True)
        self.setVisible(question is not None)

    @property
    def open(self) -> bool:
        """Whether something is asked and not answered."""
        return self.question is not None and self._group.checkedButton() is None

    def take_focus(self) -> None:
        """The likeliest answer gets the keyboard."""
        next(iter(self.buttons.values())).setFocus()

    def order(self, before: QWidget) -> QWidget:
        """Come after a widget in the order of Tab; returns the last of the answers."""
        for button in self.buttons.values():
            QWidget.setTabOrder(before, button)
            before = button
        return before

    def _fill(self, question: Question | None) -> None:
        self.question = question
        for button in self.buttons.values():
            self._group.removeButton(button)
            self._layout_of(button).removeWidget(button)
            button.deleteLater()
        self.buttons = {}
        while self._answers.takeAt(0) is not None:
            pass  # what parted the answers
        if question is None:
            return
        self.sentence.setText(str(question))
        self.setAccessibleName(str(question))
        in_a_row = sum(len(said) for _, said in question.answers) <= _IN_A_ROW
        for choice, said in question.answers:
            button = QRadioButton(said.replace("&", "&&"), self)
            button.toggled.connect(lambda on, c=choice: self.answered.emit(c) if on else None)
            self._group.addButton(button)
            (self._answers if in_a_row else self._column).addWidget(button)
            self.buttons[choice] = button
        self._answers.addStretch(1)

    def _layout_of(self, button: QRadioButton) -> QBoxLayout:
        return self._answers if self._answers.indexOf(button) >= 0 else self._column

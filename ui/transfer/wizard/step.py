"""A step of a wizard: what its frame needs of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from handover.exchange.importing.session import Intake
from handover.i18n import tr
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class WizardStep(QWidget):
    """One page of the wizard: a heading, a sentence, its content.

    Signals:
        changed: whether one can go on, or by which verb, may have changed.
        finished: the user has said all that there is to say here.
    """

    changed = Signal()
    finished = Signal()

    def __init__(self, context: Context, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.intake = intake
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 2)
        self.column.setSpacing(SPACE * 3)
        heading = QLabel(self.title(), self)
        role(heading, "title")
        self.lead = QLabel(self)
        role(self.lead, "secondary")
        self.lead.setWordWrap(True)
        self.column.addWidget(heading)
        self.column.addWidget(self.lead)

    def title(self) -> str:
        """What is done here, in the language in force."""
        raise NotImplementedError

    def enter(self) -> None:
        """The step comes into view: show what is in hand."""

    def ready(self) -> bool:
        """Whether one can go on."""
        return True

    def verb(self) -> str:
        """What the button that goes on says."""
        return tr("Continue")

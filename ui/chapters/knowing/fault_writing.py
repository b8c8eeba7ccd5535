"""Writing a fault case: the form on one side, and on the other the cases that are like it, as one types."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers import query
from handover.registers.catalogue import register
from ui.chapters.knowing.similar import SimilarCases
from ui.register.details.new_row_form import NewRowForm
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
        self.form = NewRowForm(context, self._register, _FIELDS, tr("Add the case"), self)
        self.form.wanted.connect(self.add)
        self.boxes = self.form.boxes
        across.addWidget(self.form, 3)
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
        self.form.begin("symptom", "author")

    def _text(self) -> str:
        return " ".join(filter(None, (self.boxes[key].text().strip() for key in _COMPARED)))

    @Slot()
    def _look(self) -> None:
        if self.isVisible():
            self.similar.ask(self._text())

    @Slot()
    def add(self) -> None:
        """Store the case as a draft; say beside the fields what can't be taken."""
        row = self.form.add()
        if not row:
            return
        with self.context.workspace.read() as connection:
            shown = query.one(connection, self._register, row)
        self.context.tell(tr("{ref} was added.", ref=shown.ref), undo=True)
        self._begin()
        self.boxes["symptom"].editor.setFocus()

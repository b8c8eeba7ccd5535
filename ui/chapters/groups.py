"""The working groups' own tab: who has a seat in a group, and a line that gives somebody one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers import editing
from handover.registers.catalogue import register
from handover.registers.declare import Register
from handover.registers.query import Condition, Linked, Query
from ui.register.acts import Acts
from ui.register.choices import Chosen, choices
from ui.register.editors import LineEdit
from ui.register.loader import FoundRows, Loader
from ui.register.model import RegisterModel
from ui.register.tab import RowTab
from ui.register.table import RegisterTable
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE

_COLUMNS = ("person", "role", "side", "allocation", "from_on", "to_on")


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The members beside a group."""
    return [(tr("Members"), MembersPanel(context))] if register.key == "groups" else []


class MembersPanel(RowTab):
    """A small table of the seats of a group, and a line that gives somebody a seat."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._register = register("members")
        self._group = ""
        self.model = RegisterModel(context, self._register, self)
        self.model.show_fields([self._register[key] for key in _COLUMNS])
        self.table = RegisterTable(self.model, self)
        self.table.verticalHeader().hide()
        self.acts = Acts(context, self.table, self)
        self._loader = Loader(context, self._register, self)
        self._loader.found.connect(self._take)
        self.none = QLabel(tr(self._register.empty), self)
        self.none.setWordWrap(True)
        role(self.none, "secondary")
        self.person = LineEdit(choices(context, self._register["person"]), self)
        self.person.setPlaceholderText(tr("Name, initials or organisation"))
        self.person.setAccessibleName(tr("New member"))
        self.person.returnPressed.connect(self.add)
        self.go = QPushButton(tr("Add member"), self)
        self.go.clicked.connect(self.add)
        self.remove = QPushButton(tr("Delete"), self)
        self.remove.clicked.connect(self.acts.delete)
        self.reason = QLabel(self)
        self.reason.setWordWrap(True)
        role(self.reason, "error")
        self.reason.hide()
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        column.setSpacing(SPACE * 2)
        row = QHBoxLayout()
        row.addWidget(self.person, 1)
        row.addWidget(self.go)
        column.addLayout(row)
        column.addWidget(self.reason)
        column.addWidget(self.none)
        column.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.remove)
        column.addLayout(foot)
        for each in (self.person, self.go, self.remove):
            each.setEnabled(not self._context.read_only)

    def show_row(self, row_id: str) -> None:
        """Show the seats of a group."""
        self._group = row_id
        self.acts.given = {"group": row_id}
        self._loader.ask(Query(where=(Condition("group", "is", (row_id,)),)))

    def add(self) -> None:
        """Give the person in the line a seat, on the side that he or she belongs to."""
        self.person.take_marked()
        typed = self.person.typed()
        self.reason.hide()
        if not isinstance(typed, Chosen):
            found = self.person.matches(typed)
            if len(found) != 1:
                self.reason.setText(tr("Choose somebody from the list."))
                self.reason.show()
                return
            typed = Chosen(found[0].value)
        if isinstance(typed.value, Linked):
            values = {"group": self._group, "person": typed.value.id}
            made = self._context.act(
                lambda: editing.add(self._context.workspace, self._register, self._context.project.id, values)
            )
            if made is not None:
                self.person.fill("")

    @Slot(object)
    def _take(self, found: FoundRows) -> None:
        moved = self.model.show_keys(found.keys)
        self.none.setVisible(not len(found.keys))
        self.table.setVisible(bool(len(found.keys)))
        if moved:
            self.table.fit({})

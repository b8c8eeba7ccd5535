"""Where else a row is mentioned: the rows of all registers that point to it, counted, one click away."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers import query
from handover.registers.catalogue import registers
from handover.registers.declare import Field, Register
from handover.registers.query import Condition, Query
from ui.register.details.tab import RowTab
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class Mention(NamedTuple):
    """A field of a register by which rows point to a row, and how many do."""

    register: Register
    field: Field
    rows: int


def mentions(context: Context, target: Register, row_id: str) -> list[Mention]:
    """The fields by which living rows point to a row."""
    found = []
    with context.workspace.read() as connection:
        for register in registers():
            for field in register.fields:
                if not field.links or field.target != target.table.name:
                    continue
                if field == register.part_of:
                    continue  # the parts of a row have a tab of their own
                wanted = Query(where=(Condition(field.field, "is", (row_id,)),))
                if rows := query.count(connection, register, context.project.id, wanted):
                    found.append(Mention(register, field, rows))
    return found


class RelatedRows(RowTab):
    """A list of links, each to the rows of one register that point here by one field."""

    def __init__(self, context: Context, register: Register, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._register = context, register
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 4)
        self._column.setSpacing(SPACE)
        self.none = QLabel(tr("No other row points to this one."), self)
        self.none.setWordWrap(True)
        role(self.none, "secondary")
        self._column.addWidget(self.none)
        self._column.addStretch(1)
        self.links: list[QPushButton] = []

    def show_row(self, row_id: str) -> None:
        """List what points to a row."""
        for old in self.links:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.links = []
        for mention in mentions(self._context, self._register, row_id) if row_id else []:
            self._add(mention, row_id)
        self.none.setVisible(not self.links)

    def _add(self, mention: Mention, row_id: str) -> None:
        text = tr("{register}, as {field}: {n}", register=mention.register.label, field=mention.field.label,
                  n=mention.rows)  # fmt: skip
        link = QPushButton(text, self)
        role(link, "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        where = [[mention.field.field, "is", [row_id]]]
        link.clicked.connect(lambda: self._context.go(mention.register.key, where=where))
        self._column.insertWidget(self._column.count() - 1, link)
        self.links.append(link)

"""The bin of the project: how many deleted rows each register has, one click away from where they can be restored."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import tr, trn
from handover.registers import query
from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.query import Query
from ui.shell.page import Context, Page
from ui.theme import tokens
from ui.theme.icons import Picture
from ui.theme.style import role
from ui.theme.tokens import SPACE


class Binned(NamedTuple):
    """The deleted rows of a register."""

    register: Register
    rows: int


class BinPage(Page):
    """One line for each register that has rows in the bin; it leads to them."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.links: dict[str, QPushButton] = {}
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAccessibleName(self.title())
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Bin")

    def refresh(self, tables: frozenset[str]) -> None:
        project = self.context.project.id

        def count(connection: Connection) -> list[Binned]:
            found = [Binned(each, query.count(connection, each, project, Query(bin=True))) for each in registers()]
            return [each for each in found if each.rows]

        self.read(count, self._show)

    def _show(self, found: list[Binned]) -> None:
        self.links.clear()
        body = QWidget(self._scroll)
        column = QVBoxLayout(body)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 6)
        column.setSpacing(SPACE * 3)
        title = QLabel(self.title(), body)
        role(title, "title")
        said = tr("Deleted rows stay here until the bin of their register is emptied.")
        words = QLabel(said if found else tr("The bin is empty."), body)
        words.setWordWrap(True)
        role(words, "secondary")
        column.addWidget(title)
        column.addWidget(words)
        if found:
            column.addWidget(self._card(found, body))
        column.addStretch(1)
        self._scroll.setWidget(body)

    def _card(self, found: list[Binned], body: QWidget) -> QFrame:
        card = QFrame(body)
        role(card, "card")
        card.setMaximumWidth(640)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE * 2)
        for each in found:
            row = QHBoxLayout()
            row.setSpacing(SPACE * 3)
            row.addWidget(Picture(each.register.icon, "secondary", tokens.ICON, card))
            link = QPushButton(each.register.label.replace("&", "&&"), card)
            role(link, "link")
            link.setCursor(Qt.CursorShape.PointingHandCursor)
            link.clicked.connect(lambda _=False, key=each.register.key: self.context.go(key, bin=True))
            number = trn("{n} row", "{n} rows", each.rows)
            link.setAccessibleName(tr("{name}: {n}", name=each.register.label, n=number))
            count = QLabel(number, card)
            role(count, "secondary")
            row.addWidget(link)
            row.addStretch(1)
            row.addWidget(count)
            column.addLayout(row)
            self.links[each.register.key] = link
        return card

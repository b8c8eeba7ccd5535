"""A card of the overview that lists rows that want somebody, each with what is wrong and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.figures.overview_cards import OverviewCard
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class RowsCard(QFrame):
    """Shows a card; a name leads to its row, the title's link to all of them."""

    def __init__(self, context: Context, card: OverviewCard, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        head = QHBoxLayout()
        title = QLabel(card.title, self)
        role(title, "lead")
        head.addWidget(title, 1)
        self.all = QPushButton(tr("all {n}", n=card.total), self)
        role(self.all, "link")
        self.all.setAccessibleName(tr("{title}: all {n}", title=card.title, n=card.total))
        self.all.clicked.connect(lambda: context.go(card.page))
        head.addWidget(self.all)
        column.addLayout(head)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 2)
        column.addLayout(grid)
        self.links: list[QPushButton] = []
        for at, row in enumerate(card.rows):
            link = QPushButton(row.name.replace("&", "&&"), self)
            role(link, "link_danger" if row.tone == "danger" else "link")
            link.setMinimumWidth(60)
            link.clicked.connect(lambda _=False, row=row: context.open_row(row.register, row.id))
            grid.addWidget(link, at, 0, Qt.AlignmentFlag.AlignLeft)
            for place, text in ((1, row.why), (2, row.act)):
                said = QLabel(text, self)
                said.setWordWrap(True)
                said.setTextFormat(Qt.TextFormat.PlainText)
                role(said, "secondary" if place == 1 else "")
                grid.addWidget(said, at, place)
            self.links.append(link)

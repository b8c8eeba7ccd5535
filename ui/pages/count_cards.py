"""Cards with the counts of registers; every number leads to the rows that it counts."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from handover.model.vocabulary import Tone
from handover.registers.figures.overview import Count
from ui.register.flow import FlowLayout
from ui.shell.page import Context
from ui.theme.icons import Picture
from ui.theme.marks import Number
from ui.theme.style import role
from ui.theme.tokens import SPACE

#: How wide a card is with the gap beside it, at least.
_CARD = 216
#: Views that call for action, with their tone; other views are shown quietly.
_TONES: dict[str, Tone] = {"overdue": "danger", "due_soon": "warning", "lent_too_long": "danger"}


class CountCards(QWidget):
    """A card for each register that has something open, and one line for all others.

    Attributes:
        links: the buttons by register and view.
    """

    def __init__(self, context: Context, counts: Iterable[Count], parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.setMinimumWidth(1)  # cards go below one another where they have no room side by side
        self.links: dict[tuple[str, str], QAbstractButton] = {}
        by_register: dict[str, list[Count]] = {}
        for count in counts:
            by_register.setdefault(count.register.key, []).append(count)
        large = {k: c for k, c in by_register.items() if any(x.view in _TONES or x.view == "open" for x in c)}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 3)
        grid = QGridLayout()
        grid.setSpacing(SPACE * 4)
        self._grid = grid
        self._columns = 0
        self._large = [self._card(of_register) for of_register in large.values()]
        self._place_cards()
        column.addLayout(grid)
        small = [c for k, c in by_register.items() if k not in large]
        if small:
            line = QWidget(self)
            flow = FlowLayout(line, SPACE * 2)
            flow.setContentsMargins(0, 0, 0, 0)
            for of_register in small:
                total = of_register[0]
                name = total.register.label
                flow.addWidget(self._link(total, tr("{name}: {n}", name=name, n=f"{total.n:,}"), "link", line))
            column.addWidget(line)

    def _across(self, cards: int) -> int:
        """How many cards stand side by side: as many as have room."""
        room = max(1, self.width() // _CARD)
        return max(1, min(cards if cards <= 5 else 4, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_cards()

    def _place_cards(self) -> None:
        """Put the cards side by side as there is room, again where the room is another."""
        across = self._across(len(self._large))
        if across == self._columns:
            return
        self._columns = across
        for at, card in enumerate(self._large):
            self._grid.addWidget(card, at // across, at % across)
        for at in range(len(self._large)):
            self._grid.setColumnStretch(at, 1 if at < across else 0)

    def _card(self, counts: list[Count]) -> QFrame:
        card = QFrame(self)
        role(card, "card")
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE)
        register = counts[0].register
        head = QHBoxLayout()
        name = QLabel(register.label, card)
        role(name, "secondary")
        picture = Picture(register.icon, "secondary", 18, card)
        head.addWidget(name, 1)
        head.addWidget(picture)
        column.addLayout(head)
        column.addWidget(self._link(counts[0], f"{counts[0].n:,}", "figure", card), 0, Qt.AlignmentFlag.AlignLeft)
        for count in counts[1:]:
            column.addLayout(self._line(count, card))
        column.addStretch(1)
        return card

    def _line(self, count: Count, card: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        name = QLabel(count.register.view(count.view).label, card)
        name.setWordWrap(True)
        row.addWidget(name, 1)
        number = Number(f"{count.n:,}", _TONES.get(count.view) if count.n else None, card)
        self._lead(number, count)
        row.addWidget(number)
        return row

    def _link(self, count: Count, text: str, kind: str, parent: QWidget) -> QPushButton:
        button = QPushButton(text.replace("&", "&&"), parent)
        role(button, kind)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        self._lead(button, count)
        return button

    def _lead(self, button: QAbstractButton, count: Count) -> None:
        """Let a button lead to the rows that a number counts."""
        key, view = count.register.key, count.view
        name = count.register.view(view).label if view else tr("All")
        button.setAccessibleName(tr("{register}, {view}: {n}", register=count.register.label, view=name, n=count.n))
        button.clicked.connect(lambda: self._context.go(key, view=view))
        self.links[key, view] = button

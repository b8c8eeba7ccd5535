"""The card of the overview that says what is on today; each line leads to its page."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.i18n import tr
from handover.registers.figures.today import TodayLine
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class TodayCard(QFrame):
    """Lines of what is on today; what ticks is said anew every second."""

    def __init__(self, context: Context, lines: tuple[TodayLine, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        role(self, "card")
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        title = QLabel(tr("Today"), self)
        role(title, "lead")
        column.addWidget(title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE * 4)
        grid.setColumnStretch(1, 1)
        column.addLayout(grid)
        self.links: list[QPushButton] = []
        self.said: list[QLabel] = []
        for row, line in enumerate(lines):
            link = QPushButton(line.name, self)
            role(link, "link_danger" if line.tone == "danger" else "link")
            link.clicked.connect(lambda _=False, line=line: context.go(line.page, **dict(line.state)))
            said = QLabel(line.words(), self)
            said.setWordWrap(True)
            grid.addWidget(link, row, 0)
            grid.addWidget(said, row, 1)
            self.links.append(link)
            self.said.append(said)
        if any(line.live for line in lines):
            timer = QTimer(self)
            timer.setInterval(1000)
            timer.timeout.connect(self._tick)
            timer.start()

    @Slot()
    def _tick(self) -> None:
        if not self.isVisible():
            return
        for line, said in zip(self._lines, self.said, strict=True):
            if line.live:
                said.setText(line.words())

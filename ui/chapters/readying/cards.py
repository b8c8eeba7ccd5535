"""The pieces of the pages of readiness: numbers on a card, a line of progress, a list of rows that leads to each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from handover.model.vocabulary import Tone
from ui.theme import tokens
from ui.theme.marks import Pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

_LINE = 8


class ShareLine(QWidget):
    """A line that is filled as far as a share goes."""

    def __init__(self, share: float, tone: Tone, said: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._share, self._tone = max(0.0, min(1.0, share)), tone
        self.setAccessibleName(said)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, _LINE)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, 0, self.width(), _LINE)
        painter.setBrush(tokens.colour("line"))
        painter.drawRoundedRect(whole, _LINE / 2, _LINE / 2)
        if self._share > 0:
            painter.setBrush(tokens.colour(self._tone))
            filled = QRectF(0, 0, max(_LINE, self.width() * self._share), _LINE)
            painter.drawRoundedRect(filled, _LINE / 2, _LINE / 2)
        painter.end()


@dataclass(frozen=True, slots=True)
class ListedLine:
    """A row in a list of a page.

    Attributes:
        said: what it is, after its reference.
        small: what stands below it in small print.
        pill: the word and the tone of its state.
        open: goes to the row.
    """

    ref: str
    said: str
    small: str
    pill: tuple[Tone, str]
    open: Callable[[], object]


def card(parent: QWidget) -> tuple[QFrame, QVBoxLayout]:
    """A card with its column."""
    frame = QFrame(parent)
    role(frame, "card")
    column = QVBoxLayout(frame)
    column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
    column.setSpacing(SPACE * 2)
    return frame, column


def words(text: str, name: str, parent: QWidget) -> QLabel:
    """A label that breaks its lines."""
    label = QLabel(text, parent)
    label.setWordWrap(True)
    role(label, name)
    return label


def number_card(figure: str, said: str, tone: Tone | None, parent: QWidget) -> QFrame:
    """A large figure with what it counts."""
    frame, column = card(parent)
    large = QLabel(figure, frame)
    role(large, "figure")
    large.setAccessibleName(f"{said}: {figure}")
    column.addWidget(large)
    if tone is None:
        column.addWidget(words(said, "secondary", frame))
    else:
        column.addWidget(Pill(tone, said, frame))
    column.addStretch(1)
    return frame


def lines_card(
    title: str, lines: Sequence[ListedLine], nothing: str, parent: QWidget
) -> tuple[QFrame, QVBoxLayout, list[QPushButton]]:
    """A card with a list of rows, and its column; each reference leads to its row."""
    frame, column = card(parent)
    column.addWidget(words(title, "lead", frame))
    buttons: list[QPushButton] = []
    if not lines:
        column.addWidget(words(nothing, "secondary", frame))
    grid = QGridLayout()
    grid.setHorizontalSpacing(SPACE * 3)
    grid.setVerticalSpacing(SPACE * 2)
    grid.setColumnStretch(1, 1)
    for at, line in enumerate(lines):
        button = QPushButton(line.ref, frame)
        role(button, "link")
        button.setAccessibleName(f"{line.ref} {line.said}")
        button.clicked.connect(lambda _=False, go=line.open: go())
        buttons.append(button)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(words(line.said, "", frame))
        if line.small:
            text.addWidget(words(line.small, "secondary", frame))
        grid.addWidget(button, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addLayout(text, at, 1)
        grid.addWidget(Pill(*line.pill, frame), at, 2, Qt.AlignmentFlag.AlignTop)
    column.addLayout(grid)
    return frame, column, buttons


def share_row(name: str, told: str, share: float, tone: Tone, parent: QWidget) -> tuple[QWidget, QPushButton]:
    """A name that can be clicked, a line as far as the share goes, and the numbers behind it."""
    line = QWidget(parent)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE * 3)
    button = QPushButton(name, line)
    role(button, "link")
    button.setMinimumWidth(190)
    row.addWidget(button)
    row.addWidget(ShareLine(share, tone, f"{name}: {told}", line), 1, Qt.AlignmentFlag.AlignVCenter)
    numbers = QLabel(told, line)
    role(numbers, "secondary")
    numbers.setMinimumWidth(250)
    row.addWidget(numbers)
    return line, button

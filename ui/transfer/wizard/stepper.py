"""The steps of a wizard at its side: which are done, which is in hand, which aren't needed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from handover.i18n import tr
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

_HEIGHT = 40
_DISC = 22.0


class Stepper(QWidget):
    """Names the steps from top to bottom; it only shows, Back and Continue move."""

    def __init__(self, names: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        role(self, "navigation")
        self._names = tuple(names)
        self._at = 0
        self._needless: frozenset[int] = frozenset()
        self.setFixedWidth(196)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._say()

    def go(self, at: int, needless: frozenset[int] = frozenset()) -> None:
        """Show another step as the one in hand; ``needless`` steps are passed over for this file."""
        self._at, self._needless = at, needless
        self._say()
        self.update()

    def _say(self) -> None:
        said = tr("Step {n} of {of}: {name}", n=self._at + 1, of=len(self._names), name=self._names[self._at])
        self.setAccessibleName(said)

    def sizeHint(self) -> QSize:
        return QSize(196, _HEIGHT * len(self._names) + 8 * SPACE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.colour("sunken"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(self.rect().topRight(), self.rect().bottomRight())
        for place, name in enumerate(self._names):
            self._step(painter, place, name)
        painter.end()

    def _step(self, painter: QPainter, place: int, name: str) -> None:
        top = SPACE * 5 + place * _HEIGHT
        disc = QRectF(SPACE * 4, top + (_HEIGHT - _DISC) / 2, _DISC, _DISC)
        here, done = place == self._at, place < self._at and place not in self._needless
        painter.setPen(tokens.colour("accent" if here or done else "border"))
        painter.setBrush(tokens.colour("accent") if here or done else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(disc)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if here else QFont.Weight.Normal)
        painter.setFont(font)
        if done:
            paint_icon(painter, disc.adjusted(4, 4, -4, -4), "check", tokens.colour("on_accent"))
        else:
            painter.setPen(tokens.colour("on_accent" if here else "secondary"))
            painter.drawText(disc, Qt.AlignmentFlag.AlignCenter, str(place + 1))
        painter.setPen(tokens.colour("text" if here else "secondary"))
        words = QRectF(disc.right() + SPACE * 3, top, self.width() - disc.right() - SPACE * 5, _HEIGHT)
        text = tr("{step} (not needed)", step=name) if place in self._needless else name
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(words, flags, text)

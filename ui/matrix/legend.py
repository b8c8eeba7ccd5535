"""What the letters and the marks of a matrix stand for, in one line that breaks where it is narrow."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from handover.model.vocabulary import Tone
from handover.registers.matrix.reading import MatrixReading
from ui.theme import tokens
from ui.theme.marks import paint_mark

_CHIP, _GAP, _APART, _LINE = 20.0, 6.0, 18.0, 24.0


class _Sign(NamedTuple):
    """A letter, or where it is empty a mark, with its word."""

    letter: str
    word: str
    tone: Tone


class MatrixLegend(QWidget):
    """Shows the letters of a matrix and the words of its marked heads."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: list[_Sign] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_reading(self, reading: MatrixReading) -> None:
        """Explain what a reading shows."""
        self._signs = [_Sign(each.letter, each.word, each.tone or "neutral") for each in reading.letters.offered]
        marks = dict.fromkeys((head.mark, head.tone) for head in reading.across if head.mark and head.tone)
        self._signs += [_Sign("", word, tone) for word, tone in marks if tone]
        self.setAccessibleName("; ".join(f"{s.letter} {s.word}".strip() for s in self._signs))
        self.setVisible(bool(self._signs))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._places(width)[1])

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(max(self.width(), 400)))

    def _places(self, width: float) -> tuple[list[QPointF], float]:
        """Where each sign stands, and how high all of them are."""
        metrics = QFontMetricsF(self._type())
        x = y = 0.0
        places = []
        for sign in self._signs:
            wide = _CHIP + _GAP + metrics.horizontalAdvance(sign.word)
            if x and x + wide > width:
                x, y = 0.0, y + _LINE
            places.append(QPointF(x, y))
            x += wide + _APART
        return places, y + _LINE

    def _type(self, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens.SMALL)
        font.setBold(strong)
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for sign, at in zip(self._signs, self._places(self.width())[0], strict=True):
            chip = QRectF(at.x(), at.y() + (_LINE - _CHIP) / 2, _CHIP, _CHIP)
            if sign.letter:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(tokens.colour(f"{sign.tone}_soft"))
                painter.drawRoundedRect(chip, 4, 4)
                painter.setPen(tokens.colour(sign.tone))
                painter.setFont(self._type(strong=True))
                painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, sign.letter)
            else:
                paint_mark(painter, chip.center(), sign.tone)
            painter.setPen(tokens.colour("secondary"))
            painter.setFont(self._type())
            words = QRectF(chip.right() + _GAP, at.y(), self.width(), _LINE)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, sign.word)
        painter.end()

"""How sure a mapping is: a bar and a word, never one alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from handover.exchange.columns.because import because
from handover.exchange.columns.mapping import MappedColumn
from handover.i18n import tr, trc
from handover.model.vocabulary import Tone
from ui.theme import tokens

_BAR, _GAP = 56.0, 8.0
SURE, LIKELY = 0.9, 0.7


def word(mapped: MappedColumn) -> str:
    """The confidence in a word, with what it rests on."""
    if not mapped.field:
        return tr("not taken")
    match mapped.why:
        case "user":
            return tr("your choice")
        case "remembered":
            return tr("as last time")
    if mapped.confidence >= SURE:
        return trc("confidence", "certain")
    return trc("confidence", "likely") if mapped.confidence >= LIKELY else trc("confidence", "uncertain")


def tone(mapped: MappedColumn) -> Tone:
    """The colour that goes with the confidence."""
    if not mapped.field:
        return "neutral"
    return "ok" if mapped.confidence >= LIKELY else "warning"


class ConfidenceBar(QWidget):
    """Shows the confidence of one mapping."""

    def __init__(self, mapped: MappedColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.show_mapped(mapped)

    def show_mapped(self, mapped: MappedColumn) -> None:
        """Show another mapping."""
        self._mapped = mapped
        percent = round(mapped.confidence * 100)
        self.setAccessibleName(tr("Confidence: {word}, {percent} %", word=word(mapped), percent=percent))
        self.setToolTip(because(mapped))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(int(_BAR + _GAP + self.fontMetrics().horizontalAdvance(word(self._mapped))) + 24, tokens.ROW)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.colour("secondary"))
        painter.setBrush(tokens.colour("neutral_soft"))
        box = QRectF(8, self.height() / 2 - 4, _BAR, 8)
        painter.setPen(tokens.colour("line"))
        painter.drawRoundedRect(box, 4, 4)
        filled = QRectF(box)
        filled.setWidth(_BAR * self._mapped.confidence)
        painter.setBrush(tokens.colour(tone(self._mapped)))
        if filled.width() >= 4:
            painter.drawRoundedRect(filled, 4, 4)
        painter.setPen(tokens.colour("text" if self._mapped.field else "secondary"))
        words = QRectF(box.right() + _GAP, 0, self.width() - box.right() - _GAP, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word(self._mapped))
        painter.end()

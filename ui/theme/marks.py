"""The marks of a status: a shape for each tone, so that colour is never the only sign, and the pill around its word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from handover.model.vocabulary import Tone
from ui.theme import tokens

#: The icon that goes with a tone in messages.
TONE_ICONS: dict[Tone, str] = {
    "ok": "circle-check",
    "info": "info",
    "warning": "triangle-alert",
    "danger": "octagon-alert",
    "neutral": "info",
}

_MARK = 8.0
_PAD = 8.0
_GAP = 6.0
PILL_HEIGHT = 20


def paint_mark(painter: QPainter, centre: QPointF, tone: Tone, side: float = _MARK) -> None:
    """Draw the shape of a tone: ok a disc, info a ring, warning a triangle, danger a diamond, neutral a bar."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = tokens.colour(tone)
    half = side / 2
    x, y = centre.x(), centre.y()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    if tone == "ok":
        painter.drawEllipse(centre, half, half)
    elif tone == "info":
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, side / 4))
        painter.drawEllipse(centre, half * 0.75, half * 0.75)
    elif tone == "warning":
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - half), QPointF(x + half * 1.1, y + half), QPointF(x - half * 1.1, y + half)])
        )
    elif tone == "danger":
        reach = half * 1.15
        painter.drawPolygon(
            QPolygonF([QPointF(x, y - reach), QPointF(x + reach, y), QPointF(x, y + reach), QPointF(x - reach, y)])
        )
    else:
        painter.drawRoundedRect(QRectF(x - half, y - side / 8, side, side / 4), side / 8, side / 8)
    painter.restore()


def pill_width(metrics: QFontMetricsF, text: str) -> float:
    """How wide the pill of a word is."""
    return _PAD + _MARK + _GAP + metrics.horizontalAdvance(text) + _PAD


def paint_pill(painter: QPainter, rect: QRectF, tone: Tone, text: str) -> None:
    """Draw the pill of a word at the left of a rectangle, in its middle; a word that doesn't fit is elided."""
    metrics = QFontMetricsF(painter.font())
    width = min(pill_width(metrics, text), rect.width())
    height = min(float(PILL_HEIGHT), rect.height())
    box = QRectF(rect.left(), rect.center().y() - height / 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(box, height / 2, height / 2)
    painter.fillPath(path, tokens.colour(f"{tone}_soft"))
    paint_mark(painter, QPointF(box.left() + _PAD + _MARK / 2, box.center().y()), tone)
    painter.setPen(tokens.colour(tone))
    words = box.adjusted(_PAD + _MARK + _GAP, 0, -_PAD + 1, 0)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, words.width())
    painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.restore()


class Pill(QWidget):
    """A status as a widget: its word in a pill with its shape."""

    def __init__(self, tone: Tone, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_status(tone, text)

    def show_status(self, tone: Tone, text: str) -> None:
        """Show another status."""
        self._tone, self._text = tone, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(pill_width(QFontMetricsF(self.font()), self._text) + 1), PILL_HEIGHT)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        paint_pill(painter, QRectF(self.rect()), self._tone, self._text)
        painter.end()


class Number(QAbstractButton):
    """A number that is a link: in a pill where it calls for action, else in the accent colour."""

    def __init__(self, text: str, tone: Tone | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self._tone = tone
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(self.font())
        wide = pill_width(metrics, self.text()) if self._tone else metrics.horizontalAdvance(self.text()) + 2 * _PAD
        return QSize(round(wide + 1), PILL_HEIGHT + 4)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        box = QRectF(self.rect())
        if self._tone:
            paint_pill(painter, box, self._tone, self.text())
        else:
            painter.setPen(tokens.colour("accent"))
            words = box.adjusted(0, 0, -_PAD, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, self.text())
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), tokens.RADIUS, tokens.RADIUS)
        painter.end()

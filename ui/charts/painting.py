"""Paints the shapes of a drawing in the colours in force, and measures texts for whoever lays one out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTransform

from handover.charts.drawing import Circle, Label, Line, Pattern, Polygon, Rect, Shape, paint
from handover.i18n import language
from handover.wording import shown
from ui.theme import tokens

#: Of the tile with which a pattern is laid, in pixels; whole at every scale of a screen in quarters.
_TILE = 8
_NO_PEN = ("", 0.0, ())


class Lettered:
    """Measures texts in the interface's font, and gives the fonts to paint them with.

    An instance is what ``handover.charts.layout.layout`` asks for as ``measure``.
    """

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._fonts: dict[tuple[int, bool], tuple[QFont, QFontMetricsF]] = {}

    def __call__(self, text: str, size: float, strong: bool = False) -> float:
        return self._of(size, strong)[1].horizontalAdvance(text)

    def font(self, size: float, strong: bool = False) -> QFont:
        """The font of a size in pixels."""
        return self._of(size, strong)[0]

    def cut(self, text: str, size: float, strong: bool, room: float) -> str:
        """A text that is at most so wide, ended with an ellipsis where it had to be cut."""
        return self._of(size, strong)[1].elidedText(text, Qt.TextElideMode.ElideRight, room)

    def _of(self, size: float, strong: bool) -> tuple[QFont, QFontMetricsF]:
        key = (round(size), strong)
        found = self._fonts.get(key)
        if found is None:
            font = QFont(self._font)
            font.setPixelSize(max(key[0], 1))
            font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            found = self._fonts[key] = (font, QFontMetricsF(font))
        return found


def paint_shapes(painter: QPainter, shapes: Iterable[Shape], lettered: Lettered) -> None:
    """Paint shapes, the later over the earlier."""
    brushwork = _Brushwork(painter, lettered)
    how: dict[type, Callable[..., None]] = {
        Line: brushwork.line,
        Rect: brushwork.rect,
        Polygon: brushwork.polygon,
        Circle: brushwork.circle,
        Label: brushwork.label,
    }
    for shape in shapes:
        how[type(shape)](shape)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)


class _Brushwork:
    """Paints shape after shape; a pen or brush that is in the hand already isn't taken up anew."""

    def __init__(self, painter: QPainter, lettered: Lettered) -> None:
        self._painter = painter
        self._lettered = lettered
        self._token: Callable[[str], str] = partial(getattr, tokens.colours())
        self._inks: dict[str, QColor] = {}
        self._pens: dict[tuple[str, float, tuple[float, ...]], QPen] = {}
        self._hatches: dict[tuple[Pattern, str], QBrush] = {}
        self._pen: tuple[str, float, tuple[float, ...]] | None = None
        self._brush: str | None = None
        self._smooth = painter.testRenderHint(QPainter.RenderHint.Antialiasing)

    def line(self, line: Line) -> None:
        self._take_pen(line.colour, line.width, line.dashes)
        points = line.points
        if len(points) != 2:
            self._smoothly(True)
            self._painter.drawPolyline([QPointF(x, y) for x, y in points])
            return
        (x0, y0), (x1, y1) = points
        if x0 == x1 or y0 == y1:  # a hairline stays sharp
            self._smoothly(False)
            self._painter.drawLine(QLineF(x0 // 1 + 0.5, y0 // 1 + 0.5, x1 // 1 + 0.5, y1 // 1 + 0.5))
        else:
            self._smoothly(True)
            self._painter.drawLine(QLineF(x0, y0, x1, y1))

    def rect(self, rect: Rect) -> None:
        box = QRectF(rect.x, rect.y, rect.width, rect.height)
        if not rect.radius and not rect.stroke:
            if rect.fill:
                self._smoothly(False)
                self._painter.fillRect(box, self._ink(rect.fill))
        else:
            self._dress(rect.fill, rect.stroke, rect.line_width)
            if rect.radius:
                self._painter.drawRoundedRect(box, rect.radius, rect.radius)
            else:
                self._painter.drawRect(box)
        if rect.pattern:
            self._smoothly(False)
            self._painter.fillRect(box, self._hatch(rect.pattern, rect.stroke or "raised"))

    def polygon(self, polygon: Polygon) -> None:
        self._dress(polygon.fill, polygon.stroke, polygon.line_width)
        self._painter.drawPolygon([QPointF(x, y) for x, y in polygon.points])

    def circle(self, circle: Circle) -> None:
        if circle.fill or circle.stroke:
            self._dress(circle.fill, circle.stroke, circle.line_width)
            self._painter.drawEllipse(QPointF(circle.x, circle.y), circle.radius, circle.radius)

    def label(self, label: Label) -> None:
        painter, lettered = self._painter, self._lettered
        words = label.text
        text = words if isinstance(words, str) else shown(words, "zh" if language() == "zh" else "en", " ")
        if label.max_width > 0:
            text = lettered.cut(text, label.size, label.strong, label.max_width)
        before = 0.0
        if label.anchor != "start":
            before = lettered(text, label.size, label.strong) / (1 if label.anchor == "end" else 2)
        painter.setFont(lettered.font(label.size, label.strong))
        self._take_pen(label.colour, 1.0, ())
        if not label.turned:
            painter.drawText(QPointF(label.x - before, label.y), text)
            return
        painter.save()
        painter.translate(label.x, label.y)
        painter.rotate(-90)
        painter.drawText(QPointF(-before, 0), text)
        painter.restore()

    def _hatch(self, pattern: Pattern, colour: str) -> QBrush:
        found = self._hatches.get((pattern, colour))
        if found is None:
            ratio = self._painter.device().devicePixelRatioF()
            found = QBrush(_tile(pattern, self._ink(colour).name(), round(_TILE * ratio)))
            if ratio != 1:
                found.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
            self._hatches[pattern, colour] = found
        return found

    def _ink(self, colour: str) -> QColor:
        found = self._inks.get(colour)
        if found is None:
            found = self._inks[colour] = QColor(paint(colour, self._token))
        return found

    def _take_pen(self, colour: str, width: float, dashes: tuple[float, ...]) -> None:
        key = (colour, width, dashes)
        if key == self._pen:
            return
        self._pen = key
        pen = self._pens.get(key)
        if pen is None:
            pen = self._pens[key] = QPen(self._ink(colour), width)
            if dashes:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([part / width for part in dashes])  # Qt counts in widths of the pen
        self._painter.setPen(pen)

    def _dress(self, fill: str, stroke: str, width: float) -> None:
        self._smoothly(True)
        if stroke:
            self._take_pen(stroke, width, ())
        elif self._pen != _NO_PEN:
            self._pen = _NO_PEN
            self._painter.setPen(Qt.PenStyle.NoPen)
        if fill != self._brush:
            self._brush = fill
            self._painter.setBrush(self._ink(fill) if fill else Qt.BrushStyle.NoBrush)

    def _smoothly(self, smooth: bool) -> None:
        if smooth is not self._smooth:
            self._smooth = smooth
            self._painter.setRenderHint(QPainter.RenderHint.Antialiasing, smooth)


@lru_cache(maxsize=256)
def _tile(pattern: Pattern, colour: str, side: int) -> QImage:
    """A square of a pattern that goes on at its edges, drawn for one scale of the screen so that it stays sharp."""
    tile = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colour), side * 0.16))
    for shift in (-side, 0, side):
        if pattern in ("rising", "crossed"):
            painter.drawLine(QPointF(shift - 1, side + 1), QPointF(shift + side + 1, -1))
        if pattern in ("falling", "crossed"):
            painter.drawLine(QPointF(shift - 1, -1), QPointF(shift + side + 1, side + 1))
    if pattern == "level":
        for y in (side * 0.25, side * 0.75):
            painter.drawLine(QPointF(0, y), QPointF(side, y))
    painter.end()
    return tile

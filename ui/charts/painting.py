"""Paints the shapes of a drawing in the colours in force, and measures texts for whoever lays one out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from handover.charts.drawing import Circle, Label, Line, Polygon, Rect, Shape, hatching, paint
from handover.i18n import language
from handover.wording import shown
from ui.theme import tokens

#: The lines of a pattern: how far apart, and how broad.
_APART, _HATCH = 5.0, 1.3


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


class Inks:
    """The colours of one painting, each looked up once."""

    def __init__(self) -> None:
        self._found: dict[str, QColor] = {}
        self._token: Callable[[str], str] = partial(getattr, tokens.colours())

    def __getitem__(self, colour: str) -> QColor:
        found = self._found.get(colour)
        if found is None:
            found = self._found[colour] = QColor(paint(colour, self._token))
        return found


def paint_shapes(painter: QPainter, shapes: Iterable[Shape], lettered: Lettered) -> None:
    """Paint shapes, the later over the earlier."""
    inks = Inks()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in shapes:
        if isinstance(shape, Label):
            _label(painter, shape, inks, lettered)
        else:
            _PAINTERS[type(shape)](painter, shape, inks)


def _pen(colour: QColor, width: float, dashes: tuple[float, ...] = ()) -> QPen:
    pen = QPen(colour, width)
    if dashes:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([part / width for part in dashes])  # Qt counts in widths of the pen
    return pen


def _line(painter: QPainter, line: Line, inks: Inks) -> None:
    painter.setPen(_pen(inks[line.colour], line.width, line.dashes))
    if len(line.points) == 2:
        (x0, y0), (x1, y1) = line.points
        straight = x0 == x1 or y0 == y1
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not straight)  # a hairline stays sharp
        painter.drawLine(QPointF(x0, y0), QPointF(x1, y1))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    else:
        painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.points]))


def _dress(painter: QPainter, fill: str, stroke: str, width: float, inks: Inks) -> None:
    painter.setPen(QPen(inks[stroke], width) if stroke else Qt.PenStyle.NoPen)
    painter.setBrush(inks[fill] if fill else Qt.BrushStyle.NoBrush)


def _rect(painter: QPainter, rect: Rect, inks: Inks) -> None:
    box = QRectF(rect.x, rect.y, rect.width, rect.height)
    if not rect.radius and not rect.stroke:
        if rect.fill:
            painter.fillRect(box, inks[rect.fill])
    else:
        _dress(painter, rect.fill, rect.stroke, rect.line_width, inks)
        if rect.radius:
            painter.drawRoundedRect(box, rect.radius, rect.radius)
        else:
            painter.drawRect(box)
    if rect.pattern:
        painter.setPen(QPen(inks["raised"], _HATCH))
        painter.drawLines([QLineF(*ends) for ends in hatching(rect, _APART)])


def _polygon(painter: QPainter, polygon: Polygon, inks: Inks) -> None:
    _dress(painter, polygon.fill, polygon.stroke, polygon.line_width, inks)
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in polygon.points]))


def _circle(painter: QPainter, circle: Circle, inks: Inks) -> None:
    if circle.fill or circle.stroke:
        _dress(painter, circle.fill, circle.stroke, circle.line_width, inks)
        painter.drawEllipse(QPointF(circle.x, circle.y), circle.radius, circle.radius)


def _label(painter: QPainter, label: Label, inks: Inks, lettered: Lettered) -> None:
    text = label.text if isinstance(label.text, str) else shown(label.text, "zh" if language() == "zh" else "en", " ")
    if label.max_width > 0:
        text = lettered.cut(text, label.size, label.strong, label.max_width)
    before = 0.0
    if label.anchor != "start":
        before = lettered(text, label.size, label.strong) / (1 if label.anchor == "end" else 2)
    painter.setFont(lettered.font(label.size, label.strong))
    painter.setPen(inks[label.colour])
    if not label.turned:
        painter.drawText(QPointF(label.x - before, label.y), text)
        return
    painter.save()
    painter.translate(label.x, label.y)
    painter.rotate(-90)
    painter.drawText(QPointF(-before, 0), text)
    painter.restore()


_PAINTERS: dict[type, Callable[..., None]] = {
    Line: _line,
    Rect: _rect,
    Polygon: _polygon,
    Circle: _circle,
}

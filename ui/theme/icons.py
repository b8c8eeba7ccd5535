"""Icons of one family (Lucide), drawn crisp at every scale in the colours in force.

An icon asks for its colour whenever it is painted, so it follows light and dark without being made anew.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import ceil, floor

from PySide6.QtCore import QByteArray, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from handover.resource import resource
from ui.theme import tokens

#: The side in pixels of the largest icon whose drawing is kept.
_LARGEST_KEPT = 96


@lru_cache(maxsize=512)
def _renderer(name: str, hex_colour: str) -> QSvgRenderer:
    svg = resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", hex_colour)
    return QSvgRenderer(QByteArray(svg.encode()))


class _Engine(QIconEngine):
    def __init__(self, name: str, colour: str) -> None:
        super().__init__()
        self._name, self._colour = name, colour

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, QRectF(rect), self._name, self._now(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, QRectF(QPoint(0, 0), size), self._name, self._now(mode))
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._colour)

    def key(self) -> str:
        return "handover"

    def _now(self, mode: QIcon.Mode) -> QColor:
        if mode == QIcon.Mode.Disabled:
            faded = tokens.colour("secondary")
            faded.setAlphaF(0.45)
            return faded
        return tokens.colour(self._colour)


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon into a rectangle, as large as fits."""
    side = min(rect.width(), rect.height())
    box = QRectF(0, 0, side, side)
    box.moveCenter(rect.center())
    before = painter.opacity()
    painter.setOpacity(before * colour.alphaF())
    ground = painter.deviceTransform()
    scale = ground.m11()
    if scale == ground.m22() and scale > 0 and not ground.isRotating() and 0 < side * scale <= _LARGEST_KEPT:
        corner = ground.map(box.topLeft())
        right, down = corner.x() - floor(corner.x()), corner.y() - floor(corner.y())
        drawn = _drawn(name, colour.name(), side * scale, right, down, scale)
        painter.drawImage(box.topLeft() - QPointF(right, down) / scale, drawn)
    else:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _renderer(name, colour.name()).render(painter, box)
        painter.restore()
    painter.setOpacity(before)


@lru_cache(maxsize=1024)
def _drawn(name: str, hex_colour: str, side: float, right: float, down: float, scale: float) -> QImage:
    """An icon as it falls on the pixels of a ground, which is kept: a page is painted hundreds of times.

    Args:
        side: its side in pixels of the ground.
        right, down: which part of a pixel it lies right of and below the corner of its first.
        scale: how many of these pixels are one of the painter's.
    """
    image = QImage(ceil(side + right), ceil(side + down), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _renderer(name, hex_colour).render(painter, QRectF(right, down, side, side))
    painter.end()
    image.setDevicePixelRatio(scale)
    return image


def icon(name: str, colour: str = "text") -> QIcon:
    """An icon by its file name in ``resources/icons``, in a colour by its token's name.

    Raises:
        FileNotFoundError: there is no such icon.
    """
    _require(name)
    return QIcon(_Engine(name, colour))


@cache
def _require(name: str) -> None:
    """Look whether there is an icon, once: a table asks for its icons row by row."""
    resource("icons", f"{name}.svg")


class Picture(QWidget):
    """An icon that stands for itself: sharp at every scale, in the colours in force; a screen reader passes it by."""

    def __init__(self, name: str, colour: str, side: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._colour = name, colour
        self.setFixedSize(side, side)

    def paintEvent(self, event: object) -> None:
        painter = QPainter(self)
        paint_icon(painter, QRectF(self.rect()), self._name, tokens.colour(self._colour))
        painter.end()

"""The pen that draws on a page: text, rules, boxes and shapes, measured from the page's top left corner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from handover.pack.blocks.tone import Tone
from handover.pack.pdf.fonts import ASCENT, draw_line, faces, runs_of
from handover.pack.pdf.qr import draw_qr
from handover.pack.pdf.style import INK, LINE, SHADES

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]
#: How far italic letters lean over: the tangent of twelve degrees.
_SLANT = 0.2126


@cache
def colour(name: str) -> Color:
    """The colour of a "#RRGGBB"."""
    return HexColor(name)


class Pen:
    """Draws on the page at hand of a canvas.

    Text is drawn as glyphs, character by character: nothing in it is ever read as markup. It must be drawable already
    (`handover.pack.pdf.fonts.legible`).

    Args:
        height: of the page in points, to turn the canvas's upward axis round.
    """

    def __init__(self, canvas: Canvas, height: float) -> None:
        self.canvas = canvas
        self.height = height
        self._font: tuple[str, float] = ("", 0.0)
        self._fill = ""

    def text(
        self,
        x: float,
        top: float,
        text: str,
        size: float,
        ink: str = INK,
        strong: bool = False,
        anchor: Anchor = "start",
    ) -> None:
        """One line of text in a box of its own size: ``top`` is the upper edge of its em square."""
        if not text:
            return
        face = faces()[strong]
        if anchor != "start":
            width = face.width(text, size)
            x -= width if anchor == "end" else width / 2
        self._fill_with(ink)
        y = self.height - top - ASCENT * size
        runs = runs_of(text, strong)
        if len(runs) > 1:
            self._font = ("", 0.0)
            draw_line(self.canvas, x, y, text, size, strong)
            return
        if self._font != (runs[0].face, size):
            self._font = (runs[0].face, size)
            self.canvas.setFont(runs[0].face, size)
        self.canvas.drawString(x, y, runs[0].text)

    def baseline(
        self, x: float, y: float, text: str, size: float, ink: str = INK, strong: bool = False, anchor: Anchor = "start"
    ) -> None:
        """One line of text that stands on ``y``."""
        self.text(x, y - ASCENT * size, text, size, ink, strong, anchor)

    def upward(
        self, x: float, y: float, text: str, size: float, ink: str = INK, strong: bool = False, anchor: Anchor = "start"
    ) -> None:
        """One line of text that is read from below to above, its baseline on ``x``."""
        if not text:
            return
        self.canvas.saveState()
        self.canvas.translate(x, self.height - y)
        self.canvas.rotate(90)
        self._font, self._fill = ("", 0.0), ""
        width = faces()[strong].width(text, size)
        before = {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        self._fill_with(ink)
        draw_line(self.canvas, -before, 0, text, size, strong)
        self.canvas.restoreState()
        self._font, self._fill = ("", 0.0), ""

    def slanted(self, x: float, top: float, text: str, size: float, ink: str = INK, strong: bool = False) -> None:
        """As ``text``, italic: the upright letters leant over, since no typeface for both languages has italics."""
        if not text:
            return
        self.canvas.saveState()
        self.canvas.transform(1, 0, _SLANT, 1, x, self.height - top - ASCENT * size)
        self._font, self._fill = ("", 0.0), ""
        self._fill_with(ink)
        draw_line(self.canvas, 0, 0, text, size, strong)
        self.canvas.restoreState()
        self._font, self._fill = ("", 0.0), ""

    def circle(
        self, x: float, y: float, radius: float, fill: str = "", stroke: str = "", line_width: float = 0.5
    ) -> None:
        """A circle around a point."""
        if fill:
            self._fill_with(fill)
        if stroke:
            self._stroke_with(stroke, line_width)
        self.canvas.circle(x, self.height - y, radius, stroke=bool(stroke), fill=bool(fill))

    @staticmethod
    def width(text: str, size: float, strong: bool = False) -> float:
        """The width of a line of text in points."""
        return faces()[strong].width(text, size)

    def lines(
        self,
        x: float,
        top: float,
        lines: Sequence[str],
        size: float,
        pitch: float,
        ink: str = INK,
        strong: bool = False,
    ) -> float:
        """Lines of text under each other, each centred in its pitch; returns their height."""
        for i, line in enumerate(lines):
            self.text(x, top + i * pitch + (pitch - size) / 2, line, size, ink, strong)
        return len(lines) * pitch

    def rule(self, left: float, right: float, y: float, ink: str = LINE, width: float = 0.5) -> None:
        """A horizontal hairline."""
        self._stroke_with(ink, width)
        self.canvas.line(left, self.height - y, right, self.height - y)

    def path(self, points: Sequence[Point], ink: str, width: float = 0.5, dashes: Sequence[float] = ()) -> None:
        """A line through points."""
        self._stroke_with(ink, width)
        if dashes:
            self.canvas.setDash(list(dashes))
        way = self.canvas.beginPath()
        way.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            way.lineTo(x, self.height - y)
        self.canvas.drawPath(way, stroke=1, fill=0)
        if dashes:
            self.canvas.setDash()

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "", stroke: str = "", radius: float = 0.0,
        line_width: float = 0.5,
    ) -> None:  # fmt: skip
        """A rectangle whose upper left corner is at ``x``, ``y``."""
        if fill:
            self._fill_with(fill)
        if stroke:
            self._stroke_with(stroke, line_width)
        low = self.height - y - height
        if radius > 0:
            radius = min(radius, width / 2, height / 2)
            self.canvas.roundRect(x, low, width, height, radius, stroke=bool(stroke), fill=bool(fill))
        else:
            self.canvas.rect(x, low, width, height, stroke=bool(stroke), fill=bool(fill))

    def polygon(self, points: Sequence[Point], fill: str = "", stroke: str = "", line_width: float = 0.5) -> None:
        """A closed shape."""
        if fill:
            self._fill_with(fill)
        if stroke:
            self._stroke_with(stroke, line_width)
        way = self.canvas.beginPath()
        way.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            way.lineTo(x, self.height - y)
        way.close()
        self.canvas.drawPath(way, stroke=bool(stroke), fill=bool(fill))

    def picture(self, x: float, y: float, width: float, height: float, content: bytes) -> None:
        """A picture whose upper left corner is at ``x``, ``y``."""
        image = ImageReader(BytesIO(content))
        self.canvas.drawImage(image, x, self.height - y - height, width, height, mask="auto")

    def qr(self, x: float, y: float, side: float, code: str) -> None:
        """A QR code with its quiet border, its upper left corner at ``x``, ``y``."""
        self._fill_with(INK)
        draw_qr(self.canvas, code, x, self.height - y - side, side)

    def mark(self, tone: Tone, x: float, y: float, size: float) -> None:
        """The shape of a tone in a square: filled circle, triangle, diamond, ring, or a bar; never colour alone."""
        ink = SHADES[tone].ink
        half = size / 2
        if tone == "ok":
            self._fill_with(ink)
            self.canvas.circle(x + half, self.height - y - half, half, stroke=0, fill=1)
        elif tone == "warning":
            self.polygon(((x, y + size), (x + half, y), (x + size, y + size)), fill=ink)
        elif tone == "danger":
            self.polygon(((x + half, y), (x + size, y + half), (x + half, y + size), (x, y + half)), fill=ink)
        elif tone == "info":
            self._stroke_with(ink, size / 5)
            self.canvas.circle(x + half, self.height - y - half, half * 0.8, stroke=1, fill=0)
        else:
            self.box(x, y + size * 0.36, size, size * 0.28, fill=ink)

    @contextmanager
    def shifted(self, x: float, y: float, scale: float) -> Iterator[None]:
        """Draw within the block as if the page's corner were at ``x``, ``y``, scaled."""
        self.canvas.saveState()
        self._font, self._fill = ("", 0.0), ""
        self.canvas.translate(x, self.height - y - self.height * scale)
        self.canvas.scale(scale, scale)
        try:
            yield
        finally:
            self.canvas.restoreState()
            self._font, self._fill = ("", 0.0), ""

    def _fill_with(self, ink: str) -> None:
        if ink != self._fill:
            self._fill = ink
            self.canvas.setFillColor(colour(ink))

    def _stroke_with(self, ink: str, width: float) -> None:
        self.canvas.setStrokeColor(colour(ink))
        self.canvas.setLineWidth(width)

"""Draws the vector pictures and charts of an outline: in the text, or a landscape page each."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from handover.charts.drawing import Circle, Drawing, Label, Line, Rect, Shape, hatching, paint
from handover.charts.layout import layout
from handover.i18n import N_
from handover.pack.outline import Figure
from handover.pack.pdf.fonts import faces, legible
from handover.pack.pdf.lines import cut_to, lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import LEFT, MUTED, SMALL, SMALL_LEADING
from handover.pack.tokens import TOKENS
from handover.wording import said

#: The lines of a pattern: how far apart, and how much broader than the edge.
_APART, _HATCH = 3.0, 1.5
#: Of the texts in a chart.
_TYPE = 7.5


def scale_of(press: Press, block: Drawing, height: float) -> float:
    """By how much a drawing must shrink to fit the breadth of the page and ``height``; never above 1."""
    return min(1.0, press.breadth / max(block.width, 1.0), height / max(block.height, 1.0))


def height_of(press: Press, block: Drawing) -> float:
    """The height that a drawing takes with its caption, at most a page's."""
    caption = _caption(press, block)
    whole = press.whole_room - caption
    return block.height * scale_of(press, block, whole) + caption


def drawing(press: Press, block: Drawing, here: bool = False) -> None:
    """A drawing with its caption under it, kept on one page.

    Args:
        here: shrink it to what is left of the page rather than turn it.
    """
    caption = lines_of(press.show(block.caption, "  "), press.breadth, SMALL) if block.caption else ()
    if not here:
        press.need(height_of(press, block))
    scale = scale_of(press, block, (press.room if here else press.whole_room) - _caption(press, block))
    with press.pen.shifted(LEFT, press.y, scale):
        for shape in block.shapes:
            _shape(press, shape)
    press.down(block.height * scale + 4)
    if caption:
        press.down(press.pen.lines(LEFT, press.y, caption, SMALL, SMALL_LEADING, MUTED))
    press.down(8)


def told(press: Press, block: Drawing | Figure) -> str:
    """What a drawing or a chart shows, for those who don't see it."""
    titled = block.chart.title if isinstance(block, Figure) else ""
    words = " – ".join(filter(None, (press.show(titled, " / "), press.show(block.caption, " / "))))
    return words or press.show(said(N_("Drawing")), " / ")


def figure(press: Press, block: Figure) -> None:
    """A chart with its caption under it."""
    drawing(press, figure_drawing(press, block))


def figure_drawing(press: Press, block: Figure) -> Drawing:
    """A chart as the drawing that fills the breadth of the page."""
    size = (press.breadth, min(block.height, press.whole_room - 40))
    found = layout(block.chart, size, _width, type_size=_TYPE, language=press.language)
    return replace(found, caption=block.caption)


def _width(text: str, size: float, strong: bool = False) -> float:
    return faces()[strong].width(legible(text)[0], size)


def _caption(press: Press, block: Drawing) -> float:
    if not block.caption:
        return 4.0
    return len(lines_of(press.show(block.caption, "  "), press.breadth, SMALL)) * SMALL_LEADING + 4.0


def _shape(press: Press, shape: Shape) -> None:
    pen = press.pen
    if isinstance(shape, Line):
        if len(shape.points) > 1:
            pen.path(shape.points, _ink(shape.colour), shape.width, shape.dashes)
    elif isinstance(shape, Label):
        _label(press, shape)
    elif not (shape.fill or shape.stroke):
        return
    elif isinstance(shape, Rect):
        fill, stroke = _ink(shape.fill), _ink(shape.stroke)
        pen.box(shape.x, shape.y, shape.width, shape.height, fill, stroke, shape.radius, shape.line_width)
        if shape.pattern:
            for x0, y0, x1, y1 in hatching(shape, _APART):
                pen.path(((x0, y0), (x1, y1)), _ink(shape.stroke or "raised"), shape.line_width * _HATCH)
    elif isinstance(shape, Circle):
        pen.circle(shape.x, shape.y, shape.radius, _ink(shape.fill), _ink(shape.stroke), shape.line_width)
    elif len(shape.points) > 2:
        pen.polygon(shape.points, _ink(shape.fill), _ink(shape.stroke), shape.line_width)


@cache
def _ink(colour: str) -> str:
    return paint(colour, TOKENS.__getitem__) if colour else ""


def _label(press: Press, label: Label) -> None:
    text = press.show(label.text, " ").replace("\n", " ")
    if label.max_width > 0:
        # Rows that a chart names stand in full in their tables: here a name is a pointer, no loss.
        text = cut_to(text, label.max_width, label.size, label.strong)
    ink = _ink(label.colour)
    if label.turned:
        press.pen.upward(label.x, label.y, text, label.size, ink, label.strong, label.anchor)
    else:
        press.pen.baseline(label.x, label.y, text, label.size, ink, label.strong, label.anchor)

"""Draws the vector pictures of an outline: in the text, or a landscape page each."""

from __future__ import annotations

from handover.pack.drawing import Drawing, Label, Line, Polygon, Rect
from handover.pack.pdf_lines import cut_to, lines_of
from handover.pack.pdf_page import Press
from handover.pack.pdf_style import LEFT, MUTED, SMALL, SMALL_LEADING


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


def _caption(press: Press, block: Drawing) -> float:
    if not block.caption:
        return 4.0
    return len(lines_of(press.show(block.caption, "  "), press.breadth, SMALL)) * SMALL_LEADING + 4.0


def _shape(press: Press, shape: Line | Rect | Polygon | Label) -> None:
    pen = press.pen
    if isinstance(shape, Line):
        if len(shape.points) > 1:
            pen.path(shape.points, shape.colour, shape.width, shape.dashes)
    elif isinstance(shape, Rect):
        if shape.fill or shape.stroke:
            pen.box(
                shape.x, shape.y, shape.width, shape.height, shape.fill, shape.stroke, shape.radius, shape.line_width
            )
    elif isinstance(shape, Polygon):
        if len(shape.points) > 2:
            pen.polygon(shape.points, shape.fill, shape.stroke, shape.line_width)
    else:
        _label(press, shape)


def _label(press: Press, label: Label) -> None:
    text = press.show(label.text, " ").replace("\n", " ")
    if label.max_width > 0:
        text = cut_to(text, label.max_width, label.size, label.strong)
    press.pen.baseline(label.x, label.y, text, label.size, label.colour, label.strong, label.anchor)

"""What a drawing is made of: shapes that the window, the PDF and the printer all draw.

Lengths are pixels or points (1/72 inch) from the top left corner, y grows downward. A colour is the name of a token of
``ui.theme.tokens`` such as ``accent``, ``accent/40`` for 40 hundredths of it on the raised ground, ``#RRGGBB`` where it
is the same everywhere, or empty for none.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from handover.wording import Words

Point: TypeAlias = tuple[float, float]
Anchor = Literal["start", "middle", "end"]
#: How the lines of a pattern run: /, \, both, and flat.
Pattern = Literal["", "rising", "falling", "crossed", "level"]

#: Of the size of a text: how far it reaches over and under its baseline.
ASCENT, DESCENT = 0.88, 0.26


class Target(NamedTuple):
    """What a shape stands for, which can be pointed at, reached by the keyboard and opened.

    Args:
        key: of the rows behind it, whatever the caller gave; None where none stand behind.
        tip: what is said of it.
        row, column: its place among the targets, for the arrow keys.
    """

    key: Hashable
    tip: str
    row: int = 0
    column: int = 0


class Line(NamedTuple):
    """A line through points; dashes are lengths of strokes and gaps."""

    points: tuple[Point, ...]
    colour: str = "text"
    width: float = 0.5
    dashes: tuple[float, ...] = ()
    target: Target | None = None


class Rect(NamedTuple):
    """A rectangle, with rounded corners where ``radius`` isn't 0; a pattern is drawn over its fill in the colour of its
    stroke, in ``raised`` without one.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    radius: float = 0.0
    line_width: float = 0.5
    pattern: Pattern = ""
    target: Target | None = None


class Polygon(NamedTuple):
    """A closed shape through points."""

    points: tuple[Point, ...]
    fill: str = ""
    stroke: str = ""
    line_width: float = 0.5
    target: Target | None = None


class Circle(NamedTuple):
    """A circle around a point; without fill and stroke it is only a place to point at."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    line_width: float = 0.5
    target: Target | None = None


class Label(NamedTuple):
    """A line of text whose baseline starts, centres or ends at a point; cut with an ellipsis at ``max_width``.

    A turned one is read from below to above.
    """

    x: float
    y: float
    text: Words
    size: float = 7.0
    colour: str = "text"
    strong: bool = False
    anchor: Anchor = "start"
    max_width: float = 0.0
    turned: bool = False


Shape: TypeAlias = Line | Rect | Polygon | Circle | Label
Box: TypeAlias = tuple[float, float, float, float]


class StepField(NamedTuple):
    """A field of a map of two scales: its edges, and the step of each scale, from 1 on, that it stands for."""

    edges: Box
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on an area of ``width`` x ``height``, the later over the earlier; the fields of a map, if it is one."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    caption: Words = ""
    fields: tuple[StepField, ...] = ()

    def field_at(self, x: float, y: float) -> StepField | None:
        """The field of a map at a point; None beside all of them."""
        for field in self.fields:
            left, top, right, bottom = field.edges
            if left <= x < right and top <= y < bottom:
                return field
        return None


def box_of(shape: Line | Rect | Polygon | Circle) -> Box:
    """The left, top, right and bottom edge of a shape."""
    if isinstance(shape, Rect):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Circle):
        x, y, r = shape.x, shape.y, shape.radius
        return x - r, y - r, x + r, y + r
    xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
    return min(xs, default=0.0), min(ys, default=0.0), max(xs, default=0.0), max(ys, default=0.0)


def label_box(label: Label, width: float) -> Box:
    """The edges of a text that is so wide."""
    before = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    above, below = label.size * ASCENT, label.size * DESCENT
    if label.turned:
        bottom = label.y + before
        return label.x - above, bottom - width, label.x + below, bottom
    left = label.x - before
    return left, label.y - above, left + width, label.y + below


def overlap(one: Box, other: Box) -> bool:
    """Whether two areas share more than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def paint(colour: str, token: Callable[[str], str]) -> str:
    """A colour as ``#rrggbb``; ``token`` gives those of the names in force."""
    if colour.startswith("#"):
        return colour
    name, _, share = colour.partition("/")
    if not share:
        return token(name)
    return mixed(token(name), token("raised"), int(share) / 100)


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two ``#rrggbb``; ``share`` of the first."""
    a, b = ([int(c[at : at + 2], 16) for at in (1, 3, 5)] for c in (one, other))
    return "#" + "".join(f"{round(x * share + y * (1 - share)):02x}" for x, y in zip(a, b, strict=True))


def hatching(rect: Rect, apart: float) -> Iterator[tuple[float, float, float, float]]:
    """The lines of a rectangle's pattern, each from one point to another, cut at its edges."""
    left, top, right, bottom = box_of(rect)
    if right <= left or bottom <= top:
        return
    if rect.pattern == "level":
        y = bottom - apart
        while y > top:
            yield left, y, right, y
            y -= apart
        return
    if rect.pattern in ("rising", "crossed"):
        yield from _rising(left, top, right, bottom, apart)
    if rect.pattern in ("falling", "crossed"):
        for x0, y0, x1, y1 in _rising(left, top, right, bottom, apart):
            yield left + right - x0, y0, left + right - x1, y1


def _rising(left: float, top: float, right: float, bottom: float, apart: float) -> Iterator[Box]:
    """Lines like /, on which x + y is the same all along."""
    step = apart * 1.4142
    total = left + top + step  # of the first behind the upper left corner
    while total < right + bottom:
        x0 = max(left, total - bottom)
        x1 = min(right, total - top)
        if x1 > x0:
            yield x0, total - x0, x1, total - x1
        total += step

"""What a drawing is made of: shapes free of any file format.

Lengths are points (1/72 inch) from the top left corner, y grows downward; colours are "#RRGGBB", or "" for none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handover.pack.wording import Words


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; dashes are lengths of strokes and gaps."""

    points: tuple[tuple[float, float], ...]
    colour: str = "#1F2933"
    width: float = 0.5
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle, with rounded corners where ``radius`` isn't 0."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    radius: float = 0.0
    line_width: float = 0.5


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through points."""

    points: tuple[tuple[float, float], ...]
    fill: str = ""
    stroke: str = ""
    line_width: float = 0.5


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text whose baseline starts, centres or ends at a point; cut with an ellipsis at ``max_width``."""

    x: float
    y: float
    text: Words
    size: float = 7.0
    colour: str = "#1F2933"
    strong: bool = False
    anchor: Literal["start", "middle", "end"] = "start"
    max_width: float = 0.0


Shape: TypeAlias = Line | Rect | Polygon | Label

#: Width and height in points that a drawing may fill on a landscape A4 page without being scaled.
LANDSCAPE_AREA = (728.0, 446.0)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes on an area of ``width`` x ``height`` points, set in the text; scaled down when it is too wide or high."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    caption: Words = ""


@dataclass(frozen=True, slots=True)
class DrawingPages:
    """Drawings that get a landscape page each, such as the sheets of a Gantt chart; read as often as needed."""

    drawings: Iterable[Drawing]

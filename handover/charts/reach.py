"""Which value of a drawing a point means, and where the arrow keys go from one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeAlias

from handover.charts.drawing import Circle, Drawing, Line, Polygon, Rect, Target, box_of

#: What can stand for something.
Standing: TypeAlias = Line | Rect | Polygon | Circle

#: How near a point must be to a mark.
_NEAR = 9.0


def standing(drawing: Drawing) -> list[tuple[Standing, Target]]:
    """The shapes that stand for something with what they stand for, in reading order."""
    found: list[tuple[Standing, Target]] = []
    for shape in drawing.shapes:
        if isinstance(shape, Line | Rect | Polygon | Circle) and shape.target is not None:
            found.append((shape, shape.target))
    return sorted(found, key=lambda pair: (pair[1].row, pair[1].column))


def shape_at(drawing: Drawing, x: float, y: float) -> Standing | None:
    """The shape under a point: the column or cell that holds it, else the nearest mark close by."""
    best: Standing | None = None
    least = math.inf
    for shape, _ in standing(drawing):
        left, top, right, bottom = box_of(shape)
        if isinstance(shape, Rect):
            # A column too low or too narrow to be met is met a little beside it.
            wide, high = max(0.0, (6 - (right - left)) / 2), max(0.0, (6 - (bottom - top)) / 2)
            if left - wide <= x <= right + wide and top - high <= y <= bottom + high:
                return shape
        else:
            away = math.hypot((left + right) / 2 - x, (top + bottom) / 2 - y)
            if away < least and away <= max(_NEAR, (right - left) / 2):
                best, least = shape, away
    return best


def next_target(
    targets: Sequence[tuple[Standing, Target]], here: Target | None, down: int, right: int
) -> tuple[Standing, Target]:
    """Where an arrow key leads: to the next value of the row or column, or nowhere at its end; first to the first."""
    if here is None:
        return targets[0]
    if down and len({t.row for _, t in targets}) == 1:  # a single row: up and down go along it, too
        down, right = 0, down

    def ahead(target: Target) -> tuple[int, int] | None:
        rows, columns = target.row - here.row, target.column - here.column
        if right and rows == 0 and columns * right > 0:
            return 0, abs(columns)
        if down and rows * down > 0:  # the next row that has any value, or one with gaps all round is never reached
            return abs(rows), abs(columns)
        return None

    found = [(where, at) for at, (_, target) in enumerate(targets) if (where := ahead(target)) is not None]
    if found:
        return targets[min(found)[1]]
    return next(pair for pair in targets if pair[1] == here)

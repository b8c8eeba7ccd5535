"""How the line of a link runs from bar to bar: in right angles, with an arrow at its end."""

from __future__ import annotations

from typing import NamedTuple

from handover.plan.values import LinkType

Points = tuple[tuple[float, float], ...]


class BarSpan(NamedTuple):
    """A bar on the chart: where it starts and ends, and the height of its middle."""

    start: float
    finish: float
    y: float


def route(kind: LinkType, one: BarSpan, other: BarSpan, half: float, reach: float = 7.0) -> Points:
    """The corners of a link's line; the last piece points where the arrow goes.

    Args:
        half: half the height of a bar; a plain link comes down on the top of its successor.
        reach: how far the line stands off a bar before it turns.
    """
    down = 1.0 if other.y >= one.y else -1.0
    if kind is LinkType.FS and other.start >= one.finish - 0.5:
        x = max(other.start + min(3.0, (other.finish - other.start) / 2), one.finish)
        return ((one.finish, one.y), (x, one.y), (x, other.y - down * half))
    leaves = one.finish if kind in (LinkType.FS, LinkType.FF) else one.start
    enters = other.start if kind in (LinkType.FS, LinkType.SS) else other.finish
    out = reach if kind in (LinkType.FS, LinkType.FF) else -reach
    into = -reach if kind in (LinkType.FS, LinkType.SS) else reach
    if kind is LinkType.SS:
        x = min(leaves, enters) - reach
        return ((leaves, one.y), (x, one.y), (x, other.y), (enters, other.y))
    if kind is LinkType.FF:
        x = max(leaves, enters) + reach
        return ((leaves, one.y), (x, one.y), (x, other.y), (enters, other.y))
    between = other.y - down * (half + 5.0)
    return (
        (leaves, one.y),
        (leaves + out, one.y),
        (leaves + out, between),
        (enters + into, between),
        (enters + into, other.y),
        (enters, other.y),
    )


def arrow(points: Points, size: float = 4.0) -> Points:
    """The three corners of the arrow head at the end of a line."""
    (x0, y0), (x, y) = points[-2], points[-1]
    if abs(y - y0) > abs(x - x0):
        back = -size if y > y0 else size
        return ((x, y), (x - size * 0.7, y + back), (x + size * 0.7, y + back))
    back = -size if x > x0 else size
    return ((x, y), (x + back, y - size * 0.7), (x + back, y + size * 0.7))

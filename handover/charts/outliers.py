"""Dates so far from all others that they would spoil the scale of a chart."""

from __future__ import annotations

from collections.abc import Iterable

#: Whatever lies nearer than three years to the bulk is never an outlier, in days and in minutes.
NEAR_DAYS = 3 * 366.0
_NEAR = NEAR_DAYS * 24 * 60
#: How often the span of the bulk a value may lie beyond it.
_TIMES = 3.0


def usual_range(values: Iterable[float], near: float = _NEAR) -> tuple[float, float] | None:
    """The least and the greatest of some moments, in minutes, that is no outlier; None without any.

    The bulk is what lies between the tenth and the ninetieth of a hundred values. An outlier lies further from it than
    thrice its span, and further than ``near``.
    """
    ordered = sorted(values)
    if not ordered:
        return None
    last = len(ordered) - 1
    low, high = ordered[round(last * 0.1)], ordered[round(last * 0.9)]
    if last < 10:  # of few values the median alone is sure
        low = high = ordered[last // 2]
    room = max(near, _TIMES * (high - low))
    inside = [value for value in ordered if low - room <= value <= high + room]
    return (inside[0], inside[-1])

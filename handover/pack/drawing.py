"""The drawings of a pack: what area they may fill, and those that get a page each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from handover.charts.drawing import Drawing
from handover.wording import Words

#: Width and height in points that a drawing may fill on a landscape A4 page without being scaled.
LANDSCAPE_AREA = (728.0, 446.0)


@dataclass(frozen=True, slots=True)
class DrawingPages:
    """Drawings that get a landscape page each, such as the sheets of a Gantt chart; read as often as needed.

    Args:
        title: of the section that they make where they stand in an annex.
    """

    drawings: Iterable[Drawing]
    title: Words = ""

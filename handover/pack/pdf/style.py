"""How a pack looks in print: measures in points and colours."""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.units import mm

from handover.pack.blocks.tone import Tone

A4 = (210 * mm, 297 * mm)
LEFT, RIGHT, TOP, BOTTOM = 22 * mm, 18 * mm, 27 * mm, 21 * mm  # the left edge is bound

ACCENT = "#0B6E75"
INK = "#1B252D"
MUTED = "#5A6872"
LINE = "#CBD3D8"
FAINT = "#E6EBED"
PALE = "#F3F7F7"


@dataclass(frozen=True, slots=True)
class Shade:
    """The colours of a tone: its mark and word, and the ground of its pill."""

    ink: str
    ground: str


#: Told apart on the blue-orange axis and by shape; each ink has a contrast of at least 4.5:1 on its ground.
SHADES: dict[Tone, Shade] = {
    "ok": Shade("#0B5F8A", "#E3F1F8"),
    "warning": Shade("#8A5A00", "#FCF1DA"),
    "danger": Shade("#A8380B", "#FCE6DC"),
    "info": Shade("#0B6E75", "#E1F1F2"),
    "neutral": Shade("#4E5B65", "#EDF0F2"),
}

#: Of what must not be overlooked, such as that a paper is a draft.
DANGER = SHADES["danger"].ink

TEXT, TEXT_LEADING = 9.5, 15.0
SMALL, SMALL_LEADING = 8.0, 12.0
HEADINGS = {1: 18.0, 2: 13.0, 3: 10.5}
#: Nothing in a table is set smaller: it must be read on paper without effort.
SMALLEST = 7.5
#: Sizes at which a table is tried, largest first; the last is the smallest that is still read without effort.
TABLE_SIZES = (8.5, 8.0, SMALLEST)
#: The smallest size of the first three that make a table worth turning the page for.
UPRIGHT_SIZES = (8.5, 8.0)


def leading(size: float) -> float:
    """The distance of lines for a size within tables."""
    return round(size * 1.42, 2)

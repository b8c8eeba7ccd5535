"""A cell on paper: its value broken into lines, and those lines drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from handover.pack.blocks.tone import Tone
from handover.pack.outline import Cell, TableColumn
from handover.pack.pdf.fit import INDENT, PILL
from handover.pack.pdf.fonts import faces
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.pen import Pen
from handover.pack.pdf.style import INK, MUTED, SHADES, SMALLEST
from handover.pack.values import reading


class CellLine(NamedTuple):
    """A line within a cell.

    Args:
        indent: points from the cell's left edge.
        tone: has a mark in front when it is set.
        pill: the mark and the word stand on a coloured ground.
    """

    text: str
    size: float
    ink: str = INK
    strong: bool = False
    indent: float = 0.0
    tone: Tone | None = None
    pill: bool = False


def items_of(cell: Cell, column: TableColumn | None, width: float, size: float, press: Press) -> list[CellLine]:
    """The lines of a cell that is ``width`` points wide inside."""
    said = reading(cell, column, press.language)
    press.lacks(said.lacking)
    if not said.text and not said.remark:
        return []
    if said.tone is not None:
        return _toned(said.text, said.remark, said.tone, said.pill, width, size)
    indent = min(said.level * INDENT * size, width * 0.5)
    return [CellLine(x, size, INK, said.strong, indent) for x in lines_of(said.text, width - indent, size, said.strong)]


def _toned(text: str, remark: str, tone: Tone, pill: bool, width: float, size: float) -> list[CellLine]:
    ink = SHADES[tone].ink
    lines = lines_of(text, max(width - PILL, size * 2), size)
    whole = len(lines) == 1
    items = [CellLine(lines[0], size, ink, tone=tone, pill=pill and whole)]
    items += [CellLine(line, size, ink, indent=size) for line in lines[1:]]
    below = MUTED if pill else ink
    small = max(size - 1, SMALLEST)
    return items + [CellLine(line, small, below) for line in lines_of(remark, width, small) if line]


def draw_items(
    pen: Pen, items: Sequence[CellLine], column: TableColumn | None, x: float, top: float, width: float, pitch: float
) -> None:
    """Draw a cell's lines from its inner upper left corner; numbers stand at its right edge."""
    ends = column is not None and column.kind.side == "end"
    for i, item in enumerate(items):
        y = top + i * pitch
        if item.tone is not None:
            _draw_toned(pen, item, x + width if ends else x, y, pitch, ends)
        elif ends:
            pen.text(x + width, y + (pitch - item.size) / 2, item.text, item.size, item.ink, item.strong, "end")
        else:
            pen.text(x + item.indent, y + (pitch - item.size) / 2, item.text, item.size, item.ink, item.strong)


def _draw_toned(pen: Pen, item: CellLine, x: float, y: float, pitch: float, ends: bool) -> None:
    tone = item.tone or "neutral"
    width = faces()[item.strong].width(item.text, item.size)
    mark = item.size * 0.62
    whole = mark + 3 + width
    left = x - whole if ends else x
    if item.pill:
        pen.box(left, y + 0.6, whole + 8, pitch - 1.2, fill=SHADES[tone].ground, radius=pitch / 2)
        left += 4
    pen.mark(tone, left, y + (pitch - mark) / 2, mark)
    pen.text(left + mark + 3, y + (pitch - item.size) / 2, item.text, item.size, item.ink, item.strong)

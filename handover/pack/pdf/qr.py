"""QR codes on paper, drawn as squares: they stay sharp at any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas


def draw_qr(canvas: Canvas, code: str, left: float, bottom: float, side: float) -> None:
    """A QR code with its quiet border; ``left`` and ``bottom`` in the coordinates of the canvas."""
    import segno

    matrix = segno.make(code, error="m", micro=False).matrix
    cells = len(matrix) + 4  # two empty ones at each edge; the label around it is white, too
    cell = side / cells
    for row, line in enumerate(matrix):
        begin = None
        for column, dark in enumerate((*line, 0)):
            if dark and begin is None:
                begin = column
            elif not dark and begin is not None:
                y = bottom + side - (row + 3) * cell
                canvas.rect(left + (begin + 2) * cell, y, (column - begin) * cell, cell, stroke=0, fill=1)
                begin = None

"""Draws what lies behind and above the bars: free time, the grid, the lines of today and the data date, the scale."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from handover.charts.gantt import GanttFrame, ground_shapes, head_shapes, spoken_fields, upright_shapes
from handover.i18n import language
from handover.plan.timescale import Scale
from handover.registers.scheduling.chart import Chart
from handover.registers.scheduling.chart_bars import uprights
from handover.wording import Words, shown
from ui.charts.painting import Lettered, paint_shapes
from ui.theme import tokens


def paint_ground(
    painter: QPainter, chart: Chart | None, scale: Scale, width: int, height: int, lettered: Lettered
) -> None:
    """Fill the ground of the chart: free time, and a line at each field of the scale."""
    painter.fillRect(0, 0, width, height, tokens.colour("raised"))
    days = chart.days if chart is not None else None
    paint_shapes(painter, ground_shapes(days, GanttFrame(scale, 0, width), 0, height), lettered)


def paint_marks(painter: QPainter, chart: Chart, scale: Scale, width: int, height: int, lettered: Lettered) -> None:
    """Draw the upright lines of today, the data date and the planned handover."""
    paint_shapes(painter, upright_shapes(uprights(chart), GanttFrame(scale, 0, width), 0, height), lettered)


def paint_scale(
    painter: QPainter, chart: Chart | None, scale: Scale, width: int, height: int, lettered: Lettered
) -> None:
    """Draw the two lines of the time scale, and the names of the upright lines at its lower edge."""
    view = GanttFrame(scale, 0, width)

    def wide(words: Words, size: float, strong: bool) -> float:
        return lettered(_said(words), size, strong)

    paint_shapes(painter, head_shapes(view, height, tokens.SMALL, wide, spoken_fields), lettered)
    if chart is not None:
        _name_marks(painter, chart, scale, width, height, lettered)


def _said(words: Words) -> str:
    return shown(words, "zh" if language() == "zh" else "en", " ")


def _name_marks(painter: QPainter, chart: Chart, scale: Scale, width: int, height: int, lettered: Lettered) -> None:
    painter.setFont(lettered.font(tokens.SMALL))
    taken: list[QRectF] = []
    for mark in uprights(chart):
        x, name = scale.x(mark.at), _said(mark.name)
        words = lettered(name, tokens.SMALL) + 10
        box = QRectF(x - words / 2, height - 17, words, 15)
        if x < -1 or x > width or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour(mark.colour))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(tokens.colour("raised"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)

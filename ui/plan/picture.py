"""The Gantt chart as one picture: the rows as they are folded, the columns in view, the bars at the zoom in force."""

from __future__ import annotations

import math

from PySide6.QtCore import QBuffer, QIODevice, QPoint, Qt
from PySide6.QtGui import QImage, QPainter

from handover.errors import NotValid
from handover.i18n import N_
from handover.plan.timescale import Scale
from ui.plan.columns import Col
from ui.plan.gantt import GanttView
from ui.plan.tree import HEAD
from ui.shell.page import Context
from ui.theme import tokens

#: The most pixels that a picture takes, and its longest side; beyond, the PDF with its pages serves better.
_MOST, _LONGEST = 90_000_000, 32_000
#: Room left and right of the bars: the names stand behind them.
_BEFORE, _BEHIND = 24, 400


def picture_of(context: Context, shown: GanttView) -> QImage:
    """Draw all rows of a view, also those that are scrolled away, with all of their bars.

    Raises:
        NotValid: there is nothing to draw, or too much for one picture.
    """
    chart = shown.model.chart
    if chart is None or not shown.model.rowCount():
        raise NotValid(N_("The plan has no tasks yet, so there is nothing to draw."))
    spans, per = chart.schedule.spans, shown.chart.scale.per
    bars = math.ceil((spans.last - spans.first) / per) + _BEFORE + _BEHIND
    tree = shown.tree
    names = sum(tree.columnWidth(column) for column in Col if not tree.isColumnHidden(column))
    names += tree.verticalHeader().width()
    height = HEAD + shown.model.rowCount() * tokens.ROW
    width = names + bars
    ratio = next((r for r in (2, 1) if width * height * r * r <= _MOST and max(width, height) * r <= _LONGEST), 0)
    if not ratio:
        raise NotValid(N_("The chart is too large for one picture. Fold some tasks or zoom out, or write it as a PDF."))
    view = GanttView(context)
    try:
        _dress(view, shown, Scale(spans.first - _BEFORE * per, per))
        view.resize(width + view.handleWidth(), height)
        view.setSizes([names, bars])
        image = QImage(view.size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(tokens.colour("surface"))
        painter = QPainter(image)
        view.render(painter, QPoint())
        painter.end()
    finally:
        view.deleteLater()
    return image


def as_png(image: QImage) -> bytes:
    """A picture as the content of a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes for the format
    return bytes(buffer.data().data())


def _dress(view: GanttView, shown: GanttView, scale: Scale) -> None:
    """Show in a view what another one shows, whole and with nothing selected."""
    chart = shown.model.chart
    assert chart is not None
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    for half in (view.tree, view.chart):
        half.setVerticalScrollBarPolicy(off)
        half.setHorizontalScrollBarPolicy(off)
    view.tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.model.collapsed = set(shown.model.collapsed)
    view.model.only = shown.model.only
    view.show_chart(chart)
    for column in Col:
        if not shown.tree.isColumnHidden(column):
            view.tree.setColumnWidth(column, shown.tree.columnWidth(column))
    view.chart.names, view.chart.critical = shown.chart.names, shown.chart.critical
    view.chart.set_scale(scale)

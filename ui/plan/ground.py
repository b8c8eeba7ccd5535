"""Draws what lies behind and above the bars: free time, the grid, the lines of today and the data date, the scale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from handover import clock
from handover.i18n import tr
from handover.plan.calendar import DAY, DayPattern
from handover.plan.timescale import Scale, ticks
from handover.plan.worktime import moment
from handover.registers.chart import Chart
from ui.theme import tokens

#: Days narrower than this are not shaded one by one.
_SHADED = 2.5


def free_time(days: DayPattern, scale: Scale, width: float) -> Iterator[tuple[float, float]]:
    """The stretches without work in view, in pixels; breaks within a day where a day is broad."""
    if DAY / scale.per < _SHADED:
        return
    fine = DAY / scale.per > 300
    first, last = int(scale.at(0) // DAY), int(scale.at(width) // DAY)
    begun: int | None = None  # where a stretch that is still going on began
    for day in range(first, last + 1):
        shifts = days.on(day)
        if fine or not shifts:
            at = day * DAY
            worked = shifts if fine else ()
        else:
            at, worked = day * DAY, ((0, DAY),)  # type: ignore[assignment]  # pairs as shifts are
        if begun is None:
            begun = at
        for start, end in worked:
            if at + start > begun:
                yield scale.x(begun), scale.x(at + start)
            begun = at + end
    if begun is not None and (last + 1) * DAY > begun:
        yield scale.x(begun), scale.x((last + 1) * DAY)


def paint_ground(painter: QPainter, chart: Chart | None, scale: Scale, width: int, height: int) -> None:
    """Fill the ground of the chart: free time, and a line at each field of the scale."""
    painter.fillRect(0, 0, width, height, tokens.colour("raised"))
    if chart is not None:
        shade = tokens.colour("sunken")
        for first, last in free_time(chart.days, scale, width):
            painter.fillRect(QRectF(first, 0, last - first, height), shade)
    upper, lower = scale.tiers
    painter.setPen(QPen(tokens.colour("line"), 1))
    fields = upper if lower.value == "day" else lower
    for tick in ticks(fields, scale.at(0), scale.at(width)):
        x = round(scale.x(tick.start)) + 0.5
        painter.drawLine(QPointF(x, 0), QPointF(x, height))


def marks(chart: Chart) -> Iterator[tuple[float, str, str, Qt.PenStyle]]:
    """The upright lines: their moment, name, colour and dashes."""
    now = clock.now().astimezone().replace(tzinfo=None)
    yield moment(now), tr("Today"), "accent", Qt.PenStyle.DashLine
    if chart.data_date is not None:
        yield moment(chart.data_date), tr("Data date"), "info", Qt.PenStyle.DashDotLine
    if chart.handover is not None:
        end = dt.datetime.combine(chart.handover, dt.time()) + dt.timedelta(1)
        yield moment(end), tr("Planned handover"), "warning", Qt.PenStyle.DotLine


def paint_marks(painter: QPainter, chart: Chart, scale: Scale, width: int, height: int) -> None:
    """Draw the upright lines of today, the data date and the planned handover."""
    for at, _, colour, style in marks(chart):
        x = scale.x(at)
        if -1 <= x <= width:
            painter.setPen(QPen(tokens.colour(colour), 1.5, style))
            painter.drawLine(QPointF(x, 0), QPointF(x, height))


def paint_scale(painter: QPainter, chart: Chart | None, scale: Scale, width: int, height: int) -> None:
    """Draw the two lines of the time scale, and the names of the upright lines at its lower edge."""
    painter.fillRect(0, 0, width, height, tokens.colour("sunken"))
    half = height / 2
    upper, lower = scale.tiers
    painter.setPen(tokens.colour("line"))
    painter.drawLine(QPointF(0, half), QPointF(width, half))
    painter.drawLine(QPointF(0, height - 0.5), QPointF(width, height - 0.5))
    bold = QFont(painter.font())
    bold.setPixelSize(tokens.SMALL)
    bold.setWeight(QFont.Weight.DemiBold)
    plain = QFont(bold)
    plain.setWeight(QFont.Weight.Normal)
    metrics_room = 8
    for unit, top, font, whole in ((upper, 0.0, bold, True), (lower, half, plain, False)):
        painter.setFont(font)
        for tick in ticks(unit, scale.at(0), scale.at(width), upper=whole):
            first, last = scale.x(tick.start), scale.x(tick.end)
            painter.setPen(tokens.colour("line"))
            painter.drawLine(QPointF(first, top), QPointF(first, top + half))
            painter.setPen(tokens.colour("text" if whole else "secondary"))
            if whole:
                # The words of a field stay in view as long as any of it is.
                room = QRectF(max(first, 0) + metrics_room, top, min(last, width) - max(first, 0) - metrics_room, half)
                if room.width() >= painter.fontMetrics().horizontalAdvance(tick.label):
                    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), tick.label)
            else:
                painter.drawText(QRectF(first, top, last - first, half), int(Qt.AlignmentFlag.AlignCenter), tick.label)
    if chart is not None:
        _name_marks(painter, chart, scale, width, height)


def _name_marks(painter: QPainter, chart: Chart, scale: Scale, width: int, height: int) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    taken: list[QRectF] = []
    for at, name, colour, _ in marks(chart):
        x = scale.x(at)
        words = painter.fontMetrics().horizontalAdvance(name) + 10
        box = QRectF(x - words / 2, height - 17, words, 15)
        if x < -1 or x > width or any(box.intersects(other) for other in taken):
            continue
        taken.append(box)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour(colour))
        painter.drawRoundedRect(box, 3, 3)
        painter.setPen(tokens.colour("raised"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), name)

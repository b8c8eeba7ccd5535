"""A diagram of lines over time, in the colours in force: axes with names, values on hover, tasks on click."""

from __future__ import annotations

import datetime as dt
import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from handover.i18n import tr
from handover.plan.calendar import DAY
from handover.plan.timescale import Scale, fitting, ticks
from handover.plan.worktime import moment
from handover.values import shown
from ui.plan.findings import Curve, PlanFinding, Point
from ui.theme import tokens

_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 24, 72, 62
_NEAR = 14.0
_LEAST_DAYS = 42


class Diagram(QWidget):
    """Lines of a report.

    Signals:
        opened: keys of the tasks of the line that was clicked.
    """

    opened = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: PlanFinding | None = None
        self._near: tuple[Curve, Point] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(360, 240)

    def show_finding(self, finding: PlanFinding) -> None:
        """Draw the lines of a report."""
        self._finding, self._near = finding, None
        self.setAccessibleName(finding.sentence)
        self.setAccessibleDescription(tr("The same values stand in the table."))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(800, 460)

    # -- layout ------------------------------------------------------------------------------------------------------

    @property
    def _area(self) -> QRectF:
        return QRectF(_LEFT, _TOP, self.width() - _LEFT - _RIGHT, self.height() - _TOP - _BOTTOM)

    def _points(self) -> list[Point]:
        return [p for c in self._finding.curves for p in c.points] if self._finding else []

    def _scale(self) -> Scale:
        days = [p.x for p in self._points()]
        # A single day would be spread into its hours: the axis tells days at the least.
        room = max(_LEAST_DAYS - (max(days) - min(days)).days, 1) // 2 * DAY
        scale = fitting(_at(min(days)) - room, _at(max(days)) + DAY + room, self._area.width(), 0.02)
        return Scale(scale.origin, scale.per)

    def _span(self) -> tuple[float, float]:
        if self._finding is not None and not self._finding.dated:
            return 0.0, 1.0
        values = [p.y for p in self._points()]
        low, high = min(values), max(values)
        room = max((high - low) * 0.08, 7.0)
        return low - room, high + room

    def place(self, point: Point) -> QPointF:
        """Where a point is drawn."""
        area, (low, high) = self._area, self._span()
        x = area.left() + self._scale().x(_at(point.x))
        return QPointF(x, area.bottom() - (point.y - low) / (high - low) * area.height())

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), tokens.colour("raised"))
        if self._finding is not None and self._points():
            self._axes(painter, self._finding)
            self._lines(painter, self._finding)
            self._legend(painter, self._finding)
        if self.hasFocus():
            painter.setPen(QPen(tokens.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(1, 1, -2, -2))
        painter.end()

    def _axes(self, painter: QPainter, finding: PlanFinding) -> None:
        area, scale = self._area, self._scale()
        _, lower = scale.tiers
        for tick in ticks(lower, scale.at(0), scale.at(area.width())):
            x = area.left() + scale.x(tick.start)
            wide = scale.x(tick.end) - scale.x(tick.start)
            if area.left() <= x <= area.right():
                painter.setPen(tokens.colour("line"))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom() + 4))
                painter.setPen(tokens.colour("secondary"))
                painter.drawText(QRectF(x, area.bottom() + 4, wide, 16), int(Qt.AlignmentFlag.AlignCenter), tick.label)
        for upper in ticks(scale.tiers[0], scale.at(0), scale.at(area.width()), upper=True):
            x = max(area.left() + scale.x(upper.start), area.left())
            wide = painter.fontMetrics().horizontalAdvance(upper.label) + 8
            if x + wide <= min(area.left() + scale.x(upper.end), area.right()):
                painter.drawText(QRectF(x + 4, area.bottom() + 20, 160, 16), 0, upper.label)
        painter.setPen(tokens.colour("secondary"))
        low, high = self._span()
        for value, label in self._values(low, high, finding.dated):
            y = area.bottom() - (value - low) / (high - low) * area.height()
            painter.setPen(tokens.colour("line"))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(tokens.colour("secondary"))
            side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(0, y - 9, _LEFT - 8, 18), int(side), label)
        for day, name in finding.marks:
            x = area.left() + scale.x(_at(day))
            if area.left() <= x <= area.right():
                painter.setPen(QPen(tokens.colour("accent"), 1.5, Qt.PenStyle.DashLine))
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                painter.drawText(QPointF(x + 5, area.top() + 12), name)
        painter.setPen(tokens.colour("text"))
        painter.drawText(QPointF(10, area.top() - 12), finding.axes[1])
        side = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(area.left(), self.height() - 24, area.width(), 18), int(side), finding.axes[0])

    def _values(self, low: float, high: float, dated: bool) -> list[tuple[float, str]]:
        if not dated:
            return [(n / 5, shown.percent(n / 5)) for n in range(6)]
        step = max(1, math.ceil((high - low) / 6))
        days = range(math.ceil(low), math.floor(high) + 1, step)
        return [(float(day), shown.moment(dt.date.fromordinal(day))) for day in days]

    def _lines(self, painter: QPainter, finding: PlanFinding) -> None:
        for curve in finding.curves:
            style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
            hot = self._near is not None and self._near[0] is curve
            painter.setPen(QPen(tokens.colour(curve.colour), 3.5 if hot else 2.2, style))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(QPolygonF([self.place(p) for p in curve.points]))
            if finding.dated:
                painter.setPen(QPen(tokens.colour(curve.colour), 2))
                painter.setBrush(tokens.colour("raised"))
                for point in curve.points:
                    painter.drawEllipse(self.place(point), 3.5, 3.5)
        if self._near is not None:
            painter.setPen(QPen(tokens.colour(self._near[0].colour), 2))
            painter.setBrush(tokens.colour("raised"))
            painter.drawEllipse(self.place(self._near[1]), 5, 5)

    def _legend(self, painter: QPainter, finding: PlanFinding) -> None:
        x, y = float(_LEFT), 16.0
        for curve in finding.curves:
            name = painter.fontMetrics().elidedText(curve.name, Qt.TextElideMode.ElideRight, 180)
            wide = painter.fontMetrics().horizontalAdvance(name) + 44
            if x + wide > self.width() - _RIGHT:
                if y > 20 or finding.dated is False:
                    break
                x, y = float(_LEFT), 34.0
            style = Qt.PenStyle.DashLine if curve.dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(tokens.colour(curve.colour), 2.5, style))
            painter.drawLine(QPointF(x, y - 4), QPointF(x + 22, y - 4))
            painter.setPen(tokens.colour("text"))
            painter.drawText(QPointF(x + 28, y), name)
            x += wide

    # -- mouse and keys ----------------------------------------------------------------------------------------------

    def _find(self, at: QPointF) -> tuple[Curve, Point] | None:
        best, least = None, _NEAR
        for curve in self._finding.curves if self._finding else ():
            for point in curve.points:
                away = self.place(point) - at
                distance = math.hypot(away.x(), away.y())
                if distance < least:
                    best, least = (curve, point), distance
        return best

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._find(event.position())
        if near != self._near:
            self._near = near
            if near:
                QToolTip.showText(event.globalPosition().toPoint(), near[1].tip, self)
            else:
                QToolTip.hideText()
            self.update()
        able = near is not None and bool(near[0].ids or (self._finding and self._finding.on))
        self.setCursor(Qt.CursorShape.PointingHandCursor if able else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._open(self._find(event.position()))

    def _open(self, near: tuple[Curve, Point] | None) -> None:
        if near is None or self._finding is None:
            return
        ids = near[0].ids or (self._finding.on(near[1].x) if self._finding.on else ())
        if ids:
            self.opened.emit(list(ids))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        every = [(c, p) for c in (self._finding.curves if self._finding else ()) for p in c.points]
        if event.key() in steps and every:
            at = every.index(self._near) if self._near in every else -steps[Qt.Key(event.key())]
            self._near = every[(at + steps[Qt.Key(event.key())]) % len(every)]
            QToolTip.showText(self.mapToGlobal(self.place(self._near[1]).toPoint()), self._near[1].tip, self)
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self._near)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._near = None
        self.update()


def _at(day: dt.date) -> int:
    return moment(dt.datetime.combine(day, dt.time()))

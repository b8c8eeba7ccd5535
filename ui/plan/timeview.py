"""A view of rows over time: it scrolls and zooms, and paints the rows as they come into view."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from handover import clock
from handover.i18n import tr
from handover.plan.calendar import DAY
from handover.plan.timescale import STEPS, Scale, fitting
from handover.plan.values import TaskKind
from handover.plan.worktime import moment
from ui.charts.painting import Lettered
from ui.plan.bars import BAR, HALF, ROW, TOP, LinkRows, ShownPlan, paint_rows
from ui.plan.ground import paint_ground, paint_marks, paint_scale
from ui.plan.model import PlanModel
from ui.plan.tree import HEAD
from ui.theme import tokens

KNOB = 5.0


class _ScaleHead(QWidget):
    """The time scale above the rows; a double click fits the plan into the width."""

    def __init__(self, chart: TimeView) -> None:
        super().__init__(chart)
        self._chart = chart
        self.setAccessibleName(tr("Time scale"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        chart = self._chart
        paint_scale(painter, chart.rows.chart, chart.scale, self.width(), self.height(), chart.lettered)
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chart.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._chart.zoom_by(event.angleDelta().y() / 120, event.position().x())


class TimeView(QAbstractScrollArea):
    """Bars in time, to be looked at.

    Signals:
        scale_changed: another zoom.
    """

    scale_changed = Signal()

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.scale = Scale(moment(clock.now().replace(tzinfo=None)) - 10 * DAY, 160.0)
        self.selected: frozenset[int] = frozenset()
        self.names = True
        self.critical = True
        self.lettered = Lettered(self.font())
        self._links: LinkRows | None = None
        self._low = 0.0
        self._settling = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setViewportMargins(0, HEAD, 0, 0)
        self.head = _ScaleHead(self)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled_across)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        model.modelReset.connect(self.renew)
        model.renewed.connect(self.renew)
        model.dataChanged.connect(lambda *_: self.viewport().update())

    # -- what is shown --------------------------------------------------------------------------------------------

    @property
    def shown(self) -> ShownPlan | None:
        """What is drawn now; None without a plan."""
        chart, schedule = self.rows.chart, self.rows.schedule
        if chart is None or schedule is None:
            return None
        visible = self.rows.visible
        if self._links is None or self._links.chart is not chart or self._links.visible is not visible:
            self._links = LinkRows(chart, visible)
        return ShownPlan(
            chart, schedule, visible, self._links, self.scale, self.verticalScrollBar().value(),
            self.viewport().width(), self.viewport().height(), self.names, self.critical,
        )  # fmt: skip

    def choose(self, rows: frozenset[int]) -> None:
        """Mark the selected rows."""
        self.selected = rows
        self.viewport().update()

    def bar(self, id: str) -> QRectF:
        """Where the bar of a task is in the viewport; null when it isn't in view."""
        shown = self.shown
        if shown is None or id not in shown.chart.node:
            return QRectF()
        node = shown.chart.node[id]
        if node in shown.visible.hidden:
            return QRectF()
        first, last = shown.span(node)
        y = shown.y(shown.visible.row_of[node]) + TOP
        if shown.schedule.plan.tasks[node].kind is TaskKind.MILESTONE:
            return QRectF(first - HALF, y, BAR, BAR)
        return QRectF(first, y, last - first, BAR)

    def knob(self, id: str) -> QPointF:
        """Where the knob is that a link is drawn from."""
        box = self.bar(id)
        return QPointF(box.right() + KNOB + 3, box.center().y())

    # -- zoom and scroll --------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show the whole plan in the width."""
        shown = self.shown
        if shown is None or not shown.chart.rows:
            return
        first, last = shown.schedule.spans.first, shown.schedule.spans.last
        self.set_scale(fitting(first, last, self.viewport().width() - 40))

    def zoom_by(self, notches: float, x: float | None = None) -> None:
        """Zoom in (above zero) or out around a place, the middle by default."""
        where = self.viewport().width() / 2 if x is None else x
        self.set_scale(self.scale.zoomed(self.scale.per * 1.25**-notches, where))

    def zoom_to(self, step: int) -> None:
        """Zoom to the next of the named scales, in (-1) or out (1)."""
        steps = STEPS if step > 0 else tuple(reversed(STEPS))
        beyond = (s for s in steps if (s > self.scale.per * 1.01 if step > 0 else s < self.scale.per * 0.99))
        self.set_scale(self.scale.zoomed(next(beyond, self.scale.per), self.viewport().width() / 2))

    def go_to(self, at: float) -> None:
        """Bring a moment into the middle."""
        self.set_scale(Scale(at - self.viewport().width() / 2 * self.scale.per, self.scale.per))

    def go_today(self) -> None:
        """Bring today into the middle."""
        self.go_to(moment(clock.now().astimezone().replace(tzinfo=None)))

    def bring(self, id: str) -> None:
        """Scroll sideways until the bar of a task is in view."""
        box, width = self.bar(id), self.viewport().width()
        shown = self.shown
        if shown is None or box.isNull() or (box.right() > 20 and box.left() < width - 40):
            return
        start = shown.schedule.spans.start[shown.chart.node[id]]
        self.set_scale(Scale(start - width * 0.25 * self.scale.per, self.scale.per))

    def set_scale(self, scale: Scale) -> None:
        """Lay time out otherwise."""
        self.scale = scale
        self._settle_bars()
        self.viewport().update()
        self.head.update()
        self.scale_changed.emit()

    def _reach(self) -> tuple[float, float]:
        """From when to when one can scroll: the plan with half a view beside it, and always what is in view."""
        shown, wide = self.shown, self.viewport().width() * self.scale.per
        now = moment(clock.now().replace(tzinfo=None))
        spans = shown.schedule.spans if shown and shown.chart.rows else None
        first, last = (spans.first, spans.last) if spans else (now, now)
        low = min(first - wide / 2, self.scale.origin)
        return low, max(last + wide / 2, self.scale.origin + wide)

    def _settle_bars(self) -> None:
        self._settling = True
        low, high = self._reach()
        width = self.viewport().width()
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, round((high - low) / self.scale.per) - width))
        across.setPageStep(width)
        across.setSingleStep(40)
        across.setValue(round((self.scale.origin - low) / self.scale.per))
        self._low = low
        down = self.verticalScrollBar()
        down.setRange(0, max(0, len(self.rows.visible) * ROW - self.viewport().height()))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(ROW)
        self._settling = False

    def _scrolled_across(self, value: int) -> None:
        if not self._settling:
            self.scale = Scale(self._low + value * self.scale.per, self.scale.per)
            self.viewport().update()
            self.head.update()

    def renew(self) -> None:
        """Other rows or other dates are to be shown."""
        self._settle_bars()
        self.viewport().update()
        self.head.update()

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        width, height = self.viewport().width(), self.viewport().height()
        paint_ground(painter, self.rows.chart, self.scale, width, height, self.lettered)
        shown = self.shown
        if shown is not None:
            self._paint_rows_ground(painter, shown)
            paint_marks(painter, shown.chart, self.scale, width, height, self.lettered)
            paint_rows(painter, shown, self.lettered)
            self.paint_over(painter, shown)
        painter.end()

    def _paint_rows_ground(self, painter: QPainter, shown: ShownPlan) -> None:
        chosen = tokens.colour("selection")
        chosen.setAlphaF(0.55)
        painter.setPen(QPen(tokens.colour("line"), 1))
        for row in shown.rows:
            y = round(shown.y(row))
            if row in self.selected:
                painter.fillRect(0, y, shown.width, ROW, chosen)
            painter.drawLine(0, y + ROW - 1, shown.width, y + ROW - 1)

    def paint_over(self, painter: QPainter, shown: ShownPlan) -> None:
        """Draw what lies over the bars."""

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.setGeometry(QRect(0, 0, self.viewport().width(), HEAD))
        self._settle_bars()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned, keys = event.angleDelta(), event.modifiers()
        if keys & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(turned.y() / 120, event.position().x())
        elif keys & Qt.KeyboardModifier.ShiftModifier or abs(turned.x()) > abs(turned.y()):
            across = self.horizontalScrollBar()
            across.setValue(across.value() - (turned.x() or turned.y()))
        else:
            down = self.verticalScrollBar()
            down.setValue(down.value() - round(turned.y() / 120 * 3 * ROW))

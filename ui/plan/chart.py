"""The chart right of the task tree: bars on a time scale, painted row by row as they come into view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QLabel, QToolTip, QWidget

from handover import clock
from handover.i18n import tr
from handover.plan.calendar import DAY
from handover.plan.timescale import STEPS, Scale, fitting
from handover.plan.values import Kind, LinkType
from handover.plan.worktime import moment
from ui.plan.bars import BAR, HALF, ROW, TOP, Shown, paint_rows
from ui.plan.drag import Drag, Part, describe, parts
from ui.plan.ground import paint_ground, paint_marks, paint_scale
from ui.plan.model import PlanModel
from ui.plan.tree import HEAD
from ui.theme import tokens
from ui.theme.style import role

_KNOB = 5.0


class _ScaleHead(QWidget):
    """The time scale above the rows; a double click fits the plan into the width."""

    def __init__(self, chart: GanttChart) -> None:
        super().__init__(chart)
        self._chart = chart
        self.setAccessibleName(tr("Time scale"))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_scale(painter, self._chart.rows.chart, self._chart.scale, self.width(), self.height())
        painter.end()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._chart.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._chart.zoom_by(event.angleDelta().y() / 120, event.position().x())


class GanttChart(QAbstractScrollArea):
    """Bars in time.

    Signals:
        dropped: a bar was moved or stretched: its ``handover.registers.moving.Shift``.
        linked: predecessor, successor and kind of a link that was drawn.
        chosen: a row was clicked, with the keyboard modifiers.
        opened: a bar was double-clicked.
        previewed: the schedule while a bar is dragged, None when it is let go.
        menu_wanted: a point on the screen.
        scale_changed: another zoom.
    """

    dropped = Signal(object)
    linked = Signal(str, str, str)
    chosen = Signal(str, object)
    opened = Signal(str)
    previewed = Signal(object)
    menu_wanted = Signal(QPoint)
    scale_changed = Signal()

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.scale = Scale(moment(clock.now().replace(tzinfo=None)) - 10 * DAY, 160.0)
        self.selected: frozenset[int] = frozenset()
        self.editable = True
        self.names = True
        self.critical = True
        self.drag: Drag | None = None
        self._hand: tuple[QPointF, Scale, int] | None = None  # where the ground was taken, and how it lay
        self._pressed: tuple[str, Part, QPointF] | None = None
        self._hover = ""
        self._pointer = QPointF()
        self._settling = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("Gantt chart"))
        self.setAccessibleDescription(tr("The bars of the tasks; everything here can be done in the table beside it."))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setViewportMargins(0, HEAD, 0, 0)
        self.viewport().setMouseTracking(True)
        self.head = _ScaleHead(self)
        self._note = QLabel(self.viewport())
        role(self._note, "reason")
        self._note.setStyleSheet(f"color: {tokens.colours().text}; border-color: {tokens.colours().border};")
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note.hide()
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(0)
        self._following.timeout.connect(self._follow)
        self.horizontalScrollBar().valueChanged.connect(self._scrolled_across)
        self.verticalScrollBar().valueChanged.connect(lambda _: self.viewport().update())
        model.modelReset.connect(self._changed)
        model.dataChanged.connect(lambda *_: self.viewport().update())

    # -- what is shown --------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Shown | None:
        """What is drawn now; None without a plan."""
        chart, schedule = self.rows.chart, self.rows.schedule
        if chart is None or schedule is None:
            return None
        return Shown(
            chart, schedule, self.rows.visible, self.scale, self.verticalScrollBar().value(),
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
        if shown.schedule.plan.tasks[node].kind is Kind.MILESTONE:
            return QRectF(first - HALF, y, BAR, BAR)
        return QRectF(first, y, last - first, BAR)

    def knob(self, id: str) -> QPointF:
        """Where the knob is that a link is drawn from."""
        box = self.bar(id)
        return QPointF(box.right() + _KNOB + 3, box.center().y())

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

    def _changed(self) -> None:
        self.drag = None
        self._note.hide()
        self._settle_bars()
        self.viewport().update()
        self.head.update()

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        width, height = self.viewport().width(), self.viewport().height()
        paint_ground(painter, self.rows.chart, self.scale, width, height)
        shown = self.shown
        if shown is not None:
            self._paint_rows_ground(painter, shown)
            paint_marks(painter, shown.chart, self.scale, width, height)
            paint_rows(painter, shown)
            self._paint_knob(painter, shown)
            if self.drag is not None and self.drag.part == "knob":
                painter.setPen(QPen(tokens.colour("accent"), 2, Qt.PenStyle.DashLine))
                painter.drawLine(self.knob(self.drag.id), self._pointer)
        painter.end()

    def _paint_rows_ground(self, painter: QPainter, shown: Shown) -> None:
        chosen = tokens.colour("selection")
        chosen.setAlphaF(0.55)
        painter.setPen(QPen(tokens.colour("line"), 1))
        for row in shown.rows:
            y = round(shown.y(row))
            if row in self.selected:
                painter.fillRect(0, y, shown.width, ROW, chosen)
            painter.drawLine(0, y + ROW - 1, shown.width, y + ROW - 1)

    def _paint_knob(self, painter: QPainter, shown: Shown) -> None:
        over = self.drag.id if self.drag else self._hover
        if not self.editable or over not in shown.chart.node:
            return
        painter.setPen(QPen(tokens.colour("accent"), 1.5))
        painter.setBrush(tokens.colour("raised"))
        painter.drawEllipse(self.knob(over), _KNOB, _KNOB)
        if self.drag and self.drag.target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.bar(self.drag.target).adjusted(-3, -3, 3, 3), 4, 4)

    def sizeHint(self) -> QSize:
        return QSize(640, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.head.setGeometry(QRect(0, 0, self.viewport().width(), HEAD))
        self._settle_bars()

    # -- mouse -------------------------------------------------------------------------------------------------------

    def row_at(self, y: float) -> int:
        """The visible row at a height; -1 below the last."""
        row = int((y + self.verticalScrollBar().value()) // ROW)
        return row if 0 <= row < len(self.rows.visible) else -1

    def hit(self, point: QPointF) -> tuple[str, Part | None]:
        """The task of the row under a point, and where the point takes its bar."""
        row = self.rows.task(self.row_at(point.y()))
        if row is None or self.rows.chart is None:
            return "", None
        box, far = self.bar(row.id), self.knob(row.id)
        able = parts(self.rows.chart, row.id)
        away = point - far
        if row.id == self._hover and "knob" in able and away.x() ** 2 + away.y() ** 2 <= (_KNOB + 2) ** 2:
            return row.id, "knob"
        if not box.adjusted(-2, -3, 3, 3).contains(point):
            return row.id, None
        if "end" in able and point.x() >= box.right() - min(6.0, box.width() / 3):
            return row.id, "end"
        return row.id, "bar" if "bar" in able else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        id, part = self.hit(point)
        if event.button() == Qt.MouseButton.LeftButton:
            if id:
                self.chosen.emit(id, event.modifiers())
            if part and self.editable:
                self._pressed = (id, part, point)
            else:
                self._take_ground(point)
        elif event.button() == Qt.MouseButton.MiddleButton:
            self._take_ground(point)
        elif event.button() == Qt.MouseButton.RightButton:
            if id and self.row_at(point.y()) not in self.selected:
                self.chosen.emit(id, Qt.KeyboardModifier.NoModifier)
            self.menu_wanted.emit(event.globalPosition().toPoint())

    def _take_ground(self, point: QPointF) -> None:
        self._hand = (point, self.scale, self.verticalScrollBar().value())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        self._pointer = point
        if self._hand is not None:
            from_, scale, top = self._hand
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self.set_scale(Scale(scale.at(from_.x() - point.x()), scale.per))
            self.verticalScrollBar().setValue(round(top + from_.y() - point.y()))
        elif self.drag is not None:
            self._keys = event.modifiers()
            self._following.start()
        elif self._pressed is not None:
            id, part, from_ = self._pressed
            if (point - from_).manhattanLength() >= QApplication.startDragDistance() and self.rows.chart is not None:
                self.drag = Drag(self.rows.chart, id, part, self.scale.at(from_.x()))
                self._keys = event.modifiers()
                self.setFocus()
                self._follow()
        else:
            self._point_at(point)

    def _point_at(self, point: QPointF) -> None:
        id, part = self.hit(point)
        if not self.editable:
            part = None
        cursors = {"bar": Qt.CursorShape.SizeAllCursor, "end": Qt.CursorShape.SizeHorCursor}
        cursors["knob"] = Qt.CursorShape.CrossCursor
        self.viewport().setCursor(cursors.get(part or "", Qt.CursorShape.ArrowCursor))
        # The knob stays while the pointer is on its way from the bar to it.
        on_bar = bool(id) and self.bar(id).adjusted(-4, -8, 3 * _KNOB + 6, 8).contains(point)
        hover = id if on_bar else ""
        if hover != self._hover:
            self._hover = hover
            self.viewport().update()

    def _follow(self) -> None:
        """Show what would come of letting go here."""
        drag = self.drag
        if drag is None:
            return
        if drag.part == "knob":
            self._aim(drag)
        elif drag.to(self.scale.at(self._pointer.x()), self.scale.grain):
            self.previewed.emit(drag.preview)
        self._say(drag.sentence)
        self.viewport().update()

    def _aim(self, drag: Drag) -> None:
        row = self.rows.task(self.row_at(self._pointer.y()))
        drag.target = row.id if row is not None and row.id != drag.id else ""
        drag.link = LinkType.FS
        if self._keys & Qt.KeyboardModifier.ShiftModifier:
            drag.link = LinkType.SS
        elif self._keys & Qt.KeyboardModifier.ControlModifier:
            drag.link = LinkType.FF

    def _say(self, sentence: str) -> None:
        self._note.setVisible(bool(sentence))
        self._note.setText(sentence)
        self._note.adjustSize()
        room, size = self.viewport().rect(), self._note.size()
        x = min(round(self._pointer.x()) + 16, room.right() - size.width())
        y = round(self._pointer.y()) + 20
        if y + size.height() > room.bottom():
            y = round(self._pointer.y()) - size.height() - 12
        self._note.move(max(0, x), max(0, y))
        self._note.raise_()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand = self._pressed = None
        drag, self._pointer = self.drag, event.position()
        if drag is None:
            self._point_at(event.position())
            return
        self._following.stop()
        self._keys = event.modifiers()
        self._follow()
        self.drag = None
        self._note.hide()
        if drag.part == "knob":
            if drag.target:
                self.linked.emit(drag.id, drag.target, drag.link.value)
        elif drag.shift is not None:
            self.dropped.emit(drag.shift)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        id, _ = self.hit(event.position())
        if id and self.bar(id).adjusted(-4, -4, 4, 4).contains(event.position()):
            self.opened.emit(id)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover = ""
        self.viewport().update()

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

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            self._tell(event)
            return True
        return super().viewportEvent(event)

    def _tell(self, event: QHelpEvent) -> None:
        point = QPointF(event.pos())
        id, _ = self.hit(point)
        shown = self.shown
        if shown is None or not id or not self.bar(id).adjusted(-6, -6, 6, 8).contains(point):
            QToolTip.hideText()
            return
        text = describe(shown.chart, shown.schedule, id).replace("&", "&amp;").replace("<", "&lt;")
        QToolTip.showText(event.globalPos(), "<p style='white-space:pre'>" + text.replace("\n", "<br>") + "</p>", self)

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and (self.drag or self._pressed):
            self.cancel_drag()
        else:
            event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.drag:
            self.cancel_drag()

    def cancel_drag(self) -> None:
        """Let go of the bar and leave everything as it was."""
        self.drag = self._pressed = None
        self._following.stop()
        self._note.hide()
        self.previewed.emit(None)
        self.viewport().update()

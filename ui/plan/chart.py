"""The chart right of the task tree: bars that can be taken with the mouse to move, stretch and link them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget

from handover.i18n import tr
from handover.plan.timescale import Scale
from handover.plan.values import Link, LinkType
from ui.plan.bars import ROW, ShownPlan, link_at
from ui.plan.drag import Drag, Part, describe, parts
from ui.plan.model import PlanModel
from ui.plan.timeview import KNOB, TimeView
from ui.theme import tokens
from ui.theme.style import role

#: How near to an edge a bar in the hand scrolls the view, and by how many pixels a step.
_EDGE, _STRIDE = 24, 18


class GanttChart(TimeView):
    """Bars in time, to be worked on.

    Signals:
        dropped: a bar was moved or stretched: its ``handover.registers.scheduling.moving.Shift``.
        linked: predecessor, successor and kind of a link that was drawn.
        chosen: a row was clicked, with the keyboard modifiers.
        opened: a bar was double-clicked.
        previewed: the schedule while a bar is dragged, None when it is let go.
        menu_wanted: a point on the screen.
    """

    dropped = Signal(object)
    linked = Signal(str, str, str)
    chosen = Signal(str, object)
    opened = Signal(str)
    previewed = Signal(object)
    menu_wanted = Signal(QPoint)

    def __init__(self, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.editable = True
        self.drag: Drag | None = None
        self.link_under: Link | None = None  # where the menu was asked for
        self._hand: tuple[QPointF, Scale, int] | None = None  # where the ground was taken, and how it lay
        self._pressed: tuple[str, Part, QPointF] | None = None
        self._hover = ""
        self._pointer = QPointF()
        self._keys = Qt.KeyboardModifier.NoModifier
        self.setAccessibleName(tr("Gantt chart"))
        self.setAccessibleDescription(tr("The bars of the tasks; everything here can be done in the table beside it."))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.viewport().setMouseTracking(True)
        self._note = QLabel(self.viewport())
        role(self._note, "popup")
        self._note.setMargin(6)
        self._note.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._note.hide()
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(0)
        self._following.timeout.connect(self._follow)
        self._edging = QTimer(self)
        self._edging.setInterval(40)
        self._edging.timeout.connect(self._scroll_at_edge)

    def renew(self) -> None:
        """Other rows or other dates are to be shown: what is in the hand is let go."""
        self.drag = self._pressed = None
        self._note.hide()
        self._edging.stop()
        super().renew()

    def paint_over(self, painter: QPainter, shown: ShownPlan) -> None:
        """Draw the knob of the bar under the pointer and the link that is being drawn."""
        self._paint_knob(painter, shown)
        if self.drag is not None and self.drag.part == "knob":
            painter.setPen(QPen(tokens.colour("accent"), 2, Qt.PenStyle.DashLine))
            painter.drawLine(self.knob(self.drag.id), self._pointer)

    def _paint_knob(self, painter: QPainter, shown: ShownPlan) -> None:
        over = self.drag.id if self.drag else self._hover
        if not self.editable or over not in shown.chart.node:
            return
        painter.setPen(QPen(tokens.colour("accent"), 1.5))
        painter.setBrush(tokens.colour("raised"))
        painter.drawEllipse(self.knob(over), KNOB, KNOB)
        if self.drag and self.drag.target:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.bar(self.drag.target).adjusted(-3, -3, 3, 3), 4, 4)

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
        if row.id == self._hover and "knob" in able and away.x() ** 2 + away.y() ** 2 <= (KNOB + 2) ** 2:
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
            shown = self.shown
            self.link_under = link_at(shown, point) if shown is not None else None
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
            self._edging.start()
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
        on_bar = bool(id) and self.bar(id).adjusted(-4, -8, 3 * KNOB + 6, 8).contains(point)
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

    def _scroll_at_edge(self) -> None:
        """Go on scrolling while a bar is held at the edge of the view."""
        if self.drag is None:
            self._edging.stop()
            return
        x, y, room = self._pointer.x(), self._pointer.y(), self.viewport().rect()
        across = (x > room.right() - _EDGE) - (x < _EDGE)
        down = (y > room.bottom() - _EDGE) - (y < _EDGE)
        if across:
            self.set_scale(Scale(self.scale.at(across * _STRIDE), self.scale.per))
        if down and self.drag.part == "knob":
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() + down * _STRIDE)
        if across or down:
            self._follow()

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
        self._edging.stop()
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
        self._edging.stop()
        self._note.hide()
        self.previewed.emit(None)
        self.viewport().update()

"""The drawing of a chart: values on hover, arrow keys from value to value, a click opens the rows behind one."""

from __future__ import annotations

import html

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from handover.charts.data import AnyChart
from handover.charts.drawing import Drawing, StepField, Target, box_of
from handover.charts.layout import layout
from handover.charts.reach import Standing, next_target, shape_at, standing
from handover.i18n import tr
from ui.charts.painting import Lettered, paint_shapes
from ui.theme import tokens

_ARROWS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}


class ChartCanvas(QWidget):
    """The drawing of one chart.

    Attributes:
        movable: the points of a map can be dragged from field to field, or moved with Ctrl and the arrows.

    Signals:
        picked: the key of the value that was clicked or chosen with Enter.
        moved: the key of a point and the steps, across and upward, of the field into which it was moved.
    """

    picked = Signal(object)
    moved = Signal(object, int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: AnyChart | None = None
        self._drawing: Drawing | None = None
        self._lettered = Lettered(self.font())
        self._current: Standing | None = None
        self._hovered: Standing | None = None
        self.movable = False
        self._held: QPointF | None = None  # where a point was pressed that may be dragged
        self._over: StepField | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(180, 120)

    def sizeHint(self) -> QSize:
        return QSize(480, 280)

    def show_chart(self, chart: AnyChart | None) -> None:
        """Draw another chart; a point that can be moved stays the one in hand."""
        in_hand = self.current.key if self.movable and self.current is not None else None
        self._chart = chart
        self._forget()
        self._describe()
        if in_hand is not None:
            self._current = next((shape for shape, at in standing(self.drawing) if at.key == in_hand), None)

    def _forget(self) -> None:
        self._drawing = self._current = self._hovered = self._held = self._over = None
        self.update()

    @property
    def drawing(self) -> Drawing:
        """The chart laid out in the size at hand."""
        if self._drawing is None:
            size = (float(self.width()), float(self.height()))
            if self._chart is None:
                self._drawing = Drawing(*size, ())
            else:
                self._drawing = layout(self._chart, size, self._lettered, type_size=tokens.SMALL)
        return self._drawing

    @property
    def current(self) -> Target | None:
        """The value on which the keyboard stands."""
        return self._current.target if self._current is not None else None

    # -- painting ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_shapes(painter, self.drawing.shapes, self._lettered)
        if self._hovered is not None and self._hovered is not self._current:
            self._ring(painter, self._hovered, "secondary")
        if self._over is not None:
            left, top, right, bottom = self._over.edges
            painter.setPen(QPen(tokens.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top).adjusted(2, 2, -2, -2), 3, 3)
        if self.hasFocus():
            if self._current is not None:
                self._ring(painter, self._current, "accent")
            else:
                painter.setPen(QPen(tokens.colour("accent"), 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                edge = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(edge, tokens.RADIUS, tokens.RADIUS)
        painter.end()

    def _ring(self, painter: QPainter, shape: Standing, colour: str) -> None:
        """A ring around a shape, parted from it by a line of the ground, so that it is seen on every colour."""
        box = _box(shape).adjusted(-3, -3, 3, 3).intersected(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(tokens.colour("raised"), 1.5))
        painter.drawRoundedRect(box.adjusted(1.5, 1.5, -1.5, -1.5), 3, 3)
        painter.setPen(QPen(tokens.colour(colour), 2))
        painter.drawRoundedRect(box, 4, 4)

    def picture(self, scale: float = 2.0) -> QImage:
        """The chart as a picture of so many pixels to each of the screen."""
        image = QImage(self.size() * scale, QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(scale)
        image.fill(tokens.colour("raised"))
        painter = QPainter(image)
        paint_shapes(painter, self.drawing.shapes, self._lettered)
        painter.end()
        return image

    # -- mouse -------------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._drag(event.position())
            return
        found = shape_at(self.drawing, event.position().x(), event.position().y())
        if found is self._hovered:
            return
        self._hovered = found
        target = found.target if found is not None else None
        able = target is not None and target.key is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if able else Qt.CursorShape.ArrowCursor)
        if target is not None:
            self._tell(target, event.globalPosition().toPoint())
        else:
            QToolTip.hideText()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = shape_at(self.drawing, event.position().x(), event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._stand_on(found)
            if self.movable:
                self._held = event.position()
            else:
                self._pick()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        held, over = self._held, self._over
        self._held = self._over = None
        if held is None:
            super().mouseReleaseEvent(event)
            return
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.update()
        if (event.position() - held).manhattanLength() < QApplication.startDragDistance():
            self._pick()
        elif over is not None:
            self._move_to(over)

    def _drag(self, at: QPointF) -> None:
        if self._held is not None and (at - self._held).manhattanLength() >= QApplication.startDragDistance():
            self._over = self.drawing.field_at(at.x(), at.y())
            self.setCursor(Qt.CursorShape.ClosedHandCursor if self._over else Qt.CursorShape.ForbiddenCursor)
            self.update()

    def _move_to(self, field: StepField) -> None:
        target = self.current
        if target is not None and target.key is not None and field != self._field_of(self._current):
            self.moved.emit(target.key, field.x, field.y)

    def _field_of(self, shape: Standing | None) -> StepField | None:
        middle = _box(shape).center() if shape is not None else QPointF(-1, -1)
        return self.drawing.field_at(middle.x(), middle.y())

    def _nudge(self, key: Qt.Key) -> None:
        """Move the point in hand by a field; at the edge it stays."""
        here = self._field_of(self._current)
        across, upward = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1),
                          Qt.Key.Key_Down: (0, -1)}[key]  # fmt: skip
        wanted = (here.x + across, here.y + upward) if here is not None else None
        field = next((each for each in self.drawing.fields if (each.x, each.y) == wanted), None)
        if field is not None:
            self._move_to(field)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self.update()

    def _tell(self, target: Target, where: QPoint) -> None:
        QToolTip.showText(where, f"<p style='white-space:pre'>{html.escape(target.tip)}</p>", self)

    # -- keys --------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        targets = standing(self.drawing)
        if key in _ARROWS and self.movable and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._nudge(key)
        elif key in _ARROWS and targets:
            self._stand_on(next_target(targets, self.current, *_ARROWS[key])[0], told=True)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and targets:
            self._stand_on(targets[0 if key == Qt.Key.Key_Home else -1][0], told=True)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current is not None:
            self._pick()
        else:
            super().keyPressEvent(event)

    def _stand_on(self, shape: Standing, *, told: bool = False) -> None:
        self._current, target = shape, shape.target
        if target is not None:
            self.setAccessibleDescription(target.tip)  # a screen reader reads it out
            if told:
                below = _box(shape).bottomLeft() + QPointF(4, 4)
                self._tell(target, self.mapToGlobal(below.toPoint()))
        self.update()

    def _pick(self) -> None:
        target = self.current
        if target is not None and target.key is not None:
            self.picked.emit(target.key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._current = None
        self._describe()
        self.update()

    def _describe(self) -> None:
        self.setAccessibleDescription(
            tr("The arrow keys go from value to value, Enter opens the rows behind one, T shows the table.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.LanguageChange):
            self._lettered = Lettered(self.font())
            self._forget()
        super().changeEvent(event)


def _box(shape: Standing) -> QRectF:
    left, top, right, bottom = box_of(shape)
    return QRectF(left, top, right - left, bottom - top)

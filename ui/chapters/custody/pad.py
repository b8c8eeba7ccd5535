"""A field in which somebody signs with the mouse or a pen."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTabletEvent,
)
from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from ui.theme import tokens

Stroke = list[tuple[float, float]]
#: The field is so many times as broad as it is high, on the screen and in print.
ASPECT = 4
_WIDE, _PICTURE = 400, 1200


class SignaturePad(QWidget):
    """Takes strokes; they are kept in shares of its width, so that they are drawn alike in any size.

    Signals:
        changed: a stroke was drawn, or all were wiped away.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: list[Stroke] = []
        self._drawing = False
        self.setFixedSize(QSize(_WIDE, _WIDE // ASPECT))
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Signature, drawn with the mouse or a pen"))
        self.setToolTip(tr("Sign here with the mouse or a pen. Delete wipes it away."))

    @property
    def strokes(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """What was drawn, in shares of the width."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def wipe(self) -> None:
        """Take everything away that was drawn."""
        if self._strokes:
            self._strokes.clear()
            self.update()
            self.changed.emit()

    def picture(self) -> QImage:
        """What was drawn, in black on white."""
        image = QImage(_PICTURE, _PICTURE // ASPECT, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, _PICTURE, QColor("black"), 4.0)
        painter.end()
        return image

    # -- drawing ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._drawing:
            self._go_on(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind == QTabletEvent.Type.TabletMove and self._drawing:
            self._go_on(event.position())
        elif kind == QTabletEvent.Type.TabletRelease:
            self._end()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.wipe()
            return
        super().keyPressEvent(event)

    def _begin(self, at: QPointF) -> None:
        self._drawing = True
        self._strokes.append([])
        self._go_on(at)

    def _go_on(self, at: QPointF) -> None:
        x = min(max(at.x() / self.width(), 0.0), 1.0)
        y = min(max(at.y() / self.width(), 0.0), 1.0 / ASPECT)
        if not self._strokes[-1] or self._strokes[-1][-1] != (x, y):
            self._strokes[-1].append((x, y))
            self.update()

    def _end(self) -> None:
        if self._drawing:
            self._drawing = False
            self.changed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = tokens.colour("accent" if self.hasFocus() else "border")
        painter.setPen(QPen(edge, 1))
        painter.setBrush(tokens.colour("raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QPen(tokens.colour("line"), 1))
        base = self.height() * 0.78
        painter.drawLine(QPointF(16, base), QPointF(self.width() - 16, base))
        if not self._strokes:
            painter.setPen(tokens.colour("secondary"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Sign here"))
        self._draw(painter, self.width(), tokens.colour("text"), 2.0)

    def _draw(self, painter: QPainter, width: float, ink: QColor, thick: float) -> None:
        painter.setPen(QPen(ink, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in self._strokes:
            points = QPolygonF([QPointF(x * width, y * width) for x, y in stroke])
            if len(stroke) == 1:
                painter.drawPoint(points.first())
            else:
                painter.drawPolyline(points)

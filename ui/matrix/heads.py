"""The held heads of a matrix: names at the left, those over the columns turned where the columns are narrow."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from handover.registers.matrix.declaration import MatrixHead
from ui.matrix.model import MatrixModel
from ui.theme import tokens
from ui.theme.marks import paint_mark

#: The band in which the mark of a head stands.
BAND = 16
_PAD = 8
_WIDEST, _NARROWEST = 320, 150
#: Of the heads across where they are turned.
_TALLEST, LOWEST = 210, 64
_SAMPLE = 400


class MatrixHeads(QHeaderView):
    """What the heads of both sides share.

    Signals:
        opened: a head was double-clicked: its place.
    """

    opened = Signal(int)

    def __init__(self, orientation: Qt.Orientation, view: QTableView, model: MatrixModel) -> None:
        super().__init__(orientation, view)
        self.matrix = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(10)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.sectionDoubleClicked.connect(self.opened)
        self._measured: tuple[object, str, float] = ((), "", 0.0)

    def _widest(self, heads: tuple[MatrixHead, ...], font: QFont) -> float:
        """The breadth of the longest name, which is asked for many times while a page is laid out."""
        kept, key = self._measured, font.key()
        if kept[0] is not heads or kept[1] != key:
            metrics = QFontMetricsF(font)
            widest = max((metrics.horizontalAdvance(head.name) for head in heads[:_SAMPLE]), default=0.0)
            self._measured = kept = (heads, key, widest)
        return kept[2]

    def _is_current(self, section: int) -> bool:
        view = self.parent()
        index = view.currentIndex() if isinstance(view, QTableView) else QModelIndex()
        return (index.row() if self.orientation() == Qt.Orientation.Vertical else index.column()) == section

    def _ground(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.fillRect(rect, tokens.colour("selection" if self._is_current(section) else "sunken"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        section = self.logicalIndexAt(event.pos())
        if section >= 0:
            self.opened.emit(section)

    def _type(self, *, strong: bool = False) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(tokens.SMALL)
        font.setBold(strong)
        return font


class DownHeads(MatrixHeads):
    """The first column: names, and at their right in a few words what is wrong."""

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Vertical, view, model)
        self.setDefaultSectionSize(tokens.ROW)

    def sizeHint(self) -> QSize:
        font = self._type()
        widest, room = self._widest(self.matrix.rows, font), self._room_for_findings(QFontMetricsF(font))
        return QSize(round(min(max(widest + 2 * _PAD, _NARROWEST), _WIDEST) + room), tokens.ROW)

    def _room_for_findings(self, metrics: QFontMetricsF) -> float:
        """The same whatever is found just now, so that nothing moves while somebody types."""
        return metrics.horizontalAdvance("M" * 6) + 22 if self.matrix.matrix.rules is not None else 0.0

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if not 0 <= section < len(self.matrix.rows):
            return
        head = self.matrix.rows[section]
        found = self.matrix.found.get(head.id, [])
        painter.save()
        self._ground(painter, rect, section)
        painter.setFont(self._type())
        metrics = QFontMetricsF(painter.font())
        room = self._room_for_findings(metrics)
        inner = QRectF(rect).adjusted(_PAD, 0, -_PAD / 2 - room, 0)
        painter.setPen(tokens.colour("text"))
        name = metrics.elidedText(head.name, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, name)
        if found:
            at = QRectF(inner.right() + 4, rect.top(), room - 4, rect.height())
            paint_mark(painter, QPointF(at.left() + 5, at.center().y()), found[0].tone)
            painter.setPen(tokens.colour(found[0].tone))
            words = ", ".join(each.label for each in found)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, at.width() - 14)
            beside = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(at.adjusted(14, 0, 0, 0), beside, words)
        painter.restore()


class AcrossHeads(MatrixHeads):
    """The first row: names, turned where they don't fit across, over a band with the marks of their rows."""

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view, model)
        self.turned = True

    def wanted_width(self) -> float:
        """How wide columns must be for names that aren't turned."""
        return max(self._widest(self.matrix.columns, self._type(strong=True)) + 2 * _PAD, LOWEST)

    def sizeHint(self) -> QSize:
        band = BAND if self.matrix.matrix.mark else 0
        if not self.turned:
            return QSize(LOWEST, tokens.ROW + band)
        return QSize(LOWEST, round(min(self.wanted_width(), _TALLEST)) + band)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        if not 0 <= section < len(self.matrix.columns):
            return
        head = self.matrix.columns[section]
        found = self.matrix.found.get(head.id, [])
        painter.save()
        self._ground(painter, rect, section)
        band = BAND if self.matrix.matrix.mark else 0
        if head.tone:
            below = QRect(rect.left(), rect.bottom() - band + 1, rect.width() - 1, band - 1)
            painter.fillRect(below, tokens.colour(f"{head.tone}_soft"))
            paint_mark(painter, QRectF(below).center(), head.tone)
        painter.setFont(self._type(strong=True))
        painter.setPen(tokens.colour(found[0].tone if found else "text"))
        room = QRectF(rect.left(), rect.top(), rect.width(), rect.height() - band)
        if found:
            centre = QPointF(room.center().x() if self.turned else room.right() - 9, room.top() + 9)
            paint_mark(painter, centre, found[0].tone)
        self._name(painter, room, head.name, 12 if found else 0)
        painter.restore()

    def _name(self, painter: QPainter, room: QRectF, name: str, taken: int) -> None:
        metrics = QFontMetricsF(painter.font())
        middle = Qt.AlignmentFlag.AlignVCenter
        if not self.turned:
            text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.width() - 8 - taken)
            painter.drawText(room.adjusted(4, 0, -4 - taken, 0), middle | Qt.AlignmentFlag.AlignHCenter, text)
            return
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room.height() - _PAD - taken)
        painter.translate(room.left(), room.bottom())
        painter.rotate(-90)
        upright = QRectF(_PAD / 2, 0, room.height() - _PAD / 2, room.width())
        painter.drawText(upright, middle | Qt.AlignmentFlag.AlignLeft, text)

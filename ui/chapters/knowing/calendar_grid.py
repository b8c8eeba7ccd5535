"""The table of the calendar: sessions as chips in their days, coloured by what they clash with."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from handover.clock import today
from handover.registers.knowing.clashes import SessionPlanned
from ui.chapters.knowing.calendar_model import CalendarCell, CalendarModel
from ui.theme import tokens
from ui.theme.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex
_CHIP, _GAP, _PAD, _HEAD = 22, 3, 4, 20
_MARK = 14


class _DayCells(QStyledItemDelegate):
    """Draws a day with its sessions; how many more there are where not all fit."""

    def __init__(self, model: CalendarModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        cell = self._model.cell(index)
        n = len(cell.sessions) if cell is not None else 0
        head = _HEAD if self._model.mode == "month" else _PAD
        return QSize(80, head + max(1, n) * (_CHIP + _GAP) + _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._model.cell(index)
        if cell is None:
            return
        rect: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(rect)
        self._ground(painter, rect, cell, marked=index.row() == 0)
        top = rect.top() + _PAD
        if self._model.mode == "month":
            painter.setPen(tokens.colour("accent" if cell.day == today() else "text" if cell.inside else "secondary"))
            painter.drawText(rect.adjusted(6, 2, -6, 0), Qt.AlignmentFlag.AlignTop, str(cell.day.day))
            top = rect.top() + _HEAD
        self._chips(painter, QRectF(rect.left() + 3, top, rect.width() - 7, rect.bottom() - top - 1), cell)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(tokens.colour("accent"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _ground(self, painter: QPainter, rect: QRect, cell: CalendarCell, *, marked: bool) -> None:
        read = self._model.read
        off = read is not None and cell.day in read.days_off
        painter.fillRect(rect, tokens.colour("surface" if off or not cell.inside else "raised"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if cell.day == today() and self._model.mode != "month" and marked:
            painter.fillRect(QRect(rect.left(), rect.top(), rect.width() - 1, 2), tokens.colour("accent"))

    def _chips(self, painter: QPainter, room: QRectF, cell: CalendarCell) -> None:
        metrics = QFontMetricsF(painter.font())
        fits = max(1, int((room.height() + _GAP) // (_CHIP + _GAP)))
        shown = cell.sessions if len(cell.sessions) <= fits else cell.sessions[: max(1, fits - 1)]
        for n, session in enumerate(shown):
            self._chip(painter, QRectF(room.left(), room.top() + n * (_CHIP + _GAP), room.width(), _CHIP), session)
        left = len(cell.sessions) - len(shown)
        if left:
            painter.setPen(tokens.colour("secondary"))
            at = QRectF(room.left() + 4, room.top() + len(shown) * (_CHIP + _GAP), room.width(), metrics.height())
            painter.drawText(at, Qt.AlignmentFlag.AlignLeft, f"+{left}")

    def _chip(self, painter: QPainter, rect: QRectF, session: SessionPlanned) -> None:
        tone = self._model.tone(session)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.colour(f"{tone}_soft"))
        painter.drawRoundedRect(rect, 4, 4)
        paint_mark(painter, QPointF(rect.left() + 10, rect.center().y()), tone)
        painter.setPen(tokens.colour("text"))
        metrics = QFontMetricsF(painter.font())
        text = metrics.elidedText(self._model.told(session), Qt.TextElideMode.ElideRight, rect.width() - _MARK - 10)
        painter.drawText(rect.adjusted(_MARK + 5, 0, -4, 0), Qt.AlignmentFlag.AlignVCenter, text)


class CalendarGrid(QTableView):
    """Shows a ``CalendarModel``; arrows move from day to day, and over the edge to the week before or after.

    Signals:
        stepped: the period before (-1) or after (1) is wanted; ``day`` says on which day to stand then.
        chosen: Enter or a double click on the current cell.
    """

    stepped = Signal(int, int)
    chosen = Signal()

    def __init__(self, model: CalendarModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.calendar = model
        self.setModel(model)
        self.setItemDelegate(_DayCells(model, self))
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self.verticalHeader().setHighlightSections(False)
        self.verticalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.doubleClicked.connect(lambda _index: self.chosen.emit())
        model.modelReset.connect(self.fit)

    def fit(self) -> None:
        """Share the height among the rows of a month; let those of a week and of people have what they need."""
        rows = self.calendar.rowCount()
        head = self.verticalHeader()
        head.setFixedWidth(min(170, max(70, self.verticalHeader().sizeHint().width())))
        if not rows:
            return
        room = self.viewport().height()
        least = _HEAD + _CHIP + _GAP + _PAD if self.calendar.mode == "month" else _CHIP + 2 * _PAD + _GAP
        for row in range(rows):
            needs = max(self.sizeHintForRow(row), least)
            if self.calendar.mode == "month":
                needs = max(least, room // rows)
            elif self.calendar.mode == "week":
                needs = max(needs, min(room // rows, 140))
            head.resizeSection(row, needs)

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self.fit()

    def event(self, event: QEvent) -> bool:
        # The window has actions on some of these keys; in a calendar they are the calendar's.
        override = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if override and event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) and not event.modifiers():  # type: ignore[attr-defined]  # a key, as was asked
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, index = event.key(), self.currentIndex()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif key == Qt.Key.Key_PageUp:
            self.stepped.emit(-1, index.column())
        elif key == Qt.Key.Key_PageDown:
            self.stepped.emit(1, index.column())
        elif key == Qt.Key.Key_Left and index.column() == 0 and not event.modifiers():
            self.stepped.emit(-1, 6)
        elif key == Qt.Key.Key_Right and index.column() == 6 and not event.modifiers():
            self.stepped.emit(1, 0)
        else:
            super().keyPressEvent(event)

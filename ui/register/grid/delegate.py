"""Paints the cells of a register and opens the editor that fits a field."""

from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from handover.registers.grouping import RowGroup
from ui.register.grid import cells
from ui.register.grid.choices import choices
from ui.register.grid.editors import CELL, LineEdit, LongEdit
from ui.register.grid.kind_editors import editor_of
from ui.register.grid.model import RegisterModel
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.theme.marks import paint_mark, paint_pill, pill_width

Index = QModelIndex | QPersistentModelIndex

PAD = 8
INDENT = 16
_GAP = 10
_LOCK = 12
#: Room for the mark of a rule of colour, and for the arrow of a group.
_MARK, _ARROW = 16, 18


class CellDelegate(QStyledItemDelegate):
    """One for each of the two views that a table is made of.

    Args:
        rows: what the view shows.
        view: draws its cells and opens its editors with this delegate.

    Signals:
        left: the editor was closed by a key that moves on: columns and rows to go.
        folded: the arrow of a group's head was pressed, in a line.
    """

    left = Signal(int, int)
    folded = Signal(int)

    def __init__(self, rows: RegisterModel, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._rows = rows
        self._view = view

    # -- painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._rows
        painter.save()
        rect = option.rect
        head = model.head(index.row())
        if head is not None:
            self._head(painter, option, index, head)
            painter.restore()
            return
        self._ground(painter, option, index, model)
        field = model.fields[index.column()]
        value = model.value(index)
        inner = QRectF(rect.adjusted(PAD + model.depth(index) * INDENT, 0, -PAD, -1))
        inner = self._mark(painter, inner, index)
        if index.row() == self._view.currentIndex().row() and model.held(index):
            inner = self._lock(painter, inner)
        fault = model.fault(index)
        tone = cells.tone(field, value)
        inner = self._before(painter, inner, index)
        if fault is not None:
            self._wrong(painter, inner, fault.text)
        elif tone is not None:
            paint_pill(painter, inner, tone, index.data())
        else:
            if model.heads(index):
                font = QFont(option.font)
                font.setWeight(QFont.Weight.DemiBold)
                painter.setFont(font)
            self._words(painter, inner, index, model)
        self._frame(painter, rect, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(self.width(index, option.fontMetrics), tokens.ROW)

    def width(self, index: Index, metrics: Any) -> int:  # Any: QFontMetrics, with or without F
        """How wide a cell must be for all of it to be seen."""
        model = self._rows
        field, value = model.fields[index.column()], model.value(index)
        if model.head(index.row()) is not None:
            return int(metrics.horizontalAdvance(index.data())) + 2 * PAD if index.column() else 0
        more = _MARK if index.column() == 0 and model.marks.rules else 0
        if before := model.before(index):
            more += metrics.horizontalAdvance(before) + _GAP
        if cells.tone(field, value) is not None:
            return int(pill_width(metrics, index.data())) + 2 * PAD + 2 + more
        wide = more + metrics.horizontalAdvance(index.data() or "") + 2 * PAD + model.depth(index) * INDENT + 2
        if late := model.late(index):
            wide += metrics.horizontalAdvance(late) + _GAP + 14
        return int(wide * 1.08) if model.heads(index) else int(wide)

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, model: RegisterModel) -> None:
        if model.fault(index) is not None:
            colour = "danger_soft"
        elif option.state & QStyle.StateFlag.State_Selected and not self._alone(index):
            colour = "selection"
        elif index.row() == self._view.currentIndex().row():
            colour = "hover"
        elif model.removed(index.row()):
            colour = "danger_soft"
        elif model.before(index) is not None or model.added(index.row()):
            colour = "ok_soft"
        elif (rule := model.marks.rule(model.row(index.row()))) is not None:
            colour = f"{rule.tone}_soft"
        else:
            colour = "raised"
        painter.fillRect(option.rect, tokens.colour(colour))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _mark(self, painter: QPainter, inner: QRectF, index: Index) -> QRectF:
        """The mark of the rule that colours a row, before its first cell; what is left of the cell."""
        if index.column() or not self._rows.marks.rules:
            return inner
        rule = self._rows.marks.rule(self._rows.row(index.row()))
        if rule is not None:
            paint_mark(painter, QRectF(inner.left(), inner.top(), 10, inner.height()).center(), rule.tone)
        return inner.adjusted(_MARK, 0, 0, 0)

    def _before(self, painter: QPainter, inner: QRectF, index: Index) -> QRectF:
        """What stood in a cell, struck through; what is left of the cell. A row that was deleted is struck whole."""
        if self._rows.removed(index.row()):
            font = QFont(painter.font())
            font.setStrikeOut(True)
            painter.setFont(font)
            return inner
        before = self._rows.before(index)
        if not before:
            return inner
        plain, struck = QFont(painter.font()), QFont(painter.font())
        struck.setStrikeOut(True)
        painter.setFont(struck)
        painter.setPen(tokens.colour("secondary"))
        text = painter.fontMetrics().elidedText(before, Qt.TextElideMode.ElideRight, int(inner.width() / 2))
        painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        wide = painter.fontMetrics().horizontalAdvance(text)
        painter.setFont(plain)
        return inner.adjusted(wide + _GAP, 0, 0, 0)

    def _head(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, head: RowGroup) -> None:
        """A cell in the head of a group: its name runs on over the cells that have no sum."""
        rect = option.rect
        here = index.row() == self._view.currentIndex().row()
        painter.fillRect(rect, tokens.colour("hover" if here else "sunken"))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setClipRect(rect)
        font = QFont(option.font)
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        model = self._rows
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        text = str(index.data() or "")
        painter.setPen(tokens.colour("text"))
        if index.column() and text:
            painter.drawText(rect.adjusted(PAD, 0, -PAD, -1), cells.alignment(model.fields[index.column()]), text)
        else:
            first = model.index(index.row(), 0)
            left = self._view.visualRect(first).left() + PAD + head.level * INDENT
            folded = model.folds(head)
            if not index.column():
                box = QRectF(left, rect.center().y() - 6, 12, 12)
                paint_icon(painter, box, "chevron-right" if folded else "chevron-down", tokens.colour("secondary"))
            whole = QRectF(left + _ARROW, rect.top(), 4_000, rect.height() - 1)
            painter.drawText(whole, side, str(first.data() or ""))
        self._frame(painter, rect, index)

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        released = event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent)
        head = self._rows.head(index.row()) if released and not index.column() else None
        if isinstance(event, QMouseEvent) and head is not None and event.button() == Qt.MouseButton.LeftButton:
            over = event.position().x() - option.rect.left() - head.level * INDENT
            if 0 <= over < PAD + _ARROW:
                self.folded.emit(index.row())
                return True
        return False

    def _alone(self, index: Index) -> bool:
        """Whether a cell is the only one selected."""
        ranges = self._view.selectionModel().selection()
        if ranges.count() != 1 or index != self._view.currentIndex():
            return False
        only = ranges.at(0)
        return only.width() == 1 and only.height() == 1

    def _words(self, painter: QPainter, inner: QRectF, index: Index, model: RegisterModel) -> None:
        metrics = painter.fontMetrics()
        late = model.late(index)
        text = metrics.elidedText(index.data() or "", Qt.TextElideMode.ElideRight, int(inner.width()))
        side = cells.alignment(model.fields[index.column()])
        if model.searched is not None:
            self._mark_hits(painter, inner, text, side, model.searched)
        painter.setPen(tokens.colour("danger" if late else "text"))
        painter.drawText(inner, side, text)
        if not late:
            return
        rest = inner.adjusted(metrics.horizontalAdvance(text) + _GAP, 0, 0, 0)
        if rest.width() < 14:
            return
        paint_mark(painter, QRectF(rest.left(), rest.top(), 8, rest.height()).center(), "danger")
        note = metrics.elidedText(late, Qt.TextElideMode.ElideRight, int(rest.width()) - 14)
        painter.drawText(rest.adjusted(14, 0, 0, 0), Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, note)

    def _mark_hits(
        self, painter: QPainter, inner: QRectF, text: str, side: Qt.AlignmentFlag, searched: re.Pattern[str]
    ) -> None:
        """A ground behind what the quick filter looks for."""
        metrics = painter.fontMetrics()
        left = inner.left()
        if side & Qt.AlignmentFlag.AlignRight:
            left = inner.right() - metrics.horizontalAdvance(text)
        for hit in searched.finditer(text):
            start, end = (metrics.horizontalAdvance(text[:at]) for at in hit.span())
            box = QRectF(left + start, inner.center().y() - metrics.height() / 2, end - start, metrics.height())
            painter.fillRect(box, tokens.colour("warning_soft"))

    def _lock(self, painter: QPainter, inner: QRectF) -> QRectF:
        """A small lock at the end of a cell of the row in hand; what is left of the cell."""
        box = QRectF(inner.right() - _LOCK, inner.center().y() - _LOCK / 2, _LOCK, _LOCK)
        paint_icon(painter, box, "lock", tokens.colour("secondary"))
        return inner.adjusted(0, 0, -_LOCK - 4, 0)

    def _wrong(self, painter: QPainter, inner: QRectF, text: str) -> None:
        paint_mark(painter, QRectF(inner.left(), inner.top(), 10, inner.height()).center(), "danger")
        painter.setPen(tokens.colour("danger"))
        room = inner.adjusted(16, 0, 0, 0)
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _frame(self, painter: QPainter, rect: QRect, index: Index) -> None:
        if index == self._view.currentIndex():
            painter.setPen(QPen(tokens.colour("accent" if self._view.hasFocus() else "border"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        model = self._rows
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        cut = self.width(index, view.fontMetrics()) > view.visualRect(index).width()
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        if model.late(index):
            tip = f"{tip} · {model.late(index)}"
        # A tooltip takes what looks like markup for markup; users' text is none.
        shown = tip.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
        show = cut or model.fault(index) is not None or bool(model.held(index))
        QToolTip.showText(event.globalPos(), f"<p>{shown}</p>" if show and tip else "", view)
        return True

    # -- editing --------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        model = self._rows
        field = model.fields[index.column()]
        made = editor_of(field).in_cell
        if issubclass(made, LongEdit):
            editor: QWidget = made(parent)
        else:
            line = made(choices(model.context, field, model.value(index)), parent)
            line.take_value(model.value(index))
            line.setFrame(False)
            line.settled.connect(lambda: self._finish(line, 0, 0))
            QTimer.singleShot(0, line, line.open_first)
            if model.fields[index.column()].limit:
                line.setMaxLength(model.fields[index.column()].limit * 4)  # the rule itself says what is too long
            editor = line
        editor.setObjectName(CELL)
        editor.setAccessibleName(field.label)
        editor.setStyleSheet("#cell { border-radius: 0; padding: 0 5px; margin: 0; }")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        # Rows that change meanwhile must not overwrite what is being typed.
        if editor.property("filled") or not isinstance(editor, LineEdit | LongEdit):
            return
        editor.setProperty("filled", True)
        editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, LineEdit | LongEdit):
            model.setData(index, editor.typed())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        if isinstance(editor, LongEdit):
            rect = QRect(rect.left(), rect.top(), max(rect.width(), 320), 96)
            ground = self._view.viewport().rect()
            rect.moveBottom(min(rect.bottom(), ground.bottom()))
            rect.moveRight(min(rect.right(), max(ground.right(), rect.width())))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(editor, LineEdit | LongEdit):
            return super().eventFilter(editor, event)
        key = event.key() if isinstance(event, QKeyEvent) else 0
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier) if isinstance(event, QKeyEvent) else False
        if isinstance(editor, LineEdit) and editor.offering and key == Qt.Key.Key_Escape:
            editor.close_list()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if (
                isinstance(editor, LongEdit)
                and isinstance(event, QKeyEvent)
                and event.modifiers() & (Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier)
            ):
                editor.break_line()
            else:
                self._finish(editor, 0, -1 if shift else 1)
            return True
        if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._finish(editor, -1 if key == Qt.Key.Key_Backtab else 1, 0)
            return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: QWidget, columns: int, rows: int) -> None:
        if isinstance(editor, LineEdit):
            editor.take_marked()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(columns, rows)

"""Paints the cells of the task tree, with the outline in the first column, and opens their editors."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip, QWidget

from handover.registers.catalogue import register
from ui.plan.columns import FIELDS, Col
from ui.plan.model import PlanModel
from ui.register.grid.choices import choices
from ui.register.grid.editors import CELL, LineEdit
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.theme.marks import paint_mark

Index = QModelIndex | QPersistentModelIndex

PAD = 8
STEP = 14
ARROW = 16


class TreeDelegate(QStyledItemDelegate):
    """The cells of the task tree.

    Signals:
        left: the editor was closed by a key that moves on: columns and rows to go.
    """

    left = Signal(int, int)

    def __init__(self, context: Context, view: QAbstractItemView, shown_in: QAbstractItemView | None = None) -> None:
        super().__init__(view)
        self._context = context
        self._view = shown_in or view  # whose focus the frame of the current cell shows

    # -- painting -------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = self._model(index)
        row = model.task(index.row())
        if row is None or model.chart is None:
            return
        painter.save()
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        fault = model.faults.get((row.id, index.column()))
        ground = "danger_soft" if fault else "selection" if chosen else "raised"
        painter.fillRect(rect, tokens.colour(ground))
        painter.setPen(tokens.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        ink = "danger" if fault else "on_selection" if chosen else "text"
        inner = QRectF(rect.adjusted(PAD, 0, -PAD, -1))
        font = QFont(option.font)
        if row.summary:
            font.setWeight(QFont.Weight.DemiBold)
        if row.inactive:
            font.setStrikeOut(True)
            ink = "secondary"
        painter.setFont(font)
        column = Col(index.column())
        if column is Col.NAME:
            inner = self._outline(painter, inner, row.depth, row.summary, row.id in model.collapsed)
            node = model.chart.node[row.id]
            if model.schedule is not None and model.schedule.spans.critical[node] and not row.summary:
                paint_mark(painter, QRectF(inner.left(), inner.top(), 10, inner.height()).center(), "danger", 7)
                inner.adjust(14, 0, 0, 0)
        elif str(index.data() or "").startswith({Col.SLIP: "+", Col.START_SLIP: "+", Col.FLOAT: "-"}.get(column, "\0")):
            ink = "danger"
        painter.setPen(tokens.colour(ink))
        text = painter.fontMetrics().elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(inner.width()) + 1
        )
        painter.drawText(inner, int(index.data(Qt.ItemDataRole.TextAlignmentRole)), text)
        if index == self._view.currentIndex():
            painter.setPen(QPen(tokens.colour("accent" if self._view.hasFocus() else "border"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()

    def _outline(self, painter: QPainter, inner: QRectF, depth: int, summary: bool, closed: bool) -> QRectF:
        inner.adjust(depth * STEP - 4, 0, 0, 0)
        if summary:
            box = QRectF(inner.left(), inner.center().y() - 7, 14, 14)
            paint_icon(painter, box, "chevron-right" if closed else "chevron-down", tokens.colour("secondary"))
        inner.adjust(ARROW, 0, 0, 0)
        return inner

    def arrow_at(self, rect: QRect, depth: int) -> QRect:
        """Where the arrow of a summary is in the cell of its name."""
        return QRect(rect.left() + PAD + depth * STEP - 6, rect.top(), ARROW + 4, rect.height())

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        model = self._model(index)
        row = model.task(index.row())
        wide = option.fontMetrics.horizontalAdvance(str(index.data() or "")) + 2 * PAD + 4
        if row is not None and index.column() == Col.NAME:
            wide = int(wide * (1.1 if row.summary else 1)) + row.depth * STEP + ARROW + 16
        return QSize(wide, tokens.ROW)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        tip = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        shown = tip.replace("&", "&amp;").replace("<", "&lt;")
        QToolTip.showText(event.globalPos(), f"<p>{shown}</p>" if tip else "", view)
        return True

    # -- editing --------------------------------------------------------------------------------------------------

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = register("tasks")[FIELDS[Col(index.column())]]
        line = LineEdit(choices(self._context, field), parent)
        line.setFrame(False)
        line.settled.connect(lambda: self._finish(line, 0, 0))
        if field.field == "owner":
            QTimer.singleShot(0, line, line.open_first)
        line.setObjectName(CELL)
        line.setAccessibleName(field.label)
        line.setStyleSheet("#cell { border-radius: 0; padding: 0 5px; margin: 0; }")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, LineEdit):
            model.setData(index, editor.typed())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        editor.setGeometry(option.rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, LineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and editor.offering:
                editor.close_list()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._finish(editor, 0, 1)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._finish(editor, -1 if event.key() == Qt.Key.Key_Backtab else 1, 0)
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: LineEdit, columns: int, rows: int) -> None:
        editor.take_marked()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        self.left.emit(columns, rows)

    def _model(self, index: Index) -> PlanModel:
        model = index.model()
        assert isinstance(model, PlanModel)
        return model

"""The table of verdicts: pills for what happens, cells that can be corrected, keys as in the registers."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
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

from handover.i18n import tr
from ui.theme import tokens
from ui.theme.icons import paint_icon
from ui.theme.marks import paint_pill, pill_width
from ui.theme.tokens import SPACE
from ui.transfer.outcomes import tone
from ui.transfer.wizard.verdict_model import FIXED, OUTCOME, ROW, SHEET, TAKE, VERDICT, WHICH, WHY, VerdictModel

Index = QModelIndex | QPersistentModelIndex
#: From left to right, before the fields.
_ORDER = (TAKE, SHEET, ROW, VERDICT, WHICH, WHY)
_WIDEST, _NARROWEST, _MEASURED = 280, 72, 40


class PillDelegate(QStyledItemDelegate):
    """Draws an outcome as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        outcome = index.data(OUTCOME)
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, tokens.colour("selection" if chosen else "raised"))
        paint_pill(painter, QRectF(rect).adjusted(SPACE * 2, 0, -SPACE, -1), tone(outcome), index.data() or "")

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetricsF(option.font)
        return QSize(int(pill_width(metrics, index.data() or "")) + 4 * SPACE, tokens.ROW)


class CheckDelegate(QStyledItemDelegate):
    """Draws the box that takes a row or leaves it out, as boxes look elsewhere."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, tokens.colour("selection" if chosen else "raised"))
        state = index.data(Qt.ItemDataRole.CheckStateRole)
        if state is None:
            return
        on = state is Qt.CheckState.Checked
        box = QRectF(0, 0, 16, 16)
        box.moveCenter(QRectF(rect).center())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(tokens.colour("accent" if on else "border"))
        painter.setBrush(tokens.colour("accent" if on else "raised"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            paint_icon(painter, box.adjusted(2, 2, -2, -2), "check", tokens.colour("on_accent"))
        painter.restore()

    def editorEvent(self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index) -> bool:
        if event.type() != QEvent.Type.MouseButtonRelease or not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        on = index.data(Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
        wanted = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
        return model.setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


class VerdictView(QTableView):
    """Shows a ``VerdictModel``."""

    def __init__(self, model: VerdictModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self._fitted: tuple[str, ...] = ()
        self.setModel(model)
        self.setAccessibleName(tr("Rows of the file and what happens to them"))
        self.setItemDelegateForColumn(TAKE, CheckDelegate(self))
        self.setItemDelegateForColumn(VERDICT, PillDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Give the columns the room that their first rows need, once for each set of columns."""
        model, head = self.rows, self.horizontalHeader()
        for at, column in enumerate(_ORDER if model.columnCount() else ()):
            head.moveSection(head.visualIndex(column), at)
        names = tuple(str(model.headerData(c, Qt.Orientation.Horizontal)) for c in range(model.columnCount()))
        if names == self._fitted or not names:
            return
        self._fitted = names
        metrics = self.fontMetrics()
        for column, name in enumerate(names):
            texts = [name, *(model.index(r, column).data() or "" for r in range(min(_MEASURED, model.rowCount())))]
            wide = max(metrics.horizontalAdvance(t) for t in texts) + 7 * SPACE
            self.setColumnWidth(column, max(_NARROWEST, min(wide, _WIDEST)))
        self.setColumnWidth(TAKE, metrics.horizontalAdvance(names[TAKE]) + 6 * SPACE)
        self.setColumnWidth(ROW, metrics.horizontalAdvance("1000000") + 4 * SPACE)
        self.setColumnWidth(VERDICT, max(self.columnWidth(VERDICT), 128))
        self.setColumnWidth(WHY, 280)
        self.setColumnWidth(WHICH, 240)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid() and current.column() < FIXED:
            taken = self.rows.index(current.row(), TAKE).data(Qt.ItemDataRole.CheckStateRole)
            self.rows.take(self.chosen(), taken is not Qt.CheckState.Checked)
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier  # with Ctrl it goes on in the wizard
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not held
        if enter and self.state() != self.State.EditingState:
            if current.isValid() and current.flags() & Qt.ItemFlag.ItemIsEditable:
                self.edit(current)
            elif current.isValid():
                self.activated.emit(current)
            return
        super().keyPressEvent(event)

    def chosen(self) -> list[QModelIndex]:
        """One index of each selected row."""
        rows = sorted({i.row() for i in self.selectedIndexes()})
        return [self.rows.index(r, ROW) for r in rows]

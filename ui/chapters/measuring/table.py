"""The table in which readings are typed: a line a parameter, number keys begin, Enter stores and goes down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from handover.i18n import N_, NC_, tr
from handover.model.acceptance.results import RESULT
from handover.registers.acceptance.measuring import ToMeasure
from handover.values.shown import moment
from ui.theme import tokens
from ui.theme.marks import paint_pill
from ui.theme.style import role
from ui.theme.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex
HEADS = (
    N_("Parameter no."), N_("Parameter"), N_("Test point"), NC_("parameter", "Limits"), N_("Unit"),
    NC_("reading", "New reading"), N_("Measured"), N_("Result"), N_("Measured on"),
)  # fmt: skip
_WIDTHS = (98, 206, 66, 176, 56, 96, 76, 100, 120)
NEW, RESULTS = 5, 7
#: Stores what was typed for a parameter; the line as it then is, or None where it was refused.
Store = Callable[[ToMeasure, str], ToMeasure | None]


class ReadingModel(QAbstractTableModel):
    """The parameters to be measured, with what was typed and refused."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[ToMeasure] = []
        self.refused: dict[str, str] = {}
        self.writable = True
        self._store = store

    def show(self, rows: Sequence[ToMeasure]) -> None:
        """Show other rows; what was refused stays where its parameter is still shown."""
        self.beginResetModel()
        self.rows = list(rows)
        here = {row.id for row in rows}
        self.refused = {key: text for key, text in self.refused.items() if key in here}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return tr(HEADS[section])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NEW and self.writable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.in_words() if index.column() == 3 else self._text(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == NEW and row.id in self.refused:
            return tokens.colour("danger")
        return None

    def _text(self, row: ToMeasure, column: int) -> str:
        at = moment(row.measured_at) if row.measured_at is not None else ""
        return (
            row.no or row.ref, row.name, row.test_point, row.limits_told, row.unit, self.refused.get(row.id, ""),
            row.measured, RESULT.label(row.result), at,
        )[column]  # fmt: skip

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() != NEW:
            return False
        row, text = self.rows[index.row()], str(value or "").strip()
        if not text:
            self.refused.pop(row.id, None)
            self._changed(index.row())
            return False
        stored = self._store(row, text)
        if stored is None:
            self.refused[row.id] = text
        else:
            self.refused.pop(row.id, None)
            self.rows[index.row()] = stored
        self._changed(index.row())
        return stored is not None

    def take(self, row: ToMeasure) -> None:
        """Show a row as it is by now."""
        for place, each in enumerate(self.rows):
            if each.id == row.id:
                self.rows[place] = replace(row)
                self._changed(place)

    def _changed(self, row: int) -> None:
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(HEADS) - 1))


class ResultDelegate(QStyledItemDelegate):
    """Draws a result as a pill."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model: QAbstractItemModel = index.model()
        assert isinstance(model, ReadingModel)
        rect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(rect, tokens.colour("selection" if chosen else "raised"))
        result = RESULT[model.rows[index.row()].result]
        paint_pill(painter, QRectF(rect).adjusted(SPACE * 2, 0, -SPACE, -1), result.tone, result.label)


class ReadingTable(QTableView):
    """Typing a number begins a reading, Enter stores it and goes to the next parameter.

    Signals:
        opened: the key of a parameter.
    """

    opened = Signal(str)

    def __init__(self, model: ReadingModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.setModel(model)
        self.setItemDelegateForColumn(RESULTS, ResultDelegate(self))
        role(self, "bare")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAccessibleName(tr("Readings to be entered"))
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        head.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        self.doubleClicked.connect(self._open)

    def begin(self) -> None:
        """Put the cursor where the next reading is typed."""
        if self.rows.rowCount() and self.currentIndex().column() != NEW:
            self.setCurrentIndex(self.rows.index(max(self.currentIndex().row(), 0), NEW))

    def _open(self, index: Index) -> None:
        if index.column() != NEW:
            self.opened.emit(self.rows.rows[index.row()].id)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        row = self.currentIndex().row()
        refused = 0 <= row < len(self.rows.rows) and self.rows.rows[row].id in self.rows.refused
        if hint == QAbstractItemDelegate.EndEditHint.RevertModelCache:
            if refused:
                self.rows.refused.pop(self.rows.rows[row].id)
        elif not refused and row + 1 < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row + 1, NEW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at = self.currentIndex()
        if self.state() == QAbstractItemView.State.EditingState or not at.isValid():
            super().keyPressEvent(event)
            return
        if event.text().strip() and at.column() != NEW:
            self.setCurrentIndex(self.rows.index(at.row(), NEW))
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.setCurrentIndex(self.rows.index(at.row(), NEW))
            self.edit(self.currentIndex())
            return
        super().keyPressEvent(event)

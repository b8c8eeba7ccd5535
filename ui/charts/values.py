"""The table of a chart's values: Enter or a double click opens the rows behind one, Ctrl+C copies."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from handover.charts.data import AnyChart
from handover.charts.table import ChartTable, as_table
from ui.theme import tokens
from ui.theme.style import role

Index = QModelIndex | QPersistentModelIndex


def tsv(block: list[list[str]]) -> str:
    """Cells as other programs take them from the clipboard."""
    return "\r\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in block)


class ChartValues(QAbstractTableModel):
    """The values of a chart, or nothing."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table: ChartTable | None = None

    def show_chart(self, chart: AnyChart | None) -> None:
        """Show the values of another chart."""
        self.beginResetModel()
        self.table = as_table(chart) if chart is not None else None
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.table.rows) if self.table is not None and not parent.isValid() else 0

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return len(self.table.heads) if self.table is not None and not parent.isValid() else 0

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if not index.isValid() or self.table is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.table.text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            row, value = self.table.text(index.row(), 0), self.table.told(index.row(), index.column())
            return value if index.column() == 0 else f"{row}, {self.table.heads[index.column()]}, {value}"
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or self.table is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.table.heading(section)
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> int:
        numbers = self.table is not None and any(isinstance(row[column], int | float) for row in self.table.rows)
        side = Qt.AlignmentFlag.AlignRight if numbers else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class ValuesTable(QTableView):
    """The values of a chart as a table.

    Signals:
        picked: the key of the value that was opened.
        turned: the drawing is wanted again.
    """

    picked = Signal(object)
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.values = ChartValues(self)
        self.setModel(self.values)
        role(self, "bare")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(self._pick)
        self.doubleClicked.connect(self._pick)

    def show_chart(self, chart: AnyChart | None) -> None:
        """Show the values of another chart, columns as wide as they need."""
        self.values.show_chart(chart)
        self.resizeColumnsToContents()
        for column in range(self.values.columnCount()):
            self.setColumnWidth(column, min(max(self.columnWidth(column) + 12, 64), 320))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pick(self.currentIndex())
        elif event.key() == Qt.Key.Key_T and not event.modifiers():
            self.turned.emit()
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected cells on the clipboard, all of them with their headings where at most one is selected."""
        table, chosen = self.values.table, self.selectionModel().selectedIndexes()
        if table is None:
            return
        if len(chosen) < 2:
            QGuiApplication.clipboard().setText(tsv(table.texts()))
            return
        rows = range(min(i.row() for i in chosen), max(i.row() for i in chosen) + 1)
        columns = range(min(i.column() for i in chosen), max(i.column() for i in chosen) + 1)
        taken = {(i.row(), i.column()) for i in chosen}
        block = [[table.text(r, c) if (r, c) in taken else "" for c in columns] for r in rows]
        QGuiApplication.clipboard().setText(tsv(block))

    def _pick(self, index: QModelIndex) -> None:
        table = self.values.table
        if table is not None and index.isValid():
            key = table.keys[index.row()][index.column()]
            if key is not None:
                self.picked.emit(key)

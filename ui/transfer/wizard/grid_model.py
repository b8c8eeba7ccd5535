"""The cells of a sheet as the file has them, with the headings and the rows that aren't taken marked."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from handover.exchange.reading.grid import Grid, column_letters
from handover.exchange.tables.finding import Table
from handover.exchange.tables.other_rows import Skip
from handover.i18n import tr
from handover.values.cells import shown
from ui.theme import tokens

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_MOST_COLUMNS = 120


class GridModel(QAbstractTableModel):
    """A sheet, read only; row and column headers are Excel's."""

    def __init__(self, parent: Any = None) -> None:  # Any: a QObject
        super().__init__(parent)
        self._grid: Grid | None = None
        self._table: Table | None = None
        self._columns: list[int] = []
        self._hidden_columns: frozenset[int] = frozenset()

    def show(self, grid: Grid, table: Table, *, hidden_columns: bool) -> None:
        """Show a table where it stands in its sheet; hidden columns only where they are wanted."""
        self.beginResetModel()
        self._grid, self._table = grid, table
        self._hidden_columns = grid.hidden_columns
        drawn = {h.column for h in table.headings if h.timeline}
        self._columns = [
            c for c in range(grid.width) if c not in drawn and (hidden_columns or c not in grid.hidden_columns)
        ][:_MOST_COLUMNS]
        self.endResetModel()

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self._grid, self._table, self._columns = None, None, []
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() or self._grid is None else self._grid.height

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or section < 0:
            return None
        if orientation is Qt.Orientation.Vertical:
            return str(section + 1)
        return column_letters(self._columns[section]) if section < len(self._columns) else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid() or self._grid is None or self._table is None:
            return None
        row = index.row()
        if role == _Role.DisplayRole:
            return shown(self._grid.rows[row][self._columns[index.column()]])
        heads = row in self._table.header_rows
        if role == _Role.FontRole and heads:
            font = QFont()
            font.setPixelSize(tokens.BODY)
            font.setWeight(QFont.Weight.DemiBold)
            return font
        if role == _Role.BackgroundRole and heads:
            return tokens.colour("selection")
        if role == _Role.ForegroundRole:
            return tokens.colour("on_selection" if heads else "text" if self.taken(row) else "secondary")
        if role in (_Role.ToolTipRole, _Role.AccessibleDescriptionRole):
            return self._why(row)
        return None

    def taken(self, row: int) -> bool:
        """Whether a row counts as data of the table."""
        table = self._table
        return table is not None and table.first <= row <= table.last and row not in table.skipped

    def _why(self, row: int) -> str | None:
        table = self._table
        if table is None or self.taken(row):
            return None
        if row in table.header_rows:
            return tr("The headings stand in this row.")
        why = table.skipped.get(row)
        if why is None:
            return tr("The row is outside of the table.")
        return None if why is Skip.BLANK else why.reason

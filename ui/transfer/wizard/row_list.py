"""The rows of a file after an import, with what became of each; Enter or a double click opens the row itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.dry_run.verdict import outcome_name
from handover.i18n import tr, trn
from ui.theme import tokens
from ui.theme.tokens import SPACE
from ui.transfer.outcomes import filter_buttons
from ui.transfer.wizard.verdict_model import OUTCOME
from ui.transfer.wizard.verdict_view import PillDelegate

#: Stands first, and only where the rows are those of several sheets.
_SHEET = 4
Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class DoneRow:
    """A row of the file: ``target`` opens it, a key or a reference; empty when it isn't in the register.

    ``row`` is 0 for what isn't a row: a sheet that wasn't taken.
    """

    row: int
    outcome: str
    what: str
    why: str
    target: str = ""
    sheet: str = ""


class _RowModel(QAbstractTableModel):
    def __init__(self, parent: Any = None) -> None:  # Any: a QObject
        super().__init__(parent)
        self.rows: list[DoneRow] = []

    def show(self, rows: list[DoneRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (tr("Row"), tr("What happened"), tr("Which"), tr("Why"), tr("Sheet"))[section]

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        row = self.rows[index.row()]
        if role == OUTCOME:
            return row.outcome
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            outcome = outcome_name(row.outcome)  # type: ignore[arg-type]  # one of OUTCOMES
            said = (str(row.row) if row.row else "", outcome, row.what, row.why, row.sheet)
            return said[index.column()] or None
        if role == _Role.ForegroundRole and index.column() == 2 and row.target:
            return tokens.colour("accent")
        return None


class RowList(QWidget):
    """A list with a button for each outcome that filters it.

    Signals:
        opened: the target of a row.
    """

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[DoneRow] = []
        self.model = _RowModel(self)
        self.view = _View(self)
        self.view.setModel(self.model)
        self.view.activated.connect(self._open)
        self.view.doubleClicked.connect(self._open)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self.filters = filter_buttons(self, bar, self._filter)
        bar.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addLayout(bar)
        column.addWidget(self.view, 1)

    def come_after(self, widget: QWidget) -> None:
        """Be reached by Tab after another widget, the filters before the rows."""
        for each in (*self.filters.values(), self.view):
            self.setTabOrder(widget, each)
            widget = each

    def show_rows(self, rows: Sequence[DoneRow], first: str = "") -> None:
        """Show the rows of an import, those of the outcome ``first`` to begin with."""
        self._all = list(rows)
        counts = Counter(r.outcome for r in rows)
        for key, button in self.filters.items():
            n = counts[key] if key else len(rows)
            name = outcome_name(key) if key else tr("All")  # type: ignore[arg-type]  # as above
            button.setText(tr("{name} {n}", name=name, n=f"{n:,}"))
            button.setAccessibleName(trn("{name}, {n} row", "{name}, {n} rows", n, name=name))
            button.setVisible(not key or n > 0)
        self.view.setColumnHidden(_SHEET, len({r.sheet for r in rows}) < 2)
        self.filters[first].setChecked(True)
        self._filter()

    def _filter(self) -> None:
        key = next((k for k, b in self.filters.items() if b.isChecked()), "")
        self.model.show([r for r in self._all if not key or r.outcome == key])
        if self.model.rows:
            self.view.setCurrentIndex(self.model.index(0, 2))

    def _open(self, index: QModelIndex) -> None:
        if index.isValid() and (target := self.model.rows[index.row()].target):
            self.opened.emit(target)


class _View(QTableView):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Rows of the file"))
        self.setItemDelegateForColumn(1, PillDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setStretchLastSection(True)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def setModel(self, model: QAbstractTableModel) -> None:  # type: ignore[override]  # narrower than Qt's
        super().setModel(model)
        for column, wide in enumerate((64, 132, 300, 300, 120)):
            self.setColumnWidth(column, wide)
        self.horizontalHeader().moveSection(_SHEET, 0)
        self.setColumnHidden(_SHEET, True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

"""The sheets of a workbook that are imported together: which register each fills, and why others aren't taken."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from handover.exchange.importing.session import Book
from handover.i18n import tr
from handover.registers.catalogue import register
from ui.theme import tokens
from ui.theme.tokens import SPACE
from ui.transfer.wizard.verdict_view import CheckDelegate

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_TAKE, _SHEET, _ROWS, _WHERE, _WHY = range(5)


class _SheetLine(NamedTuple):
    name: str
    rows: int
    register: str
    why: str


class _SheetModel(QAbstractTableModel):
    """Signals: ``left``: a sheet, and whether it is left out."""

    left = Signal(str, bool)

    def __init__(self, parent: Any = None) -> None:  # Any: a QObject
        super().__init__(parent)
        self.sheets: list[_SheetLine] = []
        self.without: set[str] = set()

    def show(self, book: Book, without: set[str]) -> None:
        """Show the sheets of a workbook, those first that fill a register."""
        self.beginResetModel()
        taken = [_SheetLine(n, s.rows, register(s.register).label, "") for n, s in book.sheets.items()]
        self.sheets = taken + [_SheetLine(s.sheet, s.rows, "", tr(s.why)) for s in book.left]
        self.without = set(without)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.sheets)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() else 5

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        return (tr("Take"), tr("Sheet"), tr("Rows"), tr("Goes into the register"), tr("Why it isn't taken"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.isValid() and index.column() == _TAKE and self.sheets[index.row()].register:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        sheet = self.sheets[index.row()]
        taken = bool(sheet.register) and sheet.name not in self.without
        if index.column() == _TAKE:
            if role == _Role.CheckStateRole and sheet.register:
                return Qt.CheckState.Checked if taken else Qt.CheckState.Unchecked
            if role == _Role.AccessibleTextRole:
                return tr("Taken") if taken else tr("Left out")
            return None
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return ("", sheet.name, f"{sheet.rows:,}", sheet.register, sheet.why)[index.column()] or None
        if role == _Role.TextAlignmentRole and index.column() == _ROWS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == _Role.ForegroundRole and not taken:
            return tokens.colour("secondary")
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # Any: as above
        if role != _Role.CheckStateRole or not self.sheets[index.row()].register:
            return False
        out = Qt.CheckState(value) is not Qt.CheckState.Checked
        name = self.sheets[index.row()].name
        self.without.add(name) if out else self.without.discard(name)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), _WHY))
        self.left.emit(name, out)
        return True


class SheetList(QTableView):
    """Lists the sheets; a box takes each or leaves it out.

    Signals:
        left: the name of a sheet, and whether it is left out.
    """

    left = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheets = _SheetModel(self)
        self.sheets.left.connect(self.left)
        self.setModel(self.sheets)
        self.setAccessibleName(tr("Sheets of the workbook"))
        self.setItemDelegateForColumn(_TAKE, CheckDelegate(self))
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

    def show_book(self, book: Book, without: set[str]) -> None:
        """Show the sheets of a workbook and which of them are left out."""
        self.sheets.show(book, without)
        room = 7 * SPACE
        metrics = self.fontMetrics()
        for column in range(_WHY):
            texts = [str(self.sheets.headerData(column, Qt.Orientation.Horizontal))]
            texts += [str(self.sheets.index(n, column).data() or "") for n in range(len(self.sheets.sheets))]
            self.setColumnWidth(column, max(map(metrics.horizontalAdvance, texts)) + room)
        self.setCurrentIndex(self.sheets.index(0, _SHEET))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() == Qt.Key.Key_Space and current.isValid():
            box = self.sheets.index(current.row(), _TAKE)
            on = box.data(_Role.CheckStateRole) is Qt.CheckState.Checked
            self.sheets.setData(box, Qt.CheckState.Unchecked if on else Qt.CheckState.Checked, _Role.CheckStateRole)
            return
        super().keyPressEvent(event)

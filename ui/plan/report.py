"""A report on the plan: a sentence, a diagram where there is one, and the table of its values."""

from __future__ import annotations

import datetime as dt
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from handover.i18n import tr
from ui.charts.canvas import ChartCanvas
from ui.plan.findings import PlanFinding
from ui.register.grid import clipboard
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE

Index = QModelIndex | QPersistentModelIndex


class FindingModel(QAbstractTableModel):
    """The lines of a report."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.finding = PlanFinding("", (), ())

    def show(self, finding: PlanFinding) -> None:
        """Show another report."""
        self.beginResetModel()
        self.finding = finding
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.finding.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.finding.heads)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.finding.lines[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.finding.heads[section]
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(section)
        return None

    def _side(self, column: int) -> int:
        right = column in self.finding.right and column < len(self.finding.heads) - 1  # the last one is broad
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


class FindingTable(QTableView):
    """The table of a report: Enter or a double click leads to the tasks, Ctrl+C copies the selection.

    Signals:
        opened: keys of tasks.
    """

    opened = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FindingModel(self)
        self.setModel(self.rows)
        role(self, "bare")
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(tokens.ROW)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setHighlightSections(False)
        self.activated.connect(self._open)
        self.doubleClicked.connect(self._open)

    def show_finding(self, finding: PlanFinding) -> None:
        """Show the lines of a report, columns as wide as they need."""
        self.rows.show(finding)
        self.setAccessibleName(finding.sentence)
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(200)
        self.resizeColumnsToContents()
        for column in range(header.count()):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, min(max(self.columnWidth(column) + 16, 70), 380))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the selected lines on the clipboard, all of them with their heads where none is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        lines = self.rows.finding.lines
        block = [list(lines[row].cells) for row in rows] or [
            list(self.rows.finding.heads),
            *(list(x.cells) for x in lines),
        ]
        clipboard.put(block)

    def _open(self, index: QModelIndex) -> None:
        ids = self.rows.finding.lines[index.row()].ids if index.isValid() else ()
        if ids:
            self.opened.emit(list(ids))


class Report(QWidget):
    """One report, as a diagram or as a table.

    Signals:
        opened: keys of the tasks that are wanted.
        mend_wanted: the line whose fault is to be mended.
    """

    opened = Signal(list)
    mend_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE * 2)
        head = QHBoxLayout()
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        role(self.sentence, "secondary")
        head.addWidget(self.sentence, 1)
        self.mend = QPushButton(self)
        self.mend.setIcon(icon("check"))
        self.mend.clicked.connect(self._mend)
        head.addWidget(self.mend)
        self.as_table = QPushButton(tr("Table"), self)
        self.as_table.setIcon(icon("table"))
        self.as_table.setCheckable(True)
        role(self.as_table, "view")
        self.as_table.toggled.connect(self._turn)
        head.addWidget(self.as_table)
        self.copy = QPushButton(tr("Copy"), self)
        self.copy.setIcon(icon("copy"))
        role(self.copy, "view")
        head.addWidget(self.copy)
        column.addLayout(head)
        self.stack = QStackedWidget(self)
        self.diagram = ChartCanvas(self.stack)
        self.table = FindingTable(self.stack)
        self.stack.addWidget(self.diagram)
        self.stack.addWidget(self.table)
        column.addWidget(self.stack, 1)
        self.nothing = QWidget(self)  # keeps the sentence at the top where there are no lines
        column.addWidget(self.nothing, 1)
        self.copy.clicked.connect(self._copy)
        self.diagram.picked.connect(self._open)
        self.table.opened.connect(self.opened)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._offer())
        self.writable = True

    def show_finding(self, finding: PlanFinding) -> None:
        """Show a report."""
        self.sentence.setText(finding.sentence)
        self.table.show_finding(finding)
        self.diagram.show_chart(finding.chart)
        self.diagram.setAccessibleName(finding.sentence)
        self.as_table.setVisible(finding.chart is not None)
        self.copy.setEnabled(bool(finding.lines))
        self._turn()
        self.stack.setVisible(bool(finding.lines))
        self.nothing.setVisible(not finding.lines)
        if any(line.mend for line in finding.lines):
            self.table.selectRow(0)
        self._offer()

    def _mend(self) -> None:
        self.mend_wanted.emit(self.table.currentIndex().row())

    def _offer(self) -> None:
        """Offer what mends the fault of the current line."""
        lines, row = self.table.rows.finding.lines, self.table.currentIndex().row()
        label = lines[row].mend if 0 <= row < len(lines) else ""
        self.mend.setVisible(bool(label) and self.writable)
        self.mend.setText(label.replace("&", "&&"))

    def _open(self, key: tuple[str, ...] | dt.date) -> None:
        """Lead to the tasks of a value of the chart: its own, or those of its day."""
        on = self.table.rows.finding.on
        ids = key if isinstance(key, tuple) else on(key) if on is not None else ()
        if ids:
            self.opened.emit(list(ids))

    def _copy(self) -> None:
        """Copy the table as text, and the diagram as a picture beside it where that is shown."""
        self.table.copy()
        if self.stack.currentWidget() is self.diagram:
            both = QMimeData()
            both.setText(QGuiApplication.clipboard().text())
            both.setImageData(self.diagram.picture())
            QGuiApplication.clipboard().setMimeData(both)

    def _turn(self) -> None:
        drawn = self.table.rows.finding.chart is not None and not self.as_table.isChecked()
        self.stack.setCurrentWidget(self.diagram if drawn else self.table)

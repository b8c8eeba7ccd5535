"""The task tree left of the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from handover.i18n import tr
from ui.plan.delegate import TreeDelegate
from ui.plan.model import Col, PlanModel
from ui.register import clipboard
from ui.register.editors import caret_to_end
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role

#: Height of the head of the tree and of the time scale beside it.
HEAD = 46
#: Widths at first sight.
WIDTHS = {
    Col.NAME: 270,
    Col.DURATION: 80,
    Col.START: 96,
    Col.FINISH: 96,
    Col.PERCENT: 84,
    Col.PREDECESSORS: 130,
    Col.OWNER: 110,
    Col.FLOAT: 76,
    Col.SLIP: 70,
}


class PlanTree(QTableView):
    """Rows with the tasks' names as an outline; every act on them is a signal or goes through the model.

    Signals:
        opened: Enter on a task: its details are wanted.
        toggled: the summary whose parts are to be shown or hidden.
        menu_wanted: a point of the viewport.
        undo_wanted: Ctrl+Z, while ``own_undo`` says that it is about what is being tried out.
    """

    opened = Signal(str)
    toggled = Signal(str)
    menu_wanted = Signal(QPoint)
    undo_wanted = Signal()

    def __init__(self, context: Context, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.own_undo = False
        self.setModel(model)
        role(self, "bare")
        self.delegate = TreeDelegate(context, self)
        self.delegate.left.connect(self._step)
        self.setItemDelegate(self.delegate)
        self.setAccessibleName(tr("Tasks of the plan"))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setTabKeyNavigation(False)
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(tokens.ROW)
        down.setMinimumSectionSize(tokens.ROW)
        across.setFixedHeight(HEAD)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(40)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        return self.state() == QAbstractItemView.State.EditingState

    # -- what is chosen ----------------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """The task of the current row, empty where there is none."""
        row = self.rows.task(self.currentIndex().row())
        return row.id if row else ""

    def selected_ids(self) -> list[str]:
        """The tasks of the selected rows, from the top; the current one where none is selected."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        found = [task.id for task in (self.rows.task(row) for row in rows) if task is not None]
        return found or [key for key in [self.current_id()] if key]

    def copy(self) -> None:
        """Put the selected tasks on the clipboard with the heads of the shown columns; they paste into Excel."""
        columns = [column for column in Col if not self.isColumnHidden(column)]
        across = Qt.Orientation.Horizontal
        block = [[str(self.rows.headerData(column, across)) for column in columns]]
        for row in sorted({index.row() for index in self.selectionModel().selectedRows()}):
            block.append([str(self.rows.index(row, column).data() or "") for column in columns])
        clipboard.put(block)

    def choose(self, ids: list[str], column: int = Col.NAME) -> None:
        """Select tasks and bring the first into view; those that are gone are left out."""
        rows = [row for row in (self.rows.reveal(key) for key in ids) if row >= 0]
        self.selectionModel().clearSelection()
        if not rows:
            return
        self.setCurrentIndex(self.rows.index(rows[0], column))
        flags = self.selectionModel().SelectionFlag
        for row in rows[1:]:
            self.selectionModel().select(self.rows.index(row, 0), flags.Select | flags.Rows)
        seen = 0 <= self.visualRect(self.rows.index(rows[0], column)).center().y() <= self.viewport().height()
        hint = QAbstractItemView.ScrollHint
        # What is in view stays where it is; what has to be fetched comes with its neighbours.
        self.scrollTo(self.rows.index(rows[0], column), hint.EnsureVisible if seen else hint.PositionAtCenter)

    # -- keys and mouse ----------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._undoes(event):
            event.accept()  # before the window's undo, which is about what is stored
            return True
        return super().event(event)

    def _undoes(self, event: QKeyEvent) -> bool:
        return self.own_undo and event.matches(QKeySequence.StandardKey.Undo)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._undoes(event):
            self.undo_wanted.emit()
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        row = self.rows.task(self.currentIndex().row())
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if row is not None and plain:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.opened.emit(row.id)
                return
            if event.key() == Qt.Key.Key_Escape and self.rows.forgive(row.id, self.currentIndex().column()):
                return
            closed = row.id in self.rows.collapsed
            signs = {Qt.Key.Key_Plus: closed, Qt.Key.Key_Minus: not closed}
            if row.summary and event.text() in "+-" and signs.get(Qt.Key(event.key()), False):
                self.toggled.emit(row.id)
                return
            if event.text() in ("+", "-") and self.currentIndex().column() == Col.NAME:
                return  # not the beginning of a name
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_arrow(event.position().toPoint()):
            row = self.rows.task(self.indexAt(event.position().toPoint()).row())
            if row is not None:
                self.toggled.emit(row.id)
            return
        super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._on_arrow(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:  # Any: Qt's two forms of it
        if trigger is None:
            return super().edit(index)
        begun = super().edit(index, trigger, event)
        if begun and trigger in (self.EditTrigger.EditKeyPressed, self.EditTrigger.DoubleClicked):
            caret_to_end(self)
        return begun

    def _on_arrow(self, point: QPoint) -> bool:
        index = self.indexAt(point)
        row = self.rows.task(index.row())
        if row is None or not row.summary or index.column() != Col.NAME:
            return False
        return self.delegate.arrow_at(self.visualRect(index), row.depth).contains(point)

    def _step(self, columns: int, rows: int) -> None:
        """Go on from a cell that was edited, skipping what can't be."""
        index = self.currentIndex()
        row = min(max(index.row() + rows, 0), self.rows.rowCount() - 1)
        column = index.column() + columns
        while columns and 0 <= column < len(Col):
            if self.rows.flags(self.rows.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                break
            column += columns
        if 0 <= column < len(Col):
            self.setCurrentIndex(self.rows.index(row, column))

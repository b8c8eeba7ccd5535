"""The task tree left of the chart."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from handover.i18n import tr
from ui.plan.columns import USUAL, WIDTHS, Col
from ui.plan.delegate import TreeDelegate
from ui.plan.model import PlanModel
from ui.register.grid import clipboard
from ui.register.grid.editors import caret_to_end
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role

Index = QModelIndex | QPersistentModelIndex

#: Width of the numbers of the rows.
_NUMBERS = 44
#: Height of the head of the tree and of the time scale beside it.
HEAD = 46


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

    #: Qt calls some of the overridden methods before the tree is made.
    frozen: FrozenName | None = None

    def __init__(self, context: Context, model: PlanModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.context = context
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
        down.setFixedWidth(_NUMBERS)
        down.setHighlightSections(False)
        down.setAccessibleName(tr("Row numbers"))
        self.setCornerButtonEnabled(False)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(tokens.ROW)
        down.setMinimumSectionSize(tokens.ROW)
        across.setFixedHeight(HEAD)
        across.setHighlightSections(False)
        across.setMinimumSectionSize(40)
        for column, width in WIDTHS.items():
            self.setColumnWidth(column, width)
            self.setColumnHidden(column, column not in USUAL)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_wanted)

    @property
    def editing(self) -> bool:
        """Whether a cell is being edited."""
        typing = QAbstractItemView.State.EditingState
        return self.state() == typing or (self.frozen is not None and self.frozen.state() == typing)

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
        if not self.press_arrow(self, event):
            super().mousePressEvent(event)

    def press_arrow(self, view: QTableView, event: QMouseEvent) -> bool:
        """Fold or unfold the summary whose arrow was pressed in one of the two views; whether one was."""
        point = event.position().toPoint()
        if event.button() != Qt.MouseButton.LeftButton or not self._on_arrow(point, view):
            return False
        row = self.rows.task(view.indexAt(point).row())
        if row is not None:
            self.toggled.emit(row.id)
        return True

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if not self._on_arrow(event.position().toPoint()):
            super().mouseDoubleClickEvent(event)

    def edit(self, index: Any, trigger: Any = None, event: Any = None) -> Any:  # Any: Qt's two forms of it
        view: QTableView = self
        if self.frozen is not None and self.frozen.isVisible() and index.column() == Col.NAME:
            view = self.frozen
        if trigger is None:
            QTableView.edit(view, index)
            return None
        begun = QTableView.edit(view, index, trigger, event)
        if begun and trigger in (self.EditTrigger.EditKeyPressed, self.EditTrigger.DoubleClicked):
            caret_to_end(view)
        return begun

    def hold_name(self) -> None:
        """Keep the names in place while the other columns scroll sideways."""
        self.frozen = FrozenName(self)

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if self.frozen is None or not before:
            return
        if index.column() == Col.NAME:
            bar.setValue(before)
        elif (under := self.columnWidth(Col.NAME) - self.visualRect(index).left()) > 0:
            bar.setValue(bar.value() - under)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.frozen is not None:
            self.frozen.lay_out()

    def _on_arrow(self, point: QPoint, view: QTableView | None = None) -> bool:
        view = view or self
        index = view.indexAt(point)
        row = self.rows.task(index.row())
        if row is None or not row.summary or index.column() != Col.NAME:
            return False
        return self.delegate.arrow_at(view.visualRect(index), row.depth).contains(point)

    def _step(self, columns: int, rows: int) -> None:
        """Go on from a cell that was edited, skipping what can't be."""
        index = self.currentIndex()
        row = min(max(index.row() + rows, 0), self.rows.rowCount() - 1)
        column = index.column() + columns
        while columns and 0 <= column < len(Col):
            if self.isColumnHidden(column):
                column += columns
                continue
            if self.rows.flags(self.rows.index(row, column)) & Qt.ItemFlag.ItemIsEditable:
                break
            column += columns
        if 0 <= column < len(Col):
            self.setCurrentIndex(self.rows.index(row, column))


class FrozenName(QTableView):
    """The names of the tasks over the left of the tree, while that is scrolled sideways; it takes no focus."""

    def __init__(self, tree: PlanTree) -> None:
        super().__init__(tree)
        self._tree = tree
        role(self, "bare")
        self.setModel(tree.model())
        self.setSelectionModel(tree.selectionModel())
        self.cells = TreeDelegate(tree.context, self, shown_in=tree)
        self.cells.left.connect(tree._step)
        self.setItemDelegate(self.cells)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(tree)
        self.setSelectionBehavior(tree.selectionBehavior())
        self.setSelectionMode(tree.selectionMode())
        self.setEditTriggers(tree.editTriggers())
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setVerticalScrollMode(tree.verticalScrollMode())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setStyleSheet("QTableView { border: 0; }")
        self.setAccessibleName(tree.accessibleName())
        down, across = self.verticalHeader(), self.horizontalHeader()
        down.hide()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(tokens.ROW)
        down.setMinimumSectionSize(tokens.ROW)
        across.setFixedHeight(HEAD)
        across.setHighlightSections(False)
        across.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for column in tuple(Col)[1:]:
            self.setColumnHidden(column, True)
        tree.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        self.verticalScrollBar().valueChanged.connect(tree.verticalScrollBar().setValue)
        tree.horizontalScrollBar().valueChanged.connect(self.lay_out)
        tree.horizontalHeader().sectionResized.connect(self.lay_out)
        tree.rows.modelReset.connect(self.lay_out)
        self.hide()

    def lay_out(self, *_: Any) -> None:  # Any: what a signal brings along
        """Lie over the names, only while they are scrolled away and there is room for more."""
        tree = self._tree
        wide = tree.columnWidth(Col.NAME)
        if not tree.horizontalScrollBar().value() or wide > tree.viewport().width() * 0.8:
            self.hide()
            return
        self.setColumnWidth(Col.NAME, wide)
        corner = tree.verticalHeader().width() + tree.frameWidth()
        self.setGeometry(corner, tree.frameWidth(), wide, tree.viewport().height() + HEAD)
        self.verticalScrollBar().setValue(tree.verticalScrollBar().value())
        self.show()
        self.raise_()

    def closeEditor(self, editor: QWidget, hint: Any) -> None:  # Any: the delegate's own enumeration
        super().closeEditor(editor, hint)
        if not self._tree.hasFocus():
            self._tree.setFocus()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._tree.press_arrow(self, event):
            super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._tree.wheelEvent(event)

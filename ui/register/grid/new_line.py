"""The empty last line of a register: typing into it makes a row, pasting into it many; it is always in sight."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from handover.errors import HandoverError, NotValid
from handover.i18n import tr
from handover.registers import show
from handover.registers.acts import editing
from handover.registers.declare import Field
from ui.register.details import draft
from ui.register.grid import cells, clipboard
from ui.register.grid.choices import Chosen, choices
from ui.register.grid.editors import CELL, LineEdit
from ui.register.grid.model import RegisterModel
from ui.register.grid.table import RegisterTable
from ui.register.grid.typed import stored
from ui.shell.keyboard import ENTER
from ui.theme import tokens
from ui.theme.style import role

Index = QModelIndex | QPersistentModelIndex


class NewRow(QAbstractTableModel):
    """What was typed of a row that isn't in the register yet.

    Signals:
        refused: why the row, or a cell of it, can't be taken.
        made: the key of the row that came in.
    """

    refused = Signal(str)
    made = Signal(str)

    def __init__(self, rows: RegisterModel, parent: QObject) -> None:
        super().__init__(parent)
        self.rows = rows
        self.typed: dict[str, str | Chosen] = {}
        self.faults: dict[str, str] = {}
        #: What filters and owners say of every row.
        self.given: dict[str, Any] = {}  # Any: what each field holds
        rows.modelReset.connect(self._renew)

    def _renew(self) -> None:
        self.beginResetModel()
        self.endResetModel()

    @property
    def begun(self) -> bool:
        """Whether anything was typed."""
        return bool(self.typed)

    def drop(self) -> None:
        """Forget what was typed."""
        self.typed, self.faults = {}, {}
        self._touch()

    def add(self) -> bool:
        """Put the row into the register; whether it is there. What is missing or wrong is said at its cell."""
        context, register = self.rows.context, self.rows.register
        values = draft.initial(register, self.given)
        self.faults = {}
        for key, typed in self.typed.items():
            try:
                values[key] = stored(context, register[key], typed)
            except HandoverError as error:
                self.faults[key] = str(error)
        if not self.faults:
            try:
                row = editing.add(context.workspace, register, context.project.id, values)
            except NotValid as error:
                self.faults[error.field] = str(error)
            except HandoverError as error:
                self.faults[""] = str(error)
            else:
                self.drop()
                self.made.emit(row)
                return True
        self._touch()
        self.refused.emit(next(iter(self.faults.values())))
        return False

    def _touch(self) -> None:
        if self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(0, self.columnCount() - 1))

    def field(self, column: int) -> Field:
        """The field of a column."""
        return self.rows.fields[column]

    def takes(self, column: int) -> bool:
        """Whether something can be typed: what follows, and the state, come by themselves."""
        field = self.field(column)
        return self.rows.editable and not field.computed and field.lifecycle is None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        field = self.field(index.column())
        typed = self.typed.get(field.field, "")
        text = show.text(field, typed.value) if isinstance(typed, Chosen) else typed
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.faults.get(field.field)
        if role == Qt.ItemDataRole.BackgroundRole and field.field in self.faults:
            return tokens.colour("danger_soft")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return cells.alignment(field)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            value = self.faults.get(field.field) or text or tr("empty")
            return tr("New row, {column}: {value}", column=field.label, value=value)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical and role == Qt.ItemDataRole.DisplayRole:
            return tr("New")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
        return flags | Qt.ItemFlag.ItemIsEditable if index.isValid() and self.takes(index.column()) else flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Any: text or Chosen
        key = self.field(index.column()).field
        if isinstance(value, str) and not value.strip():
            self.typed.pop(key, None)
        else:
            self.typed[key] = value
        self.faults.pop(key, None)
        self._touch()
        return True


class NewLine(QTableView):
    """The line below a table, column under column.

    Signals:
        block_pasted: rows to be appended, and the column where they begin.
        left: up into the rows: the column.
    """

    block_pasted = Signal(object, int)
    left = Signal(int)

    def __init__(self, table: RegisterTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.new = NewRow(table.rows, self)
        self.setModel(self.new)
        role(self, "bare")
        self.setItemDelegate(_NewCells(self))
        self.setAccessibleName(tr("New row of {register}", register=table.rows.register.label))
        self.setToolTip(tr("Type here to add a row, or paste rows; Enter adds it."))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setEditTriggers(table.editTriggers())
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        sides = self.verticalHeader()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setHighlightSections(False)
        sides.setAccessibleName(tr("New row"))
        table.head.sectionResized.connect(self.lay_out)
        table.rows.modelReset.connect(self.lay_out)
        table.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(table.horizontalScrollBar().setValue)
        table.laid_out.connect(self.lay_out)
        self.lay_out()

    def lay_out(self, *_: Any) -> None:  # Any: what a signal brings along
        """Put each cell under its column, as high as the rows are."""
        if self.verticalHeader().defaultSectionSize() != self._table.row_height:
            self.verticalHeader().setMinimumSectionSize(self._table.row_height)
            self.verticalHeader().setDefaultSectionSize(self._table.row_height)
            self.setFixedHeight(self._table.row_height + 2)
        self.verticalHeader().setFixedWidth(max(40, self._table.verticalHeader().width()))
        bar = self._table.verticalScrollBar()
        self.setViewportMargins(0, 0, bar.width() if bar.isVisible() else 0, 0)
        for column in range(self.new.columnCount()):
            self.setColumnWidth(column, self._table.columnWidth(column))
        self.horizontalScrollBar().setValue(self._table.horizontalScrollBar().value())

    def enter(self, column: int) -> None:
        """Come in from above."""
        self.setFocus()
        self.go_to(column)

    def go_to(self, column: int) -> None:
        """Make a cell the current one."""
        self.setCurrentIndex(self.new.index(0, max(0, min(column, self.new.columnCount() - 1))))

    def finish(self) -> None:
        """Add the row where it can be; the first cell is next, or that which is wrong."""
        if not self.new.begun:
            return
        if self.new.add():
            self.go_to(0)
            return
        wrong = next((n for n in range(self.new.columnCount()) if self.new.field(n).field in self.new.faults), -1)
        if wrong >= 0:
            self.go_to(wrong)

    def step(self, columns: int) -> None:
        """Go some cells further, past those that take nothing."""
        column = self.currentIndex().column() + columns
        while 0 <= column < self.new.columnCount() and not self.new.takes(column):
            column += 1 if columns > 0 else -1
        if 0 <= column < self.new.columnCount():
            self.go_to(column)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            ours = (*ENTER, Qt.Key.Key_Delete)
            if event.matches(QKeySequence.StandardKey.Paste) or event.key() in ours:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, column = event.key(), self.currentIndex().column()
        if event.matches(QKeySequence.StandardKey.Paste):
            block = clipboard.parse(clipboard.take() or "")
            if block:
                self.block_pasted.emit(block, max(0, column))
        elif key in ENTER:
            self.finish()
        elif key == Qt.Key.Key_Up:
            self.left.emit(max(0, column))
        elif key == Qt.Key.Key_Escape:
            self.new.drop() if self.new.begun else self.left.emit(max(0, column))
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and column >= 0:
            self.new.setData(self.currentIndex(), "")
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.step(-1 if key == Qt.Key.Key_Backtab else 1)
        else:
            super().keyPressEvent(event)


class _NewCells(QStyledItemDelegate):
    """Opens the editor that fits a field, and goes on from it."""

    def __init__(self, line: NewLine) -> None:
        super().__init__(line)
        self._line = line

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        field = self._line.new.field(index.column())
        line = LineEdit(choices(self._line.new.rows.context, field), parent)
        line.setFrame(False)
        line.settled.connect(lambda: self._finish(line, 0, add=False))
        QTimer.singleShot(0, line, line.open_first)
        line.setObjectName(CELL)
        line.setAccessibleName(field.label)
        line.setStyleSheet("#cell { border-radius: 0; padding: 0 5px; margin: 0; }")
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        if isinstance(editor, LineEdit) and not editor.property("filled"):
            editor.setProperty("filled", True)
            editor.fill(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        if isinstance(editor, LineEdit):
            model.setData(index, editor.typed())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(editor, LineEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and editor.offering:
                editor.close_list()
                return True
            if event.key() in ENTER:
                self._finish(editor, 0, add=True)
                return True
            if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
                self._finish(editor, -1 if event.key() == Qt.Key.Key_Backtab else 1, add=False)
                return True
        return super().eventFilter(editor, event)

    def _finish(self, editor: LineEdit, columns: int, *, add: bool) -> None:
        editor.take_marked()
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QStyledItemDelegate.EndEditHint.NoHint)
        if columns:
            self._line.step(columns)
        if add:
            self._line.finish()

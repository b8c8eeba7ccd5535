"""The table of a register: keys as in Excel, first columns that stay in place, a reason beside what was refused."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QLabel, QWidget

from handover.i18n import tr
from handover.registers.declare import Field
from ui.register.grid.cells import mattering_fields
from ui.register.grid.delegate import CellDelegate
from ui.register.grid.editors import caret_to_end
from ui.register.grid.frozen import FrozenColumns
from ui.register.grid.header import ColumnHeader
from ui.register.grid.keys import KeyedTable
from ui.register.grid.model import RegisterModel
from ui.register.stepping.steps import LOOKED_AT, RowsInHand
from ui.shell.context import Context
from ui.theme import tokens
from ui.theme.style import role

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_CTRL, _SHIFT, _ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)

#: What opens a cell to be changed, rather than to be typed anew.
_AT_THE_END = (QAbstractItemView.EditTrigger.EditKeyPressed, QAbstractItemView.EditTrigger.DoubleClicked)
#: To what width columns give room to others: a text, and an entry of a list, which its code begins.
_READABLE, _CODED = 130, 96
_WIDEST, _NARROWEST, _MEASURED = 340, 64, 60


def row_height(context: Context) -> int:
    """How high the rows of registers are to be, in pixels."""
    return tokens.ROWS.get(str(context.settings.get("rows", "")), tokens.ROW)


def _least(field: Field) -> float:
    """How narrow a column of the field may be where it needs more: a text, the name of a row, an entry of a list."""
    if field.pick:
        return _CODED
    return _READABLE if field.kind.wordy or field.links else math.inf


class RegisterTable(KeyedTable):
    """Shows a ``RegisterModel``.

    Signals:
        settled: the editor of a cell was closed.
        laid_out: heads, sides or columns have another size.
        column_resized: a field and its new width, by the user's hand.
    """

    settled = Signal()
    column_resized = Signal(str, int)
    laid_out = Signal()

    #: Qt calls several of the overridden methods before the table is made.
    _whole = False

    def __init__(self, model: RegisterModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = model
        self.head = ColumnHeader(self)
        self.setHorizontalHeader(self.head)
        self.head.sort_only()
        self._reason = QLabel(self.viewport())
        self._reason.setTextFormat(Qt.TextFormat.PlainText)
        self._reason.setWordWrap(True)
        self._reason.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._reason.setFrameShape(QFrame.Shape.NoFrame)
        role(self._reason, "reason")
        self._reason.hide()
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setAccessibleName(model.register.label)
        sides = self.verticalHeader()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setHighlightSections(False)
        sides.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        sides.setAccessibleName(tr("References"))
        self._cells = self._draw_cells_of(self)
        self.frozen = FrozenColumns(self)
        self._draw_cells_of(self.frozen)
        self.frozen.settled.connect(self.settled)
        self._widths: dict[str, int] = {}
        self._content: list[int] = []
        self._own_resize = False
        self.head.sectionResized.connect(self._resized)
        self.horizontalScrollBar().valueChanged.connect(self._reason.hide)
        self.verticalScrollBar().valueChanged.connect(self._reason.hide)
        self._whole = True
        self.take_height()
        model.context.rows_changed.connect(self.take_height)
        model.refused.connect(self._explain)
        model.modelReset.connect(self._reason.hide)

    def _draw_cells_of(self, view: QAbstractItemView) -> CellDelegate:
        """Let one of the two views draw and edit its cells."""
        cells = CellDelegate(self.rows, view)
        cells.left.connect(self.step)
        cells.folded.connect(lambda row: self.fold_wanted.emit(row, None))
        view.setItemDelegate(cells)
        return cells

    @Slot()
    def take_height(self) -> None:
        """Show rows as high as the user has chosen."""
        self.row_height = row_height(self.rows.context)
        for view in (self, self.frozen):
            view.verticalHeader().setMinimumSectionSize(self.row_height)
            view.verticalHeader().setDefaultSectionSize(self.row_height)
        self.laid_out.emit()

    # -- where the user is ----------------------------------------------------------------------------------------

    @property
    def editing(self) -> bool:
        """Whether a cell is being typed into."""
        typing = QAbstractItemView.State.EditingState
        return self.state() == typing or self.frozen.state() == typing

    def finish_editing(self) -> None:
        """Take what is being typed into a cell, as leaving the cell does."""
        if self.editing:
            self.viewport().setFocus()
            self.setFocus()

    def block(self) -> tuple[Sequence[int], list[int]]:
        """The rows and columns that the selection spans; the current cell where nothing is selected."""
        ranges = self.selectionModel().selection()
        if ranges.count() == 1:
            only = ranges.at(0)
            return range(only.top(), only.bottom() + 1), list(range(only.left(), only.right() + 1))
        rows: set[int] = set()
        columns: set[int] = set()
        for each in (ranges.at(n) for n in range(ranges.count())):
            rows.update(range(each.top(), each.bottom() + 1))
            columns.update(range(each.left(), each.right() + 1))
        if not rows and self.currentIndex().isValid():
            rows, columns = {self.currentIndex().row()}, {self.currentIndex().column()}
        return sorted(rows), sorted(columns)

    def in_hand(self) -> RowsInHand:
        """The selected rows, as steps are taken on them."""
        rows, _ = self.block()
        rows = self.rows.true_rows([r for r in rows if 0 <= r < self.rows.rowCount()])
        numbers, first = self.rows.numbers(rows), rows[:LOOKED_AT]
        ids = [row.id for row in self.rows.rows(first, ())]
        every = lambda: [row.id for row in self.rows.fetch(numbers, ())]  # noqa: E731 - asked for only when a step is taken
        return RowsInHand(tuple(ids), self.rows.states(first), len(rows), every)

    def under_current(self) -> QPoint:
        """The point of the screen below the current cell, where its menu opens."""
        rect = self.visualRect(self.currentIndex())
        return self.viewport().mapToGlobal(rect.bottomLeft())

    def go_to(self, row: int, column: int = -1, *, select: bool = True) -> None:
        """Make a cell the current one and bring it into view."""
        column = max(0, self.currentIndex().column()) if column < 0 else column
        index = self.rows.index(row, min(column, self.rows.columnCount() - 1))
        if index.isValid():
            flag = _Flag.ClearAndSelect if select else _Flag.NoUpdate
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def select_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Select a rectangle of cells."""
        corners = self.rows.index(top, left), self.rows.index(bottom, right)
        self.selectionModel().select(QItemSelection(*corners), _Flag.ClearAndSelect)

    def step(self, columns: int, rows: int) -> None:
        """Go some cells further, as Tab and Enter do."""
        if not columns and not rows:
            return
        here = self.currentIndex()
        row, column = here.row() + rows, here.column() + columns
        wide = self.rows.columnCount()
        if column >= wide:
            row, column = row + 1, 0
        elif column < 0:
            row, column = row - 1, wide - 1
        last, way = self.rows.rowCount() - 1, 1 if row >= here.row() else -1
        while 0 < row < last and row != here.row() and self.rows.head(row) is not None:
            row += way  # what goes on typing goes on to rows
        row = max(0, min(row, last))
        self.go_to(row, max(0, min(column, wide - 1)))

    # -- columns --------------------------------------------------------------------------------------------------

    def fit(self, widths: dict[str, int]) -> None:
        """Give every column the width that the user gave it, or else what its content needs."""
        self._widths = dict(widths)
        self._own_resize = True
        self._content = [self._widths.get(f.field) or self._needed(n) for n, f in enumerate(self.rows.fields)]
        self._own_resize = False
        self._squeeze()
        self.frozen.lay_out()

    def _squeeze(self) -> None:
        if len(self._content) != len(self.rows.fields):  # other columns are on their way in
            return
        self._own_resize = True
        for column, width in enumerate(self._squeezed(self._content)):
            self.setColumnWidth(column, width)
        self._own_resize = False

    def _squeezed(self, needed: list[int]) -> list[int]:
        """Texts give room, so that state, owner and the day by which a row is due are in sight; no own width does."""
        mattering = mattering_fields(self.rows.register)
        last = max((n for n, f in enumerate(self.rows.fields) if f.field in mattering), default=-1)
        over = sum(needed[: last + 1]) - self.viewport().width()
        if last < 0 or over <= 0:
            return needed
        gives = [
            max(0.0, wide - _least(field)) if n < last and field.field not in self._widths else 0.0
            for n, (field, wide) in enumerate(zip(self.rows.fields, needed, strict=True))
        ]
        share = min(1.0, over / sum(gives)) if any(gives) else 0.0
        return [wide - math.ceil(given * share) for wide, given in zip(needed, gives, strict=True)]

    def fit_column(self, column: int) -> None:
        """Give a column what its content needs."""
        self.setColumnWidth(column, self._needed(column))

    def freeze(self, columns: int) -> None:
        """Keep the first columns in place when scrolling sideways."""
        self.frozen.hold(columns)

    def sizeHintForColumn(self, column: int) -> int:
        return self._needed(column)

    def _needed(self, column: int) -> int:
        head = self.head.fontMetrics().horizontalAdvance(self.rows.headerData(column, Qt.Orientation.Horizontal)) + 46
        metrics = self.fontMetrics()
        some = range(min(self.rows.rowCount(), _MEASURED))
        widest = max((self._cells.width(self.rows.index(r, column), metrics) for r in some), default=_NARROWEST)
        return max(head, min(max(widest, _NARROWEST), _WIDEST))

    def _resized(self, section: int, _old: int, new: int) -> None:
        self.frozen.lay_out()
        if not self._own_resize and section < len(self.rows.fields) and new > 0:
            self._widths[self.rows.fields[section].field] = new
            if section < len(self._content):
                self._content[section] = new
            self.column_resized.emit(self.rows.fields[section].field, new)

    # -- editing --------------------------------------------------------------------------------------------------

    def edit(self, index: Index, trigger: Any = None, event: Any = None) -> Any:  # Any: Qt's two forms of it
        held = index.isValid() and self.frozen.holds(index.column()) and bool(self.horizontalScrollBar().value())
        if trigger is None:
            return self.frozen.edit(index) if held else super().edit(index)
        begun = self.frozen.edit(index, trigger, event) if held else super().edit(index, trigger, event)
        if begun and trigger in _AT_THE_END:
            caret_to_end(self.frozen if held else self)
        return begun

    def closeEditor(self, editor: QWidget, hint: Any) -> None:  # Any: the delegate's own enumeration
        super().closeEditor(editor, hint)
        self.settled.emit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._whole:
            return
        self._reason.hide()
        if current.isValid() and self.rows.fault(current) is not None:
            self._explain(current)
        # The whole row of the current cell is tinted, so both rows must be painted.
        self.viewport().update()
        self.frozen.viewport().update()

    def _explain(self, index: Index) -> None:
        """Say beside a cell why it could not take what was typed, in nobody's way."""
        fault = self.rows.fault(index)
        if fault is None:
            return
        rect = self.visualRect(index)
        self._reason.setText(fault.reason)
        self._reason.setFixedWidth(max(240, min(360, rect.width())))
        self._reason.adjustSize()
        below = rect.bottomLeft() + QPoint(0, 2)
        if below.y() + self._reason.height() > self.viewport().height():
            below = rect.topLeft() - QPoint(0, self._reason.height() + 2)
        below.setX(max(0, min(below.x(), self.viewport().width() - self._reason.width())))
        self._reason.move(below)
        self._reason.show()
        self._reason.raise_()

    # -- scrolling beside the frozen columns ------------------------------------------------------------------------

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self._whole:
            return
        if self.frozen.holds(index.column()):
            bar.setValue(before)
            return
        hidden = self.frozen.breadth() - self.visualRect(index).left()
        if hidden > 0:
            bar.setValue(bar.value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._whole:
            if event.size().width() != event.oldSize().width():
                self._squeeze()
            self.frozen.lay_out()

    def updateGeometries(self) -> None:
        super().updateGeometries()
        if self._whole:
            self.frozen.lay_out()
            self.laid_out.emit()

"""The Gantt view: the task tree and the chart side by side, sharing rows, scroll and selection."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QItemSelection, Qt, QTimer, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from handover.plan.schedule import Schedule
from handover.plan.timescale import Scale
from handover.registers.scheduling.chart import Chart
from ui.plan.chart import GanttChart
from ui.plan.columns import SLIPS, USUAL, WIDTHS, Col
from ui.plan.model import PlanModel
from ui.plan.tree import PlanTree
from ui.shell.page import Context, kept_place

_SPLIT, _WIDTHS, _COLUMNS = "page/plan/split", "page/plan/widths", "page/plan/columns"
#: How much of the width the tasks get at first sight, and the widest that their names come to by themselves.
_SHARE, _WIDEST_NAME = 0.5, 420


class GanttView(QSplitter):
    """Tree and chart; what is chosen in one is chosen in the other.

    Signals:
        chosen: another selection: keys of tasks.
    """

    chosen = Signal(list)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._context = context
        self.model = PlanModel(self)
        self.tree = PlanTree(context, self.model, self)
        self.tree.hold_name()
        self.chart = GanttChart(self.model, self)
        self.addWidget(self.tree)
        self.addWidget(self.chart)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(5)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.tree.setMinimumWidth(160)
        self.chart.setMinimumWidth(200)
        kept = context.settings.get(_COLUMNS)
        self.columns = {Col(each) for each in kept if each in list(Col)} if isinstance(kept, list) else set(USUAL)
        self._baseline = False
        self._waiting: Chart | None = None
        self._fitted = False
        self._scale: Scale | None = None
        left = self.tree.verticalScrollBar()
        right = self.chart.verticalScrollBar()
        left.valueChanged.connect(right.setValue)
        right.valueChanged.connect(left.setValue)
        self.chart.chosen.connect(self._clicked)
        self.chart.previewed.connect(self.model.show_preview)
        self.tree.selectionModel().selectionChanged.connect(self._selected)
        self.tree.toggled.connect(self.toggle)
        self.tree.delegate.closeEditor.connect(lambda *_: QTimer.singleShot(0, self, self._catch_up))
        self.splitterMoved.connect(lambda *_: context.settings.put(_SPLIT, self.sizes()))
        self.tree.horizontalHeader().sectionResized.connect(self._resized)
        self._restore_sizes()

    # -- what is shown -----------------------------------------------------------------------------------------------

    def show_chart(self, chart: Chart) -> None:
        """Show a plan; selection, scroll and zoom stay. While a cell is edited, other rows wait until that is done."""
        if self.model.keeps_rows(chart):
            self.model.show_chart(chart)
            self._show_columns(bool(chart.baseline))
            return
        if self.tree.editing:
            self._waiting = chart
            return
        self._waiting = None
        ids, column = self.tree.selected_ids(), max(self.tree.currentIndex().column(), 0)
        top = self.tree.verticalScrollBar().value()
        self.model.show_chart(chart)
        self._show_columns(bool(chart.baseline))
        self._widen_names()
        alive = [id for id in ids if id in chart.node and chart.node[id] not in self.model.visible.hidden]
        if alive:
            self.tree.choose(alive, column)
        self.tree.verticalScrollBar().setValue(top)
        if not self._fitted and chart.rows and self.chart.viewport().width() > 100 and self.isVisible():
            self.fit_first()

    def _show_columns(self, baseline: bool) -> None:
        """Show the columns that are wanted; a slip needs a baseline to be measured against."""
        self._baseline = baseline
        for column in Col:
            wanted = column in self.columns and (column not in SLIPS or baseline)
            self.tree.setColumnHidden(column, not wanted)

    def choose_columns(self, columns: Iterable[Col]) -> None:
        """Show these columns beside the bars from now on, in every start; the names always."""
        self.columns = {Col.NAME, *columns}
        self._context.settings.put(_COLUMNS, sorted(int(each) for each in self.columns))
        self._show_columns(self._baseline)

    def _widen_names(self) -> None:
        """Until the user has sized the columns, names have the width that they need, and durations stay in sight."""
        tree = self.tree
        sized = self._kept_widths() not in (None, [WIDTHS[column] for column in Col])
        if sized or self.model.chart is None or not self.model.chart.rows:
            return
        room = tree.viewport().width() - tree.columnWidth(Col.DURATION)
        wanted = min(tree.sizeHintForColumn(Col.NAME), room, _WIDEST_NAME)
        head = tree.horizontalHeader()
        head.blockSignals(True)  # it isn't the user who sizes them
        tree.setColumnWidth(Col.NAME, max(WIDTHS[Col.NAME], wanted))
        head.blockSignals(False)
        if tree.frozen is not None:
            tree.frozen.lay_out()

    def fit_first(self) -> None:
        """At first sight the whole plan fits into the width, unless the zoom was remembered."""
        if self.model.chart is not None and self.model.chart.rows and not self._fitted:
            self._fitted = True
            if self._scale is not None:
                self.chart.set_scale(self._scale)
            else:
                self.chart.fit()

    def showEvent(self, event: Any) -> None:  # Any: Qt's own
        super().showEvent(event)
        self.fit_first()

    def show_preview(self, preview: Schedule | None) -> None:
        """Show the dates of another schedule."""
        self.model.show_preview(preview)

    def choose(self, ids: list[str]) -> None:
        """Select tasks and bring the first into view in both halves."""
        self.tree.choose(ids)
        if ids:
            self.chart.bring(ids[0])

    def toggle(self, id: str) -> None:
        """Show or hide the parts of a summary."""
        self.collapse(self.model.collapsed ^ {id})
        self.tree.choose([id])

    def collapse(self, collapsed: set[str]) -> None:
        """Collapse these summaries and no others."""
        chosen = self.tree.selected_ids()
        self.model.set_collapsed(collapsed)
        if self.model.chart is not None:
            hidden = self.model.visible.hidden
            self.tree.choose([id for id in chosen if self.model.chart.node.get(id, -1) not in hidden][:1])
        self._mark()

    def fold_all(self) -> None:
        """Collapse every summary."""
        if self.model.chart is not None:
            self.collapse({row.id for row in self.model.chart.rows if row.summary})

    def unfold_all(self) -> None:
        """Expand every summary."""
        self.collapse(set())

    # -- state -------------------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Zoom, scroll, what is collapsed, and the current task."""
        return {
            "scale": [self.chart.scale.origin, self.chart.scale.per] if self._fitted else None,
            "top": self.tree.verticalScrollBar().value(),
            "collapsed": sorted(self.model.collapsed),
            "row": self.tree.current_id(),
        }

    def restore(self, state: Any) -> None:  # Any: a mapping of the same
        """Go where ``state`` says."""
        scale = state.get("scale")
        if scale and len(scale) == 2 and scale[1]:
            self._scale = Scale(float(scale[0]), float(scale[1]))
            if self._fitted:
                self.chart.set_scale(self._scale)
        if "collapsed" in state:
            self.collapse(set(state["collapsed"]))
        if "top" in state:
            self.tree.verticalScrollBar().setValue(kept_place(state["top"]))

    def _catch_up(self) -> None:
        if self._waiting is not None and not self.tree.editing:
            self.show_chart(self._waiting)

    # -- within ------------------------------------------------------------------------------------------------------

    def _clicked(self, id: str, keys: Qt.KeyboardModifier) -> None:
        row = self.model.reveal(id)
        index = self.model.index(row, Col.NAME)
        self.tree.setFocus()
        picked = self.tree.selectionModel()
        flags = picked.SelectionFlag
        if keys & Qt.KeyboardModifier.ControlModifier:
            picked.setCurrentIndex(index, flags.Toggle | flags.Rows)
        elif keys & Qt.KeyboardModifier.ShiftModifier and self.tree.currentIndex().isValid():
            first = self.tree.currentIndex().row()
            block = QItemSelection(self.model.index(min(first, row), 0), self.model.index(max(first, row), 0))
            picked.select(block, flags.ClearAndSelect | flags.Rows)
        else:
            picked.setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def _selected(self) -> None:
        self._mark()
        self.chosen.emit(self.tree.selected_ids())

    def _mark(self) -> None:
        rows = {index.row() for index in self.tree.selectionModel().selectedRows()}
        self.chart.choose(frozenset(rows))

    def _resized(self, _column: int, before_width: int, width: int) -> None:
        if not before_width or not width:  # it was shown or hidden, not sized
            return
        before = self._kept_widths() or [WIDTHS[column] for column in Col]
        now = [self.tree.columnWidth(column) or width for column, width in zip(Col, before, strict=True)]
        self._context.settings.put(_WIDTHS, now)

    def _kept_widths(self) -> list[int] | None:
        """The widths that the user gave the columns; those that came later have theirs of the first sight."""
        kept = self._context.settings.get(_WIDTHS)
        if not isinstance(kept, list) or not kept or len(kept) > len(Col):
            return None
        return [*kept, *(WIDTHS[column] for column in tuple(Col)[len(kept) :])]

    def _restore_sizes(self) -> None:
        if widths := self._kept_widths():
            for column, width in zip(Col, widths, strict=True):
                self.tree.setColumnWidth(column, max(40, int(width)))
                self.tree.setColumnHidden(column, column not in self.columns)
        sizes = self._context.settings.get(_SPLIT)
        share = round(1000 * _SHARE)
        self.setSizes([int(s) for s in sizes] if isinstance(sizes, list) and len(sizes) == 2 else [share, 1000 - share])

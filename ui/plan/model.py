"""The rows of the task tree beside the chart: what each column shows, and what is typed into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from handover.errors import HandoverError
from handover.i18n import tr
from handover.model.task import CONSTRAINT
from handover.plan.schedule import Schedule
from handover.plan.worktime import when
from handover.registers.scheduling.chart import Chart, ChartRow
from handover.registers.scheduling.moving import can_move, can_stretch
from handover.values import shown
from ui.plan.columns import FIELDS, HEADS, RIGHT, TIPS, Col
from ui.plan.outline import Visible, above
from ui.plan.row_numbers import by_numbers, named_predecessors, number_of

Index = QModelIndex | QPersistentModelIndex


#: The columns of the task whose value a cell shows or follows from.
_OF_TASK = {
    Col.NAME: "name", Col.DURATION: "duration", Col.START: "start", Col.FINISH: "finish", Col.PERCENT: "percent",
    Col.OWNER: "owner",
}  # fmt: skip


def day_text(at: dt.datetime, *, end: bool = False) -> str:
    """The day of a moment; a finish at midnight belongs to the day before."""
    if end and not (at.hour or at.minute):
        at -= dt.timedelta(minutes=1)
    return shown.moment(at.date())


def _day(at: dt.datetime | None) -> str:
    return shown.moment(at) if at is not None else ""


#: What is shown as it is stored.
_STORED: dict[Col, Callable[[ChartRow], str]] = {
    Col.REFERENCE: lambda row: row.ref,
    Col.WBS: lambda row: row.wbs,
    Col.DEADLINE: lambda row: _day(row.deadline),
    Col.CONSTRAINT: lambda row: CONSTRAINT.label(row.constraint) if row.constraint else "",
    Col.CONSTRAINT_AT: lambda row: _day(row.constraint_at),
    Col.ACTUAL_START: lambda row: _day(row.actual_start),
    Col.ACTUAL_FINISH: lambda row: _day(row.actual_finish),
    Col.PLANNED_START: lambda row: _day(row.start),
    Col.PLANNED_FINISH: lambda row: _day(row.finish),
}


class PlanModel(QAbstractTableModel):
    """The visible rows of a plan.

    Signals:
        typed: key of a task, column, and what was typed (text, or what was picked from a list).
        renewed: another plan is shown, or another state of it.
    """

    typed = Signal(str, int, object)
    renewed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.chart: Chart | None = None
        self.visible = Visible(())
        self.collapsed: set[str] = set()
        self.only: frozenset[str] | None = None
        self.writable = True
        self.preview: Schedule | None = None
        self.faults: dict[tuple[str, int], tuple[str, str]] = {}

    # -- what is shown ----------------------------------------------------------------------------------------------

    def keeps_rows(self, chart: Chart) -> bool:
        """Whether a plan has the rows that are shown already, so that only what stands in them may differ."""
        if self.chart is None:
            return False
        same = [(r.id, r.depth, r.summary) for r in chart.rows] == [(r.id, r.depth, r.summary) for r in self.chart.rows]
        return same and bool(chart.rows)

    def show_chart(self, chart: Chart) -> None:
        """Show a plan; what is collapsed stays so, and a cell that is being edited where the rows are the same."""
        self.faults = {key: fault for key, fault in self.faults.items() if key[0] in chart.node}
        if self.keeps_rows(chart):
            self.chart, self.preview = chart, None
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.visible) - 1, len(Col) - 1))
        else:
            self.beginResetModel()
            self.chart, self.preview = chart, None
            self.visible = Visible(chart.rows, self.collapsed, self.only)
            self.endResetModel()
        self.renewed.emit()

    def show_preview(self, preview: Schedule | None) -> None:
        """Show the dates of another schedule of the same tasks, None for the plan's own."""
        self.preview = preview
        if self.visible.nodes:
            self.dataChanged.emit(self.index(0, Col.DURATION), self.index(len(self.visible) - 1, len(Col) - 1))

    def set_collapsed(self, collapsed: set[str]) -> None:
        """Collapse these summaries and no others."""
        self.collapsed = collapsed
        if self.chart is not None:
            self.beginResetModel()
            self.visible = Visible(self.chart.rows, collapsed, self.only)
            self.endResetModel()

    def show_only(self, only: frozenset[str] | None) -> None:
        """Show these tasks and the summaries over them alone; None shows all."""
        self.only = only
        self.set_collapsed(self.collapsed)

    def reveal(self, id: str) -> int:
        """The visible row of a task, whose summaries are expanded if need be; -1 if it is gone."""
        if self.chart is None or id not in self.chart.node:
            return -1
        node = self.chart.node[id]
        if self.only is not None and node in self.visible.hidden:
            self.show_only(None)
        if node in self.visible.hidden:
            self.set_collapsed(self.collapsed - set(above(self.chart.rows, node)))
        return self.visible.row_of[node]

    def task(self, row: int) -> ChartRow | None:
        """The task of a visible row."""
        if self.chart is None or not 0 <= row < len(self.visible):
            return None
        return self.chart.rows[self.visible.nodes[row]]

    @property
    def schedule(self) -> Schedule | None:
        """The schedule whose dates are shown."""
        return self.preview or (self.chart.schedule if self.chart else None)

    def refuse(self, id: str, column: int, text: str, error: HandoverError) -> None:
        """Keep what was typed and can't be taken in view, with its reason."""
        self.faults[id, column] = (text, str(error))
        self._touch(id, column)

    def forgive(self, id: str, column: int) -> bool:
        """Forget what was typed wrong; whether there was anything."""
        if self.faults.pop((id, column), None) is None:
            return False
        self._touch(id, column)
        return True

    def _touch(self, id: str, column: int) -> None:
        if self.chart is not None and id in self.chart.node:
            index = self.index(self.visible.row_of[self.chart.node[id]], column)
            self.dataChanged.emit(index, index)

    # -- Qt's side --------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.visible)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Col)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # Any: Qt's own
        row = self.task(index.row()) if index.isValid() else None
        if row is None:
            return None
        column = Col(index.column())
        fault = self.faults.get((row.id, column))
        if role == Qt.ItemDataRole.DisplayRole:
            return fault[0] if fault else self.text(row, column)
        if role == Qt.ItemDataRole.EditRole:
            return fault[0] if fault else self._edited(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return fault[1] if fault else self._tip(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            text = fault[1] if fault else self.text(row, column)
            return tr("{task}, {column}: {value}", task=row.name, column=tr(HEADS[column]), value=text or tr("empty"))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._number(section, role)
        column = Col(section)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return tr(HEADS[column])
        if role == Qt.ItemDataRole.ToolTipRole:
            return tr(TIPS.get(column, HEADS[column]))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if column in RIGHT else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return None

    def _number(self, section: int, role: int) -> Any:  # Any: Qt's own
        """The number of a row among all of the plan, as predecessors name it."""
        row = self.task(section)
        if row is None or self.chart is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return str(number_of(self.chart, row.id))
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            return row.ref
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        row = self.task(index.row()) if index.isValid() else None
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.writable and self._open(row, Col(index.column())):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # Any: text or Chosen
        row = self.task(index.row())
        if row is None or role != Qt.ItemDataRole.EditRole or not self.flags(index) & Qt.ItemFlag.ItemIsEditable:
            return False
        column = Col(index.column())
        self.faults.pop((row.id, column), None)
        if isinstance(value, str) and value.strip() == self._edited(row, column):
            self._touch(row.id, column)
            return False
        self.typed.emit(row.id, int(column), value)
        return True

    # -- words ------------------------------------------------------------------------------------------------------

    def text(self, row: ChartRow, column: Col) -> str:
        """What a cell shows."""
        schedule, chart = self.schedule, self.chart
        if row.odd and (odd := row.odd.get(_OF_TASK.get(column, ""))):
            return odd
        if column is Col.NAME:
            return row.name
        if column is Col.OWNER:
            return row.owner
        if column in _STORED:
            return _STORED[column](row)
        if schedule is None or chart is None:
            return ""
        if column is Col.PREDECESSORS:
            return by_numbers(chart, row.predecessors)
        node = chart.node[row.id]
        if column is Col.START:
            return day_text(when(schedule.spans.start[node]))
        if column is Col.FINISH:
            return day_text(when(schedule.spans.finish[node]), end=True)
        if column is Col.PERCENT:
            return shown.percent(row.percent) if row.percent else ""
        if column is Col.DURATION:
            return self._duration(row, node, schedule)
        if column is Col.FREE_FLOAT:
            return shown.duration(schedule.spans.free[node]) if not row.actual_finish else ""
        if column is Col.FLOAT:
            return shown.duration(schedule.spans.total[node]) if not row.actual_finish else ""
        return self._slip(row, column)

    def _duration(self, row: ChartRow, node: int, schedule: Schedule) -> str:
        if row.summary:
            time = schedule.network.clocks.plan
            spans = schedule.spans
            return shown.duration(time.before(spans.finish[node]) - time.before(spans.start[node]))
        minutes = schedule.plan.tasks[node].duration
        return tr("{n} d elapsed", n=f"{minutes / 1440:g}") if row.elapsed and minutes else shown.duration(minutes)

    def _slip(self, row: ChartRow, column: Col) -> str:
        chart = self.chart
        slip = (chart.start_slip if column is Col.START_SLIP else chart.slip)(row.id) if chart else None
        return "" if slip is None else tr("{n} d", n=f"{slip:+g}" if slip else "0")

    def _edited(self, row: ChartRow, column: Col) -> str:
        """The text in which an editor begins."""
        if column is Col.PERCENT:
            return shown.percent(row.percent) if row.percent else ""
        return self.text(row, column)

    def _tip(self, row: ChartRow, column: Col) -> str:
        schedule, chart = self.schedule, self.chart
        if schedule is None or chart is None:
            return ""
        node = chart.node[row.id]
        if column is Col.START:
            return shown.moment(when(schedule.spans.start[node]))
        if column is Col.FINISH:
            return shown.moment(when(schedule.spans.finish[node]))
        if column is Col.NAME:
            return f"{row.ref} · {row.name}"
        if column is Col.PREDECESSORS:
            return named_predecessors(chart, row.predecessors)
        return self.text(row, column)

    def _open(self, row: ChartRow, column: Col) -> bool:
        if self.chart is None or column not in FIELDS:
            return False
        if row.summary and column not in (Col.NAME, Col.OWNER, Col.PERCENT, Col.PREDECESSORS, Col.WBS):
            return False
        if column in (Col.START, Col.FINISH, Col.DURATION):
            if row.summary:
                return False
            movable = can_move if column is Col.START else can_stretch
            if column is Col.DURATION and row.kind == "milestone":
                return False
            return movable(self.chart, row.id)
        return True

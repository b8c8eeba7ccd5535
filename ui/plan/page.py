"""The page of the plan: the Gantt view and the reports on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QPoint, QTimer, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.catalogue import register
from handover.registers.query import Query
from handover.registers.scheduling.baselines import dates_of
from handover.registers.scheduling.chart import Chart, read_chart
from handover.registers.scheduling.mending import mend_of
from handover.registers.scheduling.moving import TaskShift, can_move, can_stretch
from ui.plan.acts import PlanActs
from ui.plan.asking import PlanDialogs
from ui.plan.columns import FIELDS, HEADS, USUAL, Col
from ui.plan.commands import PlanCommands
from ui.plan.findings import REPORTS, trend
from ui.plan.gantt import GanttView
from ui.plan.head import PlanHead
from ui.plan.menu import row_menu
from ui.plan.report import Report
from ui.plan.tree import HEAD
from ui.plan.trying import Trying
from ui.register.empty import EmptyState
from ui.shell.commands import IN_PAGE
from ui.shell.page import Context, Page, RowsAsShown

_CONCERNED = {"task", "task_link", "baseline", "baseline_task", "work_calendar", "calendar_day", "project", "person"}
_TOOLBAR = (
    *("add", "delete", "indent", "outdent", "link", "unlink", "try"),
    *("baseline", "calendars", "options", "columns", "pdf", "picture"),
)


class PlanPage(Page):
    """The plan of the project in hand.

    ``restore`` understands: ``row`` (key of a task to go to), ``tab`` (key of a view), ``scale``, ``top``,
    ``collapsed``, ``baseline``.
    """

    key = "plan"
    icon = "chart-gantt"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAccessibleName(self.title())
        self.acts = PlanActs(context, self)
        self.gantt = GanttView(context, self)
        self.head = PlanHead(
            [("gantt", tr("Gantt chart")), *((key, tr(name)) for key, (name, _) in REPORTS.items())], self
        )
        self.report = Report(self)
        self._view = "gantt"
        self.trying = Trying(context, self.acts, self.gantt.tree, self._read_again, self)
        self.banner = self.trying.banner
        self.empty = EmptyState(self.icon, self)
        self.commands = PlanCommands(self, self.gantt, context.shortcuts)
        self._stored: Chart | None = None  # the plan without what is being tried out
        self._baseline: str | None = None
        self._reading = 0
        self._wanted: list[str] = []
        self._rename = ""
        self.asking = PlanDialogs(context, self.acts, self)
        self._make_commands()
        self._lay_out()
        self._connect()
        self._read_again()

    # -- what the frame asks -----------------------------------------------------------------------------------------

    def title(self) -> str:
        return tr("Plan")

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {**self.gantt.state(), "baseline": self._baseline, "tab": self._view}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        baseline = state.get("baseline", self._baseline)
        if baseline != self._baseline and isinstance(baseline, str | None):
            self._baseline = baseline
            self._read_again()
        self.gantt.restore(state)
        if "tab" in state:
            self.show_view(str(state["tab"]))
        if state.get("row"):
            self.go_to([str(state["row"])])

    def refresh(self, tables: frozenset[str]) -> None:
        if not tables or tables & _CONCERNED:
            self._read_again()

    def find_here(self) -> None:
        self.show_view("gantt")
        self.head.finder.begin()

    def panes(self) -> list[QWidget]:
        """The tasks and their chart, or the report in their place, and the views."""
        return [self.gantt.tree, self.gantt.chart, self.report, self.head]

    def page_actions(self) -> list[QAction]:
        """What one does to tasks, and how one looks at them."""
        return [self.commands[key] for key in _TOOLBAR]

    def as_shown(self) -> RowsAsShown:
        """All tasks in the order of the plan, with the columns beside the bars."""
        tasks = register("tasks")
        names = (name for column, name in FIELDS.items() if not self.gantt.tree.isColumnHidden(column))
        return RowsAsShown(tasks, Query(), tuple(tasks[name] for name in names))

    # -- what others ask ---------------------------------------------------------------------------------------------

    @property
    def chart(self) -> Chart | None:
        """The plan shown, None until it was read."""
        return self.gantt.model.chart

    def go_to(self, ids: list[str]) -> None:
        """Select tasks and bring them into view, as soon as they are there."""
        self.head.show_view("gantt", ask=True)
        if self.chart is not None and all(id in self.chart.node for id in ids):
            self.gantt.choose(ids)
        else:
            self._wanted = ids

    # -- building ----------------------------------------------------------------------------------------------------

    def _make_commands(self) -> None:
        add, acts = self.commands.add, self.acts
        tree, chart = self.gantt.tree, self.gantt.chart
        picked = tree.selected_ids
        add("open", lambda: self._open(tree.current_id()), "panel-right")
        add("rename", lambda: tree.edit(tree.currentIndex()), "pencil", writes=True)
        add("add", lambda: acts.add(tree.current_id() or None), "plus", writes=True)
        add("delete", lambda: acts.delete(picked()), "trash-2", writes=True)
        add("indent", lambda: acts.indent(picked()), "indent-increase", writes=True)
        add("outdent", lambda: acts.outdent(picked()), "indent-decrease", writes=True)
        add("up", lambda: acts.move_by(picked(), -1), "arrow-up", writes=True)
        add("down", lambda: acts.move_by(picked(), 1), "arrow-down", writes=True)
        add("link", lambda: acts.link_chain(picked()), "link", writes=True)
        add("unlink", lambda: acts.unlink(picked()), "unlink", writes=True)
        add("later", lambda: self._shift(1), "", writes=True)
        add("earlier", lambda: self._shift(-1), "", writes=True)
        add("longer", lambda: self._stretch(1), "", writes=True)
        add("shorter", lambda: self._stretch(-1), "", writes=True)
        add("fold", self.gantt.fold_all, "")
        add("unfold", self.gantt.unfold_all, "")
        add("in", lambda: chart.zoom_to(-1), "zoom-in")
        add("out", lambda: chart.zoom_to(1), "zoom-out")
        add("fit", chart.fit, "maximize-2")
        add("today", chart.go_today, "crosshair")
        add("critical", self._switch_critical, "route").setCheckable(True)
        self.commands["critical"].setChecked(True)
        self.trying.action = add("try", self.trying.switch, "git-branch")
        self.trying.action.setCheckable(True)
        add("baseline", self.asking.take_baseline, "flag", writes=True)
        add("drop_baseline", self.asking.drop_baseline, "trash-2", writes=True)
        add("calendars", self.asking.show_calendars, "calendar-days")
        add("options", self.asking.show_options, "sliders-horizontal")
        add("pdf", self.asking.write_chart, "printer")
        add("picture", lambda: self.asking.write_picture(self.gantt), "chart-gantt")
        self.commands["picture"].setProperty(IN_PAGE, True)  # in the menus; the toolbar is full
        add("copy", tree.copy, "copy")
        add("columns", self._choose_columns, "columns-3")
        for key, short in (("add", tr("Add")), ("try", tr("What if"))):
            self.commands[key].setPriority(QAction.Priority.NormalPriority)
            self.commands[key].setIconText(short)

    def _lay_out(self) -> None:
        for key in ("critical", "out", "in", "fit", "today"):
            self.head.add_button(self.commands[key])
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self.gantt)
        self.stack.addWidget(self.report)
        self.stack.addWidget(self.empty)
        self.setFocusProxy(self.gantt.tree)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.banner)
        column.addWidget(self.stack, 1)

    def _connect(self) -> None:
        tree, chart, acts = self.gantt.tree, self.gantt.chart, self.acts
        tree.opened.connect(self._open)
        chart.opened.connect(self._open)
        tree.menu_wanted.connect(self._tree_menu)
        chart.menu_wanted.connect(self._menu)
        chart.dropped.connect(self._dropped)
        chart.linked.connect(self._link)
        self.gantt.model.typed.connect(self._typed)
        self.gantt.chosen.connect(self._say_selection)
        acts.added.connect(self._begin_name)
        self.asking.baseline_taken.connect(self.show_baseline)
        self.head.critical_wanted.connect(self._choose_critical)
        self.head.finder.wanted.connect(lambda id: self.gantt.choose([id]))
        self.head.finder.only_wanted.connect(self.gantt.model.show_only)
        self.head.finder.left.connect(self.gantt.tree.setFocus)
        self.head.baseline_wanted.connect(self.show_baseline)
        self.head.view_wanted.connect(self.show_view)
        self.report.opened.connect(self.go_to)
        self.report.mend_wanted.connect(self._mend)
        self.empty.add_wanted.connect(lambda: acts.add(None))
        self.empty.import_wanted.connect(self._import)

    # -- reading -----------------------------------------------------------------------------------------------------

    @Slot()
    def _read_again(self) -> None:
        """Read the plan from where acts go, off the window's thread; only the latest answer is shown."""
        self._reading += 1
        number, workspace, project = self._reading, self.acts.workspace, self.context.project.id
        baseline = self._baseline

        def work(_progress: Progress) -> tuple[int, Chart]:
            with workspace.read() as connection:
                chart = read_chart(connection, project, baseline)
            _ = chart.schedule.spans.last, chart.schedule.problems  # made here rather than while painting
            return number, chart

        self.context.run_job(tr("Reading"), work, background=True).done.connect(self._arrived)

    @Slot(object)
    def _arrived(self, answer: tuple[int, Chart]) -> None:
        number, chart = answer
        if number != self._reading:
            return
        if self.acts.scratch is None:
            self._stored = chart
        elif self._stored is None:  # the page was made anew while something is tried out
            with self.context.workspace.read() as connection:
                self._stored = read_chart(connection, self.context.project.id, self._baseline)
        self.acts.chart = chart
        self.gantt.model.writable = self.gantt.chart.editable = self.acts.writable
        self.gantt.show_chart(chart)
        self.head.show_chart(chart)
        self.show_view(self._view)
        self.trying.say(self._stored, chart)
        if self._wanted:
            wanted, self._wanted = self._wanted, []
            self.gantt.choose([id for id in wanted if id in chart.node])
        if self._rename in chart.node:
            QTimer.singleShot(0, self, self._edit_name)

    def show_view(self, key: str) -> None:
        """Show the chart or one of the reports."""
        self._view = key if key == "gantt" or key in REPORTS else "gantt"
        self.head.show_view(self._view)
        chart = self.chart
        if chart is not None and not chart.rows:
            self.empty.say(tr(register("tasks").empty), first_step=self.acts.writable, filtered=False)
            self.stack.setCurrentWidget(self.empty)
        elif self._view == "gantt" or chart is None:
            self.stack.setCurrentWidget(self.gantt)
        else:
            self.report.writable = self.acts.writable
            make = REPORTS[self._view][1]
            self.report.show_finding(make(chart) if make else trend(chart, self._reports(chart)))
            self.stack.setCurrentWidget(self.report)
        self._allow()

    def _allow(self) -> None:
        """Switch off what can't be done: in a report no tasks are chosen, in a trial the plan itself stays as it is."""
        charted = self.stack.currentWidget() is self.gantt
        self.commands.allow(self.acts.writable and self.stack.currentWidget() is not self.report)
        for key in ("critical", "in", "out", "fit", "today", "picture"):
            self.commands[key].setEnabled(charted)
        for key in ("baseline", "drop_baseline", "calendars", "options"):
            self.commands[key].setEnabled(self.acts.scratch is None and not self.context.read_only)

    def _reports(self, chart: Chart) -> list[tuple[dt.date, dict[str, dt.date]]]:
        """What each baseline said of every task, by the day on which it was taken."""
        with self.acts.workspace.read() as connection:
            return [
                (kept.taken_on, {i: b.finish.date() for i, b in dates_of(connection, kept.id).items() if b.finish})
                for kept in chart.baselines
                if kept.taken_on is not None
            ]

    # -- acts --------------------------------------------------------------------------------------------------------

    def _open(self, id: str) -> None:
        if id and self.acts.scratch is None:
            self.context.open_row("tasks", id)

    def _dropped(self, shift: TaskShift) -> None:
        asked = self._reading
        self.acts.shift(shift)
        if asked == self._reading:  # it was refused, or changed nothing: no other plan will come
            self.gantt.show_preview(None)

    def _link(self, predecessor: str, successor: str, kind: str) -> None:
        self.acts.link(predecessor, successor, kind)

    def _shift(self, days: int) -> None:
        ids = [id for id in self.gantt.tree.selected_ids() if self.chart and can_move(self.chart, id)]
        if ids:
            self.acts.shift_days(ids, days)

    def _stretch(self, days: int) -> None:
        ids = [id for id in self.gantt.tree.selected_ids() if self.chart and can_stretch(self.chart, id)]
        if ids:
            self.acts.stretch_days(ids, days)

    def _typed(self, id: str, column: int, value: object) -> None:
        try:
            self.acts.typed(id, Col(column), value)
        except HandoverError as error:
            self.gantt.model.refuse(id, column, str(getattr(value, "value", value)), error)
            self.context.tell(str(error))

    def _begin_name(self, id: str) -> None:
        self._wanted, self._rename = [id], id

    def _edit_name(self) -> None:
        row = self.gantt.model.reveal(self._rename)
        self._rename = ""
        if row >= 0:
            self.gantt.tree.setFocus()
            self.gantt.tree.edit(self.gantt.model.index(row, Col.NAME))

    def _mend(self, line: int) -> None:
        """Mend the fault on a line of the problems, which stand there in their order."""
        if self.chart is not None and 0 <= line < len(self.chart.schedule.problems):
            mend = mend_of(self.chart, self.chart.schedule.problems[line])
            if mend is not None:
                self.acts.change_many(mend.changes)

    def _import(self) -> None:
        from ui.transfer.wizard.import_wizard import ImportWizard

        wizard = ImportWizard(self.context, register="tasks")
        wizard.setParent(self.window(), wizard.windowFlags())
        wizard.open()

    def show_baseline(self, id: str) -> None:
        """Show a baseline under the bars; none for an empty key."""
        self._baseline = id
        self._read_again()

    # -- looks -------------------------------------------------------------------------------------------------------

    def _switch_critical(self) -> None:
        self.gantt.chart.critical = self.commands["critical"].isChecked()
        self.gantt.chart.viewport().update()

    def _choose_critical(self) -> None:
        """Select the tasks that decide when the plan finishes: those that the number above counts."""
        if self.chart is not None:
            decides = self.chart.schedule.spans.critical
            rows = zip(self.chart.rows, decides, strict=True)
            self.go_to([row.id for row, is_so in rows if is_so and not row.summary and not row.actual_finish])
            self.gantt.tree.setFocus()

    def _choose_columns(self) -> None:
        """Offer the columns beside the bars, each to be ticked."""
        gantt = self.gantt
        self.menu = QMenu(self)
        for column in tuple(Col)[1:]:
            action = self.menu.addAction(tr(HEADS[column]))
            action.setCheckable(True)
            action.setChecked(column in gantt.columns)
            action.toggled.connect(
                lambda on, c=column: gantt.choose_columns(gantt.columns | {c} if on else gantt.columns - {c})
            )
        self.menu.addSeparator()
        usual = self.menu.addAction(tr("Show the usual columns"))
        usual.triggered.connect(lambda: gantt.choose_columns(USUAL))
        self.menu.popup(gantt.tree.mapToGlobal(QPoint(gantt.tree.verticalHeader().width(), HEAD)))

    def _say_selection(self, ids: list[str]) -> None:
        self.summary_changed.emit(tr("{n} of {of}", n=len(ids), of=len(self.chart.rows)) if self.chart else "")

    def _tree_menu(self, point: QPoint) -> None:
        self.gantt.chart.link_under = None
        self._menu(self.gantt.tree.viewport().mapToGlobal(point))

    def _menu(self, point: QPoint) -> None:
        self.menu = row_menu(
            self, self.commands, self.acts, self.gantt.tree.selected_ids(), self.gantt.chart.link_under
        )
        self.menu.popup(point)

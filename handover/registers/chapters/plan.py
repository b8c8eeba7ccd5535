"""The plan: its register of tasks, summary tasks and milestones, and the chart."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.task import TASK_DAYS, TASK_STATUS, Task
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind
from handover.registers.scheduling.task_days import read_task_days
from handover.store.worked_out import work_out_with

work_out_with(TASK_DAYS, read_task_days)

TASKS = Register(
    key="tasks",
    icon="list-checks",
    model=Task,
    name=N_("Tasks"),
    aliases=("task", "plan", "计划"),
    columns=(
        Column("wbs", N_("WBS"), 10),
        Column("name", N_("Task"), 42),
        Column("kind", N_("Type"), 12, False),
        Column("parent", N_("Part of"), 24, False),
        Column("status", N_("Status"), 14, kind=Kind.CHOICE, words=TASK_STATUS),
        Column("owner", N_("Owner"), 16, group=NC_("form", "Responsibility")),
        Column("due_on", N_("Due"), 12, kind=Kind.DATE, group=NC_("form", "Schedule")),
        Column("duration", N_("Duration"), 10, kind=Kind.DURATION),
        Column("start", N_("Start"), 12),
        Column("finish", N_("Finish"), 12),
        Column("scheduled_start", N_("Scheduled start"), 12, kind=Kind.DATE),
        Column("scheduled_finish", N_("Scheduled finish"), 12, kind=Kind.DATE),
        Column("percent", N_("% complete"), 10, kind=Kind.PERCENT, copied=False),
        Column("predecessors", N_("Predecessors"), 16, kind=Kind.LINKS),
        Column("resources", N_("Resources"), 20, False),
        Column("system", N_("System"), 18),
        Column("begun", N_("Begun"), 8, False, group=NC_("form", "Progress made"), copied=False),
        Column("actual_start", N_("Actual start"), 12, False, copied=False),
        Column("actual_finish", N_("Actual finish"), 12, False, copied=False),
        Column("remaining", N_("Remaining duration"), 10, False, kind=Kind.DURATION, copied=False),
        Column("constraint", N_("Constraint"), 18, False, group=NC_("form", "Rules of the schedule")),
        Column("constraint_at", N_("Constraint date"), 12, False),
        Column("deadline", N_("Deadline"), 12, False),
        Column("manual", N_("Scheduled by hand"), 8, False),
        Column("needed_before_handover", N_("Needed before handover"), 8, False),
        Column("inactive", N_("Inactive"), 8, False),
        Column("source_id", N_("ID in the source"), 10, False, group=NC_("form", "Other"), copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("name",),
    match=(("source_id",), ("wbs",), ("parent", "name")),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("milestones", N_("Milestones")),
        View("done", N_("Done")),
        View("summaries", N_("Summary tasks")),
    ),
    due="due_on",
    owner="owner",
    empty=N_("No tasks yet. Import the planner's Excel list, or add the first task."),
    order="position",
)  # fmt: skip

CHAPTER = Chapter(
    "plan",
    N_("Task plan"),
    "plan",
    (TASKS,),
    pages=(OwnPage("plan", N_("Gantt chart"), "chart-gantt"),),
    pack=(InPack("tasks"),),
    headlines=(
        Headline(
            "tasks",
            "overdue",
            N_("Tasks overdue"),
            among="work",
            meaning=N_("Not complete after the day on which it was due; without summary tasks and inactive ones."),
        ),
    ),
    advances=(
        Advance(
            "tasks",
            N_("Tasks done"),
            done="done",
            meaning=N_("Complete; without summary tasks and inactive ones."),
        ),
    ),
    first_step=N_("Go to the tasks"),
    order=30,
)

"""The tasks of a plan in MS Project's XML or Primavera's XER as rows of an import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from handover.errors import UnusableFile
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn
from handover.exchange.dry_run.compared import ImportedFile
from handover.exchange.dry_run.comparing import RehearsedSheet, rehearse_rows
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.notice import Notice
from handover.exchange.plans.corrections import correct
from handover.exchange.plans.faults import MOST_MINUTES, NO_SUCH_TASK, ON_ITSELF, TOO_LONG, TOO_MUCH_TEXT
from handover.exchange.plans.mspdi import MspdiProject, to_plan
from handover.exchange.plans.read_plan import read_foreign_file, read_mspdi_file, read_xer_file
from handover.exchange.plans.store import day_of_end, store_baselines, store_plan, task_fields
from handover.exchange.plans.xer.values import XerActivity, XerPlan
from handover.exchange.programs.recognise import Origin
from handover.exchange.reading.source import Source
from handover.exchange.rows.incoming import Incoming
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.plan.calendar import standard
from handover.plan.values import LagUnit, Link, Plan, PlanTask, TaskKind
from handover.registers.catalogue import register
from handover.registers.scheduling.baselines import BaseDates
from handover.registers.scheduling.links import text_of
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import NameInCell, Unreadable, shown

#: What both programs call the columns that are taken, as the mapping shows them.
_COLUMNS = (
    "source_id", "wbs", "name", "kind", "duration", "elapsed", "estimated", "start", "finish", "percent", "constraint",
    "constraint_at", "deadline", "actual_start", "actual_finish", "remaining", "inactive", "owner", "resources",
    "notes",
)  # fmt: skip
_OUTSIDE = N_("Links to tasks of other plans are left out (rows {rows}).")
_DOUBLED = N_("Of several links between the same two tasks only the first is taken (rows {rows}).")
_BAD_LINES = N_("Lines that don't have the fields of their table are left out: {lines}.")
_MOST_NAMED = 20
_COUNTED = ("duration", "remaining", "percent")
#: Characters of a WBS path that are kept, so that a thousand elements under each other don't fill the memory.
_LONGEST_PATH = 500


@dataclass(slots=True)
class PlanRow:
    """A task of a plan: its row or line in the file, its id in the plan, and the values of its fields.

    Attributes:
        called: by what the predecessors of others name it, as its program does: its number or its code.
    """

    row: int
    id: str
    parent: str | None
    values: dict[str, Any]  # Any: what each field holds
    called: str = ""


@dataclass(slots=True)
class PlanRows:
    """A plan with its tasks as rows, each with an id and a row of its own.

    Attributes:
        problems: what is wrong, by row.
        notices: remarks on the whole file.
        outside: ids of tasks of other plans, to which links may lead.
    """

    name: str
    plan: Plan
    rows: list[PlanRow]
    problems: dict[int, list[Unreadable]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    baselines: dict[str, dict[str, BaseDates]] = field(default_factory=dict)
    outside: frozenset[str] = frozenset()


@dataclass
class PlanDryRun(DryRun):
    """What an import of a plan in XML or XER would do.

    Attributes:
        plan: the plan of the file: calendars and more are stored from it.
        ids: the id in the plan of each place.
        baselines: the baselines of the file by name: for ids of tasks their start, finish and duration.
    """

    plan: Plan = field(kw_only=True)
    ids: Sequence[str] = field(kw_only=True)
    baselines: Mapping[str, Mapping[str, BaseDates]] = field(kw_only=True)

    def store_more(self, work: UnitOfWork, progress: Progress) -> dict[str, str]:
        """Store what a plan says beyond the register: calendars, links, resources, baselines; nothing if unchanged."""
        outcomes = self.found.judgement.outcomes
        if not any(o in ("new", "changed") for o in outcomes):
            return {}
        taken = [p for p, o in enumerate(outcomes) if o not in ("error", "skipped")]
        keys = {self.ids[p]: self.found.keys[p] for p in taken}
        store_plan(work, self.project_id, self.plan, keys)
        store_baselines(work, self.project_id, self.baselines, keys)
        return {}


def rehearse_plan(
    workspace: Workspace,
    project: Project,
    source: Source,
    origin: Origin,
    options: ImportOptions | None = None,
    progress: Progress = unattended,
    found: PlanRows | None = None,
) -> PlanDryRun:
    """The dry run of a plan in XML or XER. Nothing is written.

    Args:
        found: the rows of the file where they were read before; they stay as they are.

    Raises:
        UnusableFile: it can't be read or has no tasks.
        Cancelled: the user stopped it.
    """
    options = options or ImportOptions()
    found = found or read_plan_rows(source, progress)
    incoming = _incoming(found)
    ids = [row.id for row in found.rows]
    plan = found.plan
    if options.corrections:
        called = [row.called for row in found.rows]
        plan = correct(incoming, plan, ids, called, options.corrections, options.date_order)
    mapping = ColumnMapping("tasks", tuple(_mapped(incoming)))
    facts = ImportedFile(source.path, source.sha256, origin, found.name)
    sheet = RehearsedSheet(
        project.id, register("tasks"), facts, mapping, options, notices=found.notices,
        headings={"source_id": "unique id"},
    )  # fmt: skip
    run = rehearse_rows(workspace, sheet, incoming, progress)
    parts = {part.name: getattr(run, part.name) for part in fields(run)}
    return PlanDryRun(**parts, plan=plan, ids=ids, baselines=found.baselines)


def read_plan_rows(source: Source, progress: Progress = unattended) -> PlanRows:
    """The tasks of a plan in XML or XER as rows. Raises UnusableFile when it can't be read or has none, Cancelled."""
    found = _xer(source, progress) if source.kind == "xer" else _mspdi(source, progress)
    if not found.rows:
        raise UnusableFile(N_("{file} has no tasks."), file=source.file)
    return found


def _mspdi(source: Source, progress: Progress) -> PlanRows:
    if source.kind == "mspdi":
        project = read_mspdi_file(source.path, progress)
    else:
        project = read_foreign_file(source.path, source.kind, progress)
    plan = to_plan(project)
    by_id = {task.id: task for task in plan.tasks}
    rows = []
    problems = {}
    for task in project.tasks:
        scheduled = by_id.get(str(task.uid))
        if scheduled is None:
            continue
        values = _values(scheduled, task.stored.start, task.stored.finish)
        values |= {
            "source_id": str(task.uid) if task.uid >= 0 else None,
            "wbs": task.wbs or task.outline_number or None,
            "estimated": task.estimated or None,
            "notes": task.notes or None,
            **_people(task.owners),
        }
        rows.append(PlanRow(task.id, scheduled.id, scheduled.parent, values, str(task.id)))
        if task.problems:
            problems[task.id] = list(task.problems)
    elsewhere = {
        str(uid)
        for task in project.tasks
        for uid in ([task.uid] if task.external else [k.predecessor for k in task.links if k.cross_project])
    }
    across = [task.id for task in project.tasks if any(str(k.predecessor) in elsewhere for k in task.links)]
    return PlanRows(
        project.title or project.name,
        plan,
        rows,
        problems,
        _of_links(_OUTSIDE, across),
        _baselines(project),
        frozenset(elsewhere),
    )


def _baselines(project: MspdiProject) -> dict[str, dict[str, BaseDates]]:
    """MS Project's baselines 0 to 10, by the names that it shows them under."""
    found: dict[str, dict[str, BaseDates]] = {}
    for number in range(11):
        name = f"Baseline {number}" if number else "Baseline"
        held = {
            str(task.uid): BaseDates(b.start, b.finish, b.duration)
            for task in project.tasks
            for b in task.baselines
            if b.number == number and (b.start or b.finish)
        }
        if held:
            found[name] = held
    return found


def _xer(source: Source, progress: Progress) -> PlanRows:
    plans = read_xer_file(source.path, progress)
    chosen = max(plans, key=lambda p: len(p.activities), default=XerPlan("", "", ""))
    notices = [
        Notice(N_("The file holds another project, {name}; only the largest is taken."), {"name": p.name or p.code})
        for p in plans
        if p is not chosen
    ]
    rows, tasks = _xer_rows(chosen)
    row_of = {row.row: number for number, row in enumerate(rows, 1)}  # the outline's, as P6 shows it
    for row in rows:
        row.row = row_of[row.row]
    problems = {row_of[line]: [_at_row(p, row_of) for p in found] for line, found in chosen.problems.items()}
    line_of = {activity.id: activity.line for activity in chosen.activities}
    notices += _of_links(_OUTSIDE, [row_of[line_of[k.successor]] for k in chosen.links if k.outside])
    if chosen.bad_lines:
        notices.append(Notice(_BAD_LINES, {"lines": _some(chosen.bad_lines)}))
    dates = [t.start for t in tasks if t.start is not None]
    start = chosen.start or min(dates, default=dt.datetime(2000, 1, 1, 8))
    calendars = chosen.calendars or (standard(),)
    ids = {c.id for c in calendars}
    plan = Plan(
        start=start,
        tasks=tuple(tasks),
        links=tuple(
            Link(k.predecessor, k.successor, k.type, float(k.lag), LagUnit.WORKING)
            for k in chosen.links
            if not k.outside
        ),
        calendars=calendars,
        calendar=chosen.calendar if chosen.calendar in ids else calendars[0].id,
        data_date=chosen.data_date,
    )
    return PlanRows(chosen.name or chosen.code, plan, rows, problems, notices)


def _at_row(problem: Unreadable, row_of: dict[int, int]) -> Unreadable:
    """The problem with the row that it names in place of the line."""
    if "row" not in problem.values:
        return problem
    values = {**problem.values, "row": row_of[int(str(problem.values["row"]))]}
    return Unreadable(problem.message, field=problem.field, detail="", **values)


def _of_links(message: str, rows: Sequence[int]) -> list[Notice]:
    """A remark on links of some rows, none where there are no such rows."""
    return [Notice(message, {"rows": _some(sorted(set(rows)))})] if rows else []


def _some(numbers: Sequence[int]) -> str:
    """Numbers of rows or lines as a remark lists them."""
    return ", ".join(map(str, numbers[:_MOST_NAMED])) + (", …" if len(numbers) > _MOST_NAMED else "")


def _xer_rows(plan: XerPlan) -> tuple[list[PlanRow], list[PlanTask]]:
    """WBS elements as summary tasks, each followed by its activities."""
    rows: list[PlanRow] = []
    tasks: list[PlanTask] = []
    under: dict[str | None, list[XerActivity]] = {}
    for activity in plan.activities:
        under.setdefault(activity.wbs, []).append(activity)
    paths: dict[str, str] = {}

    def add(row: PlanRow, task: PlanTask) -> None:
        rows.append(row)
        tasks.append(task)

    for activity in under.get(None, ()):
        add(*_activity(activity, None))
    for node in plan.wbs:
        path = f"{paths[node.parent]}.{node.code}" if node.parent in paths else node.code
        paths[node.id] = path[-_LONGEST_PATH:]
        key, parent = _wbs_key(node.id), _wbs_key(node.parent) if node.parent else None
        values = {"source_id": path[-60:] or None, "wbs": path[-60:] or None, "name": node.name or node.code or None,
                  "kind": "summary"}  # fmt: skip
        add(PlanRow(node.line, key, parent, values, path), PlanTask(key, node.name, parent, TaskKind.SUMMARY))
        for activity in under.get(node.id, ()):
            add(*_activity(activity, key))
    return rows, tasks


def _wbs_key(id: str) -> str:
    """The id in the plan of a WBS element; the tab, which parts the fields of a file, keeps it from activities' ids."""
    return f"wbs\t{id}"


def _activity(activity: XerActivity, parent: str | None) -> tuple[PlanRow, PlanTask]:
    task = PlanTask(
        id=activity.id,
        name=activity.name,
        parent=parent,
        kind=activity.kind,
        duration=0 if activity.kind is TaskKind.MILESTONE else activity.duration,
        calendar=activity.calendar,
        constraint=activity.constraint,
        constraint_date=activity.constraint_date,
        actual_start=activity.actual_start,
        actual_finish=activity.actual_finish,
        remaining=activity.remaining if activity.actual_start and not activity.actual_finish else None,
        percent=activity.percent,
        start=activity.start,
        finish=activity.finish,
    )
    values = _values(task, activity.start, activity.finish)
    values |= {
        "source_id": activity.code or None,
        "wbs": activity.code or None,
        "name": activity.name or None,
        "notes": activity.notes or None,
        **_people(activity.owners),
    }
    return PlanRow(activity.line, activity.id, parent, values, activity.code), task


def _values(task: PlanTask, start: dt.datetime | None, finish: dt.datetime | None) -> dict[str, Any]:
    fields = task_fields(task, {})
    values = {key: fields[key] for key in _COLUMNS if key in fields}
    values |= {"name": task.name or None, "start": start, "finish": day_of_end(finish, start)}
    if values["kind"] == "task" and values["duration"] != 0:  # without time it would be taken for a milestone
        values["kind"] = None
    return values


def _people(names: Sequence[str]) -> dict[str, Any]:
    if not names:
        return {}
    further = "; ".join(names[1:])[:500]
    return {"owner": [NameInCell(names[0])], "resources": further or None}


def _incoming(found: PlanRows) -> Incoming:
    place_of = {row.id: place for place, row in enumerate(found.rows)}
    values = {key: [row.values.get(key) for row in found.rows] for key in _COLUMNS}
    faulty = {p.field for problems in found.problems.values() for p in problems}  # to be corrected, if nothing to see
    incoming = Incoming(
        register("tasks"),
        [row.row for row in found.rows],
        {key: column for key, column in values.items() if key in faulty or any(v is not None for v in column)},
        whole=True,
        parents=[place_of.get(row.parent or "") for row in found.rows],
    )
    for place, row in enumerate(found.rows):
        for problem in found.problems.get(row.row, ()):
            incoming.blame(place, problem.field, problem.message, **problem.values)
            if problem.field in _COUNTED:
                incoming.values[problem.field][place] = None  # the plan counts it as 0, which the file doesn't say
    _blame_long_texts(incoming)
    incoming.links = _links(found, place_of, incoming)
    incoming.values["predecessors"] = [
        "; ".join(text_of(found.rows[p].called, kind, lag, unit) for p, kind, lag, unit in links or ()) or None
        for links in incoming.links
    ]
    return incoming


def _blame_long_texts(incoming: Incoming) -> None:
    for key, column in incoming.values.items():
        limit = incoming.register[key].limit if key in incoming.register else 0
        for place, value in enumerate(column):
            if limit and isinstance(value, str) and len(value) > limit:
                incoming.blame(place, key, TOO_MUCH_TEXT, length=len(value), limit=limit)


def _links(
    found: PlanRows, place_of: dict[str, int], incoming: Incoming
) -> list[list[tuple[int, str, float, str]] | None]:
    """The predecessors of each place; what they can't be is a fault of its row."""
    wanted: list[dict[int, tuple[int, str, float, str]]] = [{} for _ in found.rows]
    doubled = set()
    for link in found.plan.links:
        here, before = place_of.get(link.successor), place_of.get(link.predecessor)
        if here is None or link.predecessor in found.outside:
            continue
        if len(incoming.faults.get(here, ())) > _MOST_NAMED:
            continue  # it has said enough
        if before is None:
            incoming.blame(here, "predecessors", NO_SUCH_TASK, text=shown(link.predecessor))
        elif here == before:
            incoming.blame(here, "predecessors", ON_ITSELF)
        elif abs(link.lag) > MOST_MINUTES:
            incoming.blame(here, "predecessors", TOO_LONG)
        elif before in wanted[here]:
            doubled.add(incoming.rows[here])
        else:
            wanted[here][before] = before, link.type.value, float(link.lag), link.lag_unit.value
    found.notices = [n for n in found.notices if n.message != _DOUBLED] + _of_links(_DOUBLED, sorted(doubled))
    return [list(links.values()) for links in wanted]


def _mapped(incoming: Incoming) -> list[MappedColumn]:
    target = incoming.register
    return [
        MappedColumn(n, target[key].label, key, 1.0, (), "heading")
        for n, key in enumerate([k for k in incoming.values if k in target])
    ]

"""The tasks of a plan in MS Project's XML or Primavera's XER as rows of an import."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handover.errors import UnusableFile
from handover.exchange.comparing import judged
from handover.exchange.incoming import Incoming
from handover.exchange.mapping import Mapped, Mapping
from handover.exchange.mspdi import MspdiProject, read_mspdi, to_plan
from handover.exchange.plan_corrections import correct
from handover.exchange.plan_store import task_fields
from handover.exchange.prospect import DryRun, FileFacts, Options
from handover.exchange.recognise import Origin
from handover.exchange.source import Notice, Source
from handover.exchange.values import Named, Unreadable
from handover.exchange.xer_plan import XerActivity, XerPlan, read_xer
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.plan.calendar import standard
from handover.plan.values import Kind, LagUnit, Link, Plan, PlanTask
from handover.registers.baselines import BaseDates
from handover.registers.catalogue import register
from handover.registers.links import text_of
from handover.store.workspace import Workspace

#: What both programs call the columns that are taken, as the mapping shows them.
_COLUMNS = (
    "source_id", "wbs", "name", "kind", "duration", "elapsed", "estimated", "start", "finish", "percent", "constraint",
    "constraint_at", "deadline", "actual_start", "actual_finish", "remaining", "inactive", "owner", "resources",
    "notes",
)  # fmt: skip


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
    """A plan with its tasks as rows; ``problems`` are by row, ``notices`` for the whole file."""

    name: str
    plan: Plan
    rows: list[PlanRow]
    problems: dict[int, Unreadable] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    baselines: dict[str, dict[str, BaseDates]] = field(default_factory=dict)


def plan_dry_run(
    workspace: Workspace,
    project: Project,
    source: Source,
    origin: Origin,
    options: Options | None = None,
    progress: Progress = unattended,
    found: PlanRows | None = None,
) -> DryRun:
    """The dry run of a plan in XML or XER. Nothing is written.

    Args:
        found: the rows of the file where they were read before; they stay as they are.

    Raises:
        UnusableFile: it can't be read or has no tasks.
        Cancelled: the user stopped it.
    """
    options = options or Options()
    found = found or read_plan_rows(source, progress)
    incoming = _incoming(found)
    ids = [row.id for row in found.rows]
    plan = found.plan
    if options.corrections:
        called = [row.called for row in found.rows]
        plan = correct(incoming, plan, ids, called, options.corrections, options.date_order)
    mapping = Mapping("tasks", tuple(_mapped(incoming)))
    facts = FileFacts(source.path, source.sha256, origin, found.name)
    run = judged(
        workspace, project.id, register("tasks"), facts, incoming, mapping, options,
        headings={"source_id": "unique id"}, notices=found.notices, progress=progress,
    )  # fmt: skip
    run.plan = plan
    run.plan_ids = ids
    run.plan_baselines = found.baselines
    return run


def read_plan_rows(source: Source, progress: Progress = unattended) -> PlanRows:
    """The tasks of a plan in XML or XER as rows. Raises UnusableFile when it can't be read or has none, Cancelled."""
    found = _mspdi(source, progress) if source.kind == "mspdi" else _xer(source, progress)
    if not found.rows:
        raise UnusableFile(N_("{file} has no tasks."), file=source.file)
    return found


def _mspdi(source: Source, progress: Progress) -> PlanRows:
    project = read_mspdi(source.path, progress, source.file)
    plan = to_plan(project)
    by_id = {task.id: task for task in plan.tasks}
    rows = []
    for task in project.tasks:
        scheduled = by_id.get(str(task.uid))
        if scheduled is None:
            continue
        values = _values(scheduled, task.stored.start, task.stored.finish)
        values |= {
            "source_id": str(task.uid),
            "wbs": (task.wbs or task.outline_number)[:60] or None,
            "estimated": task.estimated or None,
            "notes": task.notes or None,
            **_people(task.owners),
        }
        rows.append(PlanRow(task.id, scheduled.id, scheduled.parent, values, str(task.id)))
    return PlanRows(project.title or project.name, plan, rows, baselines=_baselines(project))


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
    plans = read_xer(source.path, progress)
    chosen = max(plans, key=lambda p: len(p.activities), default=XerPlan("", "", ""))
    notices = [
        Notice(N_("The file holds another project, {name}; only the largest is taken."), {"name": p.name or p.code})
        for p in plans
        if p is not chosen
    ]
    rows, tasks = _xer_rows(chosen)
    known = {row.row for row in rows}
    problems = {line: error for line, error in chosen.problems.items() if line in known}
    notices += [
        Notice(error.message, dict(error.values)) for line, error in chosen.problems.items() if line not in known
    ][:20]
    dates = [t.start for t in tasks if t.start is not None]
    start = chosen.start or min(dates, default=dt.datetime(2000, 1, 1, 8))
    calendars = chosen.calendars or (standard(),)
    ids = {c.id for c in calendars}
    plan = Plan(
        start=start,
        tasks=tuple(tasks),
        links=tuple(Link(k.predecessor, k.successor, k.type, float(k.lag), LagUnit.WORKING) for k in chosen.links),
        calendars=calendars,
        calendar=chosen.calendar if chosen.calendar in ids else calendars[0].id,
        data_date=chosen.data_date,
    )
    return PlanRows(chosen.name or chosen.code, plan, rows, problems, notices)


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
        paths[node.id] = path
        key, parent = f"wbs-{node.id}", f"wbs-{node.parent}" if node.parent else None
        values = {"source_id": path[-60:] or None, "wbs": path[-60:] or None, "name": node.name or node.code or None,
                  "kind": "summary"}  # fmt: skip
        add(PlanRow(node.line, key, parent, values, path), PlanTask(key, node.name, parent, Kind.SUMMARY))
        for activity in under.get(node.id, ()):
            add(*_activity(activity, key))
    return rows, tasks


def _activity(activity: XerActivity, parent: str | None) -> tuple[PlanRow, PlanTask]:
    task = PlanTask(
        id=activity.id,
        name=activity.name,
        parent=parent,
        kind=activity.kind,
        duration=0 if activity.kind is Kind.MILESTONE else activity.duration,
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
        "source_id": activity.code[:60] or None,
        "wbs": activity.code[:60] or None,
        "name": activity.name or None,
        "notes": activity.notes or None,
        **_people(activity.owners),
    }
    return PlanRow(activity.line, activity.id, parent, values, activity.code), task


def _values(task: PlanTask, start: dt.datetime | None, finish: dt.datetime | None) -> dict[str, Any]:
    fields = task_fields(task, {})
    values = {key: fields[key] for key in _COLUMNS if key in fields}
    values |= {"name": task.name or None, "start": start, "finish": finish}
    if values["kind"] == "task":
        values["kind"] = None
    return values


def _people(names: Sequence[str]) -> dict[str, Any]:
    if not names:
        return {}
    further = "; ".join(names[1:])[:500]
    return {"owner": [Named(names[0])], "resources": further or None}


def _incoming(found: PlanRows) -> Incoming:
    place_of = {row.id: place for place, row in enumerate(found.rows)}
    values = {key: [row.values.get(key) for row in found.rows] for key in _COLUMNS}
    problems = {place: p for place, row in enumerate(found.rows) if (p := found.problems.get(row.row)) is not None}
    faulty = {problem.field for problem in problems.values()}  # there is something to correct, if nothing to see
    incoming = Incoming(
        register("tasks"),
        [row.row for row in found.rows],
        {key: column for key, column in values.items() if key in faulty or any(v is not None for v in column)},
        parents=[place_of.get(row.parent or "") for row in found.rows],
    )
    incoming.links = _links(found, place_of)
    incoming.values["predecessors"] = [
        "; ".join(text_of(found.rows[p].called, kind, lag, unit) for p, kind, lag, unit in links or ()) or None
        for links in incoming.links
    ]
    for place, problem in problems.items():
        incoming.blame(place, problem.field, problem.message, **problem.values)
    return incoming


def _links(found: PlanRows, place_of: dict[str, int]) -> list[list[tuple[int, str, float, str]] | None]:
    links: list[list[tuple[int, str, float, str]] | None] = [[] for _ in found.rows]
    for link in found.plan.links:
        here, before = place_of.get(link.successor), place_of.get(link.predecessor)
        if here is None or before is None or here == before:
            continue
        wanted = links[here]
        if wanted is not None and before not in [w[0] for w in wanted]:
            wanted.append((before, link.type.value, float(link.lag), link.lag_unit.value))
    return links


def _mapped(incoming: Incoming) -> list[Mapped]:
    target = incoming.register
    return [
        Mapped(n, target[key].label, key, 1.0, (), "heading")
        for n, key in enumerate([k for k in incoming.values if k in target])
    ]

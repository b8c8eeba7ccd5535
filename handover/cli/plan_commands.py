"""The command that schedules a project."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.exits import FINDINGS
from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.model.task import Task
from handover.plan.lateness import days_of, late_tasks
from handover.plan.schedule import Schedule
from handover.registers.odd_values import PLAN, refuse_odd_values
from handover.registers.scheduling.outlook import late_sentence
from handover.registers.scheduling.planning import schedule_project
from handover.store.workspace import Workspace
from handover.values import shown


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "schedule",
        help=tr(
            "Schedule the plan by the critical-path method. JSON: a list of {shape} with ISO date-times; what is wrong "
            "with the plan goes to the error stream.",
            shape='{"ref","source_id","name","summary","early_start","early_finish","late_start","late_finish",'
            '"total_float_minutes","free_float_minutes","critical","due"}',
        ),
    )(schedule)


def schedule(
    workspace: WorkspaceFile,
    project: ProjectCode,
    data_date: Annotated[str, typer.Option(help=tr("Progress is known up to this date (ISO)."), metavar="DATE")] = "",
    as_json: AsJson = False,
) -> None:
    """Schedule the plan of a project; exit code 1 when something is wrong with the plan."""
    known_to = _moment(data_date) if data_date else None
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            refuse_odd_values(connection, owner.id, PLAN)
            scheduled = schedule_project(connection, owner.id, known_to)
            names = _names(connection, owner.id)
    if as_json:
        talk.data(_rows(scheduled, names))
    else:
        _print(scheduled, names)
    for problem in scheduled.problems:
        ref = names[problem.task][0] if problem.task in names else ""
        talk.aside(f"{ref}: {problem}" if ref else str(problem))
    if scheduled.problems:
        raise typer.Exit(FINDINGS)


def _moment(text: str) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(text)
    except ValueError:
        raise NotValid(N_("“{text}” is not a date. Write it as 2026-03-05."), text=text) from None


def _names(connection: Connection, project_id: str) -> dict[str, tuple[str, str | None, str]]:
    query = select(Task.id, Task.ref, Task.source_id, Task.name).where(Task.project_id == project_id)
    return {r[0]: (r[1], r[2], r[3]) for r in connection.execute(query)}


def _rows(scheduled: Schedule, names: dict[str, tuple[str, str | None, str]]) -> list[dict[str, object]]:
    days = days_of(scheduled)
    return [
        {
            "ref": names[t.id][0],
            "source_id": names[t.id][1],
            "name": names[t.id][2],
            "summary": t.summary,
            "early_start": t.early_start.isoformat(),
            "early_finish": t.early_finish.isoformat(),
            "late_start": t.late_start.isoformat(),
            "late_finish": t.late_finish.isoformat(),
            "total_float_minutes": t.total_float,
            "free_float_minutes": t.free_float,
            "critical": t.critical,
            "due": due.isoformat() if (due := days[t.id].finish_by) else None,
        }
        for t in scheduled
    ]


def _print(scheduled: Schedule, names: dict[str, tuple[str, str | None, str]]) -> None:
    headings = [tr("Ref."), tr("Task"), tr("Start"), tr("Finish"), tr("Total float"), tr("Critical")]
    rows = [
        [
            names[t.id][0],
            names[t.id][2][:50],
            shown.moment(t.start),
            shown.moment(t.finish),
            shown.duration(t.total_float),
            tr("Yes") if t.critical else "",
        ]
        for t in scheduled
    ]
    talk.table(headings, rows)
    if rows:
        talk.line(tr("The plan finishes on {date}.", date=shown.moment(scheduled.finish)))
        talk.line(late_sentence(late_tasks(scheduled, today())))

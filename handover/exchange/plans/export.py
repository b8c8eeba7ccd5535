"""The stored plan as a file for other programs: MS Project XML, or the milestones as a calendar (RFC 5545)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from handover import __version__, clock
from handover.errors import NotValid
from handover.exchange.plans.mspdi import MspdiBaseline, TaskDetails, from_schedule, write_mspdi
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.people import Person
from handover.model.project import Project
from handover.model.task import Task
from handover.plan.schedule import Schedule, TaskDates
from handover.plan.values import TaskKind
from handover.registers.odd_values import PLAN, refuse_odd_values
from handover.registers.scheduling.baselines import KeptBaseline, baselines, dates_of
from handover.registers.scheduling.planning import schedule_project
from handover.replacing import replacing
from handover.store.workspace import Workspace

#: MS Project keeps eleven baselines, numbered from 0.
_BASELINES = 11


def export_plan(workspace: Workspace, project: Project, path: Path, progress: Progress = unattended) -> int:
    """Write the scheduled plan as MS Project XML (``.xml``) or its milestones as a calendar (``.ics``).

    Returns how many tasks or milestones were written.

    Raises:
        NotValid: the plan is empty, or the file's ending is another one.
        HandoverError: the file can't be written; what was there is as it was.
    """
    with workspace.read() as connection:
        refuse_odd_values(connection, project.id, PLAN)
        scheduled = schedule_project(connection, project.id)
        details = _details(connection, project.id)
    if not len(scheduled):
        raise NotValid(N_("The plan of {project} has no tasks yet."), project=project.code)
    if path.suffix.lower() == ".xml":
        write_mspdi(from_schedule(scheduled, details, name=project.code, title=project.name), path, progress)
        return len(scheduled)
    if path.suffix.lower() == ".ics":
        return _write_calendar(scheduled, project, path)
    raise NotValid(N_("“{name}” must end in .xml or .ics."), name=path.name)


def _details(connection: Connection, project_id: str) -> dict[str, TaskDetails]:
    held = {number: dates_of(connection, key) for number, key in _numbered(baselines(connection, project_id)).items()}
    query = (
        select(Task.id, Task.source_id, Task.wbs, Task.notes, Task.resources, Person.name)
        .outerjoin(Person, Person.id == Task.owner_id)
        .where(Task.project_id == project_id)
    )
    found = {}
    for row in connection.execute(query):
        lines = tuple(
            MspdiBaseline(number, dates[row.id].start, dates[row.id].finish, dates[row.id].duration)
            for number, dates in held.items()
            if row.id in dates
        )
        found[row.id] = TaskDetails(_uid(row.source_id), row.wbs or "", row.notes or "", _owners(row), lines)
    return found


def _numbered(kept: list[KeptBaseline]) -> dict[int, str]:
    """MS Project's numbers for baselines: those that came from it keep theirs, the others follow, oldest first."""
    names = {f"Baseline {n}" if n else "Baseline": n for n in range(_BASELINES)}
    found = {names[b.name]: b.id for b in kept if b.name in names}
    free = (n for n in range(_BASELINES) if n not in found)
    others = [b.id for b in reversed(kept) if b.name not in names]
    return dict(sorted((found | dict(zip(free, others, strict=False))).items()))


def _uid(source: str | None) -> int | None:
    return int(source) if source and source.isdecimal() and 0 < int(source) < 2**31 else None


def _owners(row: Any) -> tuple[str, ...]:  # Any: a row of the query
    names = [row.name, *(part.strip() for part in (row.resources or "").split(";"))]
    return tuple(dict.fromkeys(n for n in names if n))


def _write_calendar(scheduled: Schedule, project: Project, path: Path) -> int:
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", f"-//Handover//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", project.name)
    kinds = {t.id: t.kind for t in scheduled.plan.tasks}
    names = {t.id: t.name for t in scheduled.plan.tasks}
    milestones = [d for d in scheduled if kinds[d.id] is TaskKind.MILESTONE and not d.summary]
    for dates in milestones:
        event = Event()
        event.add("uid", f"{dates.id}@handover")
        event.add("dtstamp", clock.now())
        event.add("summary", f"{project.code} {names[dates.id]}")
        event.add("dtstart", _day(dates))
        event.add("dtend", _day(dates) + dt.timedelta(1))
        if dates.critical:
            event.add("description", tr("On the critical path"))
        calendar.add_component(event)
    with replacing(path) as part:
        part.write_bytes(calendar.to_ical())
    return len(milestones)


def _day(dates: TaskDates) -> dt.date:
    """The day of a milestone; at a midnight it belongs to the day that ends."""
    at = dates.finish
    return (at - dt.timedelta(minutes=1)).date() if not at.hour and not at.minute else at.date()

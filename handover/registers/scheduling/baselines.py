"""Baselines of a plan: taking one, listing them, and the dates that one holds."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.clock import today
from handover.errors import NotValid
from handover.i18n import N_
from handover.model.baseline import Baseline, BaselineTask
from handover.registers.scheduling.planning import schedule_project
from handover.store.workspace import Workspace


class KeptBaseline(NamedTuple):
    """A baseline of a project."""

    id: str
    ref: str
    name: str
    taken_on: dt.date | None


class BaseDates(NamedTuple):
    """What a baseline holds of a task; ``duration`` in minutes of work."""

    start: dt.datetime | None
    finish: dt.datetime | None
    duration: int | None


def take(workspace: Workspace, project_id: str, name: str) -> str:
    """Keep the plan as it is scheduled now under a name; returns the baseline's key.

    Raises:
        NotValid: the plan has no tasks, or the name is taken.
    """
    with workspace.read() as connection:
        if any(b.name == name.strip() for b in baselines(connection, project_id)):
            raise NotValid(N_("There is a baseline {name} already. Choose another name."), field="name", name=name)
        scheduled = schedule_project(connection, project_id)
    if not len(scheduled):
        raise NotValid(N_("The plan has no tasks yet, so there is nothing to keep."))
    durations = {t.id: t.duration for t in scheduled.plan.tasks}
    with workspace.edit(N_("Take baseline {name}"), project=project_id, name=name) as work:
        kept = work.add(Baseline(name=name.strip(), taken_on=today()))
        work.insert_plain(
            BaselineTask,
            [
                {
                    "baseline_id": kept.id,
                    "task_id": t.id,
                    "start": t.start,
                    "finish": t.finish,
                    "duration": durations[t.id],
                }
                for t in scheduled
            ],
        )
    return kept.id


def remove(workspace: Workspace, project_id: str, baseline_id: str) -> None:
    """Put a baseline into the bin."""
    with workspace.edit(N_("Delete a baseline"), project=project_id) as work:
        work.delete(work.get(Baseline, baseline_id))


def baselines(connection: Connection, project_id: str) -> list[KeptBaseline]:
    """The baselines of a project, the newest first."""
    query = select(Baseline.id, Baseline.ref, Baseline.name, Baseline.taken_on).where(
        Baseline.project_id == project_id, Baseline.deleted_at.is_(None)
    )
    return [KeptBaseline(*row) for row in connection.execute(query.order_by(Baseline.id.desc()))]


def dates_of(connection: Connection, baseline_id: str) -> dict[str, BaseDates]:
    """The dates that a baseline holds, by the key of the task."""
    query = select(BaselineTask.task_id, BaselineTask.start, BaselineTask.finish, BaselineTask.duration)
    found = connection.execute(query.where(BaselineTask.baseline_id == baseline_id))
    return {row[0]: BaseDates(row[1], row[2], row[3]) for row in found}

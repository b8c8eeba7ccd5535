"""Logging a run as the shift does it: the trip that begins now, the plant that runs again; each is one act."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.registers.me import me
from handover.running.instants import now_stamp
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace


def interrupt(
    workspace: Workspace, project_id: str, run_id: str, cause: str, attribution: str | None = None, *,
    item: str | None = None, shift: str | None = None, at: str | None = None,
) -> str:  # fmt: skip
    """Log an interruption that begins now, or then: the segment that goes on ends with it. Returns its key.

    Raises:
        NotLawful: the run isn't running, or an interruption goes on already.
    """
    when = at or now_stamp()
    person = me(workspace, project_id)
    with workspace.edit(N_("Log an interruption: {cause}"), project=project_id, cause=cause) as work:
        _require_running(work, run_id)
        if _going_on(work, RunInterruption, run_id):
            raise NotLawful(N_("An interruption goes on already. Say first when it ended."))
        for segment in _going_on(work, RunSegment, run_id):
            segment.to_at = when
        work.settle()
        stop = RunInterruption(run_id=run_id, from_at=when, cause=cause, attribution=attribution, item=item)
        stop.shift, stop.logged_by_id = shift, person
        return work.add(stop).id


def run_again(
    workspace: Workspace, project_id: str, run_id: str, load: float | None = None, *, shift: str | None = None,
    at: str | None = None,
) -> str:  # fmt: skip
    """Log that the plant runs, now or from then on, at a load: what interrupted it ends. Returns the segment's key.

    Where a segment goes on already, it ends and another begins, as when the load changes.

    Raises:
        NotLawful: the run isn't running.
    """
    when = at or now_stamp()
    person = me(workspace, project_id)
    with workspace.edit(N_("Log that the plant runs"), project=project_id) as work:
        _require_running(work, run_id)
        for entry in (*_going_on(work, RunInterruption, run_id), *_going_on(work, RunSegment, run_id)):
            entry.to_at = when
        work.settle()
        last = work.session.scalars(
            select(RunSegment.load)
            .where(RunSegment.run_id == run_id, RunSegment.deleted_at.is_(None), RunSegment.load.is_not(None))
            .order_by(RunSegment.from_at.desc(), RunSegment.id.desc())
        ).first()
        segment = RunSegment(run_id=run_id, from_at=when, load=load if load is not None else last)
        segment.shift, segment.logged_by_id = shift, person
        return work.add(segment).id


def _require_running(work: UnitOfWork, run_id: str) -> None:
    run = work.get(ProvingRun, run_id)
    if run.status != "running":
        raise NotLawful(N_("{name} isn't running: start the run first."), name=run.name)


def _going_on(
    work: UnitOfWork, model: type[RunSegment] | type[RunInterruption], run_id: str
) -> Sequence[RunSegment | RunInterruption]:
    asked = select(model).where(model.run_id == run_id, model.to_at.is_(None), model.deleted_at.is_(None))
    return list(work.session.scalars(asked))

"""An emergency stop interrupts the runs of its system that are running, at the minute at which it is ordered."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover import clock
from handover.model.base import Row, new_id
from handover.model.entailed import entailed_by
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.model.steps import Taker
from handover.model.teams.decision import Decision
from handover.model.teams.leads import upwards
from handover.running.instants import now_stamp


@entailed_by(Decision)
def interrupt_runs(decision: Decision, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """What runs on the system or below it is interrupted; a stop of an earlier day is told in the log by hand."""
    ordered = "status" in changed and decision.status == "in_force" and decision.authority == "emergency"
    if not ordered or taker.history or (decision.decided_on or taker.today) != clock.today():
        return
    running = select(ProvingRun).where(
        ProvingRun.project_id == decision.project_id, ProvingRun.running(), ProvingRun.deleted_at.is_(None)
    )
    for run in session.scalars(running).all():
        if any(system.id == decision.system_id for system in upwards(session, run.system_id)):
            yield from _interrupt(run, decision, session)


def _interrupt(run: ProvingRun, decision: Decision, session: Session) -> Iterator[Row]:
    stopped = select(RunInterruption.id).where(
        RunInterruption.run_id == run.id, RunInterruption.going_on(), RunInterruption.deleted_at.is_(None)
    )
    made_before = any(isinstance(row, RunInterruption) and row.run_id == run.id for row in session.new)
    if made_before or session.scalar(stopped.limit(1)) is not None:
        return
    segments = select(RunSegment).where(
        RunSegment.run_id == run.id, RunSegment.going_on(), RunSegment.deleted_at.is_(None)
    )
    when = now_stamp()
    for segment in session.scalars(segments).all():
        segment.to_at = when
        yield segment
    cause = f"{decision.ref} {decision.title}"[:500]
    made = RunInterruption(id=new_id(), project_id=run.project_id, run_id=run.id, from_at=when, cause=cause)
    session.add(made)
    yield made

"""Ticking a run sheet off: the step that is done ends, and the next one begins with it, in one act."""

from __future__ import annotations

from sqlalchemy import select

from handover.i18n import N_
from handover.model.cutover.step import CUTOVER_STEP_STATUS, CutoverStep
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace


def tick(workspace: Workspace, project_id: str, step_id: str) -> None:
    """Begin a step that waits; tick one off that is under way, and begin the next ones that wait.

    Raises:
        NotLawful: its wave isn't under way, or it is over already.
    """
    with workspace.read() as connection:
        ref, status = connection.execute(
            select(CutoverStep.ref, CutoverStep.status).where(CutoverStep.id == step_id)
        ).one()
    begins = status in ("waiting", "failed")
    label = N_("Begin {ref}") if begins else N_("Tick off {ref}")
    with workspace.edit(label, project=project_id, ref=ref) as work:
        step = work.get(CutoverStep, step_id)
        work.take(step, CUTOVER_STEP_STATUS.step("begin" if begins else "done"), {})
        if not begins:
            work.settle()
            _begin_next(work, step)


def _begin_next(work: UnitOfWork, done: CutoverStep) -> None:
    """Begin the step after one that is done, with those that run beside it, unless another is under way still."""
    asked = select(CutoverStep).where(CutoverStep.wave_id == done.wave_id, CutoverStep.deleted_at.is_(None))
    steps = list(work.session.scalars(asked.order_by(CutoverStep.number, CutoverStep.id)))
    if any(step.status == "running" for step in steps):
        return
    waiting = [step for step in steps if step.status == "waiting" and (step.number or 0) > (done.number or 0)]
    for at, step in enumerate(waiting):
        if at and not step.together:
            return
        work.take(step, CUTOVER_STEP_STATUS.step("begin"), {})

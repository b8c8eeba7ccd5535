"""What becomes of a step of a test that fails: a punch item or a rectification, which the step settles when it is done
again."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.model.acceptance.rectification import RECTIFICATION_STATUS, Rectification
from handover.model.acceptance.trial import Trial, TrialStep
from handover.model.base import Row, new_id
from handover.model.entailed import at_hand, entailed_by
from handover.model.picks.pick import Pick
from handover.model.punch import PUNCH_STATUS, Punch
from handover.model.steps import Taker
from handover.model.system import System
from handover.values.moments import day_of

#: Characters of what was found, in a punch item and in a rectification.
_LONGEST, _SHORT = 3500, 300
#: Open, and proven by the step.
_PROVEN = ("retest_passed", "sop_updated")


@entailed_by(TrialStep)
def follow_step(step: TrialStep, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A step that is done here and now has its day, begins its test, raises its defect or settles that of before."""
    if taker.history or step.result is None or not changed & {"result", "actual", "done_at"}:
        return
    trial = at_hand(session, Trial, step.trial_id)
    if trial is None:
        return
    mending = at_hand(session, Rectification, step.rectification_id)
    again = mending is not None and mending.status == "awaiting_retest" and "result" in changed
    if step.done_at is None or (again and "done_at" not in changed):
        step.done_at = taker.today
        yield step
    if trial.status == "planned":
        trial.status = "running"
        yield trial
    if mending is not None and mending.trial_id == trial.id:
        yield from _done_again(step, mending)
    if step.result == "fail" and not _is_open(session, step):
        yield from _raised(step, trial, session, taker)


def _is_open(session: Session, step: TrialStep) -> bool:
    """Whether what the step raised before is still open, so that this failure adds to it."""
    punch, mending = at_hand(session, Punch, step.punch_id), at_hand(session, Rectification, step.rectification_id)
    return (punch is not None and punch.deleted_at is None and punch.status not in PUNCH_STATUS.closed) or (
        mending is not None and mending.deleted_at is None and mending.status not in RECTIFICATION_STATUS.closed
    )


def _done_again(step: TrialStep, mending: Rectification) -> Iterator[Row]:
    """The step decides by itself whether the mend holds; one that failed since is mended again."""
    verdict, on = step.result, day_of(step.done_at) if step.done_at is not None else None
    if verdict not in ("pass", "fail") or on is None:
        return
    if mending.status == "awaiting_retest" and mending.mended_on is not None and on >= day_of(mending.mended_on):
        mending.retested_on = on
        mending.status = "retest_passed" if verdict == "pass" else "retest_failed"
        yield mending
    elif mending.status in _PROVEN and verdict == "fail":
        with mending.shows_another:
            mending.status = "retest_failed"
        mending.retested_on = on
        yield mending


def _raised(step: TrialStep, trial: Trial, session: Session, taker: Taker) -> Iterator[Row]:
    found = f"{trial.code or trial.title} / {step.number}: {(step.actual or '').strip()}"
    if (step.raises or trial.raises) == "rectification":
        made: Row = _rectification(step, trial, found, session, taker)
        step.rectification_id = made.id
    else:
        made = _punch(trial, found, session, taker)
        step.punch_id = made.id
    session.add(made)
    yield made
    yield step


def _punch(trial: Trial, found: str, session: Session, taker: Taker) -> Punch:
    source = session.scalars(
        select(Pick.id).where(
            Pick.project_id == trial.project_id, Pick.list == "punch_source", Pick.meaning == "test",
            Pick.deleted_at.is_(None),
        )
    ).first()  # fmt: skip
    return Punch(
        id=new_id(), project_id=trial.project_id, description=found[:_LONGEST], system_id=trial.system_id,
        source_id=source, raised_on=taker.today, raised_by_id=taker.person,
    )  # fmt: skip


def _rectification(step: TrialStep, trial: Trial, found: str, session: Session, taker: Taker) -> Rectification:
    system = at_hand(session, System, trial.system_id)
    return Rectification(
        id=new_id(), project_id=trial.project_id, trial_id=trial.id, system_id=trial.system_id,
        deviation=found[:_SHORT], opened_on=day_of(step.done_at) if step.done_at is not None else taker.today,
        owner_id=system.engineering_lead_id if system is not None else None,
    )  # fmt: skip

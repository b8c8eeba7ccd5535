"""What an emergency stop stops: every step of its system and of all below it, and the tasks there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Base, Row, model_of
from handover.model.entailed import at_hand
from handover.model.lifecycle import Step
from handover.model.steps import Taker, stands_against_steps
from handover.model.system import System
from handover.model.teams.decision import BINDING, Decision
from handover.model.teams.leads import upwards

#: Steps that take something out of the work, go back, or end the stop.
_GO_ON = frozenset({"void", "reject", "regularise", "lift", "fail", "roll_back"})


@stands_against_steps
def stopped_steps(row: Base, step: Step, session: Session, taker: Taker) -> Iterator[Reason]:
    """A stop refuses the steps of what belongs to its system; what is told of the past was before it."""
    if step.key in _GO_ON or taker.history or getattr(row, "goes_on_when_stopped", False):
        return
    yield from stopped(session, system_of(row, session))


def stopped(session: Session, system_id: str | None) -> Iterator[Reason]:
    """The stops in force over a system: of itself, and of what it is part of."""
    if not system_id:
        return
    stops = _in_force(session)
    if not stops:
        return
    over = {system.id: system.code for system in upwards(session, system_id)}
    for stop in stops:
        if stop.system_id in over:
            values = {"ref": stop.ref, "system": over[stop.system_id], "title": stop.title}
            message = N_("{system} is stopped by {ref}, “{title}”: nothing goes on there until it is lifted.")
            yield Reason(message, values, rows=((Decision.__tablename__, stop.id),))


def system_of(row: Base, session: Session) -> str | None:
    """The system that a row is of: that it names, else that of the row whose part it is."""
    seen: set[str] = set()
    here: Base | None = row
    while isinstance(here, Row) and here.id not in seen:
        if isinstance(here, System):
            return here.id
        if found := getattr(here, "system_id", None):
            return str(found)
        seen.add(here.id)
        here = _owner(here, session)
    return None


def _owner(row: Row, session: Session) -> Row | None:
    if not row.part_of:
        return None
    target = next(iter(type(row).__table__.columns[row.part_of].foreign_keys)).column.table
    model = model_of(str(target.name))
    return at_hand(session, model, getattr(row, row.part_of)) if issubclass(model, Row) else None


def _in_force(session: Session) -> list[Decision]:
    """The stops as the act has them: one that it lifts doesn't stop any more, one that it orders does."""
    stored = session.scalars(select(Decision).where(Decision.authority == "emergency", Decision.deleted_at.is_(None)))
    added = [row for row in session.new if isinstance(row, Decision) and row.authority == "emergency"]
    return [row for row in (*stored.all(), *added) if row.status in BINDING and row.deleted_at is None]


def stopped_progress(row: Row, system_id: str | None, taker: Taker) -> Iterator[Reason]:
    """The stops that stand against starting or going on with work of a system."""
    session = object_session(row)
    if session is not None and not taker.history:
        yield from stopped(session, system_id)

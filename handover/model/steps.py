"""Taking the steps of a lifecycle: what stands against one, and what follows from it.

A change of state is noted when it is made and settled when the act ends, once all fields are there: the order in which
they were set changes nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import inspect
from sqlalchemy.orm import Session, object_session

from handover.errors import NotLawful, Reason, Refused
from handover.i18n import N_
from handover.model.base import Base, Row
from handover.model.lifecycle import Lifecycle, Step
from handover.values.moments import day_of
from handover.values.shown import ShownDay


@dataclass(frozen=True, slots=True)
class Taker:
    """Who takes steps, and when.

    Attributes:
        person: the key of the person whom the user is in the project, None where that isn't known.
        history: the act tells of what happened some time ago, as an import does: nobody and no day is made up, and the
            questions of a step don't bind.
    """

    person: str | None
    today: dt.date
    history: bool = False


#: Says what stands against a step of any row for a reason that lies outside of the row.
StandingAgainst = Callable[[Base, Step, Session, Taker], Iterator[Reason]]
S = TypeVar("S", bound=StandingAgainst)
_standing_against: list[StandingAgainst] = []


def stands_against_steps(function: S) -> S:
    """Have a function asked before every step of every row."""
    _standing_against.append(function)
    return function


def attribute(model: type[Base], field: str) -> str:
    """The attribute of a model that a field names."""
    return field if field in model.__table__.columns else f"{field}_id"


@cache
def life_of(model: type[Base]) -> tuple[str, Lifecycle] | None:
    """The attribute that holds the state of a model's rows, and its lifecycle; None where they have none."""
    for column in model.__table__.columns:
        words = column.info.get("words")
        if isinstance(words, Lifecycle):
            return str(column.key), words
    return None


def take(row: Row, step: Step, answers: Mapping[str, Any]) -> None:
    """Fill in what a step is given and change the state; the end of the act settles the rest.

    Args:
        answers: values by field; only those that the step can be given.

    Raises:
        NotLawful: the row isn't in a state from which the step leads, or lies in the bin.
        NotValid: a value can't be stored in its field.
    """
    found = life_of(type(row))
    if found is None or step not in found[1].steps:
        raise NotLawful(N_("{ref} has no step {step}."), ref=row.ref, step=step)
    attr, life = found
    before = getattr(row, attr)
    if row.deleted_at is not None:
        raise NotLawful(N_("{ref} is in the bin. Restore it first."), ref=row.ref)
    if before == step.target:
        raise NotLawful(N_("{ref} is “{state}” already."), ref=row.ref, state=life[before])
    if before not in step.source:
        raise NotLawful(
            N_("{ref} is “{state}”; “{step}” isn't possible now."), ref=row.ref, state=life[before], step=step
        )
    for field, value in answers.items():
        if field not in step.given:
            raise NotLawful(N_("“{step}” doesn't ask for {field}."), step=step, field=field)
        setattr(row, attribute(type(row), field), value)
    setattr(row, attr, step.target)
    row.passed[-1] = (attr, before, step.target, step)


def settle(row: Base, taker: Taker) -> frozenset[str]:
    """Check every change of state that a row went through in this act, and do what follows from each.

    Returns the attributes that its steps may set.

    Raises:
        Refused: with every reason that stands against it.
    """
    touched: set[str] = set()
    for attr, before, after, taken in row.passed:
        life = type(row).__table__.columns[attr].info["words"]
        step = taken or _meant(row, life.steps_between(before, after))
        if reasons := [*against(row, step, taker)]:
            raise Refused(reasons)
        _follow(row, step, taker)
        touched |= {attribute(type(row), field) for field in step.touches}
    row.passed.clear()
    return frozenset(touched)


def against(row: Base, step: Step, taker: Taker) -> Iterator[Reason]:
    """What stands against a step, once what it asks for is filled in."""
    if not taker.history:
        yield from _unanswered(row, step, taker)
        yield from _wrong_person(row, step, taker)
        yield from _too_early(row, step, taker)
    if step.needs:
        yield from getattr(row, step.needs)(taker)
    session = object_session(row)
    if session is not None:
        for function in _standing_against:
            yield from function(row, step, session, taker)


def _meant(row: Base, steps: tuple[Step, ...]) -> Step:
    """Which of several steps between the same states was meant: one whose questions were answered in this act, then
    one that asks nothing, then the first."""
    fresh = _fresh(row)
    answered = (s for s in steps if s.asks and {attribute(type(row), f) for f in s.asks} <= fresh)
    return next(answered, None) or next((s for s in steps if not s.asks), steps[0])


def _fresh(row: Base) -> set[str]:
    """The attributes that were set in this act."""
    return {a.key for a in inspect(row).attrs if a.history.has_changes()}


def _empty(row: Base, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        value = getattr(row, attribute(type(row), field))
        if value is None or (isinstance(value, str) and not value.strip()):
            yield field


def _unanswered(row: Base, step: Step, taker: Taker) -> Iterator[Reason]:
    for field in _empty(row, step.asks):
        known = (field == step.by and taker.person is not None) or field == step.on
        if not known:
            yield Reason(N_("“{step}” needs this field: {field}."), {"step": step, "field": field}, field=field)


def _wrong_person(row: Base, step: Step, taker: Taker) -> Iterator[Reason]:
    by = (_given(row, step.by) if step.by else None) or taker.person
    for field in step.by_other_than:
        if by is not None and by == _given(row, field):
            message = N_("“{step}” is for somebody else than who did the step before.")
            yield Reason(message, {"step": step}, field=step.by)


def _too_early(row: Base, step: Step, taker: Taker) -> Iterator[Reason]:
    on = (_given(row, step.on) or taker.today) if step.on else None
    for field in step.after:
        earlier = _given(row, field)
        if on is not None and earlier is not None and day_of(on) < day_of(earlier):
            message = N_("“{step}” on {day} would be before the step before it, of {earlier}.")
            yield Reason(
                message,
                {"step": step, "day": ShownDay(day_of(on)), "earlier": ShownDay(day_of(earlier))},
                field=step.on,
            )


def _given(row: Base, field: str) -> Any:  # Any: a day or a key
    return getattr(row, attribute(type(row), field))


def _follow(row: Base, step: Step, taker: Taker) -> None:
    """Empty, count and stamp what the step does; what was filled in within the act stays."""
    fresh = _fresh(row)
    for field in step.wipes:
        if field not in step.given or attribute(type(row), field) not in fresh:
            setattr(row, attribute(type(row), field), None)
    if step.counts:
        setattr(row, step.counts, (getattr(row, step.counts) or 0) + 1)
    if taker.history:
        return
    if step.on and _given(row, step.on) is None:
        setattr(row, attribute(type(row), step.on), taker.today)
    if step.by and _given(row, step.by) is None:
        setattr(row, attribute(type(row), step.by), taker.person)

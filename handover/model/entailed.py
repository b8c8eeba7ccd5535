"""What a change of one row brings about in others: said where the others are at home, and done within the same act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from handover.model.base import Base, Row
from handover.model.steps import Taker

#: Changes what has to be changed with a row of which some attributes changed, and makes what comes with it; yields the
#: rows that it has changed or made, which are checked in their turn. It yields nothing where everything stands already.
Entailing = Callable[[Any, Set[str], Session, Taker], Iterator[Row]]  # Any: a row of the model that it is said of
#: The same for many new rows, given as values by column: the model and the rows that come along.
ComingAlong = Callable[[Sequence[Mapping[str, Any]], Session], tuple[type[Row], list[dict[str, Any]]]]  # Any: columns
#: Changes other rows once many new ones are there with their keys; yields what it has changed or made.
AfterManyNew = Callable[[Sequence[Mapping[str, Any]], Session], Iterator[Row]]  # Any: column values

E = TypeVar("E", bound=Entailing)
C = TypeVar("C", bound=ComingAlong)
A = TypeVar("A", bound=AfterManyNew)
R = TypeVar("R", bound=Row)
_entailing: dict[type[Base], list[Entailing]] = defaultdict(list)
_coming_along: dict[type[Base], list[ComingAlong]] = defaultdict(list)
_after_many_new: dict[type[Base], list[AfterManyNew]] = defaultdict(list)


def entailed_by(model: type[Row]) -> Callable[[E], E]:
    """Say what a change of a row of this model brings about."""

    def said(function: E) -> E:
        _entailing[model].append(function)
        return function

    return said


def coming_with_new(model: type[Row]) -> Callable[[C], C]:
    """Say which rows come with many new ones of this model; what ``entailed_by`` says is not asked for those."""

    def said(function: C) -> C:
        _coming_along[model].append(function)
        return function

    return said


def after_many_new(model: type[Row]) -> Callable[[A], A]:
    """Say what many new rows of this model, which came for their own sake, change in others."""

    def said(function: A) -> A:
        _after_many_new[model].append(function)
        return function

    return said


def entailed(row: Base, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """The rows that are changed or made with a row, once its own rules are met."""
    for function in _entailing.get(type(row), ()) if changed else ():
        yield from function(row, changed, session, taker)


def coming_along(model: type[Base]) -> Sequence[ComingAlong]:
    """What is asked for the rows that come with many new ones."""
    return _coming_along.get(model, ())


def changing_others(model: type[Base]) -> Sequence[AfterManyNew]:
    """What is done once many new rows are there."""
    return _after_many_new.get(model, ())


def at_hand(session: Session, model: type[R], key: str | None) -> R | None:
    """The row of a key, also one that the act itself adds; None where there is none."""
    if not key:
        return None
    return session.get(model, key) or next((r for r in session.new if isinstance(r, model) and r.id == key), None)

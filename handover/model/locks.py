"""Rows that lock: in some states a row, and what is part of it, is changed by its steps alone."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cache
from typing import Any

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Base, Row
from handover.model.steps import attribute, life_of


def locked_by(model: type[Base], values: Mapping[str, Any]) -> str:  # Any: the values of any column
    """The state that locks a row with these values, as people read it; empty where none does."""
    found = life_of(model)
    if found is None or values.get(found[0]) not in found[1].locked:
        return ""
    return found[1].label(values.get(found[0]))


def refusal(
    model: type[Base],
    before: Mapping[str, Any],  # Any: as above
    after: Mapping[str, Any],
    changed: Set[str],
    let_through: Set[str] = frozenset(),
) -> Reason | None:
    """Why a locked row can't be changed like this; None where nothing is against it.

    A row that an act unlocks, or that it locks, is open in that act: the order of what is done in it changes nothing.

    Args:
        before, after: all columns of the row.
        changed: the columns that change.
        let_through: the columns that a step of the act sets.
    """
    found = life_of(model)
    if found is None or before.get("deleted_at") is not None:
        return None
    attr, life = found
    if before.get(attr) not in life.locked or after.get(attr) not in life.locked:
        return None
    held = changed - {attr} - let_through - open_attributes(model)
    if not held:
        return None
    values = {"ref": before.get("ref"), "state": life[str(before[attr])]}
    if "deleted_at" in held:
        return Reason(N_("{ref} is “{state}” and can't be deleted."), values)
    field = min(held).removesuffix("_id")
    return Reason(N_("{ref} is “{state}” and can't be changed. Take its last step back, or supersede it."), values,
                  field=field)  # fmt: skip


def of_part(owner: Row, part: type[Base] | None = None) -> Reason | None:
    """Why nothing can be added to, changed in or taken from the parts of a row; None where nothing is against it.

    Args:
        part: the model of the parts; None for files.
    """
    found = life_of(type(owner))
    state = getattr(owner, found[0]) if found else None
    return of_parts(type(owner), owner.ref, state, part, binned=owner.deleted_at is not None)


def of_parts(
    model: type[Base], ref: str, state: str | None, part: type[Base] | None = None, *, binned: bool = False
) -> Reason | None:
    """As ``of_part`` for a row of a model of which only the state is known."""
    if binned:
        return Reason(N_("{ref} is in the bin. Restore it first."), {"ref": ref})
    found = life_of(model)
    lives_on = part is not None and issubclass(part, Row) and part.outlives_lock
    if found is None or state not in found[1].locked or lives_on:
        return None
    message = N_("{ref} is “{state}”: what belongs to it can't be changed.")
    return Reason(message, {"ref": ref, "state": found[1][str(state)]})


@cache
def open_attributes(model: type[Base]) -> frozenset[str]:
    """The columns that can be changed in a locked row all the same."""
    found = life_of(model)
    return frozenset(attribute(model, field) for field in found[1].stays_open) if found else frozenset()

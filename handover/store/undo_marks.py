"""The marks of undo and redo in the log, worked out anew: they follow from the acts, which bear hashes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class ActMarks(NamedTuple):
    """An act with its marks; see ``log.Act``."""

    id: int
    kind: str
    target: int | None
    below: int | None
    redo_below: int | None
    undo_top: int | None
    redo_top: int | None


#: The columns of an act that ``first_wrong`` reads, in their order.
COLUMNS = ", ".join(ActMarks._fields)
#: From the last act that can't be undone on: no mark leads back beyond it.
SINCE = "id >= (SELECT coalesce(max(id), 0) FROM act WHERE kind = 'barrier')"


def first_wrong(acts: Iterable[ActMarks]) -> int | None:
    """The number of the first act whose marks don't follow from the acts before it; None if all do.

    Args:
        acts: in their order, the first one of all or one that can't be undone.
    """
    seen: dict[int, ActMarks] = {}
    undo_top: int | None = None
    redo_top: int | None = None
    expected: tuple[int | None, int | None, int | None, int | None]
    for act in acts:
        target = seen.get(act.target) if act.target is not None else None
        if act.kind == "edit":
            expected = (undo_top, None, act.id, None)
        elif act.kind == "undo" and target is not None and act.target == undo_top:
            expected = (None, redo_top, target.below, act.id)
        elif act.kind == "redo" and target is not None and act.target == redo_top:
            expected = (undo_top, None, act.id, target.redo_below)
        elif act.kind == "note":
            expected = (None, None, undo_top, redo_top)
        elif act.kind == "barrier":
            expected = (None, None, None, None)
        else:
            return act.id
        if (act.below, act.redo_below, act.undo_top, act.redo_top) != expected:
            return act.id
        seen[act.id] = act
        undo_top, redo_top = act.undo_top, act.redo_top
    return None

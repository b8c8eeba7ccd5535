"""What can be picked for a field: words of its vocabulary, lawful next states, the rows that a link may name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

from handover.i18n import tr
from handover.model.lifecycle import Lifecycle
from handover.registers import find, picks, values_of
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Field, Kind
from handover.values.cells import folded
from ui.shell.page import Context

_MOST = 50


class CellChoice(NamedTuple):
    """Something to pick: its words, a quieter remark, and the value."""

    label: str
    note: str
    value: Any  # what the field holds


@dataclass(frozen=True, slots=True)
class Chosen:
    """A value that was picked from a list, so that its text needs no reading."""

    value: Any  # what the field holds


Choices = Callable[[str], list[CellChoice]]


def choices(context: Context, field: Field, now: Any = None) -> Choices | None:  # Any: what the field holds
    """What fits a typed text, best first; None for fields into which one only types.

    Args:
        now: the present value; a state offers only what may follow it.
    """
    if field.kind is Kind.LINK:
        return lambda text: _rows(context, field, text)
    if field.kind is Kind.PICK:
        return lambda text: _entries(context, field, text)
    if field.kind is Kind.BOOL:
        both = [CellChoice(tr("Yes"), "", True), CellChoice(tr("No"), "", False)]
        return lambda text: _fitting(both, text)
    if field.lifecycle is not None and now:
        lawful = [CellChoice(field.lifecycle.label(now), "", now), *_next(field.lifecycle, now)]
        return lambda text: _fitting(lawful, text)
    if field.words is not None:
        words = field.words
        return lambda text: _fitting([CellChoice(o.label, "", o.code) for o in words], text)
    if field.kind is Kind.TEXT and field.register:
        return ValuesInUse(context, field)
    return None


class ValuesInUse:
    """What stands in other rows of a column already, where values repeat in it; it helps, and binds nobody.

    It is read when somebody first types, and then once for the editor.
    """

    def __init__(self, context: Context, field: Field) -> None:
        self._context = context
        self._field = field
        self._known: list[CellChoice] | None = None

    def __call__(self, text: str) -> list[CellChoice]:
        """Those that a text may become: none while nothing is typed, nor when it is one of them."""
        if not text.strip():
            return []
        if self._known is None:
            with self._context.workspace.read() as connection:
                of = register_of(self._field.register)
                found = values_of.repeated(connection, of, self._context.project.id, self._field)
            self._known = [CellChoice(each, "", each) for each in found]
        fitting = _fitting(self._known, text)
        return [] if any(folded(c.label) == folded(text) for c in fitting) else fitting[:_MOST]


def _next(life: Lifecycle, now: str) -> list[CellChoice]:
    """The states that may follow, each with the verb of the step that leads there."""
    return [
        CellChoice(o.label, " / ".join(step.label for step in life.steps_between(now, o.code)), o.code)
        for o in life.next_states(now)
    ]


def _rows(context: Context, field: Field, text: str) -> list[CellChoice]:
    with context.workspace.read() as connection:
        found = find.suggest(connection, context.project.id, field.target, text, _MOST)
    return [CellChoice(row.name or row.ref, row.ref, row) for row in found]


def _entries(context: Context, field: Field, text: str) -> list[CellChoice]:
    with context.workspace.read() as connection:
        found = picks.suggest(connection, context.project.id, field.pick, text)
    return [CellChoice(each.word, each.code, each.linked) for each in found]


def _fitting(offered: list[CellChoice], text: str) -> list[CellChoice]:
    wanted = folded(text)
    if not wanted or any(folded(c.label) == wanted for c in offered):
        return offered
    starting = [c for c in offered if folded(c.label).startswith(wanted)]
    inside = [c for c in offered if c not in starting and wanted in folded(c.label)]
    spelled = [c for c in offered if c not in starting + inside and find.initials(c.label).startswith(wanted)]
    return starting + inside + spelled

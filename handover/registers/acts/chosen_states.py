"""Choosing a next state is taking a step: which one is meant, and which rows wait for an answer first."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from handover.model.lifecycle import Step
from handover.registers.acts.taking import lifecycle
from handover.registers.declare import Register

Values = Mapping[str, Any]  # Any: what each field holds


@dataclass(frozen=True, slots=True)
class WaitingStep:
    """A step that asks something, and the rows that are to take it, by key."""

    step: Step
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetApart:
    """What can be written at once, and the changes of state that must be asked for first."""

    changes: dict[str, dict[str, Any]]
    waiting: tuple[WaitingStep, ...]


def step_meant(
    register: Register, before: str | None, after: str | None, answered: Set[str] = frozenset()
) -> Step | None:
    """The step by which somebody who chooses a state goes there; None where no step leads there.

    Args:
        answered: the fields that are filled in along with the state.
    """
    life = lifecycle(register)
    if life is None or not before or not after or before == after:
        return None
    steps = life.steps_between(before, after)
    answers = (s for s in steps if s.asks and set(s.asks) <= answered)
    return next(answers, None) or next((s for s in steps if not s.asks), None) or next(iter(steps), None)


def set_apart(register: Register, changes: Mapping[str, Values], states: Mapping[str, str | None]) -> SetApart:
    """Tell changes of state whose step asks something that doesn't come along from all that can be written.

    Args:
        changes: values by row and field.
        states: the present state of each row.
    """
    key = next((f.field for f in register.fields if f.lifecycle is not None), "")
    at_once: dict[str, dict[str, Any]] = {}
    waiting: dict[Step, list[str]] = {}
    for row, values in changes.items():
        answered = {field for field, value in values.items() if value not in (None, "")}
        step = step_meant(register, states.get(row), values.get(key), answered) if key in values else None
        if step is not None and not set(step.asks) <= answered:
            waiting.setdefault(step, []).append(row)
            values = {field: value for field, value in values.items() if field != key}
        if values:
            at_once[row] = dict(values)
    return SetApart(at_once, tuple(WaitingStep(step, tuple(rows)) for step, rows in waiting.items()))


def one_step(register: Register, changes: Mapping[str, Values], states: Mapping[str, str | None]) -> Step | None:
    """The one step that all rows take where nothing but their state changes; None for anything else."""
    key = next((f.field for f in register.fields if f.lifecycle is not None), "")
    if not changes or any(values.keys() != {key} for values in changes.values()):
        return None
    steps = {step_meant(register, states.get(row), values[key]) for row, values in changes.items()}
    return steps.pop() if len(steps) == 1 else None

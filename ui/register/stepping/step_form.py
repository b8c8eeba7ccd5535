"""What a step asks, in a small form with the verb of the step on its button."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.clock import today
from handover.i18n import tr, trn
from handover.model.lifecycle import Step
from handover.registers.acts import taking
from handover.registers.declare import Register
from handover.registers.linked import Linked
from handover.registers.query import ShownRow
from ui.register.details.small_form import SmallForm
from ui.shell.page import Context


class StepForm(SmallForm):
    """Asks for what a step is given, for one row or for several at once.

    Args:
        rows: the rows that take it, with the values of all fields of the register.
        count: how many rows take it, where not all of them were read.
        person: the user among the people of the project, None where that isn't known.
    """

    def __init__(
        self,
        context: Context,
        register: Register,
        step: Step,
        rows: Sequence[ShownRow],
        count: int,
        person: Linked | None,
        parent: QWidget | None = None,
    ) -> None:
        self.step = step
        only = rows[0] if count == 1 and rows else None
        fields = taking.asked(register, step)
        super().__init__(
            context,
            tr("{step}: {ref}", step=step.label, ref=only.ref) if only else step.label,
            fields,
            step.asks,
            _at_first(register, step, only, person),
            step.label if only else trn("{step}: {n} row", "{step}: {n} rows", count, step=step.label),
            parent,
            note="" if only else _which(rows, count),
        )


def _at_first(
    register: Register, step: Step, row: ShownRow | None, person: Linked | None
) -> Mapping[str, Any]:  # Any: what each field holds
    """What a step starts with: what the row says already and the step doesn't empty, today, and the user."""
    known = dict(zip((f.field for f in register.fields), row.values, strict=True)) if row is not None else {}
    values = {f.field: known.get(f.field) for f in taking.asked(register, step) if f.field not in step.wipes}
    if step.on and step.on in register and values.get(step.on) is None:
        values[step.on] = today()
    if step.by and step.by in register and values.get(step.by) is None and register[step.by].links:
        values[step.by] = person
    return values


def _which(rows: Sequence[ShownRow], count: int) -> str:
    named = ", ".join(row.ref for row in rows[:6])
    return named if count <= 6 else tr("{refs} and {n} more", refs=named, n=count - 6)

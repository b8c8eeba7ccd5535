"""Rows of the sample that lock what belongs to them: they come in open, and are settled once their parts are there."""

from __future__ import annotations

from handover.model.steps import attribute, life_of
from handover.registers.declare import Register
from handover.sample.filling import SampleFilling, Values

#: What is still to be set of rows that came in open, by register key and row.
Unsettled = dict[str, dict[str, Values]]


def locks_parts(register: Register, others: list[Register]) -> bool:
    """Whether rows of a register are locked in some state, and rows of another belong to them."""
    found = life_of(register.model)
    if found is None or not found[1].locked:
        return False
    parts = (o for o in others if o.part_of is not None and o.part_of.target == register.table.name)
    return any(not part.model.outlives_lock for part in parts)


def before_settling(register: Register, row: Values) -> tuple[Values, Values]:
    """A row as it was before the step that locks it, and what that step sets; nothing where it isn't locked."""
    found = life_of(register.model)
    state = row.get(found[0]) if found is not None else None
    if found is None or state not in found[1].locked:
        return row, {}
    step = next(each for each in found[1].steps if each.target == state)
    attrs = {attribute(register.model, field) for field in step.touches}
    put_off = {field for field in row if field == found[0] or attribute(register.model, field) in attrs}
    late = {field: row[field] for field in row if field in put_off}
    return {**{k: v for k, v in row.items() if k not in late}, found[0]: step.source[0]}, late


def settle(filling: SampleFilling, registers: list[Register], unsettled: Unsettled) -> None:
    """Set what was put off, register by register."""
    for each in registers:
        changes = {key: late for key, late in unsettled.get(each.key, {}).items() if late}
        if changes:
            filling.change(each, changes)

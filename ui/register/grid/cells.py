"""How the value of a field looks in a cell: its words, side, tone, and by how much it is overdue."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from handover.model.vocabulary import Tone
from handover.registers import show
from handover.registers.declare import Field, Register
from handover.registers.linked import Linked
from handover.values import shown


def alignment(field: Field) -> Qt.AlignmentFlag:
    """Numbers stand on the right, all else on the left."""
    side = Qt.AlignmentFlag.AlignRight if field.numeric else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def tone(field: Field, value: Any) -> Tone | None:  # Any: what the field holds
    """The tone of a status or of an entry of a list, None for what has none."""
    if isinstance(value, Linked):
        return value.tone
    if field.words is None or value is None or value not in field.words:
        return None
    warns = any(option.tone in ("warning", "danger") for option in field.words)
    return field.words[value].tone if warns or field.lifecycle is not None else None


def state_field(register: Register) -> Field | None:
    """The field that says how far a row has come."""
    states = [f for f in register.fields if f.lifecycle is not None]
    return states[0] if states else next((f for f in register.fields if f.field == "status"), None)


def due_field(register: Register) -> Field | None:
    """The date by which a row must be done, where its register says what is overdue."""
    counted = any(view.key == "overdue" for view in register.views)
    return register[register.due] if counted and register.due in register else None


def mattering_fields(register: Register) -> frozenset[str]:
    """The fields that say how far a row has come, by whom and until when it is to be done."""
    state = state_field(register)
    keys = (state.field if state is not None else "", register.owner, register.due)
    return frozenset(key for key in keys if key in register)


def late(register: Register, state: Any, due: Any) -> str:  # Any: what the two fields hold
    """By how much a row is overdue, empty when it is done or in time."""
    field = state_field(register)
    if due is None:
        return ""
    if field is not None and field.lifecycle is not None:
        done = state in field.lifecycle.closed
    else:  # a status that is computed says so itself
        done = field is not None and state != "overdue"
    return "" if done else shown.overdue(due)


def copied(field: Field, value: Any) -> str:  # Any: what the field holds
    """A value as it goes to the clipboard: what people read, so that it can be pasted here and in Excel."""
    return show.text(field, value)

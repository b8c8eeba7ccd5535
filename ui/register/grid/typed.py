"""From what stands in an editor to the value that is stored."""

from __future__ import annotations

from typing import Any

from handover.errors import NotValid
from handover.i18n import N_
from handover.registers import entry
from handover.registers.declare import Field
from handover.registers.linked import Linked
from ui.register.grid.choices import Chosen
from ui.shell.page import Context


def never_empty(field: Field) -> bool:
    """Whether a row always has a value of a field."""
    return field.required or field.kind.never_empty


def stored(context: Context, field: Field, typed: str | Chosen) -> Any:  # Any: what the field holds
    """The value to store for what was typed or picked. Raises NotValid, saying what fits."""
    if isinstance(typed, Chosen):
        return typed.value.id if isinstance(typed.value, Linked) else typed.value
    with context.workspace.read() as connection:
        value = entry.parse(connection, context.project.id, field, typed)
    if value is None and never_empty(field):
        raise NotValid(N_("This field must be filled in."), field=field.field)
    return value

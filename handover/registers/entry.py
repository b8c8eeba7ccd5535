"""Reading what somebody typed into a field: ``3/5``, ``+7``, ``fri``, ``5d``, ``40%``, somebody's initials."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import Connection

from handover.errors import NotValid
from handover.registers.declare import Field
from handover.registers.project_names import NamesOfProject


def parse(connection: Connection, project_id: str, field: Field, typed: str) -> Any:  # Any: what the field holds
    """The value to store for what was typed; None for nothing. Raises NotValid, with the field, saying what fits."""
    # Words stay as they were typed, with the brackets and colons of their language; numbers and dates are narrowed.
    text = typed.strip() if field.kind.wordy else unicodedata.normalize("NFKC", typed).strip()
    field.require_typed()
    if not text:
        return field.kind.nothing
    try:
        return field.kind.read(field, text, NamesOfProject(connection, project_id))
    except NotValid as error:
        error.field = error.field or field.field
        raise

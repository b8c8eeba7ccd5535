"""Values as people read them, the same in the table, the form, the packs and the messages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from handover.registers.declare import Field
from handover.registers.linked import Linked


def text(field: Field, value: Any) -> str:  # Any: what the field holds
    """A value of a field in the language in force; empty for none."""
    if value is None or value == "":
        return ""
    return field.kind.text(field, value)


def plain(value: Any) -> Any:  # Any: what a field holds, and JSON's own values
    """A value for a script: dates as ISO text, a link as its reference, an entry of a list as its code."""
    if isinstance(value, Linked):
        return value.ref
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes") if value.hour or value.minute else value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value

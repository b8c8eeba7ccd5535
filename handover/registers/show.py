"""Values as people read them, the same in the table, the form, the packs and the messages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from handover.registers.declare import Field
from handover.registers.kinds.sentence import Sentence
from handover.registers.linked import Linked
from handover.registers.sound_rows import unreadable


def text(field: Field, value: Any) -> str:  # Any: what the field holds
    """A value of a field in the language in force; empty for none.

    A value of another kind than the field's, which another program has put there, is shown as unreadable.
    """
    try:
        return _text(field, value)
    except (TypeError, ValueError, AttributeError, ArithmeticError):
        return unreadable(value)


def _text(field: Field, value: Any) -> str:  # Any: as above
    if value is None or value == "":
        return ""
    if isinstance(value, bytes):
        raise TypeError("bytes")
    return field.kind.text(field, value)


def plain(value: Any) -> Any:  # Any: what a field holds, and JSON's own values
    """A value for a script: dates as ISO text, a link as its reference, an entry of a list as its code, a sentence."""
    if isinstance(value, Linked):
        return value.ref
    if isinstance(value, Sentence):
        return value.sentence()
    if isinstance(value, bytes):  # which no field holds
        return unreadable(value)
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="minutes") if value.hour or value.minute else value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    return value

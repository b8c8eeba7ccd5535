"""What of a row the search index holds, by the declaration of its register; another declaration is another index."""

from __future__ import annotations

import hashlib
from typing import Any

from handover.registers.catalogue import registers
from handover.registers.declare import Field, Register
from handover.registers.kinds.choice import in_each_language
from handover.store.file import SCHEMA_VERSION
from handover.store.search.tables import form

_made: tuple[tuple[Register, ...], str] = ((), "")


def is_stored(register: Register, field: Field) -> bool:
    """Whether the value of a field lies in its row, and so in the index; what is computed depends on the day."""
    return field.attr in register.table.columns


def made_by() -> str:
    """What the texts of all registers follow from: where it differs, the index is filled anew."""
    global _made
    present = registers()
    known, digest = _made
    if len(known) != len(present) or any(a is not b for a, b in zip(known, present, strict=True)):
        digest = hashlib.sha256(repr([SCHEMA_VERSION, *map(_declared, present)]).encode()).hexdigest()[:16]
        _made = (present, digest)
    return form(digest)


def _declared(register: Register) -> list[Any]:  # Any: what repr can write
    fields = [
        (f.attr, f.kind.key, f.target, [in_each_language(f.words, o.code) for o in f.words] if f.words else None)
        for f in register.fields
    ]
    return [register.table.name, register.naming, fields]

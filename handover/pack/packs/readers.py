"""Who reads a pack, and so what isn't in it: nothing confidential for people outside, internal fields for us alone.

A row is confidential where a field of it says so in the words of ``CONFIDENTIALITY``; what is a part of it, or names
it, is left out with it, so that its title doesn't come in by another door.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from sqlalchemy import Connection

from handover.model.documents.document import CONFIDENTIALITY
from handover.registers.catalogue import registers
from handover.registers.declare import Field, Register
from handover.registers.query import Condition, Query, every

Readers: TypeAlias = Literal["parties", "own", "outside"]

#: The code of what nobody outside may read.
_SECRET = "secret"  # noqa: S105 - a code of a vocabulary


def internal_fields(of: Register, readers: Readers) -> tuple[str, ...]:
    """The internal fields of a register that readers see: our own side all of them, others none."""
    return tuple(field.field for field in of.fields if field.internal) if readers == "own" else ()


def withheld_rows(connection: Connection, project_id: str, readers: Readers) -> Mapping[str, frozenset[str]]:
    """The keys of the rows that readers may not see, by the table in which they stand."""
    found: dict[str, frozenset[str]] = {}
    if readers != "outside":
        return found
    for of in registers():
        if (field := _classified(of)) is not None:
            query = Query(where=(Condition(field.field, "is", (_SECRET,)),))
            rows = frozenset(row.id for row in every(connection, of, project_id, query, ()))
            if rows:
                found[str(of.table.name)] = rows
    return found


def kept_from(of: Register, withheld: Mapping[str, frozenset[str]]) -> tuple[Condition, ...]:
    """The conditions that leave out of a register what is withheld, and what names it."""
    if not withheld:
        return ()
    field = _classified(of)
    own = (Condition(field.field, "is_not", (_SECRET,)),) if field is not None else ()
    named = (
        Condition(each.field, "is_not", tuple(sorted(withheld[each.target])))
        for each in of.fields
        if each.kind.stored and each.links and not each.pick and each.target in withheld
    )
    return (*own, *named)


def _classified(of: Register) -> Field | None:
    """The field of a register that says who may see a row."""
    return next((field for field in of.fields if field.words is CONFIDENTIALITY), None)

"""What the next row of a series takes over from the one before: what one would otherwise choose again and again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, select

from handover.registers.acts.editing import stamped
from handover.registers.declare import Field, Register


def taken_over(
    connection: Connection, register: Register, project_id: str, row_id: str
) -> dict[str, Any]:  # Any: what each field holds
    """The values of a row that the next one begins with, by field: what is chosen from a list, and texts that stand in
    other rows, too. What names a row, says how far it is or what happened to it is its own."""
    alone = {keys[0] for keys in register.match if len(keys) == 1}
    own = {*register.display, *alone, *stamped(register.model)}
    fields = [f for f in register.entered if f.copied and f.kind.stored and f.lifecycle is None and f.field not in own]
    fields = [f for f in fields if f.attr not in own and (f.kind.chooses(f) or f.names_rows)]
    model = register.model
    row = connection.execute(select(*(getattr(model, f.attr) for f in fields)).where(model.id == row_id)).one()
    return {
        field.field: value
        for field, value in zip(fields, row, strict=True)
        if value not in (None, "", [])
        and (field.kind.chooses(field) or _in_others(connection, register, project_id, field, value))
    }


def _in_others(connection: Connection, register: Register, project_id: str, field: Field, value: str) -> bool:
    model = register.model
    rows = select(func.count()).where(
        model.project_id == project_id, model.deleted_at.is_(None), getattr(model, field.attr) == value
    )
    return int(connection.execute(rows).scalar_one()) > 1

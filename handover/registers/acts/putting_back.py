"""A row as it was before: which values it would get back, by its history, and the act that gives them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from handover.errors import NotLawful
from handover.i18n import N_
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.declare import Field, Register
from handover.store.history import Event
from handover.store.workspace import Workspace


def can_go_back(register: Register, field: Field) -> bool:
    """Whether a field may get an earlier value back: a state and what its steps filled in come by steps alone."""
    own = editing.stamped(register.model)
    return not field.computed and field.kind.stored and field.lifecycle is None and field.field not in own


def values_before(register: Register, events: Sequence[Event], act: int) -> dict[str, Any]:  # Any: what fields hold
    """What the fields of a row held before an act, of those that have changed since; nothing where the act made it.

    Args:
        events: the history of the row, the newest first.
    """
    fields = {f.attr: f for f in register.fields if can_go_back(register, f)}
    before: dict[str, Any] = {}  # Any: as the log keeps them
    now: dict[str, Any] = {}
    for event in events:
        if event.act < act:
            break
        if event.op != "update":
            return {}
        for attr, (old, new) in event.fields.items():
            if attr in fields:
                now.setdefault(attr, new)
                before[attr] = old
    return {fields[a].field: fields[a].kind.from_log(v) for a, v in before.items() if v != now[a]}


def put_back(
    workspace: Workspace, register: Register, project_id: str, row_id: str, values: dict[str, Any]
) -> None:  # Any: what each field holds
    """Give fields of a row earlier values back, in one act.

    Raises:
        NotLawful: the row is in the bin or locked, or what a field named is no longer there.
        NotValid: a value no longer fits.
    """
    with workspace.read() as connection:
        ref = query.one(connection, register, row_id).ref
        model = register.model
        if connection.execute(select(model.deleted_at).where(model.id == row_id)).scalar() is not None:
            raise NotLawful(N_("{ref} is in the bin. Restore it first."), ref=ref)
        for key, value in values.items():
            field = register[key]
            if field.links and value is not None and not query.linked(connection, field.target, [value]):
                raise NotLawful(
                    N_("What {field} of {ref} named before is no longer there."), field=field.label, ref=ref
                )
    single = register[next(iter(values))].label if len(values) == 1 else ""
    label = N_("Put {field} of {ref} back"), N_("Put {n} fields of {ref} back")
    editing.change(
        workspace, register, project_id, {row_id: values}, name=(label, {"field": single, "ref": ref, "n": len(values)})
    )

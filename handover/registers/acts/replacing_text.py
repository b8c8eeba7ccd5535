"""Replacing a text by another in the cells of a register: what would change is told first, then done as one act."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from handover.errors import HandoverError
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.registers import entry
from handover.registers.acts import editing
from handover.registers.acts.held_rows import HeldRows
from handover.registers.declare import Field, Register
from handover.registers.query import Query, every
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Replacement:
    """A cell in which a text occurs; ``against`` says why it can't be changed, empty where it can."""

    row_id: str
    ref: str
    field: Field
    before: str
    after: str
    places: int
    against: str = ""


def replaceable(fields: Iterable[Field]) -> tuple[Field, ...]:
    """Those of some fields that hold texts which people write."""
    return tuple(f for f in fields if f.kind.wordy and f.kind.stored and f.why_not_typed() is None)


def found(
    connection: Connection,
    register: Register,
    project_id: str,
    query: Query,
    fields: Sequence[Field],
    old: str,
    new: str,
    *,
    as_written: bool = False,
    progress: Progress = unattended,
) -> list[Replacement]:
    """The cells among the rows of a query in which ``old`` occurs, with what would stand there.

    Args:
        fields: the columns in which it is looked for; those that hold no text are passed by.
        as_written: capital and small letters differ.

    Raises:
        Cancelled: the user stopped it.
    """
    wanted, held = replaceable(fields), HeldRows(register)
    if not old or not wanted:
        return []
    narrowed = replace(query, text=f"{query.text} {old}")  # only rows in which all of its words occur
    pattern = re.compile(re.escape(old), 0 if as_written else re.IGNORECASE)
    result = []
    rows = every(connection, register, project_id, narrowed, [*wanted, *held.fields])
    for row in watched(rows, progress, 0, tr("Looking for “{text}”", text=old)):
        of_state = {f.field: v for f, v in zip(held.fields, row.values[len(wanted) :], strict=True)}
        for field, value in zip(wanted, row.values, strict=False):
            before = str(value or "")
            after, places = pattern.subn(lambda _hit: new, before)
            if places and after != before:
                reason = held.against(field, row.ref, of_state)
                against = str(reason) if reason is not None else _refusal(connection, project_id, field, after)
                result.append(Replacement(row.id, row.ref, field, before, after, places, against))
    return result


def replace_all(
    workspace: Workspace, register: Register, project_id: str, cells: Sequence[Replacement], old: str, new: str
) -> int:
    """Change the cells that nothing stands against, in one act; how many they are. Raises NotValid, nothing changed."""
    changes: dict[str, dict[str, str | None]] = {}
    able = [cell for cell in cells if not cell.against]
    for cell in able:
        changes.setdefault(cell.row_id, {})[cell.field.field] = cell.after.strip() or None
    name = N_("Replace “{old}” with “{new}” in {register}")
    words = {"old": old, "new": new, "register": register.label}
    editing.change(workspace, register, project_id, changes, name=(name, words))
    return len(able)


def _refusal(connection: Connection, project_id: str, field: Field, text: str) -> str:
    if not text.strip():
        return str(HandoverError(N_("This field must be filled in."))) if field.required else ""
    try:
        entry.parse(connection, project_id, field, text)
    except HandoverError as error:
        return str(error)
    return ""

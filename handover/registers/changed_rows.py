"""What was done to rows since a moment: which were added or removed, and what stood in a field before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection

from handover.registers import show
from handover.registers.declare import Field, Register
from handover.registers.query import linked
from handover.store.copies.since import Since, changes_of
from handover.store.log import pairs_of

RowFate = Literal["added", "removed", "changed"]


@dataclass(slots=True)
class ChangedRow:
    """What was done to a row: ``before`` has the texts of the fields that changed, as they stood, by their key."""

    fate: RowFate = "changed"
    before: dict[str, str] = field(default_factory=dict)


def changed_rows(
    connection: Connection, register: Register, ids: Sequence[str], since: Since, fields: Sequence[Field]
) -> dict[str, ChangedRow]:
    """What was done to some rows, by their keys.

    Args:
        fields: those whose former values are wanted.
    """
    rows: dict[str, ChangedRow] = {}
    stood: dict[str, dict[str, Any]] = {}  # Any: values as the change log keeps them
    for change in changes_of(connection, register.table.name, ids, since):
        row, first = rows.setdefault(change.row_id, ChangedRow()), stood.setdefault(change.row_id, {})
        if change.op == "insert":
            row.fate = "added"
        for attr, (before, after) in pairs_of(change.fields or "").items() if change.op == "update" else ():
            if attr == "deleted_at":
                row.fate = "removed" if after else "changed" if row.fate == "removed" else row.fate
            first.setdefault(attr, before)
    wanted = {each.attr: each for each in fields}
    names = _names(connection, wanted, stood)
    for row_id, row in rows.items():
        if row.fate != "added":
            row.before = {
                wanted[attr].field: _text(wanted[attr], raw, names)
                for attr, raw in stood[row_id].items()
                if attr in wanted
            }
    return rows


def _names(
    connection: Connection,
    fields: dict[str, Field],
    stood: dict[str, dict[str, Any]],  # Any: as above
) -> dict[str, Any]:
    """What rows are called that links led to, by their keys."""
    names: dict[str, Any] = {}
    for attr, each in fields.items():
        if each.links:
            names.update(linked(connection, each.target, {str(v[attr]) for v in stood.values() if v.get(attr)}))
    return names


def _text(wanted: Field, raw: Any, names: dict[str, Any]) -> str:  # Any: as above
    if raw is None or raw == "":
        return ""
    if wanted.links:
        return show.text(wanted, names[raw]) if raw in names else str(raw)
    try:
        return show.text(wanted, wanted.kind.from_log(raw))
    except (ValueError, TypeError):  # a log that another program wrote
        return str(raw)

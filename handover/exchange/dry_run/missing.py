"""Rows that disappeared from a file: those that an import brought, or that the export held, and that it has no more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, select

from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.dry_run.compared import Missing
from handover.exchange.programs.own_export import Export
from handover.exchange.rows.existing import Existing
from handover.registers.declare import Register
from handover.store.log import Act, Change


def find_missing(
    connection: Connection,
    register: Register,
    project_id: str,
    existing: Existing,
    matched: Sequence[str | None],
    export: Export | None,
    brought_by: Mapping[str, int],
    headings: Sequence[str] = (),
) -> list[Missing]:
    """The rows that the file once had and has no more: of the imports that brought the rows that it still has.

    Rows entered by hand and rows of other lists are never among them. An export that was filtered says nothing of the
    rows that it left out, nor does a workbook of rejected rows.

    Args:
        brought_by: the number of the import that brought each row.
        headings: those of the file.
    """
    if any(map(says_what_is_wrong, headings)):
        return []
    used = {key for key in matched if key is not None}
    if not used:
        return []  # another list than any that was imported before
    since = _sheet_was_filtered(register, export)
    if since:
        return []
    if export is None:
        acts = {brought_by[key] for key in used if key in brought_by}
        brought = {key for key, act in brought_by.items() if act in acts}
    else:
        statement = (
            select(Change.row_id)
            .join(Act, Act.id == Change.act_id)
            .where(Act.project_id == project_id, Change.table == register.table.name, Change.op == "insert")
        )
        before = Change.id <= export.change if export.change is not None else Act.at <= export.made_at
        brought = set(connection.execute(statement.where(before)).scalars())
    dropped = existing.columns.get("inactive")
    name = register[register.display[0]]
    names = existing.columns.get(name.attr, []) if name.names_rows else []
    return [
        Missing(key, existing.refs[n], str(names[n] or "") if names else "")
        for n, key in enumerate(existing.ids)
        if key in brought and key not in used and not (dropped and dropped[n])
    ]


def _sheet_was_filtered(register: Register, export: Export | None) -> bool:
    if export is None:
        return False
    return any(s.left_out for s in export.sheets.values() if s.register == register.key)

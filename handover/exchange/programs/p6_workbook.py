"""Primavera P6's Excel export: what its database fields are here, and its sheet of relationships.

Field names: Oracle, "Primavera P6 Database Reference".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from handover.exchange.columns.mapping import ColumnMapping, SheetColumn
from handover.exchange.reading.grid import Grid
from handover.exchange.rows.incoming import Lines
from handover.values.cells import Cell, as_text, is_nothing, number_in
from handover.values.durations import unit_in_heading
from handover.values.task_links import kind_of_link

RELATIONS_SHEET = "TASKPRED"
_FIELDS: Mapping[str, str] = {
    "task_code": "source_id", "task_name": "name", "wbs_id": "phase", "wbs_name": "phase", "task_type": "kind",
    "target_drtn_hr_cnt": "duration", "orig_dur_hr_cnt": "duration", "remain_drtn_hr_cnt": "remaining",
    "start_date": "start", "target_start_date": "start", "end_date": "finish", "target_end_date": "finish",
    "act_start_date": "actual_start", "act_end_date": "actual_finish", "complete_pct": "percent",
    "phys_complete_pct": "percent", "cstr_type": "constraint", "cstr_date": "constraint_at",
    "resource_list": "resources", "rsrc_list": "resources", "pred_list": "predecessors", "pred_details": "predecessors",
}  # fmt: skip
#: What P6 puts behind a date: A for an actual one, * for one that a constraint moved.
_MARK = re.compile(r"\s{0,20}[A*]{1,9}\s{0,20}$")


def mapped(proposed: ColumnMapping, columns: Sequence[SheetColumn]) -> ColumnMapping:
    """The mapping of the sheet of activities, by the field names in its first row."""
    mapping = proposed
    taken: set[str] = set()
    for column in columns:
        field = _FIELDS.get(column.parts[0].strip().lower(), "") if column.parts else ""
        if field in taken:
            field = ""
        taken.add(field)
        mapping = mapping.changed(column.column, field, "heading")
    return mapping


def strip_marks(lines: Lines) -> None:
    """Take P6's marks off the dates."""
    for key in ("start", "finish", "actual_start", "actual_finish", "constraint_at"):
        if key in lines.cells:
            lines.cells[key] = [_MARK.sub("", c) if isinstance(c, str) else c for c in lines.cells[key]]


def add_relations(lines: Lines, relations: Grid) -> None:
    """Put the sheet of relationships into the rows as predecessors, in MS Project's grammar."""
    if "source_id" not in lines.cells or relations.height < 2:
        return
    names = [as_text(c).strip().lower() for c in relations.rows[0]]
    where = {name: n for n, name in enumerate(names)}
    if not {"pred_task_id", "task_id"} <= where.keys():
        return
    lag_column = where.get("lag_hr_cnt")
    unit = "h"
    if lag_column is not None and (found := unit_in_heading(as_text(relations.rows[1][lag_column]))):
        unit = found[0]
    pieces: dict[str, list[str]] = {}
    for row in relations.rows[2:]:
        before, after = as_text(row[where["pred_task_id"]]), as_text(row[where["task_id"]])
        if not before or not after:
            continue
        kind = kind_of_link(as_text(row[where["pred_type"]])) if "pred_type" in where else None
        lag = row[lag_column] if lag_column is not None else None
        pieces.setdefault(after, []).append(f"{before}: {kind or 'FS'}{_lag(lag, unit)}")
    lines.cells["predecessors"] = ["; ".join(pieces.get(as_text(c), ())) or None for c in lines.cells["source_id"]]


def _lag(cell: Cell, unit: str) -> str:
    if is_nothing(cell):
        return ""
    number = float(cell) if isinstance(cell, (int, float)) else number_in(as_text(cell))
    return f"{number:+g}{unit}" if number else ""

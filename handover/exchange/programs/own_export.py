"""What an export of ours says of itself when it comes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from handover.exchange.reading.grid import Grid
from handover.values.cells import as_text

_MARK = "handover-export"


@dataclass(frozen=True, slots=True)
class ExportedSheet:
    """A sheet of an export: the register in it, its header row as Excel counts it, and the field of each column.

    Attributes:
        headings: what the export called each field, where it says so; a form has words of its own.
    """

    sheet: str
    register: str
    header_row: int
    fields: Mapping[int, str]
    left_out: int = 0
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Export:
    """What an export of ours says of itself.

    Attributes:
        project: the key of the project, where it says so, else its code.
        change: the number of the last change that it contains, where it says so.
        sheets: by name.
        made_at: UTC as ISO text, like the change log's.
    """

    project: str
    made_at: str
    change: int | None = None
    sheets: Mapping[str, ExportedSheet] = field(default_factory=dict)


def read_export(grid: Grid) -> Export | None:
    """What the hidden sheet of an export says; None when it isn't one that we can read."""
    rows = [[as_text(c) for c in row] for row in grid.rows]
    head = next((r for r in rows if r and r[0] == _MARK), None)
    if head is None or len(head) < 8:
        return None
    registers: dict[str, tuple[str, int, int]] = {}
    columns: dict[str, dict[int, str]] = {}
    headings: dict[str, dict[str, str]] = {}
    origin: dict[str, str] = {}
    for row in rows:
        match row[0]:
            case "register":
                registers[row[1]] = (row[2], _number(row[3], 1), _number(row[5], 0))
            case "field":
                columns.setdefault(row[1], {})[_number(row[3], 1) - 1] = row[2]
                if len(row) > 5 and row[5]:
                    headings.setdefault(row[1], {})[row[2]] = row[5]
            case "origin":
                origin[row[1]] = row[2]
    sheets = {
        name: ExportedSheet(name, key, header, columns.get(name, {}), left_out, headings.get(name, {}))
        for name, (key, header, left_out) in registers.items()
    }
    change = origin.get("change", "")
    return Export(origin.get("project", head[7]), _utc(head[5]), int(change) if change.isdigit() else None, sheets)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() else otherwise


def _utc(text: str) -> str:
    """Local time as the export says it, in the change log's form; the end of its second, since it is cut to seconds."""
    try:
        local = dt.datetime.fromisoformat(text)
    except ValueError:
        return ""
    return (local.astimezone(dt.UTC) + dt.timedelta(milliseconds=999)).isoformat(timespec="milliseconds")

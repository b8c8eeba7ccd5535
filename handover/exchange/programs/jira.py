"""What Jira's export means by its numbers: seconds of work, and parents named by a number of their own."""

from __future__ import annotations

from handover.exchange.rows.incoming import Lines
from handover.values.cells import Cell, as_text, number_in

_PARENT_IDS = ("Issue id", "Issue ID")


def settle(lines: Lines) -> None:
    """Say durations in minutes, and parents by the key of their issue.

    Parents that the filter of the export left out are nobody's fault: their parts stand at the top.
    """
    for key in ("duration", "remaining"):
        if key in lines.cells:
            lines.cells[key] = [_minutes(c) for c in lines.cells[key]]
    if "parent" in lines.cells:
        keys = [as_text(c) for c in lines.cells.get("source_id", ())]
        known = {key: key for key in keys if key}
        for heading, cells in lines.ids:
            if heading in _PARENT_IDS:
                known.update({as_text(c): k for c, k in zip(cells, keys, strict=False) if c is not None and k})
        lines.cells["parent"] = [known.get(as_text(c)) for c in lines.cells["parent"]]


def _minutes(cell: Cell) -> Cell:
    seconds = number_in(as_text(cell))
    return cell if seconds is None else f"{seconds / 60:.0f} min"

"""The contribution score of the sides as a table of months; nothing of it names a person."""

from __future__ import annotations

from sqlalchemy import Connection

from handover.i18n import N_, NC_
from handover.model.people import SIDE
from handover.pack.outline import Note, TableBlock, TableColumn
from handover.registers.teams.scoring import sides_by_month
from handover.values.print_forms import NUMBER
from handover.wording import said

#: So many months are shown, the latest last.
_MONTHS = 6


def score_by_side(connection: Connection, project_id: str) -> tuple[TableBlock | Note, ...]:
    """The points of the sides in the latest months; nothing where the project shows no scores."""
    sides = sides_by_month(connection, project_id, _MONTHS)
    months = sorted({month for points in sides.values() for month in points})
    if not months:
        return ()
    columns = (
        TableColumn("side", said(N_("Side")), weight=1.6),
        *(TableColumn(f"{month:%Y-%m}", f"{month:%Y-%m}", NUMBER, 0.8) for month in months),
        TableColumn("sum", said(NC_("score", "Sum")), NUMBER, 0.8),
    )
    rows = tuple(
        (said(option.name), *(points[month] for month in months), sum(points.values()))
        for option in SIDE.options
        if (points := sides.get(option.code)) is not None
    )
    note = N_("Points follow from rows by the published formula of the project. They are no measure of pay.")
    return (
        TableBlock("contribution", said(N_("Contribution score")), columns, rows, len(rows)),
        Note(said(note), "neutral"),
    )

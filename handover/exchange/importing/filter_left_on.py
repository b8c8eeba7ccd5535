"""A filter that somebody left on in a workbook: whether the rows that it hides are wanted."""

from __future__ import annotations

from handover.exchange.dry_run.dry_run import Filtered
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr

#: A filter that hides such a share of the rows may have been meant for whoever gets the list; others were left on.
_MOST = 0.8


def filtered_rows(grid: Grid, table: Table) -> frozenset[int]:
    """The rows of a list that a filter hides, as Excel counts them."""
    return frozenset(row + 1 for row in table.rows() if row in grid.filtered_rows)


def filter_question(grid: Grid, table: Table) -> Question | None:
    """The question of whether the rows that a filter hides are wanted, None where it hides few or none."""
    hidden, total = len(filtered_rows(grid, table)), sum(1 for _ in table.rows())
    if not hidden or hidden < _MOST * total:
        return None
    return Question(
        N_("A filter in the workbook hides {n} of {all} rows of the list. Are they wanted, too?"),
        {"n": f"{hidden:,}", "all": f"{total:,}"},
        ("take", "leave"),
        "--filtered",
        N_("Take them with --filtered take, leave them out with --filtered leave."),
        said=(tr("Yes, take all rows"), tr("No, take only the rows that the filter shows")),
    )


def filter_notice(grid: Grid, table: Table, chosen: Filtered | None) -> list[Notice]:
    """What becomes of the rows that a filter hides, where there are any and nothing is asked about them."""
    hidden, total = len(filtered_rows(grid, table)), sum(1 for _ in table.rows())
    if not hidden:
        return []
    values: dict[str, object] = {"n": f"{hidden:,}", "all": f"{total:,}"}
    if chosen == "leave":
        return [Notice(N_("A filter in the workbook hides {n} of {all} rows of the list; they are left out."), values)]
    said = N_("A filter in the workbook hides {n} of {all} rows of the list; they are taken like the others.")
    return [Notice(said, values)]

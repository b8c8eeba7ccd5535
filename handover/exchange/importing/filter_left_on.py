"""A filter that somebody left on in a workbook: whether the rows that it hides are wanted."""

from __future__ import annotations

from dataclasses import dataclass

from handover.exchange.dry_run.options import Filtered
from handover.exchange.notice import Notice
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr

#: A filter that hides such a share of the rows may have been meant for whoever gets the list; others were left on.
_MOST = 0.8


@dataclass(frozen=True, slots=True)
class FilterLeftOn:
    """What a filter hides of a list.

    Attributes:
        rows: those that it hides, as Excel counts them; none where no filter is on.
        total: how many rows the list has.
    """

    rows: frozenset[int]
    total: int

    @property
    def _counts(self) -> dict[str, object]:
        return {"n": f"{len(self.rows):,}", "all": f"{self.total:,}"}

    def question(self) -> Question | None:
        """The question of whether the hidden rows are wanted, None where they are few or none."""
        if not self.rows or len(self.rows) < _MOST * self.total:
            return None
        return Question(
            N_("A filter in the workbook hides {n} of {all} rows of the list. Are they wanted, too?"),
            self._counts,
            ("take", "leave"),
            "--filtered",
            N_("Take them with --filtered take, leave them out with --filtered leave."),
            said=(tr("Yes, take all rows"), tr("No, take only the rows that the filter shows")),
        )

    def notices(self, chosen: Filtered | None) -> list[Notice]:
        """What becomes of the hidden rows, where there are any and nothing is asked about them."""
        if not self.rows:
            return []
        if chosen == "leave":
            said = N_("A filter in the workbook hides {n} of {all} rows of the list; they are left out.")
        else:
            said = N_("A filter in the workbook hides {n} of {all} rows of the list; they are taken like the others.")
        return [Notice(said, self._counts)]


def filter_left_on(grid: Grid, table: Table) -> FilterLeftOn:
    """What a filter hides of a list on a sheet."""
    rows = list(table.rows())
    return FilterLeftOn(frozenset(row + 1 for row in rows if row in grid.filtered_rows), len(rows))

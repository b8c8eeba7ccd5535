"""Which rows of a plan are in view: all but those under a collapsed summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from handover.registers.scheduling.chart import ChartRow


class Visible:
    """The rows in view, by their place among all.

    Args:
        only: the keys of the rows that are wanted, with the summaries over them; None for all.

    Attributes:
        nodes: the place of each visible row among all rows.
        row_of: the visible row of each row; for one under a collapsed summary that of the summary.
        hidden: the places of the rows that are not in view.
    """

    def __init__(
        self, rows: Sequence[ChartRow], collapsed: Iterable[str] = (), only: frozenset[str] | None = None
    ) -> None:
        closed = set(collapsed)
        self.nodes: list[int] = []
        self.row_of: list[int] = []
        self.hidden: set[int] = set()
        wanted = _with_those_above(rows, only) if only is not None else None
        if wanted is not None:  # what was looked for is in sight, also under a collapsed summary
            closed = set()
        limit = -1  # the depth of the collapsed summary that is being passed
        for node, row in enumerate(rows):
            if (limit >= 0 and row.depth > limit) or (wanted is not None and node not in wanted):
                self.row_of.append(max(0, len(self.nodes) - 1))
                self.hidden.add(node)
                continue
            limit = row.depth if row.summary and row.id in closed else -1
            self.row_of.append(len(self.nodes))
            self.nodes.append(node)

    def __len__(self) -> int:
        return len(self.nodes)


def _with_those_above(rows: Sequence[ChartRow], only: frozenset[str]) -> set[int]:
    """The places of some rows and of the summaries over them."""
    found: set[int] = set()
    over: list[int] = []
    for node, row in enumerate(rows):
        del over[row.depth :]
        over += [node] * (row.depth + 1 - len(over))
        if row.id in only:
            found.update(over)
    return found


def above(rows: Sequence[ChartRow], node: int) -> list[str]:
    """The keys of the summaries over a row, from the nearest up."""
    found: list[str] = []
    depth = rows[node].depth
    for at in range(node - 1, -1, -1):
        if depth == 0:
            break
        if rows[at].depth < depth:
            found.append(rows[at].id)
            depth = rows[at].depth
    return found

"""Which import brought a row: rows of the same list are told from those of another list in the same project."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection, select

from handover.exchange.rows.matching import Matches
from handover.store.log import Act, Change

#: A file that meets fewer of the rows that an import brought is another list that happens to use the same names.
_SAME_LIST = 0.3


def lineages(connection: Connection, project_id: str, table: str) -> dict[str, int]:
    """The number of the import that brought each row; rows entered by hand aren't among them."""
    statement = (
        select(Change.row_id, Change.act_id)
        .join(Act, Act.id == Change.act_id)
        .where(Act.project_id == project_id, Act.source == "import", Change.table == table, Change.op == "insert")
    )
    return {row.row_id: row.act_id for row in connection.execute(statement)}


def forget_strangers(matches: Matches, brought_by: Mapping[str, int], living: set[str], rows: int) -> None:
    """Undo matches with rows of another list: where hardly any row of an import is met, none of them is meant.

    Args:
        living: the keys of the rows that there are.
        rows: how many rows the file has.
    """
    sizes = Counter(act for key, act in brought_by.items() if key in living)
    met = Counter(brought_by[key] for key in matches.used if key in brought_by)
    strange = {act for act, n in met.items() if n < _SAME_LIST * min(rows, sizes[act])}
    for key, place in list(matches.used.items()):
        if brought_by.get(key) in strange and place not in matches.sure:
            matches.ids[place] = None
            del matches.used[key]

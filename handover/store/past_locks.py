"""What changes in locked rows, too: a mention of what is removed for good, and the numbers of what came in late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.orm.util import identity_key

from handover.model.base import Base, Row
from handover.store.belonging import table_of
from handover.store.row_entries import quoted
from handover.store.work import UnitOfWork

#: The attribute by which parts are numbered.
_NUMBER = "number"
#: Rows to a statement when rows are looked up by key; SQLite allows 32,766 variables.
_CHUNK = 5_000


def forget(work: UnitOfWork, model: type[Base], column: str, keys: Iterable[str]) -> None:
    """Empty a mention of rows that are removed for good, also in rows that are locked."""
    table = table_of(model)
    connection = work.session.connection()
    for key in keys:
        query = f"SELECT project_id, {quoted(column)} FROM {table.name} WHERE id=?"  # noqa: S608 - names are ours
        project, mentioned = connection.exec_driver_sql(query, (key,)).one()
        work.noted(table, key, project, {column: [mentioned, None]})
        connection.exec_driver_sql(f"UPDATE {table.name} SET {quoted(column)}=NULL WHERE id=?", (key,))  # noqa: S608 - as above


def renumber(work: UnitOfWork, model: type[Row], numbers: Mapping[str, int]) -> None:
    """Give parts other numbers within their owners, locked ones too: what goes before them came in after them.

    Args:
        numbers: by key; parts that the act itself adds are among them.
    """
    table = table_of(model)
    for row in [row for row in work.session.new if isinstance(row, model) and row.id in numbers]:
        setattr(row, _NUMBER, work.part_numbers.number(model, {**_part(row), _NUMBER: numbers[row.id]}))
    connection = work.session.connection()
    keys = list(numbers)
    columns = (table.c.id, table.c.project_id, table.c[_NUMBER], table.c[model.part_of])
    for at in range(0, len(keys), _CHUNK):
        found = connection.execute(select(*columns).where(table.c.id.in_(keys[at : at + _CHUNK]))).all()
        moved = [row for row in found if row[2] != numbers[row[0]]]
        parts = [{model.part_of: row[3], _NUMBER: numbers[row[0]]} for row in moved]
        work.part_numbers.numbers(model, parts, frozenset())
        for key, project, before, _ in moved:
            work.noted(table, key, project, {_NUMBER: [before, numbers[key]]})
            held = work.session.identity_map.get(identity_key(model, key))
            if held is not None:
                set_committed_value(held, _NUMBER, numbers[key])
        if moved:
            values = [(numbers[row[0]], row[0]) for row in moved]
            connection.exec_driver_sql(f"UPDATE {table.name} SET {_NUMBER}=? WHERE id=?", values)  # noqa: S608 - as above


def _part(row: Row) -> dict[str, Any]:  # Any: the key of its owner
    return {row.part_of: getattr(row, row.part_of)}

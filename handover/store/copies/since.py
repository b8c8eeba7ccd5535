"""What the change log tells since a certain act: for whatever is derived from the rows and catches up with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Select, case, or_, select

from handover.store.log import Act, Change


class Newest(NamedTuple):
    """The newest act: its number, 0 while there is none, and the hash that proves all acts up to it."""

    act: int
    hash: str


class Changed(NamedTuple):
    """A change of a row; ``fields`` is JSON as in the log, None where it wasn't asked for."""

    table: str
    row_id: str
    op: str
    fields: str | None


def newest(connection: Connection) -> Newest:
    """The newest act of a workspace."""
    row = connection.execute(select(Act.id, Act.hash).order_by(Act.id.desc()).limit(1)).one_or_none()
    return Newest(row.id, row.hash) if row else Newest(0, "")


def knows(connection: Connection, act: Newest) -> bool:
    """Whether an act is one of this workspace, with everything that was before it."""
    if act.act == 0:
        return True
    return bool(connection.execute(select(Act.hash).where(Act.id == act.act)).scalar_one_or_none() == act.hash)


def changes_since(connection: Connection, act: int, known: Collection[str]) -> Iterator[Changed]:
    """The changes of all later acts in their order; new and removed rows of the ``known`` tables without fields."""
    fields = case((or_(Change.op == "update", Change.table.not_in(known)), Change.fields))
    statement = select(Change.table, Change.row_id, Change.op, fields).where(Change.act_id > act).order_by(Change.id)
    for row in connection.execute(statement):
        yield Changed(*row)


def rows_changed_since(table: str, moment: str) -> Select[str]:
    """The keys of the rows of a table that acts since a moment added or changed; the moment as the log writes it."""
    return select(Change.row_id).join(Act, Act.id == Change.act_id).where(Change.table == table, Act.at >= moment)

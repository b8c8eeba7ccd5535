"""What the change log tells since a certain act: for whatever is derived from the rows and catches up with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, case, exists, func, or_, select
from sqlalchemy.orm import aliased

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


class Since(NamedTuple):
    """Acts from a moment on, as the log writes it; of one account alone where ``who`` names it."""

    moment: str
    who: str = ""


def rows_changed_since(table: str, since: Since) -> Select[str]:
    """The keys of the rows of a table that acts added, changed or removed; acts that were undone don't count."""
    return select(Change.row_id).join(Act, Act.id == Change.act_id).where(Change.table == table, *_lasting(since))


def changes_of(connection: Connection, table: str, ids: Collection[str], since: Since) -> Iterator[Changed]:
    """What lasting acts did to some rows, in their order."""
    statement = select(Change.table, Change.row_id, Change.op, Change.fields).join(Act, Act.id == Change.act_id)
    chosen = (Change.table == table, Change.row_id.in_(ids), *_lasting(since))
    for row in connection.execute(statement.where(*chosen).order_by(Change.id)):
        yield Changed(*row)


def moments_added(connection: Connection, table: str, ids: Collection[str]) -> dict[str, str]:
    """When some rows of a table were added, as the log writes it, by their keys."""
    statement = select(Change.row_id, Act.at).join(Act, Act.id == Change.act_id)
    chosen = (Change.table == table, Change.op == "insert", Change.row_id.in_(ids))
    return {row.row_id: row.at for row in connection.execute(statement.where(*chosen).order_by(Change.id.desc()))}


def accounts(connection: Connection) -> list[str]:
    """Who has done anything, by name."""
    return list(connection.execute(select(Act.who).distinct().order_by(Act.who)).scalars())


def _lasting(since: Since) -> list[ColumnElement[bool]]:
    """Of the acts since a moment those that stand: none that was turned back, and undoing alone of what was before.

    Undoing names the act that it turns back, doing again the undoing: what nothing names is the end of such a chain.
    """
    turning, before, begun = aliased(Act), aliased(Act), aliased(Act)
    # What turns an act back comes after it: of a log of years the acts since then alone are looked at.
    first = select(func.min(begun.id)).where(begun.at >= since.moment).scalar_subquery()
    turned = select(turning.target).where(turning.id > first, turning.target.is_not(None))
    earlier = exists(select(before.id).where(before.id == Act.target, before.at < since.moment))
    standing = or_(Act.target.is_(None), Act.kind == "redo", earlier)
    of_acts = [Act.at >= since.moment, Act.id.not_in(turned), standing]
    return [*of_acts, Act.who == since.who] if since.who else of_acts

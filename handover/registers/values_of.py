"""The values that stand in a column, with how often: what a filter offers, and what typing completes to."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from handover.registers.declare import Field, Register
from handover.registers.linked import Linked
from handover.registers.query import Query, filtered, linked

#: Of more values than these a list is no help.
MOST = 500


class ValueCount(NamedTuple):
    """A value as it is stored, the row that it names where it is a link, and how many rows have it."""

    value: Any  # what the column holds
    row: Linked | None
    n: int


def can_list(field: Field) -> bool:
    """Whether the values of a column can be told one by one: neither measured ones nor long texts can."""
    kind = field.kind
    return kind.stored and not (kind.roomy or kind.dated or (kind.numeric and kind.summable))


def values_of(
    connection: Connection, register: Register, project_id: str, query: Query, field: Field
) -> list[ValueCount]:
    """The values of a column among the rows of a query, the most frequent first; None stands for empty cells."""
    column = field.of_model
    n = func.count().label("n")
    statement = filtered(connection, select(column, n).select_from(register.model), register, project_id, query)
    found = connection.execute(statement.group_by(column).order_by(n.desc(), column).limit(MOST)).all()
    rows = linked(connection, field.target, (row[0] for row in found)) if field.links else {}
    counts: dict[Any, ValueCount] = {}  # Any: as above
    for value, times in found:
        key = None if value == "" else value
        before = counts[key].n if key in counts else 0
        counts[key] = ValueCount(key, rows.get(value), before + times)
    return sorted(counts.values(), key=lambda each: -each.n)


def doubled(connection: Connection, register: Register, project_id: str, ids: list[str]) -> list[Field]:
    """The fields by which rows are told apart in which one of some rows holds what another living row holds."""
    model = register.model
    keys = [keys[0] for keys in register.match if len(keys) == 1 and keys[0] in register]
    found = []
    for field in (register[key] for key in keys):
        if not field.names_rows or not field.shown:
            continue
        column = field.of_model
        mine = select(column).where(model.id.in_(ids), column.is_not(None), column != "")
        alive = (model.project_id == project_id, model.deleted_at.is_(None), column.in_(mine))
        twice = select(column).where(*alive).group_by(column).having(func.count() > 1).limit(1)
        if connection.execute(twice).first() is not None:
            found.append(field)
    return found


def repeated(connection: Connection, register: Register, project_id: str, field: Field) -> list[str]:
    """The texts that stand in more than one living row of a column, the most frequent first."""
    column, model = field.of_model, register.model
    n = func.count()
    alive = (model.project_id == project_id, model.deleted_at.is_(None), column.is_not(None), column != "")
    statement = select(column).where(*alive).group_by(column).having(n > 1).order_by(n.desc(), column).limit(MOST)
    return [str(value) for value in connection.execute(statement).scalars()]

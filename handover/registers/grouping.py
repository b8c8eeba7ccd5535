"""The groups of a register's rows: by which values they stand together, how many there are and what they add up to."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, func, select

from handover.i18n import tr
from handover.registers import show
from handover.registers.declare import Field, Register
from handover.registers.query import Query, filtered, group_order, grouped_by, linked

#: So deep can groups lie in one another.
DEEPEST = 2
#: The values by which a group is known: of its field, within those of the groups that it lies in.
GroupPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows that have the same value in a field.

    Attributes:
        path: how the group is known, from one reading to the next.
        label: the value as it is shown.
        n: how many rows it has.
        sums: what fields of numbers add up to, by their key.
        inner: the groups that lie in it; none in the innermost.
    """

    path: GroupPath
    field: str
    label: str
    n: int
    sums: dict[str, float]
    inner: tuple[RowGroup, ...] = ()

    @property
    def level(self) -> int:
        """How deep it lies, 0 outermost."""
        return len(self.path) - 1


def groupable(field: Field) -> bool:
    """Whether rows can be grouped by a field: its values repeat and are told apart, as those of long texts aren't."""
    kind = field.kind
    return kind.stored and not kind.roomy and not (kind.numeric and kind.summable)


def summed(field: Field) -> bool:
    """Whether the values of a group's rows are added up."""
    return field.kind.stored and field.numeric and field.kind.summable


def row_groups(
    connection: Connection, register: Register, project_id: str, query: Query, fields: Sequence[Field]
) -> tuple[RowGroup, ...]:
    """The groups of a query in the order of its rows.

    Args:
        fields: those of numbers among them are added up.
    """
    keys = query.groups
    if not keys:
        return ()
    added = [field for field in fields if summed(field) and field.field not in keys]
    values = [grouped_by(register, key).label(f"value{n}") for n, key in enumerate(keys)]
    orders = [group_order(register, key).label(f"order{n}") for n, key in enumerate(keys)]
    totals = [field.of_model.label(f"total{n}") for n, field in enumerate(added)]
    # Grouped from outside, so that what rows are grouped by is said once: databases compare it as it is written.
    chosen: Select[Any] = select(*values, *orders, *totals).select_from(register.model)  # Any: as many as asked
    inner = filtered(connection, chosen, register, project_id, query).subquery()
    grouped = [inner.c[value.name] for value in values]
    statement = select(*grouped, func.count(), *(func.sum(inner.c[total.name]) for total in totals)).group_by(*grouped)
    directions = dict(query.sort)
    for key, value, order in zip(keys, grouped, orders, strict=True):
        by, down = func.min(inner.c[order.name]), directions.get(key, False)
        statement = statement.order_by(value.is_(None), *(e.desc() if down else e.asc() for e in (by, value)))
    found = [tuple(row) for row in connection.execute(statement)]
    words = [_words(connection, register[key], {row[at] for row in found}) for at, key in enumerate(keys)]
    return _nested(found, (), keys, words, [field.field for field in added])


def _nested(
    rows: Sequence[tuple[Any, ...]],  # Any: values, a count and sums, as the query gave them
    above: GroupPath,
    keys: Sequence[str],
    words: Sequence[dict[Any, str]],
    added: Sequence[str],
) -> tuple[RowGroup, ...]:
    """The groups of one level, each with those that lie in it."""
    level, deepest = len(above), len(keys) - 1
    made = []
    for value, some in groupby(rows, key=lambda row: row[level]):
        mine = list(some)
        path = (*above, known_as(value))
        inner = _nested(mine, path, keys, words, added) if level < deepest else ()
        n = sum(row[len(keys)] for row in mine)
        columns = range(len(keys) + 1, len(keys) + 1 + len(added))
        sums = {key: sum(row[at] or 0 for row in mine) for key, at in zip(added, columns, strict=True)}
        made.append(RowGroup(path, keys[level], words[level][value], n, sums, inner))
    return tuple(made)


def known_as(value: Any) -> str:  # Any: what a field holds
    """How a value is kept in files of settings: alike from one reading to the next; empty for nothing."""
    return "" if value is None else str(value)


def _words(connection: Connection, field: Field, values: Collection[Any]) -> dict[Any, str]:  # Any: as above
    names = linked(connection, field.target, (v for v in values if v)) if field.links else {}
    return {
        value: tr("No {field}", field=field.label)
        if value is None
        else show.text(field, names.get(value) or field.kind.from_log(value)) or str(value)
        for value in values
    }


def laid_out(keys: array[int], groups: Sequence[RowGroup], folded: Collection[GroupPath]) -> GroupedLines:
    """The lines of a table: heads of groups, each before its rows; what is folded shows its head alone."""
    heads: list[RowGroup] = []
    lines: array[int] = array("q")

    def lay(some: Sequence[RowGroup], at: int, seen: bool) -> int:
        for group in some:
            heads.append(group)
            if seen:
                lines.append(-len(heads))
            opened = seen and group.path not in folded
            if group.inner:
                lay(group.inner, at, opened)
            elif opened:
                lines.extend(keys[at : at + group.n])
            at += group.n
        return at

    lay(groups, 0, True)
    return GroupedLines(lines, tuple(heads), frozenset(folded))


@dataclass(frozen=True, slots=True)
class GroupedLines:
    """What a table shows from top to bottom: numbers of rows, and ``-n`` for the ``n``-th of the heads."""

    numbers: array[int]
    heads: tuple[RowGroup, ...] = ()
    folded: frozenset[GroupPath] = frozenset()

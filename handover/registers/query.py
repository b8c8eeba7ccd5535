"""Reading a register: page, sort and filter in SQL; rows come as plain tuples.

The keys of all rows that a query finds are row numbers, eight bytes each, so that a table of a hundred thousand rows
knows its whole order at once and reads only the rows that it shows.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import aliased

from handover import clock
from handover.errors import NotFound
from handover.i18n import N_
from handover.model.dialect import holds, ref_number
from handover.registers.catalogue import of_table
from handover.registers.declare import Field, Register
from handover.registers.kinds.kind import LinkTarget, Operator
from handover.registers.linked import Linked
from handover.registers.narrowing import narrowed
from handover.store import row_numbers
from handover.store.copies.since import Since, rows_changed_since

#: What every row has besides the fields of its register; conditions can name rows by them.
IDENTITY = ("id", "ref")
#: A condition on it with ``after`` and a number of days finds the rows that were added or changed within them.
CHANGED = "changed_within"
#: A condition on it with ``after``, a moment as the log writes it and an account, or none, finds the rows that were
#: added, changed or removed since; those that were removed are among them.
SINCE = "changed_since"
_PAGE = 2_000


class ShownRow(NamedTuple):
    """A row as it is shown: ``values`` in the order of the fields that were asked for.

    Values are plain: text, numbers, dates, codes of vocabularies; a link is a ``Linked``, predecessors are text.
    """

    number: int
    id: str
    ref: str
    values: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A filter on one field, on the ``id`` or ``ref`` of rows, or on when they were changed (``CHANGED``, ``SINCE``).

    ``values`` are stored values, several mean any.
    """

    field: str
    operator: Operator
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """Which rows, in which order.

    Args:
        text: what the quick filter searches; every word of it must be found in the row.
        searched: the fields in which it searches; empty for all that are shown by default.
        view: the key of a named view.
        where: conditions that must all hold.
        sort: fields with whether they descend, the first the strongest.
        bin: the deleted rows instead of the living.
        groups: fields by whose values the rows are grouped, one within another; they come first in the order.
    """

    text: str = ""
    searched: tuple[str, ...] = ()
    view: str = ""
    where: tuple[Condition, ...] = ()
    sort: tuple[tuple[str, bool], ...] = ()
    bin: bool = False
    groups: tuple[str, ...] = ()

    @property
    def since(self) -> Since | None:
        """Since when changes are asked for, and by whom; None where they aren't."""
        return next((since_of(c) for c in self.where if c.field == SINCE), None)

    def narrowed(self, text: str) -> Query:
        """The same rows, searched for another text."""
        return replace(self, text=text)


def since_of(condition: Condition) -> Since:
    """What a condition on ``SINCE`` asks."""
    return Since(*map(str, condition.values[:2]))


def count(connection: Connection, register: Register, project_id: str, query: Query) -> int:
    """How many rows a query finds."""
    statement = filtered(connection, select(func.count()).select_from(register.model), register, project_id, query)
    return int(connection.execute(statement).scalar_one())


def keys(connection: Connection, register: Register, project_id: str, query: Query, limit: int = 0) -> array[int]:
    """The row numbers of a query in its order; the first ``limit`` of them where one is given."""
    chosen = select(_number(register)).select_from(register.model)
    statement = filtered(connection, chosen, register, project_id, query)
    statement = statement.order_by(*_order(register, query))
    return row_numbers.numbers(connection, statement.limit(limit) if limit else statement)


def rows(
    connection: Connection, register: Register, numbers: Sequence[int], fields: Sequence[Field] | None = None
) -> list[ShownRow]:
    """The rows of some row numbers, in that order; those that are gone are left out."""
    wanted = tuple(fields if fields is not None else register.fields)
    found: dict[int, ShownRow] = {}
    number = _number(register)
    for at in range(0, len(numbers), _PAGE):
        page = numbers[at : at + _PAGE]
        columns = [number.label("_number"), register.model.id, register.model.ref]
        statement = select(*columns, *(_shown(f) for f in wanted)).where(number.in_(list(page)))
        fetched = [tuple(r) for r in connection.execute(statement)]
        for row in _resolved(connection, wanted, fetched):
            found[row.number] = row
    return [found[n] for n in numbers if n in found]


def every(
    connection: Connection,
    register: Register,
    project_id: str,
    query: Query | None = None,
    fields: Sequence[Field] | None = None,
) -> Iterator[ShownRow]:
    """All rows of a query, read page by page."""
    found = keys(connection, register, project_id, query or Query())
    for at in range(0, len(found), _PAGE):
        yield from rows(connection, register, found[at : at + _PAGE], fields)


def one(connection: Connection, register: Register, row_id: str) -> ShownRow:
    """The row of a key. Raises NotFound when it is gone."""
    number = _number(register)
    found = connection.execute(select(number).select_from(register.model).where(register.model.id == row_id)).scalar()
    if found is None:
        raise NotFound(N_("This row no longer exists."))
    return rows(connection, register, [int(found)])[0]


def number_of(connection: Connection, register: Register, row_id: str) -> int | None:
    """The row number of a key, None when it is gone."""
    number = _number(register)
    return connection.execute(
        select(number).select_from(register.model).where(register.model.id == row_id)
    ).scalar_one_or_none()


def numbers_of(connection: Connection, register: Register, ids: Sequence[str]) -> dict[str, int]:
    """The row numbers of some keys, in their order; those that are gone are left out."""
    found: dict[str, int] = {}
    for at in range(0, len(ids), _PAGE):
        page = ids[at : at + _PAGE]
        statement = select(register.model.id, _number(register)).where(register.model.id.in_(page))
        found.update((row[0], row[1]) for row in connection.execute(statement))
    return {key: found[key] for key in ids if key in found}


def linked(connection: Connection, table: str, ids: Iterable[str | None]) -> dict[str, Linked]:
    """The names of rows of a table by key."""
    target = of_table(table)
    if target is None:
        return {}
    wanted = [i for i in dict.fromkeys(ids) if i]
    found: dict[str, Linked] = {}
    for at in range(0, len(wanted), _PAGE):
        statement = select(target.model.id, short(target), toned(target), *_names(target))
        page = target.model.id.in_(wanted[at : at + _PAGE])
        for row in connection.execute(statement.where(page)).all():
            found[row[0]] = Linked(row[0], row[1], joined(row[3:]), row[2])
    # A name that is itself a link, such as the person and the group of a seat, takes a second look.
    nested = [target[d] for d in target.naming if d in target and target[d].links]
    if nested:
        found = _named_by_links(connection, target, found)
    return found


def joined(parts: Iterable[Any]) -> str:
    """The name of a row from the attributes that make it up."""
    return " ".join(str(p) for p in parts if p)


def short(target: Register) -> ColumnElement[str]:
    """What stands for a row in its shortest form: its reference, or the code of an entry of a list."""
    column: ColumnElement[str] = getattr(target.model, target.short)
    return column


def toned(target: Register) -> ColumnElement[Any]:
    """How a row is coloured where another points to it; nothing for most registers."""
    return getattr(target.model, target.tone) if target.tone else null()


def _number(register: Register) -> ColumnElement[int]:
    return row_numbers.row_number(register.table)


def _names(target: Register) -> list[ColumnElement[Any]]:
    return [getattr(target.model, target[d].attr if d in target else d) for d in target.naming]


def _named_by_links(connection: Connection, target: Register, found: dict[str, Linked]) -> dict[str, Linked]:
    fields = [target[d] for d in target.naming]
    statement = select(target.model.id, *(getattr(target.model, f.attr) for f in fields))
    raw = connection.execute(statement.where(target.model.id.in_(list(found)))).all()
    names = [linked(connection, f.target, (r[i + 1] for r in raw)) if f.links else {} for i, f in enumerate(fields)]
    return {r[0]: found[r[0]]._replace(name=between(_piece(n, v) for n, v in zip(names, r[1:], strict=True)))
            for r in raw}  # fmt: skip


def between(pieces: Iterable[str]) -> str:
    """The name of a row in which the names of others stand."""
    return " – ".join(piece for piece in pieces if piece)


def _piece(names: Mapping[str, Linked], value: Any) -> str:  # Any: a key or what a field holds
    """The name of a row that another is named by, or the text itself."""
    return names[value].name if value in names else "" if names or value is None else str(value)


def _shown(field: Field) -> ColumnElement[Any]:
    return _stored_as(field).label(field.field)


def _resolved(connection: Connection, fields: Sequence[Field], fetched: list[tuple[Any, ...]]) -> Iterator[ShownRow]:
    ids = [row[1] for row in fetched]
    looked_up: list[tuple[int, Sequence[Any]]] = []
    by_key = partial(linked, connection)
    for i, field in enumerate(fields):
        if field.kind.looks_up:
            looked_up.append((i, field.kind.resolved(connection, field, ids, [r[i + 3] for r in fetched], by_key)))
    for at, row in enumerate(fetched):
        values = list(row[3:])
        for i, column in looked_up:
            values[i] = column[at]
        yield ShownRow(row[0], row[1], row[2], tuple(values))


def filtered(
    connection: Connection, statement: Select[Any], register: Register, project_id: str, query: Query
) -> Select[Any]:
    """A statement on the model of a register, narrowed to the rows of a query."""
    model = register.model
    statement = statement.where(model.project_id == project_id)
    if query.bin or query.since is None:
        statement = statement.where(model.deleted_at.is_not(None) if query.bin else model.deleted_at.is_(None))
    if query.view:
        statement = statement.where(register.condition(query.view))
    for condition in query.where:
        statement = statement.where(_condition(register, condition))
    if words := query.text.split():
        searched = [register[key] for key in query.searched] or [f for f in register.fields if f.shown]
        found = narrowed(connection, register, project_id, query.text, searched)
        statement = statement.where(*(_contains(register, searched, word) for word in words))
        statement = statement if found is None else statement.where(found)
    return statement


def _condition(register: Register, condition: Condition) -> ColumnElement[bool]:
    values = condition.values
    if condition.field in IDENTITY:
        own: ColumnElement[Any] = getattr(register.model, condition.field)
        return own.not_in(values) if condition.operator == "is_not" else own.in_(values)
    if condition.field == CHANGED:
        since = clock.now() - dt.timedelta(days=int(values[0]))
        lately = Since(since.isoformat(timespec="milliseconds"))
        return register.model.id.in_(rows_changed_since(register.table.name, lately))
    if condition.field == SINCE:
        return register.model.id.in_(rows_changed_since(register.table.name, since_of(condition)))
    field = register[condition.field]
    column = _stored_as(field)
    blank = field.kind.blank(column)
    match condition.operator:
        case "is":
            known = [v for v in values if v is not None]
            return or_(column.in_(known), *([blank] if None in values else []))
        case "is_not":
            return or_(column.not_in([v for v in values if v is not None]), column.is_(None))
        case "contains":
            return or_(*(_has(register, field, str(v)) for v in values))
        case "before":
            return and_(column.is_not(None), column < values[0])
        case "after":
            return and_(column.is_not(None), column > values[0])
        case "empty":
            return blank
        case "filled":
            return ~blank


def _contains(register: Register, searched: Sequence[Field], word: str) -> ColumnElement[bool]:
    # Numbers and dates hold digits: a word without any is looked for in texts alone, which halves the time.
    digits = any(c.isdigit() for c in word)
    tests = [_has(register, f, word) for f in searched if digits or not f.kind.digits]
    return or_(holds(register.model.ref, word), *tests)


def _has(register: Register, field: Field, word: str) -> ColumnElement[bool]:
    """Whether a field shows a word: words of vocabularies and names of links are found as they are read."""
    kind, column = field.kind, _stored_as(field)
    return kind.mentions(field, column, register.model.id, word, _target(field) if kind.names_a_row else None)


def _stored_as(field: Field) -> ColumnElement[Any]:
    return field.of_model if field.kind.stored else null()


def _target(field: Field) -> LinkTarget | None:
    """The table that a field points to, under a name of its own in the query."""
    target = of_table(field.target)
    if target is None:
        return None
    other = aliased(target.model)
    named = [getattr(other, target[d].attr if d in target else d) for d in target.naming]
    searched = [getattr(other, d) for d in target.naming if d not in target or not target[d].links]
    return LinkTarget(
        other.id, getattr(other, target.short), getattr(other, target.order), tuple(named), tuple(searched)
    )


def grouped_by(register: Register, key: str) -> ColumnElement[Any]:
    """What rows are grouped by: what the field holds, nothing where it is blank."""
    column = _stored_as(register[key])
    return type_coerce(case((register[key].kind.blank(column), None), else_=column), column.type)


def group_order(register: Register, key: str) -> ColumnElement[Any]:
    """What the groups of a field are sorted by."""
    return _sortable(register, key)


def matches(register: Register, condition: Condition) -> ColumnElement[bool]:
    """Whether a row fits a condition, as an expression of a query."""
    return _condition(register, condition)


def _order(register: Register, query: Query) -> list[Any]:
    order: list[Any] = []
    directions = dict(query.sort)
    for key in query.groups:
        # Those of one value stand together, whatever else sorts alike: the value itself comes after its place.
        value, by = grouped_by(register, key), _sortable(register, key)
        down = directions.get(key, False)
        order += [value.is_(None), *(each.desc() if down else each.asc() for each in (by, value))]
    for key, descending in query.sort:
        if key in query.groups:
            continue
        expression = _sortable(register, key)
        order.append(expression.desc().nulls_last() if descending else expression.asc().nulls_last())
    if register.numbered:
        order += [getattr(register.model, register.model.part_of), register.table.columns["number"].nulls_last()]
    return [*order, getattr(register.model, register.order), register.model.id]


def _sortable(register: Register, key: str) -> ColumnElement[Any]:
    model = register.model
    if key == "ref":
        return ref_number(model.ref)
    field = register[key]
    kind = field.kind
    return kind.order(field, _stored_as(field), model.id, _target(field) if kind.names_a_row else None)

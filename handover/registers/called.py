"""Rows that are called by another row's name: a revision by the number of its document and its own code."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select
from sqlalchemy.orm import aliased

from handover.model.dialect import holds
from handover.registers.catalogue import of_table
from handover.registers.declare import Field, Register
from handover.registers.query import between

T = TypeVar("T")
_PAGE = 2_000


class Called(NamedTuple):
    """What a row is called: the name that is shown, and shorter ones that people write."""

    name: str
    shorter: tuple[str, ...]


def called_by_others(connection: Connection, register: Register, keys: Sequence[str]) -> dict[str, Called]:
    """What rows are called in whose names those of other rows stand, by key; nothing for other registers."""
    links = _links(register)
    if not links:
        return {}
    statement, sizes = _with_others(register, links)
    found = {}
    for at in range(0, len(keys), _PAGE):
        page = register.model.id.in_(keys[at : at + _PAGE])
        for key, *words in connection.execute(statement.where(page)):
            found[key] = _called(_parted(words, sizes))
    return found


def calls(register: Register, text: str) -> ColumnElement[bool] | None:
    """The condition that a row is called by another one's name as in a text; None for other registers."""
    links = _links(register)
    if not links:
        return None
    statement, sizes = _with_others(register, links)
    groups = _parted(list(statement.selected_columns)[1:], sizes)
    names = [_spaced(way) for way in product(*groups)]
    model = register.model
    keys = statement.with_only_columns(model.id).where(or_(*(holds(name, text) for name in names)))
    inside: ColumnElement[bool] = model.id.in_(keys)
    return inside


def _parted(row: Sequence[T], sizes: Sequence[int]) -> list[list[T]]:
    """The words of a name, those of each row that stands in it together."""
    found, at = [], 0
    for size in sizes:
        found.append(list(row[at : at + size]))
        at += size
    return found


def _called(parts: Sequence[Sequence[Any]]) -> Called:  # Any: texts, or nothing
    """The name from all words, and every way to write it with one word of each row."""
    pieces = [said for words in parts if (said := [str(word) for word in words if word])]
    name = between(" ".join(words) for words in pieces)
    whole = " ".join(word for words in pieces for word in words)
    ways = [whole, *map(" ".join, product(*pieces))]
    return Called(name, tuple(dict.fromkeys(said for said in ways if said != name)))


def _links(register: Register) -> tuple[Field, ...]:
    """The fields of a register's names that point to rows of others."""
    named = [register[key] for key in register.naming if key in register]
    return tuple(field for field in named if field.links and not field.pick and field.target != register.table.name)


def _with_others(register: Register, links: tuple[Field, ...]) -> tuple[Select[Any], list[int]]:
    """The query of the words by which rows are called, and how many words each part of the name has."""
    model = register.model
    statement: Select[Any] = select(model.id).select_from(model)
    sizes = []
    for key in register.naming:
        field = next((each for each in links if each.field == key), None)
        if field is None:
            statement = statement.add_columns(getattr(model, register[key].attr if key in register else key))
            sizes.append(1)
            continue
        target = of_table(field.target)
        assert target is not None  # a field that links points to a register
        other = aliased(target.model)
        plain = [d for d in target.naming if d not in target or not target[d].links]
        statement = statement.add_columns(*(getattr(other, d) for d in plain))
        statement = statement.outerjoin(other, other.id == getattr(model, field.attr))
        sizes.append(len(plain))
    return statement, sizes


def _spaced(columns: tuple[ColumnElement[Any], ...]) -> ColumnElement[str]:
    """Columns as one text, with a space between them."""
    text: ColumnElement[str] = func.coalesce(columns[0], "")
    for column in columns[1:]:
        text = text + " " + func.coalesce(column, "")
    return text

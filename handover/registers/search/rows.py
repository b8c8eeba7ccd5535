"""The texts of rows as the search index takes them in.

Titles, references and all other texts, the words of choices in both languages, the names of the rows that a row points
to; numbers and dates for the quick filter alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, String, cast, select

from handover.i18n import LANGUAGES, in_language
from handover.registers.declare import Field, Register
from handover.registers.linked import Linked
from handover.registers.query import linked
from handover.registers.scheduling import links
from handover.registers.search.form import is_stored
from handover.registers.search.pinyin import beginnings
from handover.store.among import among
from handover.store.search.filling import IndexEntry

_NOBODY = Linked("", "", "")


def entries(connection: Connection, register: Register, ids: Sequence[str]) -> list[IndexEntry]:
    """What rows of a register say now; those that are gone are left out."""
    model, fields = register.model, tuple(f for f in register.fields if is_stored(register, f))
    columns = [_column(register, field) for field in fields]
    statement = select(model.id, model.project_id, model.deleted_at, *columns).where(among(model.id, ids))
    found = [tuple(row) for row in connection.execute(statement).all()]
    own = linked(connection, register.table.name, (row[0] for row in found))
    before = _predecessors(connection, register, [row[0] for row in found])
    texts, figures = _texts(connection, fields, found)
    return [
        IndexEntry(
            register.table.name,
            row[0],
            row[1],
            row[2] is not None,
            f"{own[row[0]].ref}\n{own[row[0]].name}",
            "\n".join(texts[at]),
            "\n".join([*figures[at], before.get(row[0], "")]),
            beginnings(own[row[0]].name),
        )
        for at, row in enumerate(found)
    ]


def names_a_row(register: Register, changed: Collection[str]) -> bool:
    """Whether a row is called differently once these columns have changed."""
    attributes = {register[d].attr if d in register else d for d in (*register.naming, *register.display)}
    computed = any(d not in register.table.columns for d in attributes)
    return computed or not attributes.isdisjoint(changed) or register.short in changed or "ref" in changed


def _texts(
    connection: Connection,
    fields: Sequence[Field],
    found: list[tuple[Any, ...]],  # Any: what the columns hold
) -> tuple[list[list[str]], list[list[str]]]:
    """For each row what is read in it, and its numbers and dates; column by column, as that is quicker."""
    texts: list[list[str]] = [[] for _ in found]
    figures: list[list[str]] = [[] for _ in found]
    for at, field in enumerate(fields, 3):
        filled = [(row, _text(value[at])) for row, value in enumerate(found) if value[at] not in (None, "")]
        into = figures if field.kind.digits else texts
        for row, text in _said(connection, field, filled):
            into[row].append(text)
    return texts, figures


def _text(value: Any) -> Any:  # Any: as above
    """The value, or what can be read of bytes, which no column holds."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _said(
    connection: Connection, field: Field, filled: list[tuple[int, Any]]
) -> Iterator[tuple[int, str]]:  # Any: as above
    if field.kind.wordy or field.kind.digits:
        return iter(filled)
    if field.links:
        words = _names(connection, field, [value for _, value in filled])
    else:
        words = {value: field.kind.indexed(field, value) for value in {value for _, value in filled}}
    return ((row, words.get(value, "")) for row, value in filled)


def _names(connection: Connection, field: Field, keys: list[str]) -> dict[str, str]:
    """How the rows that a field points to are called; entries of a site's lists in each language."""
    said: dict[str, dict[str, None]] = {}
    for language in LANGUAGES if field.pick else LANGUAGES[:1]:
        with in_language(language):
            for key, name in linked(connection, field.target, keys).items():
                said.setdefault(key, {})[f"{name.ref}\n{name.name}"] = None
    return {key: "\n".join(names) for key, names in said.items()}


def _column(register: Register, field: Field) -> Any:  # Any: a column of any value
    column = getattr(register.model, field.attr)
    return (cast(column, String) if field.kind.digits else column).label(field.field)


def _predecessors(connection: Connection, register: Register, ids: list[str]) -> dict[str, str]:
    if not register.links:
        return {}
    return {key: " ".join(refs) for key, refs in links.refs(connection, ids).items()}

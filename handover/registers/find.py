"""Finding rows by what people type: a reference, a name, the initials of its pinyin."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, func, or_, select

from handover.errors import NotValid
from handover.i18n import N_
from handover.model.dialect import holds
from handover.model.people import Organisation, Person
from handover.registers.called import Called, called_by_others, calls
from handover.registers.catalogue import of_table
from handover.registers.declare import Register
from handover.registers.linked import Linked
from handover.registers.query import joined
from handover.registers.search.pinyin import initials, spelled
from handover.values.cells import folded

#: Above this many rows a register is searched in SQL alone, without pinyin.
_SMALL = 5_000


def suggest(connection: Connection, project_id: str, table: str, text: str, limit: int = 20) -> list[Linked]:
    """The rows of a table whose reference, name, organisation or pinyin initials fit what is typed, best first."""
    return [row for _, row in _ranked(connection, project_id, table, text)[:limit]]


def resolve(connection: Connection, project_id: str, table: str, text: str) -> Linked:
    """The one row that a text names. Raises NotValid when there is none, or when several fit equally well."""
    target = of_table(table)
    wanted = folded(text)
    ranked = _ranked(connection, project_id, table, text)[:50]
    found = [row for _, row in ranked]
    same = [r for r in found if wanted in (folded(r.ref), folded(r.name)) or folded(r.name).startswith(wanted)]
    exact = [r for r in same if wanted in (folded(r.ref), folded(r.name))]
    called = [row for rank, row in ranked if rank == 0]
    for candidates in (exact, same, called, found):
        if len(candidates) == 1:
            return candidates[0]
        if len(candidates) > 1:
            raise NotValid(
                N_("“{text}” fits several rows of {register}: {names}. Type the reference."),
                text=text,
                register=target.label if target else table,
                names=", ".join(f"{c.name} ({c.ref})" for c in candidates[:4]),
            )
    raise NotValid(N_("{register} has no row “{text}”."), register=target.label if target else table, text=text)


def exactly_called(connection: Connection, project_id: str, table: str) -> dict[str, str]:
    """The keys of a table's rows by reference and by name, as ``folded`` writes them, where one row alone is called so.

    For many names at once: one that isn't in it may still be found by ``resolve``. Empty where the rows are too many
    to be held.
    """
    target = of_table(table)
    known = _candidates(connection, target, project_id, "") if target else []
    found: dict[str, set[str]] = {}
    for row, _ in known if len(known) < _SMALL else ():
        for name in (folded(row.ref), folded(row.name)):
            found.setdefault(name, set()).add(row.id)
    return {name: keys.pop() for name, keys in found.items() if name and len(keys) == 1}


def _ranked(connection: Connection, project_id: str, table: str, text: str) -> list[tuple[int, Linked]]:
    """The rows that fit, with how well, best first; 0 is called exactly so."""
    target = of_table(table)
    if target is None:
        return []
    wanted = folded(text)
    known = _candidates(connection, target, project_id, text)
    if not wanted:
        return [(0, row) for row, _ in known]
    ranked = [(rank, row) for row, words in known if (rank := _rank(wanted, row, words)) is not None]
    return sorted(ranked, key=lambda r: (r[0], r[1].name))


def _candidates(
    connection: Connection, target: Register, project_id: str, text: str
) -> list[tuple[Linked, tuple[str, ...]]]:
    model = target.model
    plain = [getattr(model, d) for d in target.display if d not in target or not target[d].links]
    extra: list[Any] = [Organisation.name] if model is Person else []
    statement = select(model.id, model.ref, *plain, *extra).where(
        model.project_id == project_id, model.deleted_at.is_(None)
    )
    if model is Person:
        statement = statement.outerjoin(Organisation, Organisation.id == Person.organisation_id)
    size = connection.execute(
        select(func.count()).select_from(model).where(model.project_id == project_id)
    ).scalar_one()
    if size > _SMALL:
        through = calls(target, text.strip())
        wide = or_(model.ref == text.strip().upper(), *(holds(c, text.strip()) for c in plain))
        statement = statement.where(wide if through is None else or_(wide, through))
    statement = statement.order_by(getattr(model, target.order)).limit(_SMALL)
    found = connection.execute(statement).all()
    others = called_by_others(connection, target, [row[0] for row in found])
    return [_candidate(row, len(plain), others.get(row[0])) for row in found]


def _candidate(row: Any, names: int, called: Called | None) -> tuple[Linked, tuple[str, ...]]:  # Any: a row of columns
    words = tuple(str(word) for word in row[2:] if word)
    if called is None:
        return Linked(row[0], row[1], joined(row[2 : 2 + names])), words
    return Linked(row[0], row[1], called.name), (*words, *called.shorter)


def _rank(wanted: str, row: Linked, words: tuple[str, ...]) -> int | None:
    name = folded(row.name)
    if wanted in (folded(row.ref), name, *(folded(w) for w in words)):
        return 0
    if name.startswith(wanted):
        return 1
    if wanted in name or wanted in folded(row.ref):
        return 2
    if wanted.isascii() and any(initials(w).startswith(wanted) or wanted in spelled(w) for w in words):
        return 3
    if any(wanted in folded(w) for w in words):
        return 4
    return None

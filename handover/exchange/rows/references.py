"""Turns the names in a file's link columns into keys: rows that we have, rows of the same file, rows to be made."""

from __future__ import annotations

from typing import Any

from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.names import Names, NamesOfTables, NoSuchName
from handover.exchange.rows.outcome import Erase
from handover.i18n import N_
from handover.registers.declare import Field
from handover.values.cells import NameInCell, folded, split_names


def refer(incoming: Incoming, directory: NamesOfTables) -> None:
    """Replace names by keys in every link column that points to another register."""
    own = incoming.register.table.name
    for key in list(incoming.values):
        if key in incoming.register:
            target = incoming.register[key]
            if target.links and (target.pick or target.target != own):
                _column(incoming, target, directory)


def refer_within(incoming: Incoming, directory: NamesOfTables, keys: list[str]) -> None:
    """Replace names by keys in columns that point into the register itself, such as the system that one is part of.

    Args:
        keys: the key that each place has or will have.
    """
    register = incoming.register
    for key in list(incoming.values):
        if key not in register or not register[key].links or register[key].target != register.table.name:
            continue
        here: dict[str, str] = {}
        for name in reversed([*register.display, "ref"]):
            for place, value in enumerate(incoming.values.get(name, ())):
                if isinstance(value, str) and place not in incoming.skipped:
                    here[folded(value)] = keys[place]
        column = incoming.values[key]
        for place, value in enumerate(column):
            if isinstance(value, str) and folded(value) in here:
                found = here[folded(value)]
                if found == keys[place]:
                    incoming.blame(place, key, N_("A row can't be part of itself."))
                column[place] = found
            elif isinstance(value, str):
                column[place] = _resolved(incoming, place, key, value, directory, register[key].target)


def _column(incoming: Incoming, target: Field, directory: NamesOfTables) -> None:
    known: dict[Any, tuple[str | None, str, NoSuchName | None]] = {}
    column = incoming.values[target.field]
    further = target.field == "owner" and "resources" not in incoming.values
    others: list[str | None] = [None] * len(column) if further else []
    result: list[Any] = []
    for place, value in enumerate(column):
        if value is None or isinstance(value, Erase) or place in incoming.skipped:
            result.append(None if place in incoming.skipped else value)
            continue
        key = value if isinstance(value, str) else tuple(value)
        if key not in known:
            known[key] = _who(value, directory.of_field(target))
        found, rest, refused = known[key]
        if refused is not None:
            incoming.blame(place, target.field, refused.message, **refused.values)
        if further and rest:
            others[place] = rest
        result.append(found)
    incoming.values[target.field] = result
    if further and any(others):
        incoming.values["resources"] = others


def _who(value: Any, targets: Names) -> tuple[str | None, str, NoSuchName | None]:
    """The key that a cell names, the others named in it, and why nobody is found.

    A text that names a row as it stands is taken whole, ``Lee, Ann`` and ``Hengtuo Co., Ltd.`` among them; else the
    first of several people counts.
    """
    rest = ""
    if isinstance(value, str):
        name = value
        if targets.register.table.name == "person" and not targets.knows(value):
            people = split_names(value)
            name = people[0].name if people else value
            rest = "; ".join(map(_said, people[1:]))[:500]
    else:
        name = value[0].name
        rest = "; ".join(map(_said, value[1:]))[:500]
    try:
        return targets.resolve(name), rest, None
    except NoSuchName as nobody:
        return None, rest, nobody


def _said(person: NameInCell) -> str:
    return person.name if person.share is None else f"{person.name} [{person.share:.0%}]"


def _resolved(incoming: Incoming, place: int, key: str, text: str, directory: NamesOfTables, table: str) -> str | None:
    try:
        return directory.of(table).resolve(text)
    except NoSuchName as nobody:
        incoming.blame(place, key, nobody.message, **nobody.values)
        return None

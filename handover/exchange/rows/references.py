"""Turns the names in a file's link columns into keys: rows that we have, rows of the same file, rows to be made."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.names import Names, NamesOfTables, NoSuchName
from handover.exchange.rows.outcome import Erase
from handover.i18n import N_
from handover.registers.declare import Field
from handover.values.cells import NameInCell, folded, split_names

#: What may part several names.
_SEVERAL = re.compile(r"[,，、;；&＆|/／\n]")


@dataclass(slots=True)
class Referred:
    """The columns of a file in which keys stand for names, and the names that mean nobody."""

    values: dict[str, list[Any]]  # Any: what the fields hold
    findings: Findings


def refer(incoming: Incoming, directory: NamesOfTables) -> Referred:
    """Keys for the names in every column that points to another register."""
    own = incoming.register.table.name
    found = Referred({}, incoming.nothing_found())
    for key in incoming.values:
        if key in incoming.register:
            target = incoming.register[key]
            if target.links and (target.pick or target.target != own):
                _column(incoming, target, directory, found)
    return found


def refer_within(incoming: Incoming, directory: NamesOfTables, keys: list[str]) -> Referred:
    """Keys for names in columns that point into the register itself, such as the system that one is part of.

    Args:
        keys: the key that each place has or will have.
    """
    register = incoming.register
    referred = Referred({}, incoming.nothing_found())
    for key in list(incoming.values):
        if key not in register or not register[key].links or register[key].target != register.table.name:
            continue
        here: dict[str, str] = {}
        for name in reversed([*register.display, "ref"]):
            for place, value in enumerate(incoming.values.get(name, ())):
                if isinstance(value, str) and place not in incoming.skipped:
                    here[folded(value)] = keys[place]
        column = referred.values[key] = list(incoming.values[key])
        for place, value in enumerate(column):
            if isinstance(value, str) and folded(value) in here:
                found = here[folded(value)]
                column[place] = None if found == keys[place] else found
                if found == keys[place]:
                    referred.findings.remark(place, key, value, N_("A row can't be part of itself."))
            elif isinstance(value, str):
                column[place] = _resolved(referred.findings, place, register[key], value, directory)
    return referred


def _column(incoming: Incoming, target: Field, directory: NamesOfTables, referred: Referred) -> None:
    known: dict[Any, tuple[str | None, str, NoSuchName | None]] = {}
    column = incoming.values[target.field]
    names = directory.of_field(target)
    different = {v for v in column if isinstance(v, str)}
    alone = {folded(v) for v in different if not _SEVERAL.search(v)}

    def is_name(text: str) -> bool:
        return folded(text) in alone or names.knows(text)

    further = target.field == "owner" and "resources" not in incoming.values
    others: list[str | None] = [None] * len(column) if further else []
    result: list[Any] = []
    for place, value in enumerate(column):
        if value is None or isinstance(value, Erase) or place in incoming.skipped:
            result.append(None if place in incoming.skipped else value)
            continue
        key = value if isinstance(value, str) else tuple(value)
        if key not in known:
            known[key] = _who(value, names, is_name)
        found, rest, refused = known[key]
        if refused is not None:
            referred.findings.remark(place, target.field, _as_said(value), refused.message, **refused.values)
        if further and rest:
            others[place] = rest
        result.append(found)
    referred.values[target.field] = result
    if further and any(others):
        referred.values["resources"] = others


def _who(
    value: Any,  # Any: a text, or the people of a plan
    targets: Names,
    is_name: Callable[[str], bool],
) -> tuple[str | None, str, NoSuchName | None]:
    """The key that a cell names, the others named in it, and why nobody is found.

    A text that names a row as it stands is taken whole, ``Lee, Ann`` and ``Hengtuo Co., Ltd.`` among them; else the
    first of several people counts.
    """
    rest = ""
    if isinstance(value, str):
        name = value
        if targets.register.table.name == "person" and not targets.knows(value):
            people = split_names(value, is_name)
            name = people[0].name if people else value
            rest = "; ".join(map(_said, people[1:]))[:500]
    else:
        name = value[0].name
        rest = "; ".join(map(_said, value[1:]))[:500]
    try:
        return targets.resolve(name), rest, None
    except NoSuchName as nobody:
        return None, rest, nobody


def _as_said(value: Any) -> str:  # Any: a text, or the people of a plan
    return value if isinstance(value, str) else "; ".join(map(_said, value))


def _said(person: NameInCell) -> str:
    return person.name if person.share is None else f"{person.name} [{person.share:.0%}]"


def _resolved(findings: Findings, place: int, target: Field, text: str, directory: NamesOfTables) -> str | None:
    try:
        return directory.of(target.target).resolve(text)
    except NoSuchName as nobody:
        findings.remark(place, target.field, text, nobody.message, **nobody.values)
        return None

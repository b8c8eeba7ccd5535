"""What the fields above the table of a form are called: which field of the rows below them each fills."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from handover.exchange.columns.mapping import lexicon_of
from handover.exchange.tables.forms import HeadField
from handover.exchange.tables.heading_text import plain
from handover.registers.declare import Register
from handover.resource import resource

#: A label that is this surely the heading of a field names it in a head, too.
_OWN = 1.0


@dataclass(frozen=True, slots=True)
class HeadFact:
    """What a head says of every row below it: the key of the field, and where it stands."""

    field: str
    said: HeadField


def head_facts(head: Iterable[HeadField], register: Register, taken: Collection[str] = ()) -> tuple[HeadFact, ...]:
    """The facts of a head that fill fields of a register, each field once.

    Args:
        taken: the fields that it doesn't fill, as columns of the table do.
    """
    found: dict[str, HeadFact] = {}
    for said in head:
        key = _field_of(register, said.label)
        if key and key not in taken and key not in found:
            found[key] = HeadFact(key, said)
    return tuple(found.values())


def telling(register: Register) -> frozenset[str]:
    """The fields that tell a row of a register from all others: what a head says of many rows is none of them."""
    return frozenset(match[0] for match in register.match if len(match) == 1)


def _field_of(register: Register, label: str) -> str:
    if (key := _labels(register.key).get(plain(label))) is not None:
        return key
    if not _labels(register.key):
        return ""
    return next(
        (m.field for m in lexicon_of(register).matches(label) if m.certainty >= _OWN and m.field in register), ""
    )


@cache
def _labels(register: str) -> Mapping[str, str]:
    """The fields of a register by what heads call them; empty for one whose rows take nothing from a head."""
    told = tomllib.loads(resource("form_heads.toml").read_text(encoding="utf-8")).get(register, {})
    return {plain(label): field for field, labels in told.items() for label in labels}

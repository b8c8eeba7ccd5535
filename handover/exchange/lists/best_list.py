"""Which table of a file suits a register best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log10

from handover.exchange.columns.headings import PHASE
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, lexicon_of
from handover.exchange.columns.subjects import is_about
from handover.exchange.tables.finding import Table
from handover.registers.catalogue import by_hand
from handover.registers.declare import Register
from handover.values.cells import folded

_RARE = 0.7
"""Headings that more than one other register knows are less telling than this."""


@dataclass(frozen=True, slots=True)
class ListChoice:
    """A table for a register, with the mapping that was proposed."""

    register: Register
    table: Table
    mapping: ColumnMapping


def suits(choice: ListChoice, file: str) -> float:
    """How well a table suits a register: sure columns count, what a row can't be without counts most.

    Args:
        file: the file's name, which may say what the list is about.
    """
    register, table, mapping = choice.register, choice.table, choice.mapping
    rows = max(table.last - table.first + 1 - len(table.skipped), 0)
    taken = [m for m in mapping.columns if m.field and m.field != PHASE]
    held = {m.field for m in taken if m.samples or not rows}
    score = sum(_worth(m, register) * (1.0 if m.field in held else 0.3) for m in taken)
    required = [f.field for f in register.entered if f.required]
    if any(key not in held for key in required):
        score *= 0.25
    elif not _told_by_headings([mapping.of(mapping.by_field[key]) for key in required], register):
        score *= 0.3
    score *= 0.2 + log10(1 + rows) / 2
    if folded(register.label) in folded(table.sheet) or any(folded(a) in folded(table.sheet) for a in register.aliases):
        score *= 1.3
    else:
        score *= _told(register, (table.sheet, table.title, file))
    if register.outline:
        score *= 1.2
    return score


def _told_by_headings(needed: list[MappedColumn], register: Register) -> bool:
    """False where what a row can't be without was found by content, beside at most a heading of many registers (ID)."""
    return all(m.why != "content" for m in needed) or any(
        m.why != "content" and _rarity(m.heading, register) >= _RARE for m in needed
    )


def _told(register: Register, texts: Sequence[str]) -> float:
    """What it counts that the sheet, its title or the file says what the list is about, and nothing else with it."""
    best = 1.0
    for text in texts:
        if is_about(register.key, text):
            alone = not any(is_about(each.key, text) for each in by_hand() if each is not register)
            best = max(best, 2.0 if alone and not register.outline else 1.3)
    return best


def _worth(mapped: MappedColumn, register: Register) -> float:
    sure = {"similar": 0.75}.get(mapped.why, 1.0)
    return mapped.strength * sure * _rarity(mapped.heading, register)


def _rarity(heading: str, register: Register) -> float:
    """1 for a heading that only one register knows, less for Name, Status and others that many do."""
    text = heading.rsplit(" / ", maxsplit=1)[-1]
    least = max(lexicon_of(register).claim(text) - 0.05, 0.5)
    others = sum(lexicon_of(each).claim(text) >= least for each in by_hand() if each is not register)
    return 1 / (1 + 0.4 * others)

"""Which rows fit which rule of colour: asked of the database as a filter is, for the rows in view alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, case, select

from handover.model.vocabulary import Tone
from handover.registers.declare import Register
from handover.registers.query import Condition, matches
from handover.store import row_numbers
from handover.wording import Words

#: So many rules a register can have.
MOST_RULES = 8


@dataclass(frozen=True, slots=True)
class ColourRule:
    """Rows of a view, or those that fit a condition, take a colour and its mark."""

    tone: Tone
    view: str = ""
    condition: Condition | None = None


@dataclass(frozen=True, slots=True)
class ToldRule:
    """A rule of colour with when it holds, in words."""

    rule: ColourRule
    words: Words


def first_rules(
    connection: Connection, register: Register, numbers: Sequence[int], rules: Sequence[ColourRule]
) -> dict[int, int]:
    """The first rule that fits, by its place, of those rows of some row numbers that any fits."""
    if not rules or not numbers:
        return {}
    number = row_numbers.row_number(register.table)
    first = case(*((_fits(register, rule), place) for place, rule in enumerate(rules)), else_=None)
    statement = select(number, first).select_from(register.model).where(number.in_(list(numbers)))
    return {row[0]: row[1] for row in connection.execute(statement) if row[1] is not None}


def _fits(register: Register, rule: ColourRule) -> ColumnElement[bool]:
    if rule.condition is not None:
        return matches(register, rule.condition)
    return register.condition(rule.view)

"""What the head of a form says of the rows of its table, on its way into their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handover.exchange.columns.head_labels import HeadFact
from handover.exchange.notice import Notice
from handover.exchange.rows.incoming import Lines
from handover.exchange.tables.forms import Form, HeadField
from handover.i18n import N_, tr
from handover.registers.declare import Register
from handover.values.cells import as_text


@dataclass(frozen=True, slots=True)
class FormHead:
    """The head of a form beside its table.

    Attributes:
        facts: what fills a field of every row.
        elsewhere: what the rows of another register take, with that register.
        apart: the fields whose columns the rows of another register take.
        state: in which state rows come that aren't there yet: the field, the state, and their numbers.
    """

    facts: tuple[HeadFact, ...] = ()
    elsewhere: tuple[tuple[Register, HeadFact], ...] = ()
    apart: frozenset[str] = frozenset()
    state: tuple[str, str, frozenset[int]] | None = None

    def fill(self, lines: Lines, register: Register) -> None:
        """Put the facts to the rows, and take away what goes elsewhere."""
        for key in self.apart:
            lines.cells.pop(key, None)
        fill(lines, self.facts, register)
        if self.state is not None:
            field, code, rows = self.state
            lines.cells[field] = [code if row in rows else None for row in lines.rows]

    def notices(self, form: Form, register: Register) -> Iterator[Notice]:
        """What becomes of the head."""
        taken = [(register, fact) for fact in self.facts] + list(self.elsewhere)
        told = [
            tr(
                "{label} → {register}: {field}",
                label=fact.said.label,
                register=into.label,
                field=into[fact.field].label,
            )
            for into, fact in taken
        ]
        left = [each for each in form.head if all(each != fact.said for _, fact in taken)]
        yield Notice(
            N_("Sheet {sheet} is {form}. Its table is taken into {register}, and of its head: {taken}."),
            {"sheet": form.sheet, "form": form.what, "register": register.label, "taken": tr("; ").join(told)},
        )
        if left:
            yield Notice(N_("Of the head nothing takes: {fields}."), {"fields": tr("; ").join(map(str, left))})


def fill(lines: Lines, facts: tuple[HeadFact, ...], register: Register) -> None:
    """Have every row say what a head says once; who did something and when, the rows alone in which it is done."""
    for fact in facts:
        done = _done(lines, register, fact.field)
        lines.cells[fact.field] = [fact.said.value if done is None or done[p] else None for p in range(len(lines.rows))]
        lines.headings[fact.field] = fact.said.label


def _done(lines: Lines, register: Register, field: str) -> list[bool] | None:
    """In which rows the step is taken that stamps a field; None for another field, and where no column says so."""
    state = next((each for each in register.entered if each.lifecycle is not None), None)
    if state is None or state.lifecycle is None or state.words is None or state.field not in lines.cells:
        return None
    reached = {step.target for step in state.lifecycle.steps if field in (step.by, step.on)}
    if not reached:
        return None
    return [state.words.code_of(as_text(cell)) in reached for cell in lines.cells[state.field]]


def first_row(head: tuple[HeadField, ...]) -> int:
    """The row in which a head begins, as Excel counts it."""
    return min(each.row for each in head) + 1

"""Durations in minutes of work."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handover.i18n import N_, tr
from handover.registers.kinds.kind import FieldKind, KindField, ProjectNames
from handover.registers.kinds.number import BY_SIZE
from handover.values import print_forms
from handover.values.cells import Cell, ColumnReading, Unreadable, reads, shown
from handover.values.durations import parse_duration, read_durations, unit_in_heading
from handover.values.shown import duration

#: The field whose column also tells of time of the clock, and of durations that are a guess.
_TELLS_MORE = "duration"


class DurationKind(FieldKind):
    """A duration: ``5d``, ``2 weeks``, ``4h``, ``3 个工作日``; a bare number means days."""

    key = "duration"
    width = 10
    numeric = True
    digits = True
    strict = True
    prepared = False
    worded = True
    as_words = True
    operators = BY_SIZE
    printed = print_forms.WORK

    def read(self, field: KindField, text: str, names: ProjectNames) -> int | None:
        found = work_minutes([text])
        if found.problems:
            raise found.problems[0]
        return found.values[0]

    def pasted(self, field: KindField, cells: Sequence[Cell]) -> ColumnReading[int] | None:
        return work_minutes(cells)

    def imported(self, field: KindField, cells: Sequence[Cell], heading: str) -> ColumnReading[int]:
        found = read_durations(cells, heading)
        return ColumnReading([None if d is None else d.minutes for d in found.values], found.problems)

    def beside(self, field: KindField, cells: Sequence[Cell], heading: str) -> Mapping[str, list[Any]]:
        if field.field != _TELLS_MORE:
            return {}
        found = read_durations(cells, heading).values
        return {
            attr: [True if d is not None and getattr(d, attr) else None for d in found]
            for attr in ("elapsed", "estimated")
        }

    def fits(self, field: KindField, cells: Sequence[Cell], heading: str) -> float:
        unit = unit_in_heading(heading) or ("d", False)
        return sum(reads(parse_duration, c, unit) for c in cells) / len(cells)

    def text(self, field: KindField, value: float) -> str:
        return duration(value)

    def example(self, field: KindField) -> str | None:
        return tr("5 d") if field.shown else None

    def meaning(self, field: KindField) -> str:
        return tr("A duration, such as 5 d, 2 w or 8 h; a bare number means days.")


def work_minutes(cells: Sequence[Cell]) -> ColumnReading[int]:
    """Durations in minutes of work; what counts days of the calendar needs a column that says so and is refused."""
    found = read_durations(cells)
    problems = dict(found.problems)
    for place, each in enumerate(found.values):
        if each is not None and each.elapsed:
            problems[place] = Unreadable(
                N_("“{text}” counts time of the clock. Write work: 5 d, 4 h or 2 w."), text=shown(cells[place])
            )
    values = [None if each is None or place in problems else each.minutes for place, each in enumerate(found.values)]
    return ColumnReading(values, problems)


DURATION = DurationKind()

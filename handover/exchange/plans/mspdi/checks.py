"""What is wrong with a task of MS Project's XML: fields that can't be read, ids and row numbers that aren't its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element

from handover.exchange.plans.faults import (
    BEYOND_PERCENT,
    MOST_MINUTES,
    NO_CHOICE,
    NO_DATE,
    NO_DURATION,
    NO_ID,
    NO_LINK,
    NO_PERCENTAGE,
    TOO_LONG,
    TWICE,
)
from handover.exchange.plans.mspdi.fields import CONSTRAINTS, LINK_TYPES, Fields
from handover.plan.values import Constraint, LinkType
from handover.values.cells import Unreadable, is_nothing, shown
from handover.values.date_columns import TOO_EARLY
from handover.values.date_text import EARLIEST

#: What our register calls the elements that can be corrected; others stand for the whole row.
_FIELDS: Final = {
    "Start": "start",
    "Finish": "finish",
    "Duration": "duration",
    "ActualStart": "actual_start",
    "ActualFinish": "actual_finish",
    "RemainingDuration": "remaining",
    "ConstraintDate": "constraint_at",
    "Deadline": "deadline",
    "PercentComplete": "percent",
    "Resume": "",
}


class CheckedFields(Fields):
    """The fields of a task; what can't be read is None and noted in the words that cells of a workbook get."""

    __slots__ = ("problems",)

    def __init__(self, element: Element, space: str) -> None:
        super().__init__(element, space)
        self.problems: list[Unreadable] = []

    def date(self, name: str) -> datetime | None:
        """As ``Fields.date``."""
        found = super().date(name)
        if found is None and name in _FIELDS and self.said(name) and not self.says_no_date(name):
            text = self.text(name)
            early = text[:4].isdecimal() and 0 < int(text[:4]) < EARLIEST
            self._note(name, TOO_EARLY if early else NO_DATE)
        return found

    def minutes(self, name: str) -> int | None:
        """As ``Fields.minutes``, but no negative ones, nor more than two hundred years."""
        found = super().minutes(name)
        if name not in _FIELDS:
            return found
        if found is None or found < 0:
            if self.said(name):
                self._note(name, NO_DURATION)
            return None
        if found > MOST_MINUTES:
            self._note(name, TOO_LONG)
            return None
        return found

    def percent(self, name: str) -> float:
        """A share of a hundred; 0 where there is none."""
        if not self.said(name):
            return 0.0
        try:
            found = float(self.text(name))
        except ValueError:
            found = float("nan")
        if found != found:
            self._note(name, NO_PERCENTAGE)
        elif 0 <= found <= 100:
            return found
        else:
            self._note(name, BEYOND_PERCENT)
        return 0.0

    def constraint(self) -> Constraint:
        """The constraint, as soon as possible where none is told."""
        number = self.number("ConstraintType", -1)
        if 0 <= number < len(CONSTRAINTS):
            return CONSTRAINTS[number]
        if self.said("ConstraintType"):
            from handover.model.task import CONSTRAINT  # brings the whole model, which few files make necessary

            allowed = ", ".join(option.label for option in CONSTRAINT)
            self.problems.append(
                Unreadable(NO_CHOICE, field="constraint", value=shown(self.text("ConstraintType")), allowed=allowed)
            )
        return Constraint.ASAP

    def link_type(self, link: Fields) -> LinkType:
        """The kind of a link to a predecessor, finish to start where none is told."""
        number = link.number("Type", 1 if is_nothing(link.text("Type")) else -1)
        if 0 <= number < len(LINK_TYPES):
            return LINK_TYPES[number]
        text = f"{link.text('PredecessorUID')} {link.text('Type')}"
        self.problems.append(Unreadable(NO_LINK, field="predecessors", text=shown(text)))
        return LinkType.FS

    def said(self, name: str) -> bool:
        """True where the element holds something."""
        return not is_nothing(self.text(name))

    def _note(self, name: str, message: str) -> None:
        self.problems.append(Unreadable(message, field=_FIELDS[name], text=shown(self.text(name))))


def row_numbers(tasks: Sequence[Fields]) -> list[int]:
    """The ID of each task; where one has none of its own, all are counted, the project itself as 0."""
    ids = [task.number("ID", -1) for task in tasks]
    if len(set(ids)) == len(ids) and all(0 <= id < 2**31 for id in ids):
        return ids
    first = 0 if tasks and tasks[0].text("UID") == "0" else 1
    return list(range(first, first + len(ids)))


def unique_ids(tasks: Sequence[CheckedFields], rows: Sequence[int]) -> list[int]:
    """The UID of each task; one that has none of its own gets a negative one that no file has, and is blamed."""
    ids: list[int] = []
    row_of: dict[int, int] = {}
    for place, (task, row) in enumerate(zip(tasks, rows, strict=True)):
        id = task.number("UID", -1)
        if id >= 0 and row_of.setdefault(id, row) == row:
            ids.append(id)
            continue
        ids.append(-place - 2)  # -1 is what a link to nothing names
        if id < 0:
            task.problems.append(Unreadable(NO_ID, field="source_id"))
        else:
            task.problems.append(Unreadable(TWICE, field="source_id", code=id, row=row_of[id]))
    return ids

"""How a file is to be read, and what becomes of what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from handover.values.date_text import Order

OnMissing = Literal["keep", "drop"]


Blank = Literal["keep", "clear"]


#: What becomes of rows that a filter hides.
Filtered = Literal["take", "leave"]
Below = Literal["take", "leave"]


#: Whose value stands where both sides changed it since our export.
Side = Literal["file", "ours"]


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How a file is to be read and what becomes of what it lacks.

    Attributes:
        date_order: of day, month and year in dates such as 3/5/2026; told by the columns where None.
        on_missing: what becomes of rows that an earlier import brought and that the file no longer has.
        left_out: rows, as Excel counts them, that the user leaves out.
        hidden: hidden rows, as Excel counts them, that the user wants.
        corrections: texts in place of cells, by row and field.
        resolved: in a conflict, ``file`` or ``ours`` by row and field.
        conflicts: the same for conflicts of which ``resolved`` says nothing.
        year: of days such as 3月5日 where no date of the table has one; told by the title where None.
        blank: what an empty cell does to a row that we have: ``keep`` or ``clear`` its field; where None, a cell that
            was emptied in an export of ours clears it, and any other keeps it.
        unit: what bare numbers of durations count; told by the heading and the dates where None.
        filtered: what becomes of the rows that a filter hides; taken, or asked about, where None.
        below: what becomes of rows at the end that hardly look like the list; left out and asked about where None.
    """

    date_order: Order | None = None
    on_missing: OnMissing = "keep"
    left_out: frozenset[int] = frozenset()
    hidden: frozenset[int] = frozenset()
    corrections: Mapping[tuple[int, str], str] = field(default_factory=dict)
    resolved: Mapping[tuple[int, str], str] = field(default_factory=dict)
    conflicts: Side = "ours"
    year: int | None = None
    blank: Blank | None = None
    unit: str | None = None
    filtered: Filtered | None = None
    below: Below | None = None

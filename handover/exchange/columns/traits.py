"""What the cells of a column are like, whatever its heading says; each trait is worked out when first asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import groupby

from handover.exchange.columns.contents import (
    holds_counters,
    holds_dates,
    holds_days,
    holds_groups,
    holds_progress,
    sample,
    wordiness,
)
from handover.exchange.columns.mapping import SheetColumn
from handover.exchange.progress_words import is_progress_word
from handover.exchange.tables.cross_tables import holds_marks
from handover.exchange.tables.heading_text import plain
from handover.values.cells import Cell, as_text, is_nothing, normal, shown

_CODE = re.compile(r"(?=.{0,29}\d)[A-Za-z\d][A-Za-z\d./_\-:#]{0,29}")
_CLOCK = re.compile(r"\d{1,3}:\d{2}(?:[:.]\d+)*")


class Traits:
    """A column with what its cells are like; ``cells`` are a sample without empty ones."""

    def __init__(self, column: SheetColumn) -> None:
        self.column = column.column
        self.parts = column.parts
        self.heading = column.heading
        self.plain = plain(column.heading)
        self.all: Sequence[Cell] = column.cells
        self.cells = sample(column.cells)

    @cached_property
    def different(self) -> float:
        """The share of the cells that are different, 1 for a column without any."""
        return len(set(self.cells)) / len(self.cells) if self.cells else 1.0

    @cached_property
    def samples(self) -> tuple[str, ...]:
        """Up to three different values as text."""
        return tuple(dict.fromkeys(shown(c) for c in self.cells[:40]))[:3]

    @cached_property
    def filled(self) -> float:
        """The share of the rows that have something in it."""
        return sum(not is_nothing(c) for c in self.all) / max(len(self.all), 1)

    @cached_property
    def words(self) -> float:
        """How much it reads like names of things, 0 to 1."""
        return wordiness(self.cells)

    @cached_property
    def nameliness(self) -> float:
        """How much it reads like the names of the rows: words of its own in most of them."""
        return self.words * (0.2 + 0.8 * self.filled)

    @cached_property
    def coded(self) -> float:
        """The share of the cells that look like codes: texts without a blank that hold a digit."""
        return self._share(lambda c: isinstance(c, str) and _CODE.fullmatch(normal(c)) is not None)

    @cached_property
    def clocks(self) -> float:
        """The share of the cells that are times of the clock: 06:42.7."""
        return self._share(lambda c: isinstance(c, dt.time) or bool(_CLOCK.fullmatch(normal(as_text(c)))))

    @cached_property
    def states(self) -> float:
        """The share of the cells that are words of progress."""
        return self._share(lambda c: isinstance(c, str) and is_progress_word(c))

    @cached_property
    def marks(self) -> bool:
        """Whether it holds ticks, letters of responsibilities or a few small numbers: names of nothing."""
        return holds_marks(self.cells)

    @cached_property
    def dated(self) -> bool:
        """Whether nearly every cell is a date."""
        return holds_dates(self.cells)

    @cached_property
    def days(self) -> bool:
        """Whether nearly every cell is written as a date."""
        return holds_days(self.cells)

    @cached_property
    def progress(self) -> bool:
        """Whether it says how far each task is."""
        return holds_progress(self.cells)

    @cached_property
    def counters(self) -> bool:
        """Whether it counts the rows."""
        return holds_counters(self.cells)

    @cached_property
    def groups(self) -> bool:
        """Whether its words each stand for a run of rows."""
        return holds_groups(self.all)

    @cached_property
    def scattered(self) -> bool:
        """Whether its words change from row to row, or are mere letters: they name no stretches of a list."""
        said = [normal(as_text(c)) for c in self.all if not is_nothing(c)]
        runs = sum(1 for _ in groupby(said))
        return bool(said) and (runs > 0.5 * len(self.all) or runs > 1.5 * len(set(said)) or max(map(_width, said)) < 3)

    def _share(self, holds: Callable[[Cell], bool]) -> float:
        return sum(map(holds, self.cells)) / len(self.cells) if self.cells else 0.0


def _width(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text)

"""What the cells of a column are like, whatever its heading says; each trait is worked out when first asked for."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import groupby

from handover.exchange.columns.both_dates import in_pairs
from handover.exchange.columns.contents import (
    fit,
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
from handover.registers.declare import Field
from handover.values.cells import Cell, as_text, folded, is_nothing, normal, number_in, shown

_CODE = re.compile(r"(?=.{0,29}\d)[A-Za-z\d][A-Za-z\d./_\-:#]{0,29}")
#: What parts several people in one cell.
_APART = re.compile(r"[,;/&+、，；\n]|\b(?:and|und|et|y|e)\b")
#: So many names tell whether they are people's, and of so many hardly more than this share is named once.
_MANY, _SHARED = 20, 0.6
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
        self._fits: dict[tuple[str, str], float] = {}

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
    def lettered(self) -> float:
        """The share of the cells that hold a letter: values that were measured don't."""
        return self._share(lambda c: any(map(str.isalpha, as_text(c))))

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
    def spans(self) -> bool:
        """Whether most cells hold two dates: a start and a finish."""
        return in_pairs(self.cells)

    @cached_property
    def unshared(self) -> float:
        """How much its words are no people's: of many names hardly one comes twice; 0 to 1."""
        parts = [normal(p).casefold() for c in self.cells if isinstance(c, str) for p in _APART.split(c) if p.strip()]
        if len(parts) < _MANY:
            return 0.0
        return max(0.0, (len(set(parts)) / len(parts) - _SHARED) / (1 - _SHARED))

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

    @cached_property
    def worded(self) -> bool:
        """Whether it holds words rather than numbers and codes, as links that name something do."""
        return bool(self.cells) and self._share(lambda c: _is_words(as_text(c))) >= 0.8

    @cached_property
    def called(self) -> frozenset[str]:
        """All its words as links name them."""
        return frozenset(folded(as_text(c)) for c in self.all)

    def fit(self, field: Field) -> float:
        """The share of the cells that a field could hold; any two fields of dates hold the same."""
        key = ("", "") if field.kind.dated else (field.register, field.field)
        if key not in self._fits:
            self._fits[key] = fit(field, self.cells, self.heading)
        return self._fits[key]

    def _share(self, holds: Callable[[Cell], bool]) -> float:
        return sum(map(holds, self.cells)) / len(self.cells) if self.cells else 0.0


def _is_words(text: str) -> bool:
    return (
        len(text) > 3 and number_in(text) is None and sum(ch.isalpha() or ch.isspace() for ch in text) > 0.7 * len(text)
    )


def _width(text: str) -> int:
    return len(text) if text.isascii() else 2 * len(text)

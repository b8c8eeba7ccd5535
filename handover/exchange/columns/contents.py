"""Whether the cells of a column can be what a field holds: a second opinion beside its heading."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Sequence

from handover.exchange.progress_words import asks_done, is_progress_word, share_in_words, word_known_to
from handover.registers.declare import Field
from handover.values.cells import (
    ERROR_VALUES,
    Cell,
    as_text,
    asks_to_erase,
    is_nothing,
    normal,
    number_in,
    parse_yes,
    reads,
)
from handover.values.date_columns import read_dates

_SAMPLE = 200
_DIGIT = re.compile(r"\d")
_OUTLINE_CODE = re.compile(r"[A-Za-z]{0,3}\d{1,4}(?:\.\d{1,4})*\.?")


def sample(cells: Sequence[Cell]) -> list[Cell]:
    """Up to 200 cells that hold something, spread over the column; failed formulas tell nothing of what it is for."""
    filled: list[Cell] = [c for c in cells[:5000] if c is not None]
    if len(filled) >= 4 * _SAMPLE:
        some = filled[:: len(filled) // _SAMPLE][:_SAMPLE]
        if all(map(_says, some)):
            return some
    said = [c for c in filled[:: max(1, len(filled) // (2 * _SAMPLE))] if _says(c)]
    return said[:: max(1, len(said) // _SAMPLE)][:_SAMPLE]


def _says(cell: Cell) -> bool:
    return not is_nothing(cell) and not asks_to_erase(cell) and cell not in ERROR_VALUES


def fit(field: Field, cells: Sequence[Cell], heading: str = "") -> float:
    """The share of the cells that the field could hold, 0 to 1; 1 for a column without any.

    Args:
        cells: a sample without empty cells.
    """
    if not cells:
        return 1.0
    words = field.words
    if words is not None and field.field == "kind" and "milestone" in words:
        return sum(words.code_of(as_text(c)) is not None or reads(parse_yes, c) for c in cells) / len(cells)
    if words is not None and field.lifecycle is not None and not asks_done(heading):  # which is answered with yes
        known = {c: word_known_to(words, c) for c in dict.fromkeys(cells)}
        cells = [known[c] for c in cells]
    if field.field == "percent":
        cells = ["0%" if isinstance(c, str) and is_progress_word(c) else c for c in cells]
    return field.kind.fits(field, cells, heading)


def holds_dates(cells: Sequence[Cell]) -> bool:
    """True when nearly every cell of a sample is a date."""
    texts = [c for c in cells if isinstance(c, dt.date) or (isinstance(c, str) and _DIGIT.search(c))]
    if len(texts) < 0.8 * len(cells):
        return False  # no date is without a digit
    return bool(texts) and sum(v is not None for v in read_dates(texts).values) >= 0.8 * len(cells)


def holds_days(cells: Sequence[Cell]) -> bool:
    """True when nearly every cell of a sample is written as a date; numbers such as 20260305 may be codes."""
    return not any(isinstance(c, (int, float)) or as_text(c).isdigit() for c in cells) and holds_dates(cells)


def holds_periods(cells: Sequence[Cell]) -> bool:
    """True when a column of starts counts periods, such as week 1 to 30, in place of dates."""
    return bool(cells) and all(isinstance(c, (int, float)) and not isinstance(c, bool) and 0 <= c < 1000 for c in cells)


def holds_codes(cells: Sequence[Cell]) -> bool:
    """True for outline codes such as 1, 1.1, 1.2.3."""
    texts = [normal(as_text(c)) for c in cells]
    codes = [t for t in texts if _OUTLINE_CODE.fullmatch(t)]
    return len(codes) >= 0.8 * max(len(texts), 1) and any("." in c.removesuffix(".0") for c in codes)


def holds_counters(cells: Sequence[Cell]) -> bool:
    """True for whole numbers that rise from row to row."""
    texts = [as_text(c) for c in cells]
    numbers = [int(t) for t in texts if t.isdecimal() and len(t) < 9]
    if len(numbers) < 3 or len(numbers) < 0.8 * len(texts):
        return False
    return all(a < b for a, b in itertools.pairwise(numbers)) and numbers[-1] < 3 * len(numbers) + 50


def holds_groups(cells: Sequence[Cell]) -> bool:
    """True for words that each stand for a run of rows, written once, in every row or merged over them."""
    if not cells or is_nothing(cells[0]):
        return False
    said = dict.fromkeys(cells)
    if len(said) > 0.5 * len(cells) + 1:
        return False
    empty = {cell for cell in said if is_nothing(cell)}
    if not all(map(_is_of_words, said.keys() - empty)):
        return False
    runs = [cell for cell, _ in itertools.groupby(c for c in cells if c not in empty)]
    return 2 <= len(runs) <= 0.5 * len(cells) and len(set(runs)) >= 0.9 * len(runs)


def _is_of_words(cell: Cell) -> bool:
    """True for a short text most of which is letters."""
    return isinstance(cell, str) and len(cell) <= 80 and sum(ch.isalpha() for ch in cell) >= 0.5 * len(cell)


def holds_references(cells: Sequence[Cell], prefix: str) -> bool:
    """True for references such as DOC-0042 that the program gave out."""
    given = re.compile(rf"{prefix}-\d{{4,}}")
    return sum(isinstance(c, str) and given.fullmatch(c.strip().upper()) is not None for c in cells) >= 0.5 * len(cells)


def holds_progress(cells: Sequence[Cell]) -> bool:
    """True when a column says how far each task is: shares, or words such as Completed and In progress."""
    if not cells:
        return False
    shares = sum(_is_share(c) for c in cells)
    said = [c for c in cells if isinstance(c, str) and is_progress_word(c)]
    telling = shares + sum(share_in_words(c) is not None for c in said)
    return bool(telling) and shares + len(said) >= 0.6 * len(cells)


def wordiness(cells: Sequence[Cell]) -> float:
    """How much a column reads like names of things: mostly different texts of some length; 0 to 1."""
    texts = [as_text(c) for c in cells if isinstance(c, str) and number_in(c) is None]
    if len(texts) < 0.6 * len(cells) or not texts:
        return 0.0
    different = len(set(texts)) / len(texts)
    length = sum(min(len(t) * (2 if not t.isascii() else 1), 40) for t in texts) / len(texts) / 40
    return different * min(1.0, 0.4 + length)


def _is_share(cell: Cell) -> bool:
    if isinstance(cell, str):
        return normal(cell).endswith("%")
    return isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 <= cell <= 1

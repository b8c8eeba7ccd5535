"""A sheet as it was read: its cells, and what the sheet says about its rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from handover.values.cells import ERROR_VALUES, Cell

_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def address(row: int, column: int) -> str:
    """The address that Excel shows for a cell, ``B7`` for row 6, column 1 counted from 0."""
    return f"{column_letters(column)}{row + 1}"


def parse_address(text: str) -> tuple[int, int] | None:
    """Row and column, counted from 0, of an address such as ``B7``; None when it is none."""
    if not (match := _ADDRESS.fullmatch(text.upper().replace("$", ""))):
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1


@dataclass(frozen=True, slots=True)
class Area:
    """A block of cells, all four edges inclusive and counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet. Row 0 is Excel's row 1; all rows are equally wide.

    Merged cells repeat their value downwards in the area's first column; ``repeats`` holds those copies.
    """

    sheet: str
    rows: list[tuple[Cell, ...]]
    width: int
    merged: tuple[Area, ...] = ()
    repeats: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    #: Rows that nothing but a filter hides; they aren't among the hidden ones.
    filtered_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    #: Excel's row grouping: row -> level 1..7, rows of level 0 left out.
    outline_levels: dict[int, int] = field(default_factory=dict)
    #: Cell indent steps: row -> column -> steps, cells without indent left out.
    indents: dict[int, dict[int, int]] = field(default_factory=dict)
    #: Rows whose first text cell is bold.
    bold_rows: frozenset[int] = frozenset()
    #: Formulas that were never calculated, so that the file holds no value for them.
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    #: Cells whose number is shown with a per cent sign.
    percents: frozenset[tuple[int, int]] = frozenset()
    #: Cells whose number is shown otherwise: the letters before it, its least digits, the letters behind it.
    padded: dict[tuple[int, int], tuple[str, int, str]] = field(default_factory=dict)
    date1904: bool = False
    #: Addresses of cells so far away that they were left out.
    stray: tuple[str, ...] = ()
    #: Lines of a text file, from 1, with characters that can't be read in its encoding.
    replaced: tuple[int, ...] = ()
    #: The line of a text file, from 1, whose quote is never closed, and how many lines below it took in.
    unclosed: tuple[int, int] | None = None
    #: True when rows beyond those asked for were left unread.
    cut_short: bool = False

    @property
    def height(self) -> int:
        """How many rows were read."""
        return len(self.rows)

    def errors(self) -> list[tuple[int, int, str]]:
        """Row, column and text of the cells that hold an error value such as ``#REF!``."""
        found = []
        for r, row in enumerate(self.rows):
            if not ERROR_VALUES.isdisjoint(row):
                found += [(r, c, v) for c, v in enumerate(row) if isinstance(v, str) and v in ERROR_VALUES]
        return found


def fill_merged(
    rows: list[tuple[Cell, ...]], merged: tuple[Area, ...], most: int = 2_000_000
) -> frozenset[tuple[int, int]]:
    """Repeat the value of each merged area down its first column, in place; returns the cells that were filled.

    Args:
        most: how many cells are filled before the rest is left alone: overlapping areas of a hostile file.
    """
    filled: set[tuple[int, int]] = set()
    for area in merged:
        bottom = min(area.bottom, len(rows) - 1)
        if area.top >= len(rows) or area.left >= len(rows[area.top]) or area.bottom == area.top:
            continue
        value = rows[area.top][area.left]
        if value is None or len(filled) + bottom - area.top > most:
            continue
        for r in range(area.top + 1, bottom + 1):
            row = rows[r]
            if row[area.left] is None:
                rows[r] = (*row[: area.left], value, *row[area.left + 1 :])
                filled.add((r, area.left))
    return frozenset(filled)

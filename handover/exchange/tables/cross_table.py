"""Tables of one thing against another: which a sheet holds, and the same as a plain list, a row for each filled cell.

Such a table has names down its side and across its head, and in its cells nothing but letters, ticks or numbers: a
RACI, a training matrix. Read column by column it would make people called R and systems called 30.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from handover.exchange.reading.grid import Grid, address
from handover.exchange.tables.finding import Heading, Table
from handover.exchange.tables.other_rows import Skip
from handover.values.cells import Cell, as_text, folded, is_nothing

Signs = Literal["letters", "ticks", "numbers"]

_LETTERS = re.compile(r"[RACISV](?:\s{0,9}[/\\,;+&、，]?\s{0,9}[RACISV]){0,3}", re.IGNORECASE)
_TICKS = {"√", "✓", "✔", "x", "×", "●", "○", "■", "y", "n", "yes", "no", "是", "否", "/", "-", "—", "–"}
_NOTHING = {"n", "no", "否", "○", "/", "-", "—", "–"}
_PEOPLE = re.compile(
    r"\b(?:who|user|name|employee|person|people|staff|operator|trainee|participant|worker)s?\b|姓名|员工|人员|学员|工号",
    re.IGNORECASE,
)
#: References and numbers, which stand before the names.
_CODE = re.compile(r"[A-Z]{0,5}[-.\s]?\d[\w.-]*", re.IGNORECASE)
#: How many columns of cells make such a table, by what stands in them.
_LEAST: dict[Signs, int] = {"letters": 2, "ticks": 3, "numbers": 3}
#: In such a table numbers are levels or minutes: few different ones.
_DISTINCT = 12
_LOOKED_AT = 400
#: From this likeness on a heading is that of a column of an ordinary list.
_KNOWN = 0.6

Likeness = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class CrossTable:
    """What a table of one thing against another is made of.

    Attributes:
        down: the column with the names down its side.
        across: the columns of its cells, as headings.
        signs: what stands in the cells.
        found: every letter, tick or number that stands there.
        legend: rows below it that say what the letters mean.
        people: the heading of the names says that they are people.
    """

    down: Heading
    across: tuple[Heading, ...]
    signs: Signs
    found: frozenset[str]
    legend: tuple[int, ...] = ()
    people: bool = False


def cross_table(grid: Grid, table: Table, likeness: Likeness) -> CrossTable | None:
    """How a table stands one thing against another; None for an ordinary list.

    Args:
        likeness: how surely a text is the heading of a column of some register, from 0 to 1.
    """
    headings = [h for h in table.headings if not h.timeline and not h.hidden]
    if len(headings) < 3 or not table.header_rows:
        return None
    rows = list(table.rows())[:_LOOKED_AT]
    kinds: tuple[Signs, ...] = ("letters", "ticks", "numbers")
    for signs in kinds:
        across = _cells(grid, rows, headings, signs)
        if len(across) < _LEAST[signs]:
            continue
        found = frozenset(_said(grid, rows, across))
        beside = [h for h in headings if h not in across]
        filled = [row for row in rows if any(not is_nothing(grid.rows[row][h.column]) for h in across)]
        if _holds(signs, found, across, beside, likeness) and (down := _names(grid, filled, beside)) is not None:
            people = bool(_PEOPLE.search(" ".join(down.parts) or down.text))
            return CrossTable(down, tuple(across), signs, found, _legend(grid, rows, down, across), people)
    return None


def as_list(grid: Grid, table: Table, cross: CrossTable, headings: Sequence[str], sheet: str) -> tuple[Grid, Table]:
    """The filled cells as a plain list, a row for each letter, tick or number, with the address of its cell.

    Args:
        headings: of the names down, the names across and what stands in the cells.
        sheet: what the list goes by.
    """
    rows: list[tuple[Cell, ...]] = [(*headings, "")]
    for row in table.rows():
        name = grid.rows[row][cross.down.column]
        if row in cross.legend or is_nothing(name):
            continue
        for head in cross.across:
            for sign in _parted(grid.rows[row][head.column], cross.signs):
                rows.append((name, own_name(head), sign, address(row, head.column)))
    return _plain(rows, sheet, table)


def heads_as_list(table: Table, cross: CrossTable, heading: str, sheet: str) -> tuple[Grid, Table]:
    """What stands across as a plain list of one column, a row for each."""
    names = dict.fromkeys(own_name(head) for head in cross.across)
    return _plain([(heading,), *((name,) for name in names)], sheet, table)


def without_cells(table: Table, cross: CrossTable) -> Table:
    """The table as an ordinary list of what stands down: without its cells, and without what explains them."""
    left = tuple(h for h in table.headings if h not in cross.across)
    return replace(table, headings=left, skipped=table.skipped | dict.fromkeys(cross.legend, Skip.NOTE))


def own_name(heading: Heading) -> str:
    """What stands across in the lowest row of the header."""
    return (heading.parts[-1] if heading.parts else heading.text).strip()


def _plain(rows: list[tuple[Cell, ...]], sheet: str, table: Table) -> tuple[Grid, Table]:
    width = len(rows[0])
    heads = tuple(Heading(n, str(text), (str(text),)) for n, text in enumerate(rows[0]) if text)
    grid = Grid(sheet, rows, width)
    return grid, Table(sheet, (0,), heads, 1, len(rows) - 1, table.title, certainty=1.0)


def _cells(grid: Grid, rows: Sequence[int], headings: Sequence[Heading], signs: Signs) -> list[Heading]:
    """The headings from the first to the last column of nothing but such signs; none where others are between."""
    fits: list[bool | None] = []
    for heading in headings:
        said = (_is(c, signs) for row in rows if not is_nothing(c := grid.rows[row][heading.column]))
        first = next(said, None)
        fits.append(None if first is None else first and bool(own_name(heading)) and all(said))
    places = [n for n, fit in enumerate(fits) if fit]
    if not places or any(fit is False for fit in fits[places[0] : places[-1]]):
        return []
    return list(headings[places[0] : places[-1] + 1])


def _is(cell: Cell, signs: Signs) -> bool:
    if signs == "numbers":
        return isinstance(cell, (int, float)) and not isinstance(cell, bool) and 0 <= cell <= 1000
    if isinstance(cell, bool):
        return signs == "ticks"
    text = as_text(cell).strip()
    return bool(_LETTERS.fullmatch(text)) if signs == "letters" else text.casefold() in _TICKS


def _said(grid: Grid, rows: Sequence[int], across: Sequence[Heading]) -> Iterator[str]:
    for row in rows:
        for head in across:
            cell = grid.rows[row][head.column]
            if not is_nothing(cell):
                yield as_text(cell).strip().upper()


def _holds(
    signs: Signs, found: frozenset[str], across: Sequence[Heading], beside: Sequence[Heading], likeness: Likeness
) -> bool:
    """Whether the signs and the headings are those of such a table and not of an ordinary list."""
    if signs == "letters":
        letters = {sign for text in found for sign in text if sign.isalpha()}
        return {"R", "A"} <= letters
    if any(likeness(own_name(head)) >= _KNOWN for head in across):
        return False
    if signs == "ticks":
        return any(text.casefold() not in _NOTHING for text in found)
    return len(beside) <= 2 and len(found) <= _DISTINCT


def _names(grid: Grid, rows: Sequence[int], beside: Sequence[Heading]) -> Heading | None:
    """The column that names the rows: the first of texts that differ, codes only where there is no other."""
    codes = None
    for heading in beside:
        texts = [as_text(c).strip() for row in rows if not is_nothing(c := grid.rows[row][heading.column])]
        if len(texts) < 2 or len({folded(t) for t in texts}) < 0.9 * len(texts):
            continue
        if not all(_CODE.fullmatch(text) for text in texts):
            return heading
        codes = codes or heading
    return codes


def _legend(grid: Grid, rows: Sequence[int], down: Heading, across: Sequence[Heading]) -> tuple[int, ...]:
    """Rows whose name is a single letter and whose cells are empty."""
    found = []
    for row in rows:
        name = as_text(grid.rows[row][down.column]).strip()
        empty = all(is_nothing(grid.rows[row][head.column]) for head in across)
        if empty and len(name.split()) <= 1 and _LETTERS.fullmatch(name[:1] or " ") and len(name.rstrip(":：=")) == 1:
            found.append(row)
    return tuple(found)


def _parted(cell: Cell, signs: Signs) -> Iterator[Cell]:
    """What stands in a cell, one by one; a zero and a sign for nothing are nothing."""
    if is_nothing(cell):
        return
    if signs == "letters":
        yield from dict.fromkeys(sign.upper() for sign in as_text(cell) if sign.isalpha())
    elif signs == "ticks":
        if as_text(cell).strip().casefold() not in _NOTHING and cell is not False:
            yield cell
    elif cell:
        yield cell

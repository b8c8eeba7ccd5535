"""Header rows of a sheet: how likely a row is one, and how many rows above and below belong to it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf

from handover.exchange.evidence import Evidence, total
from handover.exchange.progress_words import is_progress_word
from handover.exchange.reading.grid import Area, Grid
from handover.exchange.tables.drawn_days import FEWEST_DAYS, drawn_over
from handover.exchange.tables.no_headings import are_keys, are_pairs, are_title_labels
from handover.exchange.tables.periods import PERIOD
from handover.exchange.tables.rows_around import SAMPLE, in_the_middle, is_first, said_above, values_below
from handover.values.cells import Cell, normal

LONGEST_NAME = 80
_TALLEST = 5
"""A cell merged down over more rows than this is no heading of several rows but a label beside them."""
_MOST_TYPED = 5
_QUESTION = 0.5
"""A question may head a column: What was the impact?"""
_ADDRESS = re.compile(r"\w@\w+\.\w")
LABEL = re.compile(r"^.{0,400}[:：]\s{0,20}$|^[^:：]{1,30}[:：]\s{0,20}\S")
#: Ends as sentences do, or begins as questions do: no heading.
_SENTENCE = re.compile(
    r"^(?:\S{1,60}\s{1,20}){3}[\s\S]{0,400}[?？.]$|^.{10,400}[？。]$"
    r"|^(?:who|when|where|is|are|does|do|must|can)(?: \S+){2}",
    re.IGNORECASE,
)
_THING = re.compile(
    r"\b(?:name|title|task|activity|document|description|summary|subject|item)s?\b|名称|任务|标题|内容|工作|件名|姓名",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """Header rows ``top`` to ``bottom``, columns ``left`` up to ``right``; ``cells`` are their texts by row."""

    top: int
    bottom: int
    left: int
    right: int
    #: Row -> column -> text; horizontally merged cells repeat theirs.
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    certainty: float = 0.5

    def parts(self) -> dict[int, tuple[str, ...]]:
        """The words of each column from top to bottom, a repeated word once."""
        columns: dict[int, list[str]] = {}
        for row in sorted(self.cells):
            for column, text in self.cells[row].items():
                words = columns.setdefault(column, [])
                if text not in words:
                    words.append(text)
        return {c: tuple(columns[c]) for c in sorted(columns) if self.left <= c < self.right}

    def has_own_words(self, grid: Grid, column: int) -> bool:
        """False for a column that is only covered by a cell merged across from its left."""
        lowest = max(r for r, texts in self.cells.items() if column in texts)
        return grid.rows[lowest][column] is not None

    def texts(self) -> list[str]:
        """The lowest words of the columns."""
        return [p[-1] for p in self.parts().values()]

    def names_things(self) -> bool:
        """True when a column seems to hold the names of the rows."""
        return any(_THING.search(t) for t in self.texts())

    def between(self, left: int, right: int) -> Header:
        """The same header with only the columns from ``left`` up to ``right``."""
        return replace(self, left=left, right=right)

    def is_whole(self, width: int) -> bool:
        """True when it has the sheet for itself."""
        return self.left == 0 and self.right >= width

    def pieces(self, grid: Grid, below: int) -> list[Header]:
        """The header cut at columns that are empty from it downwards."""
        named = self.parts()
        sample = grid.rows[self.bottom + 1 : min(below, self.bottom + 200)]
        pieces, left = [], None
        for column in range(self.right + 1):
            full = column in named or any(column < len(r) and r[column] is not None for r in sample)
            if full and left is None:
                left = column
            elif not full and left is not None:
                pieces.append(self.between(left, column))
                left = None
        return [p for p in pieces if p.parts()]

    def timeline_columns(self, grid: Grid, below: int) -> frozenset[int]:
        """Columns of a drawn Gantt chart: at least five that are called after days, weeks, periods or dates."""
        found = set()
        lowest = grid.rows[self.bottom]
        parts = self.parts()
        for column in range(self.left, min(self.right, grid.width)):
            words = parts.get(column, ())
            own = lowest[column]
            if (own is not None and not isinstance(own, str)) or (words and PERIOD.fullmatch(normal(words[-1]))):
                found.add(column)
        if len(found) < (FEWEST_DAYS if found == parts.keys() else 5):
            return frozenset()
        start = min(found)
        gaps = [c for c in range(start, self.right) if c < grid.width and c not in found]
        # What lies among the periods and is empty, or named only by a month above them, belongs to the drawing.
        for column in gaps:
            if column not in parts or (column - 1 in found and not _holds(grid, column, self.bottom, below)):
                found.add(column)
        return frozenset(found)


def _holds(grid: Grid, column: int, bottom: int, below: int) -> bool:
    return any(row[column] is not None for row in grid.rows[bottom + 1 : min(below, bottom + 100)])


def _names(grid: Grid, row: int) -> dict[int, str]:
    return {c: t for c, v in enumerate(grid.rows[row]) if isinstance(v, str) and (t := normal(v))}


def rank(grid: Grid, row: int, likeness: Callable[[str], float], least: float = -inf) -> float:
    """How likely a row is the lowest or only row of a header; 0 and less where it can't be.

    Args:
        least: what it must come to; one that can't is not looked at closely.
    """
    return total(header_signs(grid, row, likeness, least))


def header_signs(grid: Grid, row: int, likeness: Callable[[str], float], least: float = -inf) -> tuple[Evidence, ...]:
    """What speaks for and against a row being the lowest or only row of a header; nothing where it can't be one."""
    names = _names(grid, row)
    distinct = {t for t in names.values() if not PERIOD.fullmatch(t)}
    if all((row, c) in grid.repeats for c in names):
        return ()
    drawn = drawn_over(grid, row)
    if len(distinct) < 2 and not (distinct and _stands_alone(grid, row, names, drawn, likeness)):
        return ()
    if max(map(len, distinct)) > 3 * LONGEST_NAME:
        return ()
    known = sum(likeness(t) * (0.5 if is_progress_word(t) else 1.0) for t in distinct)
    told = _signs(known=known, names=min(len(distinct), 12), bold=1, drawn=bool(drawn))
    if total(told) + total(_AT_BEST) < least:
        return ()
    if any("://" in t or _ADDRESS.search(t) for t in distinct):
        return ()
    last = max(c for c, t in names.items() if t in distinct)
    values = sum(
        v is not None and not isinstance(v, str) and c not in drawn for c, v in enumerate(grid.rows[row][: last + 1])
    )
    labels = sum(bool(LABEL.match(t)) for t in distinct)
    if are_pairs(grid, row, likeness) and any(
        are_pairs(grid, r, likeness) for r in (row - 1, row + 1) if 0 <= r < grid.height
    ):
        labels = max(labels, 3)  # who, where and when above a list
    asked = sum(bool(_SENTENCE.search(t)) for t in distinct)
    if len(distinct) == 2 and (labels or asked == 1):
        labels = 3  # a label with what it says beside it, Notes: as agreed, or a question with its answer
    long = sum(len(t) > LONGEST_NAME for t in distinct)
    sentences = sum(_QUESTION if t[-1] in "?？" else 1.0 for t in distinct if _SENTENCE.search(t))
    unknown = known < 0.9 + sentences
    signs = _signs(
        known=known, names=min(len(distinct), 12), bold=row in grid.bold_rows, depth=row, drawn=bool(drawn),
        values=values, labels=labels, long=long, sentences=sentences, unknown=unknown,
    )  # fmt: skip
    if total(signs) + total(_AT_BEST) < least:
        return ()
    support, typed, again = values_below(grid, row, names)
    middle = unknown and in_the_middle(grid, row, names)
    return (
        *signs,
        *_signs(
            filled=support, typed=min(typed, _MOST_TYPED), again=min(again, 5), in_middle=middle,
            above=said_above(grid, row, names), first=labels == 0 and is_first(grid, row, names),
        ),
    )  # fmt: skip


def _signs(**amounts: float) -> tuple[Evidence, ...]:
    return tuple(Evidence(f"header.{sign}", float(amount)) for sign, amount in amounts.items())


#: What the rows below and above may say for a row at most.
_AT_BEST = _signs(filled=1, typed=_MOST_TYPED, first=1)


def _stands_alone(
    grid: Grid, row: int, names: dict[int, str], drawn: set[int], likeness: Callable[[str], float]
) -> bool:
    """True for a heading that is the only one in its row: of a single column, of a chart, over numbers."""
    own = {c: t for c, t in names.items() if not PERIOD.fullmatch(t)}
    column, text = next(iter(own.items()))
    if len(own) > 1:
        return False
    below = [r[column] for r in grid.rows[row + 1 : row + 1 + SAMPLE] if any(v is not None for v in r)]
    if drawn and column < min(drawn):
        return sum(isinstance(v, str) for v in below) >= max(3, 0.6 * len(below))
    if likeness(text) < 0.9:
        return False
    if len(names) > 1:  # with months beside it
        return sum(isinstance(v, str) for v in below) >= max(3, 0.6 * len(below))
    typed = sum(v is not None and not isinstance(v, str) for v in below) >= max(5, 0.8 * len(below))
    return _is_single_column(grid, row) or (typed and sum(v is not None for v in grid.rows[row]) == 1)


def _is_single_column(grid: Grid, row: int) -> bool:
    """True when the sheet has nothing but one column from the row on."""
    return all(len(r) - r.count(None) <= 1 for r in grid.rows[row : row + SAMPLE])


def header_at(
    grid: Grid, row: int, likeness: Callable[[str], float], top_limit: int = 0, extend_down: bool = True
) -> Header:
    """The header whose main row is ``row``, with the rows above and below that belong to it.

    Args:
        top_limit: the first row that it may reach up to.
        extend_down: False when ``row`` is known to be its lowest.
    """
    top = bottom = row
    cells = {row: _spread(grid, row)}
    while extend_down and bottom + 1 < grid.height and _goes_on(grid, bottom + 1, cells, likeness):
        bottom += 1
        cells[bottom] = _spread(grid, bottom)
        _carry(cells[bottom - 1], cells[bottom], _merged(grid, bottom - 1))
    while top > top_limit and _belongs_above(grid, top - 1, top, cells, likeness):
        top -= 1
        cells[top] = _spread(grid, top)
        if len(set(cells[top].values())) > 1:  # groups; a single text is a title
            _carry(cells[top], cells[top + 1], _merged(grid, top))
    return Header(top, bottom, 0, grid.width, cells)


def _spread(grid: Grid, row: int) -> dict[int, str]:
    """The texts of a row, those of cells merged across repeated; numbers and dates as text."""
    cells = {c: _as_name(v) for c, v in enumerate(grid.rows[row]) if v is not None and _as_name(v)}
    for area in _across(grid, row):
        if area.left in cells:
            for column in range(area.left + 1, area.right + 1):
                cells.setdefault(column, cells[area.left])
    return cells


def _carry(upper: dict[int, str], lower: dict[int, str], merged: frozenset[int]) -> None:
    """Let a group's name hold for the unnamed columns to its right: Planned over Start and over Finish.

    Args:
        merged: columns that cells merged across cover in the upper row: these show how far they reach themselves.
    """
    for column in sorted(lower):
        if column not in upper and column - 1 in upper and column - 1 in lower and column - 1 not in merged:
            upper[column] = upper[column - 1]


def _merged(grid: Grid, row: int) -> frozenset[int]:
    return frozenset(column for area in _across(grid, row) for column in range(area.left, area.right + 1))


def _as_name(cell: Cell) -> str:
    if isinstance(cell, str):
        return normal(cell)[:200]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return str(cell)


def _across(grid: Grid, row: int) -> list[Area]:
    return [a for a in grid.merged if a.top <= row <= a.bottom and a.right > a.left]


def _goes_on(grid: Grid, row: int, cells: dict[int, dict[int, str]], likeness: Callable[[str], float]) -> bool:
    """True when ``row`` continues the header above it."""
    tall = {
        column
        for area in grid.merged
        if area.bottom - area.top > _TALLEST and area.top < row <= area.bottom
        for column in range(area.left, area.right + 1)
    }
    own = {c: t for c, t in _names(grid, row).items() if c not in tall}
    filled = {c for c, v in enumerate(grid.rows[row]) if v is not None and c not in tall}
    named = {c: t for texts in cells.values() for c, t in texts.items()}
    if not filled:
        return False
    repeated = [c for c in filled if (row, c) in grid.repeats and c in named]
    if repeated and any(named[c] == own.get(c) for c in repeated):
        fresh = filled - set(repeated)
        under = [c for c in fresh if c not in named or _parts(grid, row, c) or likeness(own.get(c, "")) >= 0.6]
        chart = sum(_parts(grid, row, c) or _is_drawn(grid, row, c) for c in fresh)
        said = len(own) == len(filled) or chart >= max(5, 0.8 * len(fresh))
        return not fresh or len(repeated) >= 2 or (said and len(under) >= 0.5 * len(fresh))
    if are_keys(own, filled, named):
        return True
    # Under the days of a drawn chart stand weekdays or their numbers once more: they say nothing about the row.
    drawn = {c for c in filled if c in named and _is_drawn(grid, row - 1, c)}
    if len(drawn) >= 5:
        filled -= drawn
        own = {c: t for c, t in own.items() if c not in drawn}
        named = {c: t for c, t in named.items() if c not in drawn}
    if len(drawn) >= 5 and len(own) <= 1 and drawn_over(grid, row):
        return True  # weeks of the year over weeks of the work
    if len(own) < 2 or len(own) < len(filled):
        return False
    over_two = {c for c in own if c in named and c + 1 in own and c + 1 not in named}
    bare = {c for c in own if c not in named or likeness(named[c]) < 0.5 or _is_group(grid, row - 1, c)} | over_two
    known = sum(likeness(t) >= 0.5 for t in own.values())
    if bare == set(own) and not filled & (set(named) - bare):
        periods = sum(bool(PERIOD.fullmatch(t)) for t in own.values())
        return known >= len(own) / 2 or periods >= len(own) / 2
    return known >= 0.6 * len(own) and len(own) >= 0.7 * len(named) and known >= 3


def _is_drawn(grid: Grid, row: int, column: int) -> bool:
    cell = grid.rows[row][column]
    return cell is not None and (not isinstance(cell, str) or bool(PERIOD.fullmatch(normal(cell))))


def _parts(grid: Grid, row: int, column: int) -> bool:
    """True for one of several cells under a heading that is merged across them."""
    above = [a for a in _across(grid, row - 1) if a.left <= column <= a.right]
    own = [a for a in _across(grid, row) if a.left <= column <= a.right]
    return any(all(a.right - a.left < group.right - group.left for a in own) for group in above)


def _is_group(grid: Grid, row: int, column: int) -> bool:
    return any(a.left <= column <= a.right for a in _across(grid, row))


def _belongs_above(
    grid: Grid, row: int, top: int, cells: dict[int, dict[int, str]], likeness: Callable[[str], float]
) -> bool:
    own = _names(grid, row)
    filled = {c for c, v in enumerate(grid.rows[row]) if v is not None}
    if any((top, c) in grid.repeats and c in own for c in cells[top]):
        return len(own) >= 2
    if not own or len(own) < 0.7 * len(filled) or any(LABEL.match(t) or len(t) > 60 for t in own.values()):
        return False
    if are_pairs(grid, row, likeness):
        return False
    header = cells[top]
    if are_keys(own, filled, header):
        return True
    if len(own) == 1 and min(own) == min(header):
        return False  # a title
    if are_title_labels(own, header, likeness):
        return False
    groups = [a for a in _across(grid, row) if a.left in own]
    covered = sum(a.right - a.left + 1 for a in groups)
    if groups and (len(own) >= 2 or covered < 0.7 * max(len(header), 1)):
        return len(set(own.values())) > 1 or covered < 0.7 * max(len(header), 1)
    if len(own) < 2:
        return False
    fills_gaps = [c for c in own if c not in header and likeness(own[c]) >= 0.5]
    parallel = len(own) >= 0.7 * len(header) and sum(likeness(t) >= 0.5 for t in own.values()) >= 0.5 * len(own)
    sparse = len(own) <= 0.6 * len(header) and set(own) <= set(header) and min(own) == min(header)
    return bool(fills_gaps) or parallel or sparse

"""Rows of a table that aren't data: blank ones, totals, repeated headings, notes, rows that are only numbered."""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.explaining_rows import goes_on, is_legend, is_signature, says_how_to_fill
from handover.i18n import N_, tr
from handover.values.cells import Cell, is_nothing, normal

_TOTAL = re.compile(
    r"(?:grand |sub[- ]?|overall )?totals?(?: (?:cost|days|hours|duration|amount|budget|effort|sum))?|sum|summe|gesamt"
    r"|итого|всего|totale?s?|合\s*计|总\s*计|小\s*计|累\s*计|共\s*计|合計|総計|小計|本页合计|总工期|총계|합계",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?:notes?|remarks?|legend|prepared by|approved by|checked by|reviewed by|signature|signed|注|备注|说明|附注|图例|"
    r"编制|审核|批准|校核|会签|制表|填表|审批|编制人|制表人|日期)\s{0,20}\d?\s{0,20}[:：.、]",
    re.IGNORECASE,
)
#: What stands alone in the last row of a form: room for remarks.
_ROOM = re.compile(
    r"(?:notes?|remarks?|comments?|备注|备注说明|其他事项|其它事项|其他说明|特記事項|備考|기타사항|비고|bemerkungen?|remarques?)[:：]?",
    re.IGNORECASE,
)
#: What templates say below their list.
_TEMPLATE = re.compile(
    r"\b(?:insert|add|copy)\b.{0,40}\brows?\b|\bdo not (?:delete|remove|edit|change)\b|\brows? above this\b"
    r"|在.{0,12}(?:上方|前面|此行).{0,6}插入|请勿(?:删除|修改)|插入新行",
    re.IGNORECASE,
)
#: So many rows at the top and at the end are looked at for what they say of the list.
_LOOK = 60
_COPYRIGHT = re.compile(r"^[©(]|^copyright|^page \d|^第\s*\d+\s*页", re.IGNORECASE)


def is_note(text: str) -> bool:
    """True for a text that begins as notes do: ``Note:``, ``注：``."""
    return bool(_NOTE.match(normal(text)))


class Skip(enum.Enum):
    """Why a row isn't taken."""

    BLANK = "blank"
    TOTAL = "total"
    HEADING = "heading"
    NOTE = "note"
    NUMBERED = "numbered"
    MERGED = "merged"
    HIDDEN = "hidden"
    SECTION = "section"
    EXPLAINS = "explains"
    CONTINUED = "continued"
    FORM = "form"

    @property
    def reason(self) -> str:
        """The sentence that the user reads, in the language in force."""
        return tr(_REASONS[self])


_REASONS = {
    Skip.BLANK: N_("The row is empty."),
    Skip.TOTAL: N_("The row adds up others."),
    Skip.HEADING: N_("The row repeats the headings."),
    Skip.NOTE: N_("The row is a note, not part of the list."),
    Skip.NUMBERED: N_("The row is only numbered; nothing is filled in."),
    Skip.MERGED: N_("The row only continues the merged cells above it."),
    Skip.HIDDEN: N_("The row is hidden in the workbook."),
    Skip.SECTION: N_("The row only names those below it."),
    Skip.EXPLAINS: N_("The row explains the columns."),
    Skip.CONTINUED: N_("The row goes on with the text of the row above it, which has it now."),
    Skip.FORM: N_("The row is a line to sign or to fill in, not part of the list."),
}


@dataclass(slots=True)
class SortedRows:
    """What the rows below a header are: ``last`` is the last row of the table, notes below it included."""

    last: int
    skipped: dict[int, Skip] = field(default_factory=dict)
    sections: dict[int, str] = field(default_factory=dict)
    #: Rows that only go on with a text, with the row that they belong to.
    continued: dict[int, int] = field(default_factory=dict)


def sort_rows(
    grid: Grid,
    first: int,
    end: int,
    columns: Sequence[int],
    is_heading: Callable[[int], bool],
    whole_width: bool,
) -> SortedRows:
    """Tell data from the rest between ``first`` and ``end``.

    Args:
        columns: the columns of the table that count, without a drawn Gantt chart.
        is_heading: whether a row repeats the header.
        whole_width: True when the columns of the sheet are all the table's, so that no picking is needed.
    """
    result = SortedRows(first - 1)
    skipped = result.skipped
    wide = len(columns) >= grid.width and whole_width
    counter = _counter_column(grid, first, end, columns)
    heading_start = _first_text(grid, first - 1, columns) if first else None
    hidden, repeats = grid.hidden_rows, grid.repeats
    thin: list[int] = []
    for row in range(first, end):
        cells = grid.rows[row]
        filled = [v for v in cells if v is not None] if wide else [cells[c] for c in columns if cells[c] is not None]
        if not filled:
            skipped[row] = Skip.BLANK
            continue
        if row in hidden:
            skipped[row] = Skip.HIDDEN
        elif (row - first < 3 and repeats and _runs_on(grid, row, first, columns)) or (
            len(filled) >= 2 and heading_start is not None and heading_start in filled and is_heading(row)
        ):
            skipped[row] = Skip.HEADING
        elif (kind := type(filled[0])) is str and _is_total(filled):
            skipped[row] = Skip.TOTAL
        elif kind is str and len(filled) <= 8 and is_note(str(filled[0])):
            skipped[row] = Skip.NOTE
        elif kind is str and is_signature(filled):
            skipped[row] = Skip.FORM
        elif len(filled) <= 3 or (kind is str and filled[0] in ("-", "/", "—")) or repeats:
            if reason := _thin(grid, row, columns, counter):
                skipped[row] = reason
            elif len(filled) == 1:
                thin.append(row)
    _sort_explaining(grid, first, end, columns, result)
    thin = _without_continued(grid, thin, columns, result)
    _sort_thin(grid, thin, columns, result, end)
    _sort_sums(grid, columns, result, first, end)
    _cut_end(result, first, end)
    return result


def _sort_explaining(grid: Grid, first: int, end: int, columns: Sequence[int], result: SortedRows) -> None:
    """The first row may say how the columns are filled in; legends stand below a blank row."""
    data = [r for r in range(first, min(end, first + _LOOK)) if r not in result.skipped]
    if len(data) > 1 and says_how_to_fill(grid, data[0], data[1:], columns):
        result.skipped[data[0]] = Skip.EXPLAINS
    blank = [row for row, why in result.skipped.items() if why is Skip.BLANK]
    if not blank:
        return
    used = frozenset(
        v.strip()
        for r in data
        if r < blank[-1]
        for c in columns
        if isinstance(v := grid.rows[r][c], str) and len(v) < 4
    )
    for row in range(max(blank[-1] + 1, end - _LOOK), end) if used else ():
        filled = [v for c in columns if (v := grid.rows[row][c]) is not None]
        if row not in result.skipped and is_legend(filled, used):
            result.skipped[row] = Skip.NOTE


def _without_continued(grid: Grid, thin: list[int], columns: Sequence[int], result: SortedRows) -> list[int]:
    """Rows of a single text without those that go on with the sentence of the row above."""
    rest: list[int] = []
    among = set(thin)
    for row in thin:
        above = result.continued.get(row - 1, row - 1)
        place = next(c for c in columns if grid.rows[row][c] is not None)
        whole = above not in result.skipped and above not in among
        if whole and (goes_on(grid, row, row - 1, place)):
            result.continued[row] = above
            result.skipped[row] = Skip.CONTINUED
        else:
            rest.append(row)
    return rest


def _sort_sums(grid: Grid, columns: Sequence[int], result: SortedRows, first: int, end: int) -> None:
    """Below a blank row at the end, numbers without a word beside them are sums."""
    sums: list[int] = []
    for row in range(end - 1, first - 1, -1):
        if result.skipped.get(row) is Skip.BLANK:
            result.skipped.update(dict.fromkeys(sums, Skip.TOTAL))
            sums = []
        elif row not in result.skipped:
            if any(not isinstance(grid.rows[row][c], int | float | None) for c in columns):
                return
            sums.append(row)


def _first_text(grid: Grid, row: int, columns: Sequence[int]) -> Cell:
    return next((v for c in columns if isinstance(v := grid.rows[row][c], str)), None)


def _runs_on(grid: Grid, row: int, first: int, columns: Sequence[int]) -> bool:
    """True for a row that a merged heading reaches down to, with nothing of its own but the days of a chart."""
    texts = [c for c in columns if isinstance(grid.rows[row][c], str)]
    above = grid.rows[first - 1] if first else []
    return bool(texts and above) and all((row, c) in grid.repeats and grid.rows[row][c] == above[c] for c in texts)


def _is_total(filled: Sequence[Cell]) -> bool:
    """True when the first text, or the first after a number, says total and only numbers follow."""
    text = filled[0]
    if not isinstance(text, str) or len(text) > 40:
        return False
    plain = normal(text).rstrip(":： ")
    if not _TOTAL.fullmatch(plain):
        return False
    return all(not isinstance(v, str) or is_nothing(v) or any(ch.isdigit() for ch in v) for v in filled[1:])


def _thin(grid: Grid, row: int, columns: Sequence[int], counter: int | None) -> Skip | None:
    """Why a row with little in it isn't data."""
    cells = grid.rows[row]
    full = [c for c in columns if cells[c] is not None]
    own = [c for c in full if (row, c) not in grid.repeats]
    said = [c for c in own if not is_nothing(cells[c])]
    if not said:
        return Skip.MERGED if len(own) < len(full) and not own else Skip.BLANK
    if counter is not None and said == [counter] and not isinstance(cells[counter], str):
        return Skip.NUMBERED
    if len(said) == 1 and isinstance(text := cells[said[0]], str) and _COPYRIGHT.match(normal(text)):
        return Skip.NOTE
    second = next((c for c in said if c != said[0]), None)
    if second is not None and not isinstance(cells[said[0]], str) and _is_total([cells[c] for c in said[1:]]):
        return Skip.TOTAL
    return None


def _counter_column(grid: Grid, first: int, end: int, columns: Sequence[int]) -> int | None:
    """The column that numbers the rows 1, 2, 3 …, by its first thirty rows."""
    for column in columns[:3]:
        values = [v for r in grid.rows[first : min(end, first + 60)] if (v := r[column]) is not None][:30]
        values = list(takewhile(lambda v: not isinstance(v, str), values))  # texts below are of a form under the list
        numbers = [int(v) for v in values if isinstance(v, float) and v.is_integer()]
        if len(numbers) == len(values) >= 3 and all(b - a == 1 for a, b in pairwise(numbers)):
            return column
    return None


def _sort_thin(grid: Grid, thin: list[int], columns: Sequence[int], result: SortedRows, end: int) -> None:
    """Rows with a single text: a note below the table or a section within it."""
    if not thin:
        return
    among = set(thin)
    last_full = next((r for r in range(end - 1, -1, -1) if r not in result.skipped and r not in among), -1)
    rows_with_more = end - thin[0] - len(thin)
    note_from = _notes_start(thin, result, last_full, end) if len(columns) > 1 else end
    for row in thin:
        place = next(c for c in columns if grid.rows[row][c] is not None)
        value = grid.rows[row][place]
        if row >= note_from or (isinstance(value, str) and _speaks_below(value, row > last_full)):
            result.skipped[row] = Skip.NOTE
        elif isinstance(value, str) and len(thin) <= rows_with_more:
            result.sections[row] = normal(value)


def _speaks_below(text: str, at_end: bool) -> bool:
    """True for a note, and below the last full row for room for remarks and for what a template says of its rows."""
    if is_note(text):
        return True
    return at_end and bool(_ROOM.fullmatch(re.sub(r"\s", "", text)) or _TEMPLATE.search(text))


def _notes_start(thin: list[int], result: SortedRows, last_full: int, end: int) -> int:
    """The first row of the notes below the table: single texts after the last full row and a blank one."""
    tail = [r for r in thin if r > last_full]
    if not tail or last_full < 0:
        return end
    gap = next((r for r in range(last_full + 1, end) if result.skipped.get(r) is Skip.BLANK), None)
    if gap is None:
        return end
    above = sum(r < gap for r in thin)
    full = sum(r not in result.skipped for r in range(result.last + 1, gap)) - above
    if above > max(full, 2):
        return end  # a list of single texts goes on after a gap
    after_gap = [r for r in tail if r > gap]
    return after_gap[0] if after_gap else end


def _cut_end(result: SortedRows, first: int, end: int) -> None:
    """Blank rows at the end don't belong to the table."""
    last = end - 1
    while last >= first and result.skipped.get(last) is Skip.BLANK:
        del result.skipped[last]
        last -= 1
    result.last = last

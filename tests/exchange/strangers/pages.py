"""A sheet that is being composed: what it shows and what must be read from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from handover.exchange.reading.grid import column_letters
from tests.exchange.strangers.truths import TrueRow, Truth

#: What is read into which fields; the key is what a column of a truth holds.
WANTED: Final = {
    "name": ("name",), "start": ("start",), "finish": ("finish", "deadline"), "duration": ("duration",),
    "percent": ("percent",), "owner": ("owner", "resources"), "wbs": ("wbs", "source_id"),
    "actual_start": ("actual_start",), "actual_finish": ("actual_finish",), "predecessors": ("predecessors",),
    "description": ("description",), "due_on": ("due_on",), "action_by": ("action_by",), "category": ("category",),
    "number": ("number",), "title": ("title",), "discipline": ("discipline",), "revision": ("revision",),
    "person": ("name",), "organisation": ("organisation",), "post": ("post",), "phone": ("phone",),
    "email": ("email",), "status": ("status", "percent"), "phase": ("phase",), "span": ("start", "finish"),
}  # fmt: skip


@dataclass
class PageColumn:
    """A column: what it holds (``key``), its heading from the top down, whether it is hidden."""

    key: str
    heading: list[str]
    hidden: bool = False
    #: What must come of it; empty when it must not be taken for anything that is guarded.
    wanted: tuple[str, ...] = ()


@dataclass
class PageRow:
    """A row of the table: a row of the truth, a band that names a phase, or something that is no row."""

    cells: dict[str, Any]  # Any: what a cell holds
    row: TrueRow | None = None
    band: str = ""
    bold: bool = False
    indent: int = 0
    hidden: bool = False


@dataclass
class Page:
    """The sheet while habits change it."""

    truth: Truth
    random: Random
    columns: list[PageColumn]
    rows: list[PageRow]
    above: list[list[Any]] = field(default_factory=list)  # Any: what a cell holds
    below: list[list[Any]] = field(default_factory=list)  # Any: as above
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    #: Cells beside the table: row and column from 0, text.
    beside: list[tuple[int, int, str]] = field(default_factory=list)
    filtered: bool = False
    other_sheets: list[tuple[str, list[list[Any]]]] = field(default_factory=list)  # Any: as above
    left: int = 0
    #: Whether the sheet shows which phase a row belongs to.
    phases_seen: bool = False

    @property
    def depth(self) -> int:
        """How many rows the heading has."""
        return max(len(c.heading) for c in self.columns)

    @property
    def heading_row(self) -> int:
        """The lowest row of the headings as Excel counts it."""
        return len(self.above) + self.depth

    @property
    def main(self) -> str:
        """The column that names the rows."""
        return next(c.key for c in self.columns if c.key in ("name", "description", "title", "person"))

    def index(self, key: str) -> int:
        """The place of a column."""
        return next(i for i, c in enumerate(self.columns) if c.key == key)

    def has(self, key: str) -> bool:
        """Whether there is such a column."""
        return any(c.key == key for c in self.columns)

    def letter(self, place: int) -> str:
        """The letters of a column of the table."""
        return str(column_letters(self.left + place))

    def word(self, key: str) -> str:
        """A word of the language that is no heading."""
        return self.truth.language.other[key]

    def records(self) -> Iterator[PageRow]:
        """The rows that say something."""
        return (r for r in self.rows if r.row is not None)


def a_page(truth: Truth, random: Random) -> Page:
    """The plain sheet of a truth: a heading row and the rows, nothing else."""
    headings = truth.language.headings
    order = truth.fields
    columns = [PageColumn(key, [headings[key][0]], wanted=WANTED.get(key, ())) for key in order if key in headings]
    rows = [PageRow({c.key: row.values.get(c.key) for c in columns}, row) for row in truth.rows]
    return Page(truth, random, columns, rows)


def save(page: Page, path: Path) -> None:
    """Write the workbook."""
    book = Workbook()
    first = book.active
    assert first is not None
    sheets = [s for s in page.other_sheets if s[0].startswith("<")]
    for name, cells in sheets:
        sheet = first if first.max_row == 1 and first["A1"].value is None else book.create_sheet()
        sheet.title = name[1:]
        _fill(sheet, cells)
    main = book.create_sheet("List") if sheets else first
    main.title = "List"
    _write(page, main)
    for name, cells in page.other_sheets:
        if not name.startswith("<"):
            _fill(book.create_sheet(name), cells)
    book.save(path)


def _fill(sheet: Worksheet, cells: list[list[Any]]) -> None:
    for row in cells:
        sheet.append(row)


def _write(page: Page, sheet: Worksheet) -> None:
    for r, cells in enumerate(page.above, 1):
        for c, value in enumerate(cells, 1):
            if value is not None:
                sheet.cell(r, page.left + c, value)
    top = len(page.above)
    _headings(page, sheet, top)
    for n, row in enumerate(page.rows, top + page.depth + 1):
        for c, column in enumerate(page.columns, page.left + 1):
            value = row.cells.get(column.key)
            if value is not None:
                cell = sheet.cell(n, c, value)
                cell.font = Font(bold=row.bold)
                if row.indent and column.key == "name":
                    cell.alignment = Alignment(indent=row.indent)
        if row.hidden:
            sheet.row_dimensions[n].hidden = True
    for n, cells in enumerate(page.below, top + page.depth + len(page.rows) + 1):
        for c, value in enumerate(cells, page.left + 1):
            if value is not None:
                sheet.cell(n, c, value)
    for r, c, text in page.beside:
        sheet.cell(r + 1, c + 1, text)
    for c, column in enumerate(page.columns):
        if column.hidden:
            sheet.column_dimensions[page.letter(c)].hidden = True
    for a, b, c, d in page.merges:
        sheet.merge_cells(start_row=a + 1, start_column=b + 1, end_row=c + 1, end_column=d + 1)
    if page.filtered:
        bottom = top + page.depth + len(page.rows)
        sheet.auto_filter.ref = f"{page.letter(0)}{page.heading_row}:{page.letter(len(page.columns) - 1)}{bottom}"
        sheet.auto_filter.add_filter_column(0, ["shown"])  # a filter without criteria hides nothing


def _headings(page: Page, sheet: Worksheet, top: int) -> None:
    """Headings stand at the bottom; one over several columns is merged over them, a lower one is merged upwards."""
    for c, column in enumerate(page.columns):
        for level, text in enumerate(column.heading, page.depth - len(column.heading)):
            before = page.columns[c - 1].heading if c else []
            if (
                len(column.heading) > 1
                and level < page.depth - 1
                and before[: len(column.heading) - 1] == (column.heading[: len(column.heading) - 1])
            ):
                continue
            cell = sheet.cell(top + level + 1, page.left + c + 1, text)
            cell.font = Font(bold=True)
    if page.depth > 1:
        _merge_headings(page, sheet, top)


def _merge_headings(page: Page, sheet: Worksheet, top: int) -> None:
    start = 0
    while start < len(page.columns):
        group = page.columns[start].heading[:-1]
        end = start
        while group and end + 1 < len(page.columns) and page.columns[end + 1].heading[:-1] == group:
            end += 1
        if end > start:
            for level in range(len(group)):
                row = top + page.depth - len(group) - 1 + level + 1
                sheet.merge_cells(
                    start_row=row, start_column=page.left + start + 1, end_row=row, end_column=page.left + end + 1
                )
        start = end + 1

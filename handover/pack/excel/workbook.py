"""Writes an outline as a workbook: a cover, a sheet for each table and chart, and hidden sheets that know it again."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.pack.excel.bars import TITLE, BarSheet, PlanBars
from handover.pack.excel.cover import set_up_cover, write_cover
from handover.pack.excel.figure import FigureSheet
from handover.pack.excel.marks import LIST_SHEET, MARK_SHEET, NamedTable, list_ranges, write_lists, write_marks
from handover.pack.excel.matrix import MatrixSheet, marks_of, named_matrix
from handover.pack.excel.rows import RowsFile
from handover.pack.excel.sheet import RegisterSheet, Sheet
from handover.pack.meter import Meter
from handover.pack.outline import PackOutline, Rows, TableBlock, WrittenTable
from handover.registers.catalogue import plan_register
from handover.replacing import replacing
from handover.values.workbook_text import clean
from handover.wording import Language, said, shown

_NAME_UNITS = 31
#: Bytes that are packed at once, after which one can stop.
_BLOCK = 1 << 18
#: A cell with a formula: its place, and where its result belongs.
_FORMULA = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"[^>]{0,60}><f>[^<]{1,4000}</f>(<v ?/></c>|<v></v></c>)')
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def write_excel(
    outline: PackOutline,
    path: Path,
    language: Language | None = None,
    progress: Progress = unattended,
    bars: PlanBars | None = None,
) -> tuple[WrittenTable, ...]:
    """Write the outline's tables to ``path``, whole or not at all; the same outline gives the same bytes.

    Args:
        language: instead of the outline's own.
        bars: the plan as a bar chart, drawn on a sheet behind that of the tasks.

    Returns:
        what was written of each table.

    Raises:
        Cancelled: ``progress`` asked to stop; what stood at ``path`` is as it was.
        HandoverError: a table has too many rows for Excel, the folder can't be written, the disk is full, or the file
            is open elsewhere.
    """
    outline = outline.of_workbook()
    if language:
        outline = replace(outline, language=language)
    known = [table.count for table in outline.tables()]
    total = 0 if None in known else sum(n or 0 for n in known) + (len(bars.rows) if bars else 0)
    meter = Meter(progress, total, tr("Writing the workbook"))
    with replacing(path) as part:
        book, rows = Workbook(write_only=True), LaidRows()
        try:
            written = _fill(book, outline, bars, meter, rows)
            meter.tell(tr("Finishing the workbook"))
            with part.open("wb") as file, _Archive(file, meter, rows) as archive:
                ExcelWriter(book, archive).save()
        finally:
            _discard(book)
            rows.close()
    return written


def _fill(
    book: Workbook, outline: PackOutline, bars: PlanBars | None, meter: Meter, rows: LaidRows
) -> tuple[WrittenTable, ...]:
    _describe(book, outline)
    cover_name = _sheet_name(shown(said(N_("Cover sheet")), outline.language, " "), set())
    cover = book.create_sheet(cover_name)
    set_up_cover(cover)
    taken = {cover_name.casefold()}
    tables = _named(outline, taken)
    bar_name = _sheet_name(shown(TITLE, outline.language, " "), taken) if bars else ""
    ranges = list_ranges(outline, tables)
    written = []
    for named in tables:
        meter.tell(tr("Writing the workbook"))
        register = RegisterSheet(book, named.sheet, named.table, outline.language, ranges[named.sheet])
        rows.add(register)
        written.append(register.write(meter))
        if bars and named.table.key == plan_register().key:
            BarSheet(book, bar_name, bars, outline.language).write(meter)
    matrices = []
    for block in outline.matrices():
        title = shown(block.title, outline.language, " ")
        matrices.append(named_matrix(_sheet_name(title, taken), block))
        MatrixSheet(book, matrices[-1], outline.language).write(meter)
    figures = []
    for figure in outline.figures():
        title = shown(figure.chart.title, outline.language, " ") or figure.key
        name = _sheet_name(title, taken)
        FigureSheet(book, name, figure, outline.language).write(meter)
        figures.append((name, title))
    write_lists(book, outline, tables)
    write_marks(book, outline, tables, written, chain.from_iterable(map(marks_of, matrices)))
    rows.results = write_cover(cover, outline, tables, written, bar_name, figures, matrices, rows.tallies())
    rows.cover = cover
    return tuple(written)


def _describe(book: Workbook, outline: PackOutline) -> None:
    made = outline.made_at.replace(microsecond=0)
    made = made.astimezone(dt.UTC).replace(tzinfo=None) if made.tzinfo else made
    about = book.properties
    about.creator = "Handover"
    about.title = clean(f"{outline.cover.project} · {shown(outline.title, outline.language, ' ')}")
    about.subject = clean(outline.number)
    about.created = about.modified = made


def _named(outline: PackOutline, taken: set[str]) -> list[NamedTable]:
    taken |= {MARK_SHEET, LIST_SHEET, "history"}  # the last is Excel's own
    return [
        NamedTable(_sheet_name(shown(t.title, outline.language, " "), taken), t)
        for t in map(first_things_first, outline.tables())
    ]


def first_things_first(table: TableBlock) -> TableBlock:
    """A table with the columns of the print before those of the workbook alone; what is frozen stays where it is."""
    order = sorted(range(len(table.columns)), key=lambda at: at >= table.frozen and not table.columns[at].in_print)
    if order == list(range(len(table.columns))):
        return table
    columns = tuple(table.columns[at] for at in order)
    return replace(table, columns=columns, rows=Rows(lambda: (tuple(row[at] for at in order) for row in table.rows)))


def _sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts for a sheet, no other's in any case; it is added to ``taken``."""
    base = _FORBIDDEN.sub(" ", clean(title)).strip(" '") or "Sheet"
    name = _cut(base, _NAME_UNITS)
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{_cut(base, _NAME_UNITS - len(f' ({number})'))} ({number})"
    taken.add(name.casefold())
    return name


def _cut(name: str, units: int) -> str:
    """The beginning of a name; Excel counts UTF-16 units."""
    return name.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore").rstrip(" '")


class LaidRows:
    """What is laid into sheets when these are packed: rows, and on the cover what its formulas come to."""

    def __init__(self) -> None:
        self._sheets: list[RegisterSheet] = []
        self.cover: Sheet | None = None
        self.results: dict[str, int] = {}

    def tallies(self) -> dict[str, Counter[str]]:
        """Of each sheet how many rows there are in each state."""
        return {each.sheet.title: each.tally for each in self._sheets}

    def is_cover(self, file: str) -> bool:
        """Whether openpyxl has written the cover into a file."""
        return self.cover is not None and self.cover._writer.out == file

    def reckoned(self, xml: bytes) -> bytes:
        """The cover with the results of its formulas, which openpyxl can't write."""

        def filled(match: re.Match[bytes]) -> bytes:
            result = self.results.get(match[1].decode())
            return (
                match[0] if result is None else match[0][: match.start(2) - match.start()] + b"<v>%d</v></c>" % result
            )

        return _FORMULA.sub(filled, xml)

    def add(self, sheet: RegisterSheet) -> None:
        """Take the rows of a sheet."""
        self._sheets.append(sheet)

    def of(self, file: str) -> RowsFile | None:
        """The rows that belong into the file that openpyxl has written of a sheet."""
        return next((each.rows for each in self._sheets if each.sheet._writer.out == file), None)

    def close(self) -> None:
        """Let go of their temporary files."""
        for each in self._sheets:
            each.rows.close()


class _Archive(ZipFile):
    """A workbook's archive whose entries have no date, and which can be stopped while it packs a large sheet."""

    def __init__(self, file: IO[bytes], meter: Meter, rows: LaidRows) -> None:
        super().__init__(file, "w", ZIP_DEFLATED)
        self._meter = meter
        self._rows = rows

    def writestr(self, name, data, compress_type=None, compresslevel=None):  # type: ignore[no-untyped-def]
        super().writestr(_entry(str(name)), data, ZIP_DEFLATED, compresslevel)

    def write(self, filename, arcname=None, compress_type=None, compresslevel=None):  # type: ignore[no-untyped-def]
        laid = self._rows.of(str(filename))
        with self.open(_entry(str(arcname)), "w", force_zip64=True) as target:

            def write(block: bytes) -> None:
                self._meter.tick(0)
                target.write(block)

            if self._rows.is_cover(str(filename)):
                write(self._rows.reckoned(Path(filename).read_bytes()))
                return
            if laid is not None:
                laid.lay_into(Path(filename), write, _BLOCK)
                return
            with Path(filename).open("rb") as source:
                while block := source.read(_BLOCK):
                    write(block)


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.compress_type = ZIP_DEFLATED
    return entry


def _discard(book: Workbook) -> None:
    """Remove the temporary files of sheets that were not packed; openpyxl has no public way to do it."""
    sheets: list[Sheet] = list(book.worksheets)
    for sheet in sheets:
        writer = sheet._writer
        if writer is not None:
            with suppress(StopIteration):
                if not sheet.closed:
                    sheet.close()
            if Path(writer.out).exists():
                writer.cleanup()

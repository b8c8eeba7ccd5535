"""Reads one sheet of a source into a grid: workbooks in the child, text files here."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from handover.confined import ChildDied, Frame
from handover.errors import UnusableFile
from handover.exchange.reading import text_file
from handover.exchange.reading.child_frames import RowDecoder
from handover.exchange.reading.child_process import ChildReading, Job, beyond_limits
from handover.exchange.reading.far_cells import WIDEST_GAP
from handover.exchange.reading.grid import Area, Grid, address, fill_merged
from handover.exchange.reading.limits import MAX_ROWS
from handover.exchange.reading.sheet_marks import MOST_ROWS_WITH_STYLES, Marks, no_marks
from handover.exchange.reading.source import TEXTS, WORKBOOKS, Source
from handover.exchange.reading.zip_workbook import SheetInfo
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.values.cells import ERROR_VALUES, Cell

_MOST_MERGED = 200_000
_MOST_STRAY = 20


def read_grid(
    source: Source, sheet: str | None = None, progress: Progress = unattended, limit_rows: int | None = None
) -> Grid:
    """Read a sheet: its values, and what it says about its rows and columns.

    Args:
        sheet: the sheet's name; by default the first visible one that isn't empty.
        limit_rows: how many rows from the top are enough.

    Raises:
        NotFound: there is no such sheet.
        UnusableFile: it can't be read, or not within the limits.
        Cancelled: the user stopped it; the child is gone.
    """
    if source.kind in TEXTS:
        return text_file.read_csv(source.path, source.file, progress, limit_rows, source.dialect)
    if source.kind not in WORKBOOKS:
        raise UnusableFile(N_("{file} is a plan, not a workbook: it has no sheets."), file=source.file)
    info = source.sheet(sheet)
    with without_garbage_collection():
        try:
            received = _receive(source, info, "read", progress, limit_rows)
        except ChildDied as death:
            if not info.part:
                raise beyond_limits(source.file, death.code) from death
            try:
                received = _receive(source, info, "far", progress, limit_rows)
            except ChildDied as second:
                raise beyond_limits(source.file, second.code) from second
        return _as_grid(source, info, received, limit_rows)


@contextmanager
def without_garbage_collection() -> Iterator[None]:
    """Within the block nothing is collected.

    Rows are plain tuples without cycles; collecting while millions are made costs a third of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class _Received:
    rows: list[tuple[Cell, ...]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    marks: Marks = field(default_factory=no_marks)
    stray: list[str] = field(default_factory=list)
    total: int = 0


def _receive(source: Source, info: SheetInfo, do: str, progress: Progress, limit_rows: int | None) -> _Received:
    received = _Received(total=limit_rows or info.rows)
    saying = tr("Reading {sheet}", sheet=info.name)

    def beat() -> None:
        done = len(received.rows)  # none until the whole sheet is parsed: how far that is, nobody can tell
        step(progress, done, max(received.total, done) if done else 0, saying)

    decoder = RowDecoder()
    for frame in _frames(source, info, source.job(info, do, limit_rows), beat):
        match frame[0]:
            case "size":
                received.total = min(frame[1], limit_rows or frame[1])
            case "rows":
                received.rows += decoder.decode(frame)
                beat()
            case "uneven":
                decoder = RowDecoder()
            case "merged":
                received.merged = frame[1]
            case "marks":
                received.marks = frame[1]
            case "stray":
                received.stray = frame[1]
    return received


def _frames(source: Source, info: SheetInfo, job: Job, beat: Callable[[], None]) -> Iterator[Frame]:
    """What the child sends, from a reading that has begun already where there is one."""
    begun = next((reading for reading in source.begun if reading.job == job), None)
    if begun is not None:
        source.begun.remove(begun)
    with closing(begun or ChildReading(job)) as reading:
        reading.tell(info.marked or info.rows <= MOST_ROWS_WITH_STYLES)
        yield from reading.frames(beat)


def _as_grid(source: Source, info: SheetInfo, received: _Received, limit_rows: int | None) -> Grid:
    rows = received.rows
    _cut_after_gap(rows, received.stray)
    if len(rows) > MAX_ROWS:
        raise UnusableFile(
            N_("Sheet {sheet} of {file} has more than {most} rows, more than Excel itself allows."),
            file=source.file,
            sheet=info.name,
            most=MAX_ROWS,
        )
    cut_short = limit_rows is not None and received.total >= limit_rows and len(rows) >= limit_rows
    while rows and not any(v is not None for v in rows[-1]):
        rows.pop()
    _put_errors(rows, received.marks["errors"])
    width = max(map(len, rows), default=0)
    if any(len(row) != width for row in rows):
        rows = [(*row, *[None] * (width - len(row))) for row in rows]
    merged = tuple(
        Area(t, left, min(b, len(rows) - 1), min(right, width - 1))
        for t, left, b, right in received.merged[:_MOST_MERGED]
        if t < len(rows) and left < width
    )
    marks = received.marks
    hidden = {r for r in marks["hidden_rows"] if r < len(rows)}
    filtered = frozenset(r for top, bottom in marks["filtered"] for r in hidden if top <= r <= bottom)
    return Grid(
        sheet=info.name,
        rows=rows,
        width=width,
        merged=merged,
        repeats=fill_merged(rows, merged),
        hidden_rows=frozenset(r for r in marks["hidden_rows"] if r < len(rows)) - filtered,
        filtered_rows=filtered,
        hidden_columns=frozenset(c for c in marks["hidden_columns"] if c < width),
        outline_levels=marks["outline"],
        indents=marks["indents"],
        bold_rows=frozenset(_bold_rows(rows, marks["bold"])),
        uncalculated=frozenset(p for p in marks["uncalculated"]),
        percents=frozenset(p for p in marks["percents"]),
        padded={(r, c): (before, least, after) for r, c, before, least, after in marks["padded"]},
        date1904=source.date1904,
        stray=tuple(received.stray),
        cut_short=cut_short,
    )


def _put_errors(rows: list[tuple[Cell, ...]], errors: list[tuple[int, int, str]]) -> None:
    """Put the errors of formulas where the fast reader left nothing, so that they aren't taken for empty cells."""
    for r, c, text in errors:
        if r < len(rows) and c < len(rows[r]) and rows[r][c] is None and text in ERROR_VALUES:
            rows[r] = (*rows[r][:c], text, *rows[r][c + 1 :])


def _cut_after_gap(rows: list[tuple[Cell, ...]], stray: list[str]) -> None:
    """Leave out what stands below ten thousand blank rows: a stray cell, not the list."""
    if len(rows) <= WIDEST_GAP:
        return
    blank = 0
    for number, row in enumerate(rows):
        if row.count(None) < len(row):
            if blank >= WIDEST_GAP:
                far = [address(r, c) for r in range(number, len(rows)) for c, v in enumerate(rows[r]) if v is not None]
                stray += far[:_MOST_STRAY]
                del rows[number - blank :]
                return
            blank = 0
        else:
            blank += 1


def _bold_rows(rows: list[tuple[Cell, ...]], bold: dict[int, list[int]]) -> Iterator[int]:
    """Rows whose first text is bold."""
    for r, columns in bold.items():
        if r < len(rows):
            first = next((c for c, v in enumerate(rows[r]) if isinstance(v, str) and v.strip()), None)
            if first in columns:
                yield r

"""Reads one sheet of a source into a grid, in the reading child."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field

from handover.confined import ChildDied, ChildFailed, Frame, values_of
from handover.errors import UnusableFile
from handover.exchange.reading.child_frames import RowDecoder, filled, too_many_cells
from handover.exchange.reading.child_process import ChildReading, Job, beyond_limits, told
from handover.exchange.reading.far_cells import WIDEST_GAP
from handover.exchange.reading.grid import Area, Grid, address, fill_merged
from handover.exchange.reading.limits import MAX_CELLS, MAX_ROWS
from handover.exchange.reading.mark_frames import merged_of, take_marks, take_padded
from handover.exchange.reading.sheet_marks import MOST_ROWS_WITH_STYLES, Marks, no_marks
from handover.exchange.reading.source import TEXTS, WORKBOOKS, Source
from handover.exchange.reading.zip_workbook import SheetInfo
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.values.cells import ERROR_VALUES, Cell

_MOST_MERGED = 200_000
_MOST_STRAY = 20
#: Cells of a rectangle from which on it matters how many of them are empty.
_LARGE = 4_000_000


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
    if source.kind not in (*WORKBOOKS, *TEXTS):
        raise UnusableFile(N_("{file} is a plan, not a workbook: it has no sheets."), file=source.file)
    with without_garbage_collection():
        try:
            if source.kind in TEXTS:
                info = source.sheets[0]
                received = _receive(source, info, source.text_job(limit_rows), progress, limit_rows)
            else:
                info = source.sheet(sheet)
                received = _receive_sheet(source, info, progress, limit_rows)
        except ChildDied as death:
            raise beyond_limits(source.file, death.code) from death
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
    replaced: tuple[int, ...] = ()
    unclosed: tuple[int, int] | None = None
    total: int = 0


def _receive_sheet(source: Source, info: SheetInfo, progress: Progress, limit_rows: int | None) -> _Received:
    """A sheet by the fast reader, or without it where that gives up because of cells far away from the others."""
    try:
        return _receive(source, info, source.job(info, "read", limit_rows), progress, limit_rows)
    except ChildDied:
        if not info.part:
            raise
    return _receive(source, info, source.job(info, "far", limit_rows), progress, limit_rows)


def _receive(source: Source, info: SheetInfo, job: Job, progress: Progress, limit_rows: int | None) -> _Received:
    received = _Received(total=limit_rows or info.rows)
    saying = tr("Reading {sheet}", sheet=source.file if source.kind in TEXTS else info.name)
    at: tuple[int, int] = (0, 0)  # bytes of a text file

    def beat() -> None:
        done = len(received.rows)  # none until the whole sheet is parsed: how far that is, nobody can tell
        done, total = at if at[1] else (done, max(received.total, done) if done else 0)
        step(progress, done, total, saying)

    decoder = RowDecoder()
    try:
        for frame in _frames(source, info, job, beat):
            match frame[0]:
                case "at":
                    at = values_of(frame, int, int)
                    beat()
                case "rows":
                    received.rows += decoder.decode(frame)
                    if len(received.rows) > MAX_ROWS + 1:
                        raise _too_many_rows(source, info)
                    beat()
                case "size":
                    (height,) = values_of(frame, int)
                    received.total = min(height, limit_rows or height)
                case _:
                    _take_rest(frame, received)
    except ChildFailed as fault:
        raise told(fault, source.file) from None
    return received


def _take_rest(frame: Frame, received: _Received) -> None:
    """What comes behind the rows. Raises ChildFailed."""
    match frame[0]:
        case "merged":
            received.merged = merged_of(frame)
        case "mark":
            take_marks(frame, received.marks)
        case "padded":
            take_padded(frame, received.marks)
        case "stray":
            (cells,) = values_of(frame, tuple)
            received.stray = [*values_of(("stray", *cells), *[str] * len(cells), most=20)][:_MOST_STRAY]
        case "replaced":
            (lines,) = values_of(frame, tuple)
            received.replaced = values_of(("replaced", *lines), *[int] * len(lines))[:_MOST_STRAY]
        case "unclosed":
            line, taken = values_of(frame, int, int)
            received.unclosed = line, taken
        case _:
            raise ChildFailed("frame", "name")


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
    if source.kind not in TEXTS:
        _cut_after_gap(rows, received.stray)
    if len(rows) > MAX_ROWS:
        raise _too_many_rows(source, info)
    cut_short = limit_rows is not None and received.total >= limit_rows and len(rows) >= limit_rows
    while rows and not any(v is not None for v in rows[-1]):
        rows.pop()
    _put_errors(rows, received.marks["errors"])
    width = _width(source, rows, received.stray)
    if any(len(row) != width for row in rows):
        rows = [row if len(row) == width else (*row[:width], *[None] * (width - len(row))) for row in rows]
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
        replaced=received.replaced,
        unclosed=received.unclosed,
        cut_short=cut_short,
    )


def _too_many_rows(source: Source, info: SheetInfo) -> UnusableFile:
    return UnusableFile(
        N_("Sheet {sheet} of {file} has more than {most} rows, more than Excel itself allows."),
        file=source.file,
        sheet=info.name,
        most=MAX_ROWS,
    )


def _width(source: Source, rows: list[tuple[Cell, ...]], stray: list[str]) -> int:
    """How wide the rectangle is that holds the rows.

    A few rows far longer than all others would make it huge: what they hold beyond the others is left out as stray.

    Raises:
        UnusableFile: the rectangle is beyond the limit all the same.
    """
    width = max(map(len, rows), default=0)
    if len(rows) * width > _LARGE:
        lengths = [filled(row) for row in rows]
        if sum(lengths) * 4 < len(rows) * width:
            width = usual = sorted(lengths)[-_MOST_STRAY - 1]  # all but so few rows are no longer
            far = [address(r, length - 1) for r, length in enumerate(lengths) if length > usual]
            stray += far[: _MOST_STRAY - len(stray)]
    if len(rows) * width > MAX_CELLS:
        raise too_many_cells(source.file, len(rows), width)
    return width


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

"""The reading child: a process of its own that parses one file from outside under limits and sends back what it read.

A parser that aborts, runs wild or eats the memory takes down this process and not the program. It is started by
``handover.exchange.reading.child_process`` and speaks the frames of ``handover.confined`` on its standard output.
"""

from __future__ import annotations

import gc
import json
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from handover.confined import answer, confine_this_process, send
from handover.exchange.reading.child_frames import CHUNK, RowEncoder
from handover.exchange.reading.limits import MAX_COLUMNS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook


def main() -> int:
    """Do the one job that stands on standard input as a line of JSON; a second line says whether to read marks."""
    sys.dont_write_bytecode = True
    out = sys.stdout.buffer
    job = json.loads(sys.stdin.buffer.readline())
    if not job.get("unconfined"):
        confine_this_process()
    gc.disable()
    return 0 if answer(job, _JOBS, out) else 1


def _list(job: dict[str, Any], out: BinaryIO) -> None:
    """Names, visibility and size of the sheets."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    workbook = _opened(job["path"])
    for place, entry in enumerate(workbook.sheets_metadata):
        if entry.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_index(place)
            hidden = entry.visible != SheetVisibleEnum.Visible
            send(out, ("sheet", entry.name, hidden, *_extent(sheet)))


def _opened(path: str) -> CalamineWorkbook:
    """A workbook by what it holds: calamine goes by the name, and many a web page calls its .xlsx or .ods an .xls."""
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_path(path)
    except CalamineError:
        with Path(path).open("rb") as file:
            return CalamineWorkbook.from_filelike(file)


def _extent(sheet: CalamineSheet) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell in use; calamine's ``total_*`` are one short of that."""
    return (sheet.end[0] + 1, sheet.end[1] + 1) if sheet.end else (0, 0)


def _read(job: dict[str, Any], out: BinaryIO) -> None:
    """All rows of a sheet, then its merged areas and marks."""
    sheet = _opened(job["path"]).get_sheet_by_name(job["sheet"])
    height, width = _extent(sheet)
    if width > MAX_COLUMNS and job["part"]:
        _read_far(job, out)
        return
    send(out, ("size", height, width))
    _send_rows(sheet, job["most"], out)
    if job.get("kind") == "ods":
        _send_ods_marks(job, out, height)
        return
    send(out, ("merged", [(a[0], a[1], b[0], b[1]) for a, b in sheet.merged_cell_ranges or ()]))
    _send_marks(job, out, height)


def _send_rows(sheet: CalamineSheet, most: int | None, out: BinaryIO) -> None:
    if sheet.start is None:
        return
    width = min(_extent(sheet)[1], MAX_COLUMNS)
    left = sheet.start[1]
    encoder = RowEncoder()
    chunk: list[list[Any]] = []
    margin = [""] * left
    for done, row in enumerate(sheet.iter_rows(), 1):  # from row 1 on, but only from the first column in use
        chunk.append(margin + row if left else row)
        if len(chunk) >= CHUNK or done == most:
            _send_chunk(encoder, chunk, width, out)
            chunk = []
            if done == most:
                return
    _send_chunk(encoder, chunk, width, out)


def _send_chunk(encoder: RowEncoder, chunk: list[list[Any]], width: int, out: BinaryIO) -> None:
    for n, row in enumerate(chunk):
        if len(row) != width:
            chunk[n] = [*row[:width], *[""] * (width - len(row))]
    send(out, encoder.encode(chunk))


def _read_far(job: dict[str, Any], out: BinaryIO) -> None:
    """The rows of a sheet with cells beyond the limits, without those cells."""
    from handover.exchange.reading.far_cells import read_cells

    with zipfile.ZipFile(job["path"]) as archive:
        stray: list[str] = []
        height = 0
        waiting: list[list[Any]] = []
        for rows, so_far in read_cells(archive, job["part"], job["texts"], job["styles"], job["date1904"]):
            stray = so_far
            waiting += rows
            height += len(rows)
            if len(waiting) >= CHUNK:
                _send_uneven(waiting, out)
                waiting = []
            if job["most"] and height >= job["most"]:
                break
        _send_uneven(waiting, out)
        send(out, ("stray", stray))
    _send_marks(job, out, height)


def _send_uneven(rows: list[list[Any]], out: BinaryIO) -> None:
    """Rows of different widths: a frame for itself, padded to its widest."""
    if rows:
        width = max(len(row) for row in rows)
        send(out, ("uneven", width))
        _send_chunk(RowEncoder(), [["" if v is None else v for v in row] for row in rows], width, out)


def _send_ods_marks(job: dict[str, Any], out: BinaryIO, height: int) -> None:
    from handover.exchange.reading.ods_marks import read_ods_marks

    with zipfile.ZipFile(job["path"]) as archive:
        merged, marks = read_ods_marks(archive, job["sheet"], height)
    send(out, ("merged", merged))
    send(out, ("marks", dict(marks)))


def _send_marks(job: dict[str, Any], out: BinaryIO, height: int) -> None:
    from handover.exchange.reading.sheet_marks import read_marks

    # Whether the sheet has any is told later than the job: who asks may still be looking.
    if job["part"] and json.loads(sys.stdin.buffer.readline() or b"false"):
        with zipfile.ZipFile(job["path"]) as archive:
            send(out, ("marks", dict(read_marks(archive, job["part"], job["styles"], height))))


_JOBS = {"list": _list, "read": _read, "far": _read_far}


if __name__ == "__main__":
    sys.exit(main())

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

from handover.confined import answer, send
from handover.confining import confine_this_process
from handover.exchange.reading.child_frames import CHUNK, RowSender
from handover.exchange.reading.limits import MAX_COLUMNS

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

_MOST_MERGED = 200_000


def main() -> int:
    """Do the one job that stands on standard input as a line of JSON; a second line says whether to read marks."""
    sys.dont_write_bytecode = True
    out = sys.stdout.buffer
    job = json.loads(sys.stdin.buffer.readline())
    confine_this_process()
    gc.disable()
    return 0 if answer(job, _JOBS, out) else 1


def _look(job: dict[str, Any], out: BinaryIO) -> None:
    from handover.exchange.reading.looking import look

    for frame in look(job):
        send(out, frame)
        out.flush()


def _text(job: dict[str, Any], out: BinaryIO) -> None:
    """All rows of a text file, then what was odd about it."""
    from handover.exchange.reading.text_file import Dialect
    from handover.exchange.reading.text_rows import TextRows

    def tell(done: int, total: int, _what: str) -> bool:
        send(out, ("at", done, total))
        return True

    sender = RowSender(out, job["file"])
    rows = TextRows(Path(job["path"]), Dialect(*job["dialect"]))
    for number, row in enumerate(rows.read(tell), 1):
        sender.add(row)
        if number == job["most"]:
            break
    sender.flush()
    send(out, ("stray", tuple(rows.stray)))
    send(out, ("replaced", tuple(rows.replaced)))
    if rows.unclosed is not None:
        send(out, ("unclosed", *rows.unclosed))


def _read(job: dict[str, Any], out: BinaryIO) -> None:
    """All rows of a sheet, then its merged areas and marks."""
    from handover.exchange.reading.mark_frames import merged_frame
    from handover.exchange.reading.workbook import extent, opened

    sheet = opened(job["path"]).get_sheet_by_name(job["sheet"])
    height, width = extent(sheet)
    if width > MAX_COLUMNS and job["part"]:
        _read_far(job, out)
        return
    send(out, ("size", height))
    _send_rows(sheet, min(width, MAX_COLUMNS), job, out)
    if job.get("kind") == "ods":
        _send_ods_marks(job, out, height)
        return
    areas = [(a[0], a[1], b[0], b[1]) for a, b in (sheet.merged_cell_ranges or ())[:_MOST_MERGED]]
    send(out, merged_frame(areas, _MOST_MERGED))
    _send_marks(job, out, height)


def _send_rows(sheet: CalamineSheet, width: int, job: dict[str, Any], out: BinaryIO) -> None:
    if sheet.start is None:
        return
    left = sheet.start[1]
    sender = RowSender(out, job["file"])
    chunk: list[list[Any]] = []
    margin = [""] * left
    for done, row in enumerate(sheet.iter_rows(), 1):  # from row 1 on, but only from the first column in use
        row = margin + row if left else row
        chunk.append(row if len(row) == width else [*row[:width], *[""] * (width - len(row))])
        if len(chunk) >= CHUNK or done == job["most"]:
            sender.send(chunk)
            chunk = []
            if done == job["most"]:
                return
    if chunk:
        sender.send(chunk)


def _read_far(job: dict[str, Any], out: BinaryIO) -> None:
    """The rows of a sheet with cells beyond the limits, without those cells."""
    from handover.exchange.reading.far_cells import read_cells

    with zipfile.ZipFile(job["path"]) as archive:
        stray: list[str] = []
        height = 0
        sender = RowSender(out, job["file"])
        for rows, so_far in read_cells(archive, job["part"], job["texts"], job["styles"], job["date1904"]):
            stray = so_far
            height += len(rows)
            for row in rows:
                sender.add(["" if v is None else v for v in row])
            if job["most"] and height >= job["most"]:
                break
        sender.flush()
        send(out, ("stray", tuple(stray)))
    _send_marks(job, out, height)


def _send_ods_marks(job: dict[str, Any], out: BinaryIO, height: int) -> None:
    from handover.exchange.reading.mark_frames import mark_frames, merged_frame
    from handover.exchange.reading.ods_marks import read_ods_marks

    with zipfile.ZipFile(job["path"]) as archive:
        merged, marks = read_ods_marks(archive, job["sheet"], height)
    send(out, merged_frame(merged, _MOST_MERGED))
    for frame in mark_frames(marks):
        send(out, frame)


def _send_marks(job: dict[str, Any], out: BinaryIO, height: int) -> None:
    from handover.exchange.reading.mark_frames import mark_frames
    from handover.exchange.reading.sheet_marks import read_marks

    # Whether the sheet has any is told later than the job: who asks may still be looking.
    if job["part"] and json.loads(sys.stdin.buffer.readline() or b"false"):
        with zipfile.ZipFile(job["path"]) as archive:
            for frame in mark_frames(read_marks(archive, job["part"], job["styles"], height)):
                send(out, frame)


_JOBS = {"look": _look, "text": _text, "read": _read, "far": _read_far}


if __name__ == "__main__":
    sys.exit(main())

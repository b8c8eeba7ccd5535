"""How long a register takes to be written as workbook and PDF: ``python -m tests.bench.bench_exports``.

The peers, in the same run: XlsxWriter in constant-memory mode that writes the bare values of the same cells, and
LibreOffice that turns the same workbook into a PDF, which takes it minutes. Wanted are ratios of at most 1.2 for the
workbook of 50,000 rows and 26 columns, and of 0.3 and 0.2 for the PDF of 5,000 and 50,000; at most 150 MB and 300 MB.
Each is written in a process of its own, whose time is that of its processor, since other work on the machine would
blur a clock.
"""

from __future__ import annotations

import datetime as dt
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from handover.pack.excel.workbook import write_excel
from handover.pack.outline import (
    Cell,
    Cover,
    PackOutline,
    Row,
    Rows,
    Section,
    Status,
    TableBlock,
    TableColumn,
)
from handover.pack.pdf.document import write_pdf
from handover.values import print_forms as forms
from handover.wording import Text

COLUMNS, PRINTED = 26, 9
SIZES = (5_000, 50_000)
_STATES = (
    Status(Text("Complete", "已完成"), "ok"),
    Status(Text("In progress", "进行中"), "info"),
    Status(Text("Overdue", "已逾期"), "danger"),
)
_KINDS = (
    forms.TEXT, forms.TEXT, forms.LONG, forms.TEXT, forms.TEXT, forms.DAY, forms.DAY, forms.NUMBER, forms.SHARE,
    forms.STATUS,
)  # fmt: skip
_FIRST = dt.date(2026, 1, 1)
_PEOPLE = ("张建国", "Maria Lindqvist", "李强；王丽华", None)


class Taken(NamedTuple):
    """Seconds of the processor and megabytes at most."""

    seconds: float
    megabytes: int


def _cell(row: int, column: int) -> Cell:
    match column % 10:
        case 0:
            return f"DOC-{row:05}-{column}"
        case 1:
            return f"P&ID 图号 {row * 7 % 9973}-{column}"
        case 2:
            return f"Hand over as-built drawings of line {row} including loop sheets 电池包线 EOL 下线检测设备联机调试"
        case 3:
            return _PEOPLE[row % 4]
        case 4:
            return f"System {row % 40}"
        case 5 | 6:
            return _FIRST + dt.timedelta(days=row * column % 700)
        case 7:
            return row * 1.25
        case 8:
            return (row % 11) / 10
    return _STATES[row % 3]


def rows_of(many: int) -> Iterator[Row]:
    """So many rows of a register."""
    return (tuple(_cell(row, column) for column in range(COLUMNS)) for row in range(many))


def an_outline(many: int) -> PackOutline:
    """A register of so many rows, read afresh as from a workspace."""
    columns = tuple(
        TableColumn(
            f"c{n}", Text(f"Column {n}", f"列 {n}"), _KINDS[n % 10], in_print=n < PRINTED,
            choices=_STATES if _KINDS[n % 10] is forms.STATUS else (),
        )
        for n in range(COLUMNS)
    )  # fmt: skip
    table = TableBlock("documents", Text("Documents", "文件"), columns, Rows(lambda: rows_of(many)), many)
    section = Section("documents", "Documents", (table,))
    made = dt.datetime(2026, 1, 1)
    return PackOutline("Documents", Cover("Plant", "P"), "P-DOC", made, "en", (section,), front=False)


def ours_xlsx(many: int, folder: Path) -> None:
    """The workbook as the program writes it."""
    write_excel(an_outline(many), folder / f"ours-{many}.xlsx")


def ours_pdf(many: int, folder: Path) -> None:
    """The PDF as the program writes it."""
    write_pdf(an_outline(many), folder / f"ours-{many}.pdf")


def peer_xlsx(many: int, folder: Path) -> None:
    """The bare values by XlsxWriter."""
    import xlsxwriter

    options = {"constant_memory": True, "default_date_format": "yyyy-mm-dd"}
    with xlsxwriter.Workbook(str(folder / f"peer-{many}.xlsx"), options) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows_of(many)):
            for n, cell in enumerate(row):
                if cell is not None:
                    sheet.write(at, n, cell.label.en if isinstance(cell, Status) else cell)


def only_printed(many: int, folder: Path) -> None:
    """The workbook with the columns of the PDF alone, for LibreOffice to print."""
    outline = an_outline(many)
    (section,) = outline.sections
    (table,) = section.blocks
    short = TableBlock(
        table.key, table.title, table.columns[:PRINTED], Rows(lambda: (row[:PRINTED] for row in rows_of(many))), many
    )
    narrowed = PackOutline(
        "Documents", outline.cover, "P-DOC", outline.made_at, "en", (Section("documents", "Documents", (short,)),)
    )
    write_excel(narrowed, folder / f"printed-{many}.xlsx")


def office_pdf(many: int, folder: Path) -> None:
    """The PDF by LibreOffice, of the same workbook."""
    profile = f"-env:UserInstallation=file://{folder}/office"
    words = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(folder / "office-pdf")]
    subprocess.run([*words, str(folder / f"printed-{many}.xlsx")], check=True, capture_output=True)


WAYS: dict[str, Callable[[int, Path], None]] = {
    each.__name__: each for each in (ours_xlsx, ours_pdf, peer_xlsx, only_printed, office_pdf)
}


def taken(way: Callable[[int, Path], None], many: int, folder: Path) -> Taken:
    """What one way takes in a process of its own."""
    words = [sys.executable, "-m", "tests.bench.bench_exports", way.__name__, str(many), str(folder)]
    seconds, kilobytes = subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()
    return Taken(float(seconds), int(kilobytes) // 1024)


def _one(name: str, many: str, folder: str) -> None:
    WAYS[name](int(many), Path(folder))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    seconds = sum(each.ru_utime + each.ru_stime for each in used)
    print(f"{seconds:.2f} {max(each.ru_maxrss for each in used)}")


def main() -> None:
    """Print ratios and memory."""
    with tempfile.TemporaryDirectory(prefix="bench-exports-") as home:
        folder = Path(home)
        for many in SIZES:
            ours, peer = taken(ours_xlsx, many, folder), taken(peer_xlsx, many, folder)
            print(
                f"workbook of {many} x {COLUMNS}: {ours.seconds / peer.seconds:.2f} x XlsxWriter, {ours.megabytes} MB"
            )
        if shutil.which("soffice") is None:
            print("no LibreOffice here: the PDF has no peer")
            return
        for many in SIZES:
            taken(only_printed, many, folder)
            ours, peer = taken(ours_pdf, many, folder), taken(office_pdf, many, folder)
            print(
                f"PDF of {many} rows: {ours.seconds / peer.seconds:.2f} x LibreOffice, {ours.megabytes} MB", flush=True
            )


if __name__ == "__main__":
    _one(*sys.argv[1:]) if len(sys.argv) > 1 else main()

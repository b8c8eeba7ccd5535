"""Reading 100,000 rows x 20 columns against python-calamine merely reading them: ``python tests/bench/bench_read.py``.

Prints the time of opening, reading and finding the table, the peak memory of both processes, how long a cancel takes,
and calamine's and openpyxl's own times on the same file. Each reader runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS, COLUMNS = 100_000, 20

_OURS = """
import json, resource, sys, time
from handover.exchange.reading.source import open_source
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.tables.finding import find_tables
from handover.exchange.reading.sheet import read_grid
marks = [time.perf_counter()]
gaps = [marks[0]]
def watched(*_):
    gaps.append(time.perf_counter())
    return True
source = open_source(sys.argv[1], watched); marks.append(time.perf_counter())
grid = read_grid(source, progress=watched); marks.append(time.perf_counter())
tables = find_tables(grid, heading_likeness); marks.append(time.perf_counter())
print(json.dumps({
    "open": marks[1] - marks[0], "read": marks[2] - marks[1], "tables": marks[3] - marks[2], "rows": grid.height,
    "longest_silence": max(b - a for a, b in zip(gaps, gaps[1:])),
    "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "child": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
}))
"""
_CALAMINE = """
import json, sys, time
from python_calamine import CalamineWorkbook
start = time.perf_counter()
rows = CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()
print(json.dumps({"read": time.perf_counter() - start, "rows": len(rows)}))
"""
_OPENPYXL = """
import json, sys, time
from openpyxl import load_workbook
start = time.perf_counter()
rows = sum(1 for _ in load_workbook(sys.argv[1], read_only=True).worksheets[0].iter_rows(values_only=True))
print(json.dumps({"read": time.perf_counter() - start, "rows": rows}))
"""
_CANCEL = """
import json, sys, time
from handover.errors import Cancelled
from handover.exchange.reading.source import open_source
from handover.exchange.reading.sheet import read_grid
source = open_source(sys.argv[1])
asked = []
start = time.perf_counter()
def stopping(*_):
    # What a window does: it sets the flag between two calls, so the wait counts from then.
    now = time.perf_counter()
    if now - start > 0.4 and not asked:
        asked.append(now)
        return True
    return not asked
try:
    read_grid(source, progress=stopping)
    print(json.dumps({"waited": None}))
except Cancelled:
    print(json.dumps({"waited": time.perf_counter() - asked[0]}))
"""


def main() -> None:
    """Make the file, read it in every way, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--openpyxl", action="store_true", help="measure openpyxl too, which takes ten times as long")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        write_register(path, chosen.rows)
        print(f"{path.stat().st_size / 2**20:.1f} MiB, {chosen.rows} rows x {COLUMNS} columns")
        peer = run(_CALAMINE, path)
        ours = run(_OURS, path)
        whole = ours["open"] + ours["read"] + ours["tables"]
        print(f"python-calamine alone        {peer['read']:6.2f} s")
        print(f"open, read, find the table   {whole:6.2f} s   {whole / peer['read']:.2f} times as long")
        for step in ("open", "read", "tables"):
            print(f"    {step:24s} {ours[step]:6.2f} s")
        print(f"memory {ours['memory']:.0f} MiB, of the child {ours['child']:.0f} MiB")
        print(f"longest time without progress {ours['longest_silence']:.2f} s")
        print(f"cancel answered after {run(_CANCEL, path)['waited'] or 0:.2f} s")
        if chosen.openpyxl:
            print(f"openpyxl, read-only          {run(_OPENPYXL, path)['read']:6.2f} s")


def run(code: str, path: Path) -> dict[str, float]:
    """Run a measurement in a process of its own."""
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def write_register(path: Path, rows: int) -> None:
    """A register as Excel saves it: shared texts, dates by style, numbers."""
    random.seed(7)
    texts: dict[str, int] = {}

    def text(address: str, value: str) -> str:
        return f'<c r="{address}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'

    letters = "ABCDEFGHIJKLMNOPQRST"
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{space}"><dimension ref="A1:T{rows + 1}"/><sheetData>'.encode())
            heads = ["No", "Document No.", "Title", "Status", "Planned date", "Actual date", "Holder", "Receiver"]
            heads += [f"Field {n}" for n in range(9, 21)]
            sheet.write(('<row r="1">' + "".join(map(text, (f"{c}1" for c in letters), heads)) + "</row>").encode())
            for n in range(2, rows + 2):
                day = 45_000 + random.randrange(1500)
                cells = [
                    f'<c r="A{n}"><v>{n - 1}</v></c>',
                    text(f"B{n}", f"KC-{n:06d}"),
                    text(f"C{n}", f"Title of {n}"),
                ]
                cells.append(text(f"D{n}", random.choice(("planned", "received", "accepted"))))
                cells += [f'<c r="{c}{n}" s="1"><v>{day}</v></c>' for c in "EF"]
                cells += [text(f"{c}{n}", f"Person {random.randrange(60)}") for c in "GH"]
                cells += [text(f"{c}{n}", f"Value {random.randrange(400)}") for c in "IJKLMNO"]
                cells += [f'<c r="{c}{n}"><v>{random.randrange(10_000) / 100}</v></c>' for c in "PQRST"]
                sheet.write(f'<row r="{n}">{"".join(cells)}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
        strings = "".join(f"<si><t>{value}</t></si>" for value in texts)
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{space}">{strings}</sst>')
        xfs = '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs>'
        archive.writestr("xl/styles.xml", f'<styleSheet xmlns="{space}">{xfs}</styleSheet>')
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{space}" xmlns:r="{office}"><sheets>'
            '<sheet name="Register" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        parts = (
            ("r1", "worksheet", "worksheets/sheet1"),
            ("r2", "sharedStrings", "sharedStrings"),
            ("r3", "styles", "styles"),
        )
        links = "".join(f'<Relationship Id="{i}" Type="{office}/{kind}" Target="{to}.xml"/>' for i, kind, to in parts)
        archive.writestr(
            "xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}/relationships">{links}</Relationships>'
        )
        root = f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}/relationships">{root}</Relationships>')
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        types = "".join(
            f'<Override PartName="/xl/{name}.xml" ContentType="{kind}.{what}+xml"/>'
            for name, what in (
                ("workbook", "sheet.main"),
                ("worksheets/sheet1", "worksheet"),
                ("sharedStrings", "sharedStrings"),
                ("styles", "styles"),
            )
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        )


if __name__ == "__main__":
    main()

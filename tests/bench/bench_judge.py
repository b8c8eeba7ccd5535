"""The judge's own time against reading the same sheet: ``python tests/bench/bench_judge.py``.

A register of 2,000 rows x 30 columns is read and judged; printed is the time of finding its list, columns, sheet and
register, as a share of the time of opening and reading it. At most 0.3 is wanted.
"""

from __future__ import annotations

import random
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from openpyxl import Workbook

from handover.exchange.columns.memory import Memory
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.registers.catalogue import register

ROWS, COLUMNS, TIMES = 2_000, 30, 5
HEADINGS = (
    "ID", "WBS", "Task Name", "Owner", "Start", "Finish", "Duration", "% Complete", "Predecessors", "Status",
    "System", "Discipline", "Location", "Actual start", "Actual finish", "Notes", "Cost", "Priority", "Contractor",
    "Created", "Type", "Remarks", "Phase", "Quantity", "Unit", "Checked by", "Result", "Area", "Tag", "Deadline",
)  # fmt: skip


def a_register(path: Path) -> None:
    """Write the workbook."""
    drawn = random.Random(1)
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADINGS[:COLUMNS])
    for n in range(1, ROWS + 1):
        day = date(2026, 1, 1) + timedelta(drawn.randrange(600))
        row = [n, f"{n // 50}.{n % 50}", f"Check pump {drawn.randrange(10**6)} of line {n}", f"Owner {n % 9}", day,
               day + timedelta(5), 4, drawn.random(), n - 1 if n > 1 else None, "In progress", f"SYS-{n % 20}", "EL",
               "Hall 2", day, None, "as agreed with the site", 12.5, "High", "Contractor", day, "A", None,
               f"Phase {n // 200}", 3, "pcs", "Inspector", "ok", "B", f"TAG-{n}", day]  # fmt: skip
        sheet.append(row[:COLUMNS])
    book.save(path)


def main() -> None:
    """Print the shares."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.xlsx"
        a_register(path)
        memory = Memory(Path(folder) / "none.json")
        reading, judged, named = [], [], []
        for _ in range(TIMES):
            start = time.perf_counter()
            source = open_source(path)
            grid = read_grid(source)
            reading.append(time.perf_counter() - start)
            for wanted, times in ((None, judged), (register("tasks"), named)):
                file = ImportFile(source, memory)
                file._whole[source.sheets[0].name] = grid
                start = time.perf_counter()
                file.best(wanted)
                times.append(time.perf_counter() - start)
    read = min(reading)
    print(f"{ROWS:,} rows x {COLUMNS} columns: reading {read * 1000:.0f} ms")
    print(f"judging with a register named: {min(named) * 1000:.0f} ms, {min(named) / read:.2f} x reading")
    print(f"judging among all registers: {min(judged) * 1000:.0f} ms, {min(judged) / read:.2f} x reading")


if __name__ == "__main__":
    main()

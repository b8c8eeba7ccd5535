"""How fast a register of 100,000 rows opens, filters and scrolls, beside raw SQLite reading the same rows.

Run: ``python tests/bench/bench_register.py [ROWS]``. Each line gives the window's time, the peer's and their ratio:
ratios of one machine can be compared, seconds can't. The peer is ``sqlite3`` fetching the same columns of the first
rows, or of all rows that a filter finds, into Python; where LibreOffice is installed, opening the same rows as CSV in
Calc is timed as well.
"""

from __future__ import annotations

import csv
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HANDOVER_HOME", tempfile.mkdtemp(prefix="handover-bench-"))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handover.model import Document
from handover.registers.pick_acts import pick_or_new
from handover.registers.search.filling import catch_up
from handover.store import Workspace
from tests.domain import a_project, a_workspace
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.shell.context import Context, ProjectInHand

_COLUMNS = "id, ref, number, title, discipline_id, doc_type_id, revision, status, due_on"


def a_register(folder: Path, rows: int) -> tuple[Workspace, str]:
    """A workspace with a project of so many documents."""
    workspace = a_workspace(folder)
    project = a_project(workspace, "BENCH")
    with workspace.edit("Fill", project=project) as work:
        disciplines = [pick_or_new(work, "discipline", word) for word in ("Process", "仪表", "Electrical")]
        types = [pick_or_new(work, "document_type", word) for word in ("Drawing", "Record")]
        work.session.flush()
        work.insert_many(
            Document,
            [
                {
                    "number": f"{n % 90:02}-{n:06}",
                    "title": f"{('Manual', '操作规程', 'Data sheet')[n % 3]} of unit {n // 3} 单元",
                    "discipline_id": disciplines[n % 3],
                    "doc_type_id": types[n % 2],
                    "revision": "ABC"[n % 3],
                    "status": ("placeholder", "submitted", "accepted")[n % 3],
                    "due_on": f"2026-{n % 12 + 1:02}-15",
                }
                for n in range(rows)
            ],
        )
    return workspace, project


def timed(work: Callable[[], object], repeat: int = 3) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def megabytes() -> float:
    """The memory that this process holds now; its largest so far where the system tells no more."""
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * resource.getpagesize() / 2**20
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class Window:
    """A register page as it is used."""

    def __init__(self, workspace: Workspace, project: str) -> None:
        self.context = Context(Settings(Path(tempfile.mkdtemp()) / "window.ini"))
        self.context.take_workspace(workspace)
        self.context.take_project(ProjectInHand(project, "BENCH", "Bench"))
        self.page: RegisterPage | None = None

    def open(self) -> None:
        """Open the page and paint its first rows."""
        self.page = RegisterPage(self.context, "documents")
        self.page.resize(1280, 800)
        self.page.grab()

    def rest(self) -> None:
        """Until nothing is being read."""
        while self.context.jobs:
            QTest.qWait(1)

    def filter(self, text: str) -> tuple[float, float]:
        """Type a text; the time that the last key took in the window's thread, and until the rows were painted."""
        assert self.page is not None
        quick = self.page.bar.quick
        quick.clear()
        QTest.qWait(200)
        self.rest()
        quick.setText(text[:-1])
        start = time.perf_counter()
        QTest.keyClicks(quick, text[-1])
        key = time.perf_counter() - start
        while self.page.query().text != text or self.context.jobs:
            QTest.qWait(1)
        self.page.grab()
        return key, time.perf_counter() - start

    def longest_pause(self, work: Callable[[], object]) -> float:
        """The longest time that the window didn't answer while ``work`` and what it began went on."""
        work()
        longest, last = 0.0, time.perf_counter()
        end = last + 1.0
        while time.perf_counter() < end or self.context.jobs:
            QApplication.processEvents()
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
        return longest

    def longest_work(self, work: Callable[[], object]) -> float:
        """The longest that the window's thread works at a stretch until ``work`` is shown, in processor time."""
        begun = time.thread_time()
        work()
        longest, end = time.thread_time() - begun, time.perf_counter() + 0.5
        while time.perf_counter() < end or self.context.jobs:
            begun = time.thread_time()
            QApplication.processEvents()
            longest = max(longest, time.thread_time() - begun)
        return longest


def line(what: str, ours: float, peer: float | None = None, name: str = "sqlite3") -> None:
    """One line of the result."""
    ratio = f"   {name} {peer * 1000:8.1f} ms   ratio {ours / peer:6.2f}" if peer else ""
    print(f"{what:<38}{ours * 1000:8.1f} ms{ratio}")


def calc(path: Path, rows: list[tuple[object, ...]]) -> float | None:
    """How long LibreOffice Calc takes to load the rows and write them again; None where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None
    source = path / "rows.csv"
    with source.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)
    profile = f"-env:UserInstallation=file://{path}/profile"
    command = [program, profile, "--headless", "--convert-to", "ods", "--outdir", str(path), str(source)]
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return time.perf_counter() - start


def main(rows: int) -> None:
    """Measure and print."""
    app = QApplication([])
    folder = Path(tempfile.mkdtemp(prefix="bench-register-"))
    workspace, project = a_register(folder, rows)
    path = workspace.path
    catch_up(workspace)  # as at any but the first opening
    window = Window(workspace, project)
    before = megabytes()

    def peer_first() -> object:
        with closing(sqlite3.connect(path)) as connection:
            order = "ORDER BY id LIMIT 200"
            return connection.execute(f"SELECT {_COLUMNS} FROM document WHERE deleted_at IS NULL {order}").fetchall()

    def peer_all() -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"SELECT {_COLUMNS} FROM document WHERE deleted_at IS NULL").fetchall()

    def peer_filter() -> object:
        fields = ("number", "title", "revision")
        where = " OR ".join(f"{f} LIKE '%unit 99%'" for f in fields)
        with closing(sqlite3.connect(path)) as connection:
            return connection.execute(f"SELECT {_COLUMNS} FROM document WHERE {where} ORDER BY id").fetchall()

    print(f"{rows:,} documents")
    line("first rows painted", timed(window.open), timed(peer_first))
    start = time.perf_counter()
    window.open()
    window.rest()
    line("all rows known", time.perf_counter() - start, timed(peer_all))
    key, until = window.filter("unit 99")
    line("a key in the quick filter", key)
    line("filtered rows painted", until, timed(peer_filter))
    window.filter("zzz")
    window.page.bar.quick.clear()
    window.rest()
    QTest.qWait(200)
    page = window.page
    assert page is not None
    line("longest pause while filtering", window.longest_pause(lambda: page.bar.quick.setText("单元 7")))
    page.bar.quick.clear()
    QTest.qWait(200)
    window.rest()
    line("longest pause while sorting", window.longest_pause(lambda: page.filtering.sort_by((("title", False),))))

    def scroll() -> None:
        bar = page.table.verticalScrollBar()
        for part in range(20):
            bar.setValue(bar.maximum() * part // 20)
            page.table.viewport().grab()

    line("a screen after a jump", timed(scroll, 1) / 20)
    print(f"memory grown by                       {megabytes() - before:8.1f} MB")
    opened = calc(folder, peer_all())
    if opened is not None:
        line("all rows known, beside Calc", timed(lambda: (window.open(), window.rest())), opened, "Calc")
    page.close()
    app.processEvents()
    window.context.take_workspace(None)
    shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

"""The document transfer register in full beside the flat one: opening, filtering and sorting.

Run: ``python -m tests.bench.bench_documents [DOCUMENTS]``; with 100,000 it has 300,000 revisions and 20,000
transmittals. The peer is the present bench, the same number of documents without older revisions and transmittals, in
the same run and in turns with ours: at most 1.2 times its processor time is wanted for documents (what else the machine
does counts in seconds, not in those). Revisions and transmittals are timed beside raw ``sqlite3`` reading the same.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handover.registers.search.filling import catch_up
from handover.store import Workspace
from tests.bench.bench_register import Window, a_register, line, timed
from tests.bench.document_register import a_full_register, counted
from ui.register.view import RegisterPage

ROUNDS = 5


class _Pages(Window):
    """Any register's page."""

    def show(self, key: str) -> None:
        """Open the page of a register until its rows are known."""
        self.page = RegisterPage(self.context, key)
        self.page.resize(1280, 800)
        self.page.grab()
        self.rest()

    def sort(self, field: str) -> None:
        """Sort by a field until the rows are there."""
        assert self.page is not None
        self.page.filtering.sort_by(((field, True),))
        QTest.qWait(1)
        self.rest()
        self.page.grab()


#: What is done to documents, in this order.
DONE: dict[str, Callable[[_Pages], object]] = {
    "open": lambda window: window.show("documents"),
    "filter": lambda window: window.filter("unit 99"),
    "sort by title": lambda window: window.sort("title"),
}


def busy(work: Callable[[], object]) -> float:
    """Seconds of processor time that the threads of this process spend on one run."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measured(windows: Sequence[_Pages]) -> dict[str, list[float]]:
    """Opening, filtering and sorting the documents of windows in turns: of each the shortest of some rounds."""
    found = {what: [float("inf")] * len(windows) for what in DONE}
    for _ in range(ROUNDS):
        for at, window in enumerate(windows):
            for what, work in DONE.items():
                found[what][at] = min(found[what][at], busy(lambda window=window, work=work: work(window)))
    return found


def main(documents: int) -> None:
    """Measure and print."""
    app = QApplication([])
    folders = [Path(tempfile.mkdtemp(prefix="bench-documents-")) for _ in range(2)]
    flat, flat_project = a_register(folders[0], documents)
    full, project = a_full_register(folders[1], documents)
    print(", ".join(f"{n:,} {table}" for table, n in counted(full)))
    path = full.path
    windows = []
    for workspace, key in ((flat, flat_project), (full, project)):
        catch_up(workspace)
        windows.append(_Pages(workspace, key))
    for what, (peer, ours) in measured(windows).items():
        line(f"documents: {what}", ours, peer, "flat")
    for window in windows:
        window.context.take_workspace(None)
    full = Workspace.open(path, "read")
    window = _Pages(full, project)
    for key, table in (("revisions", "revision"), ("transmittals", "transmittal")):

        def raw(name: str = table) -> object:
            with closing(sqlite3.connect(path)) as connection:
                return connection.execute(f"SELECT * FROM {name} WHERE deleted_at IS NULL").fetchall()

        line(f"{key}: open", timed(lambda shown=key: window.show(shown)), timed(raw))
    window.context.take_workspace(None)
    app.processEvents()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)

"""The document transfer register in full beside the flat one: opening, filtering and sorting.

Run: ``python -m tests.bench.bench_documents [DOCUMENTS]``; with 100,000 it has 300,000 revisions and 20,000
transmittals. The peer is the present bench, the same number of documents without older revisions and transmittals, in
the same run: at most 1.2 times its time is wanted for documents. Revisions and transmittals are timed beside raw
``sqlite3`` reading the same columns.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import time
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

    def show(self, key: str) -> float:
        """Open the page of a register until its rows are known; how long it took."""
        start = time.perf_counter()
        self.page = RegisterPage(self.context, key)
        self.page.resize(1280, 800)
        self.page.grab()
        self.rest()
        return time.perf_counter() - start

    def sort(self, field: str) -> float:
        """Sort by a field until the rows are there."""
        assert self.page is not None
        start = time.perf_counter()
        self.page.filtering.sort_by(((field, True),))
        QTest.qWait(1)
        self.rest()
        self.page.grab()
        return time.perf_counter() - start


def measured(workspace: Workspace, project: str) -> dict[str, float]:
    """Opening, filtering and sorting the documents of a workspace: the shortest of some rounds."""
    catch_up(workspace)
    window = _Pages(workspace, project)
    found: dict[str, float] = {}
    for _ in range(ROUNDS):
        taken = {
            "open": window.show("documents"),
            "filter": window.filter("unit 99")[1],
            "sort by title": window.sort("title"),
        }
        found = {what: min(seconds, found.get(what, seconds)) for what, seconds in taken.items()}
    window.context.take_workspace(None)
    return found


def main(documents: int) -> None:
    """Measure and print."""
    app = QApplication([])
    folders = [Path(tempfile.mkdtemp(prefix="bench-documents-")) for _ in range(2)]
    flat, flat_project = a_register(folders[0], documents)
    peers = measured(flat, flat_project)
    full, project = a_full_register(folders[1], documents)
    print(", ".join(f"{n:,} {table}" for table, n in counted(full)))
    path = full.path
    ours = measured(full, project)
    for what, seconds in ours.items():
        line(f"documents: {what}", seconds, peers[what], "flat")
    full = Workspace.open(path, "read")
    window = _Pages(full, project)
    for key, table in (("revisions", "revision"), ("transmittals", "transmittal")):

        def peer(name: str = table) -> object:
            with closing(sqlite3.connect(path)) as connection:
                return connection.execute(f"SELECT * FROM {name} WHERE deleted_at IS NULL").fetchall()

        line(f"{key}: open", timed(lambda shown=key: window.show(shown)), timed(peer))
    window.context.take_workspace(None)
    app.processEvents()
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2_000)

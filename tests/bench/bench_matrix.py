"""How long a matrix of 300 rows and 1,500 columns takes to show: ``python -m tests.bench.bench_matrix``.

The peer, in the same run, is the least that any program has to do: the bare SQL that reads the same cells, and an empty
QTableView of the same size that is shown. A ratio of at most 2 is wanted.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import select

from handover.model import Project
from handover.model.raci import Deliverable, RaciEntry, RaciParty
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.store import Workspace
from ui.matrix.grid import MatrixGrid
from ui.matrix.model import MatrixModel

ROWS, COLUMNS, FILLED, ROUNDS = 300, 1_500, 0.15, 5
_LETTERS = "RACI"


class _Empty(QAbstractTableModel):
    def rowCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        return ROWS

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        return COLUMNS

    def data(self, _index: QModelIndex, _role: int = 0) -> None:
        return None


def a_matrix(path: Path) -> Workspace:
    """A workspace with a matrix of which a part is filled."""
    dice = random.Random(7)
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    with workspace.edit("Rows", project=project, source="import") as work:
        work.insert_many(Deliverable, [{"name": f"Deliverable {n}"} for n in range(ROWS)])
        work.insert_many(RaciParty, [{"name": f"Party {n}"} for n in range(COLUMNS)])
        down = work.session.scalars(select(Deliverable.id).order_by(Deliverable.id)).all()
        across = work.session.scalars(select(RaciParty.id).order_by(RaciParty.id)).all()
        cells = [
            {"deliverable_id": d, "party_id": a, "letter": dice.choice(_LETTERS)}
            for d in down
            for a in across
            if dice.random() < FILLED
        ]
        work.insert_many(RaciEntry, cells)
    return workspace


def timed(what: Callable[[], object]) -> float:
    """Seconds, the median of some rounds."""
    spent = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        kept = what()
        spent.append(time.perf_counter() - start)
        del kept
    return median(spent)


def main() -> int:
    """Print the parts and the ratio; 1 where it is over 2."""
    app = QApplication.instance() or QApplication(sys.argv)
    with tempfile.TemporaryDirectory() as folder, a_matrix(Path(folder) / "matrix.handover") as workspace:
        project, matrix = workspace.only_project().id, matrix_named("raci")

        def shown(view: QTableView) -> None:
            view.resize(1280, 800)
            view.show()
            app.processEvents()
            view.grab()
            view.close()
            view.deleteLater()

        def bare() -> object:
            columns = (RaciEntry.deliverable_id, RaciEntry.party_id, RaciEntry.id, RaciEntry.letter)
            wanted = select(*columns).where(RaciEntry.project_id == project, RaciEntry.deleted_at.is_(None))
            with workspace.read() as connection:
                return connection.execute(wanted).all()

        def empty() -> None:
            model = _Empty()
            view = QTableView()
            view.setModel(model)
            shown(view)

        def ours() -> None:
            with workspace.read() as connection:
                reading = read_matrix(connection, matrix, project)
            model = MatrixModel(matrix)
            grid = MatrixGrid(model)
            model.show_reading(reading, {})
            shown(grid)

        def judged() -> object:
            with workspace.read() as connection:
                reading = read_matrix(connection, matrix, project)
            return reading.findings("down"), reading.findings("across")

        for warm in (bare, empty, ours):
            warm()
        sql, table, own, with_rules = timed(bare), timed(empty), timed(ours), timed(judged)
        ratio = own / (sql + table)
        print(f"{ROWS} x {COLUMNS}: bare SQL {sql:.3f} s, empty table {table:.3f} s, ours {own:.3f} s: {ratio:.2f}")
        print(f"reading and judging every line: {with_rules / sql:.2f} times the bare SQL, beside the window's thread")
    return int(ratio > 2)


if __name__ == "__main__":
    sys.exit(main())

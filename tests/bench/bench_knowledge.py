"""How fast knowledge is at its size: ``python -m tests.bench.bench_knowledge``.

- The matrix of 300 people and 1,500 items on the screen, beside the bare SQL that reads its cells and an empty
  QTableView of that size; at most 2 is wanted. A frame of scrolling takes less than 16 ms of our own work; a key in a
  cell costs at most twice an edit in a register: of any receiver, and of the one who is least far, whom the row of
  the item shows, so that it changes too. The rules and the counts follow once the cells are on the screen.
- A search over 50,000 fault cases, also for two Chinese signs, beside the raw FTS5 query that finds the best rows; at
  most 3 is wanted. The same beside one that takes rows as they come. Then the cases that are similar to a sentence.

Times are those of the processor: what else runs on the machine doesn't count.
"""

from __future__ import annotations

import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("HANDOVER_HOME", tempfile.mkdtemp(prefix="handover-bench-"))

from PySide6.QtCore import QAbstractTableModel, QModelIndex
from PySide6.QtWidgets import QApplication, QTableView
from sqlalchemy import select

from handover.model import KnowledgeItem, Person, Project
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.learning.fault_case import FaultCase
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.knowing.similar_cases import similar_cases
from handover.registers.matrix.choices import beside_matrix
from handover.registers.matrix.filling import Place, fill
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import search
from handover.store import Workspace
from handover.store.search.text import match_of, name_match_of
from ui.matrix.grid import MatrixGrid
from ui.matrix.model import MatrixModel

PEOPLE, ITEMS, FILLED, CASES, ROUNDS = 300, 1_500, 0.1, 50_000, 5
_SIGNS = (
    "振动",
    "漏油",
    "跳闸",
    "温度",
    "压力",
    "轴承",
    "阀门",
    "电缆",
    "报警",
    "通讯",
    "过热",
    "堵塞",
    "泵",
    "风机",
    "接地",
    "误动",
)
_WORDS = ("pump", "valve", "trips", "leak", "bearing", "alarm", "relay", "noise", "overheats", "jammed", "cable", "fan")


class _Nothing(QAbstractTableModel):
    def rowCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        return PEOPLE

    def columnCount(self, _parent: QModelIndex = QModelIndex()) -> int:  # noqa: B008, N802 - Qt's own
        return ITEMS

    def data(self, _index: QModelIndex, _role: int = 0) -> None:
        return None


def shortest(work: Callable[[], object]) -> float:
    """The shortest of some runs, in seconds."""
    found = []
    for _ in range(ROUNDS):
        begin = time.process_time()  # other programs on the machine don't count
        work()
        found.append(time.process_time() - begin)
    return min(found)


def line(what: str, ours: float, peer: float, name: str) -> None:
    """One line of the result."""
    print(f"{what:<40}{ours * 1000:9.2f} ms   {name:<28}{peer * 1000:9.2f} ms   ratio {ours / peer:6.2f}")


def a_site(path: Path) -> Workspace:
    """A workspace with people, items, receivers and fault cases."""
    dice = random.Random(7)
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    with workspace.edit("Rows", project=project, source="import") as work:
        people = [{"name": f"Person {n}", "shift": "ABCD"[n % 4]} for n in range(PEOPLE)]
        work.insert_many(Person, people)
        items = [{"title": f"Item {n}", "criticality": str(n % 5 + 1), "status": "identified"} for n in range(ITEMS)]
        work.insert_many(KnowledgeItem, items)
        down = work.session.scalars(select(Person.id).order_by(Person.id)).all()
        across = work.session.scalars(select(KnowledgeItem.id).order_by(KnowledgeItem.id)).all()
        cells = [
            {"person_id": d, "item_id": a, "current_level": str(dice.randrange(5)), "status": "planned"}
            for d in down
            for a in across
            if dice.random() < FILLED
        ]
        work.insert_many(KnowledgeReceiver, cells)
    with workspace.edit("Cases", project=project, source="import") as work:
        work.insert_many(FaultCase, [_case(dice, n) for n in range(CASES)])
    return workspace


def _case(dice: random.Random, n: int) -> dict[str, object]:
    said = "".join(dice.choices(_SIGNS, k=4)) if n % 2 else " ".join(dice.choices(_WORDS, k=6))
    return {"symptom": f"{said} {n}", "cause": "".join(dice.choices(_SIGNS, k=3)), "status": "draft"}


def measure_matrix(workspace: Workspace) -> None:
    """The matrix on the screen, a frame, and a key."""
    app = QApplication.instance() or QApplication([])
    project, matrix = workspace.only_project().id, matrix_named("knowledge")

    def shown(view: QTableView) -> None:
        view.resize(1280, 800)
        view.show()
        app.processEvents()
        view.grab()
        view.close()

    def ours() -> None:
        with workspace.read() as connection:
            reading = read_matrix(connection, matrix, project)
        model = MatrixModel(matrix)
        grid = MatrixGrid(model)
        model.show_reading(reading, {})
        shown(grid)

    def judged() -> None:
        with workspace.read() as connection:
            reading = read_matrix(connection, matrix, project)
            beside_matrix(connection, matrix, project)
        reading.findings("down"), reading.findings("across")

    def bare() -> None:
        r = KnowledgeReceiver
        wanted = select(r.person_id, r.item_id, r.id, r.current_level, r.status).where(
            r.project_id == project, r.deleted_at.is_(None)
        )
        with workspace.read() as connection:
            connection.execute(wanted).all()

    def peer() -> None:
        bare()
        table, nothing = QTableView(), _Nothing()
        table.setModel(nothing)
        shown(table)

    line("the matrix on the screen", shortest(ours), shortest(peer), "bare SQL, an empty table")
    line("its rules and counts, beside the window", shortest(judged), shortest(bare), "bare SQL")
    model = MatrixModel(matrix)
    grid = MatrixGrid(model)
    with workspace.read() as connection:
        reading = read_matrix(connection, matrix, project)
        model.show_reading(reading, {**reading.findings("down"), **reading.findings("across")})
    grid.resize(1280, 800)
    grid.show()
    app.processEvents()
    bar, frames = grid.horizontalScrollBar(), []
    for n in range(120):
        begin = time.process_time()
        bar.setValue(n * 102)
        app.processEvents()
        frames.append(time.process_time() - begin)
    print(f"{'a frame of scrolling by the wheel':<40}{median(frames) * 1000:9.2f} ms   {'wanted':<28}{16.0:9.2f} ms")
    grid.close()
    with workspace.read() as connection:
        reading = read_matrix(connection, matrix, project)
    filled = [(d, a) for d, cells in reading.cells.items() for a in cells]
    first, titles = iter(filled), iter(range(4 * ROUNDS))
    anywhere = iter(random.Random(7).sample(filled[len(filled) // 10 :], 2 * ROUNDS))
    people = register("people")

    def key(places: Iterator[Place]) -> None:
        place = next(places)
        fill(workspace, matrix, project, {place: ("3" if reading.values(*place) != ("3",) else "2",)})

    def edit() -> None:
        change = {reading.down[next(titles)].id: {"notes": f"Note {time.perf_counter()}"}}
        editing.change(workspace, people, project, change)

    line("a key in a cell", shortest(lambda: key(anywhere)), shortest(edit), "an edit in a register")
    line("a key in one that its item shows", shortest(lambda: key(first)), shortest(edit), "an edit in a register")


def measure_search(workspace: Workspace) -> None:
    """Searches of fault cases, and what is similar."""
    project = workspace.only_project().id
    catch_up(workspace)
    with closing(sqlite3.connect(workspace.search.path)) as raw:
        for text in ("振动", "轴承过热", "bearing noise", "漏油 泵"):
            asked = match_of(text)

            def plain(asked: str = asked) -> None:
                raw.execute("SELECT rowid FROM words WHERE words MATCH ? LIMIT 1000", (asked,)).fetchall()

            def ranked(asked: str = asked) -> None:
                raw.execute("SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT 8", (asked,)).fetchall()

            def index(text: str = text, asked: str = asked) -> None:
                workspace.search.matches(asked, name_match_of(text), project, 8)

            line(
                f"the rows for {text}, in the index", shortest(index), shortest(plain), "FTS5, first 1,000 as they come"
            )
            line(f"the whole search for {text}", shortest(lambda text=text: search(workspace, text, project)),
                 shortest(ranked), "FTS5, the best 8")  # fmt: skip
    said = "给水泵轴承过热并报警, bearing overheats after the relay trips"
    print(
        f"{'similar cases of a sentence':<40}{shortest(lambda: similar_cases(workspace, project, said)) * 1000:9.2f} ms"
    )


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="bench-knowledge-") as folder:
        workspace = a_site(Path(folder) / "plant.handover")
        print(f"{PEOPLE} people x {ITEMS:,} items, {CASES:,} fault cases")
        measure_matrix(workspace)
        measure_search(workspace)
        workspace.close()


if __name__ == "__main__":
    main()

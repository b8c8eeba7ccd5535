"""How fast a search of 100,000 titles is, beside what the file itself can do in the same run.

Run: ``python tests/bench/bench_search.py [ROWS]``. Each line gives our time, the peer's and their ratio: ratios of one
machine can be compared, seconds can't. The peers are ``LIKE`` over the one column of titles for a search, storing the
same rows in one act for filling the index, and the quick filter without the index for the quick filter with it.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["HANDOVER_HOME"] = tempfile.mkdtemp(prefix="handover-bench-")

from handover.model import Document, Person, System
from handover.registers.catalogue import register
from handover.registers.query import Query, keys
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import search
from handover.store import Workspace, undo
from handover.store.search.text import match_of, name_match_of
from tests.domain import a_project, a_row, a_workspace

PARTS = (
    "换热器", "操作规程", "电池包", "装配", "电气图", "液压站", "主变压器", "巡检记录", "培训手册", "合成氨装置",
    "移交清单", "压缩机", "润滑油系统", "调试", "重量", "行车", "长度", "校验", "传感器", "原理图",
)  # fmt: skip
ASKED = ("压缩机长度", "操作", "unit 4321", "hrq", "000042", "zhangsan")


def fill(workspace: Workspace, project: str, rows: int) -> float:
    """Store the documents in one act; the seconds that it took."""
    chance = random.Random(1)
    people = [a_row(workspace, project, Person(name=name)).id for name in ("张三", "李四", "Anna Berg")]
    systems = [a_row(workspace, project, System(code=f"S-{n}", name=PARTS[n % 20])).id for n in range(30)]
    documents = [
        {
            "number": f"{n % 90:02}-{n:06}",
            "title": "".join(chance.choices(PARTS, k=3)) + f" of unit {n // 3}",
            "status": ("placeholder", "submitted", "accepted")[n % 3],
            "due_on": f"2026-{n % 12 + 1:02}-15",
            "holder_id": people[n % 3],
            "system_id": systems[n % 30],
        }
        for n in range(rows)
    ]
    start = time.perf_counter()
    with workspace.edit("Fill", project=project) as work:
        work.insert_many(Document, documents)
    return time.perf_counter() - start


def timed(work: Callable[[], object], repeat: int = 7) -> float:
    """The shortest of some runs, in seconds."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def line(what: str, ours: float, peer: float, name: str) -> None:
    """One line of the result."""
    print(f"{what:<44}{ours * 1000:9.2f} ms   {name:<22}{peer * 1000:9.2f} ms   ratio {ours / peer:7.3f}")


def main(rows: int) -> None:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    workspace = a_workspace(folder)
    project = a_project(workspace, "BENCH")
    stored = fill(workspace, project, rows)
    print(f"{rows:,} documents")
    line("filling the index", timed(lambda: catch_up(workspace), 1), stored, "storing the rows")
    sizes = workspace.search.path.stat().st_size, workspace.path.stat().st_size
    print(f"{'size of the index':<44}{sizes[0] / 1e6:9.1f} MB   {'workspace':<22}{sizes[1] / 1e6:9.1f} MB"
          f"   ratio {sizes[0] / sizes[1]:7.3f}")  # fmt: skip
    with closing(sqlite3.connect(workspace.path)) as raw:
        like = {
            text: timed(
                lambda text=text: raw.execute(
                    "SELECT id FROM document WHERE title LIKE ? LIMIT 8", (f"%{text}%",)
                ).fetchall()
            )
            for text in ("量压缩机长度重", *ASKED)  # the first is in no title: all of them are looked through
        }
    none = like["量压缩机长度重"]
    for text in ASKED:
        index = timed(lambda text=text: workspace.search.matches(match_of(text), name_match_of(text), project, 8))
        line(f"the best rows for {text}, in the index", index, none, "LIKE over all titles")
    for text in ASKED[:3]:
        line(f"the whole search for {text}", timed(lambda text=text: search(workspace, text, project)), none, "LIKE")
    documents = register("documents")
    for text in ("压缩机长度", "unit 4321", "操作"):

        def filtered(engine: object, text: str = text) -> None:
            with engine.begin() as connection:  # type: ignore[attr-defined]
                keys(connection, documents, project, Query(text=text))

        with_index = timed(lambda: filtered(workspace.engine))
        without = timed(lambda: filtered(workspace.engine.execution_options(search=None)))
        line(f"the quick filter for {text}", with_index, without, "without the index")
    start = time.perf_counter()
    undo(workspace)
    undone = time.perf_counter() - start
    line("following an undo of all of them", timed(lambda: catch_up(workspace), 1), undone, "the undo")
    a_row(workspace, project, Person(name="王五"))
    print(f"{'following one act':<44}{timed(lambda: catch_up(workspace), 1) * 1000:9.2f} ms")
    workspace.close()
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(os.environ["HANDOVER_HOME"], ignore_errors=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)

"""How long attaching many files takes, and finding words in the texts of many PDFs, each beside a peer in the same run.

Run: ``python tests/bench/bench_files.py [FILES] [BYTES] [TEXTS]``; small by default, 2,000 files of 1,000,000 bytes and
20,000 texts are what counts. The peers: ``sha256sum`` and ``cp`` of the same files (both read them, one writes them),
with and without what flushes them to the disk, which attaching does; and the bare query of the index for a search.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))
os.environ["HANDOVER_HOME"] = tempfile.mkdtemp(prefix="handover-bench-")

from sqlalchemy import select

from handover.model import Document
from handover.registers.catalogue import register
from handover.registers.files import attachments
from handover.registers.files.file_scan import FileVerdict, scan, taken
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import search
from handover.store import Workspace
from handover.store.search.filling import IndexEntry
from handover.store.search.text import match_of, name_match_of
from tests.domain import a_project, a_workspace

WORDS = [
    "pump",
    "valve",
    "flange",
    "gasket",
    "torque",
    "isolation",
    "start-up",
    "interlock",
    "alarm",
    "conveyor",
    "robot",
    "weld",
    "battery",
    "calibration",
    "换热器",
    "操作规程",
    "电池包",
    "装配",
    "液压站",
    "主变压器",
    "巡检",
    "压缩机",
    "润滑油",
    "调试",
    "传感器",
    "原理图",
    "检修",
    "联锁",
    "报警",
    "扭矩",
]
ASKED = ("压缩机", "battery calibration", "联锁 报警", "number 4321")


def told(what: str, ours: float, peer: float, name: str) -> None:
    """One line of the result."""
    print(f"{what:<44}{ours * 1000:10.1f} ms   {name:<30}{peer * 1000:10.1f} ms   ratio {ours / peer:6.2f}")


def timed(work: object) -> float:
    """Seconds that one run takes."""
    start = time.perf_counter()
    work()  # type: ignore[operator]  # a function without arguments
    return time.perf_counter() - start


def spent(work: object) -> float:
    """Seconds of processor time that one run takes, those of the programs it starts included."""
    before = os.times()
    work()  # type: ignore[operator]  # as above
    after = os.times()
    return sum(after[:4]) - sum(before[:4])


def attaching(folder: Path, files: int, size: int) -> None:
    """Scan a folder and attach all in it."""
    outside = folder / "outside"
    outside.mkdir()
    chance = random.Random(1)
    for n in range(files):
        (outside / f"PU-{n:05}-DS.bin").write_bytes(chance.randbytes(size + n % 7))
    with a_workspace(folder) as workspace:
        project = a_project(workspace, "BENCH")
        with workspace.edit("Fill", project=project) as work:
            work.insert_many(Document, [{"number": f"PU-{n:05}-DS", "title": f"Data sheet {n}"} for n in range(files)])
        documents = register("documents")
        os.sync()
        names = [str(path) for path in sorted(outside.iterdir())]
        target = folder / "copied"
        target.mkdir()
        seconds = {}

        def copied() -> None:
            subprocess.run(["sha256sum", *names], check=True, stdout=subprocess.DEVNULL)
            subprocess.run(["cp", *names, str(target)], check=True)

        busy = spent(lambda: seconds.update(copies=timed(copied)))
        copies = seconds["copies"]
        flushed = timed(os.sync)
        shutil.rmtree(target)
        found = None

        def look() -> None:
            nonlocal found
            found = scan(workspace, documents, project, outside)

        looked = timed(look)
        assert found is not None
        wanted = taken(found.of(FileVerdict.MATCHED))
        assert len(wanted) == files

        def attach() -> None:
            seconds["took"] = timed(lambda: attachments.attach_to(workspace, project, wanted))

        ours = spent(attach)
        told(f"attaching {files:,} files of {size:,} bytes", seconds["took"], copies, "sha256sum + cp")
        told("the same", seconds["took"], copies + flushed, "sha256sum + cp + sync")
        told("the same, of the processor", ours, busy, "sha256sum + cp")
        told("looking through them before", looked, copies, "sha256sum + cp")


def searched(folder: Path, texts: int) -> None:
    """Find words in the texts of attached PDFs."""
    chance = random.Random(2)
    with a_workspace(folder) as workspace:
        project = a_project(workspace, "BENCH")
        with workspace.edit("Fill", project=project) as work:
            work.insert_many(Document, [{"number": f"D-{n:05}", "title": f"Sheet {n}"} for n in range(texts)])
        catch_up(workspace)
        put_texts(workspace, project, texts, chance)
        with closing(sqlite3.connect(workspace.search.path)) as raw:
            for text in ASKED:
                asked, named = match_of(text), name_match_of(text)
                bare = ("SELECT rowid, rank FROM words WHERE words MATCH ? ORDER BY rank LIMIT 8", (asked,))
                peer = min(timed(lambda bare=bare: raw.execute(*bare).fetchall()) for _ in range(5))
                index = min(
                    timed(lambda asked=asked, named=named: workspace.search.matches(asked, named, project, 8))
                    for _ in range(5)
                )
                whole = min(timed(lambda text=text: search(workspace, text, project)) for _ in range(5))
                told(f"{texts:,} texts for {text}, in the index", index, peer, "the bare query")
                told("the whole search", whole, peer, "the bare query")


def put_texts(workspace: Workspace, project: str, texts: int, chance: random.Random) -> None:
    """Have the index hold a text of a few pages for a file of each document, as reading the PDFs gives it."""
    with workspace.read() as connection:
        rows = connection.execute(select(Document.id, Document.number)).all()
    for at in range(0, texts, 500):
        entries = [
            IndexEntry("document", key, project, False, "", f"number {n} " + " ".join(chance.choices(WORDS, k=600)),
                       source=f"file {key}", place=f"{number}.pdf")
            for n, (key, number) in enumerate(rows[at : at + 500], at)
        ]  # fmt: skip
        workspace.search.fill(lambda filling, entries=entries: filling.put(entries))  # type: ignore[misc]  # bound


def main(files: int, size: int, texts: int) -> None:
    """Measure and print."""
    for what, sizes in ((attaching, (files, size)), (searched, (texts,))):
        folder = Path(tempfile.mkdtemp(prefix="bench-files-", dir=os.environ.get("BENCH_FOLDER")))
        try:
            what(folder, *sizes)  # type: ignore[operator]  # each with its own
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(os.environ["HANDOVER_HOME"], ignore_errors=True)


if __name__ == "__main__":
    given = [int(word.replace(",", "")) for word in sys.argv[1:]]
    main(*(given + [400, 100_000, 2_000][len(given) :]))

"""What was stored survives a kill, and nothing is there by halves; full disks and busy files are told."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.pool import QueuePool

from handover.errors import HandoverError
from handover.model import Document
from handover.store import Workspace
from handover.store.checking.check import check
from tests.domain import Contents, a_project, a_row, a_workspace, contents
from tests.sources import ROOT

PROGRAM = ROOT / "tests" / "store" / "crashing.py"


def killed_at_work(path: Path, what: str, acts: int, instructions: int) -> int:
    """Let a program work on a workspace and kill it somewhere in the act after ``acts``; how many it had stored."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(PROGRAM), str(path), what]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        for _ in range(acts):
            assert child.stdout.readline(), "the program ended by itself"
        sum(range(instructions))  # lets it get on by a moment that differs from case to case
        child.send_signal(signal.SIGKILL)
        stored = acts + len(child.stdout.readlines())
    assert child.returncode == -signal.SIGKILL
    return stored


def acts_found(held: Contents) -> Counter[str]:
    """How many rows each act of the program left."""
    names = [str(value) for row in held["task"] for value in row]
    return Counter(name[:-1] for name in names if re.fullmatch(r"\d+[ab]", name))


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("folder", ["local", "OneDrive"], ids=["write-ahead log", "rollback journal"])
@pytest.mark.parametrize("what", ["edit", "import"])
@pytest.mark.parametrize("seed", range(3))
def test_killed_writer_leaves_whole_acts(tmp_path: Path, folder: str, what: str, seed: int) -> None:
    chance = random.Random(f"{folder} {what} {seed}")
    with a_workspace(tmp_path / folder) as workspace:
        a_project(workspace)
    path = workspace.path

    stored = killed_at_work(path, what, chance.randint(1, 5), chance.randint(0, 3_000_000))

    with Workspace.open(path) as again:
        assert not again.read_only
        tasks = acts_found(contents(path))
    assert set(tasks.values()) == {2}, "an act is there by halves"
    assert stored <= len(tasks) <= stored + 1, "an act that was stored is lost"
    assert check(path) == []


def test_act_that_a_crash_left_half_written_to_the_file_is_taken_back(tmp_path: Path) -> None:
    with a_workspace(tmp_path / "OneDrive") as workspace:
        a_project(workspace)
    before, path = contents(workspace.path), workspace.path
    program = f"""
import os, sqlite3
connection = sqlite3.connect({str(path)!r}, isolation_level=None)
connection.execute("PRAGMA cache_size=5")  # pages are written long before the end of the act
connection.execute("BEGIN IMMEDIATE")
for n in range(5000):
    connection.execute("INSERT INTO counter VALUES (?, 'DOC', 1)", (str(n) * 20,))
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", program], check=False)
    assert path.with_name(path.name + "-journal").stat().st_size > 0, "nothing was left half written"

    with Workspace.open(path):
        assert contents(path) == before
    assert check(path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_undo_is_done_or_not(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        before = contents(workspace.path)
        with workspace.edit("Import", project=project) as work:
            work.insert_many(Document, [{"title": str(n)} for n in range(2000)])
        after = contents(workspace.path)

    killed_at_work(workspace.path, "undo", 2, 1_000_000)

    with Workspace.open(workspace.path):
        assert contents(workspace.path) in (before, after)
    assert check(workspace.path) == []


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_copy_leaves_the_last_whole_copy(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Import", project=project) as work:
            work.insert_many(Document, [{"title": str(n)} for n in range(2000)])

    killed_at_work(workspace.path, "copy", 2, 500_000)

    copy = tmp_path / "copy.handover"
    assert contents(copy) == contents(workspace.path)
    assert check(copy) == []


def cut_anywhere(path: Path, folder: Path, chance: random.Random) -> Path:
    """A copy of an open workspace as a power cut might leave it: its write-ahead log torn at some sector."""
    folder.mkdir()
    copy = folder / path.name
    shutil.copy(path, copy)
    log = path.with_name(path.name + "-wal").read_bytes()
    copy.with_name(copy.name + "-wal").write_bytes(log[: chance.randrange(0, len(log) + 1, 512)])
    return copy


@pytest.mark.parametrize("seed", range(8))
def test_power_cut_loses_no_act_but_the_last_and_none_by_halves(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        states = [contents(workspace.path)]
        for n in range(4):
            with workspace.edit("Import", project=project) as work:
                work.insert_many(Document, [{"title": f"{n}.{m}"} for m in range(30)])
            states.append(contents(workspace.path))

        torn = cut_anywhere(workspace.path, tmp_path / "after", chance)

    with closing(sqlite3.connect(torn)) as connection:
        has_tables = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    assert has_tables
    assert contents(torn) in states or contents(torn)["project"] == []
    assert check(torn) == []


def test_full_disk_is_told_and_stores_nothing(workspace: Workspace, project: str) -> None:
    before = contents(workspace.path)
    with workspace.read() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    workspace.engine.dispose()
    original = workspace._connect
    limit = f"PRAGMA max_page_count={pages + 1}"

    def on_a_full_disk() -> sqlite3.Connection:
        connection = original()
        connection.execute(limit)
        return connection

    workspace._connect = on_a_full_disk  # type: ignore[method-assign]  # a disk that has no page left
    workspace.engine = workspace._make_engine(QueuePool)

    with pytest.raises(HandoverError, match="The disk is full"), workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": "x" * 400} for _ in range(200)])

    assert contents(workspace.path) == before
    limit = "PRAGMA max_page_count=1000000"
    workspace.engine.dispose()
    workspace.engine = workspace._make_engine(QueuePool)
    assert a_row(workspace, project, Document(title="There is space again")).ref == "DOC-0001"


def test_file_that_another_program_writes_is_told(
    workspace: Workspace, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **kw: connect(*a, **{**kw, "timeout": 0}))
    workspace.engine.dispose()
    other = connect(workspace.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(HandoverError, match="busy in another program"), workspace.edit("Add", project=project) as work:
        work.add(Document(title="Manual"))

    other.execute("ROLLBACK")
    other.close()
    assert a_row(workspace, project, Document(title="Manual")).ref == "DOC-0001"

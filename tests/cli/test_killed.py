"""kill -9 in the middle of an import and of an export: everything is as before."""

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.query import Query, count
from handover.store.checking.check import check
from handover.store.workspace import Workspace

TASKS = register("tasks")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        editing.add_many(workspace, TASKS, project.id, [{"name": f"Task {n}"} for n in range(300)])
    return path


def tasks(path: Path) -> int:
    with Workspace.open(path, "read") as workspace, workspace.read() as connection:
        return count(connection, TASKS, workspace.only_project().id, Query())


def kill_at(step: int, job: str, workspace: Path, other: Path) -> str:
    """Let a job take some steps, then kill it; returns what it was doing."""
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("killed.py")), job, str(workspace), str(other)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as child:
        assert child.stdin
        assert child.stdout
        line = ""
        for _ in range(step):
            line = child.stdout.readline()
            assert line.strip() != "finished", "the job was over before it could be killed"
            child.stdin.write("on\n")
            child.stdin.flush()
        line = child.stdout.readline()
        child.kill()
    return line.partition("|")[0]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_killed_import_leaves_what_was_there(workspace: Path, tmp_path: Path, step: int) -> None:
    book = openpyxl.Workbook()
    book.active.append(["ID", "Task Name", "Duration"])
    for n in range(3_000):
        book.active.append([n + 1, f"New task {n}", "2 days"])
    book.save(tmp_path / "plan.xlsx")

    assert kill_at(step, "import", workspace, tmp_path / "plan.xlsx")

    assert check(workspace) == []
    assert tasks(workspace) == 300
    with Workspace.open(workspace) as opened:  # the lock of the dead process is no obstacle
        editing.add(opened, TASKS, opened.only_project().id, {"name": "Afterwards"})
    assert tasks(workspace) == 301


@pytest.mark.parametrize("step", [0, 1, 3])
def test_a_killed_export_leaves_no_file_that_looks_like_a_pack(workspace: Path, tmp_path: Path, step: int) -> None:
    out = tmp_path / "out"

    assert kill_at(step, "pack", workspace, out)

    assert [p for p in out.glob("*") if not p.name.startswith(".")] == []
    assert check(workspace) == []
    assert tasks(workspace) == 300

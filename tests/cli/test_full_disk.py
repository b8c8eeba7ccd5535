"""A disk that takes no more, at any point of an import, an export and a pack: what was there stays, nothing is left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from handover.store.checking.check import check
from tests.domain import contents
from tests.sources import ROOT

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limit can be set on the size of files")

#: Runs a command in a process none of whose files may grow beyond a size, as on a disk without space.
PROGRAM = """
import resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
limit = int(sys.argv[1])
from handover.cli.__main__ import main
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
main(sys.argv[2:])
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        editing.add_many(workspace, register("tasks"), project.id, [{"name": f"Task {n}"} for n in range(200)])
    return path


def run_with(room: int, *words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, str(room), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


@pytest.mark.parametrize("beyond", [0, 200_000, 600_000], ids=["at once", "in the act", "late"])
def test_import_on_a_full_disk_leaves_what_was_there(site: Path, tmp_path: Path, beyond: int) -> None:
    (tmp_path / "plan.csv").write_text(
        "ID,Task Name,Notes\n" + "".join(f"{n},New {n},{'x' * 3_000}\n" for n in range(1, 2_001)), encoding="utf-8"
    )
    before = contents(site)

    done = run_with(site.stat().st_size + beyond, "import", tmp_path / "plan.csv", "--into", site, "--project", "P-01")

    assert done.returncode == 3, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert contents(site) == before
    assert check(site) == []
    again = run_with(10**9, "import", tmp_path / "plan.csv", "--into", site, "--project", "P-01")
    assert again.returncode == 0, again.stderr
    assert len(contents(site)["task"]) == 2_200


@pytest.mark.parametrize("room", [0, 4_096])
@pytest.mark.parametrize("name", ["tasks.xlsx", "tasks.pdf"])
def test_export_on_a_full_disk_leaves_the_old_file(site: Path, tmp_path: Path, name: str, room: int) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).write_bytes(b"the file of yesterday")

    done = run_with(room, "export", site, "tasks", "--project", "P-01", "--to", out / name)

    assert done.returncode == 3, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert (out / name).read_bytes() == b"the file of yesterday"
    assert names(out) == {name}


@pytest.mark.parametrize("room", [0, 4_096, 20_000])
def test_pack_on_a_full_disk_leaves_nothing(site: Path, tmp_path: Path, room: int) -> None:
    out = tmp_path / "out"
    out.mkdir()

    done = run_with(room, "pack", site, "--project", "P-01", "--to", out)

    assert done.returncode == 3, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert names(out) == set()

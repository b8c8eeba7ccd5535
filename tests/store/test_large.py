"""A register of a hundred thousand rows is filled, listed, filtered, sorted and checked within the memory stated."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.sources import ROOT

PROGRAM = """
import resource, sys
from pathlib import Path
from handover.model import Document
from handover.registers.catalogue import register
from handover.registers.query import Query, count, every
from handover.store.checking.check import check
from tests.domain import a_project, a_workspace
documents = register("documents")
with a_workspace(Path(sys.argv[1])) as workspace:
    project = a_project(workspace)
    with workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": f"Manual {n}", "number": f"D-{n:06}"} for n in range(100_000)])
    with workspace.read() as connection:
        assert count(connection, documents, project, Query()) == 100_000
        assert count(connection, documents, project, Query(text="D-099999")) == 1
        assert sum(1 for _ in every(connection, documents, project, Query(sort=(("title", True),)))) == 100_000
assert check(workspace.path) == []
status = Path("/proc/self/status")  # Linux's ru_maxrss begins with what the parent held when it forked
if status.exists():
    print(next(int(line.split()[1]) for line in status.read_text().splitlines() if line.startswith("VmHWM")) // 1024)
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured as Unix does")
def test_a_hundred_thousand_rows_need_less_than_500_mb(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 500, "megabytes"

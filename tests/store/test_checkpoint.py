"""What an act has written reaches the file beside the user's work, and nothing is lost where it can't."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from handover.model import Document
from handover.store import Workspace, undo
from tests.domain import a_row


def in_file_alone(path: Path, beside: Path) -> int:
    """The documents in the file itself, without the log beside it."""
    shutil.copy(path, beside)
    with closing(sqlite3.connect(beside)) as connection:
        return int(connection.execute("SELECT count(*) FROM document").fetchone()[0])


def many(workspace: Workspace, project: str) -> None:
    with workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": str(n), "notes": "x" * 200} for n in range(9_000)])


def test_a_large_act_reaches_the_file_while_the_workspace_stays_open(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    a_row(workspace, project, Document(title="One"))
    workspace._checkpoints.close()
    assert in_file_alone(workspace.path, tmp_path / "a") == 0

    many(workspace, project)
    workspace._checkpoints.close()
    assert in_file_alone(workspace.path, tmp_path / "b") == 9_001

    undo(workspace)
    workspace._checkpoints.close()
    assert in_file_alone(workspace.path, tmp_path / "c") == 1


def test_what_somebody_still_reads_stays_in_the_log_until_the_next_time(
    workspace: Workspace, project: str, tmp_path: Path
) -> None:
    with workspace.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one() == 0
        many(workspace, project)
        workspace._checkpoints.close()
        assert connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one() == 0
    assert in_file_alone(workspace.path, tmp_path / "a") == 0

    a_row(workspace, project, Document(title="One more"))
    workspace._checkpoints.close()
    assert in_file_alone(workspace.path, tmp_path / "b") == 9_001


def test_a_workspace_closes_with_everything_in_its_file(workspace: Workspace, project: str, tmp_path: Path) -> None:
    many(workspace, project)
    workspace.close()
    assert not list(workspace.path.parent.glob("*-wal"))
    assert in_file_alone(workspace.path, tmp_path / "a") == 9_000

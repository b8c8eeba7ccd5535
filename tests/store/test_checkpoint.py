"""What an act has written reaches the file beside the user's work, and nothing is lost where it can't."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handover.model import Document
from handover.store import Workspace, checkpoint, undo
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


def test_plain_copy_of_an_idle_file_is_complete(
    workspace: Workspace, project: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoint, "_IDLE", 0.01)
    a_row(workspace, project, Document(title="One"))
    waiting = workspace._checkpoints._waiting
    assert waiting is not None
    waiting.join(30)

    assert workspace.path.with_name(workspace.path.name + "-wal").stat().st_size == 0
    assert in_file_alone(workspace.path, tmp_path / "a") == 1
    a_row(workspace, project, Document(title="Two"))
    assert workspace._checkpoints._waiting is not None, "the next act is waited for anew"


def test_file_shrinks_on_request(workspace: Workspace, project: str) -> None:
    many(workspace, project)
    undo(workspace)
    workspace._checkpoints.close()
    idle = workspace.idle_bytes
    assert idle > 100_000

    assert workspace.shrink() >= idle / 2
    assert workspace.idle_bytes == 0
    assert a_row(workspace, project, Document(title="Afterwards")).ref

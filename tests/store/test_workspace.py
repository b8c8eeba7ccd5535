"""Opening and making workspaces: each kind of file that can't be used has its own message and is left untouched."""

from __future__ import annotations

import errno
import os
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import IO

import pytest

from handover.errors import HandoverError, NotFound, ReadOnly, UnusableFile
from handover.model import Document
from handover.replacing import TargetHeld
from handover.store import Workspace, lock
from handover.store import file as files
from handover.store.lock import InUse
from tests.domain import a_project, a_row, a_workspace, beside, contents


def a_closed_workspace(folder: Path) -> Path:
    with a_workspace(folder) as workspace:
        a_project(workspace)
    return workspace.path


def set_pragma(path: Path, name: str, value: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {name}={value}")


def test_new_workspace_holds_nothing_and_leaves_no_scratch_files(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        assert workspace.projects() == []
        assert not workspace.read_only
    assert beside(workspace.path) == {"plant.handover"}


def test_new_workspace_makes_its_folder(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "a" / "b" / "plant.handover") as workspace:
        assert workspace.path.exists()


def test_new_workspace_replaces_no_file(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)
    before = path.read_bytes()

    with pytest.raises(HandoverError, match="already exists"):
        Workspace.create(path)

    assert path.read_bytes() == before


def test_new_workspace_below_a_file_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder")

    with pytest.raises(HandoverError, match="can't be created"):
        Workspace.create(tmp_path / "taken" / "plant.handover")


def test_projects_survive_closing_and_opening(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)

    with Workspace.open(path) as workspace:
        assert [project.code for project in workspace.projects()] == ["P1"]
        assert workspace.project("P1").name == "Project P1"


def test_unknown_project_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P1")
        a_project(workspace, "P2")

        with pytest.raises(NotFound, match=r"no project P3 .* P1, P2"):
            workspace.project("P3")


def test_connections_keep_what_was_committed_and_check_references(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace, workspace.read() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "trusted_schema",
                "cell_size_check",
                "mmap_size",
                "application_id",
            )
        }

    full = 2
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "mmap_size": 0,
        "application_id": files.APPLICATION_ID,
    }


def test_folder_of_a_sync_client_gets_no_write_ahead_log(tmp_path: Path) -> None:
    with a_workspace(tmp_path / "OneDrive - Plant") as workspace, workspace.read() as connection:
        assert workspace.medium == "synced"
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "delete"


# -- files that can't be used ---------------------------------------------------------------------------------------


def newer(path: Path) -> None:
    a_closed_workspace(path.parent)
    set_pragma(path, "user_version", files.SCHEMA_VERSION + 1)


def damaged(path: Path) -> None:
    a_closed_workspace(path.parent)
    data = bytearray(path.read_bytes())
    data[files.PAGE : 3 * files.PAGE] = b"\xa5" * 2 * files.PAGE
    path.write_bytes(data)


def cut_short(path: Path) -> None:
    a_closed_workspace(path.parent)
    path.write_bytes(path.read_bytes()[:20_000])


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name)")


def text(path: Path) -> None:
    path.write_text("Dear colleague, " * 100)


def empty(path: Path) -> None:
    path.touch()


def with_a_trigger(path: Path) -> None:
    a_closed_workspace(path.parent)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER evil AFTER UPDATE ON project BEGIN DELETE FROM document; END")


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (newer, "newer Handover"),
        (damaged, "is damaged"),
        (cut_short, "is damaged"),
        (foreign, "not a Handover workspace"),
        (text, "not a Handover workspace"),
        (empty, "not a Handover workspace"),
        (with_a_trigger, "code that Handover didn't write"),
    ],
)
def test_unusable_file_has_its_own_message_and_is_left_untouched(tmp_path: Path, made: object, message: str) -> None:
    path = tmp_path / "plant.handover"
    made(path)  # type: ignore[operator]  # one of the functions above
    before, around = path.read_bytes(), beside(path)

    with pytest.raises(UnusableFile, match=message) as caught:
        Workspace.open(path)

    assert "plant.handover" in str(caught.value)
    assert path.read_bytes() == before
    assert beside(path) == around


def test_missing_file_is_told_by_its_path(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=r"nowhere\.handover"):
        Workspace.open(tmp_path / "nowhere.handover")


def test_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="is a folder"):
        Workspace.open(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")
def test_pipe_in_place_of_a_file_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "p.handover")

    with pytest.raises(UnusableFile, match="is a pipe"):
        Workspace.open(tmp_path / "p.handover")


# -- reading only -----------------------------------------------------------------------------------------------------


def test_write_protected_file_opens_for_reading_and_refuses_an_edit(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)
    path.chmod(0o444)
    before = path.read_bytes()

    with Workspace.open(path) as workspace:
        assert workspace.read_only
        assert [project.code for project in workspace.projects()] == ["P1"]
        with pytest.raises(ReadOnly, match="reading only"), workspace.edit("Try"):
            pytest.fail("the block of a refused edit must not run")

    assert path.read_bytes() == before
    assert beside(path) == {"plant.handover"}


def test_read_only_workspace_is_read_from_another_thread(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)
    codes: list[str] = []

    with Workspace.open(path, "read") as workspace:
        workspace.projects()
        thread = threading.Thread(target=lambda: codes.extend(p.code for p in workspace.projects()))
        thread.start()
        thread.join()

    assert codes == ["P1"]


def test_second_window_is_told_who_has_the_file_and_may_read(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as first:
        a_project(first)

        with pytest.raises(InUse, match="already open on") as caught:
            Workspace.open(first.path)
        with Workspace.open(first.path, "read") as second:
            assert [project.code for project in second.projects()] == ["P1"]

    assert caught.value.holder is not None
    assert caught.value.holder.pid == os.getpid()


def test_second_window_opens_once_the_first_is_closed(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)

    with Workspace.open(path) as workspace:
        assert not workspace.read_only
    assert beside(path) == {"plant.handover"}


def test_lock_of_a_crashed_window_is_no_obstacle(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)
    path.with_name("plant.handover.lock").write_text('{"host": "x", "user": "y", "pid": 1, "since": "2026-01-01"}')

    with Workspace.open(path) as workspace:
        assert not workspace.read_only


def test_reader_sees_what_the_writer_stored_meanwhile(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as writer, Workspace.open(writer.path, "read") as reader:
        assert reader.projects() == []
        a_project(writer)
        assert [project.code for project in reader.projects()] == ["P1"]


# -- copies -----------------------------------------------------------------------------------------------------------


def test_copy_of_an_open_workspace_is_whole(workspace: Workspace, project: str, tmp_path: Path) -> None:
    a_row(workspace, project, Document(title="Manual"))

    workspace.save_copy(tmp_path / "copy.handover")

    assert contents(tmp_path / "copy.handover") == contents(workspace.path)
    with Workspace.open(tmp_path / "copy.handover") as copy:
        assert not copy.read_only


def test_copy_replaces_an_older_copy_with_all_that_belongs_to_it(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "copy.handover"
    workspace.save_copy(target)
    target.with_name("copy.handover-wal").write_bytes(b"left by a crash")
    a_project(workspace, "P9")

    workspace.save_copy(target)

    assert contents(target) == contents(workspace.path)
    assert not [name for name in beside(target) if name.startswith((".copy", "copy.handover."))]


def test_copy_onto_itself_is_refused_and_another_name_offered(workspace: Workspace) -> None:
    with pytest.raises(TargetHeld, match="is the workspace itself") as told:
        workspace.save_copy(workspace.path)

    workspace.save_copy(told.value.instead)
    assert told.value.instead.name == f"{workspace.path.stem} (1).handover"
    assert contents(told.value.instead) == contents(workspace.path)


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system")
def test_copy_replaces_no_pipe_and_no_folder_and_no_protected_file(workspace: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.handover")
    (tmp_path / "folder.handover").mkdir()
    (tmp_path / "kept.handover").write_text("kept")
    (tmp_path / "kept.handover").chmod(0o444)

    for name in ("pipe", "folder", "kept"):
        with pytest.raises(TargetHeld) as told:
            workspace.save_copy(tmp_path / f"{name}.handover")
        assert told.value.instead == tmp_path / f"{name} (1).handover"
    assert (tmp_path / "kept.handover").read_text() == "kept"


def test_copy_onto_an_open_workspace_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    with a_workspace(tmp_path, "other") as other:
        with pytest.raises(TargetHeld, match=r"other \(1\)\.handover"):
            workspace.save_copy(other.path)
        assert other.projects() == []


def test_copy_that_fails_leaves_the_old_file_and_no_scratch(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("not a folder")

    with pytest.raises(HandoverError, match="could not be copied"):
        workspace.save_copy(tmp_path / "taken" / "copy.handover")

    assert (tmp_path / "taken").read_text() == "not a folder"


# -- the lock ---------------------------------------------------------------------------------------------------------


def test_lock_whose_file_vanished_while_it_was_taken_is_taken_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first window removes its lock file just between our opening and our locking it."""
    path, take = tmp_path / "plant.handover", lock._take
    vanishing = [path.with_name("plant.handover.lock")]

    def take_late(file: IO[bytes]) -> None:
        take(file)
        if vanishing:
            vanishing.pop().unlink()

    monkeypatch.setattr(lock, "_take", take_late)

    ours = lock.Lock(path, "li.na")

    with pytest.raises(InUse, match=r"by li\.na since"):
        lock.Lock(path, "wang.wei")
    ours.release()
    ours.release()
    lock.Lock(path, "wang.wei").release()


def test_file_system_without_locks_keeps_nobody_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(file: IO[bytes]) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    path = a_closed_workspace(tmp_path)
    monkeypatch.setattr(lock, "_take", refuse)

    with Workspace.open(path) as workspace:
        assert not workspace.read_only


def test_lock_that_can_not_be_read_is_told_without_a_name(tmp_path: Path) -> None:
    path = a_closed_workspace(tmp_path)
    with Workspace.open(path):
        path.with_name("plant.handover.lock").write_text("{")

        with pytest.raises(InUse, match="already open elsewhere") as caught:
            Workspace.open(path)

    assert caught.value.holder is None

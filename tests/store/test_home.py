"""A workspace that is moved, deleted or replaced while it is open: noticed, told, and nothing that was done is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import HandoverError
from handover.model import Document
from handover.store import Workspace, home, undo
from handover.store.checking.check import check
from handover.store.copies import copies, copying, restoring
from handover.store.home import Moved
from tests.domain import a_project, a_row, a_workspace, beside

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM document ORDER BY ref")]


class AtWork:
    """A workspace at work with one document, and what it tells of its place."""

    def __init__(self, folder: Path) -> None:
        with a_workspace(folder) as made:
            self.project = a_project(made)
        self.workspace = Workspace.open(made.path)
        self.path = made.path
        self.heard: list[Moved] = []
        self.workspace.on_move(self.heard.append)
        self.add("before")

    def add(self, title: str) -> None:
        a_row(self.workspace, self.project, Document(title=title))


@pytest.fixture(params=["local", "OneDrive"])
def at_work(request: pytest.FixtureRequest, tmp_path: Path) -> AtWork:
    return AtWork(tmp_path / request.param)


def test_renamed_file_is_followed_with_all_that_was_done(at_work: AtWork) -> None:
    now = at_work.path.rename(at_work.path.with_name("renamed.handover"))
    at_work.add("after")

    assert [(m.kind, m.now) for m in at_work.heard] == [("followed", now)]
    assert at_work.workspace.path == now
    at_work.workspace.close()
    assert titles(now) == ["before", "after"]
    assert check(now) == []
    assert beside(now) == {now.name}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where an open file went")
def test_file_moved_to_another_folder_is_followed(at_work: AtWork, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    now = at_work.path.rename(tmp_path / "elsewhere" / "plant.handover")
    at_work.add("after")
    at_work.workspace.close()

    assert titles(now) == ["before", "after"]
    assert check(now) == []


def test_copies_and_files_follow_a_renamed_file(at_work: AtWork) -> None:
    copying.make(at_work.path, copies.DAILY)
    (at_work.path.parent / "plant.files").mkdir()
    now = at_work.path.rename(at_work.path.with_name("renamed.handover"))

    at_work.workspace.look_around()

    assert len(copies.copies_of(now)) == 1
    assert at_work.workspace.blobs.folder.is_dir()
    at_work.workspace.close()


def test_deleted_file_is_saved_again(at_work: AtWork) -> None:
    at_work.path.unlink()
    at_work.add("after")

    assert [m.kind for m in at_work.heard] == ["put back"]
    at_work.workspace.close()
    assert titles(at_work.path) == ["before", "after"]
    assert check(at_work.path) == []


def test_file_in_the_bin_is_saved_again_and_left_there(at_work: AtWork, tmp_path: Path) -> None:
    (tmp_path / "Trash" / "files").mkdir(parents=True)
    thrown = at_work.path.rename(tmp_path / "Trash" / "files" / "plant.handover")
    at_work.add("after")
    at_work.workspace.close()

    assert titles(at_work.path) == ["before", "after"]
    assert titles(thrown) == ["before"]


def test_file_that_another_one_replaced_is_saved_beside_it(at_work: AtWork, tmp_path: Path) -> None:
    with a_workspace(tmp_path / "other") as other:
        a_row(other, a_project(other), Document(title="of somebody else"))
    shutil.copy(other.path, other.path.with_name("new"))
    other.path.with_name("new").replace(at_work.path)
    at_work.add("after")

    (moved,) = at_work.heard
    assert moved.kind == "saved beside"
    at_work.workspace.close()
    assert titles(at_work.path) == ["of somebody else"]
    assert titles(moved.now) == ["before", "after"]
    assert check(moved.now) == []
    assert [finding.kind for finding in check(at_work.path)] == ["anchor"], "it is another file than was seen here"


def test_log_is_not_emptied_into_a_file_that_took_the_place(at_work: AtWork, tmp_path: Path) -> None:
    with a_workspace(tmp_path / "other") as other:
        a_row(other, a_project(other), Document(title="of somebody else"))
    there = other.path.read_bytes()
    other.path.replace(at_work.path)

    at_work.workspace._checkpoints._empty("TRUNCATE")  # as after two seconds in which nobody works

    assert at_work.path.read_bytes() == there
    at_work.add("after")
    at_work.workspace.close()
    assert titles(at_work.path) == ["of somebody else"]
    assert titles(at_work.heard[0].now) == ["before", "after"]


def test_file_moved_and_never_touched_again_is_whole_after_closing(at_work: AtWork) -> None:
    now = at_work.path.rename(at_work.path.with_name("renamed.handover"))

    at_work.workspace.close()

    assert titles(now) == ["before"]
    assert beside(now) == {now.name}


def test_undo_goes_on_in_a_moved_file(at_work: AtWork) -> None:
    now = at_work.path.rename(at_work.path.with_name("renamed.handover"))

    undo(at_work.workspace)
    at_work.workspace.close()

    assert titles(now) == []


def test_one_that_can_not_be_saved_again_refuses_the_act_and_keeps_what_was(
    at_work: AtWork, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work.path.unlink()
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(HandoverError, match="can't be saved again"):
        at_work.add("on a full disk")
    monkeypatch.setattr(Path, "replace", replace)
    at_work.add("after")
    at_work.workspace.close()

    assert titles(at_work.path) == ["before", "after"]


def test_reader_notices_a_restored_file(tmp_path: Path) -> None:
    work = AtWork(tmp_path)
    copy = copying.make(work.path, copies.DAILY)
    work.add("later")
    work.workspace.close()
    with Workspace.open(work.path, "read") as reader:
        heard: list[Moved] = []
        reader.on_move(heard.append)
        restoring.restore(work.path, copy, "Li Na")

        with reader.read() as connection:
            found = list(connection.exec_driver_sql("SELECT title FROM document").scalars())

    assert found == ["before"]
    assert [m.kind for m in heard] == ["replaced"]


def test_reader_of_a_deleted_file_is_told_once(tmp_path: Path) -> None:
    work = AtWork(tmp_path)
    work.workspace.close()
    with Workspace.open(work.path, "read") as reader:
        work.path.unlink()

        assert [m and m.kind for m in (reader.look_around(), reader.look_around())] == ["gone", None]


def test_share_whose_numbers_change_is_not_taken_for_a_move(tmp_path: Path) -> None:
    path = tmp_path / "plant"
    path.touch()

    assert home.still_there(path, (1, 2), numbered=False)
    assert not home.still_there(path, (1, 2), numbered=True)


# -- other names of one file


def test_link_and_file_are_one_workspace(tmp_path: Path) -> None:
    from handover.store.lock import InUse

    with a_workspace(tmp_path) as workspace:
        a_project(workspace)
        link = tmp_path / "link.handover"
        link.symlink_to(workspace.path)
        with pytest.raises(InUse):
            Workspace.open(link)
    with Workspace.open(link) as opened:
        assert opened.path == workspace.path


def test_file_with_a_second_name_is_read_only_and_says_why(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace)
    os.link(workspace.path, tmp_path / "second.handover")

    with Workspace.open(tmp_path / "second.handover") as opened:
        assert opened.read_only
        assert "hard link" in str(opened.protected)


# -- what a killed program leaves


def test_new_file_takes_nothing_of_a_dead_one(tmp_path: Path) -> None:
    work = AtWork(tmp_path)
    log = work.path.with_name(work.path.name + "-wal").read_bytes()
    work.workspace.close()
    work.path.rename(tmp_path / "moved.handover")
    left = work.path.with_name(work.path.name + "-wal")
    left.write_bytes(log)

    with a_workspace(tmp_path) as new:
        a_row(new, a_project(new, "NEW"), Document(title="new"))

    assert titles(new.path) == ["new"]
    assert check(new.path) == []
    assert (tmp_path / f"{left.name}.left-1").read_bytes() == log, "it may hold the only trace of somebody's work"

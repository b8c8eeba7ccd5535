"""Lists that were imported are remembered by their files; one that has changed since is told, and only that."""

from __future__ import annotations

import os
from pathlib import Path

from handover.exchange.importing.command import Asked, session_for
from handover.exchange.importing.watched import WatchList
from handover.store import Workspace
from tests.exchange.trying import PLAN, a_file, the_project


def imported_by_session(workspace: Workspace, path: Path) -> None:
    intake = session_for(workspace, the_project(workspace), path, Asked())
    intake.run = intake.rehearse()
    intake.store()


def changed(workspace: Workspace) -> list[str]:
    return [watched.name for watched in WatchList.own().changed(the_project(workspace).id)]


def test_a_list_that_has_changed_since_its_import_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    imported_by_session(workspace, path)
    assert changed(workspace) == []
    a_file(tmp_path, (*PLAN, (5, "3", "One more", "1 day", None, None, None, None, 0)))
    assert changed(workspace) == ["list.xlsx"]
    imported_by_session(workspace, path)
    assert changed(workspace) == []


def test_a_list_that_was_only_touched_copied_or_removed_is_not(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    imported_by_session(workspace, path)
    os.utime(path, (1, 1))
    assert changed(workspace) == []
    path.unlink()
    assert changed(workspace) == []
    path.mkdir()
    assert changed(workspace) == []


def test_a_list_can_be_forgotten(workspace: Workspace, tmp_path: Path) -> None:
    imported_by_session(workspace, a_file(tmp_path, PLAN))
    a_file(tmp_path, PLAN[:-1])
    (watched,) = WatchList.own().changed(the_project(workspace).id)
    WatchList.own().forget(watched)
    assert changed(workspace) == []

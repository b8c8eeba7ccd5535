"""Whatever the program reads by itself is a plain file: no pipe is waited at, in whose place ever it lies."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.exchange.columns.memory import Memory
from handover.exchange.importing.watched import WatchList
from handover.model import Document
from handover.pack.proof.verify import verify
from handover.plain_file import is_plain, open_plain, text_of
from handover.store import Workspace, file
from handover.store.checking import anchors, salvage
from handover.store.checking import check as checking
from handover.store.copies import copies, page_store
from handover.store.copies import settings as copy_settings
from tests.domain import a_project, a_row, a_workspace

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders")


@pytest.fixture(autouse=True)
def _never_waits() -> Iterator[None]:
    """A read that waits ends the test, not the run."""

    def end(*_: object) -> None:
        raise AssertionError("waited at a pipe")

    before = signal.signal(signal.SIGALRM, end)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("kind", ["pipe", "socket", "folder", "device", "nothing", "link to a pipe"])
def test_what_is_no_plain_file_is_never_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(str(path))
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to(tmp_path / "pipe")

    assert not is_plain(path)
    with pytest.raises((OSError, UnusableFile)):
        open_plain(path)
    with pytest.raises(OSError, match=r"."):
        text_of(path)


def test_small_files_are_read_up_to_a_limit(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("é" * 10, encoding="utf-8")
    assert text_of(tmp_path / "x", 20) == "é" * 10
    with pytest.raises(ValueError, match="more than 19"):
        text_of(tmp_path / "x", 19)


def settings_by_default(home: Path) -> None:
    os.mkfifo(home / "copies.json")
    assert copy_settings.load() == copy_settings.CopySettings()


def nothing_seen(home: Path) -> None:
    os.mkfifo(home / "anchors.json")
    assert anchors._remembered() == {}


def nothing_watched(home: Path) -> None:
    os.mkfifo(home / "watched.json")
    assert WatchList(home / "watched.json").changed("P") == []


def no_mapping(home: Path) -> None:
    os.mkfifo(home / "mappings.json")
    assert Memory(home / "mappings.json")._load() == {"seen": {}, "named": {}}
    with pytest.raises(UnusableFile, match="no saved mapping"):
        Memory(home / "other.json").take(home / "mappings.json")


def no_pack(home: Path) -> None:
    os.mkfifo(home / "p.manifest.json")
    with pytest.raises(UnusableFile):
        verify(home)


def no_copy(home: Path) -> None:
    with a_workspace(home) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Manual"))
    folder = copies.folder_of(workspace.path)
    folder.mkdir(exist_ok=True)
    for name in (
        f"plant.daily-20260101-080000-000{page_store.SUFFIX}",
        f"x{page_store.PACK}",
        "plant.daily-x.handover",
    ):
        os.mkfifo(folder / name)
    page_store.PageStore(folder).sweep()
    assert copies.copies_of(workspace.path) == []
    assert checking.check(workspace.path) == []


def nothing_of_sqlite(home: Path) -> None:
    with a_workspace(home) as workspace:
        a_row(workspace, a_project(workspace), Document(title="Manual"))
    for suffix in ("-journal", "-wal"):
        os.mkfifo(f"{workspace.path}{suffix}")
        for read in (checking.check, Workspace.open, file.inspect, lambda path: Workspace.open(path, "read")):
            with pytest.raises(UnusableFile, match=f"{suffix} is no file"):
                read(workspace.path)
    assert salvage.salvage(workspace.path, home / "new.handover", "Li Na") is not None


CASES = (settings_by_default, nothing_seen, nothing_watched, no_mapping, no_pack, no_copy, nothing_of_sqlite)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_pipe_in_the_place_of_what_the_program_reads_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Callable[[Path], None]
) -> None:
    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path))
    case(tmp_path)

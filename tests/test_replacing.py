"""A file appears whole or not at all."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from handover.errors import HandoverError
from handover.replacing import STALE_AFTER, TargetHeld, replacing


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_failing_writer_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(target) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert target.read_text() == "old"
    assert names(tmp_path) == ["a.pdf"]


def test_a_full_disk_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(HandoverError, match="The disk is full"), replacing(tmp_path / "a.pdf"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


def test_a_target_held_open_by_another_program_is_said_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("old")
    plain_open = Path.open

    def locked(self: Path, mode: str = "r", *args: object, **more: object) -> object:
        if self == target and "+" in mode:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return plain_open(self, mode, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", locked)
    with pytest.raises(HandoverError, match="open in another program"), replacing(target):
        pytest.fail("the work began")
    assert names(tmp_path) == ["a.xlsx"]


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(HandoverError, match="isn't there"), replacing(tmp_path / "no" / "a.pdf"):
        pytest.fail("the work began")


def test_what_a_killed_process_left_is_swept_later(tmp_path: Path) -> None:
    left = tmp_path / ".a.pdf.xyz.part"
    left.write_text("half")
    fresh = tmp_path / ".a.pdf.abc.part"
    fresh.write_text("another process is at it")
    long_ago = left.stat().st_mtime - STALE_AFTER - 60
    os.utime(left, (long_ago, long_ago))
    with replacing(tmp_path / "a.pdf") as part:
        part.write_text("new")
    assert names(tmp_path) == [".a.pdf.abc.part", "a.pdf"]


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(HandoverError, match="Choose another folder"), replacing(tmp_path / "file" / "a.pdf"):
        pytest.fail("the work began")


@pytest.mark.parametrize("code", [errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY])
def test_target_that_cannot_be_replaced_stays_and_a_free_name_is_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_text("open in Excel")
    (tmp_path / "a (1).xlsx").write_text("taken")

    def refuse(self: Path, _target: Path) -> Path:
        raise OSError(code, "a cloud client holds it")

    with monkeypatch.context() as held:
        held.setattr(Path, "replace", refuse)
        offer = r"open in another program.*write “a \(2\)\.xlsx” instead"
        with pytest.raises(TargetHeld, match=offer) as told, replacing(target) as part:
            part.write_text("new")
    with replacing(told.value.instead) as part:
        part.write_text("new")

    assert target.read_text() == "open in Excel"
    assert (tmp_path / "a (2).xlsx").read_text() == "new"
    assert names(tmp_path) == ["a (1).xlsx", "a (2).xlsx", "a.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system")
def test_nothing_but_a_plain_file_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    for target in (tmp_path / "pipe.csv", tmp_path / "folder.csv", Path("/dev/null")):
        with pytest.raises(TargetHeld, match="is no file that can be replaced"), replacing(target):
            pytest.fail("the work began")
    assert Path("/dev/null").is_char_device()


@pytest.mark.skipif(os.name != "posix", reason="links without rights of one's own")
def test_a_link_stays_one_and_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "a.pdf").write_text("old")
    (tmp_path / "a.pdf").symlink_to(tmp_path / "shared" / "a.pdf")
    with replacing(tmp_path / "a.pdf") as part:
        part.write_text("new")

    assert (tmp_path / "a.pdf").is_symlink()
    assert (tmp_path / "shared" / "a.pdf").read_text() == "new"

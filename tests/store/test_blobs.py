"""Contents lie under their hash, whole or not at all, once, and unchanged."""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.errors import HandoverError, UnusableFile
from handover.store.files import blobs as module
from handover.store.files.blobs import Blobs, folder_of

QUIET = lambda _more: None  # noqa: E731


def a_file(folder: Path, content: bytes, name: str = "in.bin") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def named(folder: Path) -> dict[str, bytes]:
    return {path.parent.name + path.name: path.read_bytes() for path in folder.glob("??/*")}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(min_size=1, max_size=3000), min_size=1, max_size=6))
def test_every_content_lies_once_under_its_hash(
    tmp_path_factory: pytest.TempPathFactory, contents: list[bytes]
) -> None:
    home = tmp_path_factory.mktemp("home")
    blobs = Blobs(home / "plant.handover")

    with blobs.taking_in() as taking:
        taken = [taking.take(a_file(home, content), QUIET) for content in contents]

    assert [c.sha256 for c in taken] == [hashlib.sha256(content).hexdigest() for content in contents]
    assert named(blobs.folder) == {hashlib.sha256(content).hexdigest(): content for content in contents}
    assert list(blobs.folder.glob(".*")) == []
    assert all(blobs.holds(c.sha256, c.size) for c in taken)


def test_what_an_act_added_goes_when_it_fails_and_what_was_there_stays(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    with blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"old"), QUIET)

    with pytest.raises(RuntimeError), blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"old"), QUIET)
        taking.take(a_file(tmp_path, b"new"), QUIET)
        raise RuntimeError

    assert list(named(blobs.folder).values()) == [b"old"]


def test_content_that_is_shorter_than_it_should_be_is_put_right_by_attaching_it_again(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    with blobs.taking_in() as taking:
        content = taking.take(a_file(tmp_path, b"whole"), QUIET)
    place = blobs.path_of(content.sha256)
    place.chmod(0o644)
    place.write_bytes(b"wh")

    with blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"whole"), QUIET)

    assert place.read_bytes() == b"whole"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_full_disk_is_told_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    blobs = Blobs(tmp_path / "plant.handover")

    def full(_number: int) -> None:
        raise OSError(code, "full")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(HandoverError, match="full"), blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"x" * 100), QUIET)

    assert [path for path in blobs.folder.rglob("*") if path.is_file()] == []


def test_file_larger_than_the_free_space_is_told_before_it_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=10)
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _folder: usage)
    heard: list[int] = []

    with pytest.raises(HandoverError, match="full"), Blobs(tmp_path / "plant.handover").taking_in() as taking:
        taking.take(a_file(tmp_path, b"x" * 11), heard.append)

    assert heard == []


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_files_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    blobs.folder.mkdir(mode=0o500)

    with pytest.raises(HandoverError, match="Check the rights there"), blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"x"), QUIET)


def test_file_that_stands_where_the_folder_should_is_told(tmp_path: Path) -> None:
    (tmp_path / "plant.files").write_text("mine")

    blobs = Blobs(tmp_path / "plant.handover")

    with pytest.raises(HandoverError, match="Check the rights there"), blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"x"), QUIET)

    assert (tmp_path / "plant.files").read_text() == "mine"


def test_hash_that_would_lead_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")

    with pytest.raises(UnusableFile):
        blobs.path_of("../../etc/passwd")
    assert not blobs.holds("../../etc/passwd", 1)


def test_workspace_and_its_copies_share_a_folder_and_others_dont() -> None:
    site = Path("/site")
    assert folder_of(site / "plant.handover") == site / "plant.files"
    assert (
        folder_of(site / "plant.handover.copies" / "plant.daily-20261118-080000-000.handover") == site / "plant.files"
    )
    assert folder_of(site / "plant.bak") == site / "plant.bak.files"


def test_sweep_takes_what_nobody_mentions_and_nothing_else(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    with blobs.taking_in() as taking:
        kept = taking.take(a_file(tmp_path, b"kept"), QUIET)
        taking.take(a_file(tmp_path, b"gone"), QUIET)
    (blobs.folder / "notes.txt").write_text("mine")
    (blobs.folder / "ab").mkdir(exist_ok=True)
    (blobs.folder / "ab" / "readme").write_text("mine, too")

    assert blobs.sweep({kept.sha256}) == 1

    assert b"kept" in named(blobs.folder).values()
    assert b"gone" not in named(blobs.folder).values()
    assert (blobs.folder / "notes.txt").exists()
    assert (blobs.folder / "ab" / "readme").exists()


def test_nothing_is_swept_while_files_are_taken_in(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    with blobs.taking_in() as taking:
        taking.take(a_file(tmp_path, b"not mentioned yet"), QUIET)
        assert blobs.sweep(set()) == 0

    assert len(named(blobs.folder)) == 1


def test_what_a_killed_process_left_half_written_goes_after_a_while(tmp_path: Path) -> None:
    blobs = Blobs(tmp_path / "plant.handover")
    blobs.folder.mkdir()
    old, young = blobs.folder / ".old.part", blobs.folder / ".young.part"
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))

    blobs.sweep(set())

    assert not old.exists()
    assert young.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("bytes_written", [0, 1_000_000, 5_000_000])
def test_killed_attaching_leaves_no_content_by_halves(tmp_path: Path, bytes_written: int) -> None:
    big = a_file(tmp_path, os.urandom(8_000_000), "big.bin")
    program = f"""
import os
from pathlib import Path
from handover.store.files.blobs import Blobs
done = 0
def heard(more):
    global done
    done += more
    if done > {bytes_written}:
        os.kill(os.getpid(), 9)
with Blobs(Path({str(tmp_path / "plant.handover")!r})).taking_in() as taking:
    taking.take(Path({str(big)!r}), heard)
"""
    killed = subprocess.run(
        [sys.executable, "-c", program], check=False, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    )
    assert killed.returncode == -9

    blobs = Blobs(tmp_path / "plant.handover")
    assert named(blobs.folder) == {}
    with blobs.taking_in() as taking:
        content = taking.take(big, QUIET)
    assert blobs.holds(content.sha256, 8_000_000)

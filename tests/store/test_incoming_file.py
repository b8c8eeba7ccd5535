"""Whatever is offered as a file is read to its end or refused with its own sentence."""

from __future__ import annotations

import hashlib
import os
import socket
import sys
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.store.files.incoming_file import look_at, read, size_words

QUIET = lambda _more: None  # noqa: E731
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def test_file_is_read_in_pieces_and_told_by_its_content(tmp_path: Path) -> None:
    path, pieces, heard = tmp_path / "a.bin", [], []
    data = b"%PDF-1.7" + os.urandom(3_000_000)
    path.write_bytes(data)

    content = read(path, heard.append, keep=pieces.append)

    assert b"".join(pieces) == data
    assert sum(heard) == len(data)
    assert max(map(len, pieces)) <= 1024 * 1024
    assert (content.sha256, content.size) == (hashlib.sha256(data).hexdigest(), len(data))
    assert content.media_type == "application/pdf"


@pytest.mark.parametrize(("step", "word"), [(+1, "grows"), (-1, "shrinks")])
def test_file_that_changes_its_size_while_it_is_read_is_refused(tmp_path: Path, step: int, word: str) -> None:
    path = tmp_path / "log.txt"
    path.write_bytes(b"x" * 3_000_000)

    def meddle(_more: int) -> None:
        os.truncate(path, path.stat().st_size + step * 100_000)

    with pytest.raises(UnusableFile, match="written to while it was read"):
        read(path, meddle)


def test_file_that_is_written_over_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"x" * 100)

    def meddle(_more: int) -> None:
        path.write_bytes(b"y" * 100)
        os.utime(path, ns=(1, 1))

    with pytest.raises(UnusableFile, match="written to while it was read"):
        read(path, meddle)


def test_file_that_vanishes_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match=r"“gone.pdf” isn't there any more"):
        read(tmp_path / "gone.pdf", QUIET)


def test_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="is a folder"):
        look_at(tmp_path)


def test_empty_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "empty.pdf").touch()
    with pytest.raises(UnusableFile, match="is empty"):
        look_at(tmp_path / "empty.pdf")


def test_file_of_five_gigabytes_is_told_at_once_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(5_000_000_000)  # takes no space: it is all hole

    with pytest.raises(UnusableFile, match="has 5 GB, more than the 2 GB"):
        read(path, QUIET, 2_000_000_000)
    look_at(path)  # a link to it has no limit


@POSIX
def test_link_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real.pdf").write_bytes(b"%PDF-")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "real.pdf")

    with pytest.raises(UnusableFile, match="only a link"):
        read(tmp_path / "link.pdf", QUIET)


@POSIX
def test_link_that_leads_nowhere_or_to_itself_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    with pytest.raises(UnusableFile, match="only a link"):
        read(tmp_path / "loop.pdf", QUIET)


@POSIX
def test_pipe_is_told_without_waiting_at_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnusableFile, match="is a pipe"):
        read(tmp_path / "pipe", QUIET)


@POSIX
def test_socket_and_device_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has a limit of length
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind("ear")
        with pytest.raises(UnusableFile, match="is a pipe"):
            look_at(Path("ear"))
    with pytest.raises(UnusableFile, match="is a device"):
        look_at(Path("/dev/zero"))


@POSIX
def test_pipe_that_takes_the_place_of_a_file_is_told_without_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")
    really_open = os.open

    def swapped(*arguments: object, **more: object) -> int:
        path.unlink()
        os.mkfifo(path)
        return really_open(*arguments, **more)

    monkeypatch.setattr(os, "open", swapped)
    with pytest.raises(UnusableFile, match="is a pipe"):
        read(path, QUIET)


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may read anything")
def test_file_without_the_right_to_read_it_is_told(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    path.write_bytes(b"x")
    path.chmod(0)
    with pytest.raises(UnusableFile, match="may not read"):
        read(path, QUIET)


def test_fault_of_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"x")

    def refused(*_arguments: object, **_more: object) -> int:
        raise PermissionError(13, "no")

    monkeypatch.setattr(os, "open", refused)
    with pytest.raises(UnusableFile, match=r"may not read “a\.pdf”"):
        read(path, QUIET)


@POSIX
def test_name_that_is_too_long_or_hostile_is_told_readably(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="too long"):
        look_at(tmp_path / ("x" * 300))
    with pytest.raises(UnusableFile, match="“a�b”"):
        look_at(tmp_path / "a\nb")


def test_sizes_are_told_in_words() -> None:
    assert [size_words(n) for n in (12, 340_000, 2_100_000, 5_000_000_000)] == ["12 B", "340 kB", "2.1 MB", "5 GB"]

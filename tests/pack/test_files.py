"""Files of a pack appear whole, together, under safe names, or not at all."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from handover.errors import HandoverError, UnusableFile
from handover.pack.delivery import together
from handover.pack.files import STALE_AFTER, replacing, safe_name
from handover.pack.manifest import verify, write_manifest
from tests.pack.sample import a_pack


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NEV-HP-003 移交包.pdf", "NEV-HP-003 移交包.pdf"),
        ("../../etc/passwd", "-.-etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("  .hidden. ", "hidden"),
        ("???", "handover"),
        ("", "handover"),
    ],
)
def test_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("移交" * 200 + ".xlsx")
    assert name.endswith(("移.xlsx", "交.xlsx"))
    assert len(name.encode()) <= 180


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


def test_files_come_together_in_a_folder_that_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "packs" / "003"
    with together(folder) as stage:
        (stage / "a.pdf").write_text("a")
        (stage / "b.xlsx").write_text("b")
        assert names(folder) == [stage.name]
    assert names(folder) == ["a.pdf", "b.xlsx"]


def test_a_failure_takes_the_new_folders_away_and_keeps_old_files(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), together(tmp_path / "x" / "y") as stage:
        (stage / "a.pdf").write_text("a")
        raise ZeroDivisionError
    assert names(tmp_path) == []
    (tmp_path / "a.pdf").write_text("old")
    with pytest.raises(ZeroDivisionError), together(tmp_path) as stage:
        (stage / "a.pdf").write_text("new")
        raise ZeroDivisionError
    assert (tmp_path / "a.pdf").read_text() == "old"
    assert names(tmp_path) == ["a.pdf"]


def test_when_one_file_cannot_take_its_place_none_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.pdf").write_text("old")
    plain_replace = Path.replace

    def fails_for_b(self: Path, target: Path) -> Path:
        if Path(target) == tmp_path / "b.xlsx":
            raise PermissionError(errno.EACCES, "locked just now")
        return plain_replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_for_b)
    with pytest.raises(HandoverError, match="open in another program"), together(tmp_path) as stage:
        for name in ("a.pdf", "added.pdf", "b.xlsx"):
            (stage / name).write_text("new")
    assert (tmp_path / "a.pdf").read_text() == "old"
    assert names(tmp_path) == ["a.pdf"]


def a_delivered_pack(folder: Path) -> Path:
    for name in ("a.pdf", "b.xlsx"):
        (folder / name).write_bytes(name.encode())
    return write_manifest(a_pack(), folder / "p.manifest.json", [folder / "a.pdf", folder / "b.xlsx"])


def test_an_untouched_pack_verifies(tmp_path: Path) -> None:
    manifest = a_delivered_pack(tmp_path)
    said = json.loads(manifest.read_text(encoding="utf-8"))
    assert (said["number"], said["edition"], said["project"]["code"]) == ("NEV-YC-HP-003", 3, "NEV-YC")
    (found,) = verify(tmp_path)
    assert found.ok
    assert found.number == "NEV-YC-HP-003"


def test_changed_and_missing_files_are_named(tmp_path: Path) -> None:
    a_delivered_pack(tmp_path)
    (tmp_path / "a.pdf").write_bytes(b"a.pdF")
    (tmp_path / "b.xlsx").unlink()
    (found,) = verify(tmp_path)
    assert not found.ok
    assert [(file.name, file.state) for file in found.files] == [("a.pdf", "changed"), ("b.xlsx", "missing")]
    assert "isn't as it was" in str(found.files[0])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[" * 100_000,
        '{"kind": "handover-pack", "version": 99, "edition": 1, "files": []}',
        '{"kind": "handover-pack", "version": 1, "edition": 1, "files": [{"name": "../x", "sha256": "0"}]}',
        '{"kind": "handover-pack", "version": 1, "edition": 1, "files": [{"name": "C:x", "sha256": "0"}]}',
        '{"kind": "handover-pack", "version": 1, "edition": 1, "files": [7]}',
        '{"kind": "handover-pack", "version": 1, "edition": 1}',
    ],
)
def test_a_hostile_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "p.manifest.json").write_text(text)
    with pytest.raises(UnusableFile):
        verify(tmp_path)


def test_a_folder_without_a_manifest_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="no manifest"):
        verify(tmp_path)

"""The files of a pack appear together or not at all, and show whether they are still as they were."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from handover.errors import HandoverError, UnusableFile
from handover.pack.delivery import together
from handover.pack.manifest import verify, write_manifest
from tests.pack.sample import a_pack


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


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

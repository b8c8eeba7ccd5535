"""The files of a pack appear together or not at all, and show whether they are still as they were."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from handover.errors import HandoverError, UnusableFile
from handover.pack import delivery
from handover.pack.delivery import together
from handover.pack.manifest import write_manifest
from handover.pack.proof.verify import verify
from tests.pack.sample import a_pack
from tests.sources import ROOT


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


# -- killed between two renames

KILLED = """
import os, sys
from pathlib import Path
from handover.pack import delivery
from handover.pack.delivery import together
folder, at, calls = Path(sys.argv[1]), int(sys.argv[2]), [0]
replace = Path.replace
def killed(self, target):
    calls[0] += 1
    if calls[0] == at:
        os._exit(9)
    return replace(self, target)
Path.replace = killed
rename = Path.rename
def killed_too(self, target):
    calls[0] += 1
    if calls[0] == at:
        os._exit(9)
    return rename(self, target)
Path.rename = killed_too
with together(folder) as stage:
    for name in ("a.pdf", "b.xlsx", "c.manifest.json"):
        (stage / name).write_text("new")
"""


@pytest.mark.skipif(os.name != "posix", reason="tells by the process whether it was killed")
@pytest.mark.parametrize("at", range(1, 9))
def test_pack_killed_between_two_renames_is_old_or_new_as_a_whole_at_the_next_look(tmp_path: Path, at: int) -> None:
    names = ("a.pdf", "b.xlsx", "c.manifest.json")
    for name in names:
        (tmp_path / name).write_text("old")

    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(at)], cwd=ROOT, check=False)
    assert done.returncode == (9 if at <= 7 else 0)
    delivery.finish(tmp_path)

    found = {(tmp_path / name).read_text() for name in names}
    assert found == ({"old"} if at == 1 else {"new"})
    assert not list(tmp_path.glob(".handover-*.ready"))


def test_pack_that_another_process_is_moving_is_left_to_it(tmp_path: Path) -> None:
    ready = tmp_path / f".handover-{os.getpid()}-x.ready"
    ready.mkdir()
    (ready / "a.pdf").write_text("new")

    delivery.finish(tmp_path)

    assert (ready / "a.pdf").exists()

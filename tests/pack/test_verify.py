"""A good pack verifies; each of the ways in which one is damaged, forged or mixed up is found."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.pack.manifest import SUFFIX
from handover.pack.produce import Issue, make_pack
from handover.pack.proof.verdict import Verification
from handover.pack.proof.verify import verify
from handover.store import Workspace
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.domain import a_project, a_workspace


@dataclass(frozen=True)
class Given:
    """A pack that was issued, a copy of it to be damaged, and the workspace that issued it."""

    workspace: Workspace
    folder: Path

    def named(self, end: str) -> Path:
        (found,) = self.folder.glob(f"*{end}")
        return found

    @property
    def manifest(self) -> Path:
        return self.named(SUFFIX)

    def said(self) -> dict:
        return dict(json.loads(self.manifest.read_text(encoding="utf-8")))

    def rebuild(self, **changed: object) -> None:
        """Write a manifest that fits the files as they are now, as a forger would."""
        said = self.said() | changed
        for entry in said["files"]:
            data = (self.folder / entry["name"]).read_bytes()
            entry.update(bytes=len(data), sha256=hashlib.sha256(data).hexdigest())
        self.manifest.write_text(json.dumps(said), encoding="utf-8")

    def zipped(self) -> Path:
        target = self.folder.with_suffix(".zip")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in sorted(self.folder.iterdir()):
                archive.write(path, path.name)
        return target

    def check(self, place: Path | None = None, *, against: bool = False) -> Verification:
        return verify(place or self.folder, workspace=self.workspace if against else None)[0]


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Path]]:
    home = tmp_path_factory.mktemp("issued")
    with a_workspace(home) as workspace:
        a_project(workspace, "P-01", name="Plant")
        made = make_pack(
            workspace, workspace.only_project(), home / "out", chapters=("summary", "systems"), issue=Issue()
        )
        yield workspace, made.folder


@pytest.fixture
def given(issued: tuple[Workspace, Path], tmp_path: Path) -> Given:
    workspace, folder = issued
    shutil.copytree(folder, tmp_path / "pack")
    return Given(workspace, tmp_path / "pack")


def states(found: Verification) -> set[str]:
    return {file.state for file in found.files}


# -- good ones --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("against", [False, True])
def test_a_good_pack_is_found_good_as_folder_archive_manifest_and_pdf(given: Given, against: bool) -> None:
    for place in (given.folder, given.zipped(), given.manifest, given.named(".pdf"), given.named(".xlsx")):
        found = given.check(place, against=against)
        assert found.ok, place
        assert found.record == ("same" if against else None)
        assert found.log is (True if against else None)


def test_an_archive_of_the_folder_itself_is_read_too(given: Given) -> None:
    place = Path(shutil.make_archive(str(given.folder.parent / "whole"), "zip", given.folder.parent, "pack"))
    assert given.check(place, against=True).ok


def test_a_pdf_alone_is_known_by_the_workspace(given: Given, tmp_path: Path) -> None:
    alone = shutil.copy(given.named(".pdf"), tmp_path / "as it came.pdf")

    found = given.check(Path(alone), against=True)

    assert (found.ok, found.number, found.record) == (True, "P-01-HP-001", "same")
    with pytest.raises(UnusableFile, match="Name the workspace"):
        given.check(Path(alone))


def test_what_systems_and_workspaces_leave_beside_a_pack_is_no_stranger(given: Given) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "plant.handover", "plant.handover-wal"):
        (given.folder / name).write_bytes(b"x")
    (given.folder / "plant.files").mkdir()
    assert given.check().ok


def test_a_pack_of_another_workspace_is_said_to_be_that(given: Given, tmp_path: Path) -> None:
    with a_workspace(tmp_path, "other.handover") as other:
        a_project(other, "P-01", name="Another plant with the same code")
        (found,) = verify(given.folder, workspace=other)
    assert (found.ok, found.record, found.log) == (True, "elsewhere", None)
    assert "doesn't have the project" in found.record_said


# -- damaged ones -----------------------------------------------------------------------------------------------------


def a_foreign_file(given: Given) -> None:
    (given.folder / "annex 9.pdf").write_bytes(b"%PDF-1.4 slipped in")


def a_foreign_folder(given: Given) -> None:
    (given.folder / "more").mkdir()


def a_changed_byte(given: Given) -> None:
    data = bytearray(given.named(".pdf").read_bytes())
    data[len(data) // 2] ^= 1
    given.named(".pdf").write_bytes(data)


def a_cut_file(given: Given) -> None:
    os.truncate(given.named(".xlsx"), 1000)


def a_file_with_more_at_its_end(given: Given) -> None:
    with given.named(".pdf").open("ab") as file:
        file.write(b"\n")


def a_missing_file(given: Given) -> None:
    given.named(".xlsx").unlink()


def a_missing_entry(given: Given) -> None:
    said = given.said()
    said["files"] = [entry for entry in said["files"] if entry["name"].endswith(".pdf")]
    given.manifest.write_text(json.dumps(said), encoding="utf-8")


def a_renamed_file(given: Given) -> None:
    given.named(".xlsx").rename(given.folder / "list.xlsx")


def swapped_files(given: Given) -> None:
    pdf, book = given.named(".pdf"), given.named(".xlsx")
    pdf.rename(given.folder / "x")
    book.rename(pdf)
    (given.folder / "x").rename(book)


def a_link(given: Given) -> None:
    pdf = given.named(".pdf")
    pdf.rename(given.folder.parent / "elsewhere.pdf")
    pdf.symlink_to(given.folder.parent / "elsewhere.pdf")


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        (a_foreign_file, {"same", "foreign"}),
        (a_foreign_folder, {"same", "foreign"}),
        (a_changed_byte, {"same", "changed"}),
        (a_cut_file, {"same", "changed"}),
        (a_file_with_more_at_its_end, {"same", "changed"}),
        (a_missing_file, {"same", "missing"}),
        (a_missing_entry, {"same", "foreign"}),
        (a_renamed_file, {"same", "renamed"}),
        (swapped_files, {"changed"}),
        pytest.param(
            a_link, {"same", "link"}, marks=pytest.mark.skipif(os.name != "posix", reason="links need rights")
        ),
    ],
)
def test_damage_is_told_from_the_manifest_alone(given: Given, damage: Callable[[Given], None], found: set[str]) -> None:
    damage(given)
    verdict = given.check()
    assert not verdict.ok
    assert states(verdict) == found


def an_empty_manifest(given: Given) -> None:
    given.manifest.write_bytes(b"")


def a_manifest_without_files(given: Given) -> None:
    given.manifest.write_text(json.dumps(given.said() | {"files": []}), encoding="utf-8")


def a_manifest_that_leads_outside(given: Given) -> None:
    said = given.said()
    said["files"][0]["name"] = f"../{said['files'][0]['name']}"
    given.manifest.write_text(json.dumps(said), encoding="utf-8")


def a_manifest_that_names_a_file_twice(given: Given) -> None:
    said = given.said()
    said["files"].append(said["files"][0] | {"sha256": "0" * 64})
    given.manifest.write_text(json.dumps(said), encoding="utf-8")


@pytest.mark.parametrize(
    "damage",
    [
        an_empty_manifest,
        a_manifest_without_files,
        a_manifest_that_leads_outside,
        a_manifest_that_names_a_file_twice,
    ],
)
def test_a_manifest_that_can_be_none_of_ours_is_refused(given: Given, damage: Callable[[Given], None]) -> None:
    damage(given)
    for against in (False, True):
        with pytest.raises(UnusableFile, match="not a manifest"):
            given.check(against=against)


def a_forged_pdf(given: Given) -> None:
    """What only the workspace can tell: file and manifest were replaced together."""
    given.named(".pdf").write_bytes(b"%PDF-1.4 forged")
    given.rebuild()


def a_manifest_written_anew(given: Given) -> None:
    given.rebuild(program="Handover 99")


def an_entry_left_out_with_its_file(given: Given) -> None:
    a_missing_entry(given)
    given.named(".xlsx").unlink()


def another_number(given: Given) -> None:
    given.rebuild(number="P-01-HP-777")


def another_edition(given: Given) -> None:
    given.rebuild(edition=2)


@pytest.mark.parametrize(
    ("damage", "record"),
    [
        (a_forged_pdf, "differs"),
        (a_manifest_written_anew, "differs"),
        (an_entry_left_out_with_its_file, "differs"),
        (another_number, "unknown"),
        (another_edition, "unknown"),
    ],
)
def test_forgery_that_fits_its_manifest_is_told_by_the_workspace(
    given: Given, damage: Callable[[Given], None], record: str
) -> None:
    damage(given)
    assert given.check().ok  # by the manifest alone nobody can tell
    found = given.check(against=True)
    assert (found.ok, found.record) == (False, record)


def test_a_forged_anchor_is_told_by_the_log(given: Given) -> None:
    given.rebuild(log={"act": 1, "hash": "0" * 64})
    assert given.check(against=True).log is False


def test_a_superseded_pack_is_still_true_and_said_to_be_superseded(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P-01", name="Plant")
        project = workspace.only_project()
        first = make_pack(workspace, project, tmp_path / "a", chapters=("summary",), workbook=False, issue=Issue())
        assert first.paper is not None
        make_pack(
            workspace, project, tmp_path / "b", chapters=("summary",), workbook=False, issue=Issue(first.paper.id)
        )
        (found,) = verify(tmp_path / "a", workspace=workspace)
    assert (found.ok, found.record, found.since) == (True, "same", "superseded")
    assert found.since_said == "It has been superseded by a later one."


# -- archives ---------------------------------------------------------------------------------------------------------


def test_an_archive_with_a_file_twice_is_told(given: Given) -> None:
    place = given.zipped()
    with zipfile.ZipFile(place, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(given.named(".pdf").name, b"another")
    assert states(given.check(place)) == {"same", "twice"}


def test_an_archive_with_a_link_in_a_file_s_place_is_told(given: Given) -> None:
    place, pdf = given.folder.with_suffix(".zip"), given.named(".pdf")
    with zipfile.ZipFile(place, "w") as archive:
        for path in given.folder.iterdir():
            if path != pdf:
                archive.write(path, path.name)
        link = zipfile.ZipInfo(pdf.name)
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert states(given.check(place)) == {"same", "link"}


def test_an_archive_whose_entries_lead_outside_is_told(given: Given) -> None:
    place = given.zipped()
    with zipfile.ZipFile(place, "a") as archive:
        archive.writestr("../../evil.sh", "rm -r")
    found = given.check(place)
    assert [file.name for file in found.files if file.state == "foreign"] == ["../../evil.sh"]


def test_an_archive_whose_entry_is_damaged_names_the_file(given: Given) -> None:
    place = given.zipped()
    with zipfile.ZipFile(place) as archive:
        entry = next(each for each in archive.infolist() if each.filename.endswith(".pdf"))
    data = bytearray(place.read_bytes())
    data[entry.header_offset + 200] ^= 0xFF
    place.write_bytes(data)
    assert states(given.check(place)) == {"same", "changed"}


def test_a_bomb_is_not_unpacked(given: Given) -> None:
    place = given.zipped()
    with zipfile.ZipFile(place, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("annex.bin", "w") as entry:
        for _ in range(80):
            entry.write(bytes(1 << 20))
    assert place.stat().st_size < 2 << 20
    with pytest.raises(UnusableFile, match="far more"):
        given.check(place)


def test_an_entry_that_is_larger_than_named_is_not_read_to_its_end(given: Given) -> None:
    place = given.folder.with_suffix(".zip")
    said = given.said()
    said["files"][0]["bytes"] = 10
    with zipfile.ZipFile(place, "w") as archive:
        for path in given.folder.iterdir():
            archive.write(path, path.name) if path != given.manifest else archive.writestr(path.name, json.dumps(said))
    assert "changed" in states(given.check(place))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive at all"])
def test_what_is_no_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "p.zip").write_bytes(data)
    with pytest.raises(UnusableFile, match=r"\.zip archive"):
        verify(tmp_path / "p.zip")


def test_an_archive_without_a_pack_is_refused(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("letter.txt", "hello")
    (tmp_path / "p.zip").write_bytes(held.getvalue())
    with pytest.raises(UnusableFile, match="no manifest"):
        verify(tmp_path / "p.zip")


# -- the command ------------------------------------------------------------------------------------------------------


def test_the_command_ends_with_1_where_something_is_wrong(given: Given, run: Run) -> None:  # noqa: F811
    plant = given.workspace.path
    assert run("verify", given.folder)[0] == 0
    code, out, _ = run("verify", given.named(".pdf"), "--with", plant, "--json")
    told = json.loads(out)[0]
    assert (code, told["record"], told["ok"], told["number"]) == (0, "same", True, "P-01-HP-001")
    a_forged_pdf(given)
    code, out, _ = run("verify", given.folder, "--with", plant)
    assert code == 1
    assert "isn't the one that the workspace issued under P-01-HP-001, edition 1" in out

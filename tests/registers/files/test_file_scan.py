"""A folder is looked through, and files are matched with rows by the codes in their names."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from handover.errors import Cancelled, NotFound
from handover.registers.acts import editing
from handover.registers.files import file_scan
from handover.registers.files.file_scan import scan
from handover.store.copies import copies, copying
from tests.registers.conftest import Site
from tests.registers.filing import DOCUMENTS, a_file, attached


def refs(site: Site, folder: Path) -> dict[str, list[str]]:
    return {f.path.name: [r.ref for r in f.rows] for f in scan(site.workspace, DOCUMENTS, site.project, folder).files}


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("D-1.pdf", ["DOC-0001"]),
        ("D-1 Welding manual rev B.pdf", ["DOC-0001"]),
        ("d_1.PDF", ["DOC-0001"]),
        ("Ｄ－１.pdf", ["DOC-0001"]),
        ("D-10.pdf", ["DOC-0003"]),
        ("DOC-0002 anything.docx", ["DOC-0002"]),
        ("2026 D-1 and D-2.pdf", ["DOC-0001", "DOC-0002"]),
        ("电气图.dwg", ["DOC-0003"]),
        ("welding_manual.pdf", ["DOC-0001"]),
        ("D-100.pdf", []),
        ("holiday.jpg", []),
    ],
)
def test_file_is_matched_by_the_code_or_the_title_in_its_name(
    site: Site, tmp_path: Path, name: str, rows: list[str]
) -> None:
    a_file(tmp_path, name)
    assert refs(site, tmp_path / "outside") == {name: rows}


def test_longer_code_wins(site: Site, tmp_path: Path) -> None:
    editing.add_many(site.workspace, DOCUMENTS, site.project, [{"title": "Part", "number": "D-1-A"}])
    a_file(tmp_path, "D-1-A plan.pdf")
    assert refs(site, tmp_path / "outside") == {"D-1-A plan.pdf": ["DOC-0005"]}


def test_file_that_its_row_has_already_is_told(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, "D-1.pdf")
    (found,) = scan(site.workspace, DOCUMENTS, site.project, path.parent).files
    assert found.sure

    attached(site.workspace, site.project, site.ids["late"], path)

    (found,) = scan(site.workspace, DOCUMENTS, site.project, path.parent).files
    assert (found.already, found.sure) == (True, False)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_what_is_no_file_is_passed_over_and_folders_are_looked_into(site: Site, tmp_path: Path) -> None:
    folder = a_file(tmp_path, "deep/D-2.pdf").parents[1]
    (folder / "empty.pdf").touch()
    (folder / ".hidden").write_text("x")
    (folder / "~$D-1.docx").write_text("x")
    (folder / "round").symlink_to(folder)
    os.mkfifo(folder / "pipe")

    assert refs(site, folder) == {"D-2.pdf": ["DOC-0002"]}


def test_what_belongs_to_the_workspace_is_passed_over(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path, "D-1.pdf"))
    copying.make(site.workspace.path, copies.DAILY)

    assert refs(site, tmp_path) == {"D-1.pdf": ["DOC-0001"]}


def test_folder_of_more_files_than_are_looked_at_says_so(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_scan, "MOST", 2)
    for n in range(3):
        a_file(tmp_path, f"{n}.txt")

    found = scan(site.workspace, DOCUMENTS, site.project, tmp_path / "outside")

    assert (len(found.files), found.more) == (2, True)


def test_scan_can_be_cancelled_and_tells_of_a_missing_folder(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path)
    with pytest.raises(Cancelled):
        scan(site.workspace, DOCUMENTS, site.project, tmp_path / "outside", lambda *_: False)
    with pytest.raises(NotFound):
        scan(site.workspace, DOCUMENTS, site.project, tmp_path / "nowhere")

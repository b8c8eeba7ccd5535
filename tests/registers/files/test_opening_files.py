"""A file is opened as a copy under a safe name, and a program is told as one."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.registers.files import attachments
from handover.registers.files.attached_files import files_of
from handover.registers.files.opening_files import save_as, to_open, to_show
from tests.registers.conftest import Site
from tests.registers.filing import DOCUMENTS, a_file, attached


def test_stored_file_is_opened_as_a_copy_for_reading_only(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path, content=b"manual"))

    opened = to_open(file)

    assert (opened.path.name, opened.path.read_bytes(), opened.program) == ("manual.pdf", b"manual", "")
    assert not opened.path.is_relative_to(site.workspace.blobs.folder)
    if sys.platform != "win32":
        assert stat.S_IMODE(opened.path.stat().st_mode) == 0o400
        assert stat.S_IMODE(opened.path.parent.parent.stat().st_mode) == 0o700
    assert to_open(file) == opened, "opened again, the same copy serves"


@pytest.mark.parametrize(
    ("name", "content", "program"),
    [
        ("report.pdf.exe", b"x", ".exe"),
        ("setup.msi", b"x", ".msi"),
        ("invoice\u202efdp.exe", b"x", ".exe"),
        ("manual.pdf", b"MZ\x90\0", ".pdf"),
        ("readme", b"#!/bin/sh\nrm -r ~", "?"),
    ],
)
@pytest.mark.parametrize("act", [attachments.attach, attachments.link])
def test_program_is_told_with_its_true_suffix(
    site: Site, tmp_path: Path, name: str, content: bytes, program: str, act: object
) -> None:
    act(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], a_file(tmp_path, name, content))])  # type: ignore[operator]
    (file,) = files_of(site.workspace, site.ids["late"])

    opened = to_open(file)

    assert opened.program == program
    assert "\u202e" not in file.name


def test_linked_file_is_opened_where_it_lies(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path)
    attachments.link(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], path)])

    assert to_open(files_of(site.workspace, site.ids["late"])[0]).path == path


def test_file_that_is_not_there_is_told_whatever_is_wanted_of_it(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    file.place.unlink()
    (file,) = files_of(site.workspace, site.ids["late"])

    for wanted in (to_open, to_show, lambda f: save_as(f, tmp_path / "out.pdf")):
        with pytest.raises(UnusableFile, match="missing from the files folder"):
            wanted(file)
    assert not (tmp_path / "out.pdf").exists()


def test_saved_file_is_the_attached_one_and_a_spoiled_one_is_not_handed_out(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path, content=b"manual"))
    target = tmp_path / "out.pdf"

    save_as(file, target)
    assert target.read_bytes() == b"manual"

    file.place.chmod(0o644)
    file.place.write_bytes(b"poison")
    with pytest.raises(UnusableFile, match="no longer what was attached"):
        save_as(file, target)
    assert target.read_bytes() == b"manual"
    assert [p.name for p in target.parent.iterdir() if p.name.endswith("part")] == []

"""Packs where something stands in the way: attached files that are broken, folders that go, files that are held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from handover.errors import HandoverError
from handover.model import Document, System
from handover.model.attachment import Attachment
from handover.model.issued import Issued
from handover.pack.packs.defined import PackAsked, contents_asked
from handover.pack.produce import Issue, Pack, make_pack
from handover.registers.catalogue import register
from handover.registers.files.attachments import attach
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace


@dataclass
class Trouble:
    """A project with a system and a document, of which a dossier is made."""

    workspace: Workspace
    project: str
    document: str
    folder: Path

    def make(self, issue: Issue | None = None) -> Pack:
        project = self.workspace.only_project()
        contents = contents_asked(self.workspace, project, PackAsked("dossier", "en", systems=("S1",)))
        return make_pack(self.workspace, project, self.folder, language="en", contents=contents, issue=issue)


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Trouble]:
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P-01")
        system = a_row(workspace, key, System(code="S1", name="Paint shop")).id
        document = a_row(workspace, key, Document(title="Manual", system_id=system)).id
        yield Trouble(workspace, key, document, tmp_path / "out")


def test_broken_encrypted_and_missing_attachments_are_listed_and_stop_nothing(given: Trouble, tmp_path: Path) -> None:
    broken, locked, lost = tmp_path / "broken.pdf", tmp_path / "locked.pdf", tmp_path / "lost.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"\0" * 500)
    lost.write_bytes(b"%PDF-1.7 lost")
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(locked)
    files = [(given.document, path) for path in (broken, locked, lost)]
    attach(given.workspace, register("documents"), given.project, files)
    with given.workspace.read() as connection:
        digest = connection.execute(Attachment.__table__.select().where(Attachment.name == "lost.pdf")).one().sha256
    given.workspace.blobs.path_of(digest).unlink()

    made = given.make(Issue())
    assert made.pdf is not None
    text = "\n".join(page.extract_text() for page in PdfReader(made.pdf).pages)
    for name in ("broken.pdf", "locked.pdf", "lost.pdf"):
        assert name in text


def test_folder_that_is_a_file_is_told_and_nothing_is_issued(given: Trouble) -> None:
    given.folder.write_text("in the way")
    with pytest.raises((HandoverError, OSError)):
        given.make(Issue())

    assert given.folder.read_text() == "in the way"
    with given.workspace.read() as connection:
        assert connection.execute(Issued.__table__.select()).all() == []


def test_full_disk_leaves_the_former_pack_as_it_was(given: Trouble, monkeypatch: pytest.MonkeyPatch) -> None:
    former = given.make()
    assert former.pdf is not None and former.workbook is not None
    before = {path: path.read_bytes() for path in former.files}

    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("handover.pack.pdf.canvas.PackCanvas.whole", full)
    with pytest.raises((HandoverError, OSError)):
        given.make()

    assert {path: path.read_bytes() for path in former.files} == before
    assert sorted(given.folder.iterdir()) == sorted(former.files)

"""Writing a transmittal out: names that meet, and a disk that fills on the way."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from zipfile import ZipFile

import pytest

from handover.errors import HandoverError
from handover.model import Document, Person
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import TRANSMITTAL_STATUS, Recipient, Transmittal, TransmittalItem
from handover.pack import paper_steps
from handover.pack.proof.verify import verify
from handover.pack.sending import Sent, send_out
from handover.registers.catalogue import register
from handover.registers.files.attachments import attach
from handover.store import Workspace
from tests.domain import a_project, a_workspace

Desk = tuple[Workspace, str, str]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An issued transmittal of two revisions of one document, and of one whose number is written alike as a file."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        files = []
        with workspace.edit("Rows", project=project) as work:
            anna = work.add(Person(name="Anna Berg"))
            sent = work.add(Transmittal(subject="Manuals"))
            for number, codes in (("D/1", "AB"), ("D:1", "A")):
                document = work.add(Document(title="Manual", number=number))
                for code in codes:
                    revision = work.add(Revision(document_id=document.id, code=code))
                    work.add(TransmittalItem(transmittal_id=sent.id, revision_id=revision.id))
                    path = tmp_path / f"{len(files)}" / "manual.txt"
                    path.parent.mkdir()
                    path.write_text(f"{number} {code}", encoding="utf-8")
                    files.append((revision.id, path))
            work.add(Recipient(transmittal_id=sent.id, person_id=anna.id))
        attach(workspace, register("revisions"), project, files)
        step = TRANSMITTAL_STATUS.step("issue")
        paper_steps.take(workspace, register("transmittals"), project, [sent.id], step, {})
        yield workspace, project, sent.id


def send(desk: Desk, to: Path, *, archive: bool) -> Sent:
    workspace, project, key = desk
    return send_out(workspace, project, key, to, archive=archive)


def full(*_args: object, **_options: object) -> NoReturn:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_files_of_one_name_all_arrive(desk: Desk, tmp_path: Path) -> None:
    sent = send(desk, tmp_path / "out", archive=False)
    _note, *files = sent.files
    assert len(set(files)) == 3
    assert sorted((sent.place / name).read_text(encoding="utf-8") for name in files) == ["D/1 A", "D/1 B", "D:1 A"]
    assert all(found.ok for found in verify(sent.place))


@pytest.mark.parametrize("where", ["pathlib.Path.write_text", "handover.pack.sending.save_as"])
@pytest.mark.parametrize("archive", [False, True])
def test_disk_that_fills_is_told_and_leaves_nothing(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, archive: bool
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(where, full)
        with pytest.raises(HandoverError, match="disk is full: “P1-TR-0001"):
            send(desk, tmp_path / "out", archive=archive)
    assert list((tmp_path / "out").rglob("*")) == []

    assert send(desk, tmp_path / "out", archive=archive).place.exists()


def test_disk_that_fills_while_the_archive_is_packed_keeps_the_one_before(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = send(desk, tmp_path / "out", archive=True).place
    held = before.read_bytes()
    monkeypatch.setattr(ZipFile, "write", full)
    with pytest.raises(HandoverError, match="is full"):
        send(desk, tmp_path / "out", archive=True)
    assert list((tmp_path / "out").iterdir()) == [before]
    assert before.read_bytes() == held

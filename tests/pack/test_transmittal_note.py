"""Issuing a transmittal: the step, the number and the note to be signed are one act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pypdfium2 import PdfDocument
from sqlalchemy import select

from handover.errors import NotLawful, Refused
from handover.model import Document, Organisation, Person
from handover.model.attachment import Attachment
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import TRANSMITTAL_STATUS, Recipient, Transmittal, TransmittalItem
from handover.model.issued import Issued
from handover.pack import paper_steps
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace, undo
from tests.domain import a_project, a_workspace

TRANSMITTALS = register("transmittals")


@dataclass
class Desk:
    workspace: Workspace
    project: str
    key: str

    def issue(self, *, dry_run: bool = False) -> str:
        step = TRANSMITTAL_STATUS.step("issue")
        return paper_steps.take(self.workspace, TRANSMITTALS, self.project, [self.key], step, {}, dry_run=dry_run).refs[
            0
        ]

    def row(self) -> tuple[str | None, str]:
        with self.workspace.read() as connection:
            wanted = select(Transmittal.number, Transmittal.status).where(Transmittal.id == self.key)
            return tuple(connection.execute(wanted).one())

    def papers(self) -> list[tuple[str, str | None]]:
        with self.workspace.read() as connection:
            return [tuple(row) for row in connection.execute(select(Issued.number, Issued.about_id))]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A draft that lists one revision and goes to one person."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            firm = work.add(Organisation(name="临江运营公司", side="operations"))
            anna = work.add(Person(name="Anna Berg", organisation_id=firm.id))
            document = work.add(Document(title="Operating manual <b>", number="D-1"))
            revision = work.add(Revision(document_id=document.id, code="A", pages=12))
            sent = work.add(Transmittal(subject="Manuals & drawings", cover="Please check the torque."))
            work.add(TransmittalItem(transmittal_id=sent.id, revision_id=revision.id, copies=2, form="P"))
            work.add(Recipient(transmittal_id=sent.id, person_id=anna.id))
        yield Desk(workspace, project, sent.id)


def test_issue_gives_number_and_note(desk: Desk, tmp_path: Path) -> None:
    desk.issue()

    number, status = desk.row()
    assert (number, status) == (desk.papers()[0][0], "issued")
    assert desk.papers()[0][1] == desk.key
    (pdf,) = (path for _, path in desk.workspace.blobs.contents())
    text = "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(pdf))
    for said in (number, "Manuals & drawings", "D-1", "Operating manual <b>", "Anna Berg", "临江运营公司", "torque"):
        assert str(said) in text


def test_note_of_a_few_documents_is_one_page(desk: Desk) -> None:
    desk.issue()

    (pdf,) = (path for _, path in desk.workspace.blobs.contents())
    assert len(PdfDocument(pdf)) == 1


def test_note_of_fourteen_documents_with_files_for_three_receivers_is_one_page(desk: Desk) -> None:
    with desk.workspace.edit("More", project=desk.project) as work:
        for n in range(13):
            document = work.add(Document(title=f"真空系统操作维护手册 {n}", number=f"NEV01-UTL10-OM-SOP-{n:03}"))
            revision = work.add(Revision(document_id=document.id, code="A", pages=100 + n))
            work.add(TransmittalItem(transmittal_id=desk.key, revision_id=revision.id, copies=2, form="E"))
            work.add(Attachment(owner_table="revision", owner_id=revision.id, name="a.pdf", sha256=f"{n:064x}",
                                size=1, media_type="application/pdf", kept="stored"))  # fmt: skip
        for name in ("杨旭东", "冯佳宁"):
            work.add(Recipient(transmittal_id=desk.key, person_id=work.add(Person(name=name)).id, role="approval"))
    desk.issue()

    (pdf,) = (path for _, path in desk.workspace.blobs.contents())
    (page,) = PdfDocument(pdf)
    said = page.get_textpage().get_text_bounded()
    assert all(each in said for each in ("E 电子", "UTL10-OM-SOP-012", "冯佳宁", "签字"))


def test_nothing_is_issued_where_the_step_is_refused(desk: Desk) -> None:
    with desk.workspace.edit("Take away", project=desk.project) as work:
        work.delete(work.session.scalars(select(Recipient)).one())

    with pytest.raises(Refused, match="It goes to nobody"):
        desk.issue()

    assert desk.papers() == []
    assert desk.row() == (None, "draft")


def test_dry_run_draws_no_number(desk: Desk) -> None:
    assert desk.issue(dry_run=True) == "TRM-0001"
    assert desk.papers() == []
    assert desk.row() == (None, "draft")


def test_undone_issue_leaves_its_number_void(desk: Desk) -> None:
    desk.issue()
    first, _ = desk.row()
    undo(desk.workspace)
    assert desk.row() == (None, "draft")

    desk.issue()

    assert desk.row()[0] not in (None, first)


def test_no_other_way_in_issues_it(desk: Desk) -> None:
    with pytest.raises(NotLawful, match="drawn when it is issued"):
        editing.change(desk.workspace, TRANSMITTALS, desk.project, {desk.key: {"status": "issued"}})


def test_incoming_one_is_issued_without_a_note(desk: Desk) -> None:
    editing.change(desk.workspace, TRANSMITTALS, desk.project, {desk.key: {"direction": "in", "external_no": "T-9"}})

    desk.issue()

    assert desk.papers() == []
    assert desk.row() == (None, "issued")

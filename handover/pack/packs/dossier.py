"""What a dossier says of its systems before everything else: what each is, who leads it and when it passes over."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.i18n import N_
from handover.model.attachment import Attachment
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.model.people import Person
from handover.model.system import CUSTODY, System
from handover.pack.outline import Block, Fact, Facts, Note, Row, Status, TableBlock, TableColumn
from handover.pack.reading import PackReading
from handover.values.print_forms import LONG, NUMBER
from handover.wording import said


def systems_told(reading: PackReading) -> tuple[Block, ...]:
    """The facts of each system of the dossier, and the files of its documents with their checksums."""
    blocks: list[Block] = []
    with reading.workspace.read() as connection, Session(connection, autoflush=False) as session:
        wanted = select(System).where(System.id.in_(reading.about)).order_by(System.code)
        for system in session.scalars(wanted):
            blocks += [Note(f"{system.code}  {system.name}"), Facts(_facts(session, system))]
        session.expunge_all()
    files = _files(reading)
    return (*blocks, files) if files.count else tuple(blocks)


def _facts(session: Session, system: System) -> tuple[Fact, ...]:
    custody = CUSTODY[system.custody]
    facts = (
        Fact(said(N_("Custody")), Status(said(custody.name), custody.tone)),
        Fact(said(N_("Engineering lead")), _name(session, system.engineering_lead_id)),
        Fact(said(N_("Operations lead")), _name(session, system.operations_lead_id)),
        Fact(said(N_("Planned handover")), system.planned_rfo),
        Fact(said(N_("Forecast handover")), system.forecast_rfo),
        Fact(said(N_("Actual handover")), system.actual_rfo),
    )
    return tuple(fact for fact in facts if fact.value is not None)


def _name(session: Session, key: str | None) -> str | None:
    person = session.get(Person, key) if key else None
    return person.name if person is not None else None


def _files(reading: PackReading) -> TableBlock:
    """The files of the documents of the systems, by document."""
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.6, rank=1, web="mention"),
        TableColumn("title", said(N_("Title")), LONG, weight=1.6, rank=1),
        TableColumn("file", said(N_("File")), LONG, weight=1.6, rank=1),
        TableColumn("size", said(N_("Size in KB")), NUMBER),
        TableColumn("sha256", said(N_("SHA-256, its first digits")), rank=1),
    )
    chosen = (
        Document.system_id.in_(reading.about), Document.deleted_at.is_(None), Attachment.deleted_at.is_(None),
        Document.id.not_in(reading.withheld.get(Document.__tablename__, ())),
    )  # fmt: skip
    own = (
        select(Document.ref, Document.title, Attachment.name, Attachment.size, Attachment.sha256)
        .join(Attachment, Attachment.owner_id == Document.id)
        .where(*chosen)
    )  # fmt: skip
    of_revisions = (
        select(Document.ref, Document.title, Attachment.name, Attachment.size, Attachment.sha256)
        .join(Revision, Revision.document_id == Document.id)
        .join(Attachment, Attachment.owner_id == Revision.id)
        .where(*chosen, Revision.deleted_at.is_(None))
    )
    with reading.workspace.read() as connection:
        found = sorted(map(tuple, [*connection.execute(own), *connection.execute(of_revisions)]), key=str)
    rows: tuple[Row, ...] = tuple(
        (ref, title, name, -(-(size or 0) // 1024), (sha256 or "")[:16]) for ref, title, name, size, sha256 in found
    )
    return TableBlock(
        "files-of-documents", said(N_("Files of the documents")), columns, rows, len(rows), place="print"
    )  # fmt: skip

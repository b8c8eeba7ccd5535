"""Certificates in the pack, and the paper that the last signature issues."""

from __future__ import annotations

from sqlalchemy import select

from handover.i18n import N_
from handover.model.custody.certificate import Certificate
from handover.model.custody.signature import Signature
from handover.pack.certificates.outline import Pending, certificate_outline
from handover.pack.outline import Block, PackOutline, Status, TableBlock, TableColumn
from handover.pack.paper_steps import PaperStep
from handover.pack.reading import PackReading
from handover.registers.acts.taking import Answers
from handover.registers.custody.tree import custody_tree
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, STATUS
from handover.wording import Language, said


def signed(workspace: Workspace, project_id: str, signature: str, language: Language, answers: Answers) -> PackOutline:
    """The certificate as its last signature makes it."""
    key = _certificate_of(workspace, signature)
    return certificate_outline(workspace, project_id, key, language, Pending(signature, answers))


def unsigned(workspace: Workspace, project_id: str, signature: str, language: Language) -> PackOutline:
    """The certificate of a signature as it stands."""
    return certificate_outline(workspace, project_id, _certificate_of(workspace, signature), language)


def is_last(workspace: Workspace, signature: str) -> bool:
    """Whether the certificate lacks this signature alone."""
    key = _certificate_of(workspace, signature)
    left = select(Signature.id).where(
        Signature.certificate_id == key, Signature.deleted_at.is_(None), Signature.status != "signed"
    )
    with workspace.read() as connection:
        issued = connection.execute(select(Certificate.status).where(Certificate.id == key)).scalar() == "issued"
        return issued and list(connection.execute(left).scalars()) == [signature]


def more(reading: PackReading) -> tuple[Block, ...]:
    """Who has each system, since when and by which certificate."""
    with reading.workspace.read() as connection:
        places = custody_tree(connection, reading.project.id)
    if not places:
        return ()
    columns = (
        TableColumn("system", said(N_("System")), LONG, 2.4),
        TableColumn("custody", said(N_("Custody")), STATUS, 1.4),
        TableColumn("proof", said(N_("Custody as of")), LONG, 1.4),
        TableColumn("since", said(N_("In force since"), context="certificate"), DAY, 0.9),
    )
    rows = tuple(
        (
            "\u2003" * place.depth + place.system.name,
            Status(said(place.held.name), place.held.tone),
            place.last.number if place.last is not None else said(place.proof.name) if place.proof else None,
            place.last.on if place.last is not None else None,
        )
        for place in places
    )
    return (TableBlock("custody", said(N_("Custody of systems")), columns, rows, len(rows)),)


def _certificate_of(workspace: Workspace, signature: str) -> str:
    with workspace.read() as connection:
        wanted = select(Signature.certificate_id).where(Signature.id == signature)
        return str(connection.execute(wanted).scalar_one())


PAPERS = (PaperStep("signatures", "sign", "certificate", unsigned, is_last, answered=signed, of="certificate_id"),)

"""Certificates as files: the paper that was signed, else the sheet that says what would be."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from sqlalchemy import Connection, select

from handover.file_names import safe_name
from handover.i18n import tr
from handover.jobs import Progress, unattended
from handover.model.custody.certificate import Certificate
from handover.model.issued import Issued
from handover.pack.certificates.outline import certificate_outline
from handover.pack.pdf.document import write_pdf
from handover.pack.reprint import paper_to_open, pdf_name, save_paper
from handover.registers.files.opening_files import opened_folder
from handover.replacing import make_folder
from handover.store.workspace import Workspace
from handover.wording import Language


def write_certificate(
    workspace: Workspace,
    project_id: str,
    key: str,
    folder: Path,
    language: Language = "both",
    progress: Progress = unattended,
) -> Path:
    """Write the PDF of a certificate into a folder: as it was signed, else as a draft that says so.

    Raises:
        HandoverError: it can't be written. Cancelled: the user stopped it.
    """
    make_folder(folder)
    with workspace.read() as connection:
        paper, ref = paper_of(connection, key), _ref(connection, key)
    if paper is not None:
        path = folder / safe_name(pdf_name(workspace, paper), "certificate.pdf")
        save_paper(workspace, paper, path, progress)
        return path
    path = folder / safe_name(f"{ref} {tr('Draft')}.pdf", "certificate.pdf")
    _write_draft(workspace, project_id, key, ref, path, language, progress)
    return path


def certificate_to_open(
    workspace: Workspace, project_id: str, key: str, language: Language = "both", progress: Progress = unattended
) -> Path:
    """The PDF of a certificate for its own program; it is gone when this program ends. Raises as ``write_pdf``."""
    with workspace.read() as connection:
        paper, ref = paper_of(connection, key), _ref(connection, key)
    if paper is not None:
        return paper_to_open(workspace, paper, progress)
    path = opened_folder() / "drafts" / f"{ref} {tr('Draft')}.pdf"
    make_folder(path.parent)
    _write_draft(workspace, project_id, key, ref, path, language, progress)
    return path


def paper_of(connection: Connection, key: str) -> str | None:
    """The paper that was issued of a certificate, as its key; None while it isn't in force."""
    about = (Issued.about_table == Certificate.__tablename__, Issued.about_id == key, Issued.deleted_at.is_(None))
    found: str | None = connection.execute(select(Issued.id).where(*about).order_by(Issued.id.desc()).limit(1)).scalar()
    return found


def _write_draft(
    workspace: Workspace, project_id: str, key: str, ref: str, path: Path, language: Language, progress: Progress
) -> None:
    outline = certificate_outline(workspace, project_id, key, language)
    write_pdf(dataclasses.replace(outline, draft=True, number=ref), path, progress=progress)


def _ref(connection: Connection, key: str) -> str:
    return str(connection.execute(select(Certificate.ref).where(Certificate.id == key)).scalar_one())

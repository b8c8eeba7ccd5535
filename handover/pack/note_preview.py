"""The note of a transmittal to be looked at: as it was issued, or as it would be."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from sqlalchemy import select

from handover.i18n import tr
from handover.jobs import Progress, unattended
from handover.model.documents.transmittal import Transmittal
from handover.model.issued import Issued
from handover.pack.chapters.transmittals import note
from handover.pack.pdf.document import write_pdf
from handover.pack.reprint import paper_to_open
from handover.registers.files.opening_files import opened_folder
from handover.replacing import make_folder
from handover.store.workspace import Workspace
from handover.wording import Language


def note_to_open(
    workspace: Workspace, project_id: str, key: str, language: Language = "both", progress: Progress = unattended
) -> Path:
    """The PDF of the note for its own program; one that isn't issued says that it is a draft. Raises as ``write_pdf``.

    It is gone when this program ends.
    """
    about = (Issued.about_table == Transmittal.__tablename__, Issued.about_id == key, Issued.deleted_at.is_(None))
    with workspace.read() as connection:
        paper = connection.execute(select(Issued.id).where(*about).order_by(Issued.id.desc()).limit(1)).scalar()
        ref = connection.execute(select(Transmittal.ref).where(Transmittal.id == key)).scalar_one()
    if paper is not None:
        return paper_to_open(workspace, paper, progress)
    outline = dataclasses.replace(note(workspace, project_id, key, language), draft=True, number=ref)
    path = opened_folder() / "drafts" / f"{ref} {tr('Draft')}.pdf"
    make_folder(path.parent)
    write_pdf(outline, path, progress=progress)
    return path

"""Comment sheets: the comments on a revision as a workbook that goes out, is filled in and comes back as changes.

It is an export of the register like any other, so that it comes back by an import: responses and new comments are
taken; only who raised a comment closes it, in a sheet as well as in the window.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from handover.errors import NotFound, NotLawful
from handover.file_names import safe_name
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.documents.document import Document
from handover.model.documents.review import Comment
from handover.model.documents.revision import Revision
from handover.model.project import Project
from handover.pack.produce import export_register
from handover.registers.acts.transmitting import revisions_to_send
from handover.registers.catalogue import of_table
from handover.registers.declare import Register
from handover.registers.query import Condition, Query
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SheetOf:
    """Whose comments a sheet holds.

    Attributes:
        name: of the file that is proposed, without its suffix.
        comments: how many there are.
    """

    revision_id: str
    name: str
    comments: int


def sheet_of(connection: Connection, register: Register, key: str) -> SheetOf:
    """The revision whose comments a row leads to: a revision itself, a document's current one, that of a comment.

    Raises:
        Refused: the document has no revision.
        NotLawful: rows of the register have no comments.
    """
    if register.model is Comment:
        revision = connection.execute(select(Comment.revision_id).where(Comment.id == key)).scalar()
    elif register.model in (Document, Revision):
        revision = revisions_to_send(connection, register, [key])[0]
    else:
        raise NotLawful(N_("Rows of {register} have no comments."), register=register.label)
    named = connection.execute(
        select(Document.number, Document.title, Revision.code)
        .join(Revision, Revision.document_id == Document.id)
        .where(Revision.id == revision)
    ).one_or_none()
    if revision is None or named is None:
        raise NotFound(N_("This row no longer exists."))
    number, title, code = named
    name = " ".join(text for text in (number or title, code) if text)
    here = (Comment.revision_id == revision, Comment.deleted_at.is_(None))
    comments = len(connection.execute(select(Comment.id).where(*here)).all())
    return SheetOf(revision, safe_name(name, "comments"), comments)


def write_comment_sheet(
    workspace: Workspace,
    project: Project,
    sheet: SheetOf,
    path: Path,
    *,
    language: str = "en",
    progress: Progress = unattended,
) -> int:
    """Write the comments on a revision into a workbook; returns how many.

    Raises:
        NotValid: the name isn't that of a workbook. HandoverError: it can't be written. Cancelled: the user stopped it.
    """
    comments = of_table(Comment.__tablename__)
    assert comments is not None  # it is declared
    query = Query(where=(Condition("revision", "is", (sheet.revision_id,)),))
    return export_register(workspace, project, comments, path, query=query, language=language, progress=progress)

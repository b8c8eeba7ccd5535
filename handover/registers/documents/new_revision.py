"""A new revision of a document: which code is proposed, and the act itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.clock import today
from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.registers.acts import editing
from handover.registers.catalogue import of_table
from handover.registers.documents.findings import noticed_of
from handover.registers.documents.schemes import read_schemes
from handover.registers.noticing import Noticed
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a new revision of a document begins with.

    Attributes:
        name: the document's number and title.
        before: the code of the newest revision, empty where there is none.
        code: the one that follows it, empty where nothing tells.
    """

    document_id: str
    name: str
    before: str
    code: str


@dataclass(frozen=True, slots=True)
class MadeRevision:
    """A revision that was added, and what is odd about its document now that wasn't before."""

    id: str
    ref: str
    code: str
    noticed: Sequence[Noticed]


def propose(connection: Connection, project_id: str, document_id: str) -> Proposal:
    """What the next revision of a document begins with."""
    document = connection.execute(select(Document.number, Document.title).where(Document.id == document_id)).one()
    codes = _codes(connection, document_id)
    name = " ".join(text for text in document if text)
    following = read_schemes(connection, project_id).following(codes)
    return Proposal(document_id, name, next((c for c in reversed(codes) if c), None) or "", following or "")


def add_revision(
    workspace: Workspace,
    project_id: str,
    document_id: str,
    values: Mapping[str, Any],  # Any: what each field holds
    *,
    source: str = "hand",
) -> MadeRevision:
    """Add the next revision of a document in one act; it counts as submitted today unless its values say otherwise.

    Raises:
        NotValid, NotLawful: a value doesn't fit, or the document has a revision of that code already.
    """
    revisions = of_table(Revision.__tablename__)
    assert revisions is not None  # it is declared
    with workspace.read() as connection:
        before = noticed_of(connection, project_id, document_id)
        codes = {(code or "").casefold() for code in _codes(connection, document_id)}
    code = str(values.get("code") or "").strip()
    if code.casefold() in codes:
        raise NotLawful(N_("It has a revision “{code}” already."), code=code)
    given = {"document": document_id, "status": "submitted", **values, "code": code or None}
    if given["status"] == "submitted" and not given.get("submitted_on"):
        given["submitted_on"] = today()
    key = editing.add(workspace, revisions, project_id, given, source=source)
    with workspace.read() as connection:
        ref = connection.execute(select(Revision.ref).where(Revision.id == key)).scalar_one()
        now = noticed_of(connection, project_id, document_id)
    return MadeRevision(key, ref, code, [each for each in now if each not in before])


def _codes(connection: Connection, document_id: str) -> list[str | None]:
    here = (Revision.document_id == document_id, Revision.deleted_at.is_(None))
    return list(connection.execute(select(Revision.code).where(*here).order_by(Revision.number)).scalars())

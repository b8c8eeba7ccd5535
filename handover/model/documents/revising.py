"""Documents and their revisions in step.

A document shows what its current revision says, so that the register of documents is read, sorted and typed into as
one flat list; what is set there is set of that revision, and the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any

from sqlalchemy.orm import Session

from handover.model.base import Row
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision, current_of, revisions_of
from handover.model.documents.states import DOCUMENT_STATUS
from handover.model.entailed import at_hand, coming_with_new, entailed_by
from handover.model.steps import Taker

#: What a document shows of its current revision: its attribute, and that of the revision.
SHOWN = {
    "revision": "code",
    **{
        attr: attr
        for attr in (
            "revision_on", "status", "purpose", "pages", "return_code_id", "submitted_on", "received_on",
            "approved_by_id", "approved_on", "accepted_on",
        )
    },
}  # fmt: skip
#: Words that stand where a number is still to come: a document of such a number has no revision until it is submitted.
NO_NUMBER = frozenset({"TBD", "TBC", "N/A", "NA", "-"})
#: What a new revision has anew, unless it is told with it.
_ANEW = frozenset({"revision_on", "return_code_id", "submitted_on", "received_on", "approved_by_id", "approved_on",
                   "accepted_on", "pages"})  # fmt: skip


@entailed_by(Revision)
def place_among_others(revision: Revision, _changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """The newest takes the place of the ones before; the document shows what the current one says."""
    document = at_hand(session, Document, revision.document_id)
    if document is None:
        return
    of_document = revisions_of(session, document.id)
    current = current_of(of_document)
    before = of_document[: of_document.index(current)] if current is not None else []
    for each in of_document:
        if _superseded(each, current) if each in before else _returned(each):
            yield each
    if document.deleted_at is None and _shown(document, current):
        yield document


@entailed_by(Document)
def take_over(document: Document, changed: Set[str], session: Session, taker: Taker) -> Iterator[Revision]:
    """What was set of a document becomes its current revision's; where that has another code, it is a new one."""
    if not changed & SHOWN.keys():
        return
    given = (changed | document.said) & SHOWN.keys()
    current = current_of(revisions_of(session, document.id))
    if current is None:
        if _has_come(document.number, document.revision, document.status):
            yield _first(document)
        return
    another = current.code and document.revision and document.revision != current.code
    if another and current.status != DOCUMENT_STATUS.initial:
        yield _next(document, given, taker)
        return
    with current.shows_another:
        differs = [attr for attr in given if getattr(current, SHOWN[attr]) != getattr(document, attr)]
        for attr in differs:
            setattr(current, SHOWN[attr], getattr(document, attr))
    if differs:
        yield current


@coming_with_new(Document)
def firsts(
    documents: Sequence[Mapping[str, Any]], _session: Session
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: column values
    """The first revisions of many new documents, as values by column; of those that have come."""
    return Revision, [
        {"document_id": row["id"], "status": row.get("status") or DOCUMENT_STATUS.initial,
         **{ours: row[attr] for attr, ours in SHOWN.items() if row.get(attr) is not None}}
        for row in documents
        if _has_come(row.get("number"), row.get("revision"), row.get("status"))
    ]  # fmt: skip


def _has_come(number: str | None, code: str | None, status: str | None) -> bool:
    """Whether a document has a revision: it was submitted, or is numbered and in preparation under a code."""
    if status not in (None, DOCUMENT_STATUS.initial):
        return status != "cancelled" or bool(code)
    return bool(code) and (number or "").strip().upper() not in NO_NUMBER and bool((number or "").strip())


def _first(document: Document) -> Revision:
    made = Revision(document_id=document.id, project_id=document.project_id)
    with made.shows_another:
        for attr, ours in SHOWN.items():
            setattr(made, ours, getattr(document, attr))
    return made


def _next(document: Document, given: Set[str], taker: Taker) -> Revision:
    """A further revision: it has what was given with its code, and begins as submitted where its state wasn't."""
    with document.shows_another:
        for attr in _ANEW - given:
            setattr(document, attr, None)
        if "status" not in given:
            document.status = "submitted"
        if document.status == "submitted" and document.submitted_on is None and not taker.history:
            document.submitted_on = taker.today
    return _first(document)


def _superseded(revision: Revision, current: Revision | None) -> bool:
    """Have an older revision stand as superseded by the current one; whether that changed it."""
    if current is None or revision.status in ("superseded", "cancelled"):
        return False
    with revision.shows_another:
        revision.superseded_from, revision.status = revision.status, "superseded"
    revision.superseded_by_id = current.id
    return True


def _returned(revision: Revision) -> bool:
    """Give a revision, whose successor is gone, the state back that it had; whether that changed it."""
    if revision.superseded_by_id is None:
        return False
    with revision.shows_another:
        revision.status = revision.superseded_from or "superseded"
    revision.superseded_by_id = revision.superseded_from = None
    return True


def _shown(document: Document, current: Revision | None) -> bool:
    """Have a document show its current revision; whether that changed it. One that is cancelled keeps what it had."""
    if current is None and document.status == "cancelled":
        return False
    wanted = {attr: getattr(current, ours) if current is not None else None for attr, ours in SHOWN.items()}
    if current is None:
        wanted["status"] = DOCUMENT_STATUS.initial
        wanted["purpose"] = document.purpose
    differs = {attr: value for attr, value in wanted.items() if getattr(document, attr) != value}
    with document.shows_another:
        for attr, value in differs.items():
            setattr(document, attr, value)
    return bool(differs)

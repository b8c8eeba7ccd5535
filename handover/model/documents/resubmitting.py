"""What sending a revision back brings about: its document is due again, on the day that its reviewers say."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.model.base import Row
from handover.model.documents.document import Document
from handover.model.documents.review import Review
from handover.model.documents.revision import Revision
from handover.model.entailed import at_hand, entailed_by
from handover.model.steps import Taker


@entailed_by(Revision)
def due_again(revision: Revision, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A document whose revision is returned or rejected goes back to who submitted it, due on the day that is said."""
    if "status" not in changed or revision.status not in ("returned", "rejected") or taker.history:
        return
    document = at_hand(session, Document, revision.document_id)
    here = (Review.revision_id == revision.id, Review.deleted_at.is_(None), Review.resubmit_due.is_not(None))
    days = [day for day in session.scalars(select(Review.resubmit_due).where(*here)) if day is not None]
    if document is None or document.deleted_at is not None or not days:
        return
    if document.due_on != max(days):
        document.due_on = max(days)
        yield document

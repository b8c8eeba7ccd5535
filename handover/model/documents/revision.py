"""The revisions of documents: each with its code, its dates and how far it has come.

The current one is the newest that has come and isn't cancelled.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.attachment import Attachment
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.documents.review import standing_against_approval
from handover.model.documents.states import DOCUMENT_PURPOSE, DOCUMENT_STATUS
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.values.revision_codes import alike


class Revision(Due, Row):
    """A revision of a document, in the order in which they came.

    Attributes:
        number: its place among the revisions of the document, from 1 on.
        code: as on its title block; empty where the document has come without one.
        superseded_by_id: the revision that took its place.
        superseded_from: the state that it was in then, which it returns to when that revision is cancelled.
    """

    __tablename__ = "revision"
    prefix: ClassVar[str] = "REV"
    part_of: ClassVar[str] = "document_id"
    outlives_lock: ClassVar[bool] = True
    guarded_by_hand: ClassVar[frozenset[str]] = frozenset({"code", "document_id"})

    document_id: Mapped[str] = link("document")
    number: Mapped[int | None]
    code: Mapped[str | None] = mapped_column(String(20))
    revision_on: Mapped[dt.date | None]
    status: Mapped[str] = state(DOCUMENT_STATUS)
    purpose: Mapped[str | None] = choice(DOCUMENT_PURPOSE)
    author_id: Mapped[str | None] = link("person")
    checker_id: Mapped[str | None] = link("person")
    pages: Mapped[int | None]
    planned_on: Mapped[dt.date | None]
    forecast_on: Mapped[dt.date | None]
    submitted_on: Mapped[dt.date | None]
    received_on: Mapped[dt.date | None]
    return_code_id: Mapped[str | None] = pick("return_code")
    approved_by_id: Mapped[str | None] = link("person")
    approved_on: Mapped[dt.date | None]
    accepted_on: Mapped[dt.date | None]
    superseded_by_id: Mapped[str | None] = link("revision")
    superseded_from: Mapped[str | None] = mapped_column(String(32))
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Its days stand in their order."""
        sent, got = values.get("submitted_on"), values.get("received_on")
        if sent and got and got < sent:
            yield Problem("received_on", N_("Received before it was submitted."))
        if (values.get("pages") or 0) < 0:
            yield Problem("pages", N_("This number can't be negative."))

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """No two revisions of a document bear one code, but for cancelled ones. What a list tells is only noticed."""
        session = object_session(self)
        was = before.get("code"), before.get("document_id")
        if session is None or taker.history or not self.code or was == (self.code, self.document_id):
            return
        if self.deleted_at is not None or self.status == "cancelled":
            return
        for other in revisions_of(session, self.document_id):
            if other is not self and other.status != "cancelled" and same_code(other.code, self.code):
                values = {"code": self.code, "other": other.ref}
                yield Reason(N_("The document has a revision “{code}” already: {other}."), values, field="code")
                return

    def standing_against_approval(self, taker: Taker) -> Iterator[Reason]:
        """Approvers who haven't accepted it, and comments on it and on the ones before that aren't closed."""
        session = object_session(self)
        if session is None or taker.history:
            return
        of_document = [each for each in revisions_of(session, self.document_id) if each.status != "cancelled"]
        earlier = of_document[: of_document.index(self)] if self in of_document else []
        yield from standing_against_approval(session, self.id, [each.id for each in earlier])

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """On its way: neither accepted nor superseded nor cancelled."""
        return cls.status.not_in(DOCUMENT_STATUS.closed)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When it is expected."""
        return cls.planned_on

    @classmethod
    def returned(cls) -> ColumnElement[bool]:
        """Sent back by the review."""
        return cls.status.in_(("returned", "rejected"))

    @classmethod
    def without_file(cls) -> ColumnElement[bool]:
        """It has come without its file."""
        return and_(cls.status.not_in((DOCUMENT_STATUS.initial, "cancelled")), ~Attachment.of(cls.id))


def same_code(one: str | None, other: str | None) -> bool:
    """Whether two codes are the same as people read them."""
    return alike(one) == alike(other)


def revisions_of(session: Session, document_id: str) -> list[Revision]:
    """The revisions of a document in their order, those that this act adds included and those in the bin left out."""
    stored = session.scalars(select(Revision).where(Revision.document_id == document_id)).all()
    added = [row for row in session.new if isinstance(row, Revision) and row.document_id == document_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (row.number is None, row.number or 0, row.id))


def current_of(revisions: Sequence[Revision]) -> Revision | None:
    """The newest revision that has come and isn't cancelled, else the first in preparation; None where none is."""
    live = [each for each in revisions if each.status != "cancelled"]
    come = [each for each in live if each.status != DOCUMENT_STATUS.initial]
    return come[-1] if come else live[0] if live else None

"""The document transfer register: what operations must receive, and how far each piece has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Dropping, Due, Problem, Row, choice, link, state
from handover.model.dialect import worked_out
from handover.model.documents.revision import current_of, revisions_of
from handover.model.documents.states import DOCUMENT_PURPOSE, DOCUMENT_STATUS
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary

MEDIUM = Vocabulary(
    (
        Option("electronic", "Electronic", aliases=("E", "电子版", "pdf", "soft copy")),
        Option("paper", "Paper", aliases=("P", "纸版", "hard copy")),
        Option("both", "Paper and electronic", aliases=("P+E", "纸质+电子", "纸质和电子")),
        Option("blueprint", "Blueprint", aliases=("晒图",)),
    )
)

CONFIDENTIALITY = Vocabulary(
    (
        Option("public", "Public", aliases=("公开",)),
        Option("internal", "Internal", aliases=("内部",)),
        Option("secret", "Confidential", "warning", ("secret", "秘密", "机密")),
    )
)

#: What is worked out of every document: how much is odd about it and its revisions.
DOCUMENT_FINDINGS = "document_findings"


class Document(Due, Row):
    """A document that is required or held, as its current revision has it."""

    __tablename__ = "document"
    prefix: ClassVar[str] = "DOC"
    #: What its current revision says, see ``model.revision``: a change of many at once passes there row by row.
    guarded: ClassVar[frozenset[str]] = frozenset(
        {
            "revision",
            "revision_on",
            "purpose",
            "pages",
            "return_code_id",
            "submitted_on",
            "received_on",
            "approved_by_id",
            "approved_on",
            "accepted_on",
        }
    )
    dropping: ClassVar[Dropping] = Dropping(
        N_("Mark them as cancelled"),
        NN_(
            "{n} document that the file no longer has is marked as cancelled.",
            "{n} documents that the file no longer has are marked as cancelled.",
        ),
        {"status": "cancelled"},
    )
    stands_as: ClassVar[tuple[str, str]] = NN_(
        "{n} document of {system} that operations must have is not accepted yet: {refs}.",
        "{n} documents of {system} that operations must have are not accepted yet: {refs}.",
    )

    number: Mapped[str | None] = mapped_column(String(100), index=True)
    title: Mapped[str] = mapped_column(String(500))
    system_id: Mapped[str | None] = link("system")
    discipline: Mapped[str | None] = mapped_column(String(60))
    doc_type: Mapped[str | None] = mapped_column(String(100))
    revision: Mapped[str | None] = mapped_column(String(20))
    revision_on: Mapped[dt.date | None]
    status: Mapped[str] = state(DOCUMENT_STATUS)
    purpose: Mapped[str | None] = choice(DOCUMENT_PURPOSE)
    mandatory: Mapped[bool | None] = mapped_column(default=True)
    originator_id: Mapped[str | None] = link("organisation")
    holder_id: Mapped[str | None] = link("person")
    receiver_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    submitted_on: Mapped[dt.date | None]
    received_on: Mapped[dt.date | None]
    return_code_id: Mapped[str | None] = pick("return_code")
    approved_by_id: Mapped[str | None] = link("person")
    approved_on: Mapped[dt.date | None]
    accepted_on: Mapped[dt.date | None]
    medium: Mapped[str | None] = choice(MEDIUM)
    copies: Mapped[int | None]
    pages: Mapped[int | None]
    language: Mapped[str | None] = mapped_column(String(40))
    confidentiality: Mapped[str | None] = choice(CONFIDENTIALITY)
    location: Mapped[str | None] = mapped_column(String(200))
    box_id: Mapped[str | None] = link("box")
    lent_to_id: Mapped[str | None] = link("person")
    lent_on: Mapped[dt.date | None]
    lent_until: Mapped[dt.date | None]
    required_for_id: Mapped[str | None] = link("milestone")
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A document needs a title; it can't be received before it was submitted."""
        yield from must_have(values, "title")
        sent, got = values.get("submitted_on"), values.get("received_on")
        if sent and got and got < sent:
            yield Problem("received_on", N_("Received before it was submitted."))
        for key in ("copies", "pages"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))

    def standing_against_approval(self, taker: Taker) -> Iterator[Reason]:
        """Approvers of its current revision who haven't accepted it, and comments that aren't closed."""
        session = object_session(self)
        current = current_of(revisions_of(session, self.id)) if session is not None else None
        if current is not None:
            yield from current.standing_against_approval(taker)

    @classmethod
    def lent(cls) -> ColumnElement[bool]:
        """Its original is out of its place."""
        return cls.lent_to_id.is_not(None)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet accepted by operations and still wanted."""
        return cls.status.not_in(DOCUMENT_STATUS.closed)

    @classmethod
    def accepted(cls) -> ColumnElement[bool]:
        """In the hands of operations; what was superseded or cancelled is not."""
        return cls.status == "accepted"

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """When operations must have it."""
        return cls.due_on

    @classmethod
    def missing(cls) -> ColumnElement[bool]:
        """Nothing was ever submitted, or the number is only a placeholder word (TBD, TBC, N/A, -)."""
        return or_(cls.status == "placeholder", and_(cls.open(), cls.number.in_(("TBD", "TBC", "N/A", "-"))))

    @classmethod
    def returned(cls) -> ColumnElement[bool]:
        """Sent back and not yet submitted again."""
        return cls.status.in_(("returned", "rejected"))

    @classmethod
    def noticed(cls) -> ColumnElement[bool]:
        """Something is odd about it: a number or a code breaks its scheme, days run backward, a file comes again."""
        found: ColumnElement[bool] = worked_out(DOCUMENT_FINDINGS, cls.project_id, cls.id, 0, Integer()) > 0
        return found

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Operations must have it, and hasn't accepted it."""
        return and_(cls.open(), cls.mandatory.is_not(False))

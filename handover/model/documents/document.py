"""The document transfer register: what operations must receive, and how far each piece has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Integer, String, Text, and_, case, func, or_, select
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.attachment import Attachment
from handover.model.base import Dropping, Due, Problem, Row, choice, link, state
from handover.model.dialect import today_, worked_out
from handover.model.documents.held_status import falls_short, in_order, place_of
from handover.model.documents.requirement import Asking, Requirement
from handover.model.documents.revision import Revision, current_of, revisions_of
from handover.model.documents.states import DOCUMENT_PURPOSE, DOCUMENT_STATUS
from handover.model.milestone import Milestone
from handover.model.people import must_have
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.system import CRITICALITY
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


#: How a document stands to what is asked of it, the best first.
STANDING = Vocabulary(
    (
        Option("held", "Held as required", "ok"),
        Option("expected", "Not due yet", "neutral"),
        Option("under_way", "Under way", "info"),
        Option("wrong_status", "Held with the wrong status", "warning"),
        Option("missing_at_milestone", "Missing at its milestone", "danger"),
    )
)


class Document(Due, Row):
    """A document that is required or held, as its current revision has it.

    Attributes:
        originator_no: the number that whoever wrote it gives it, where that isn't ours.
        keeper_id: who keeps the original, wherever it lies.
        retention: how long it must be kept, in the words of the archive: for good, 30 years.
        expected: the program listed it since a requirement asks for it.
    """

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
    stands_also: ClassVar[tuple[tuple[str, tuple[str, str]], ...]] = (
        (
            "wrong_status",
            NN_(
                "{n} document of {system} is held with the wrong status: {refs}.",
                "{n} documents of {system} are held with the wrong status: {refs}.",
            ),
        ),
    )

    number: Mapped[str | None] = mapped_column(String(100), index=True)
    title: Mapped[str] = mapped_column(String(500))
    system_id: Mapped[str | None] = link("system")
    discipline_id: Mapped[str | None] = pick("discipline")
    doc_type_id: Mapped[str | None] = pick("document_type")
    revision: Mapped[str | None] = mapped_column(String(20))
    revision_on: Mapped[dt.date | None]
    status: Mapped[str] = state(DOCUMENT_STATUS)
    purpose: Mapped[str | None] = choice(DOCUMENT_PURPOSE)
    mandatory: Mapped[bool | None] = mapped_column(default=True)
    originator_id: Mapped[str | None] = link("organisation")
    originator_no: Mapped[str | None] = mapped_column(String(100))
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
    criticality: Mapped[str | None] = choice(CRITICALITY)
    keeper_id: Mapped[str | None] = link("person")
    retention: Mapped[str | None] = mapped_column(String(60))
    location: Mapped[str | None] = mapped_column(String(200))
    box_id: Mapped[str | None] = link("box")
    lent_to_id: Mapped[str | None] = link("person")
    lent_on: Mapped[dt.date | None]
    lent_until: Mapped[dt.date | None]
    required_for_id: Mapped[str | None] = link("milestone")
    expected: Mapped[bool | None]
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

    @classmethod
    def freed(cls, before: Mapping[str, Any], after: Mapping[str, Any]) -> frozenset[str]:
        """What its revision says, where it comes to show another one: no step of the one before leads there."""
        codes = before.get("revision"), after.get("revision")
        another = all(codes) and codes[0] != codes[1] and before.get("status") != DOCUMENT_STATUS.initial
        return cls.guarded | {"status"} if another else frozenset()

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
    def lent_too_long(cls) -> ColumnElement[bool]:
        """Its original should have been given back."""
        return and_(cls.lent(), cls.lent_until < today_())

    @classmethod
    def without_file(cls) -> ColumnElement[bool]:
        """It has come, and neither it nor a revision of it has a file."""
        of_revisions = select(Attachment.id).where(
            Attachment.owner_id == Revision.id, Attachment.deleted_at.is_(None), Revision.document_id == cls.id
        )
        has_come = cls.status.not_in((DOCUMENT_STATUS.initial, "cancelled"))
        return and_(has_come, ~Attachment.of(cls.id), ~of_revisions.exists())

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet accepted by operations and still wanted."""
        return cls.status.not_in(DOCUMENT_STATUS.closed)

    @classmethod
    def accepted(cls) -> ColumnElement[bool]:
        """In the hands of operations; what was superseded or cancelled is not."""
        return cls.status == "accepted"

    @classmethod
    def wanted(cls) -> ColumnElement[bool]:
        """Neither superseded nor cancelled."""
        return cls.status.not_in(("superseded", "cancelled"))

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

    @hybrid_property
    def standing(self) -> str | None:
        """How it stands to what is asked of it; see STANDING. None where nothing is asked."""
        raise AttributeError("standing is computed in SQL")

    @standing.inplace.expression
    @classmethod
    def _standing(cls) -> ColumnElement[str | None]:
        places = {place: option.code for place, option in enumerate(STANDING)}
        return case(places, value=cls._worst(), else_=None)

    @classmethod
    def _worst(cls) -> ColumnElement[int | None]:
        """The place in STANDING of how it stands to what asks for most; looked up once a document."""
        held, expected, under_way, wrong, missing = range(5)
        stands = case(
            (cls.accepted(), case((falls_short(cls.purpose, Requirement.required_status), wrong), else_=held)),
            (Requirement.come(), missing),
            (cls.status == "placeholder", expected),
            else_=under_way,
        )
        wanted = cls.status.not_in(("superseded", "cancelled"))
        worst: ColumnElement[int | None] = cls._asked(func.max(stands), wanted)
        return worst

    @hybrid_property
    def required_status(self) -> str | None:
        """The status that asks for most of all that is asked of it."""
        raise AttributeError("required_status is computed in SQL")

    @required_status.inplace.expression
    @classmethod
    def _required_status(cls) -> ColumnElement[str | None]:
        return case(dict(enumerate(in_order())), value=cls._asked(func.max(place_of(Requirement.required_status))))

    @hybrid_property
    def asked_for(self) -> str | None:
        """The milestones for which it is asked, with their references."""
        raise AttributeError("asked_for is computed in SQL")

    @asked_for.inplace.expression
    @classmethod
    def _asked_for(cls) -> ColumnElement[str | None]:
        named = Milestone.ref + " " + Milestone.name
        asking = Asking(cls)
        several = asking.select(named.label("named"), Requirement.required_for_id == Milestone.id).distinct().subquery()
        return select(func.aggregate_strings(several.c.named, "; ")).scalar_subquery()

    @hybrid_property
    def asked_of(self) -> str | None:
        """The system of which it is asked, its own or one above, with its reference."""
        raise AttributeError("asked_of is computed in SQL")

    @asked_of.inplace.expression
    @classmethod
    def _asked_of(cls) -> ColumnElement[str | None]:
        asking = Asking(cls)
        named = asking.of_system(lambda system: system.ref + " " + system.code + " " + system.name)
        return asking.select(func.min(named)).scalar_subquery()

    @hybrid_property
    def side(self) -> str | None:
        """Which side receives it, after what asks for it."""
        raise AttributeError("side is computed in SQL")

    @side.inplace.expression
    @classmethod
    def _side(cls) -> ColumnElement[str | None]:
        first: ColumnElement[str | None] = cls._asked(func.min(Requirement.side))
        return first

    @classmethod
    def _asked(cls, what: Any, *conditions: ColumnElement[bool]) -> Any:  # Any: an aggregate of what asks for it
        return Asking(cls).select(what, *conditions).scalar_subquery()

    @classmethod
    def missing_at_milestone(cls) -> ColumnElement[bool]:
        """Asked for a milestone that is reached or due, and not held."""
        return and_(cls.open(), cls.standing == "missing_at_milestone")

    @classmethod
    def wrong_status(cls) -> ColumnElement[bool]:
        """Held by operations, in a status that falls short of what is asked."""
        return and_(cls.accepted(), cls.standing == "wrong_status")

    @classmethod
    def held_as_required(cls) -> ColumnElement[bool]:
        """Asked, and held in the status that is asked for."""
        return and_(cls.accepted(), cls.standing == "held")

    @classmethod
    def not_as_required(cls) -> ColumnElement[bool]:
        """Asked, and not held in the status that is asked for."""
        return cls.standing.in_(("expected", "under_way", "wrong_status", "missing_at_milestone"))

    @classmethod
    def noticed(cls) -> ColumnElement[bool]:
        """Something is odd about it: a number or a code breaks its scheme, days run backward, a file comes again."""
        found: ColumnElement[bool] = worked_out(DOCUMENT_FINDINGS, cls.project_id, cls.id, 0, Integer()) > 0
        return found

    @classmethod
    def blocking(cls) -> ColumnElement[bool]:
        """Operations must have it, and hasn't accepted it or holds it with the wrong status."""
        return and_(cls.mandatory.is_not(False), or_(cls.open(), cls.wrong_status()))

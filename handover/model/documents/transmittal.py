"""Transmittals: which revisions were sent to whom, what was asked of them, and who has acknowledged them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link, state
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.model.entailed import at_hand, entailed_by
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person, must_have
from handover.model.picks.pick import pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option, Vocabulary
from handover.values.moments import day_of

DIRECTION = Vocabulary(
    (
        Option("out", "Outgoing", aliases=("out", "发出", "发文", "outgoing")),
        Option("in", "Incoming", aliases=("in", "接收", "收文", "incoming")),
    )
)

METHOD = Vocabulary(
    (
        Option("link", "Download or shared folder", aliases=("link", "ftp", "sharepoint", "网盘", "共享盘")),
        Option("email", "E-mail", aliases=("email", "mail", "邮件", "电子邮件")),
        Option("hand", "By hand", aliases=("hand", "by hand", "当面", "专人送达")),
        Option("courier", "Courier", aliases=("courier", "post", "快递", "邮寄")),
        Option("medium", "Data carrier", aliases=("usb", "cd", "u盘", "光盘")),
    )
)

FORM = Vocabulary(
    (
        Option("P", "Paper", aliases=("p", "paper", "hard copy", "纸质", "纸版")),
        Option("E", "Electronic", aliases=("e", "electronic", "soft copy", "电子", "电子版")),
        Option("C", "Photocopy", aliases=("c", "copy", "复印件", "拷贝")),
    )
)

RECIPIENT_ROLE = Vocabulary(
    (
        Option("action", "For action", "info", ("action", "办理", "to")),
        Option(
            "information", "To be informed", "neutral", ("info", "information", "for information", "知会", "cc", "抄送")
        ),
        Option("approval", "For approval", "warning", ("approval", "审批", "批准")),
    )
)

#: The file beside those of a transmittal that lists them for programs.
ITEM_LIST = "transmittal.json"
_SENT = ("issued", "partly_acknowledged", "acknowledged")
TRANSMITTAL_STATUS = Lifecycle(
    (
        Option("draft", "Draft", "neutral", ("草稿", "in preparation")),
        Option("issued", "Sent out", "info", ("issued", "sent", "已发布")),
        Option("partly_acknowledged", "Partly acknowledged", "warning", ("部分签收",)),
        Option("acknowledged", "Acknowledged", "ok", ("received", "已签收")),
        Option("closed", "Closed", "ok", ("已关闭",)),
        Option("recalled", "Recalled", "danger", ("撤回", "withdrawn")),
    ),
    steps=(
        Step("issue", N_("Issue"), ("draft",), "issued", on="sent_on", needs="wanting_to_issue"),
        Step("acknowledge", N_("Acknowledge"), ("issued", "partly_acknowledged"), "acknowledged",
             by="acknowledged_by", on="acknowledged_on", asks=("acknowledged_by",), after=("sent_on",),
             needs="wanting_to_acknowledge"),
        Step("recall", N_("Recall"), ("issued",), "recalled", asks=("recalled_because",),
             needs="acknowledged_by_somebody"),
        Step("close", N_("Close"), ("acknowledged",), "closed", on="closed_on", after=("sent_on",)),
    ),
    closed=frozenset({"closed", "recalled"}),
    locked=frozenset({*_SENT, "closed", "recalled"}),
    stays_open=frozenset({"notes", "chased_on"}),
)  # fmt: skip


class Transmittal(Due, Row):
    """What goes from one side to the other under one number; what it lists is frozen when it is issued.

    ``number`` is drawn at issue; that of an incoming one is the sender's. ``acknowledged_by`` and ``acknowledged_on``
    tell of the last acknowledgement; each receiver's own stands with the receiver.
    """

    __tablename__ = "transmittal"
    prefix: ClassVar[str] = "TRM"

    number: Mapped[str | None] = mapped_column(String(100), index=True)
    external_no: Mapped[str | None] = mapped_column(String(100))
    direction: Mapped[str] = choice(DIRECTION, "out")
    subject: Mapped[str] = mapped_column(String(300))
    purpose_id: Mapped[str | None] = pick("document_purpose")
    from_org_id: Mapped[str | None] = link("organisation")
    to_org_id: Mapped[str | None] = link("organisation")
    sender_id: Mapped[str | None] = link("person")
    method: Mapped[str | None] = choice(METHOD)
    cover: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = state(TRANSMITTAL_STATUS)
    sent_on: Mapped[dt.date | None]
    response_due: Mapped[dt.date | None]
    acknowledged_by_id: Mapped[str | None] = link("person")
    acknowledged_on: Mapped[dt.date | None]
    chased_on: Mapped[dt.date | None]
    recalled_because: Mapped[str | None] = mapped_column(Text)
    closed_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It says what it is about, and asks for an answer after it was sent."""
        yield from must_have(values, "subject")
        sent, due = values.get("sent_on"), values.get("response_due")
        if sent and due and due < sent:
            yield Problem("response_due", N_("The answer would be due before it is sent."))

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Sent, and neither closed nor recalled."""
        return cls.status.in_(_SENT)

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when the answer is asked for."""
        return cls.response_due

    @classmethod
    def drafts(cls) -> ColumnElement[bool]:
        """Not yet issued."""
        return cls.status == "draft"

    @classmethod
    def unacknowledged(cls) -> ColumnElement[bool]:
        """Sent, and not acknowledged by everybody."""
        return cls.status.in_(("issued", "partly_acknowledged"))

    def wanting_to_issue(self, taker: Taker) -> Iterator[Reason]:
        """It lists something, and goes to somebody; a revision goes out only once it is there."""
        session = object_session(self)
        if session is None or taker.history:
            return
        items, recipients = _parts(session, TransmittalItem, self.id), _parts(session, Recipient, self.id)
        if not items:
            yield Reason(N_("It lists no document. Add what is sent."))
        if not recipients:
            yield Reason(N_("It goes to nobody. Add a receiver."))

    def wanting_to_acknowledge(self, taker: Taker) -> Iterator[Reason]:
        """Whoever acknowledges it is one of its receivers, or of a company that is, and hasn't yet."""
        session = object_session(self)
        by = self.acknowledged_by_id or taker.person
        if session is None or by is None or taker.history:
            return
        if _of(session, self.id, by) is None:
            name = session.scalar(select(Person.name).where(Person.id == by)) or ""
            yield Reason(N_("{name} is none of the receivers who haven't acknowledged it yet."), {"name": name},
                         field="acknowledged_by")  # fmt: skip

    def against_change(self, _before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """What goes out has its number, and so its note, from the step that issues it."""
        if self.status in _SENT and self.direction == "out" and not self.number and not taker.history:
            yield Reason(N_("Its number is drawn when it is issued by its own step, with the note to be signed."))

    def acknowledged_by_somebody(self, _taker: Taker) -> Iterator[Reason]:
        """It is recalled only while nobody has acknowledged it."""
        session = object_session(self)
        done = [r for r in _parts(session, Recipient, self.id) if r.acknowledged_on] if session is not None else []
        if done:
            yield Reason(N_("It was acknowledged already; send the right revision with another transmittal."))


class TransmittalItem(Row):
    """A line of a transmittal: a revision, as it was when the transmittal was issued.

    Attributes:
        document_no, title, code, sha256, pages: what the revision said then; they never change after it.
    """

    __tablename__ = "transmittal_item"
    prefix: ClassVar[str] = "TRI"
    part_of: ClassVar[str] = "transmittal_id"

    transmittal_id: Mapped[str] = link("transmittal")
    number: Mapped[int | None]
    revision_id: Mapped[str | None] = link("revision")
    document_no: Mapped[str | None] = mapped_column(String(100))
    title: Mapped[str | None] = mapped_column(String(500))
    code: Mapped[str | None] = mapped_column(String(20))
    pages: Mapped[int | None]
    sha256: Mapped[str | None] = mapped_column(String(64))
    copies: Mapped[int | None]
    form: Mapped[str | None] = choice(FORM)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """It names a revision, or, as lines of incoming ones may, a title."""
        if not values.get("revision_id") and not str(values.get("title") or "").strip():
            yield Problem("revision", N_("Say which revision is sent."))
        for key in ("copies", "pages"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))

    @classmethod
    def superseded(cls) -> ColumnElement[bool]:
        """Not out yet, and its revision has a newer one in its place."""
        drafts = select(Transmittal.id).where(Transmittal.status == "draft", Transmittal.deleted_at.is_(None))
        old = select(Revision.id).where(Revision.status == "superseded")
        return cls.transmittal_id.in_(drafts) & cls.revision_id.in_(old)


class Recipient(Row):
    """Somebody to whom a transmittal goes, with what is asked of him, and his acknowledgement."""

    __tablename__ = "recipient"
    prefix: ClassVar[str] = "RCP"
    part_of: ClassVar[str] = "transmittal_id"
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset({"person_id", "organisation_id", "role", "transmittal_id"})

    transmittal_id: Mapped[str] = link("transmittal")
    number: Mapped[int | None]
    person_id: Mapped[str | None] = link("person")
    organisation_id: Mapped[str | None] = link("organisation")
    role: Mapped[str | None] = choice(RECIPIENT_ROLE, "action")
    copy_no: Mapped[str | None] = mapped_column(String(20))
    notified_on: Mapped[dt.date | None]
    acknowledged_by_id: Mapped[str | None] = link("person")
    acknowledged_on: Mapped[dt.date | None]
    chased_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A receiver is a person or a company."""
        if not values.get("person_id") and not values.get("organisation_id"):
            yield Problem("person", N_("Name a person or a company."))

    @classmethod
    def waiting(cls) -> ColumnElement[bool]:
        """Of a transmittal that was sent, and not yet acknowledged."""
        sent = select(Transmittal.id).where(Transmittal.status.in_(_SENT))
        return cls.acknowledged_on.is_(None) & cls.transmittal_id.in_(sent)

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Once a transmittal is out, nobody is added to its receivers, or taken from them."""
        session = object_session(self)
        owner = at_hand(session, Transmittal, self.transmittal_id) if session is not None else None
        out = owner is not None and owner.status != "draft" and not taker.history
        moved = [attr for attr in ("person_id", "organisation_id", "role", "deleted_at")
                 if before.get(attr) != getattr(self, attr)] if before else ["person_id"]  # fmt: skip
        if out and moved and owner is not None and owner.deleted_at is None:
            values = {"ref": owner.ref, "state": TRANSMITTAL_STATUS[owner.status]}
            yield Reason(N_("{ref} is “{state}”: what belongs to it can't be changed."), values)
        if self.acknowledged_on and owner is not None and owner.sent_on and self.acknowledged_on < owner.sent_on:
            yield Reason(N_("Acknowledged before it was sent."), field="acknowledged_on")


@entailed_by(TransmittalItem)
def copy_of_revision(item: TransmittalItem, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """A line that gets a revision says what that revision says now."""
    if "revision_id" in changed and _as_now(item, session):
        yield item


@entailed_by(Transmittal)
def follow_transmittal(transmittal: Transmittal, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """At issue the lines are frozen as they are and the receivers told; an acknowledgement becomes the receiver's."""
    if "status" not in changed:
        return
    items = _parts(session, TransmittalItem, transmittal.id)
    if transmittal.status == "issued":
        yield from [item for item in items if _as_now(item, session)]
        yield from _passed_on(items, session, "placeholder", "submitted", "submitted_on", transmittal.sent_on)
        for recipient in _parts(session, Recipient, transmittal.id):
            if recipient.notified_on is None and transmittal.sent_on is not None:
                recipient.notified_on = transmittal.sent_on
                yield recipient
    if transmittal.status == "acknowledged" and transmittal.acknowledged_by_id is not None:
        recipient = _of(session, transmittal.id, transmittal.acknowledged_by_id)
        if recipient is not None:
            recipient.acknowledged_by_id = transmittal.acknowledged_by_id
            recipient.acknowledged_on = day_of(transmittal.acknowledged_on or taker.today)
            yield recipient


@entailed_by(Recipient)
def count_acknowledgements(recipient: Recipient, _changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """A transmittal is acknowledged when all its receivers have, partly when some have."""
    owner = at_hand(session, Transmittal, recipient.transmittal_id)
    if owner is None or owner.status not in _SENT:
        return
    everybody = _parts(session, Recipient, owner.id)
    done = sum(each.acknowledged_on is not None for each in everybody)
    if done == len(everybody):
        items = _parts(session, TransmittalItem, owner.id)
        yield from _passed_on(items, session, "submitted", "received", "received_on", recipient.acknowledged_on)
    now = "issued" if not done else "acknowledged" if done == len(everybody) else "partly_acknowledged"
    if owner.status != now:
        with owner.shows_another:
            owner.status = now
        yield owner


def _as_now(item: TransmittalItem, session: Session) -> bool:
    """Have a line say what its revision says now; whether that changed it."""
    revision = at_hand(session, Revision, item.revision_id)
    document = at_hand(session, Document, revision.document_id) if revision is not None else None
    if revision is None or document is None:
        return False
    now = {"document_no": document.number, "title": document.title, "code": revision.code, "pages": revision.pages,
           "sha256": _checksum(session, revision.id)}  # fmt: skip
    differs = {attr: value for attr, value in now.items() if getattr(item, attr) != value}
    for attr, value in differs.items():
        setattr(item, attr, value)
    return bool(differs)


def _passed_on(
    items: list[Any], session: Session, before: str, after: str, attr: str, on: dt.date | None
) -> Iterator[Revision]:  # Any: items
    """Bring the revisions that a transmittal lists on by the step that its passage is."""
    for item in items:
        revision = at_hand(session, Revision, item.revision_id)
        if revision is not None and revision.status == before and revision.deleted_at is None:
            setattr(revision, attr, max(on, revision.submitted_on) if on and revision.submitted_on else on)
            revision.status = after
            yield revision


def _checksum(session: Session, revision_id: str) -> str | None:
    """The checksum of the first file of a revision; None where it has none."""
    files = Row.metadata.tables["attachment"]
    wanted = select(files.c.sha256).where(files.c.owner_id == revision_id, files.c.deleted_at.is_(None))
    return session.scalar(wanted.order_by(files.c.position, files.c.id).limit(1))


def _of(session: Session, transmittal_id: str, person_id: str) -> Recipient | None:
    """The receiver whom a person answers for: himself, else his company; None where there is none left to answer."""
    waiting = [r for r in _parts(session, Recipient, transmittal_id) if r.acknowledged_on is None]
    person = session.get(Person, person_id)
    company = person.organisation_id if person is not None else None
    own = next((r for r in waiting if r.person_id == person_id), None)
    return own or next((r for r in waiting if r.person_id is None and company and r.organisation_id == company), None)


def _parts(session: Session, model: Any, transmittal_id: str) -> list[Any]:  # Any: items or recipients
    """The parts of a transmittal in their order, with those that this act adds and without those in the bin."""
    stored = session.scalars(select(model).where(model.transmittal_id == transmittal_id)).all()
    added = [row for row in session.new if isinstance(row, model) and row.transmittal_id == transmittal_id]
    here = [row for row in (*stored, *added) if row.deleted_at is None]
    return sorted(here, key=lambda row: (row.number is None, row.number or 0, row.id))

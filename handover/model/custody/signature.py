"""Signatures of certificates: who signs for which side and when, one after the other; the last one passes custody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice, link, state
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate, just_issued
from handover.model.entailed import at_hand, entailed_by
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import SIDE, Person, must_name
from handover.model.picks.pick import Pick, pick
from handover.model.steps import Taker
from handover.model.vocabulary import Option
from handover.values.cells import folded
from handover.values.shown import ShownDay

SIGNATURE_STATUS = Lifecycle(
    (
        Option("waiting", NC_("signature", "Not signed"), "warning", ("未签署",)),
        Option("signed", NC_("signature", "Signed"), "ok", ("已签署",)),
    ),
    steps=(
        Step("sign", N_("Sign"), ("waiting",), "signed", asks=("signed_name",), on="signed_on",
             may=("remark", "drawn"), needs="wanting_to_sign"),
        Step("unsign", N_("Take the signature back"), ("signed",), "waiting", asks=("unsigned_because",),
             wipes=("signed_name", "signed_on", "drawn"), needs="wanting_to_unsign"),
    ),
    closed=frozenset({"signed"}),
    locked=frozenset({"signed"}),
    stays_open=frozenset({"notes"}),
)  # fmt: skip


class Signature(Row):
    """One signature of a certificate: its place in the order, the name that was typed, the day.

    ``drawn`` holds the strokes of a signature that was drawn, as ``x,y x,y; x,y …`` in hundredths of its field; the
    picture of it is a file of the row. Those of one place in the order sign in any order among themselves.
    """

    __tablename__ = "signature"
    prefix: ClassVar[str] = "SIG"
    part_of: ClassVar[str] = "certificate_id"
    outlives_lock: ClassVar[bool] = True
    guarded: ClassVar[frozenset[str]] = frozenset({"certificate_id", "person_id", "role_id", "side", "sign_seq"})

    certificate_id: Mapped[str] = link("certificate")
    number: Mapped[int | None]
    sign_seq: Mapped[int | None]
    side: Mapped[str | None] = choice(SIDE)
    role_id: Mapped[str | None] = pick("signing_role")
    person_id: Mapped[str | None] = link("person")
    status: Mapped[str] = state(SIGNATURE_STATUS)
    signed_name: Mapped[str | None] = mapped_column(String(100))
    signed_on: Mapped[dt.date | None]
    drawn: Mapped[str | None] = mapped_column(Text)
    remark: Mapped[str | None] = mapped_column(Text)
    unsigned_because: Mapped[str | None] = mapped_column(Text)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A signature under a certificate is of a person or of a role that somebody will have, for a side."""
        yield from must_name(values, "certificate")
        if not values.get("person_id") and not values.get("role_id"):
            yield Problem("person", N_("Name the person who signs, or the role."))
        if values.get("sign_seq") is not None and values["sign_seq"] < 1:
            yield Problem("sign_seq", N_("The order of signatures begins with 1."))
        if not sound_strokes(values.get("drawn")):
            yield Problem("drawn", N_("This is no drawn signature."))

    @classmethod
    def waiting(cls) -> ColumnElement[bool]:
        """Not yet signed, of a certificate that is out for signature."""
        out = select(Certificate.id).where(Certificate.to_sign(), Certificate.deleted_at.is_(None))
        return (cls.status == "waiting") & cls.certificate_id.in_(out)

    def wanting_to_sign(self, taker: Taker) -> Iterator[Reason]:
        """It is out for signature, those before have signed, and who signs is who is named."""
        session = object_session(self)
        owner = at_hand(session, Certificate, self.certificate_id) if session is not None else None
        if session is None or owner is None:
            return
        if owner.status != "issued":
            values = {"ref": owner.ref, "state": CERTIFICATE_STATUS[owner.status]}
            yield Reason(N_("{ref} is “{state}” and isn't out for signature."), values)
            return
        everybody = signatures_of(session, owner.id)
        yield from self._out_of_order(session, everybody)
        yield from self._wrong_name(session)
        yield from self._wrong_day(owner, everybody, taker)

    def wanting_to_unsign(self, _taker: Taker) -> Iterator[Reason]:
        """A signature is taken back only until the certificate is in force."""
        session = object_session(self)
        owner = at_hand(session, Certificate, self.certificate_id) if session is not None else None
        if owner is not None and owner.status != "issued":
            values = {"ref": owner.ref, "state": CERTIFICATE_STATUS[owner.status]}
            yield Reason(N_("{ref} is “{state}”: its signatures stand. Void the certificate instead."), values)

    def against_change(self, before: Mapping[str, Any], _taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Who signs is settled once the certificate is out for signature."""
        session = object_session(self)
        owner = at_hand(session, Certificate, self.certificate_id) if session is not None else None
        if owner is None or owner.status == "draft" or owner.deleted_at is not None or just_issued(owner):
            return
        settled = (*self.guarded, "deleted_at")
        if not before or any(before.get(attr) != getattr(self, attr) for attr in settled):
            values = {"ref": owner.ref, "state": CERTIFICATE_STATUS[owner.status]}
            yield Reason(N_("{ref} is “{state}”: what belongs to it can't be changed."), values)

    def _out_of_order(self, session: Session, everybody: Sequence[Signature]) -> Iterator[Reason]:
        first = [each for each in everybody if place_of(each) < place_of(self) and each.status != "signed"]
        if first:
            names = ", ".join(called(session, each) for each in first)
            message = N_("The order of signatures: {names} sign before.")
            yield Reason(message, {"names": names}, rows=tuple((self.__tablename__, each.id) for each in first))

    def _wrong_name(self, session: Session) -> Iterator[Reason]:
        person = session.get(Person, self.person_id) if self.person_id else None
        if person is None:
            yield Reason(N_("Nobody is named who signs as {role}."), {"role": called(session, self)}, field="person")
        elif self.signed_name and folded(self.signed_name) != folded(person.name):
            yield Reason(N_("{name} signs here. Type that name."), {"name": person.name}, field="signed_name")

    def _wrong_day(self, owner: Certificate, everybody: Sequence[Signature], taker: Taker) -> Iterator[Reason]:
        on = self.signed_on or taker.today
        earlier = [each.signed_on for each in everybody if place_of(each) < place_of(self) and each.signed_on]
        last = max([*earlier, *([owner.issued_on] if owner.issued_on else [])], default=None)
        if last is not None and on < last:
            message = N_("{day} would be before the step before it, of {last}.")
            yield Reason(message, {"day": ShownDay(on), "last": ShownDay(last)}, field="signed_on")
        if on > taker.today:
            yield Reason(N_("Nobody signs on a day that is still to come."), field="signed_on")


def signatures_of(session: Session, certificate_id: str) -> list[Signature]:
    """The signatures of a certificate in their order, with those that the act adds and without those in the bin."""
    stored = session.scalars(select(Signature).where(Signature.certificate_id == certificate_id)).all()
    added = [row for row in session.new if isinstance(row, Signature) and row.certificate_id == certificate_id]
    here = [row for row in dict.fromkeys((*stored, *added)) if row.deleted_at is None]
    return sorted(here, key=lambda row: (place_of(row), row.number or 0, row.id))


def place_of(signature: Signature) -> int:
    """The place of a signature in the order; one without a place comes with the last."""
    return signature.sign_seq if signature.sign_seq is not None else 999_999


def called(session: Session, signature: Signature) -> str:
    """What a signature is called: the person, else the role."""
    person = session.get(Person, signature.person_id) if signature.person_id else None
    if person is not None:
        return person.name
    role = session.get(Pick, signature.role_id) if signature.role_id else None
    return role.word if role is not None else signature.ref


def strokes_of(drawn: str | None) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The strokes of a drawn signature, in shares of the width of its field, which is four times as broad as high.

    Raises:
        ValueError: the text holds something else.
    """
    strokes = []
    for stroke in (drawn or "").split(";"):
        points = [point.split(",") for point in stroke.split()]
        if points:
            strokes.append(tuple((float(int(x)) / 10_000, float(int(y)) / 10_000) for x, y in points))
    return tuple(strokes)


def as_text(strokes: Sequence[Sequence[tuple[float, float]]]) -> str:
    """Strokes as they are stored."""
    return ";".join(" ".join(f"{round(x * 10_000)},{round(y * 10_000)}" for x, y in stroke) for stroke in strokes)


def sound_strokes(drawn: str | None) -> bool:
    """Whether a text holds strokes within their field, no more than a hand draws."""
    try:
        points = [point for stroke in strokes_of(drawn) for point in stroke]
    except ValueError:
        return False
    return len(points) <= 20_000 and all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points)


@entailed_by(Signature)
def come_into_force(signature: Signature, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """With the last signature the certificate comes into force."""
    owner = at_hand(session, Certificate, signature.certificate_id)
    if "status" not in changed or signature.status != "signed" or owner is None or owner.status != "issued":
        return
    everybody = signatures_of(session, owner.id)
    if all(each.status == "signed" for each in everybody):
        owner.effective_on = max((each.signed_on for each in everybody if each.signed_on), default=taker.today)
        owner.status = "in_force"
        yield owner

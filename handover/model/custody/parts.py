"""What a certificate lists: the systems that pass with it, and the exceptions that somebody still owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, String, Text, and_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import Reason
from handover.i18n import N_
from handover.model.base import Due, Problem, Row, choice, link
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate, just_issued
from handover.model.custody.kinds import HELD_BY
from handover.model.custody.reserving import still_reserved
from handover.model.entailed import at_hand, entailed_by
from handover.model.people import must_have, must_name
from handover.model.steps import Taker


class CertificateSystem(Row):
    """A system that passes with a certificate: who had it before, and who has it after.

    The program lists them when the certificate is drawn up, and anew when it is issued for signature.
    """

    __tablename__ = "certificate_system"
    prefix: ClassVar[str] = "CSY"
    part_of: ClassVar[str] = "certificate_id"

    certificate_id: Mapped[str] = link("certificate")
    number: Mapped[int | None]
    system_id: Mapped[str] = link("system")
    held_before: Mapped[str | None] = choice(HELD_BY)
    held_after: Mapped[str | None] = choice(HELD_BY)


class CertificateException(Due, Row):
    """Something that isn't done when custody passes: what, who owes it, until when.

    ``about_table`` and ``about_id`` name the row of another register that it is, such as an open punch item; it is
    listed by the program and done when that row is. Another one is written by hand, with the day on which it was done.
    """

    __tablename__ = "certificate_exception"
    prefix: ClassVar[str] = "EXC"
    part_of: ClassVar[str] = "certificate_id"
    outlives_lock: ClassVar[bool] = True
    reserved_as: ClassVar[tuple[str, str, str]] = ("text", "owner_id", "due_on")

    certificate_id: Mapped[str] = link("certificate")
    number: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text)
    about_table: Mapped[str | None] = mapped_column(String(40))
    about_id: Mapped[str | None] = mapped_column(String(32), index=True)
    about_ref: Mapped[str | None] = mapped_column(String(20))
    system_id: Mapped[str | None] = link("system")
    owner_id: Mapped[str | None] = link("person")
    due_on: Mapped[dt.date | None]
    measure: Mapped[str | None] = mapped_column(Text)
    done_on: Mapped[dt.date | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An exception is one of a certificate, and says what isn't done."""
        yield from must_name(values, "certificate")
        yield from must_have(values, "text")

    def against_change(self, before: Mapping[str, Any], taker: Taker) -> Iterator[Reason]:  # Any: column values
        """Once the certificate is out for signature, only that it was done is still noted."""
        session = object_session(self)
        owner = at_hand(session, Certificate, self.certificate_id) if session is not None else None
        if owner is None or owner.deleted_at is not None or owner.status == "draft" or just_issued(owner):
            return
        open_fields = {"done_on", "notes"}
        table = type(self).__table__.columns
        moved = [c.key for c in table if c.key not in open_fields and before.get(c.key) != getattr(self, c.key)]
        if not before or moved:
            values = {"ref": owner.ref, "state": CERTIFICATE_STATUS[owner.status]}
            yield Reason(N_("{ref} is “{state}”: what belongs to it can't be changed."), values)

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """Not yet done, of a certificate that isn't void; one that is another row's is done when that row is."""
        void = select(Certificate.id).where(Certificate.status == "void")
        return and_(
            cls.done_on.is_(None), cls.certificate_id.not_in(void), cls.about_id.is_(None) | still_reserved(cls)
        )

    @classmethod
    def due_day(cls) -> Any:  # Any: as in Due
        """Until when it is to be done."""
        return cls.due_on

    @classmethod
    def reserved(cls) -> ColumnElement[bool]:
        """Written by hand, of a certificate in force and not done: the next certificate of the system lists it, too."""
        signed = select(Certificate.id).where(Certificate.in_force(), Certificate.deleted_at.is_(None))
        return and_(cls.done_on.is_(None), cls.about_id.is_(None), cls.certificate_id.in_(signed))


@entailed_by(CertificateException)
def of_its_system(line: CertificateException, _changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """An exception that names no system is one of the certificate's."""
    owner = at_hand(session, Certificate, line.certificate_id)
    if line.system_id is None and owner is not None and owner.status == "draft":
        line.system_id = owner.system_id
        yield line

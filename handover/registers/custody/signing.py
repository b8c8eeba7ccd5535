"""What the form of a signature says: of which certificate, who signs in which order, and whose turn it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate
from handover.model.custody.signature import Signature, called, place_of, signatures_of
from handover.model.people import SIDE
from handover.model.vocabulary import Option
from handover.registers.query import linked

Turn = Literal["signed", "now", "before", "after"]


@dataclass(frozen=True, slots=True)
class SignerInTurn:
    """One of those who sign: the name, the side, and whether he or she has signed or signs now, before or after."""

    name: str
    side: Option | None
    turn: Turn
    on: dt.date | None


@dataclass(frozen=True, slots=True)
class SigningView:
    """A signature in its certificate.

    Attributes:
        certificate: the name of the certificate; ``signer`` who signs now.
    """

    certificate: str
    signer: str
    everybody: tuple[SignerInTurn, ...]


def signing_view(connection: Connection, key: str) -> SigningView:
    """What the form of a signature says."""
    with Session(connection, autoflush=False) as session:
        signature = session.get_one(Signature, key)
        names = linked(connection, str(Certificate.__tablename__), [signature.certificate_id])
        everybody = tuple(
            SignerInTurn(
                called(session, each),
                SIDE[each.side] if each.side else None,
                _turn(each, signature),
                each.signed_on,
            )
            for each in signatures_of(session, signature.certificate_id)
        )
        found = SigningView(names[signature.certificate_id].name, called(session, signature), everybody)
        session.expunge_all()
    return found


def next_signature(connection: Connection, certificate: str) -> str:
    """The signature of a certificate that is wanted next. Raises NotLawful where none is."""
    with Session(connection, autoflush=False) as session:
        owner = session.get_one(Certificate, certificate)
        left = [each.id for each in signatures_of(session, certificate) if each.status != "signed"]
        if owner.status != "issued" or not left:
            state = CERTIFICATE_STATUS[owner.status]
            raise NotLawful(N_("{ref} is “{state}” and isn't out for signature."), ref=owner.ref, state=state)
        return left[0]


def number_in_force(connection: Connection, signature: str) -> str | None:
    """The number of the certificate of a signature once it is in force."""
    wanted = select(Certificate.number).join(Signature, Signature.certificate_id == Certificate.id)
    found: str | None = connection.execute(wanted.where(Signature.id == signature, Certificate.in_force())).scalar()
    return found


def _turn(each: Signature, now: Signature) -> Turn:
    if each.status == "signed":
        return "signed"
    if each.id == now.id:
        return "now"
    return "before" if place_of(each) < place_of(now) else "after"

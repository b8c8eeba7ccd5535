"""What follows from a certificate: its lists, custody once it is in force, what else proves once it is void."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Set
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handover import clock
from handover.model.attachment import Attachment
from handover.model.base import Row
from handover.model.custody.certificate import Certificate
from handover.model.custody.guard import parts_of
from handover.model.custody.kinds import ENDS_AFTERCARE, GOES_BACK, has_care
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.reserving import reserved_in
from handover.model.custody.scope import family, passing
from handover.model.custody.signature import Signature, signatures_of
from handover.model.entailed import at_hand, entailed_by
from handover.model.issued import Issued
from handover.model.picks.pick import Pick
from handover.model.signatory import signers_of
from handover.model.steps import Taker
from handover.model.system import System


@entailed_by(Certificate)
def follow_certificate(certificate: Certificate, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """Its lists while it is drawn up, custody when it comes into force, what other facts prove once it is void."""
    if certificate.deleted_at is not None:
        return
    if certificate.status == "draft" and not changed.isdisjoint({"kind_id", "system_id"}):
        yield from _signatures(session, certificate)
        yield from _systems(session, certificate)
        yield from _exceptions(session, certificate, taker)
    if "status" not in changed:
        return
    match certificate.status:
        case "draft":
            yield from _unsigned(session, certificate)
        case "issued":
            yield from _systems(session, certificate)
            yield from _exceptions(session, certificate, taker)
        case "in_force":
            yield from _pass_custody(session, certificate, taker)
        case "void":
            yield from _give_back(session, certificate)
            yield from _void_paper(session, certificate)


@entailed_by(Issued)
def follow_paper(paper: Issued, changed: Set[str], session: Session, taker: Taker) -> Iterator[Row]:
    """A certificate whose paper is void is void."""
    if "status" not in changed or paper.status != "void" or paper.about_table != Certificate.__tablename__:
        return
    certificate = at_hand(session, Certificate, paper.about_id)
    if certificate is not None and certificate.status == "in_force":
        certificate.void_because = paper.void_because
        certificate.voided_on = taker.today
        certificate.status = "void"
        yield certificate


def proven_custody(session: Session, system_id: str, without: str) -> str | None:
    """Who has a system, by the certificates in force but one; None where no certificate was ever of it.

    The last of them says it; where none is left, it is as it was before the first one.
    """
    wanted = (
        select(CertificateSystem.held_before, CertificateSystem.held_after, Certificate.status, Certificate.id)
        .join(Certificate, Certificate.id == CertificateSystem.certificate_id)
        .where(CertificateSystem.system_id == system_id, CertificateSystem.deleted_at.is_(None))
        .where(Certificate.status.in_(("in_force", "void")), Certificate.deleted_at.is_(None))
        .where(CertificateSystem.held_before != CertificateSystem.held_after)
        .order_by(Certificate.effective_on, func.length(Certificate.number), Certificate.number)
    )
    rows = session.execute(wanted).all()
    stand = [row for row in rows if row.status == "in_force" and row.id != without]
    if stand:
        return str(stand[-1].held_after)
    return str(rows[0].held_before) if rows else None


def _signatures(session: Session, certificate: Certificate) -> Iterator[Row]:
    """Those who sign the certificates of its system; those of another system go."""
    system = session.get(System, certificate.system_id)
    if system is None:
        return
    wanted = signers_of(session, system)
    there = signatures_of(session, certificate.id)
    if [(s.person_id, s.role_id, s.side) for s in wanted] == [(s.person_id, s.role_id, s.side) for s in there]:
        return
    for former in there:
        former.deleted_at = _stamp()
        yield former
    for each in wanted:
        yield Signature(certificate_id=certificate.id, project_id=certificate.project_id, person_id=each.person_id,
                        role_id=each.role_id, side=each.side, sign_seq=each.sign_seq)  # fmt: skip


def _systems(session: Session, certificate: Certificate) -> Iterator[Row]:
    """List the systems that pass with it as they are now."""
    kind = session.get(Pick, certificate.kind_id)
    care = has_care(session, certificate.project_id)
    now = passing(
        family(session, certificate.system_id), certificate.system_id, kind.meaning if kind else None, care=care
    )
    there = {each.system_id: each for each in parts_of(session, CertificateSystem, certificate.id)}
    for gone in there.keys() - {each.system.id for each in now}:
        there[gone].deleted_at = _stamp()
        yield there[gone]
    for each in now:
        values = {"held_before": each.system.custody, "held_after": each.after}
        line = there.get(each.system.id)
        if line is None:
            yield CertificateSystem(certificate_id=certificate.id, project_id=certificate.project_id,
                                    system_id=each.system.id, **values)  # fmt: skip
        elif _set(line, values):
            yield line


def _exceptions(session: Session, certificate: Certificate, taker: Taker) -> Iterator[Row]:
    """List what is open in its systems and doesn't stand in the way; what was written by hand stays as it is.

    What was open in the past isn't known: there all are written by hand.
    """
    if taker.history:
        return
    kind = session.get(Pick, certificate.kind_id)
    without = kind is None or kind.meaning in (ENDS_AFTERCARE, GOES_BACK)
    now = {} if without else {row.id: row for row in reserved_in(session, certificate.system_id)}
    there = {each.about_id: each for each in parts_of(session, CertificateException, certificate.id) if each.about_id}
    for gone in there.keys() - now.keys():
        there[gone].deleted_at = _stamp()
        yield there[gone]
    for key, row in now.items():
        values = {"text": row.text, "system_id": row.system_id, "owner_id": row.owner_id, "due_on": row.due_on,
                  "about_table": row.table, "about_ref": row.ref}  # fmt: skip
        line = there.get(key)
        if line is None:
            yield CertificateException(certificate_id=certificate.id, project_id=certificate.project_id, about_id=key,
                                       **values)  # fmt: skip
        elif _set(line, values):
            yield line


def _unsigned(session: Session, certificate: Certificate) -> Iterator[Row]:
    """Signatures of a certificate that was taken back are void: what they were given for may change."""
    for each in signatures_of(session, certificate.id):
        if each.status != "signed":
            continue
        with each.shows_another:
            each.status = "waiting"
        each.signed_name, each.signed_on, each.drawn = None, None, None
        each.unsigned_because = certificate.taken_back_because
        yield each
        here = (Attachment.owner_table == Signature.__tablename__, Attachment.owner_id == each.id)
        for picture in session.scalars(select(Attachment).where(*here, Attachment.deleted_at.is_(None))):
            picture.deleted_at = _stamp()
            yield picture


def _pass_custody(session: Session, certificate: Certificate, taker: Taker) -> Iterator[Row]:
    for line in parts_of(session, CertificateSystem, certificate.id):
        system = session.get(System, line.system_id)
        if system is not None and line.held_after != line.held_before:
            yield _held(system, line.held_after, certificate.effective_on or taker.today, None)


def _give_back(session: Session, certificate: Certificate) -> Iterator[Row]:
    for line in parts_of(session, CertificateSystem, certificate.id):
        system = session.get(System, line.system_id)
        custody = proven_custody(session, line.system_id, certificate.id)
        if system is not None and custody is not None and custody != system.custody:
            yield _held(system, custody, None, certificate.effective_on)


def _held(system: System, custody: str, on: dt.date | None, undone: dt.date | None) -> System:
    """Have somebody else have a system; the days on which it was ready follow.

    Args:
        on: the day on which custody passed; None where it goes back since a certificate is void, which was ``undone``.
    """
    with system.shows_another:
        system.custody = custody
    ready = {"commissioning": "actual_rfc", "operations": "actual_rfo"}
    if on is not None and custody in ready:
        attr = ready[custody]
        if custody == "operations" or getattr(system, attr) is None:
            setattr(system, attr, on)
    if undone is not None:
        if custody == "constructor" and system.actual_rfc == undone:
            system.actual_rfc = None
        if custody != "operations" and system.actual_rfo == undone:
            system.actual_rfo = None
    return system


def _void_paper(session: Session, certificate: Certificate) -> Iterator[Row]:
    papers = select(Issued).where(Issued.about_table == Certificate.__tablename__, Issued.about_id == certificate.id,
                                  Issued.status == "issued", Issued.deleted_at.is_(None))  # fmt: skip
    for paper in session.scalars(papers):
        paper.status = "void"
        paper.void_because = certificate.void_because
        yield paper


def _set(row: Row, values: Mapping[str, Any]) -> bool:  # Any: what its columns hold
    """Set the columns of a row; whether that changed it."""
    differs = {attr: value for attr, value in values.items() if getattr(row, attr) != value}
    for attr, value in differs.items():
        setattr(row, attr, value)
    return bool(differs)


def _stamp() -> str:
    return clock.now().isoformat(timespec="milliseconds")

"""What stands against a certificate: while it is drawn up, when it is issued, and with its last signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.model.base import Base, Row
from handover.model.custody.certificate import Certificate
from handover.model.custody.kinds import ENDS_AFTERCARE, GOES_BACK, HELD_BY, has_care, taken_from, toward
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.reserving import ReservedRow, reserved_in
from handover.model.custody.scope import behind, family, passing
from handover.model.custody.signature import Signature, called, signatures_of
from handover.model.entailed import at_hand
from handover.model.gate import GATE_DECISION, Gate
from handover.model.lifecycle import Step
from handover.model.people import SIDE, Person
from handover.model.picks.pick import Pick
from handover.model.signatory import Signer, above
from handover.model.standing import in_the_way
from handover.model.steps import Taker, stands_against_steps
from handover.model.system import System
from handover.model.vocabulary import Listed

_PART_OF_ACCEPTED = N_(
    "{system} is part of {parent}, which operations has accepted. Give {parent} back first, or take {system} out of it."
)
_CHANGED = N_("The systems that pass with {ref} have changed since it was issued. Take it back and issue it anew.")


@dataclass(frozen=True, slots=True)
class WantedCertificate:
    """A certificate as it is looked at before it is issued.

    Attributes:
        meaning: what its kind does to custody; ``kind`` as people read it.
        key: of the certificate, None where it isn't drawn up yet.
        kind_id: the entry of the list of kinds.
        exceptions: those written by hand, as what, owner and day.
    """

    kind: str
    meaning: str | None
    system: System
    reason: str | None
    signers: Sequence[Signer]
    exceptions: Sequence[ReservedRow] = ()
    key: str | None = None
    kind_id: str | None = None


@stands_against_steps
def against_steps(row: Base, step: Step, session: Session, taker: Taker) -> Iterator[Reason]:
    """What stands against the steps of a certificate, and against its last signature."""
    if isinstance(row, Certificate) and step.key == "issue":
        yield from against_issue(session, row, taker)
    elif isinstance(row, Certificate) and step.key == "take_effect":
        yield from against_effect(session, row, taker)
    elif isinstance(row, Signature) and step.key == "sign":
        owner = at_hand(session, Certificate, row.certificate_id)
        if owner is not None and owner.status == "issued":
            everybody = signatures_of(session, owner.id)
            if all(each is row or each.status == "signed" for each in everybody):
                yield from against_last(session, owner, taker)


def against_issue(session: Session, certificate: Certificate, taker: Taker) -> Iterator[Reason]:
    """Everything that stands against issuing a certificate for signature."""
    wanted = as_wanted(session, certificate)
    if wanted is None:
        return
    if taker.history:
        yield from _of_custody(session, wanted)
        yield from _signing(session, wanted)
    else:
        yield from against(session, wanted)


def as_wanted(session: Session, certificate: Certificate) -> WantedCertificate | None:
    """A certificate with its lists, to be looked at; None where its system or its kind is gone."""
    kind = session.get(Pick, certificate.kind_id)
    system = session.get(System, certificate.system_id)
    if kind is None or system is None:
        return None
    signers = [
        Signer(each.person_id, each.role_id, each.side, each.sign_seq)
        for each in signatures_of(session, certificate.id)
    ]
    by_hand = [
        ReservedRow(str(each.__tablename__), each.id, each.ref, each.text, "", each.owner_id, each.due_on)
        for each in parts_of(session, CertificateException, certificate.id)
        if each.about_id is None
    ]
    of = (kind.word, kind.meaning, system, certificate.reason, signers, by_hand, certificate.id, kind.id)
    return WantedCertificate(*of)


def against(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """Everything that stands against a certificate; nothing where it can be issued."""
    yield from _of_custody(session, wanted)
    yield from _of_others(session, wanted)
    yield from of_gates(session, wanted)
    yield from _standing(session, wanted)
    yield from _exceptions(session, wanted)
    yield from _signing(session, wanted)


def against_last(session: Session, certificate: Certificate, taker: Taker) -> Iterator[Reason]:
    """What stands against the last signature: what came up since the certificate was issued."""
    wanted = as_wanted(session, certificate)
    if wanted is None:
        return
    yield from _of_custody(session, wanted)
    if not taker.history:
        yield from of_gates(session, wanted)
        yield from _standing(session, wanted)
        yield from _no_longer_so(session, certificate, wanted)


def against_effect(session: Session, certificate: Certificate, taker: Taker) -> Iterator[Reason]:
    """What stands against a certificate coming into force: wanting signatures, its number, what came up since."""
    left = [each for each in signatures_of(session, certificate.id) if each.status != "signed"]
    if left:
        names = ", ".join(called(session, each) for each in left)
        rows = tuple((str(each.__tablename__), each.id) for each in left)
        yield Reason(N_("It comes into force with the last signature. Not signed yet: {names}."), {"names": names},
                     rows=rows)  # fmt: skip
        return
    if not certificate.number and not taker.history:
        yield Reason(N_("Its number is drawn with the last signature, which is taken by its own step."))
    yield from against_last(session, certificate, taker)


def _of_custody(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """Custody passes one step at a time, of a system and all below it, and never below what operations has."""
    system, care = wanted.system, has_care(session, wanted.system.project_id)
    takes = taken_from(wanted.meaning, care=care)
    if not takes:
        yield Reason(
            N_("“{kind}” doesn't say what it does to custody. Give it a meaning among the kinds of certificates."),
            {"kind": wanted.kind},
        )
        return
    if system.custody not in takes:
        holders = Listed(HELD_BY[code] for code in takes)
        message = N_("{system} is with “{custody}”; “{kind}” takes it from “{holders}”.")
        values = {"system": system.code, "custody": HELD_BY[system.custody], "kind": wanted.kind, "holders": holders}
        yield Reason(message, values, rows=(("system", system.id),))
    accepted = [each for each in above(session, system) if each.custody == "operations"]
    if accepted and wanted.meaning != ENDS_AFTERCARE:
        values = {"system": system.code, "parent": accepted[0].code}
        yield Reason(_PART_OF_ACCEPTED, values, rows=(("system", accepted[0].id),))
    late = [] if wanted.meaning == GOES_BACK else behind(family(session, system.id), wanted.meaning, care=care)
    late = [each for each in late if each.id != system.id]
    if late:
        refs = ", ".join(each.code for each in late)
        one, many = NN_(
            "{n} system below {system} isn't so far yet: {refs}. It needs its own certificate first.",
            "{n} systems below {system} aren't so far yet: {refs}. They need their own certificates first.",
        )
        values = {"system": system.code, "refs": refs}
        yield Reason(one, values, many, len(late), rows=tuple(("system", each.id) for each in late))
    if wanted.meaning == GOES_BACK and not (wanted.reason or "").strip():
        yield Reason(N_("A system is given back with a reason: {field}."), {"field": "reason"}, field="reason")


def _of_others(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """No two certificates of the same systems are out for signature at a time."""
    keys = [each.id for each in family(session, wanted.system.id)]
    listed = CertificateSystem.certificate_id == Certificate.id
    found = (
        select(Certificate.id, Certificate.ref)
        .join(CertificateSystem, listed)
        .where(Certificate.status == "issued", Certificate.deleted_at.is_(None), CertificateSystem.deleted_at.is_(None))
        .where(CertificateSystem.system_id.in_(keys))
        .distinct()
    )
    for key, ref in session.execute(found):
        if key != wanted.key:
            yield Reason(N_("{ref} is out for signature for the same systems."), {"ref": ref},
                         rows=(("certificate", key),))  # fmt: skip


def of_gates(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """The gates on which a kind of certificate hangs are passed, of the whole project or of the system."""
    if wanted.kind_id is None:
        return
    places = [wanted.system.id, *(each.id for each in above(session, wanted.system))]
    hangs_on = (
        select(Gate.id, Gate.code, Gate.name, Gate.decision.label("decision"))
        .where(Gate.project_id == wanted.system.project_id, Gate.deleted_at.is_(None))
        .where(Gate.opens_id == wanted.kind_id, or_(Gate.system_id.is_(None), Gate.system_id.in_(places)))
        .where(~Gate.let_through())
        .order_by(Gate.place, Gate.id)
    )
    for key, code, name, decision in session.execute(hangs_on):
        values = {"gate": f"{code or ''} {name}".strip(), "state": GATE_DECISION[decision], "kind": wanted.kind}
        yield Reason(N_("“{kind}” asks for gate {gate}, which is “{state}”."), values, rows=(("gate", key),))


def _standing(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """Everything open that isn't an exception; at the end of aftercare there are no exceptions any more."""
    target = toward(wanted.meaning)
    if target:
        yield from in_the_way(session.connection(), wanted.system.id, wanted.system.code, target)
    if wanted.meaning == ENDS_AFTERCARE:
        rows = reserved_in(session, wanted.system.id)
        yield from _named(rows, wanted, NN_(
            "{n} exception of {system} is still open: {refs}.", "{n} exceptions of {system} are still open: {refs}."
        ))  # fmt: skip


def _exceptions(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """An exception is agreed with who owes it and until when."""
    if wanted.meaning in (ENDS_AFTERCARE, GOES_BACK):
        return
    rows = [*reserved_in(session, wanted.system.id), *wanted.exceptions]
    yield from _named([row for row in rows if row.owner_id is None], wanted, NN_(
        "{n} exception has no owner: {refs}.", "{n} exceptions have no owner: {refs}."
    ))  # fmt: skip
    yield from _named([row for row in rows if row.due_on is None], wanted, NN_(
        "{n} exception has no date: {refs}.", "{n} exceptions have no date: {refs}."
    ))  # fmt: skip


def _signing(session: Session, wanted: WantedCertificate) -> Iterator[Reason]:
    """Both sides sign, each with people of its own who are named."""
    sides = {each.side for each in wanted.signers}
    for option in SIDE.options[:2]:
        if option.code not in sides:
            yield Reason(N_("Nobody signs for this side: {side}. Name a signatory of {system}, or its lead."),
                         {"side": option, "system": wanted.system.code})  # fmt: skip
    for each in wanted.signers:
        if each.person_id is None:
            role = session.get(Pick, each.role_id) if each.role_id else None
            yield Reason(N_("Nobody is named who signs as {role}."), {"role": role.word if role is not None else "–"})
    named = [each.person_id for each in wanted.signers if each.person_id]
    for twice in sorted({key for key in named if named.count(key) > 1}):
        person = session.get(Person, twice)
        yield Reason(N_("{name} can't sign twice."), {"name": person.name if person is not None else ""},
                     rows=(("person", twice),))  # fmt: skip


def _no_longer_so(session: Session, certificate: Certificate, wanted: WantedCertificate) -> Iterator[Reason]:
    """What the certificate says must still be true: the systems that pass, and every exception that is open now."""
    care = has_care(session, wanted.system.project_id)
    now = {each.system.id: each for each in passing(family(session, wanted.system.id), wanted.system.id,
                                                   wanted.meaning, care=care)}  # fmt: skip
    listed = {each.system_id: each for each in parts_of(session, CertificateSystem, certificate.id)}
    if now.keys() != listed.keys() or any(listed[key].held_before != each.system.custody for key, each in now.items()):
        yield Reason(_CHANGED, {"ref": certificate.ref})
    if wanted.meaning in (ENDS_AFTERCARE, GOES_BACK):
        return
    known = {each.about_id for each in parts_of(session, CertificateException, certificate.id)}
    new = [row for row in reserved_in(session, wanted.system.id) if row.id not in known]
    yield from _named(new, wanted, NN_(
        "{n} exception came up since it was issued: {refs}. Take it back and issue it anew.",
        "{n} exceptions came up since it was issued: {refs}. Take it back and issue it anew.",
    ))  # fmt: skip


def parts_of(session: Session, model: Any, certificate_id: str) -> list[Any]:  # Any: a model of parts, and rows of it
    """The parts of a certificate in their order, with those that the act adds and without those in the bin."""
    stored = session.scalars(select(model).where(model.certificate_id == certificate_id)).all()
    added = [row for row in session.new if isinstance(row, model) and row.certificate_id == certificate_id]
    here: list[Row] = [row for row in dict.fromkeys((*stored, *added)) if row.deleted_at is None]
    return sorted(here, key=lambda row: (getattr(row, "number", None) or 0, row.id))


def _named(rows: Sequence[ReservedRow], wanted: WantedCertificate, sentences: tuple[str, str]) -> Iterator[Reason]:
    if rows:
        values = {"system": wanted.system.code, "refs": ", ".join(row.ref for row in rows)}
        yield Reason(sentences[0], values, sentences[1], len(rows), rows=tuple((row.table, row.id) for row in rows))

"""A certificate as a paper: what passes from whom to whom, with which exceptions and documents, and who signs it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.i18n import N_
from handover.model.custody.certificate import Certificate
from handover.model.custody.guard import parts_of
from handover.model.custody.kinds import ENDS_AFTERCARE, GOES_BACK, HELD_BY
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.signature import Signature, signatures_of, strokes_of
from handover.model.documents.document import Document
from handover.model.people import SIDE, Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.system import System
from handover.pack.blocks.signing import Party, SignatureLine, SignOff
from handover.pack.chapters.runs import proofs_of
from handover.pack.contents import single_outline
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    Note,
    PackOutline,
    Paragraph,
    Section,
    Status,
    TableBlock,
    TableColumn,
)
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, NUMBER, STATUS
from handover.wording import Language, Text, Words, said

_PASSES = N_(
    "Both sides confirm that the systems named here were handed over and taken over with the exceptions listed, which"
    " those named owe until the days stated. Custody passes with the last signature."
)
_GIVES_BACK = N_(
    "Both sides confirm that the systems named here are given back for the reason stated. Custody passes with the last"
    " signature."
)
_ENDS = N_("Both sides confirm that early-life support of the systems named here has ended with nothing left open.")
_WITHOUT = N_("Handed over without exceptions.")
#: Documents that stand in a certificate one by one; of more only their number is said.
_LISTED = 400


@dataclass(frozen=True, slots=True)
class Pending:
    """A signature that is given with the act that prints the certificate, which no row says yet."""

    signature: str
    answers: Mapping[str, Any] = field(default_factory=dict)  # Any: what fields hold


def certificate_outline(
    workspace: Workspace, project_id: str, key: str, language: Language, pending: Pending | None = None
) -> PackOutline:
    """A certificate as an outline, without its number."""
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        project = session.get_one(Project, project_id)
        paper = session.get_one(Certificate, key)
        kind = session.get(Pick, paper.kind_id or "")
        systems = parts_of(session, CertificateSystem, key)
        exceptions = parts_of(session, CertificateException, key)
        names = _CertificateNames(session)
        signatures = signatures_of(session, key)
        blocks: list[Block] = [Facts(_head_facts(paper, names, systems)), *_texts(paper), _systems(systems, names)]
        meaning = kind.meaning if kind is not None else None
        if meaning not in (ENDS_AFTERCARE, GOES_BACK):
            blocks += _exceptions(exceptions, names)
            blocks += _documents(session, [line.system_id for line in systems])
        blocks += [Facts(facts, 1)] if (facts := _other_facts(paper)) else []
        blocks += _remarks(signatures, names, pending)
        declaration = {ENDS_AFTERCARE: _ENDS, GOES_BACK: _GIVES_BACK}.get(meaning or "", _PASSES)
        blocks += [Paragraph(""), SignOff(_parties(signatures, names, pending), said(declaration), remarks=0)]
        title = names.entry(paper.kind_id)
        passed_on = [] if meaning in (ENDS_AFTERCARE, GOES_BACK) else [line.system_id for line in systems]
        session.expunge_all()
        proofs = proofs_of(connection, passed_on)
    section = Section("certificate", title or said(N_("Certificate")), tuple(blocks))
    return single_outline(workspace, project, language, section, "CC", *proofs)


def _head_facts(paper: Certificate, names: _CertificateNames, systems: Sequence[CertificateSystem]) -> tuple[Fact, ...]:
    first = next((line for line in systems if line.system_id == paper.system_id), None)
    facts = (
        Fact(said(N_("System")), names.system(paper.system_id)),
        Fact(said(N_("Certificate")), paper.ref),
        Fact(said(N_("Custody before")), _held(first.held_before) if first is not None else None),
        Fact(said(N_("Custody after")), _held(first.held_after) if first is not None else None),
        Fact(said(N_("Issued for signature on")), paper.issued_on or today()),
        Fact(said(N_("Place"), context="certificate"), paper.place),
    )
    return _filled(facts)


def _texts(paper: Certificate) -> list[Block]:
    found: list[Block] = []
    if (paper.reason or "").strip():
        found.append(Note(said(N_("Given back: {reason}"), reason=paper.reason or ""), "warning"))
    if (paper.scope or "").strip():
        found.append(Paragraph(paper.scope or ""))
    return found


def _systems(systems: Sequence[CertificateSystem], names: _CertificateNames) -> TableBlock:
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.3),
        TableColumn("system", said(N_("System")), LONG, 2.6),
        TableColumn("held_before", said(N_("Custody before")), STATUS, 1.2),
        TableColumn("held_after", said(N_("Custody after")), STATUS, 1.2),
    )
    rows = tuple(
        (n, names.system(line.system_id), _held(line.held_before), _held(line.held_after))
        for n, line in enumerate(systems, 1)
    )
    title, empty = said(N_("Systems that pass with this certificate")), said(N_("No system passes with it."))
    return TableBlock("certificate-systems", title, columns, rows, len(rows), empty=empty)


def _exceptions(exceptions: Sequence[CertificateException], names: _CertificateNames) -> list[Block]:
    """What isn't done yet, each with who owes it and until when."""
    if not exceptions:
        return [Note(said(_WITHOUT), "ok")]
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.3),
        TableColumn("text", said(N_("What isn't done")), LONG, 3.0),
        TableColumn("about_ref", said(N_("Reference")), weight=0.8),
        TableColumn("owner", said(N_("Owed by")), LONG, 1.0),
        TableColumn("due_on", said(N_("Due")), DAY, 0.8),
        TableColumn("measure", said(N_("Measure until then")), LONG, 1.6),
    )
    rows = tuple(
        (n, each.text, each.about_ref, names.person(each.owner_id), each.due_on, each.measure)
        for n, each in enumerate(exceptions, 1)
    )
    return [TableBlock("certificate-exceptions", said(N_("Exceptions")), columns, rows, len(rows))]


def _documents(session: Session, systems: Sequence[str]) -> list[Block]:
    """The documents that operations has accepted for the systems."""
    wanted = (
        select(Document.number, Document.title, Document.revision, Document.accepted_on)
        .where(Document.system_id.in_(systems), Document.deleted_at.is_(None), Document.status == "accepted")
        .order_by(Document.number, Document.id)
        .limit(_LISTED)
    )
    rows = tuple((n, *row) for n, row in enumerate(session.execute(wanted).all(), 1))
    if not rows:
        return []
    columns = (
        TableColumn("no", said(N_("No.")), NUMBER, 0.3),
        TableColumn("document_no", said(N_("Document no.")), weight=1.3),
        TableColumn("title", said(N_("Title")), LONG, 3.0),
        TableColumn("revision", said(N_("Revision"), context="document"), weight=0.6),
        TableColumn("accepted_on", said(N_("Accepted on")), DAY, 0.9),
    )
    return [TableBlock("certificate-documents", said(N_("Documents handed over")), columns, rows, len(rows))]


def _other_facts(paper: Certificate) -> tuple[Fact, ...]:
    return _filled((
        Fact(said(N_("On the documents")), paper.documents),
        Fact(said(N_("Keys, tools and codes")), paper.keys_handed),
        Fact(said(N_("Meter readings")), paper.meter_readings),
        Fact(said(N_("Insurance")), paper.insurance),
        Fact(said(N_("Warranty from")), paper.warranty_from),
    ))  # fmt: skip


def _remarks(signatures: Sequence[Signature], names: _CertificateNames, pending: Pending | None) -> list[Block]:
    facts = tuple(
        Fact(said(N_("Remark of {name}"), name=name), remark)
        for each in signatures
        if (remark := _given(each, "remark", pending)) and (name := names.person(each.person_id))
    )
    return [Facts(facts, 1)] if facts else []


def _parties(signatures: Sequence[Signature], names: _CertificateNames, pending: Pending | None) -> tuple[Party, ...]:
    """The sides that sign, each with its people in their order."""
    found = []
    for option in SIDE.options:
        of_side = [each for each in signatures if (each.side or "project") == option.code]
        if of_side:
            lines = tuple(_line(each, names, pending) for each in of_side)
            company = next((c for each in of_side if (c := names.company(each.person_id))), "")
            found.append(Party(said(option.name), company, lines))
    return tuple(found)


def _line(each: Signature, names: _CertificateNames, pending: Pending | None) -> SignatureLine:
    name = _given(each, "signed_name", pending)
    day = _given(each, "signed_on", pending)
    if day is None and pending is not None and pending.signature == each.id:
        day = today()
    on = day.date() if isinstance(day, dt.datetime) else day
    return SignatureLine(
        names.entry(each.role_id) or names.post(each.person_id),
        str(name or names.person(each.person_id)),
        names.post(each.person_id) if each.role_id else "",
        signed_on=on,
        strokes=strokes_of(_given(each, "drawn", pending)),
    )


def _given(each: Signature, attr: str, pending: Pending | None) -> Any:  # Any: what the field holds
    if pending is not None and pending.signature == each.id and attr in pending.answers:
        return pending.answers[attr]
    return getattr(each, attr)


def _held(code: str | None) -> Status | None:
    return Status(said(HELD_BY[code].name), HELD_BY[code].tone) if code else None


def _filled(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple(fact for fact in facts if fact.value not in (None, ""))


class _CertificateNames:
    """What systems, people and entries are called."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def system(self, key: str | None) -> str:
        """Number and name of a system."""
        row = self._session.get(System, key) if key else None
        return f"{row.code}  {row.name}" if row is not None else ""

    def person(self, key: str | None) -> str:
        """The name of a person."""
        row = self._session.get(Person, key) if key else None
        return row.name if row is not None else ""

    def post(self, key: str | None) -> str:
        """The post of a person."""
        row = self._session.get(Person, key) if key else None
        return row.post or "" if row is not None else ""

    def company(self, key: str | None) -> str:
        """The company of a person."""
        person = self._session.get(Person, key) if key else None
        row = self._session.get(Organisation, person.organisation_id or "") if person is not None else None
        return row.name if row is not None else ""

    def entry(self, key: str | None) -> Words:
        """An entry of a list."""
        row = self._session.get(Pick, key) if key else None
        return Text(row.en or row.zh or row.code, row.zh or row.en or row.code) if row is not None else ""

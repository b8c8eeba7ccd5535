"""The chain of one parameter: what was read, what it raised, how that was mended and proven, what was written down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from handover.errors import NotFound
from handover.i18n import N_
from handover.model.acceptance.parameter import SIGNATURE, AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.rectification import RECTIFICATION_STATUS, Rectification
from handover.model.acceptance.results import DOUBT, RESULT
from handover.model.acceptance.waiver import WAIVER_STATUS, ParameterWaiver
from handover.model.learning.written import WRITTEN_STATUS, OperatingProcedure
from handover.model.people import Person
from handover.model.vocabulary import Option
from handover.registers.acceptance.measuring import ToMeasure, to_measure
from handover.values.moments import midnight
from handover.wording import Words, said


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One thing that happened to a parameter.

    Attributes:
        register, id, ref: the row that tells it.
        what: what it is, such as a reading; ``state`` how it stands, with its tone.
        facts: what is to be known of it, label and value.
    """

    register: str
    id: str
    ref: str
    on: dt.datetime | None
    what: Words
    title: str
    state: Option
    facts: tuple[tuple[Words, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ParameterChain:
    """A parameter with all that happened to it, the oldest first."""

    parameter: ToMeasure
    signature: Option
    signed_by: str
    signed_on: dt.date | None
    remedy: str
    links: tuple[ChainLink, ...] = field(default=())

    @property
    def result(self) -> Option:
        """How it stands."""
        return RESULT[self.parameter.result]


def parameter_key(connection: Connection, project_id: str, ref: str) -> str:
    """The key of a parameter that a reference or a number names. Raises NotFound."""
    p = AcceptanceParameter
    here = (p.project_id == project_id, p.deleted_at.is_(None))
    word = ref.strip()
    found = connection.execute(select(p.id).where(*here, (p.ref == word.upper()) | (p.no == word))).scalars().first()
    if found is None:
        raise NotFound(N_("There is no parameter {ref}."), ref=ref)
    return str(found)


def chain_of(connection: Connection, project_id: str, parameter_id: str) -> ParameterChain:
    """The chain of a parameter. Raises NotFound where it is gone."""
    shown = to_measure(connection, project_id, only=parameter_id)
    if not shown:
        raise NotFound(N_("There is no parameter {ref}."), ref=parameter_id)
    p = AcceptanceParameter
    asked = select(p.signature, Person.name, p.signed_on, p.remedy).outerjoin(Person, Person.id == p.signed_by_id)
    signature, by, on, remedy = connection.execute(asked.where(p.id == parameter_id)).one()
    links = (
        *_readings(connection, parameter_id, shown[0].unit), *_rectifications(connection, parameter_id),
        *_waivers(connection, parameter_id),
    )  # fmt: skip
    ordered = sorted(links, key=lambda link: (link.on or dt.datetime.max, _ORDER.index(link.register), link.id))
    return ParameterChain(shown[0], SIGNATURE[signature], by or "", on, remedy or "", tuple(ordered))


_ORDER = ("readings", "rectifications", "sops", "waivers")


def _readings(connection: Connection, parameter_id: str, usual: str) -> Iterator[ChainLink]:
    r, by, witness = ParameterReading, aliased(Person), aliased(Person)
    query = (
        select(r.id, r.ref, r.value, r.unit, r.taken_at, r.shift, r.result, r.doubt, r.conditions, r.void_because,
               by.name, witness.name)
        .outerjoin(by, by.id == r.taken_by_id)
        .outerjoin(witness, witness.id == r.witness_id)
        .where(r.parameter_id == parameter_id, r.deleted_at.is_(None))
        .order_by(r.taken_at, r.id)
    )  # fmt: skip
    for key, ref, value, unit, at, shift, result, doubt, conditions, void, name, seen in connection.execute(query):
        told = ((said(N_("Measured by")), name), (said(N_("Witness")), seen), (said(N_("Shift")), shift),
                (said(N_("Conditions")), conditions), (said(N_("Why it was struck out")), void))  # fmt: skip
        state = DOUBT[doubt] if doubt else RESULT[result or "pending"]
        unit = unit or (usual if result is not None and value[-1:].isdigit() else "")
        shown = f"{value} {unit}" if unit and not value.endswith(unit) else value
        yield ChainLink("readings", key, ref, at, said(N_("Reading"), context="reading"), shown, state, _filled(told))


def _rectifications(connection: Connection, parameter_id: str) -> Iterator[ChainLink]:
    r, owner, mender, retest, sop = (
        Rectification, aliased(Person), aliased(Person), aliased(ParameterReading), aliased(OperatingProcedure)
    )  # fmt: skip
    query = (
        select(r.id, r.ref, r.deviation, r.status, r.opened_on, r.cause, r.measure, r.mended_on, r.closed_on,
               owner.name, mender.name, retest.ref, retest.value, sop.id, sop.ref, sop.code, sop.title, sop.status,
               sop.in_force_on, r.void_because)
        .outerjoin(owner, owner.id == r.owner_id)
        .outerjoin(mender, mender.id == r.mended_by_id)
        .outerjoin(retest, retest.id == r.retest_id)
        .outerjoin(sop, sop.id == r.procedure_id)
        .where(r.parameter_id == parameter_id, r.deleted_at.is_(None))
        .order_by(r.id)
    )  # fmt: skip
    for row in connection.execute(query):
        told = (
            (said(N_("Owner")), row[9]), (said(N_("Cause")), row.cause), (said(N_("Measure")), row.measure),
            (said(N_("Mended by")), row[10]), (said(N_("Mended on")), _day(row.mended_on)),
            (said(N_("Reading after the mend")), f"{row[11]}  {row[12]}" if row[11] else None),
            (said(N_("Closed on"), context="rectification"), _day(row.closed_on)),
            (said(N_("Why it is void")), row.void_because),
        )  # fmt: skip
        on = midnight(row.opened_on) + dt.timedelta(hours=23, minutes=59) if row.opened_on else None
        yield ChainLink("rectifications", row.id, row.ref, on, said(N_("Rectification")), row.deviation or "",
                        RECTIFICATION_STATUS[row.status], _filled(told))  # fmt: skip
        if row[13]:
            since = midnight(row.in_force_on) if row.in_force_on else None
            told = ((said(N_("In force since")), _day(row.in_force_on)),)  # type: ignore[assignment]  # fewer facts
            yield ChainLink("sops", row[13], row[14], max(filter(None, (since, on)), default=None),
                            said(N_("Procedure")), f"{row[15] or ''} {row[16]}".strip(), WRITTEN_STATUS[row[17]],
                            _filled(told))  # fmt: skip


def _waivers(connection: Connection, parameter_id: str) -> Iterator[ChainLink]:
    w = ParameterWaiver
    query = (
        select(w.id, w.ref, w.value, w.status, w.reason, w.measure, w.approved_on, w.requested_on, w.valid_until,
               Person.name)
        .outerjoin(Person, Person.id == w.approved_by_id)
        .where(w.parameter_id == parameter_id, w.deleted_at.is_(None))
        .order_by(w.id)
    )  # fmt: skip
    for row in connection.execute(query):
        on = row.approved_on or row.requested_on
        told = ((said(N_("Reason")), row.reason), (said(N_("Compensating measure")), row.measure),
                (said(N_("Approved by")), row.name), (said(N_("Valid until")), _day(row.valid_until)))  # fmt: skip
        yield ChainLink("waivers", row.id, row.ref, midnight(on) if on else None, said(N_("Waiver")), row.value or "",
                        WAIVER_STATUS[row.status], _filled(told))  # fmt: skip


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _filled(facts: tuple[tuple[Words, str | None], ...]) -> tuple[tuple[Words, str], ...]:
    return tuple((label, value) for label, value in facts if value)

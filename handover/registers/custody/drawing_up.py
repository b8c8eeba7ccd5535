"""Drawing certificates up: what each would say, what stands in its way, and the act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from handover.errors import NotLawful, NotValid, Reason, Refused
from handover.i18n import N_
from handover.model import steps
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate
from handover.model.custody.guard import WantedCertificate, against
from handover.model.custody.kinds import ENDS_AFTERCARE, GOES_BACK, has_care, taken_from
from handover.model.custody.reserving import ReservedRow, reserved_in
from handover.model.custody.scope import family, passing
from handover.model.people import Person
from handover.model.picks.pick import Pick
from handover.model.signatory import signers_of
from handover.model.system import System
from handover.model.teams.stops import stopped
from handover.registers.acts import taking
from handover.registers.catalogue import of_table
from handover.registers.linked import Linked
from handover.store.workspace import Workspace

Values = Mapping[str, Any]  # Any: what each field holds


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a certificate of a system would say.

    Attributes:
        reasons: what stands in its way; it can be issued where there are none.
        exceptions: what it would list as still to be done.
        passes: the numbers of the systems that pass with it.
        signers: who signs, in their order.
    """

    system: Linked
    reasons: tuple[Reason, ...]
    exceptions: tuple[ReservedRow, ...]
    passes: tuple[str, ...]
    signers: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be issued for signature."""
        return not self.reasons


def outlook(connection: Connection, kind_id: str, system_id: str, reason: str | None = None) -> Outlook:
    """What a certificate of a kind would say of a system. Raises NotValid where one of them is gone."""
    with Session(connection, autoflush=False) as session:
        kind, system = session.get(Pick, kind_id), session.get(System, system_id)
        if kind is None or system is None:
            raise NotValid(N_("This row no longer exists."))
        signers = signers_of(session, system)
        wanted = WantedCertificate(kind.word, kind.meaning, system, reason, signers, kind_id=kind.id)
        reasons = tuple(_said(each) for each in (*stopped(session, system.id), *against(session, wanted)))
        without = kind.meaning in (ENDS_AFTERCARE, GOES_BACK)
        care = has_care(session, system.project_id)
        found = Outlook(
            Linked(system.id, system.ref, f"{system.code} {system.name}"),
            reasons,
            () if without else tuple(reserved_in(session, system.id)),
            tuple(each.system.code for each in passing(family(session, system.id), system.id, kind.meaning, care=care)),
            tuple(_called(session, each.person_id, each.role_id) for each in signers),
        )
        session.expunge_all()
    return found


def systems_for(connection: Connection, project_id: str, kind_id: str) -> list[Linked]:
    """The systems that a certificate of a kind can be drawn up for, by who has them now."""
    with Session(connection, autoflush=False) as session:
        kind = session.get(Pick, kind_id)
        takes = taken_from(kind.meaning if kind is not None else None, care=has_care(session, project_id))
        wanted = (
            select(System.id, System.ref, System.code, System.name)
            .where(System.project_id == project_id, System.deleted_at.is_(None), System.custody.in_(takes))
            .order_by(System.code, System.id)
        )
        return [Linked(row.id, row.ref, f"{row.code} {row.name}") for row in session.execute(wanted)]


def draw_up(
    workspace: Workspace,
    project_id: str,
    kind_id: str,
    systems: Sequence[str],
    values: Values | None = None,
    *,
    issue: bool = False,
    source: str = "hand",
) -> list[str]:
    """Draw up a certificate for each of some systems in one act; returns their keys.

    Args:
        values: fields of the certificates.
        issue: issue them for signature in the same act.

    Raises:
        NotLawful: no system is chosen.
        Refused: they can't be issued, with everything that stands in the way; nothing is stored.
    """
    if not systems:
        raise NotLawful(N_("Choose the systems that are handed over."))
    given = {key: value for key, value in (values or {}).items() if value not in (None, "")}
    made: list[Certificate] = []
    drawn_up = N_("Draw up a certificate"), N_("Draw up {n} certificates")
    label = (N_("Issue a certificate for signature"), N_("Issue {n} certificates for signature")) if issue else drawn_up
    with workspace.edit(label, project=project_id, source=source, n=len(systems)) as work:
        for system in systems:
            made.append(work.add(Certificate(kind_id=kind_id, system_id=system, **given)))
        if issue:
            work.settle()  # its lists are made before it is looked at
            step = CERTIFICATE_STATUS.step("issue")
            reasons = [each for row in made for each in steps.against(row, step, work.taker)]
            if reasons:
                raise Refused(map(_said, reasons))
            for row in made:
                work.take(row, step, {})
    return [row.id for row in made]


def certificate_in_hand(connection: Connection, kind_id: str, system_id: str) -> str | None:
    """The newest certificate of a kind of a system that isn't void; None where there is none."""
    here = (Certificate.kind_id == kind_id, Certificate.system_id == system_id, Certificate.deleted_at.is_(None))
    wanted = select(Certificate.id).where(*here, Certificate.status != "void").order_by(Certificate.id.desc())
    found: str | None = connection.execute(wanted.limit(1)).scalar()
    return found


def _called(session: Session, person_id: str | None, role_id: str | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    role = session.get(Pick, role_id) if role_id else None
    return person.name if person is not None else role.word if role is not None else "–"


def _said(reason: Reason) -> Reason:
    """A reason with the heading of its field in the place of the field's key."""
    register = of_table(str(Certificate.__tablename__))
    return taking.said(register, reason) if register is not None else reason

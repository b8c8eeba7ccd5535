"""Who signs what, for which side and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from handover.i18n import N_
from handover.model.base import Problem, Row, choice, link
from handover.model.people import SIDE, Person, must_have
from handover.model.picks.pick import pick
from handover.model.placed import SignsInTurn
from handover.model.system import System
from handover.model.vocabulary import Option, Vocabulary

SIGNS_FOR = Vocabulary(
    (
        Option("certificate", "Certificates", aliases=("certificate", "证书", "移交证书", "交接书")),
        Option("pack", "Handover packs", aliases=("pack", "移交包")),
        Option("gate", "Gates", aliases=("gate", "阶段门", "关口")),
        Option("any", "Anything", aliases=("all", "everything", "全部", "所有")),
    )
)


class Signatory(SignsInTurn, Row):
    """Somebody, or a role that somebody will have, who signs or only takes note."""

    __tablename__ = "signatory"
    prefix: ClassVar[str] = "SGN"

    signs_for: Mapped[str] = choice(SIGNS_FOR, "certificate")
    system_id: Mapped[str | None] = link("system")
    gate_id: Mapped[str | None] = link("gate")
    role_id: Mapped[str | None] = pick("signing_role")
    person_id: Mapped[str | None] = link("person")
    side: Mapped[str | None] = choice(SIDE)
    sign_seq: Mapped[int | None]
    is_signer: Mapped[bool | None] = mapped_column(default=True)
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """A signatory is a person or a role, and signs before or after others, not at place 0."""
        yield from must_have(values, "signs_for")
        if not (values.get("person_id") or values.get("role_id")):
            yield Problem("person", N_("Name the person who signs, or the role."))
        if values.get("sign_seq") is not None and values["sign_seq"] < 1:
            yield Problem("sign_seq", N_("The order of signatures begins with 1."))
        if values.get("gate_id") and values.get("signs_for") not in ("gate", "any"):
            yield Problem("gate", N_("Only who signs for gates can be named for one gate."))

    @classmethod
    def signing(cls) -> ColumnElement[bool]:
        """Those who sign; the others take note."""
        return cls.is_signer.is_not(False)

    @classmethod
    def unnamed(cls) -> ColumnElement[bool]:
        """Roles without a person yet."""
        return cls.person_id.is_(None)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs, for which side and in which order."""

    person_id: str | None
    role_id: str | None
    side: str | None
    sign_seq: int | None


def above(session: Session, system: System) -> Iterator[System]:
    """The systems that a system is part of, the nearest first."""
    seen, parent = {system.id}, system.parent_id
    while parent and parent not in seen:
        seen.add(parent)
        row = session.get(System, parent)
        if row is None or row.deleted_at is not None:
            return
        yield row
        parent = row.parent_id


def signers_of(session: Session, system: System) -> list[Signer]:
    """Who signs the certificates of a system: as said for it, for what it is part of, or for all systems.

    Where nobody is said to, those sign who lead it, the project side first.
    """
    for system_id in (system.id, *(each.id for each in above(session, system)), None):
        if found := _said_for(session, system.project_id, system_id):
            return found
    leads = (("project", system.engineering_lead_id), ("operations", system.operations_lead_id))
    return [Signer(person, None, side, at) for at, (side, person) in enumerate(leads, 1) if person]


def signatory_of(session: Session, system: System) -> str | None:
    """The key of the person who signs a system's certificate for operations, else leads its operations.

    None where nobody does, or where who does is in the bin.
    """
    signing = (each.person_id for each in signers_of(session, system) if each.side == "operations" and each.person_id)
    key = next(signing, None) or system.operations_lead_id
    person = session.get(Person, key) if key else None
    return person.id if person is not None and person.deleted_at is None else None


def _said_for(session: Session, project_id: str, system_id: str | None) -> list[Signer]:
    """Those who are said to sign the certificates of a system, or of all systems where none is named."""
    wanted = (
        select(Signatory.person_id, Signatory.role_id, Signatory.side, Person.side.label("own"), Signatory.sign_seq)
        .outerjoin(Person, Person.id == Signatory.person_id)
        .where(Signatory.project_id == project_id, Signatory.deleted_at.is_(None), Signatory.signing())
        .where(Signatory.signs_for.in_(("certificate", "any")), Signatory.gate_id.is_(None))
        .where(Signatory.system_id == system_id if system_id else Signatory.system_id.is_(None))
        .order_by(Signatory.place, Signatory.id)
    )
    return [Signer(row.person_id, row.role_id, row.side or row.own, row.sign_seq) for row in session.execute(wanted)]

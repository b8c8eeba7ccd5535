"""The systems that pass with a certificate: one and all below it, as far as they have come."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.model.custody.kinds import GOES_BACK, further, passed_to, taken_from
from handover.model.standing import below
from handover.model.system import System


@dataclass(frozen=True, slots=True)
class Passing:
    """A system that passes with a certificate, and who has it after."""

    system: System
    after: str


def family(session: Session, system_id: str) -> list[System]:
    """A system and all that is below it, by their numbers."""
    tree = below(system_id)
    wanted = select(System).where(System.id.in_(select(tree.c.id)), System.deleted_at.is_(None))
    return sorted(session.scalars(wanted), key=lambda each: (each.id != system_id, each.code, each.id))


def passing(systems: list[System], system_id: str, meaning: str | None, *, care: bool) -> list[Passing]:
    """Those of a system and all below it that a certificate passes on; those further on, or behind, stay."""
    top = next((each for each in systems if each.id == system_id), None)
    if top is None:
        return []
    takes = (top.custody,) if meaning == GOES_BACK else taken_from(meaning, care=care)
    return [Passing(each, passed_to(meaning, each.custody, care=care)) for each in systems if each.custody in takes]


def behind(systems: list[System], meaning: str | None, *, care: bool) -> list[System]:
    """Those that the certificate before hasn't passed on yet."""
    takes = taken_from(meaning, care=care)
    return [each for each in systems if takes and all(further(other, each.custody) for other in takes)]

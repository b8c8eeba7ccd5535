"""The two sides of a handover as they stand on the cover and sign: their companies and their people."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.people import Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.signatory import Signatory
from handover.pack.outline import Party, SignatureLine
from handover.registers.parties import parties
from handover.wording import Text, Words, said

#: Who is taken for a side's organisation, the first that there is.
_PROJECT_SIDE = ("commissioning", "contractor", "client")


def names_of(connection: Connection, project: Project) -> dict[str, str]:
    """The names of those who take part in a project, by their place in it."""
    return {field: row.name for field, row in parties(connection, project.id).items()}


def sides(connection: Connection, project: Project, names: Mapping[str, str]) -> tuple[Party, ...]:
    """Both sides with those who sign packs: as the register of signatories says, else its leading people."""
    signing = _signing(connection, project.id)
    ours = signing.get("project") or (
        SignatureLine(said(N_("Project manager")), names.get("manager", "")),
        SignatureLine(said(N_("Chief engineer")), names.get("chief_engineer", "")),
    )
    theirs = signing.get("operations") or (
        SignatureLine(said(N_("Operations manager")), names.get("operations_manager", "")),
        SignatureLine(said(N_("Shift supervisor"))),
    )
    company = next((names[field] for field in _PROJECT_SIDE if field in names), "")
    both = [
        Party(said(N_("Project side")), company, tuple(ours)),
        Party(said(N_("Operations side")), names.get("operator", ""), tuple(theirs)),
    ]
    if third := signing.get("third"):
        both.append(Party(said(N_("Third party")), "", tuple(third)))
    return tuple(both)


def _signing(connection: Connection, project_id: str) -> dict[str, list[SignatureLine]]:
    """Those who sign packs, by side and in their order; who has no side of his own signs for that of the person."""
    query = (
        select(Signatory.side, Person.side, Person.name, Pick.en, Pick.zh, Pick.code)
        .outerjoin(Person, Person.id == Signatory.person_id)
        .outerjoin(Pick, Pick.id == Signatory.role_id)
        .where(Signatory.project_id == project_id, Signatory.deleted_at.is_(None), Signatory.signing())
        .where(Signatory.signs_for.in_(("pack", "any")), Signatory.system_id.is_(None))
        .order_by(Signatory.place, Signatory.id)
    )
    found: dict[str, list[SignatureLine]] = {}
    for side, own, name, en, zh, code in connection.execute(query):
        role: Words = Text(en or zh or code or "", zh or en or code or "")
        found.setdefault(side or own or "project", []).append(SignatureLine(role, name or ""))
    return found

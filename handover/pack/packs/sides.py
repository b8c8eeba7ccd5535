"""Who signs a pack, by the parties of the handover: who hands over, who takes over, who supervises, who owns.

A party is the organisation of the people who sign for it. Where nobody is known it stays blank: a wrong company on a
page that is signed is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.people import Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.model.signatory import Signatory
from handover.pack.blocks.signing import Party, SignatureLine
from handover.registers.parties import parties
from handover.wording import Text, Words, said

#: The parties in the order in which they stand on the page.
_PARTIES = {
    "handing": N_("Party handing over"),
    "taking": N_("Party taking over"),
    "supervising": N_("Supervision"),
    "owner": N_("Project owner"),
    "third": N_("Third party"),
}
#: Who signs where nobody was named: by place in the project, with the party.
_LEADING = (
    ("manager", "handing", N_("Project manager")),
    ("chief_engineer", "handing", N_("Chief engineer")),
    ("operations_manager", "taking", N_("Operations manager")),
    ("", "taking", N_("Shift supervisor")),
)
#: Which party a role is of where neither a person nor an organisation tells.
_BY_ROLE = {"SV": "supervising", "CL": "owner"}


@dataclass(frozen=True, slots=True)
class Signing:
    """The parties that sign, and what is odd about them."""

    parties: tuple[Party, ...]
    warnings: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class _Signer:
    """Somebody who signs, or a role that somebody will have."""

    role: Words
    side: str = ""
    name: str = ""
    post: str = ""
    organisation: str = ""
    of_side: str = ""
    of_role: str = ""
    pick: str = ""

    @property
    def party(self) -> str:
        """The party for which he signs."""
        if self.side == "operations":
            return "taking"
        if self.of_role == "supervisor":
            return "supervising"
        if self.of_role == "owner":
            return "owner"
        if not self.name and self.pick in _BY_ROLE:
            return _BY_ROLE[self.pick]
        return "third" if self.side == "third" else "handing"


def names_of(connection: Connection, project: Project) -> dict[str, str]:
    """The names of those who take part in a project, by their place in it."""
    return {field: row.name for field, row in parties(connection, project.id).items()}


def signing(
    connection: Connection, project: Project, names: Mapping[str, str], system_id: str | None = None
) -> Signing:
    """The parties with those who sign packs, or the certificate of a system: as the register of signatories says.

    Where it says nothing, the leading people of the project sign.
    """
    people = _named(connection, project.id, system_id) or _leading(connection, project, names)
    by_party: dict[str, list[_Signer]] = {}
    for each in people:
        by_party.setdefault(each.party, []).append(each)
    if "handing" not in by_party and "owner" in by_party:  # the owner's own construction team hands over
        by_party["handing"] = by_party.pop("owner")
    for party in ("handing", "taking"):
        by_party.setdefault(party, [])
    warnings: list[Text] = []
    found = tuple(_party(key, by_party[key], warnings) for key in _PARTIES if key in by_party)
    warnings += _crossed(people)
    return Signing(found, tuple(warnings))


def _party(key: str, people: list[_Signer], warnings: list[Text]) -> Party:
    """A party; several organisations are named at each line, and warned of."""
    organisations = list(dict.fromkeys(each.organisation for each in people if each.organisation))
    several = len(organisations) > 1
    if several:
        warnings.append(
            said(
                N_("Those who sign for “{party}” come from several organisations: {names}."),
                party=said(_PARTIES[key]),
                names=" · ".join(organisations),
            )
        )
    lines = tuple(
        SignatureLine(each.role, each.name, each.post, each.organisation if several else "") for each in people
    )
    return Party(said(_PARTIES[key]), " / ".join(organisations), lines)


def _crossed(people: Iterable[_Signer]) -> list[Text]:
    """Who signs for one side and whose organisation is of the other."""
    return [
        said(
            N_("{name} signs for one side, but {organisation} belongs to the other."),
            name=each.name,
            organisation=each.organisation,
        )
        for each in people
        if {each.side, each.of_side} == {"project", "operations"}
    ]


def _named(connection: Connection, project_id: str, system_id: str | None) -> list[_Signer]:
    """Those whom the register names, in their order; a system's own signatories stand in place of all others."""
    query = (
        select(
            Signatory.side, Person.side, Person.name, Person.post,
            Organisation.name, Organisation.side, Organisation.role,
            Pick.en, Pick.zh, Pick.code,
        )
        .outerjoin(Person, Person.id == Signatory.person_id)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(Pick, Pick.id == Signatory.role_id)
        .where(Signatory.project_id == project_id, Signatory.deleted_at.is_(None), Signatory.signing())
        .order_by(Signatory.place, Signatory.id)
    )  # fmt: skip
    for_pack = query.where(Signatory.signs_for.in_(("pack", "any")), Signatory.system_id.is_(None))
    own = query.where(Signatory.signs_for.in_(("certificate", "pack", "any")), Signatory.system_id == system_id)
    rows = connection.execute(own).all() if system_id else []
    return [_signer(row) for row in rows or connection.execute(for_pack)]


def _signer(row: Sequence[Any]) -> _Signer:  # Any: the columns of the query
    side, own, name, post, organisation, of_side, of_role, en, zh, code = row
    role: Words = Text(en or zh or code or "", zh or en or code or "")
    return _Signer(
        role, side or own or of_side or "project", name or "", post or "", organisation or "", of_side or "",
        of_role or "", code or "",
    )  # fmt: skip


def _leading(connection: Connection, project: Project, names: Mapping[str, str]) -> list[_Signer]:
    """The leading people of the project, with the organisations that they are of."""
    query = (
        select(Person.post, Organisation.name, Organisation.side, Organisation.role)
        .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    )  # fmt: skip
    found = []
    for place, party, role in _LEADING:
        key = getattr(project, f"{place}_id") if place else None
        row = connection.execute(query.where(Person.id == key)).one_or_none() if key else None
        post, organisation, side, of_role = row if row is not None else (None, None, None, None)
        found.append(
            _Signer(
                said(role), "operations" if party == "taking" else "project", names.get(place, ""), post or "",
                organisation or "", side or "", (of_role or "") if party == "handing" else "",
            )
        )  # fmt: skip
    if not any(each.organisation for each in found if each.side == "operations") and (
        operator := names.get("operator")
    ):
        found = [_of(each, operator) if each.side == "operations" else each for each in found]
    return found


def _of(each: _Signer, organisation: str) -> _Signer:
    return _Signer(each.role, each.side, each.name, each.post, organisation)

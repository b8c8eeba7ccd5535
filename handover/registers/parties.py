"""Who takes part in a project: its people and companies, by what they are in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.model.people import Organisation, Person
from handover.model.project import Project
from handover.registers import find
from handover.registers.linked import Linked
from handover.registers.query import linked
from handover.store.work import UnitOfWork
from handover.values.cells import folded


@dataclass(frozen=True, slots=True)
class PartyOf:
    """A place in a project that somebody takes.

    Args:
        field: as people name it; the model's attribute is this with ``_id``.
        label: in English, found in the catalogue.
        table: ``person`` or ``organisation``.
        made: what a row is, besides its name, that is made for this place.
    """

    field: str
    name: str
    table: str
    made: tuple[tuple[str, str], ...]

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)

    @property
    def attr(self) -> str:
        """The attribute of the project."""
        return f"{self.field}_id"


PARTIES = (
    PartyOf("client", N_("Client"), "organisation", (("side", "project"), ("role", "owner"))),
    PartyOf("contractor", N_("General contractor"), "organisation", (("side", "project"), ("role", "contractor"))),
    PartyOf("commissioning", N_("Commissioning contractor"), "organisation",
            (("side", "project"), ("role", "commissioning"))),
    PartyOf("operator", N_("Operator"), "organisation", (("side", "operations"), ("role", "operator"))),
    PartyOf("manager", N_("Project manager"), "person", (("side", "project"),)),
    PartyOf("operations_manager", N_("Operations manager"), "person", (("side", "operations"),)),
    PartyOf("chief_engineer", N_("Chief engineer"), "person", (("side", "project"),)),
)  # fmt: skip
_MODELS: dict[str, type[Person] | type[Organisation]] = {"person": Person, "organisation": Organisation}


def parties(connection: Connection, project_id: str) -> dict[str, Linked]:
    """Who takes which place in a project; places that nobody takes are left out."""
    columns = [getattr(Project, each.attr) for each in PARTIES]
    row = connection.execute(select(*columns).where(Project.id == project_id)).one()
    taken = dict(zip(PARTIES, row, strict=True))
    found: dict[str, Linked] = {}
    for table in _MODELS:
        names = linked(connection, table, (key for each, key in taken.items() if each.table == table))
        found.update((each.field, names[key]) for each, key in taken.items() if each.table == table and key in names)
    return found


def set_parties(work: UnitOfWork, project: Project, texts: Mapping[str, str]) -> list[str]:
    """Give places to those whom texts name; returns the names of those who are new and are made with it.

    Args:
        texts: by field what was typed, a name or a reference; an empty text leaves the place to nobody.

    Raises:
        NotValid: with the field, when several are called so, or the name is too long.
    """
    connection = work.session.connection()
    made: dict[tuple[str, str], str] = {}
    fresh = []
    for each in (p for p in PARTIES if p.field in texts):
        text = texts[each.field].strip()
        key: str | None = None
        if text:
            key = _known(connection, project.id, each, text) or made.get((each.table, folded(text)))
            if key is None:
                key = made[each.table, folded(text)] = _make(work, project.id, each, text)
                fresh.append(text)
        if getattr(project, each.attr) != key:
            setattr(project, each.attr, key)
    return fresh


def _known(connection: Connection, project_id: str, place: PartyOf, text: str) -> str | None:
    """Who is called so or has this reference, None for nobody."""
    wanted = folded(text)
    found = find.suggest(connection, project_id, place.table, text, 50)
    same = [row for row in found if wanted in (folded(row.ref), folded(row.name))]
    if len(same) > 1:
        raise NotValid(
            N_("“{text}” fits several: {names}. Type the reference."),
            field=place.field,
            text=text,
            names=", ".join(f"{row.name} ({row.ref})" for row in same[:4]),
        )
    return same[0].id if same else None


def _make(work: UnitOfWork, project_id: str, place: PartyOf, text: str) -> str:
    model = _MODELS[place.table]
    limit = model.__table__.c.name.type.length  # type: ignore[attr-defined]  # a column of texts of some length
    if len(text) > limit:
        raise NotValid(N_("The text has {length} characters; at most {limit} fit."), field=place.field,
                       length=len(text), limit=limit)  # fmt: skip
    values: dict[str, Any] = dict(place.made)  # Any: the columns of a row
    return work.add(model(project_id=project_id, name=text, **values)).id

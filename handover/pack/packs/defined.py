"""Packs as they are asked for, on the command line or by a definition: names of chapters and systems as keys."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, select

from handover import clock
from handover.errors import NotFound, NotValid
from handover.i18n import N_
from handover.model.documents.document import CONFIDENTIALITY
from handover.model.group import GroupSystem, WorkingGroup
from handover.model.issued import PACK_PURPOSE
from handover.model.pack_definition import PACK_READERS, PackCover, PackDefinition
from handover.model.people import Person
from handover.model.project import Project
from handover.model.standing import below
from handover.model.system import System
from handover.model.vocabulary import Vocabulary
from handover.pack.contents import PackContents, parts
from handover.pack.packs.controlled import Control, Logo
from handover.pack.packs.free_pages import FreePage, pages_of_definition
from handover.pack.packs.kinds import PackKind, pack_kind
from handover.pack.packs.logos import logo_of
from handover.pack.packs.readers import Readers
from handover.registers.files.attached_files import files_of
from handover.store.workspace import Workspace
from handover.wording import Words, said


@dataclass(frozen=True, slots=True)
class PackAsked:
    """A pack as somebody asks for it, in names; whatever is empty is as the kind has it.

    Args:
        kind: the key of the kind.
        chapters: the keys of its parts.
        systems: numbers or references of systems; what is below them goes with them.
        group: the name or the reference of a working group.
        purpose, classification, readers: codes of their vocabularies.
        foot: what stands at the foot of each page.
        pages: in one's own words.
    """

    kind: str = "full"
    language: str = "both"
    chapters: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    group: str = ""
    purpose: str = ""
    classification: str = ""
    distribution: tuple[str, ...] = ()
    prepared: str = ""
    checked: str = ""
    approved: str = ""
    custody: str = ""
    cover_text: str = ""
    logos: tuple[Path, ...] = ()
    readers: str = ""
    audience: str = ""
    foot: str = ""
    pages: tuple[FreePage, ...] = ()


def definitions_of(workspace: Workspace, project_id: str) -> list[tuple[str, PackAsked]]:
    """The packs that a project has defined, with their names, in the order of their references."""
    project = Project(id=project_id)
    query = select(PackDefinition.id, PackDefinition.name).where(
        PackDefinition.project_id == project_id, PackDefinition.deleted_at.is_(None)
    )
    with workspace.read() as connection:
        rows = connection.execute(query.order_by(PackDefinition.id)).all()
    return [(row.name, asked_of(workspace, project, row.id)) for row in rows]


def asked_of(workspace: Workspace, project: Project, key: str) -> PackAsked:
    """A definition by its reference or name, as what it asks for. Raises NotFound, naming those that there are."""
    with workspace.read() as connection:
        found = connection.execute(
            select(PackDefinition.__table__).where(
                PackDefinition.project_id == project.id, PackDefinition.deleted_at.is_(None)
            )
        ).all()
        row = next((each for each in found if key in (each.id, each.ref, each.name)), None)
        if row is None:
            names = ", ".join(f"{each.ref} {each.name}" for each in found) or "–"
            raise NotFound(N_("There is no pack {name} defined. There are: {names}."), name=key, names=names)
        people = [_person(connection, person) for person in (row.prepared_by_id, row.checked_by_id, row.approved_by_id)]
        pages = pages_of_definition(connection, row.id)
        cover = _cover(connection, row.cover_id)
    logos = _logos(workspace, row.id) or (_logos(workspace, cover.id) if cover is not None else ())
    return PackAsked(
        row.kind, row.language, _listed(row.chapters), _listed(row.systems), row.group_id or "", row.purpose or "",
        row.classification or (cover.classification if cover is not None else "") or "",
        tuple(filter(None, map(str.strip, (row.distribution or "").splitlines()))),
        people[0], people[1], people[2], row.custody or "",
        row.cover_text or (cover.cover_text if cover is not None else "") or "", logos, row.readers or "",
        row.audience or "", (cover.foot if cover is not None else "") or "", pages,
    )  # fmt: skip


def _cover(connection: Connection, key: str | None) -> Any:  # Any: a row
    """The company's cover of a key; None without one."""
    wanted = select(PackCover.__table__).where(PackCover.id == key, PackCover.deleted_at.is_(None))
    return connection.execute(wanted).one_or_none() if key else None


def _logos(workspace: Workspace, owner: str) -> tuple[Path, ...]:
    """The pictures attached to a row as “logo”."""
    found = sorted(
        (file.name.casefold(), workspace.blobs.path_of(file.sha256))
        for file in files_of(workspace, owner)
        if file.name.casefold().startswith("logo")
    )
    return tuple(path for _, path in found)


def _listed(text: str | None) -> tuple[str, ...]:
    apart = (text or "").replace("，", ",").replace("、", ",").replace(";", ",").replace("\n", ",")
    return tuple(filter(None, map(str.strip, apart.split(","))))


def _person(connection: Connection, key: str | None) -> str:
    return str(connection.execute(select(Person.name).where(Person.id == key)).scalar() or "") if key else ""


def contents_asked(workspace: Workspace, project: Project, asked: PackAsked) -> PackContents:
    """What a pack that is asked for holds.

    Raises:
        NotFound: there is no such kind, chapter, system or group.
        NotValid: a dossier without systems, the pack of a group without one, a purpose that there isn't.
    """
    kind = pack_kind(asked.kind)
    chosen = _chapters(kind, asked.chapters, asked.pages)
    with workspace.read() as connection:
        group = _group(connection, project, asked.group) if asked.group else ""
        systems = _systems(connection, project, asked.systems)
        if group and not systems:
            systems = _of_group(connection, group)
    if kind.about == "system" and not asked.systems:
        raise NotValid(N_("Name the systems that the dossier is about."))
    if kind.about == "group" and not group:
        raise NotValid(N_("Name the working group that the pack is about."))
    if kind.about == "project" and asked.group:
        raise NotValid(N_("A pack of this kind isn't about a working group."))
    readers = _readers(asked.readers)
    logos: list[Logo] = [logo_of(path) for path in asked.logos]
    control = Control(
        prepared=asked.prepared,
        checked=asked.checked,
        approved=asked.approved,
        purpose=_worded(PACK_PURPOSE, asked.purpose),
        classification=_worded(CONFIDENTIALITY, asked.classification or ("internal" if readers == "own" else "")),
        distribution=asked.distribution,
        text=_filled(asked.cover_text, project),
        logos=tuple(logos),
        audience=asked.audience or (said(PACK_READERS[readers].name) if asked.readers else ""),
        foot=_filled(asked.foot, project),
    )
    return PackContents(
        kind, chosen, systems, group, control, custody=asked.custody, pages=asked.pages, readers=readers
    )  # fmt: skip


def _filled(text: str, project: Project) -> str:
    """A text of a company's cover with the names of the project in it."""
    names = {"{project}": project.name, "{code}": project.code, "{day}": clock.today().isoformat()}
    for name, value in names.items():
        text = text.replace(name, value)
    return text


def _readers(code: str) -> Readers:
    """Who reads it. Raises NotValid, naming those that there are."""
    if code and code not in PACK_READERS:
        allowed = ", ".join(option.code for option in PACK_READERS)
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=code, allowed=allowed)
    return cast(Readers, code or "parties")


def _worded(words: Vocabulary, code: str) -> Words:
    """The name of an option by its code. Raises NotValid, naming those that there are."""
    if not code:
        return ""
    if code not in words:
        allowed = ", ".join(option.code for option in words)
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=code, allowed=allowed)
    return said(words[code].name)


def _chapters(kind: PackKind, keys: Iterable[str], pages: Sequence[FreePage]) -> tuple[str, ...]:
    there = {part.key for part in parts(kind, pages)}
    wanted = tuple(dict.fromkeys(keys))
    for key in wanted:
        if key not in there:
            raise NotFound(
                N_("This kind of pack has no chapter {key}. It has: {keys}."), key=key, keys=", ".join(sorted(there))
            )
    return wanted


def _systems(connection: Connection, project: Project, names: Sequence[str]) -> tuple[str, ...]:
    """The keys of systems and of all below them."""
    if not names:
        return ()
    query = select(System.id, System.ref, System.code).where(
        System.project_id == project.id, System.deleted_at.is_(None)
    )
    known = {name.casefold(): key for key, ref, code in connection.execute(query) for name in (key, ref, code)}
    found: dict[str, None] = {}
    for name in names:
        key = known.get(name.casefold())
        if key is None:
            raise NotFound(N_("There is no system {name}."), name=name)
        found.update(dict.fromkeys(connection.execute(select(below(key).c.id)).scalars()))
    return tuple(found)


def _group(connection: Connection, project: Project, name: str) -> str:
    query = select(WorkingGroup.id, WorkingGroup.ref, WorkingGroup.name).where(
        WorkingGroup.project_id == project.id, WorkingGroup.deleted_at.is_(None)
    )
    rows = connection.execute(query).all()
    for row in rows:
        if name in (row.id, row.ref) or name.casefold() == row.name.casefold():
            return str(row.id)
    raise NotFound(
        N_("There is no working group {name}. There are: {names}."),
        name=name,
        names=", ".join(f"{row.ref} {row.name}" for row in rows) or "–",
    )


def _of_group(connection: Connection, group: str) -> tuple[str, ...]:
    query = select(GroupSystem.system_id).where(GroupSystem.group_id == group, GroupSystem.deleted_at.is_(None))
    return tuple(key for key in connection.execute(query).scalars() if key)

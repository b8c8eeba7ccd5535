"""The documents that requirements ask for: which are listed, which are still to be, and which nobody asks for any more.

Where a project has its expected documents listed once, a system that is added, or whose type changes, has its own
listed in the same act.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from handover import clock
from handover.i18n import N_, tr
from handover.model.attachment import Attachment
from handover.model.base import Row
from handover.model.documents.document import Document
from handover.model.documents.requirement import LEVELS, Requirement
from handover.model.entailed import coming_with_new, entailed_by
from handover.model.milestone import Milestone
from handover.model.picks.pick import Pick
from handover.model.steps import Taker
from handover.model.system import System

#: What decides which documents are expected of a system.
_DECIDING = frozenset({"system_type_id", "level", "parent_id", "deleted_at"})


class ExpectedThing(NamedTuple):
    """What is expected once: a type of document of a system, or of the project where it names none."""

    system: str | None
    doc_type: str
    discipline: str | None


class SystemFact(NamedTuple):
    """What decides which documents are expected of a system."""

    id: str
    name: str
    type: str | None
    level: str | None
    parent: str | None

    @property
    def top(self) -> bool:
        """Whether what is asked of every system is asked of it."""
        return self.parent is None and self.level in (None, "system")


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement as it is read; ``day`` is when it must be there, ``project`` whether it is asked of no system."""

    id: str
    system: str | None
    system_type: str | None
    project: bool
    doc_type: str
    discipline: str | None
    required_for: str | None
    status: str | None
    mandatory: bool
    paper: bool
    copies: int | None
    due: dt.date | None
    day: dt.date | None

    def asks(self, system: SystemFact) -> bool:
        """Whether it asks something of a system."""
        if self.system is not None:
            return self.system == system.id
        if self.system_type is not None:
            return not self.project and self.system_type == system.type
        return system.top

    def of(self, system: str | None) -> ExpectedThing:
        """What it asks of a system, or of the project."""
        return ExpectedThing(system, self.doc_type, self.discipline)


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A document as it is listed; ``untouched`` where the program listed it and nothing has come of it since."""

    id: str
    ref: str
    title: str
    thing: tuple[str | None, str | None, str | None]
    untouched: bool


@dataclass(frozen=True, slots=True)
class ExpectedChanges:
    """How the list of documents follows what is asked.

    Attributes:
        new: the columns of the documents to be listed.
        gone: documents that the program listed, of which nothing has come, and which are not expected any more.
        listed: how many of the expected ones are listed already.
    """

    new: tuple[dict[str, Any], ...] = ()  # Any: what a column holds
    gone: tuple[ListedDocument, ...] = ()
    listed: int = 0


@dataclass
class Expecting:
    """What is asked of a project's systems, read once."""

    demands: list[Demand]
    systems: dict[str, SystemFact]
    words: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, connection: Connection, project_id: str) -> Expecting:
        """All requirements and systems of a project."""
        demands = _demands(connection, project_id)
        query = select(System.id, System.name, System.system_type_id, System.level, System.parent_id)
        rows = connection.execute(query.where(System.project_id == project_id, System.deleted_at.is_(None)))
        wanted = {each.doc_type for each in demands} | {each.discipline for each in demands if each.discipline}
        words = connection.execute(
            select(Pick.id, Pick.word).where(Pick.project_id == project_id, Pick.deleted_at.is_(None))
        )
        systems = {row[0]: SystemFact(*row) for row in rows}
        return cls(demands, systems, {key: word for key, word in words if key in wanted})

    def line(self, system: str) -> list[str]:
        """A system and those above it, the nearest first; what is in the bin parts it from what is above."""
        found: list[str] = []
        here: str | None = system
        while here in self.systems and here not in found and len(found) < LEVELS:
            found.append(here)
            here = self.systems[here].parent
        return found

    def asked(self, systems: Iterable[SystemFact], *, project: bool) -> dict[ExpectedThing, list[Demand]]:
        """What is asked of some systems, and of the project as a whole where it is wanted."""
        found: dict[ExpectedThing, list[Demand]] = defaultdict(list)
        if project:
            for each in self.demands:
                if each.project:
                    found[each.of(None)].append(each)
        by_type: dict[str | None, list[Demand]] = defaultdict(list)
        by_system: dict[str, list[Demand]] = defaultdict(list)
        for each in self.demands:
            if each.system is not None:
                by_system[each.system].append(each)
            elif not each.project:
                by_type[each.system_type].append(each)
        for system in systems:
            of_type = by_type[system.type] if system.type is not None else []
            every = by_type[None] if system.top else []
            for demand in (*every, *of_type, *by_system[system.id]):
                found[demand.of(system.id)].append(demand)
        return found

    def values(self, thing: ExpectedThing, demands: Sequence[Demand], alone: bool) -> dict[str, Any]:  # Any: as above
        """The columns of a document that is expected.

        Args:
            alone: no other discipline is asked for the same type of the same system.
        """
        first = min(demands, key=lambda each: (each.day is None, each.day or dt.date.max))
        return {
            "title": self._title(thing, alone),
            "system_id": thing.system,
            "doc_type_id": thing.doc_type,
            "discipline_id": thing.discipline,
            "mandatory": any(each.mandatory for each in demands),
            "required_for_id": first.required_for,
            "due_on": min((each.due for each in demands if each.due is not None), default=None),
            "medium": "both" if any(each.paper for each in demands) else None,
            "copies": max((each.copies for each in demands if each.copies is not None), default=None),
            "expected": True,
        }

    def _title(self, thing: ExpectedThing, alone: bool) -> str:
        type_ = self.words.get(thing.doc_type, "")
        discipline = self.words.get(thing.discipline or "", "")
        if not alone and discipline:
            type_ = tr(N_("{type} ({discipline})"), type=type_, discipline=discipline)
        if thing.system is None:
            return type_[:500]
        return tr(N_("{system}: {type}"), system=self.systems[thing.system].name, type=type_)[:500]


def in_step(connection: Connection, project_id: str) -> bool:
    """Whether a project has its expected documents listed, so that new systems get theirs."""
    asked = select(Requirement.id).where(Requirement.project_id == project_id, Requirement.deleted_at.is_(None))
    if connection.execute(asked.limit(1)).first() is None:
        return False
    here = (Document.project_id == project_id, Document.deleted_at.is_(None), Document.expected.is_(True))
    return connection.execute(select(Document.id).where(*here).limit(1)).first() is not None


def expected_changes(
    connection: Connection, project_id: str, systems: Sequence[SystemFact] | None = None, *, above: bool = False
) -> ExpectedChanges:
    """What is to be listed, and what no longer is, of some systems or of the whole project.

    A document of a system that isn't asked for its type counts for the nearest system above that is.

    Args:
        above: look at the systems above them, too, to which their documents may count.
    """
    asked = Expecting.read(connection, project_id)
    if systems is None:
        return _changes(connection, project_id, asked, asked.systems.keys(), whole=True)
    asked.systems.update({each.id: each for each in systems})
    chosen = {each.id for each in systems}
    if above:
        chosen |= {key for each in systems for key in asked.line(each.id)}
    return _changes(connection, project_id, asked, chosen)


def _changes(
    connection: Connection, project_id: str, asked: Expecting, chosen: Set[str], *, whole: bool = False
) -> ExpectedChanges:
    """What is to be listed of the chosen systems, and what no longer is."""
    family = [each for key, each in asked.systems.items() if whole or not chosen.isdisjoint(asked.line(key))]
    wanted = asked.asked([asked.systems[key] for key in chosen], project=whole)
    nearest = _Nearest(asked, asked.asked(family, project=whole))
    listed = _listed(connection, project_id, None if whole else {each.id for each in family})
    ours = listed if whole else [each for each in listed if not each.untouched or each.thing[0] in chosen]
    kept, gone = _kept(ours, wanted.keys(), nearest)
    missing = [thing for thing in wanted if not _covered(thing, kept)]
    several = _several_disciplines(wanted)
    new = tuple(asked.values(thing, wanted[thing], (thing.system, thing.doc_type) not in several) for thing in missing)
    return ExpectedChanges(new, gone, len(wanted) - len(missing))


class _Nearest:
    """Tells of which system a document is asked: of its own, else of the nearest above that is asked for its type."""

    def __init__(self, asked: Expecting, wanted: Collection[ExpectedThing]) -> None:
        self._asked = asked
        self._disciplines: dict[tuple[str | None, str], set[str | None]] = defaultdict(set)
        for thing in wanted:
            self._disciplines[thing.system, thing.doc_type].add(thing.discipline)

    def of(self, document: ListedDocument) -> tuple[str | None, str | None]:
        """The system that asks for a document, its own where none does, and its type."""
        system, type_, discipline = document.thing
        for above in self._asked.line(system) if system is not None and type_ is not None else ():
            asked: Set[str | None] = self._disciplines.get((above, type_ or ""), frozenset())
            if asked and (discipline is None or None in asked or discipline in asked):
                return above, type_
        return system, type_


Kept = Mapping[tuple[str | None, str | None], Set[str | None]]


def _kept(
    listed: Sequence[ListedDocument], wanted: Collection[ExpectedThing], nearest: _Nearest
) -> tuple[Kept, tuple[ListedDocument, ...]]:
    """The disciplines that are listed by system and type, and the untouched documents that aren't needed.

    A document that has come takes the place of the untouched one of its kind.
    """
    kept: dict[tuple[str | None, str | None], set[str | None]] = defaultdict(set)
    for each in listed:
        if not each.untouched:
            kept[nearest.of(each)].add(each.thing[2])
    gone: list[ListedDocument] = []
    waiting: list[ListedDocument] = []
    for each in listed:
        if each.untouched:
            thing = ExpectedThing(each.thing[0], each.thing[1] or "", each.thing[2])
            (gone if thing not in wanted or _covered(thing, kept) else waiting).append(each)
    for each in waiting:
        kept[each.thing[:2]].add(each.thing[2])
    return kept, tuple(gone)


def _covered(thing: ExpectedThing, kept: Kept) -> bool:
    disciplines = kept.get((thing.system, thing.doc_type), frozenset())
    return bool(disciplines) and (thing.discipline is None or None in disciplines or thing.discipline in disciplines)


def _several_disciplines(things: Iterable[ExpectedThing]) -> set[tuple[str | None, str]]:
    seen: dict[tuple[str | None, str], int] = defaultdict(int)
    for each in things:
        seen[each.system, each.doc_type] += 1
    return {place for place, n in seen.items() if n > 1}


def _demands(connection: Connection, project_id: str) -> list[Demand]:
    of = Requirement
    day = Milestone.scheduled_on
    query = (
        select(of.id, of.system_id, of.system_type_id, Pick.meaning, of.doc_type_id, of.discipline_id,
               of.required_for_id, of.required_status, of.mandatory, of.paper, of.copies, of.due_on, day.label("day"))
        .outerjoin(Pick, Pick.id == of.system_type_id)
        .outerjoin(Milestone, Milestone.id == of.required_for_id)
        .where(of.project_id == project_id, of.deleted_at.is_(None), of.doc_type_id.is_not(None))
        .order_by(of.id)
    )  # fmt: skip
    return [
        Demand(r.id, r.system_id, r.system_type_id, r.meaning == "project", r.doc_type_id, r.discipline_id,
               r.required_for_id, r.required_status, r.mandatory is not False, bool(r.paper), r.copies, r.due_on,
               r.due_on or _as_day(r.day))
        for r in connection.execute(query)
    ]  # fmt: skip


def _as_day(value: Any) -> dt.date | None:  # Any: a day, or its text where it was worked out
    return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else value


def _listed(connection: Connection, project_id: str, systems: Set[str] | None) -> list[ListedDocument]:
    filed = select(Attachment.owner_id).where(Attachment.owner_table == "document", Attachment.deleted_at.is_(None))
    of = Document
    query = select(
        of.id, of.ref, of.title, of.system_id, of.doc_type_id, of.discipline_id, of.status, of.expected, of.number,
        of.revision, of.id.in_(filed).label("filed"),
    ).where(of.project_id == project_id, of.deleted_at.is_(None), of.doc_type_id.is_not(None))  # fmt: skip
    if systems is not None:
        query = query.where(of.system_id.in_(systems))
    return [
        ListedDocument(
            r.id, r.ref, r.title, (r.system_id, r.doc_type_id, r.discipline_id),
            bool(r.expected) and r.status == "placeholder" and not (r.number or r.revision or r.filed),
        )
        for r in connection.execute(query.order_by(of.id))
    ]  # fmt: skip


@entailed_by(System)
def expected_of_system(system: System, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """The documents of a system that is new, goes, or of which another type is asked now."""
    if not (changed & _DECIDING):
        return
    connection = session.connection()
    if not in_step(connection, system.project_id):
        return
    if system.deleted_at is not None:
        yield from _gone_with(system, session)
        return
    level = system.level or "system"
    fact = SystemFact(system.id, system.name, system.system_type_id, level, system.parent_id)
    changes = expected_changes(connection, system.project_id, [fact, *_left_behind(system, connection)],
                               above=system not in session.new)  # fmt: skip
    yield from _stored(changes, system.project_id, session)


def _left_behind(system: System, connection: Connection) -> list[SystemFact]:
    """The system of which another one was a part until now."""
    before = [key for key in inspect(system).attrs.parent_id.history.deleted or () if key]
    query = select(System.id, System.name, System.system_type_id, System.level, System.parent_id)
    found = connection.execute(query.where(System.id.in_(before), System.deleted_at.is_(None)))
    return [SystemFact(*row) for row in found]


def _gone_with(system: System, session: Session) -> Iterator[Row]:
    """What was expected of a system that goes into the bin; what had come of it counts no more for those above."""
    connection = session.connection()
    waiting = tuple(each for each in _listed(connection, system.project_id, {system.id}) if each.untouched)
    asked = Expecting.read(connection, system.project_id)
    asked.systems.pop(system.id, None)
    above = asked.line(system.parent_id) if system.parent_id is not None else []
    changes = _changes(connection, system.project_id, asked, set(above)) if above else ExpectedChanges()
    yield from _stored(replace(changes, gone=(*changes.gone, *waiting)), system.project_id, session)


def _stored(changes: ExpectedChanges, project_id: str, session: Session) -> Iterator[Row]:
    for values in changes.new:
        yield Document(project_id=project_id, **values)
    for each in changes.gone:
        document = session.get(Document, each.id)
        if document is not None:
            document.deleted_at = clock.now().isoformat(timespec="milliseconds")
            yield document


@coming_with_new(System)
def expected_of_systems(
    systems: Sequence[Mapping[str, Any]],
    session: Session,  # Any: column values
) -> tuple[type[Row], list[dict[str, Any]]]:  # Any: as above
    """The documents of many new systems, as values by column."""
    project = next((row["project_id"] for row in systems if row.get("project_id")), None)
    connection = session.connection()
    if project is None or not in_step(connection, project):
        return Document, []
    facts = [
        SystemFact(row["id"], row.get("name") or "", row.get("system_type_id"), row.get("level") or "system",
                   row.get("parent_id"))
        for row in systems
    ]  # fmt: skip
    return Document, list(expected_changes(connection, project, facts).new)

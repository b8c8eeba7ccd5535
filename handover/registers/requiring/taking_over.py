"""Taking the requirements of an industry into a project: what it has stays as it is, what it lacks comes in one act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.errors import NotFound
from handover.i18n import N_, tr
from handover.model.base import new_id
from handover.model.documents.held_status import asks_for_more
from handover.model.documents.requirement import Requirement
from handover.model.milestone import Milestone
from handover.model.picks.pick import Pick
from handover.model.picks.templates import pick_template
from handover.registers import picks
from handover.registers.requiring.templates import (
    WHOLE,
    RequirementTemplate,
    ShippedDemand,
    ShippedName,
    requirement_template,
)
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import folded

#: What tells requirements apart: system type, document type, discipline, milestone.
_Place = tuple[str | None, str | None, str | None, str | None]
_LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class TakenOver:
    """What taking a template does, or would do.

    Attributes:
        unsure: what new entries are called in Chinese that somebody of the trade has still to look at; the notes of
            the requirements of such types say so, too.
    """

    requirements: int
    present: int
    milestones: int
    entries: int
    unsure: tuple[str, ...] = ()


def take_template(
    workspace: Workspace, project_id: str, key: str, milestones: Sequence[str] = (), *, dry_run: bool = False
) -> TakenOver:
    """Bring the requirements of an industry into a project, in one act.

    Entries of lists and milestones that are called so already are used; requirements that the project has for the same
    type of systems, type of document, discipline and milestone stay as they are.

    Args:
        milestones: the codes of those of the template that are wanted; empty for all.
        dry_run: only tell what would come.

    Raises:
        NotFound: there is no such template, or no such milestone in it.
    """
    template = requirement_template(key)
    wanted = _wanted(template, milestones)
    with workspace.read() as connection:
        plan = _TakingOver(connection, project_id, template, wanted)
    if plan.told.requirements and not dry_run:
        label = N_("Take {n} requirements of {template}")
        values: dict[str, Any] = {"n": plan.told.requirements, "template": template.label}
        with workspace.edit(label, project=project_id, **values) as work:
            plan.store(work)
    return plan.told


def _wanted(template: RequirementTemplate, codes: Iterable[str]) -> tuple[ShippedName, ...]:
    known = {each.code.casefold(): each for each in template.milestones}
    chosen = {code.casefold(): code for code in codes}
    for code in (chosen[each] for each in sorted(chosen.keys() - known.keys())):
        raise NotFound(
            N_("{template} has no milestone {code}. It has: {codes}."),
            template=template.label, code=code, codes=", ".join(each.code for each in template.milestones),
        )  # fmt: skip
    return tuple(each for code, each in known.items() if not chosen or code in chosen)


class _TakingOver:
    """What comes of a template, worked out before anything is stored."""

    def __init__(
        self, connection: Connection, project_id: str, template: RequirementTemplate, milestones: Sequence[ShippedName]
    ) -> None:
        self._entries = _TemplateEntries(picks.entries(connection, project_id))
        self._milestones = _Milestones(connection, project_id, self._entries)
        present = _present(connection, project_id)
        codes = {each.code for each in milestones}
        named = {each.code: each for each in template.milestones}
        types = {each.code: each for each in template.system_types}
        disciplines = {e.code: e for e in pick_template(template.key).entries if e.list == "discipline"}
        self._rows: list[dict[str, Any]] = []  # Any: the columns of a requirement
        found = 0
        for demand in template.demands:
            for milestone, status in _stages(demand, codes):
                place = (
                    self._entries.of("system_type", types[demand.of], whole=demand.of == WHOLE) if demand.of else None,
                    self._entries.of("document_type", template.document_types[demand.type]),
                    self._discipline(disciplines, demand.discipline),
                    self._milestones.of(named[milestone]),
                )
                if place in present:
                    found += 1
                    continue
                present.add(place)
                self._rows.append(_columns(place, status, demand, template.document_types[demand.type]))
        new, unsure = self._entries.new, tuple(self._entries.unsure)
        self.told = TakenOver(len(self._rows), found, len(self._milestones.new), len(new), unsure)

    def _discipline(self, shipped: dict[str, Any], code: str) -> str | None:  # Any: an entry of a pick template
        if not code:
            return None
        each = shipped[code]
        return self._entries.of("discipline", ShippedName(each.code, each.en, each.zh, each.also or ""))

    def store(self, work: UnitOfWork) -> None:
        """Add all that comes."""
        work.insert_many(Pick, self._entries.new)
        work.insert_many(Milestone, self._milestones.new)
        work.insert_many(Requirement, self._rows)


def _stages(demand: ShippedDemand, milestones: set[str]) -> list[tuple[str, str]]:
    """At which milestones a document is asked for: the first, and those at which it must have come further."""
    stages: list[tuple[str, str]] = []
    for milestone, status in demand.statuses:
        if milestone in milestones and (not stages or asks_for_more(status, stages[-1][1])):
            stages.append((milestone, status))
    return stages


def _columns(place: _Place, status: str, demand: ShippedDemand, called: ShippedName) -> dict[str, Any]:  # Any: as above
    system_type, doc_type, discipline, milestone = place
    return {
        "system_type_id": system_type, "doc_type_id": doc_type, "discipline_id": discipline,
        "required_for_id": milestone, "required_status": status, "mandatory": demand.mandatory,
        "paper": demand.paper or None, "translated": demand.translated or None, "copies": demand.copies,
        "side": demand.side,
        "notes": tr("The Chinese name “{name}” is to be reviewed.", name=called.zh) if called.unsure else None,
    }  # fmt: skip


def _present(connection: Connection, project_id: str) -> set[_Place]:
    of = Requirement
    query = select(of.system_type_id, of.doc_type_id, of.discipline_id, of.required_for_id).where(
        of.project_id == project_id, of.deleted_at.is_(None), of.system_id.is_(None)
    )
    return {(row[0], row[1], row[2], row[3]) for row in connection.execute(query)}


class _TemplateEntries:
    """The entries of a project's lists by what they are called, and those that a template brings."""

    def __init__(self, known: Sequence[picks.PickEntry]) -> None:
        self.new: list[dict[str, Any]] = []  # Any: the columns of an entry
        self.unsure: list[str] = []
        self._codes = {(each.list, each.code) for each in known}
        self._last: dict[str, int] = {}
        self._ids: dict[tuple[str, str], str] = {}
        self._meant: dict[tuple[str, str], str] = {}
        for list_ in dict.fromkeys(each.list for each in known):
            of_list = [each for each in known if each.list == list_]
            self._last[list_] = len(of_list)
            for word, each in picks.by_word(of_list).items():
                self._ids[list_, word] = each.id

    def of(self, list_: str, shipped: ShippedName, *, whole: bool = False) -> str:
        """The key of the entry that a template means: one of the project's that is called so, else a new one."""
        place = list_, shipped.code
        if place not in self._meant:
            self._meant[place] = self._known(list_, shipped) or self._new(list_, shipped, whole)
        return self._meant[place]

    def _known(self, list_: str, shipped: ShippedName) -> str | None:
        """An entry of the project; what else it is called counts where no other type of the template is meant by it."""
        for word in (shipped.en, shipped.zh):
            if key := self._ids.get((list_, folded(word))):
                return key
        taken = set(self._meant.values())
        also = (self._ids.get((list_, folded(word))) for word in picks.parted(shipped.also))
        return next((key for key in also if key and key not in taken), None)

    def _new(self, list_: str, shipped: ShippedName, whole: bool) -> str:
        key, self._last[list_] = new_id(), self._last.get(list_, 0) + 1
        code = shipped.code if (list_, shipped.code) not in self._codes else f"{shipped.code}~"[:_LONGEST_CODE]
        self.new.append(
            {"id": key, "list": list_, "code": code, "meaning": "project" if whole else None, "en": shipped.en,
             "zh": shipped.zh, "also": shipped.also or None, "position": self._last[list_]}
        )  # fmt: skip
        self._codes.add((list_, code))
        if shipped.unsure:
            self.unsure.append(shipped.zh)
        return key


class _Milestones:
    """The milestones of a project by what they are called, and those that a template brings."""

    def __init__(self, connection: Connection, project_id: str, entries: _TemplateEntries) -> None:
        self.new: list[dict[str, Any]] = []  # Any: the columns of a milestone
        self._entries = entries
        self._ids: dict[str, str] = {}
        self._meant: dict[str, str] = {}
        query = select(Milestone.id, Milestone.name, Milestone.code).where(
            Milestone.project_id == project_id, Milestone.deleted_at.is_(None)
        )
        rows = connection.execute(query.order_by(Milestone.id)).all()
        for place in (1, 2):  # a name goes before a code
            for row in rows:
                self._ids.setdefault(folded(row[place] or ""), row[0])

    def of(self, shipped: ShippedName) -> str:
        """The key of the milestone that a template means: one of the project's that is called so, else a new one."""
        if shipped.code not in self._meant:
            words = (shipped.en, shipped.zh, *picks.parted(shipped.also), shipped.code)
            found = (self._ids.get(folded(word)) for word in words if folded(word))
            self._meant[shipped.code] = next(filter(None, found), None) or self._new(shipped)
        return self._meant[shipped.code]

    def _new(self, shipped: ShippedName) -> str:
        key = new_id()
        kinds = {e.code: e for e in pick_template("process_plant").entries if e.list == "milestone_kind"}
        kind = kinds.get(shipped.kind)
        kind_id = (
            self._entries.of("milestone_kind", ShippedName(kind.code, kind.en, kind.zh, kind.also or "", kind.code))
            if kind is not None
            else None
        )
        self.new.append({"id": key, "code": shipped.code, "name": shipped.label, "kind_id": kind_id})
        return key

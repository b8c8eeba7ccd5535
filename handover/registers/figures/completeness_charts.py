"""How complete what must be delivered is: by system and discipline, milestone and receiving side.

A share is of the documents that are asked for; held counts what operations has accepted in the status that is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from handover.charts.data import HeatChart
from handover.i18n import N_
from handover.model.documents.document import STANDING, Document
from handover.model.documents.held_status import falls_short
from handover.model.documents.requirement import Asking, Requirement
from handover.model.milestone import Milestone
from handover.model.people import SIDE
from handover.model.system import System
from handover.registers.figures.chart_names import named_entries, named_systems
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.store.among import among
from handover.wording import Words, said

#: From which share on which tone: half is little, most is not yet all.
_STEPS = ((0.0, "danger"), (0.5, "warning"), (0.9, "ok"))
#: The heat maps show the systems of which most is lacking, at most as many as these.
_SYSTEMS = 40


class _Share(NamedTuple):
    held: int
    asked: int


#: Of a system and what stands across, both empty where a document names none.
_Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CompletenessCharts:
    """The heat maps as they stand today, each with what is counted in it."""

    disciplines: HeatChart
    milestones: HeatChart
    sides: HeatChart
    notes: dict[str, tuple[Words, ...]] = field(default_factory=dict)


def completeness_charts(connection: Connection, project_id: str) -> CompletenessCharts:
    """How complete the documents of a project are."""
    counted = _count(connection, project_id)
    by_discipline, by_side = _shares(counted.disciplines), _shares(counted.sides)
    by_milestone = _shares(counted.milestones)
    rows = _rows(connection, by_discipline)
    entries = named_entries(connection, {across for _, across in by_discipline})
    disciplines = {key: entries[key].name for key in sorted(entries, key=lambda key: entries[key].place)}
    milestones = _milestones(connection, project_id, {across for _, across in by_milestone})
    refs = {key: ref for key, (ref, _) in milestones.items()}
    names = {key: name for key, (_, name) in milestones.items()}
    sides: dict[str, Words] = {option.code: said(option.name) for option in SIDE}
    sides[""] = said(N_("Not said"))
    used = {across for _, across in by_side}
    chart = _Drawing(rows, _refs(connection, rows))
    return CompletenessCharts(
        chart.draw(said(N_("Held by system and discipline")), said(N_("Discipline")), disciplines, by_discipline,
                   lambda key: _is("discipline", key)),
        chart.draw(said(N_("Held by system and milestone")), said(N_("Milestone")), names, by_milestone,
                   lambda key: Condition("asked_for", "contains", (f"{refs[key]} ",)) if key
                   else Condition("asked_for", "empty")),
        chart.draw(said(N_("Held by system and receiving side")), said(N_("Receiving side")),
                   {key: name for key, name in sides.items() if key in used}, by_side, lambda key: _is("side", key)),
        _notes(by_discipline, by_milestone),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Heat maps of the same systems."""

    systems: Mapping[str, Words]
    refs: Mapping[str, str]

    def draw(
        self,
        title: Words,
        x: Words,
        across: Mapping[str, Words],
        shares: Mapping[_Place, _Share],
        where: Callable[[str], Condition],
    ) -> HeatChart:
        """A heat map of the shares that are held; where nothing is asked, the cell is empty."""
        return HeatChart(
            title=title,
            x=x,
            y=said(N_("System")),
            unit="%",
            rows=tuple(self.systems.values()),
            columns=tuple(across.values()),
            cells=tuple(tuple(_value(shares.get((row, column))) for column in across) for row in self.systems),
            keys=tuple(
                tuple(
                    _behind(self.refs.get(row, ""), where(column)) if (row, column) in shares else None
                    for column in across
                )
                for row in self.systems
            ),
            steps=_STEPS,
            empty=said(N_("Nothing is asked for yet, or no document of it is listed.")),
        )


def _value(share: _Share | None) -> float | None:
    return share.held / share.asked if share is not None else None


def _behind(ref: str, across: Condition) -> RowsBehind:
    """All documents of a cell that are asked for; ``ref`` is that of the system, empty for the project as a whole."""
    asked = Condition("standing", "is", tuple(option.code for option in STANDING))
    of = Condition("asked_of", "contains", (f"{ref} ",)) if ref else Condition("system", "empty")
    return RowsBehind("documents", Query(where=(of, across, asked)))


def _is(field_: str, key: str) -> Condition:
    return Condition(field_, "is", (key,)) if key else Condition(field_, "empty")


@dataclass(slots=True)
class _Counted:
    """The documents that are asked for and those that are held, by system and what stands across."""

    disciplines: dict[_Place, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    sides: dict[_Place, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    milestones: dict[_Place, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))

    def take(self, system: str, discipline: str, asked: Sequence[_Asked]) -> None:
        """Count one document, with all that is asked of it."""
        held = all(each.served for each in asked)
        side = min((each.side for each in asked if each.side), default="")
        for place in (self.disciplines[system, discipline], self.sides[system, side]):
            place[0] += held
            place[1] += 1
        at: dict[str, bool] = {}
        for each in asked:
            at[each.milestone] = at.get(each.milestone, True) and each.served
        for milestone, served in at.items():
            place = self.milestones[system, milestone]
            place[0] += served
            place[1] += 1


class _Asked(NamedTuple):
    milestone: str
    side: str
    served: bool


def _count(connection: Connection, project_id: str) -> _Counted:
    """A document counts at each milestone for which it is asked, held where it serves what is asked at that one.

    It counts for the system of which it is asked: its own, or the nearest above that is asked for its type.
    """
    of, asking = Document, Asking(Document)
    serves = and_(of.accepted(), ~falls_short(of.purpose, Requirement.required_status))
    query = (
        select(
            of.id,
            asking.of_system(lambda system: system.id),
            of.discipline_id,
            Requirement.required_for_id,
            Requirement.side,
            serves,
        )
        .select_from(asking.joined(of).join(Requirement, asking.condition))
        .where(of.project_id == project_id, of.deleted_at.is_(None), of.status.not_in(("superseded", "cancelled")))
        .order_by(of.id)
    )
    counted = _Counted()
    for _, several in groupby(connection.execute(query), key=itemgetter(0)):
        rows = list(several)
        asked = [_Asked(row[3] or "", row[4] or "", bool(row[5])) for row in rows]
        counted.take(rows[0][1] or "", rows[0][2] or "", asked)
    return counted


def _shares(counted: Mapping[_Place, Sequence[int]]) -> dict[_Place, _Share]:
    return {place: _Share(held, asked) for place, (held, asked) in counted.items()}


def _rows(connection: Connection, shares: Mapping[_Place, _Share]) -> dict[str, Words]:
    """The systems in their order; where there are too many, those of which most is lacking."""
    lacking: dict[str, int] = defaultdict(int)
    for (system, _), share in shares.items():
        lacking[system] += share.asked - share.held
    shown = set(sorted(lacking, key=lambda key: -lacking[key])[:_SYSTEMS])
    found = named_systems(connection, shown)
    if "" in found:
        found[""] = said(N_("Project as a whole"))
    return found


def _refs(connection: Connection, systems: Iterable[str]) -> dict[str, str]:
    found = connection.execute(select(System.id, System.ref).where(among(System.id, sorted(set(systems) - {""}))))
    return {row.id: row.ref for row in found}


def _milestones(connection: Connection, project_id: str, keys: Iterable[str]) -> dict[str, tuple[str, Words]]:
    """The milestones in the order of their days, with their references; last what is asked for none."""
    wanted = set(keys)
    query = (
        select(Milestone.id, Milestone.ref, Milestone.name)
        .where(Milestone.project_id == project_id)
        .order_by(Milestone.scheduled_on.is_(None), Milestone.scheduled_on, Milestone.id)
    )
    found: dict[str, tuple[str, Words]] = {
        row.id: (row.ref, row.name) for row in connection.execute(query) if row.id in wanted
    }
    if "" in wanted:
        found[""] = ("", said(N_("For no milestone")))
    return found


def _notes(documents: Mapping[_Place, _Share], pairs: Mapping[_Place, _Share]) -> dict[str, tuple[Words, ...]]:
    held, asked = (sum(share[n] for share in documents.values()) for n in (0, 1))
    first = said(
        N_(
            "Held: accepted by operations in the status that is asked for or a further one. "
            "n = {asked} documents that are asked for, {held} of them held."
        ),
        asked=asked,
        held=held,
    )
    n = sum(share.asked for share in pairs.values())
    second = said(
        N_("A document counts at each milestone for which it is asked; n = {n} pairs of a document and a milestone."),
        n=n,
    )
    few = said(N_("Shown are the {n} systems of which most is lacking."), n=_SYSTEMS)
    many = len({system for system, _ in documents}) > _SYSTEMS
    return {"disciplines": (first, few) if many else (first,), "milestones": (second,)}

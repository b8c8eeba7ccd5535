"""Taking the phases, milestones, gates and criteria of an industry into a project: what it has stays as it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.base import Row, new_id
from handover.model.gate import Gate
from handover.model.milestone import Milestone
from handover.model.phase import Phase
from handover.model.readiness.criterion import Criterion
from handover.registers import picks
from handover.registers.readying.templates import InBothLanguages, PhaseTemplate, phase_template
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import folded

#: What is taken, in the order in which it is offered.
PARTS = ("phases", "milestones", "gates", "criteria")
_MODELS: dict[str, type[Row]] = {"phases": Phase, "milestones": Milestone, "gates": Gate, "criteria": Criterion}


@dataclass(frozen=True, slots=True)
class PhasesTaken:
    """What taking a template does, or would do: how many rows come of each part, and how many are there already."""

    new: dict[str, int]
    present: dict[str, int]

    @property
    def total(self) -> int:
        """How many rows come in all."""
        return sum(self.new.values())


def take_phases(
    workspace: Workspace, project_id: str, key: str, parts: Iterable[str] = PARTS, *, dry_run: bool = False
) -> PhasesTaken:
    """Bring phases, milestones, gates and criteria of an industry into a project, in one act.

    What the project calls so already is used and not changed; days, owners and states are the project's own. A part
    that isn't wanted comes nonetheless where another one names it: criteria without gates would hang in the air.

    Args:
        parts: which of ``PARTS`` are wanted.
        dry_run: only tell what would come.

    Raises:
        NotFound: there is no such template.
    """
    template = phase_template(key)
    with workspace.read() as connection:
        plan = _Plan(connection, project_id, template, frozenset(parts))
    if plan.told.total and not dry_run:
        label = N_("Take {n} rows of {template}")
        values: dict[str, Any] = {"n": plan.told.total, "template": template.label}
        with workspace.edit(label, project=project_id, **values) as work:
            plan.store(work)
    return plan.told


class _Plan:
    """What comes of a template, worked out before anything is stored."""

    def __init__(
        self, connection: Connection, project_id: str, template: PhaseTemplate, wanted: frozenset[str]
    ) -> None:
        self._rows: dict[str, list[dict[str, Any]]] = {part: [] for part in PARTS}  # Any: the columns of a row
        self._found = dict.fromkeys(PARTS, 0)
        entries = picks.entries(connection, project_id)
        self._kinds = {list_: picks.by_word([e for e in entries if e.list == list_])
                       for list_ in ("phase_kind", "milestone_kind", "certificate_kind")}  # fmt: skip
        self._known = {part: _known(connection, project_id, model) for part, model in _MODELS.items()}
        needed = self._needed(template, wanted)
        self._take_gates_and_phases(template, needed)
        self._take_criteria(template, wanted)
        self.told = PhasesTaken({part: len(rows) for part, rows in self._rows.items()}, self._found)

    @staticmethod
    def _needed(template: PhaseTemplate, wanted: frozenset[str]) -> dict[str, frozenset[str]]:
        """The codes that come of each part: all of it where it is wanted, else what the others name."""
        gates = {g.code for g in template.gates} if "gates" in wanted else set()
        if "criteria" in wanted:
            gates |= {c.gate for c in template.criteria}
        of_gates = [g for g in template.gates if g.code in gates] if "gates" in wanted else []
        return {
            "phases": frozenset({p.code for p in template.phases} if "phases" in wanted else ()),
            "milestones": frozenset(
                {m.code for m in template.milestones} if "milestones" in wanted else {g.milestone for g in of_gates}
            ),
            "gates": frozenset(gates),
        }

    def _take_gates_and_phases(self, template: PhaseTemplate, needed: dict[str, frozenset[str]]) -> None:
        phases = {each.code: self._key("phases", each.code, each.name, each.code in needed["phases"])
                  for each in template.phases}  # fmt: skip
        milestones = {each.code: self._key("milestones", each.code, each.name, each.code in needed["milestones"])
                      for each in template.milestones}  # fmt: skip
        self._gates = {each.code: self._key("gates", each.code, each.name, each.code in needed["gates"])
                       for each in template.gates}  # fmt: skip
        for place, phase in enumerate(template.phases, 1):
            self._fill("phases", phases[phase.code], {
                "kind_id": self._kind("phase_kind", phase.kind), "position": place,
                "entry_gate_id": self._gates.get(phase.entry), "exit_gate_id": self._gates.get(phase.exit),
            })  # fmt: skip
        for milestone in template.milestones:
            self._fill("milestones", milestones[milestone.code], {
                "kind_id": self._kind("milestone_kind", milestone.kind), "phase_id": phases.get(milestone.phase),
            })  # fmt: skip
        for place, gate in enumerate(template.gates, 1):
            self._fill("gates", self._gates[gate.code], {
                "phase_id": phases.get(gate.phase), "milestone_id": milestones.get(gate.milestone), "position": place,
                "opens_id": self._kind("certificate_kind", gate.opens) if gate.opens else None,
            })  # fmt: skip

    def _take_criteria(self, template: PhaseTemplate, wanted: frozenset[str]) -> None:
        if "criteria" not in wanted:
            return
        known = self._known["criteria"]
        for place, each in enumerate(template.criteria, 1):
            if any(folded(word) in known for word in (each.question.en, each.question.zh)):
                self._found["criteria"] += 1
                continue
            self._rows["criteria"].append({
                "id": new_id(), "code": None, "question": str(each.question), "area": each.area,
                "gate_id": self._gates[each.gate], "kind": each.kind, "weight": each.weight,
                "blocker": each.blocker or None, "counted": each.counted or None,
                "evidence_required": str(each.evidence), "position": place,
            })  # fmt: skip

    def _key(self, part: str, code: str, name: InBothLanguages, wanted: bool) -> str | None:
        """The key of the row that a template means: one that is called so, else a new one where it is wanted."""
        known = self._known[part]
        for word in (name.en, name.zh):
            if key := known.get(folded(word)):
                self._found[part] += wanted
                return key
        if not wanted:
            return None
        key = new_id()
        free = code if folded(code) not in known else None
        self._rows[part].append({"id": key, "code": free, "name": str(name)})
        known[folded(str(name))] = key
        return key

    def _fill(self, part: str, key: str | None, values: dict[str, Any]) -> None:  # Any: as above
        for row in self._rows[part]:
            if row["id"] == key:
                row.update(values)

    def _kind(self, list_: str, code: str) -> str | None:
        """The entry of a list by its code, that of the industry's own list as the project has it."""
        entry = self._kinds[list_].get(folded(code))
        return entry.id if entry is not None else None

    def store(self, work: UnitOfWork) -> None:
        """Add all that comes. Phases and gates name each other: gates say their phase once the phases are there."""
        gates = self._rows["gates"]
        later = {row["id"]: {key: row.pop(key, None) for key in ("phase_id", "milestone_id")} for row in gates}
        work.insert_many(Gate, gates)
        work.insert_many(Phase, self._rows["phases"])
        work.insert_many(Milestone, self._rows["milestones"])
        work.insert_many(Criterion, self._rows["criteria"])
        work.update_many(Gate, later)


def _known(connection: Connection, project_id: str, model: Any) -> dict[str, str]:  # Any: a model with names
    """The rows of a project by what they are called, folded; a name goes before a code."""
    name = model.question if model is Criterion else model.name
    query = select(model.id, name, model.code).where(model.project_id == project_id, model.deleted_at.is_(None))
    rows = connection.execute(query.order_by(model.id)).all()
    found: dict[str, str] = {}
    for place in (1, 2):
        for row in rows:
            if row[place]:
                found.setdefault(folded(row[place]), row[0])
    return found

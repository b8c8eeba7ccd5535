"""A project with a gate, the leads of both sides and a system, for the tests of readiness."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from handover.model import Gate, Person, Project, Signatory, System
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.gate_signature import GateSignature
from handover.model.readiness.review import GateReview
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.query import Query, every
from handover.store import Workspace
from tests.domain import a_row, stored

TODAY = dt.date(2026, 5, 20)


class ReadySite:
    """A gate that the technical lead and operations sign for, in this order."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.tech, self.ops, self.other = (
            self.row(Person(name=name, side=side))
            for name, side in (("Tech", "project"), ("Ops", "operations"), ("Other", "operations"))
        )
        with workspace.edit("Leads", project=self.project) as work:
            project = work.get(Project, self.project)
            project.manager_id, project.operations_manager_id = self.tech, self.ops
        self.system = self.row(System(code="10", name="Pumps"))
        self.gate = self.row(Gate(name="Ready for the run"))
        for place, person in enumerate((self.tech, self.ops), 1):
            self.row(Signatory(signs_for="gate", gate_id=self.gate, person_id=person, sign_seq=place))

    def row(self, row: Any) -> str:
        return str(a_row(self.workspace, self.project, row).id)

    def criterion(self, weight: int = 1, state: str = "", **values: Any) -> str:
        """A criterion of the gate in a state."""
        named = {"question": f"Criterion {weight}", "gate_id": self.gate, **values}
        key = self.row(Criterion(weight=weight, **named))
        match state:
            case "met":
                self.take("criteria", key, "meet", met_by=self.ops, evidence="Minutes of 12 May")
            case "in_progress":
                self.take("criteria", key, "begin")
            case "not_met":
                self.take("criteria", key, "miss", comment="Not there yet")
            case "na":
                self.take("criteria", key, "exempt", na_because="Not built", na_project_by=self.tech,
                          na_operations_by=self.ops)  # fmt: skip
        return key

    def review(self, gate: str = "", *, opened: bool = True) -> str:
        key = self.row(GateReview(gate_id=gate or self.gate))
        if opened:
            self.take("gate-reviews", key, "open")
        return key

    def sign(self, review: str, vote: str) -> None:
        """Have everybody sign for a decision, in the order of signatures."""
        for key in self.lines(review):
            self.take("gate-signatures", key, "sign", vote=vote)

    def lines(self, review: str) -> list[str]:
        with self.workspace.read() as connection:
            here = select(GateSignature.id).where(GateSignature.review_id == review)
            return list(connection.execute(here.order_by(GateSignature.place)).scalars())

    def take(self, key: str, row: str, step: str, **answers: Any) -> None:
        each = register(key)
        taking.take(self.workspace, each, self.project, [row], taking.step_of(each, step), answers)

    def change(self, key: str, row: str, **values: Any) -> None:
        editing.change(self.workspace, register(key), self.project, {row: values})

    def refs(self, key: str, view: str) -> list[str]:
        with self.workspace.read() as connection:
            return [row.ref for row in every(connection, register(key), self.project, Query(view=view))]

    def standing(self, what: Any, gate: str = "") -> Any:
        """What a gate's computed field says."""
        with self.workspace.read() as connection:
            return connection.execute(select(what).where(Gate.id == (gate or self.gate))).scalar()

    def asked(self, what: Any, model: Any, key: str) -> Any:
        with self.workspace.read() as connection:
            return connection.execute(select(what).where(model.id == key)).scalar()

    def stored(self, model: Any, key: str) -> dict[str, Any]:
        return stored(self.workspace, model, key)

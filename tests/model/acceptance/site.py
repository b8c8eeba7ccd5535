"""A project with a chief engineer, a system and acceptance parameters, for the tests of acceptance."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from handover.model import Person, Project, System
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.query import Query, every
from handover.store import Workspace
from tests.domain import a_row, stored

TODAY = dt.date(2026, 5, 20)
NOON = dt.datetime(2026, 5, 20, 12)


class AcceptanceSite:
    """One system with one parameter, 9.9 to 10.1 mm, and what can be done with it."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.chief, self.lead, self.mender = (self.row(Person(name=name)) for name in ("Chief", "Lead", "Mender"))
        with workspace.edit("Seat", project=self.project) as work:
            work.get(Project, self.project).chief_engineer_id = self.chief
        self.system = self.row(System(code="10", name="Pumps", engineering_lead_id=self.lead))
        self.parameter = self.add("parameters", name="Gap", no="P-1", system=self.system, limits="10±0.1", unit="mm")

    def row(self, row: Any) -> str:
        return str(a_row(self.workspace, self.project, row).id)

    def add(self, to: str, **values: Any) -> str:
        return editing.add(self.workspace, register(to), self.project, values)

    def change(self, of: str, row: str, **values: Any) -> None:
        editing.change(self.workspace, register(of), self.project, {row: values})

    def read(self, value: str, parameter: str = "", **values: Any) -> str:
        """A reading by hand."""
        return self.add("readings", parameter=parameter or self.parameter, value=value, **values)

    def take(self, of: str, row: str, step: str, **answers: Any) -> None:
        taken = taking.step_of(register(of), step)
        taking.take(self.workspace, register(of), self.project, [row], taken, answers)

    def result(self, parameter: str = "") -> str:
        wanted = select(AcceptanceParameter.result).where(AcceptanceParameter.id == (parameter or self.parameter))
        with self.workspace.read() as connection:
            return str(connection.execute(wanted).scalar_one())

    def rectifications(self) -> list[dict[str, Any]]:
        """All rectifications as they are stored, in their order."""
        with self.workspace.read() as connection:
            keys = list(connection.execute(select(Rectification.id).order_by(Rectification.id)).scalars())
        return [stored(self.workspace, Rectification, key) for key in keys]

    def refs(self, key: str, view: str) -> list[str]:
        """The references of the rows of a view."""
        with self.workspace.read() as connection:
            return [row.ref for row in every(connection, register(key), self.project, Query(view=view))]

    def mended(self, **values: Any) -> str:
        """The one rectification, brought to where it waits for a retest."""
        key = str(self.rectifications()[-1]["id"])
        self.take("rectifications", key, "start")
        self.take("rectifications", key, "mend", measure="Shimmed", mended_by=self.mender, **values)
        return key

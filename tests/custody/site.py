"""A site with systems that pass from hand to hand: what the tests of certificates build and look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.model import Person, Project, System
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.signature import SIGNATURE_STATUS, Signature
from handover.model.picks.pick import Pick
from handover.model.punch import Punch
from handover.pack import paper_steps
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.domain import a_row, a_workspace, stored

CERTIFICATES, SIGNATURES = register("certificates"), register("signatures")
TODAY = dt.date(2026, 11, 16)


class Site:
    """A workspace with a project, two leads and a system.

    Attributes:
        builder, operator: the people of either side who lead the systems, and so sign.
    """

    def __init__(self, folder: Path, lists: str = "process_plant") -> None:
        self.workspace: Workspace = a_workspace(folder)
        with self.workspace.edit("New") as work:
            self.project = add_project(work, Project(code="P1", name="Plant"), lists).id
        self.builder = self.row(Person(name="Chen Jie", side="project")).id
        self.operator = self.row(Person(name="Yang Lei", side="operations")).id

    def row(self, row: Any) -> Any:
        return a_row(self.workspace, self.project, row)

    def system(self, code: str = "10", custody: str = "commissioning", **values: Any) -> str:
        leads = {"engineering_lead_id": self.builder, "operations_lead_id": self.operator}
        key: str = self.row(System(code=code, name=f"System {code}", custody=custody, **{**leads, **values})).id
        return key

    def punch(self, system: str, category: str = "A", **values: Any) -> str:
        entry = self.pick("punch_category", category)
        held = {"action_by_id": self.builder, "due_on": dt.date(2026, 12, 1), **values}
        key: str = self.row(Punch(description="Leaks", system_id=system, category_id=entry, **held)).id
        return key

    def pick(self, of: str, code: str) -> str:
        with self.workspace.read() as connection:
            wanted = select(Pick.id).where(Pick.project_id == self.project, Pick.list == of, Pick.code == code)
            return str(connection.execute(wanted).scalar_one())

    def draft(self, system: str, kind: str = "HOC", **values: Any) -> str:
        made = Certificate(kind_id=self.pick("certificate_kind", kind), system_id=system, **values)
        key: str = self.row(made).id
        return key

    def take(self, key: str, step: str, **answers: Any) -> None:
        life = CERTIFICATE_STATUS
        paper_steps.take(self.workspace, CERTIFICATES, self.project, [key], life.step(step), answers)

    def issued(self, system: str, kind: str = "HOC", **values: Any) -> str:
        key = self.draft(system, kind, **values)
        self.take(key, "issue")
        return key

    def sign(self, signature: str, name: str = "", **answers: Any) -> None:
        named = name or self.name_of(signature)
        step = SIGNATURE_STATUS.step("sign")
        given = {"signed_name": named, **answers}
        paper_steps.take(self.workspace, SIGNATURES, self.project, [signature], step, given)

    def signed(self, system: str, kind: str = "HOC", **values: Any) -> str:
        key = self.issued(system, kind, **values)
        for each in self.signatures(key):
            self.sign(each)
        return key

    def name_of(self, signature: str) -> str:
        person = stored(self.workspace, Signature, signature)["person_id"]
        return str(stored(self.workspace, Person, person)["name"])

    def signatures(self, key: str) -> list[str]:
        return self._parts(Signature, key)

    def exceptions(self, key: str) -> list[dict[str, Any]]:
        return [self.of(CertificateException, each) for each in self._parts(CertificateException, key)]

    def systems(self, key: str) -> list[str]:
        lines = [self.of(CertificateSystem, each) for each in self._parts(CertificateSystem, key)]
        return [str(self.of(System, line["system_id"])["code"]) for line in lines]

    def custody(self, system: str) -> str:
        return str(self.of(System, system)["custody"])

    def proof(self, system: str) -> str | None:
        """What says who has a system."""
        with self.workspace.read() as connection:
            return connection.execute(select(System.custody_proof).where(System.id == system)).scalar()

    def of(self, model: Any, key: str) -> dict[str, Any]:
        return stored(self.workspace, model, key)

    def _parts(self, model: Any, key: str) -> list[str]:
        wanted = select(model.id).where(model.certificate_id == key, model.deleted_at.is_(None))
        order = (model.sign_seq,) if model is Signature else (model.number,)
        with self.workspace.read() as connection:
            found: Sequence[str] = connection.execute(wanted.order_by(*order, model.id)).scalars().all()
            return list(found)

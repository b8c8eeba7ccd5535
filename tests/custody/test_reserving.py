"""What a certificate lists as exceptions beside punch items: waivers in force and conditions of gates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from handover.model import Gate
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.waiver import ParameterWaiver
from handover.model.custody.reserving import reserved_in
from handover.model.readiness.condition import GateCondition
from handover.model.readiness.criterion import Criterion
from handover.model.readiness.review import GateReview
from tests.custody.site import TODAY, Site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())
    built = Site(tmp_path)
    with built.workspace:
        yield built


def reserved(site: Site, system: str) -> list[tuple[str, str, dt.date | None]]:
    with site.workspace.read() as connection, Session(connection) as session:
        return [(row.ref, row.text, row.due_on) for row in reserved_in(session, system)]


def waiver(site: Site, parameter: str, **values: object) -> None:
    held = {"status": "approved", "approved_by_id": site.operator, "measure": "Watch it", "owner_id": site.builder}
    site.row(ParameterWaiver(parameter_id=parameter, **{**held, **values}))


def test_waiver_is_an_exception_while_it_is_in_force(site: Site) -> None:
    system, other = site.system(), site.system("20")
    parameter = site.row(AcceptanceParameter(name="Noise", system_id=system, limits="≤80")).id
    waiver(site, parameter, reason="Hood is ordered", valid_until=dt.date(2026, 12, 1))
    waiver(site, parameter, reason="Ran out", valid_until=dt.date(2026, 11, 1))
    waiver(site, parameter, reason="Only asked for", status="requested")

    assert reserved(site, system) == [("WVR-0001", "Hood is ordered", dt.date(2026, 12, 1))]
    assert reserved(site, other) == []


def test_condition_of_a_gate_is_an_exception_of_the_system_of_its_criterion(site: Site) -> None:
    system = site.system()
    gate = site.row(Gate(code="G1", name="Ready")).id
    review = site.row(GateReview(gate_id=gate)).id
    of_system = site.row(Criterion(question="Spares are there", system_id=system)).id
    of_project = site.row(Criterion(question="Funds are there")).id
    held = {"review_id": review, "owner_id": site.builder, "due_on": dt.date(2026, 12, 1)}
    site.row(GateCondition(title="Two pumps by December", criterion_id=of_system, **held))
    site.row(GateCondition(title="Budget", criterion_id=of_project, **held))
    site.row(GateCondition(title="Done", criterion_id=of_system, status="fulfilled", **held))

    assert reserved(site, system) == [("CND-0001", "Two pumps by December", dt.date(2026, 12, 1))]

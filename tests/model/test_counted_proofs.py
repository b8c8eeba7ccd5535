"""Criteria that count parameters, rectifications, tests, data migrations and runs can't be met while any is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.errors import Refused
from handover.model import System
from handover.model.acceptance.data_move import DataMove
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.trial import Trial
from handover.model.readiness.criterion import Criterion
from handover.model.running.run import ProvingRun
from handover.registers.acts import editing
from handover.registers.catalogue import register
from tests.domain import a_workspace
from tests.model.readiness_site import TODAY, ReadySite


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ReadySite:
    monkeypatch.setattr("handover.clock.today", lambda: TODAY)
    return ReadySite(a_workspace(tmp_path))


def _meet(site: ReadySite, criterion: str) -> None:
    site.take("criteria", criterion, "meet", met_by=site.ops, evidence="List of today")


@pytest.mark.parametrize(
    ("counted", "open_row"),
    [
        ("parameters", lambda site: AcceptanceParameter(name="Gap", limits="10±0.1", system_id=site.system)),
        ("tests", lambda site: Trial(title="Rights", system_id=site.system)),
        ("migrations", lambda site: DataMove(title="Recipes", system_id=site.system)),
        ("runs", lambda site: ProvingRun(name="72 h", required="72", system_id=site.system)),
    ],
)
def test_criterion_is_not_met_while_what_it_counts_is_open(site: ReadySite, counted: str, open_row: object) -> None:
    site.row(open_row(site))  # type: ignore[operator]  # one of the lambdas above
    key = site.criterion(counted=counted, system_id=site.system)

    with pytest.raises(Refused, match=": 1 is open"):
        _meet(site, key)


def test_failing_reading_keeps_a_criterion_open_until_its_rectification_is_closed(site: ReadySite) -> None:
    parameter = site.row(AcceptanceParameter(name="Gap", limits="10±0.1", system_id=site.system))
    key = site.criterion(counted="rectifications")
    editing.add(site.workspace, register("readings"), site.project, {"parameter": parameter, "value": "10.3"})

    with pytest.raises(Refused, match="Rectifications not closed: 1 is open"):
        _meet(site, key)


def test_parameters_that_passed_let_their_criterion_be_met(site: ReadySite) -> None:
    parameter = site.row(AcceptanceParameter(name="Gap", limits="10±0.1", system_id=site.system))
    key = site.criterion(counted="parameters")
    editing.add(site.workspace, register("readings"), site.project, {"parameter": parameter, "value": "10.1"})

    _meet(site, key)

    assert site.stored(Criterion, key)["status"] == "met"


def test_what_is_open_of_another_system_does_not_count(site: ReadySite) -> None:
    other = site.row(System(code="20", name="Fans"))
    site.row(Trial(title="Rights", system_id=other))
    key = site.criterion(counted="tests", system_id=site.system)

    _meet(site, key)

    assert site.stored(Criterion, key)["status"] == "met"


def test_a_run_that_nobody_has_planned_has_proven_nothing(site: ReadySite) -> None:
    key = site.criterion(counted="runs", system_id=site.system)
    with pytest.raises(Refused, match="or none at all: 1 is open"):
        _meet(site, key)
    with site.workspace.edit("Run as it was", project=site.project, source="import") as work:
        work.add(ProvingRun(name="72 h", required="72", system_id=site.system, status="passed"))

    _meet(site, key)

    assert site.stored(Criterion, key)["status"] == "met"

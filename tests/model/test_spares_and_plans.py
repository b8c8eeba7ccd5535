"""Spare parts against their need, and emergency plans that count once they are approved and drilled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine, literal, select

from handover.errors import NotValid, Refused
from handover.model.dialect import months_after
from handover.model.readiness.drill import EmergencyDrill
from handover.model.readiness.emergency_plan import EmergencyPlan
from handover.model.readiness.spare import SparePart
from tests.domain import a_workspace
from tests.model.readiness_site import TODAY, ReadySite


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ReadySite]:
    with a_workspace(tmp_path) as opened:
        yield ReadySite(opened)


# -- spare parts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "short"),
    [
        ({"minimum": 4, "stock": 1}, 3),
        ({"minimum": 4, "stock": 6}, 0),
        ({"minimum": 4, "received": 3}, 1),
        ({"rec_commissioning": 2, "rec_two_years": 3, "rec_capital": 1, "stock": 2}, 4),
        ({"minimum": 0, "rec_two_years": 3, "stock": 0}, 0),
        ({}, 0),
    ],
)
def test_shortfall_is_the_minimum_or_else_what_is_recommended_less_what_there_is(
    site: ReadySite, values: dict[str, Any], short: float
) -> None:
    part = SparePart(description="Seal", **values)
    assert part.shortfall == short
    key = site.row(part)
    assert site.asked(SparePart.shortfall, SparePart, key) == short


def test_short_part_without_which_production_stops_stands_in_the_way(site: ReadySite) -> None:
    site.row(SparePart(description="Seal", criticality="1", minimum=2, stock=1, unit_price=40.0, system_id=site.system))
    site.row(SparePart(description="Lamp", criticality="3", minimum=2, stock=0))
    assert site.refs("spares", "blocking") == ["SPR-0001"]
    assert site.refs("spares", "short") == ["SPR-0001", "SPR-0002"]


def test_part_is_received_with_its_quantity_and_put_into_stock(site: ReadySite) -> None:
    key = site.row(SparePart(description="Seal", criticality="1", minimum=2))
    site.take("spares", key, "order", order_no="PO-7", expected_on=TODAY)
    site.take("spares", key, "receive", received=2.0)
    site.take("spares", key, "store", stock=2.0)
    assert site.refs("spares", "short") == []


@pytest.mark.parametrize("values", [{"minimum": 5, "maximum": 2}, {"stock": -1}, {"unit_price": -3.0}])
def test_numbers_of_parts_that_can_not_be_are_refused(site: ReadySite, values: dict[str, Any]) -> None:
    with pytest.raises(NotValid):
        site.row(SparePart(description="Seal", **values))


# -- emergency plans --------------------------------------------------------------------------------------------------


def approved(site: ReadySite, **values: Any) -> str:
    key = site.row(EmergencyPlan(title="Loss of cooling", owner_id=site.tech, system_id=site.system, **values))
    site.take("emergency-plans", key, "review", reviewed_by=site.ops)
    site.take("emergency-plans", key, "approve", approved_by=site.ops)
    return key


def drilled(site: ReadySite, plan: str, on: dt.date, grade: str = "good", **values: Any) -> str:
    key = site.row(EmergencyDrill(plan_id=plan, planned_on=on))
    answers = {"participants": "Shift A", "findings": "None", **values}
    site.take("drills", key, "hold", held_on=on, grade=grade, **answers)
    return key


def standing(site: ReadySite, plan: str) -> str:
    return str(site.asked(EmergencyPlan.standing, EmergencyPlan, plan))


def test_plan_counts_when_it_is_approved_and_drilled_within_its_months(site: ReadySite) -> None:
    key = site.row(EmergencyPlan(title="Loss of cooling"))
    assert standing(site, key) == "not_approved"
    key = approved(site, drill_months=6)
    assert standing(site, key) == "not_drilled"
    drilled(site, key, TODAY - dt.timedelta(days=30))
    assert standing(site, key) == "current"
    assert site.asked(EmergencyPlan.counts_until, EmergencyPlan, key) == dt.date(2026, 10, 20)
    assert site.refs("emergency-plans", "open") == ["EMP-0001"]


def test_plan_drilled_too_long_ago_counts_no_more_and_says_before_that_it_will(
    site: ReadySite, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = approved(site, drill_months=1)
    drilled(site, key, TODAY)
    assert standing(site, key) == "current"
    monkeypatch.setenv("HANDOVER_TODAY", "2026-06-10")
    assert standing(site, key) == "running_out"
    assert site.refs("emergency-plans", "due_soon") == ["EMP-0001"]
    monkeypatch.setenv("HANDOVER_TODAY", "2026-06-20")
    assert standing(site, key) == "running_out"
    monkeypatch.setenv("HANDOVER_TODAY", "2026-06-21")
    assert standing(site, key) == "ran_out"
    assert site.refs("emergency-plans", "overdue") == ["EMP-0001"]


def test_failed_drill_and_one_without_findings_do_not_count(site: ReadySite) -> None:
    key = approved(site)
    drilled(site, key, TODAY, grade="failed")
    assert standing(site, key) == "not_drilled"
    other = site.row(EmergencyDrill(plan_id=key, planned_on=TODAY))
    with pytest.raises(Refused, match="needs this field"):
        site.take("drills", other, "hold", participants="Shift A", grade="good")


def test_drill_is_not_held_ahead(site: ReadySite) -> None:
    key = approved(site)
    with pytest.raises(Refused, match="still to come"):
        drilled(site, key, TODAY + dt.timedelta(days=1))


def test_approved_plan_is_revised_not_changed(site: ReadySite) -> None:
    key = approved(site)
    with pytest.raises(Refused, match="can't be changed"):
        site.change("emergency-plans", key, steps="Run")
    site.take("emergency-plans", key, "revise", revision="B")
    assert standing(site, key) == "not_approved"


@given(
    day=st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31)),
    months=st.integers(min_value=1, max_value=120),
)
def test_months_after_is_the_same_day_or_the_last_of_the_month(day: dt.date, months: int) -> None:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (dt.date(year + month // 11, month % 11 + 1 if month == 11 else month + 2, 1) - dt.timedelta(days=1)).day
    expected = dt.date(year, month + 1, min(day.day, last))
    with _ENGINE.connect() as connection:
        found = connection.execute(select(months_after(literal(day.isoformat()), literal(months)))).scalar()
    assert found == expected


_ENGINE = create_engine("sqlite://")

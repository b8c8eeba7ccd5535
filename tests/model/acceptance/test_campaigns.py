"""Campaigns: their result follows from their parameters, and they are complete once everything is measured."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from handover.errors import NotValid, Refused
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.reading import ParameterReading
from tests.domain import stored
from tests.model.acceptance.site import TODAY, AcceptanceSite


def _campaign(site: AcceptanceSite) -> str:
    key = site.add("campaigns", name="SAT", kind="sat", starts_on=TODAY - dt.timedelta(3))
    site.change("parameters", site.parameter, campaign=key)
    site.take("campaigns", key, "begin")
    return key


def _result(site: AcceptanceSite) -> tuple[str, int, int]:
    columns = (TestCampaign.result, TestCampaign.parameters, TestCampaign.passed_of_them)
    with site.workspace.read() as connection:
        found = connection.execute(select(*columns).select_from(TestCampaign)).one()
    return tuple(found)  # type: ignore[return-value]  # three columns


def test_its_result_follows_from_its_parameters(site: AcceptanceSite) -> None:
    key = _campaign(site)
    assert _result(site) == ("pending", 1, 0)
    other = site.add("parameters", name="Play", limits="≤5", campaign=key)
    site.read("4", other)
    site.read("10.3")
    assert _result(site) == ("fail", 2, 1)
    site.mended()
    site.read("10")
    assert _result(site) == ("pass", 2, 2)


def test_it_is_complete_once_everything_is_measured(site: AcceptanceSite) -> None:
    key = _campaign(site)
    with pytest.raises(Refused, match="1 parameter of it isn't measured yet"):
        site.take("campaigns", key, "complete")
    site.read("10")

    site.take("campaigns", key, "complete")

    assert stored(site.workspace, TestCampaign, key)["ends_on"] == TODAY.isoformat()


def test_a_reading_counts_once_its_campaign_begins_earlier(site: AcceptanceSite) -> None:
    key = site.add("campaigns", name="SAT", starts_on=TODAY)
    with site.workspace.edit("List", project=site.project, source="import") as work:
        early = dt.datetime(2026, 5, 18, 9)
        work.add(ParameterReading(parameter_id=site.parameter, value="10.5", campaign_id=key, taken_at=early))
    assert site.result() == "pending"

    site.change("campaigns", key, starts_on=dt.date(2026, 5, 18))

    assert (site.result(), len(site.rectifications())) == ("fail", 1)


def test_it_does_not_end_before_it_begins(site: AcceptanceSite) -> None:
    with pytest.raises(NotValid, match="end before it begins"):
        site.add("campaigns", name="SAT", starts_on=TODAY, planned_end=TODAY - dt.timedelta(1))


def test_an_instrument_is_not_calibrated_after_its_calibration_ran_out(site: AcceptanceSite) -> None:
    with pytest.raises(NotValid, match="run out before"):
        site.add("instruments", name="Gauge", calibrated_on=TODAY, calibration_due=TODAY - dt.timedelta(1))

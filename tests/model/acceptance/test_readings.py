"""Readings by hand are refused where they can't count; those of a list are taken and flagged."""

from __future__ import annotations

import datetime as dt

import pytest

from handover.errors import Refused
from handover.model.acceptance.reading import ParameterReading
from tests.domain import stored
from tests.model.acceptance.site import NOON, AcceptanceSite


def test_a_reading_in_another_unit_is_refused(site: AcceptanceSite) -> None:
    with pytest.raises(Refused, match="is measured in mm, this reading is in μm"):
        site.read("10 um")


def test_a_reading_that_is_no_number_is_refused(site: AcceptanceSite) -> None:
    with pytest.raises(Refused, match="is no number"):
        site.read("good")


def test_a_reading_before_its_campaign_is_refused(site: AcceptanceSite) -> None:
    campaign = site.add("campaigns", name="SAT", starts_on=dt.date(2026, 5, 19))

    with pytest.raises(Refused, match=r"A reading of 18 May 2026 lies before “SAT”, which begins on 19 May 2026"):
        site.read("10", campaign=campaign, taken_at=dt.datetime(2026, 5, 18, 9))


def test_a_reading_with_an_expired_instrument_is_refused(site: AcceptanceSite) -> None:
    gauge = site.add("instruments", name="Gauge", code="G-1", calibration_due=dt.date(2026, 5, 19))

    with pytest.raises(Refused, match="The calibration of G-1 ran out on 19 May 2026"):
        site.read("10", instrument=gauge, taken_at=NOON)


def test_what_a_list_tells_is_taken_and_flagged(site: AcceptanceSite) -> None:
    campaign = site.add("campaigns", name="SAT", starts_on=dt.date(2026, 5, 19))
    gauge = site.add("instruments", name="Gauge", calibration_due=dt.date(2026, 5, 19))
    told = (
        {"value": "10", "campaign_id": campaign, "taken_at": dt.datetime(2026, 5, 18, 9)},
        {"value": "10", "instrument_id": gauge, "taken_at": NOON},
        {"value": "10 um"},
    )
    with site.workspace.edit("List", project=site.project, source="import") as work:
        rows = [
            {**row, **ParameterReading.consequences(row, {"value"}), "parameter_id": site.parameter} for row in told
        ]
        work.insert_many(ParameterReading, rows)

    assert site.refs("readings", "doubtful") == ["RDG-0001", "RDG-0002", "RDG-0003"]
    assert site.result() == "pending"


def test_a_reading_counts_once_its_instrument_is_good_on_its_day(site: AcceptanceSite) -> None:
    gauge = site.add("instruments", name="Gauge", calibration_due=dt.date(2026, 5, 19))
    with site.workspace.edit("List", project=site.project, source="import") as work:
        work.add(ParameterReading(parameter_id=site.parameter, value="10.5", instrument_id=gauge, taken_at=NOON))
    assert (site.result(), site.rectifications()) == ("pending", [])

    site.change("instruments", gauge, calibration_due=dt.date(2027, 5, 19))

    assert site.result() == "fail"
    assert len(site.rectifications()) == 1


def test_many_readings_of_a_list_raise_what_one_would(site: AcceptanceSite) -> None:
    other = site.add("parameters", name="Play", limits="≤5")
    told = [(site.parameter, "10.3"), (other, "4"), (site.parameter, "10.4")]
    with site.workspace.edit("List", project=site.project, source="import") as work:
        rows = [
            {"parameter_id": key, "value": value, **ParameterReading.consequences({"value": value}, {"value"})}
            for key, value in told
        ]
        work.insert_many(ParameterReading, rows)

    assert (site.result(), site.result(other)) == ("fail", "pass")
    assert [row["deviation"] for row in site.rectifications()] == ["10.3 mm (10±0.1 mm)"]


def test_a_reading_has_its_number_its_time_and_its_unit(site: AcceptanceSite) -> None:
    row = stored(site.workspace, ParameterReading, site.read("10.05 mm"))

    assert (row["number"], row["unit"], row["amount"]) == (1, "mm", 10.05)
    assert row["taken_at"].startswith("20")


def test_a_reading_that_is_struck_out_no_longer_counts(site: AcceptanceSite) -> None:
    first = site.read("10.5")
    assert site.result() == "fail"

    site.change("readings", first, void_because="Gauge not zeroed")
    site.take("rectifications", str(site.rectifications()[0]["id"]), "void", void_because="Nothing was wrong")

    assert site.result() == "pending"

"""Parameters: their limits, their result, their signature, and what of them stands in the way."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from handover.errors import NotValid, Refused
from handover.model import System
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.results import overall
from handover.model.standing import in_the_way
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.values.limits import read_limits
from tests.domain import stored
from tests.model.acceptance.site import TODAY, AcceptanceSite


def test_limits_give_their_bounds_and_the_unit(site: AcceptanceSite) -> None:
    key = site.add("parameters", name="Leak", limits="≤0.5 mL/min")

    row = stored(site.workspace, AcceptanceParameter, key)

    assert (row["direction"], row["lower"], row["upper"], row["unit"]) == ("max", None, 0.5, "mL/min")


def test_bounds_of_two_columns_give_the_limits(site: AcceptanceSite) -> None:
    key = site.add("parameters", name="Force", lower=5.5, upper=6.0)

    assert stored(site.workspace, AcceptanceParameter, key)["limits"] == "5.5~6"


def test_limits_are_shown_back_in_words(site: AcceptanceSite) -> None:
    with site.workspace.read() as connection:
        told = connection.execute(select(AcceptanceParameter.accepted)).scalar_one()

    assert register("parameters")["accepted"].kind.text(register("parameters")["accepted"], told) == (
        "from 9.9 mm to 10.1 mm, both included"
    )


@pytest.mark.parametrize("limits", ["10.1~9.9", "10±", "≤0.1 μm"])
def test_limits_that_are_wrong_are_refused(site: AcceptanceSite, limits: str) -> None:
    with pytest.raises(NotValid):
        site.change("parameters", site.parameter, limits=limits)


def test_a_lower_bound_above_the_upper_one_is_refused(site: AcceptanceSite) -> None:
    with pytest.raises(NotValid, match="below the lower"):
        site.add("parameters", name="Force", lower=7.0, upper=6.0)


@pytest.mark.parametrize(
    ("value", "told"), [("10.1", "pass"), ("9.9", "pass"), ("10.11", "fail"), ("10.05 mm", "pass")]
)
def test_the_limits_are_included(site: AcceptanceSite, value: str, told: str) -> None:
    site.read(value)

    assert site.result() == told


def test_nothing_measured_is_pending(site: AcceptanceSite) -> None:
    assert site.result() == "pending"


def test_pass_or_fail_is_said_in_a_word(site: AcceptanceSite) -> None:
    key = site.add("parameters", name="Rotation", limits="合格/不合格")
    site.read("合格", key)

    assert site.result(key) == "pass"
    with pytest.raises(Refused, match="neither pass nor fail"):
        site.read("12", key)


def test_what_is_not_applicable_says_why(site: AcceptanceSite) -> None:
    site.change("parameters", site.parameter, na_because="No such station in this phase")

    assert site.result() == "na"


def test_other_limits_judge_the_readings_anew(site: AcceptanceSite) -> None:
    site.read("10.3")
    assert site.result() == "fail"
    other = site.add("parameters", name="Play", limits="≤5")
    site.read("4", other)

    site.change("parameters", other, limits="≤3")

    assert site.result(other) == "fail"
    assert len(site.rectifications()) == 2


def test_316_of_317_pass_and_one_fails(site: AcceptanceSite) -> None:
    named = [{"name": f"Point {n}", "limits": "9.9~10.1", "system": site.system} for n in range(316)]
    keys = [site.parameter, *editing.add_many(site.workspace, register("parameters"), site.project, named)]
    values = ["10.2", *["10.1"] * 316]
    read = [{"parameter": key, "value": value} for key, value in zip(keys, values, strict=True)]
    editing.add_many(site.workspace, register("readings"), site.project, read)

    with site.workspace.read() as connection:
        told = overall(connection, site.project)
    assert (told.result, told.total, told.counts) == ("fail", 317, {"pass": 316, "fail": 1})
    assert len(site.rectifications()) == 1

    site.read("10.3")

    assert len(site.rectifications()) == 1
    assert site.result() == "fail"


def test_the_whole_is_pending_while_one_is_not_measured(site: AcceptanceSite) -> None:
    other = site.add("parameters", name="Play", limits="≤5")
    site.read("4", other)

    with site.workspace.read() as connection:
        assert overall(connection, site.project).result == "pending"
    site.read("10")
    with site.workspace.read() as connection:
        assert overall(connection, site.project).result == "pass"


def test_a_system_answers_for_all_below_it(site: AcceptanceSite) -> None:
    below = site.row(System(code="10-1", name="Pump A", parent_id=site.system))
    site.add("parameters", name="Play", limits="≤5", system=below)

    with site.workspace.read() as connection:
        assert overall(connection, site.project, site.system).total == 2
        assert overall(connection, site.project, below).total == 1


def test_what_is_typed_as_measured_becomes_a_reading(site: AcceptanceSite) -> None:
    site.change("parameters", site.parameter, measured="10.05")

    assert site.result() == "pass"
    site.change("parameters", site.parameter, measured="10.4", measured_at=dt.datetime(2026, 5, 21, 8))
    assert site.result() == "fail"
    assert len(site.refs("readings", "failing")) == 1


def test_the_parameter_shows_the_latest_reading_that_counts(site: AcceptanceSite) -> None:
    site.read("10.05", taken_at=dt.datetime(2026, 5, 20, 9))
    site.read("10.02", taken_at=dt.datetime(2026, 5, 20, 8))

    assert stored(site.workspace, AcceptanceParameter, site.parameter)["measured"] == "10.05"


def test_a_key_parameter_is_signed_by_the_chief_engineer(site: AcceptanceSite) -> None:
    site.change("parameters", site.parameter, key=True)
    with pytest.raises(Refused, match="only what passed"):
        site.take("parameters", site.parameter, "sign", signed_by=site.chief)
    site.read("10")
    with pytest.raises(Refused, match="the chief engineer signs it"):
        site.take("parameters", site.parameter, "sign", signed_by=site.lead)

    site.take("parameters", site.parameter, "sign", signed_by=site.chief)

    row = stored(site.workspace, AcceptanceParameter, site.parameter)
    assert (row["signature"], row["signed_on"]) == ("signed", TODAY.isoformat())
    with pytest.raises(Refused, match="can't be changed"):
        site.change("parameters", site.parameter, limits="≤20")


def test_a_failing_reading_ends_a_signature(site: AcceptanceSite) -> None:
    site.change("parameters", site.parameter, key=True)
    site.read("10")
    site.take("parameters", site.parameter, "sign", signed_by=site.chief)

    site.read("11")

    assert stored(site.workspace, AcceptanceParameter, site.parameter)["signature"] == "unsigned"


def test_what_failed_is_pending_or_unsigned_stands_in_the_way(site: AcceptanceSite) -> None:
    def reasons() -> list[str]:
        with site.workspace.read() as connection:
            return [str(reason) for reason in in_the_way(connection, site.system, "10")]

    assert reasons() == ["1 acceptance parameter of 10 isn't measured yet: PAR-0001."]
    site.change("parameters", site.parameter, key=True)
    site.read("10")
    assert reasons() == ["1 key parameter of 10 isn't signed by the chief engineer: PAR-0001."]
    site.take("parameters", site.parameter, "sign", signed_by=site.chief)
    assert reasons() == []
    site.read("10.2")
    assert reasons() == [
        "1 acceptance parameter of 10 has failed: PAR-0001.", "1 rectification of 10 is open: RCT-0001."
    ]  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["10±0.1", "≥9", "<10", "0/+0.2", "合格/不合格", "清洁", "9.9~10.1 mm"]),
    st.sampled_from(["9.9", "10", "10.1", "10.100001", "8.999", "合格", "NG", "清洁", "10 mm", "10 s"]),
)
def test_sql_judges_as_the_row_itself_does(site: AcceptanceSite, limits: str, value: str) -> None:
    design = "10" if limits.startswith("0/") else None
    found = read_limits(limits, design or "")
    key = site.add("parameters", name="Any", limits=limits, design_value=design)
    with site.workspace.edit("Read", project=site.project, source="import") as work:
        reading = work.add(ParameterReading(parameter_id=key, value=value))
    row = AcceptanceParameter(
        direction=found.direction, lower=found.lower, upper=found.upper, lower_open=found.lower_open,
        upper_open=found.upper_open, unit=found.unit, limits=limits,
    )  # fmt: skip

    with site.workspace.read() as connection:
        told = connection.execute(select(ParameterReading.result).where(ParameterReading.id == reading.id)).scalar_one()

    assert told == row.verdict(value)

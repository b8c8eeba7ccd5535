"""A failing reading raises a rectification; only a passing reading after the mend closes it."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from handover.errors import NotValid, Refused
from handover.model import System
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.rectification import Rectification
from handover.model.learning.written import OperatingProcedure
from handover.store.undo import undo
from tests.domain import stored
from tests.model.acceptance.site import TODAY, AcceptanceSite


def _status(site: AcceptanceSite) -> str:
    return str(site.rectifications()[-1]["status"])


def test_a_failing_reading_raises_one_in_the_same_act(site: AcceptanceSite) -> None:
    reading = site.read("10.3")

    (row,) = site.rectifications()
    assert (row["reading_id"], row["status"], row["opened_on"]) == (reading, "opened", TODAY.isoformat())
    assert (row["system_id"], row["owner_id"]) == (site.system, site.lead)
    undo(site.workspace)
    assert (site.rectifications(), site.result()) == ([], "pending")


def test_further_failures_add_to_the_open_one(site: AcceptanceSite) -> None:
    site.read("10.3")
    site.read("10.4")
    site.read("9")

    with site.workspace.read() as connection:
        counted = connection.execute(select(Rectification.failures)).scalar_one()
    assert counted == 3
    assert len(site.rectifications()) == 1


def test_a_passing_reading_before_the_mend_changes_nothing(site: AcceptanceSite) -> None:
    site.read("10.3")
    site.read("10")

    assert (site.result(), _status(site)) == ("fail", "opened")
    site.mended()
    assert _status(site) == "awaiting_retest"


def test_a_passing_reading_after_the_mend_proves_it(site: AcceptanceSite) -> None:
    site.read("10.3")
    key = site.mended()
    retest = site.read("10.02")

    row = stored(site.workspace, Rectification, key)
    assert (row["status"], row["retest_id"], site.result()) == ("retest_passed", retest, "pass")
    site.take("rectifications", key, "close")
    assert _status(site) == "closed"


def test_a_failing_reading_after_the_mend_sends_it_back(site: AcceptanceSite) -> None:
    site.read("10.3")
    key = site.mended()
    site.read("10.4")

    assert (_status(site), site.result()) == ("retest_failed", "fail")
    site.take("rectifications", key, "rework")
    row = stored(site.workspace, Rectification, key)
    assert (row["status"], row["reworked"], row["mended_on"], row["retest_id"]) == ("in_work", 1, None, None)


def test_it_is_never_closed_without_a_passing_reading_after_the_mend(site: AcceptanceSite) -> None:
    failed = site.read("10.3")
    early = site.read("10")
    key = site.mended()

    with pytest.raises(Refused, match=r"reading after the mend that passed|needs this field"):
        site.take("rectifications", key, "pass_retest")
    with pytest.raises(Refused, match="was taken before the mend"):
        site.take("rectifications", key, "pass_retest", retest=early)
    with pytest.raises(Refused, match="didn't pass"):
        site.take("rectifications", key, "pass_retest", retest=failed)
    assert _status(site) == "awaiting_retest"


def test_no_list_brings_one_that_is_closed_without_its_proof(site: AcceptanceSite) -> None:
    values = {"parameter_id": site.parameter, "status": "closed"}

    assert [problem.field for problem in Rectification.problems(values)] == ["status"]


def test_a_retest_of_a_day_before_the_mend_does_not_count(site: AcceptanceSite) -> None:
    site.read("10.3", taken_at=dt.datetime(2026, 5, 18, 9))
    site.mended(mended_on=TODAY)
    site.read("10", taken_at=dt.datetime(2026, 5, 19, 9))

    assert _status(site) == "awaiting_retest"


def test_a_changed_set_point_needs_its_procedure_in_force(site: AcceptanceSite) -> None:
    site.read("10.3")
    key = site.mended(setpoint_changed=True)
    site.read("10")
    with pytest.raises(Refused, match="name the procedure"):
        site.take("rectifications", key, "close")
    procedure = site.row(OperatingProcedure(code="SOP-1", title="Gap", revision="B", status="draft"))
    with pytest.raises(Refused, match="isn't in force yet"):
        site.take("rectifications", key, "update_procedure", procedure=procedure)
    site.take("sops", procedure, "review", reviewed_by=site.lead)
    site.take("sops", procedure, "release", approved_by=site.chief)

    site.take("rectifications", key, "update_procedure", procedure=procedure)
    site.take("rectifications", key, "close")

    assert _status(site) == "closed"


def test_a_failure_after_it_passed_again_opens_the_same_one(site: AcceptanceSite) -> None:
    site.read("10.3")
    site.mended()
    site.read("10")
    site.read("10.5")

    assert (len(site.rectifications()), _status(site), site.result()) == (1, "retest_failed", "fail")


def test_a_failure_after_it_was_closed_raises_another(site: AcceptanceSite) -> None:
    site.read("10.3")
    key = site.mended()
    site.read("10")
    site.take("rectifications", key, "close")

    site.read("10.5")

    assert [row["status"] for row in site.rectifications()] == ["closed", "opened"]


def test_its_proof_struck_out_it_waits_again(site: AcceptanceSite) -> None:
    site.read("10.3")
    site.mended()
    retest = site.read("10")

    site.change("readings", retest, void_because="Wrong point")

    assert (_status(site), site.result()) == ("awaiting_retest", "fail")


def test_a_second_open_one_is_refused(site: AcceptanceSite) -> None:
    site.read("10.3")

    with pytest.raises(Refused, match="RCT-0001 is open for this parameter"):
        site.add("rectifications", parameter=site.parameter)


def test_what_still_fails_is_not_voided(site: AcceptanceSite) -> None:
    site.read("10.3")

    with pytest.raises(Refused, match="still fails"):
        site.take("rectifications", str(site.rectifications()[0]["id"]), "void", void_because="No")


def _waiver(site: AcceptanceSite, **values: object) -> str:
    return site.add("waivers", parameter=site.parameter, value="10.3", reason="No effect", measure="Weekly check",
                    **values)  # fmt: skip


def test_a_waiver_counts_once_the_chief_engineer_approved_it(site: AcceptanceSite) -> None:
    site.read("10.3")
    key = _waiver(site, valid_until=TODAY + dt.timedelta(30))
    assert site.result() == "fail"
    with pytest.raises(Refused, match="The chief engineer approves waivers"):
        site.take("waivers", key, "approve", approved_by=site.lead)

    site.take("waivers", key, "approve", approved_by=site.chief)
    site.take("rectifications", str(site.rectifications()[0]["id"]), "accept")

    assert (site.result(), _status(site)) == ("waived", "waived")


def test_a_waiver_that_ran_out_accepts_nothing(site: AcceptanceSite, monkeypatch: pytest.MonkeyPatch) -> None:
    site.read("10.3")
    key = _waiver(site, valid_until=TODAY + dt.timedelta(30))
    site.take("waivers", key, "approve", approved_by=site.chief)

    monkeypatch.setenv("HANDOVER_TODAY", (TODAY + dt.timedelta(31)).isoformat())

    assert site.result() == "fail"
    assert site.refs("waivers", "overdue") == ["WVR-0001"]


def test_a_rectification_is_not_accepted_without_a_waiver(site: AcceptanceSite) -> None:
    site.read("10.3")

    with pytest.raises(Refused, match="No waiver"):
        site.take("rectifications", str(site.rectifications()[0]["id"]), "accept")


def test_an_approved_waiver_names_its_measure(site: AcceptanceSite) -> None:
    key = site.add("waivers", parameter=site.parameter, reason="No effect")

    with pytest.raises(NotValid):
        site.take("waivers", key, "approve", approved_by=site.chief)


def test_a_rectification_moves_with_its_parameter(site: AcceptanceSite) -> None:
    site.read("10.3")
    other = site.row(System(code="20", name="Fans"))

    site.change("parameters", site.parameter, system=other)

    assert site.rectifications()[0]["system_id"] == other
    assert stored(site.workspace, AcceptanceParameter, site.parameter)["system_id"] == other

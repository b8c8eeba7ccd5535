"""Tests with their steps, and data that moves."""

from __future__ import annotations

import pytest

from handover.errors import NotValid, Refused
from handover.model.acceptance.data_move import DataMove
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.trial import Trial, TrialStep
from handover.model.punch import Punch
from handover.registers.catalogue import register
from handover.registers.query import every
from tests.domain import stored
from tests.model.acceptance.site import TODAY, AcceptanceSite


def _test(site: AcceptanceSite) -> tuple[str, str, str]:
    key = site.add("tests", title="Orders to the line", code="T-1", kind="integration", system=site.system)
    steps = [site.add("test-steps", trial=key, action=action) for action in ("Send an order", "Cancel it")]
    return key, steps[0], steps[1]


def _result(site: AcceptanceSite) -> str:
    tests = register("tests")
    place = [field.field for field in tests.fields].index("result")
    with site.workspace.read() as connection:
        return str(next(iter(every(connection, tests, site.project))).values[place])


def test_a_test_fails_with_one_step_and_passes_with_all(site: AcceptanceSite) -> None:
    _, first, second = _test(site)
    assert _result(site) == "pending"
    site.change("test-steps", first, result="pass")
    assert _result(site) == "pending"
    site.change("test-steps", second, result="pass")
    assert _result(site) == "pass"
    site.change("test-steps", second, result="fail", actual="Order stayed")
    assert _result(site) == "fail"


def test_a_step_that_fails_opens_a_punch_item(site: AcceptanceSite) -> None:
    key, first, _ = _test(site)

    site.change("test-steps", first, result="fail", actual="Order came twice")

    step = stored(site.workspace, TrialStep, first)
    punch = stored(site.workspace, Punch, step["punch_id"])
    assert (punch["description"], punch["system_id"]) == ("T-1 / 1: Order came twice", site.system)
    assert punch["raised_on"] == step["done_at"] == TODAY.isoformat()
    assert stored(site.workspace, Trial, key)["status"] == "running"


def test_a_step_that_fails_says_what_came(site: AcceptanceSite) -> None:
    _, first, _ = _test(site)

    with pytest.raises(Refused, match="says what came"):
        site.change("test-steps", first, result="fail")


def test_a_defect_may_be_a_rectification_instead(site: AcceptanceSite) -> None:
    site.read("10.3")
    rectification = str(site.rectifications()[0]["id"])
    _, first, _ = _test(site)

    site.change("test-steps", first, result="fail", actual="Gap too wide", rectification=rectification)

    assert stored(site.workspace, TrialStep, first)["punch_id"] is None


def test_a_test_is_complete_once_every_step_is_done(site: AcceptanceSite) -> None:
    key, first, second = _test(site)
    site.change("test-steps", first, result="pass")
    with pytest.raises(Refused, match="Step 2 isn't done"):
        site.take("tests", key, "complete", tested_by=site.lead)
    site.change("test-steps", second, result="fail", actual="Order stayed")
    site.change("test-steps", second, punch=None)
    with pytest.raises(Refused, match="Step 2 failed and leads nowhere"):
        site.take("tests", key, "complete", tested_by=site.lead)


def _move(site: AcceptanceSite) -> str:
    key = site.add("migrations", title="Recipes", system=site.system, owner=site.lead)
    site.take("migrations", key, "back_up", backup_place="Vault 3", count_before=1000)
    site.change("migrations", key, left_out_because="Test recipes")
    site.take("migrations", key, "clean", count_left_out=40)
    site.take("migrations", key, "map")
    site.take("migrations", key, "convert", count_after=957)
    return key


def test_counts_that_differ_are_explained_before_they_are_verified(site: AcceptanceSite) -> None:
    key = _move(site)
    with pytest.raises(Refused, match="differ by -3: 1000 before, 40 left out, 957 after"):
        site.take("migrations", key, "verify", verified_by=site.chief)
    assert site.refs("migrations", "differing") == ["MIG-0001"]
    site.change("migrations", key, difference_because="Three recipes were merged")

    site.take("migrations", key, "verify", verified_by=site.chief)

    assert stored(site.workspace, DataMove, key)["status"] == "verified"


def test_who_moves_data_does_not_verify_it(site: AcceptanceSite) -> None:
    key = _move(site)

    with pytest.raises(Refused, match="somebody else"):
        site.take("migrations", key, "verify", verified_by=site.lead)


def test_more_is_not_left_out_than_there_was(site: AcceptanceSite) -> None:
    with pytest.raises(NotValid, match="More is left out"):
        site.add("migrations", title="Recipes", count_before=3, count_left_out=5)


def _one_step(site: AcceptanceSite, **test: object) -> tuple[str, str]:
    key = site.add("tests", title="Rights", code="S-1", kind="security", system=site.system, **test)
    return key, site.add("test-steps", trial=key, action="Open the recipes as an operator")


def _failed(site: AcceptanceSite, **test: object) -> tuple[str, str, str]:
    """A test whose failing steps raise rectifications, with its one step that failed, and what that raised."""
    key, step = _one_step(site, raises="rectification", **test)
    site.change("test-steps", step, result="fail", actual="They open")
    return key, step, str(stored(site.workspace, TrialStep, step)["rectification_id"])


def test_a_step_raises_a_rectification_where_its_test_says_so(site: AcceptanceSite) -> None:
    key, step, mending = _failed(site)

    made = stored(site.workspace, Rectification, mending)
    assert (made["trial_id"], made["parameter_id"], made["system_id"]) == (key, None, site.system)
    assert (made["deviation"], made["owner_id"]) == ("S-1 / 1: They open", site.lead)
    assert made["opened_on"] == TODAY.isoformat()
    assert stored(site.workspace, TrialStep, step)["punch_id"] is None


def test_a_step_says_itself_what_it_raises(site: AcceptanceSite) -> None:
    _, step = _one_step(site, raises="rectification")

    site.change("test-steps", step, raises="punch", result="fail", actual="They open")

    assert stored(site.workspace, TrialStep, step)["punch_id"]
    assert site.rectifications() == []


def test_a_further_failure_of_a_step_adds_to_its_open_rectification(site: AcceptanceSite) -> None:
    _, step, _ = _failed(site)
    site.change("test-steps", step, result="blocked")

    site.change("test-steps", step, result="fail", actual="They still open")

    assert len(site.rectifications()) == 1


def test_a_rectification_of_a_test_is_closed_by_its_step_alone(site: AcceptanceSite) -> None:
    _, step, mending = _failed(site)
    site.take("rectifications", mending, "start")
    site.take("rectifications", mending, "mend", measure="Rights set", mended_by=site.mender)
    with pytest.raises(Refused, match="The step of the test decides"):
        site.take("rectifications", mending, "pass_retest")
    with pytest.raises(Refused, match="The step of the test decides"):
        site.take("rectifications", mending, "fail_retest")
    with pytest.raises(Refused, match="a test is passed or dropped"):
        site.take("rectifications", mending, "accept")
    with pytest.raises(Refused, match="still fails"):
        site.take("rectifications", mending, "void", void_because="Never mind")

    site.change("test-steps", step, result="pass", actual="Refused and logged")

    assert stored(site.workspace, Rectification, mending)["status"] == "retest_passed"
    site.take("rectifications", mending, "close")
    assert stored(site.workspace, Rectification, mending)["status"] == "closed"


def test_a_step_that_fails_again_sends_its_rectification_back(site: AcceptanceSite) -> None:
    _, step, mending = _failed(site)
    site.take("rectifications", mending, "start")
    site.take("rectifications", mending, "mend", measure="Rights set", mended_by=site.mender)

    site.change("test-steps", step, actual="They still open")

    assert stored(site.workspace, Rectification, mending)["status"] == "retest_failed"
    site.take("rectifications", mending, "rework")
    assert stored(site.workspace, Rectification, mending)["retested_on"] is None


def test_a_result_from_before_the_mend_proves_nothing(site: AcceptanceSite) -> None:
    _, step, mending = _failed(site)
    site.take("rectifications", mending, "start")
    site.change("test-steps", step, result="pass")

    site.take("rectifications", mending, "mend", measure="Rights set", mended_by=site.mender)

    assert stored(site.workspace, Rectification, mending)["status"] == "awaiting_retest"


def test_a_step_that_fails_after_its_rectification_is_closed_raises_another(site: AcceptanceSite) -> None:
    _, step, mending = _failed(site)
    site.take("rectifications", mending, "start")
    site.take("rectifications", mending, "mend", measure="Rights set", mended_by=site.mender)
    site.change("test-steps", step, result="pass")
    site.take("rectifications", mending, "close")

    site.change("test-steps", step, result="fail", actual="Open again")

    assert [row["status"] for row in site.rectifications()] == ["closed", "opened"]
    assert stored(site.workspace, TrialStep, step)["rectification_id"] == site.rectifications()[-1]["id"]


def test_a_rectification_is_of_a_parameter_or_of_a_test(site: AcceptanceSite) -> None:
    key, _ = _one_step(site)
    with pytest.raises(NotValid, match="of a parameter or of a test"):
        site.add("rectifications", cause="Nothing")
    with pytest.raises(NotValid, match="not of both"):
        site.add("rectifications", parameter=site.parameter, trial=key)

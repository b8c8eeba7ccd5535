"""Tests with their steps, and data that moves."""

from __future__ import annotations

import pytest

from handover.errors import NotValid, Refused
from handover.model.acceptance.data_move import DataMove
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

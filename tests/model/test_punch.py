"""The punch list's rules: who clears, who verifies, who lowers a category, what blocks a certificate."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handover.errors import NotLawful, NotValid, Refused
from handover.model import Person, Project, System
from handover.model.picks.pick import Pick
from handover.model.punch import Punch
from handover.registers.acts import editing, taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.figures.blockers import blocked
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_row, a_workspace, stored
from tests.handing_over import issue_certificate

PUNCHES = register("punches")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        opened.user = "signer"
        yield opened


class Site:
    """A project with a system, the people around it and its lists."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("New project") as work:
            self.project = add_project(work, Project(code="P1", name="Plant")).id
        self.fitter = a_row(workspace, self.project, Person(name="Fitter")).id
        self.inspector = a_row(workspace, self.project, Person(name="Inspector")).id
        self.signer = a_row(workspace, self.project, Person(name="Signer", account="signer")).id
        system = System(code="10-PU", name="Pumps", custody="care_custody", operations_lead_id=self.signer)
        self.system = a_row(workspace, self.project, system).id

    def entry(self, key: str, code: str) -> str:
        with self.workspace.read() as connection:
            wanted = select(Pick.id).where(Pick.project_id == self.project, Pick.list == key, Pick.code == code)
            return str(connection.execute(wanted).scalar_one())

    def punch(self, category: str = "A", status: str = "open", **values: Any) -> str:
        values = {"description": "Leak", "system_id": self.system, "status": status, **values}
        values["category_id"] = self.entry("punch_category", category)
        return a_row(self.workspace, self.project, Punch(**values)).id

    def do(self, step: str, punch: str, **answers: Any) -> None:
        taking.take(self.workspace, PUNCHES, self.project, [punch], taking.step_of(PUNCHES, step), answers)

    def change(self, punch: str, **values: Any) -> None:
        editing.change(self.workspace, PUNCHES, self.project, {punch: values})

    def of(self, punch: str) -> dict[str, Any]:
        return stored(self.workspace, Punch, punch)


@pytest.fixture
def site(workspace: Workspace) -> Site:
    return Site(workspace)


def test_one_clears_and_another_verifies(site: Site) -> None:
    punch = site.punch()

    site.do("clear", punch, cleared_by=site.fitter, measure="Gasket replaced")
    site.do("verify", punch, verified_by=site.inspector)

    row = site.of(punch)
    assert (row["status"], row["cleared_on"], row["verified_on"]) == ("verified", "2026-05-20", "2026-05-20")


def test_whoever_cleared_does_not_verify(site: Site) -> None:
    punch = site.punch()
    site.do("clear", punch, cleared_by=site.fitter)

    with pytest.raises(Refused, match="somebody else"):
        site.do("verify", punch, verified_by=site.fitter)

    assert site.of(punch)["status"] == "cleared"


def test_whoever_raised_it_may_verify(site: Site) -> None:
    punch = site.punch(raised_by_id=site.inspector)
    site.do("clear", punch, cleared_by=site.fitter)

    site.do("verify", punch, verified_by=site.inspector)

    assert site.of(punch)["status"] == "verified"


def test_rejecting_needs_a_reason_wipes_the_clearing_and_is_counted(site: Site) -> None:
    punch = site.punch()
    site.do("clear", punch, cleared_by=site.fitter)

    with pytest.raises(Refused, match="needs this field: Why it was rejected"):
        site.do("reject", punch)
    site.do("reject", punch, rejected_because="Still leaks")

    row = site.of(punch)
    assert (row["status"], row["cleared_by_id"], row["cleared_on"], row["reopened"]) == ("open", None, None, 1)
    undo(site.workspace)
    assert site.of(punch)["reopened"] is None


def test_state_that_is_typed_takes_the_step_that_was_meant(site: Site) -> None:
    one, other = site.punch(status="cleared", cleared_by_id=site.fitter), site.punch(status="cleared")

    site.change(one, status="open", rejected_because="Still leaks")
    site.change(other, status="open")

    assert [site.of(punch)["reopened"] for punch in (one, other)] == [1, None]


@pytest.mark.parametrize("values", [{"description": "Other"}, {"notes": "Note"}, {"due_on": dt.date(2026, 6, 1)}])
def test_verified_item_is_not_changed(site: Site, values: dict[str, Any]) -> None:
    punch = site.punch(status="verified")

    with pytest.raises(Refused, match="PNL-0001 is “Verified” and can't be changed"):
        site.change(punch, **values)


def test_only_the_signatory_takes_a_verification_back(site: Site) -> None:
    punch = site.punch(status="verified", cleared_by_id=site.fitter, verified_by_id=site.inspector)
    site.workspace.user = "somebody"
    with pytest.raises(Refused, match="Only the signatory of the certificate of 10-PU"):
        site.do("unverify", punch)

    site.workspace.user = "signer"
    site.do("unverify", punch)

    assert (site.of(punch)["status"], site.of(punch)["verified_by_id"]) == ("cleared", None)


def test_step_that_needs_a_signatory_says_so_where_there_is_none(site: Site) -> None:
    system = a_row(site.workspace, site.project, System(code="20", name="Tanks")).id
    punch = site.punch(status="verified", system_id=system)

    with pytest.raises(Refused, match="20 has neither a signatory nor an operations lead"):
        site.do("unverify", punch)


def by_cell(site: Site, punch: str, category: str) -> None:
    site.change(punch, category=category)


def by_many(site: Site, punch: str, category: str) -> None:
    with site.workspace.edit("Many", project=site.project) as work:
        work.update_many(Punch, {punch: {"category_id": category}})


def by_import(site: Site, punch: str, category: str) -> None:
    editing.change(site.workspace, PUNCHES, site.project, {punch: {"category": category}}, source="import")


@pytest.mark.parametrize("way", [by_cell, by_many, by_import])
@pytest.mark.parametrize(("user", "said"), [("somebody", "Only the signatory"), ("signer", "lowered with a reason")])
def test_category_is_lowered_by_the_signatory_with_a_reason_alone(site: Site, way: Any, user: str, said: str) -> None:
    punch = site.punch("A")
    site.workspace.user = user

    with pytest.raises(Refused, match=said):
        way(site, punch, site.entry("punch_category", "B"))

    assert site.of(punch)["category_id"] == site.entry("punch_category", "A")


def test_category_is_lowered_with_a_reason_and_raised_by_anybody(site: Site) -> None:
    lowered, raised = site.punch("A"), site.punch("C")

    site.change(lowered, downgraded_because="Spare pump in service", category=site.entry("punch_category", "B"))
    site.workspace.user = "somebody"
    site.change(raised, category=site.entry("punch_category", "A"))

    assert site.of(lowered)["category_id"] == site.entry("punch_category", "B")
    assert site.of(raised)["category_id"] == site.entry("punch_category", "A")


@pytest.mark.parametrize(
    ("category", "status", "n"),
    [("A", "open", 1), ("A", "cleared", 1), ("A", "verified", 0), ("A", "void", 0), ("B", "open", 0), ("C", "open", 0)],
)
def test_open_a_item_blocks_its_system(site: Site, category: str, status: str, n: int) -> None:
    site.punch(category, status)

    with site.workspace.read() as connection:
        first, *_ = blocked(connection, site.project)

    assert first.total == n
    if n:
        with pytest.raises(Refused, match=r"1 punch item of 10-PU that blocks .* PNL-0001"):
            issue_certificate(site.workspace, site.project, site.system)


def test_finding_of_the_three_checks_is_given_its_four(site: Site) -> None:
    source = site.entry("punch_source", "TC")
    four = {"task": "Fit it", "action_by_id": site.fitter, "due_on": dt.date(2026, 6, 1), "measure": "Locked out"}

    for left_out in four:
        given = {field: value for field, value in four.items() if field != left_out}
        with pytest.raises(Refused, match="three checks needs its task, person, time and measure"):
            site.punch(source_id=source, **given)
    site.punch(source_id=source, **four)


def test_item_that_needs_material_says_which_and_when_before_it_is_cleared(site: Site) -> None:
    punch = site.punch(material_required=True)

    with pytest.raises(Refused, match="needs material: say which"):
        site.do("clear", punch, cleared_by=site.fitter)
    site.change(punch, material="Gasket", material_due=dt.date(2026, 5, 25))
    site.do("clear", punch, cleared_by=site.fitter)


def test_past_that_a_file_tells_of_is_taken_without_who_verified(site: Site) -> None:
    punch = site.punch(status="cleared")

    editing.change(site.workspace, PUNCHES, site.project, {punch: {"status": "verified"}}, source="import")

    assert (site.of(punch)["status"], site.of(punch)["verified_on"]) == ("verified", None)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"description": " "}, "must be filled in"),
        ({"description": "x" * 3501}, "3,500"),
        ({"estimate": -1.0}, "negative"),
        ({"raised_on": dt.date(2026, 5, 2), "cleared_on": dt.date(2026, 5, 1)}, "before it was raised"),
    ],
)
def test_impossible_values_are_refused(site: Site, values: dict[str, Any], said: str) -> None:
    with pytest.raises(NotValid, match=said):
        site.punch(**values)


def test_steps_are_those_of_the_field(site: Site) -> None:
    with pytest.raises(NotLawful):
        site.change(site.punch(), status="verified")

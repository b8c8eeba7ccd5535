"""Steps that need more than the row itself, checked against what lies in the workspace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.errors import NotLawful
from handover.model import Document, KnowledgeItem, Member, Person, System, WorkingGroup
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace, stored
from tests.handing_over import hand_over


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)


# -- working groups ---------------------------------------------------------------------------------------------------

Seat = dict[str, Any]
TECH: Seat = {"side": "project", "role": "tech_lead"}
OPS: Seat = {"side": "operations", "role": "ops_lead"}


def a_group(workspace: Workspace, project: str, *seats: Seat) -> str:
    with workspace.edit("Add", project=project) as work:
        group = work.add(WorkingGroup(name="Pumps"))
        for n, seat in enumerate(seats):
            person = work.add(Person(name=f"Person {n}", side=seat.pop("person_side", None)))
            work.add(Member(group_id=group.id, person_id=person.id, **seat))
    return group.id


def start(workspace: Workspace, group: str) -> None:
    with workspace.edit("Start") as work:
        work.get(WorkingGroup, group).status = "active"


@pytest.mark.parametrize(
    "seats",
    [
        [TECH, OPS],
        [TECH, OPS, {"side": "third"}, {"side": "operations", "role": "member"}],
        [{"person_side": "project", "role": "tech_lead"}, {"person_side": "operations", "role": "ops_lead"}],
        [TECH, OPS, {**OPS, "to_on": dt.date(2026, 5, 19)}],
        [TECH, {**OPS, "from_on": dt.date(2026, 5, 20)}],
    ],
)
def test_group_with_both_sides_and_one_lead_of_each_starts(
    workspace: Workspace, project: str, seats: list[Seat]
) -> None:
    group = a_group(workspace, project, *(dict(seat) for seat in seats))

    start(workspace, group)

    assert stored(workspace, WorkingGroup, group)["status"] == "active"


@pytest.mark.parametrize(
    ("seats", "message"),
    [
        ([], "one member of each side"),
        ([TECH], "one member of each side"),
        ([TECH, {"side": "third"}], "one member of each side"),
        ([TECH, {"side": "operations"}], "one project lead and one operations lead"),
        ([TECH, OPS, OPS], "one project lead and one operations lead"),
        ([TECH, TECH, OPS], "one project lead and one operations lead"),
        ([TECH, {**OPS, "to_on": dt.date(2026, 5, 19)}], "one member of each side"),
        ([TECH, {**OPS, "from_on": dt.date(2026, 5, 21)}], "one member of each side"),
    ],
)
def test_group_lacking_a_side_or_a_lead_does_not_start(
    workspace: Workspace, project: str, seats: list[Seat], message: str
) -> None:
    group = a_group(workspace, project, *(dict(seat) for seat in seats))

    with pytest.raises(NotLawful, match=f"Pumps needs .*{message}"):
        start(workspace, group)

    assert stored(workspace, WorkingGroup, group)["status"] == "forming"


def test_member_in_the_bin_does_not_count(workspace: Workspace, project: str) -> None:
    group = a_group(workspace, project, dict(TECH), dict(OPS))
    with workspace.edit("Delete", project=project) as work:
        for member in work.session.query(Member).filter_by(role="ops_lead"):
            work.delete(member)

    with pytest.raises(NotLawful, match="one member of each side"):
        start(workspace, group)


# -- custody ----------------------------------------------------------------------------------------------------------


def a_system_in_care(workspace: Workspace, project: str) -> System:
    return a_row(workspace, project, System(code="10-PU", name="Pumps", custody="care_custody"))


def take_over(workspace: Workspace, system: System) -> None:
    hand_over(workspace, system.project_id, system.id)


@pytest.mark.parametrize("status", ["placeholder", "submitted", "in_review", "issued", "returned", "rejected"])
def test_operations_takes_no_system_over_without_its_documents(workspace: Workspace, project: str, status: str) -> None:
    system = a_system_in_care(workspace, project)
    a_row(workspace, project, Document(title="Manual", system_id=system.id, status=status))

    with pytest.raises(NotLawful, match="1 document of 10-PU that operations must have is not accepted yet: DOC-0001"):
        take_over(workspace, system)

    assert stored(workspace, System, system.id)["custody"] == "care_custody"


@pytest.mark.parametrize("criticality", ["4", "5"])
def test_operations_takes_no_system_over_without_its_critical_knowledge(
    workspace: Workspace, project: str, criticality: str
) -> None:
    system = a_system_in_care(workspace, project)
    a_row(workspace, project, KnowledgeItem(title="Start-up", system_id=system.id, criticality=criticality))

    with pytest.raises(NotLawful, match="1 critical knowledge item of 10-PU is not verified yet: KNW-0001"):
        take_over(workspace, system)


def test_operations_takes_a_system_over_that_lacks_nothing(workspace: Workspace, project: str) -> None:
    system, other = a_system_in_care(workspace, project), a_row(workspace, project, System(code="20", name="Tanks"))
    here = {"system_id": system.id}
    for row in (
        Document(title="Accepted", status="accepted", **here),
        Document(title="Superseded", status="superseded", **here),
        Document(title="Nice to have", mandatory=False, **here),
        Document(title="In the bin", deleted_at="2026-05-01", **here),
        Document(title="Elsewhere", system_id=other.id),
        KnowledgeItem(title="Minor", criticality="3", **here),
        KnowledgeItem(title="Unrated", **here),
        KnowledgeItem(title="Accepted gap", criticality="5", status="accepted_gap", accepted_because="On call", **here),
        KnowledgeItem(title="Elsewhere", criticality="5", system_id=other.id),
    ):
        a_row(workspace, project, row)

    take_over(workspace, system)

    assert stored(workspace, System, system.id)["custody"] == "operations"


# -- knowledge --------------------------------------------------------------------------------------------------------


def an_item(workspace: Workspace, project: str, **values: Any) -> tuple[KnowledgeItem, Person, Person]:
    receiver, trainer = (a_row(workspace, project, Person(name=name)) for name in ("Li Na", "Wang Wei"))
    item = KnowledgeItem(title="Start-up", status="demonstrated", receiver_id=receiver.id, **values)
    return a_row(workspace, project, item), receiver, trainer


@pytest.mark.parametrize("level", [None, "0", "2"])
def test_knowledge_below_its_target_is_not_verified(workspace: Workspace, project: str, level: str | None) -> None:
    item, _, trainer = an_item(workspace, project)

    with pytest.raises(NotLawful, match="reaches the target"), workspace.edit("Verify") as work:
        row = work.get(KnowledgeItem, item.id)
        row.verified_level, row.verified_by_id = level, trainer.id
        row.status = "verified"


def test_receiver_does_not_verify_himself(workspace: Workspace, project: str) -> None:
    item, receiver, _ = an_item(workspace, project)

    with pytest.raises(Exception, match="can't verify his or her own level"), workspace.edit("Verify") as work:
        row = work.get(KnowledgeItem, item.id)
        row.verified_level, row.verified_by_id = "4", receiver.id
        row.status = "verified"

    assert stored(workspace, KnowledgeItem, item.id)["status"] == "demonstrated"


def test_knowledge_is_verified_by_somebody_else_at_its_target(workspace: Workspace, project: str) -> None:
    item, _, trainer = an_item(workspace, project)

    with workspace.edit("Verify") as work:
        row = work.get(KnowledgeItem, item.id)
        row.verified_level, row.verified_by_id = "3", trainer.id
        row.status = "verified"

    after = stored(workspace, KnowledgeItem, item.id)
    assert (after["status"], after["verified_on"]) == ("verified", "2026-05-20")


def test_expired_knowledge_needs_a_new_verification(workspace: Workspace, project: str) -> None:
    item, _, trainer = an_item(workspace, project)
    with workspace.edit("Verify and let it expire") as work:
        row = work.get(KnowledgeItem, item.id)
        row.verified_level, row.verified_by_id = "3", trainer.id
        row.status = "verified"
        row.status = "expired"

    with pytest.raises(NotLawful, match="reaches the target"), workspace.edit("Again") as work:
        row = work.get(KnowledgeItem, item.id)
        for status in ("planned", "in_transfer", "demonstrated", "verified"):
            row.status = status


# -- documents --------------------------------------------------------------------------------------------------------


def a_returned_document(workspace: Workspace, project: str) -> Document:
    return a_row(
        workspace,
        project,
        Document(
            title="Manual",
            status="returned",
            submitted_on=dt.date(2026, 4, 1),
            received_on=dt.date(2026, 4, 3),
        ),
    )


def test_next_revision_is_submitted_on_its_own_day(workspace: Workspace, project: str) -> None:
    document = a_returned_document(workspace, project)

    with workspace.edit("Submit again") as work:
        work.get(Document, document.id).status = "submitted"

    after = stored(workspace, Document, document.id)
    assert (after["submitted_on"], after["received_on"]) == ("2026-05-20", None)


def test_day_typed_for_the_next_revision_is_kept(workspace: Workspace, project: str) -> None:
    document = a_returned_document(workspace, project)

    with workspace.edit("Submit again") as work:
        row = work.get(Document, document.id)
        row.submitted_on = dt.date(2026, 5, 18)
        row.status = "submitted"

    assert stored(workspace, Document, document.id)["submitted_on"] == "2026-05-18"

"""Steps of a lifecycle as acts: what is possible, what is asked, who may, and what stands against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.errors import NotLawful, Refused
from handover.model import Document, KnowledgeItem, Person, Pick, Project, System, Task
from handover.model.custody.certificate import Certificate
from handover.registers.acts import editing, taking
from handover.registers.catalogue import register
from handover.registers.figures.blockers import blocked
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace, stored
from tests.handing_over import issue_certificate

DOCUMENTS, KNOWLEDGE, SYSTEMS = register("documents"), register("knowledge"), register("systems")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        opened.user = "lina"
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)


def a_document(workspace: Workspace, project: str, status: str = "placeholder", **values: object) -> str:
    return a_row(workspace, project, Document(title="Manual", status=status, **values)).id


def step(key: str) -> taking.Step:
    return taking.step_of(DOCUMENTS, key)


def test_step_sets_its_state_and_its_day(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project)

    done = taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {})

    after = stored(workspace, Document, document)
    assert (done.refs, after["status"], after["submitted_on"]) == (("DOC-0001",), "submitted", "2026-05-20")


def test_step_taken_twice_says_that_it_was_taken(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project)
    taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {})

    with pytest.raises(Refused, match="DOC-0001 is “Submitted” already"):
        taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {})


def test_step_before_the_step_before_it_is_refused(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project, "submitted", submitted_on=dt.date(2026, 5, 10))

    with pytest.raises(Refused, match="on 9 May 2026 would be before the step before it, of 10 May 2026"):
        taking.take(workspace, DOCUMENTS, project, [document], step("receive"), {"received_on": dt.date(2026, 5, 9)})

    assert stored(workspace, Document, document)["status"] == "submitted"


def test_step_of_a_row_in_the_bin_is_refused(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project)
    editing.delete(workspace, DOCUMENTS, project, [document])

    with pytest.raises(Refused, match="in the bin"):
        taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {})


def test_step_in_a_closed_project_is_refused(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project)
    with workspace.edit("Close", project=project) as work:
        row = work.get(Project, project)
        for status in ("active", "handed_over", "in_aftercare", "closed"):
            row.status = status

    with pytest.raises(NotLawful, match="is closed"):
        taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {})


def test_of_several_rows_all_are_taken_or_none_and_every_reason_is_said(workspace: Workspace, project: str) -> None:
    one, other = a_document(workspace, project), a_document(workspace, project, "approved")
    third = a_document(workspace, project, "issued")

    with pytest.raises(Refused) as caught:
        taking.take(workspace, DOCUMENTS, project, [one, other, third], step("submit"), {})

    assert [str(r).partition(" is ")[0] for r in caught.value.reasons] == ["DOC-0002", "DOC-0003"]
    assert stored(workspace, Document, one)["status"] == "placeholder"


def test_what_was_only_tried_is_not_stored(workspace: Workspace, project: str) -> None:
    document = a_document(workspace, project)

    done = taking.take(workspace, DOCUMENTS, project, [document], step("submit"), {}, dry_run=True)

    assert done.state == "Submitted"
    assert stored(workspace, Document, document)["status"] == "placeholder"


def test_question_that_is_left_open_is_named_by_its_heading(workspace: Workspace, project: str) -> None:
    item = a_row(workspace, project, KnowledgeItem(title="Start-up")).id
    accept = taking.step_of(KNOWLEDGE, "accept_gap")

    with pytest.raises(Refused, match="“Accept the gap” needs this field: Why the gap is accepted"):
        taking.take(workspace, KNOWLEDGE, project, [item], accept, {})

    taking.take(workspace, KNOWLEDGE, project, [item], accept, {"accepted_because": "On call for a year"})
    assert stored(workspace, KnowledgeItem, item)["status"] == "accepted_gap"


def test_user_is_named_as_who_took_the_step(workspace: Workspace, project: str) -> None:
    me = a_row(workspace, project, Person(name="Li Na", account="LiNa"))
    values = {"status": "demonstrated", "verified_level": "3", "target_level": "3", "verified_by_id": None}
    item = a_row(workspace, project, KnowledgeItem(title="Start-up", **{**values, "verified_level": None})).id

    verify = taking.step_of(KNOWLEDGE, "verify")
    taking.take(workspace, KNOWLEDGE, project, [item], verify, {"verified_level": "3"})

    assert stored(workspace, KnowledgeItem, item)["verified_by_id"] == me.id


def test_offers_name_what_stands_against_a_step(workspace: Workspace, project: str) -> None:
    system = a_row(workspace, project, System(code="10-PU", name="Pumps", custody="care_custody")).id
    a_document(workspace, project, system_id=system)
    kind = a_row(workspace, project, Pick(list="certificate_kind", code="HOC", meaning="to_operations")).id
    draft = a_row(workspace, project, Certificate(kind_id=kind, system_id=system)).id

    (offer,) = taking.offers(workspace, register("certificates"), project, [draft])

    assert (offer.step.key, offer.possible) == ("issue", False)
    assert "DOC-0001" in str(offer.reasons[0])


# -- custody ----------------------------------------------------------------------------------------------------------


def test_custody_waits_for_all_that_stands_in_the_system_and_below_it(workspace: Workspace, project: str) -> None:
    system = a_row(workspace, project, System(code="10", name="Pumps", custody="care_custody")).id
    below = a_row(workspace, project, System(code="10.1", name="Seals", parent_id=system)).id
    deeper = a_row(workspace, project, System(code="10.1.1", name="Oil", parent_id=below)).id
    a_document(workspace, project, system_id=below)
    a_row(workspace, project, Task(name="Flush", system_id=deeper))
    a_row(workspace, project, KnowledgeItem(title="Start-up", criticality="5", system_id=system))

    with pytest.raises(Refused) as caught:
        issue_certificate(workspace, project, system)

    said = str(caught.value)
    assert all(ref in said for ref in ("DOC-0001", "TSK-0001", "KNW-0001"))
    with workspace.read() as connection:
        first, *_ = blocked(connection, project)
    assert (first.total, first.below) == (1, 2)


@pytest.mark.parametrize(
    ("values", "stands"),
    [
        ({}, True),
        ({"start": dt.datetime(2026, 6, 1)}, True),
        ({"start": dt.datetime(2026, 6, 2)}, False),
        ({"start": dt.datetime(2026, 6, 2), "needed_before_handover": True}, True),
        ({"needed_before_handover": False}, False),
        ({"inactive": True}, False),
        ({"kind": "summary"}, False),
        ({"kind": "milestone", "start": dt.datetime(2026, 6, 1)}, False),
        ({"kind": "milestone", "start": dt.datetime(2026, 5, 31)}, True),
        ({"percent": 1.0}, False),
    ],
)
def test_task_stands_in_the_way_unless_it_belongs_to_the_handover_or_after_it(
    workspace: Workspace, project: str, values: dict[str, object], stands: bool
) -> None:
    day = dt.date(2026, 6, 1)
    system = a_row(workspace, project, System(code="10", name="Pumps", custody="care_custody", planned_rfo=day)).id
    a_row(workspace, project, Task(name="Flush", system_id=system, **values))

    with workspace.read() as connection:
        first, *_ = blocked(connection, project)

    assert bool(first.total) is stands

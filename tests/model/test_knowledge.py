"""Knowledge: an item with its holders and receivers in step, and what closes and reopens a gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select

from handover.errors import NotLawful, NotValid, Refused
from handover.model import Document, KnowledgeItem, Person, Row, System
from handover.model.documents.revision import Revision
from handover.model.knowledge.coverage import CoverageRule
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.model.knowledge.verification import LevelVerification
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.model.learning.written import OperatingProcedure
from handover.store import Workspace
from handover.store.undo import redo, undo
from tests.domain import a_project, a_row, a_workspace, stored

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)


@pytest.fixture
def people(workspace: Workspace, project: str) -> dict[str, str]:
    names = {"chen": "project", "tang": "operations", "cao": "operations", "deng": "operations"}
    return {
        name: a_row(workspace, project, Person(name=name, side=side, shift="A" if side == "operations" else None)).id
        for name, side in names.items()
    }


def rows(workspace: Workspace, model: type[Row]) -> list[dict[str, Any]]:
    with workspace.read() as connection:
        keys = connection.execute(select(model.id).where(model.deleted_at.is_(None)).order_by(model.id)).scalars().all()
    return [stored(workspace, model, key) for key in keys]


def found(workspace: Workspace, model: type[Row], condition: ColumnElement[bool]) -> int:
    with workspace.read() as connection:
        return len(connection.execute(select(model.id).where(condition, model.deleted_at.is_(None))).all())


def change(workspace: Workspace, row: Row, **values: Any) -> None:
    with workspace.edit("Change") as work:
        held = work.get(type(row), row.id)
        for attr, value in values.items():
            setattr(held, attr, value)


def an_item(workspace: Workspace, project: str, **values: Any) -> KnowledgeItem:
    return a_row(workspace, project, KnowledgeItem(title="Start-up", **values))


def verify(workspace: Workspace, project: str, receiver: str, verifier: str, **values: Any) -> LevelVerification:
    given = {"level": "3", "verified_on": TODAY, **values}
    return a_row(workspace, project, LevelVerification(receiver_id=receiver, verifier_id=verifier, **given))


def test_holders_and_receivers_that_come_with_a_new_item_stand_beside_its_own(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    chen, tang, cao, deng = people.values()
    with workspace.edit("Add an item with all of its people", project=project) as work:
        item = work.add(KnowledgeItem(title="Start-up", holder_id=chen, receiver_id=tang))
        work.add(KnowledgeHolder(item_id=item.id, person_id=deng))
        work.add(KnowledgeReceiver(item_id=item.id, person_id=cao))

    assert {row["person_id"] for row in rows(workspace, KnowledgeHolder)} == {chen, deng}
    assert {row["person_id"] for row in rows(workspace, KnowledgeReceiver)} == {tang, cao}


def test_flat_item_has_its_holder_receiver_and_verification_as_rows(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    values = {"holder_id": people["chen"], "sole_holder": True, "receiver_id": people["tang"], "status": "verified",
              "target_level": "2", "verified_level": "2", "verified_by_id": people["deng"], "verified_on": TODAY,
              "holder_until": dt.date(2026, 6, 30), "attrition": "5"}  # fmt: skip

    with workspace.edit("Import", project=project, source="import") as work:
        work.insert_many(KnowledgeItem, [{"title": "One", **values}])
        work.add(KnowledgeItem(title="Two", **values))

    assert [(h["person_id"], h["sole"]) for h in rows(workspace, KnowledgeHolder)] == [(people["chen"], 1)] * 2
    assert [(r["person_id"], r["status"]) for r in rows(workspace, KnowledgeReceiver)] == [
        (people["tang"], "verified")
    ] * 2
    assert [(v["level"], v["verifier_id"]) for v in rows(workspace, LevelVerification)] == [("2", people["deng"])] * 2
    person = stored(workspace, Person, people["chen"])
    assert (person["leaves_on"], person["retention_risk"]) == ("2026-06-30", "5")


def test_leaving_date_of_the_person_stands_against_that_of_an_import(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    with workspace.edit("Leaves", project=project) as work:
        work.get(Person, people["chen"]).leaves_on = TODAY
    with workspace.edit("Import", project=project, source="import") as work:
        work.insert_many(
            KnowledgeItem, [{"title": "One", "holder_id": people["chen"], "holder_until": dt.date(2027, 1, 1)}]
        )

    assert stored(workspace, Person, people["chen"])["leaves_on"] == TODAY.isoformat()
    (item,) = rows(workspace, KnowledgeItem)
    assert item["holder_until"] == TODAY.isoformat()


def test_item_is_as_far_as_the_receiver_who_is_least_far(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"], status="in_transfer")
    second = a_row(workspace, project, KnowledgeReceiver(item_id=item.id, person_id=people["cao"]))

    assert stored(workspace, KnowledgeItem, item.id)["status"] == "identified"
    assert stored(workspace, KnowledgeItem, item.id)["receiver_id"] == people["cao"]
    change(workspace, second, status="accepted_gap", accepted_because="On call")
    assert stored(workspace, KnowledgeItem, item.id)["receiver_id"] == people["tang"]


def test_step_of_an_item_is_taken_for_all_who_are_as_far(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    a_row(workspace, project, KnowledgeReceiver(item_id=item.id, person_id=people["cao"]))

    change(workspace, item, status="planned")

    assert [r["status"] for r in rows(workspace, KnowledgeReceiver)] == ["planned", "planned"]


def test_item_that_expires_does_so_for_all_who_were_verified(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    a_row(workspace, project, KnowledgeReceiver(item_id=item.id, person_id=people["cao"]))
    for receiver in rows(workspace, KnowledgeReceiver):
        verify(workspace, project, receiver["id"], people["deng"])
    assert stored(workspace, KnowledgeItem, item.id)["status"] == "verified"

    change(workspace, item, status="expired")

    assert [(r["status"], r["verified_level"]) for r in rows(workspace, KnowledgeReceiver)] == [("expired", None)] * 2
    assert len(rows(workspace, LevelVerification)) == 2


def test_person_named_in_the_place_of_one_who_was_verified_comes_beside_him(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    (receiver,) = rows(workspace, KnowledgeReceiver)
    verify(workspace, project, receiver["id"], people["deng"])

    change(workspace, item, receiver_id=people["cao"])

    assert [(r["person_id"], r["status"]) for r in rows(workspace, KnowledgeReceiver)] == [
        (people["tang"], "verified"), (people["cao"], "identified"),
    ]  # fmt: skip
    assert stored(workspace, KnowledgeItem, item.id)["status"] == "identified"


def test_emptied_receiver_and_holder_go_into_the_bin(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"], holder_id=people["chen"])

    change(workspace, item, receiver_id=None, holder_id=None)

    assert rows(workspace, KnowledgeReceiver) == rows(workspace, KnowledgeHolder) == []


def test_only_a_verification_by_another_closes_the_gap(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"], current_level="4", holder_id=people["chen"])
    (receiver,) = rows(workspace, KnowledgeReceiver)

    with pytest.raises(Refused, match="can't verify his or her own"):
        verify(workspace, project, receiver["id"], people["tang"])
    with pytest.raises(Refused, match="chen holds this knowledge"):
        verify(workspace, project, receiver["id"], people["chen"])
    verify(workspace, project, receiver["id"], people["chen"], witness_id=people["deng"], evidence="KV-1")

    after = stored(workspace, KnowledgeItem, item.id)
    assert (after["status"], after["verified_level"], after["evidence"]) == ("verified", "3", "KV-1")


def test_nobody_verifies_more_than_he_is_known_to_hold(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    a_row(workspace, project, KnowledgeHolder(item_id=item.id, person_id=people["chen"], level="2"))
    (receiver,) = rows(workspace, KnowledgeReceiver)

    with pytest.raises(Refused, match="can't verify more than that"):
        verify(workspace, project, receiver["id"], people["chen"], witness_id=people["deng"])


def test_failed_verification_sends_the_receiver_back(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    an_item(workspace, project, receiver_id=people["tang"], status="demonstrated")
    (receiver,) = rows(workspace, KnowledgeReceiver)

    verify(workspace, project, receiver["id"], people["deng"], result="failed", level="1")

    (after,) = rows(workspace, KnowledgeReceiver)
    assert (after["status"], after["verified_level"]) == ("in_transfer", None)


def test_pass_below_the_pass_mark_is_refused(workspace: Workspace, project: str, people: dict[str, str]) -> None:
    an_item(workspace, project, receiver_id=people["tang"])
    (receiver,) = rows(workspace, KnowledgeReceiver)

    with pytest.raises(NotValid, match="below the pass mark"):
        verify(workspace, project, receiver["id"], people["deng"], score=59.0, pass_mark=60.0)


def test_verification_in_the_bin_counts_no_longer(workspace: Workspace, project: str, people: dict[str, str]) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    (receiver,) = rows(workspace, KnowledgeReceiver)
    proof = verify(workspace, project, receiver["id"], people["deng"])

    with workspace.edit("Delete") as work:
        work.delete(work.get(LevelVerification, proof.id))

    assert stored(workspace, KnowledgeItem, item.id)["status"] == "in_transfer"


@pytest.mark.parametrize("why", ["left", "ran_out"])
def test_gap_is_open_again_on_the_day_on_which_it_no_longer_counts(
    workspace: Workspace, project: str, people: dict[str, str], why: str
) -> None:
    an_item(workspace, project, receiver_id=people["tang"], criticality="5")
    (receiver,) = rows(workspace, KnowledgeReceiver)
    until = TODAY - dt.timedelta(days=1) if why == "ran_out" else None
    on = TODAY - dt.timedelta(days=30)
    verify(workspace, project, receiver["id"], people["deng"], valid_until=until, verified_on=on)
    if why == "left":
        assert found(workspace, KnowledgeItem, KnowledgeItem.open()) == 0
        with workspace.edit("Leaves") as work:
            work.get(Person, people["tang"]).leaves_on = TODAY

    assert found(workspace, KnowledgeItem, KnowledgeItem.open()) == 1
    assert found(workspace, KnowledgeItem, KnowledgeItem.blocking()) == 1
    with workspace.read() as connection:
        assert connection.execute(select(KnowledgeReceiver.lapsed, KnowledgeReceiver.gap)).one() == (why, 3)


def test_gap_is_open_again_once_the_document_of_its_item_has_a_newer_revision(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    manual = a_row(workspace, project, Document(title="Manual")).id
    an_item(workspace, project, receiver_id=people["tang"], document_id=manual)
    (receiver,) = rows(workspace, KnowledgeReceiver)
    a_row(workspace, project, Revision(document_id=manual, code="A", accepted_on=TODAY - dt.timedelta(days=40)))
    verify(workspace, project, receiver["id"], people["deng"], verified_on=TODAY - dt.timedelta(days=30))
    assert found(workspace, KnowledgeItem, KnowledgeItem.open()) == 0

    a_row(workspace, project, Revision(document_id=manual, code="B", accepted_on=TODAY - dt.timedelta(days=2)))

    assert found(workspace, KnowledgeItem, KnowledgeItem.open()) == 1
    with workspace.read() as connection:
        assert connection.execute(select(KnowledgeReceiver.lapsed, KnowledgeReceiver.gap)).one() == ("changed", 3)


def test_item_whose_holders_leave_is_at_risk_with_its_days(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, holder_id=people["chen"], criticality="3")
    change(workspace, stored_person(workspace, people["chen"]), leaves_on=TODAY + dt.timedelta(days=21))
    assert found(workspace, KnowledgeItem, KnowledgeItem.at_risk()) == 1

    with workspace.read() as connection:
        assert connection.scalar(select(KnowledgeItem.days_left)) == 21
    a_row(workspace, project, KnowledgeHolder(item_id=item.id, person_id=people["deng"]))
    assert found(workspace, KnowledgeItem, KnowledgeItem.at_risk()) == 0


def stored_person(workspace: Workspace, key: str) -> Person:
    with workspace.edit("Look") as work:
        return work.get(Person, key)


def test_session_brings_those_who_were_there_on_but_closes_nothing(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    session = a_row(
        workspace, project, TransferSession(title="First watch", item_id=item.id, planned_on=dt.datetime(2026, 5, 1))
    )
    assert found(workspace, TransferSession, TransferSession.unrecorded()) == 1
    with pytest.raises(NotLawful, match="Nobody is recorded"):
        change(workspace, session, status="held")
    for name, there in (("tang", True), ("cao", True), ("deng", False)):
        attendance = SessionAttendance(session_id=session.id, person_id=people[name], attended=there, level="2")
        a_row(workspace, project, attendance)

    change(workspace, session, status="held")

    assert [(r["person_id"], r["status"], r["provisional_level"]) for r in rows(workspace, KnowledgeReceiver)] == [
        (people["tang"], "in_transfer", "2"),
        (people["cao"], "in_transfer", "2"),
    ]


def test_who_has_left_gives_no_session(workspace: Workspace, project: str, people: dict[str, str]) -> None:
    change(workspace, stored_person(workspace, people["chen"]), leaves_on=TODAY)

    with pytest.raises(Refused, match="chen leaves on"):
        a_row(
            workspace,
            project,
            TransferSession(title="Late", giver_id=people["chen"], planned_on=dt.datetime(2026, 5, 21)),
        )


def test_rule_of_two_a_shift_stands_in_the_way_until_there_are_two(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    system = a_row(workspace, project, System(code="10", name="Pumps"))
    item = an_item(workspace, project, system_id=system.id)
    rule = CoverageRule(system_id=system.id, least=2, per_shift=True)
    a_row(workspace, project, rule)
    for n, name in enumerate(("tang", "cao")):
        assert found(workspace, CoverageRule, CoverageRule.blocking()) == 1, n
        receiver = a_row(workspace, project, KnowledgeReceiver(item_id=item.id, person_id=people[name]))
        verify(workspace, project, receiver.id, people["deng"])

    assert found(workspace, CoverageRule, CoverageRule.blocking()) == 0
    a_row(workspace, project, Person(name="night", side="operations", shift="B"))
    with workspace.read() as connection:
        assert connection.execute(select(CoverageRule.short, CoverageRule.state)).one() == (1, "short")


def test_courses_are_no_prerequisites_of_each_other(workspace: Workspace, project: str) -> None:
    first = a_row(workspace, project, TrainingCourse(title="Basics"))
    second = a_row(workspace, project, TrainingCourse(title="More", prerequisite_id=first.id))

    with pytest.raises(Refused, match="prerequisites of each other"):
        change(workspace, first, prerequisite_id=second.id)


def test_course_that_each_shift_needs_is_short_where_too_few_have_passed(workspace: Workspace, project: str) -> None:
    course = a_row(workspace, project, TrainingCourse(title="Fire", least_per_shift=1)).id
    people = [a_row(workspace, project, Person(name=n, side="operations", shift=s)).id for n, s in ("Xa", "Yb", "Zb")]
    record = TrainingRecord(course_id=course, person_id=people[1], status="passed")
    a_row(workspace, project, record)

    with workspace.read() as connection:
        assert connection.scalar(select(TrainingCourse.short_shifts)) == 1
    assert found(workspace, TrainingCourse, TrainingCourse.understaffed()) == 1
    a_row(workspace, project, TrainingRecord(course_id=course, person_id=people[0], status="passed"))
    assert found(workspace, TrainingCourse, TrainingCourse.understaffed()) == 0


@pytest.fixture
def verified(workspace: Workspace, project: str, people: dict[str, str]) -> KnowledgeItem:
    """An item that Tang was verified to know, and that Cao still learns."""
    item = an_item(workspace, project, receiver_id=people["tang"], description="By hand", about="operate")
    (receiver,) = rows(workspace, KnowledgeReceiver)
    verify(workspace, project, receiver["id"], people["deng"], valid_until=TODAY, evidence="KV-1")
    a_row(workspace, project, KnowledgeReceiver(item_id=item.id, person_id=people["cao"], status="planned"))
    return item


def receivers_now(workspace: Workspace) -> list[tuple[str, str | None, str | None]]:
    columns = KnowledgeReceiver.status, KnowledgeReceiver.verified_level, KnowledgeReceiver.lapsed
    with workspace.read() as connection:
        found = connection.execute(select(*columns).order_by(KnowledgeReceiver.id)).all()
    return [(row[0], row[1], row[2]) for row in found]


@pytest.mark.parametrize(
    "said", [{"description": "By the panel"}, {"title": "Stop"}, {"about": "diagnose"}, {"target_level": "4"}]
)
def test_item_that_says_something_else_expires_for_all_who_were_verified(
    workspace: Workspace, verified: KnowledgeItem, said: dict[str, str]
) -> None:
    change(workspace, verified, **said)

    assert receivers_now(workspace) == [("expired", None, "item_changed"), ("planned", None, None)]
    assert stored(workspace, KnowledgeItem, verified.id)["status"] == "expired"
    assert found(workspace, KnowledgeReceiver, KnowledgeReceiver.counted()) == 0
    assert len(rows(workspace, LevelVerification)) == 1


@pytest.mark.parametrize(
    "said", [{"description": "By  hand "}, {"written": "Sheet 4"}, {"criticality": "5"}, {"target_level": "2"}]
)
def test_proofs_stand_where_an_item_says_no_more_than_before(
    workspace: Workspace, verified: KnowledgeItem, said: dict[str, str]
) -> None:
    change(workspace, verified, **said)

    assert receivers_now(workspace)[0] == ("verified", "3", None)


def test_item_that_was_verified_by_all_expires_with_its_change(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"])
    (receiver,) = rows(workspace, KnowledgeReceiver)
    verify(workspace, project, receiver["id"], people["deng"])
    assert stored(workspace, KnowledgeItem, item.id)["status"] == "verified"

    change(workspace, item, title="Start-up with two pumps")

    after = stored(workspace, KnowledgeItem, item.id)
    assert (after["title"], after["status"], after["verified_level"]) == ("Start-up with two pumps", "expired", None)


def test_expiry_goes_with_undo_and_comes_again_with_redo(workspace: Workspace, verified: KnowledgeItem) -> None:
    before = receivers_now(workspace)
    change(workspace, verified, description="By the panel")

    undo(workspace)
    assert receivers_now(workspace) == before
    redo(workspace)
    assert receivers_now(workspace)[0] == ("expired", None, "item_changed")


def test_items_that_an_import_changes_expire_too(workspace: Workspace, project: str, verified: KnowledgeItem) -> None:
    with workspace.edit("Import", project=project, source="import") as work:
        work.update_many(KnowledgeItem, {verified.id: {"description": "By the panel"}})

    assert receivers_now(workspace)[0] == ("expired", None, "item_changed")


def test_who_expired_is_verified_again_by_a_new_verification_alone(
    workspace: Workspace, project: str, people: dict[str, str], verified: KnowledgeItem
) -> None:
    change(workspace, verified, description="By the panel")
    (proof,) = rows(workspace, LevelVerification)

    with workspace.edit("Note") as work:
        work.get(LevelVerification, proof["id"]).notes = "Seen by Deng"
    assert receivers_now(workspace)[0][0] == "expired"
    verify(workspace, project, proof["receiver_id"], people["deng"])

    assert receivers_now(workspace)[0] == ("verified", "3", None)


def test_item_that_expires_by_hand_is_not_told_to_have_changed(workspace: Workspace, verified: KnowledgeItem) -> None:
    with workspace.edit("Expire") as work:
        work.get(KnowledgeReceiver, rows(workspace, KnowledgeReceiver)[0]["id"]).status = "expired"

    assert receivers_now(workspace)[0] == ("expired", None, None)


def test_item_whose_gap_was_accepted_is_not_changed_behind_that(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    item = an_item(workspace, project, receiver_id=people["tang"], status="accepted_gap", accepted_because="On call")

    with pytest.raises(Refused, match="Gap accepted"):
        change(workspace, item, title="Stop")


def test_gap_is_open_again_once_the_procedure_of_its_document_has_a_newer_revision(
    workspace: Workspace, project: str, people: dict[str, str]
) -> None:
    manual = a_row(workspace, project, Document(title="SOP 4")).id
    an_item(workspace, project, receiver_id=people["tang"], document_id=manual)
    (receiver,) = rows(workspace, KnowledgeReceiver)
    verify(workspace, project, receiver["id"], people["deng"], verified_on=TODAY - dt.timedelta(days=30))

    day = TODAY - dt.timedelta(days=2)
    a_row(workspace, project, OperatingProcedure(title="SOP 4", document_id=manual, status="in_force", in_force_on=day))

    assert receivers_now(workspace) == [("verified", "3", "changed")]

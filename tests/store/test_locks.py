"""Rows in a final state are changed by their steps alone, whichever way an act comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from handover.errors import NotLawful, Refused
from handover.model import Document, KnowledgeItem, Member, Person, System, WorkingGroup
from handover.model.documents.revision import Revision
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from handover.store.undo import undo
from tests.domain import a_project, a_row, a_workspace, stored

DOCUMENTS = register("documents")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    return a_project(workspace)


@pytest.fixture
def accepted(workspace: Workspace, project: str) -> Document:
    return a_row(workspace, project, Document(title="Manual", revision="A", status="accepted"))


def by_object(workspace: Workspace, project: str, key: str) -> None:
    with workspace.edit("Edit", project=project) as work:
        work.get(Document, key).revision = "B"


def by_many(workspace: Workspace, project: str, key: str) -> None:
    with workspace.edit("Edit", project=project) as work:
        work.update_many(Document, {key: {"revision": "B"}})


def by_cell(workspace: Workspace, project: str, key: str) -> None:
    editing.change(workspace, DOCUMENTS, project, {key: {"revision": "B"}})


def by_paste(workspace: Workspace, project: str, key: str) -> None:
    editing.paste(workspace, DOCUMENTS, project, {key: {"revision": "B"}}, [])


def by_import(workspace: Workspace, project: str, key: str) -> None:
    editing.change(workspace, DOCUMENTS, project, {key: {"title": "Another"}}, source="import")


def by_deleting(workspace: Workspace, project: str, key: str) -> None:
    editing.delete(workspace, DOCUMENTS, project, [key])


@pytest.mark.parametrize("way", [by_object, by_many, by_cell, by_paste, by_import, by_deleting])
def test_accepted_document_is_not_changed_by_any_way_in(
    workspace: Workspace, project: str, accepted: Document, way: Callable[[Workspace, str, str], None]
) -> None:
    before = stored(workspace, Document, accepted.id)

    with pytest.raises(Refused, match="DOC-0001 is “Accepted by operations” and can't be"):
        way(workspace, project, accepted.id)

    assert stored(workspace, Document, accepted.id) == before


def test_a_list_that_brings_another_revision_adds_it_and_supersedes_the_accepted_one(
    workspace: Workspace, project: str, accepted: Document
) -> None:
    editing.change(workspace, DOCUMENTS, project, {accepted.id: {"revision": "B"}}, source="import")

    after = stored(workspace, Document, accepted.id)
    assert (after["revision"], after["status"]) == ("B", "submitted")
    with workspace.read() as connection:
        held = connection.execute(select(Revision.code, Revision.status).order_by(Revision.number)).all()
    assert [tuple(row) for row in held] == [("A", "superseded"), ("B", "submitted")]


def test_what_stays_open_in_a_locked_row_can_be_changed(workspace: Workspace, project: str, accepted: Document) -> None:
    editing.change(workspace, DOCUMENTS, project, {accepted.id: {"location": "Shelf 4", "notes": "Two copies"}})

    assert stored(workspace, Document, accepted.id)["location"] == "Shelf 4"


@pytest.mark.parametrize("fields", [("revision", "status"), ("status", "revision")])
def test_order_in_which_fields_are_set_changes_nothing(
    workspace: Workspace, project: str, fields: tuple[str, str]
) -> None:
    document = a_row(workspace, project, Document(title="Manual", revision="A", status="issued"))
    values = {"revision": "B", "status": "accepted"}

    editing.change(workspace, DOCUMENTS, project, {document.id: {field: values[field] for field in fields}})

    after = stored(workspace, Document, document.id)
    assert (after["revision"], after["status"]) == ("B", "accepted")
    assert after["accepted_on"] is not None


def test_step_leads_out_of_a_locked_state_and_undo_back_into_it(
    workspace: Workspace, project: str, accepted: Document
) -> None:
    editing.change(workspace, DOCUMENTS, project, {accepted.id: {"status": "cancelled"}})
    undo(workspace)

    assert stored(workspace, Document, accepted.id)["status"] == "accepted"


def test_change_of_state_by_update_many_meets_the_rules_of_its_step(workspace: Workspace, project: str) -> None:
    item = a_row(workspace, project, KnowledgeItem(title="Start-up", status="demonstrated", target_level="3"))

    with pytest.raises(Refused, match="reaches the target"), workspace.edit("Verify", project=project) as work:
        work.update_many(KnowledgeItem, {item.id: {"status": "verified"}})

    assert stored(workspace, KnowledgeItem, item.id)["status"] == "demonstrated"


def test_parts_follow_their_owner(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        group = work.add(WorkingGroup(name="Pumps", status="dissolved"))
        person = work.add(Person(name="Li Na"))
    with pytest.raises(Refused, match="what belongs to it can't be changed"):
        a_row(workspace, project, Member(group_id=group.id, person_id=person.id))
    with pytest.raises(Refused, match="JWG-0001"), workspace.edit("Many", project=project) as work:
        work.insert_many(Member, [{"group_id": group.id, "person_id": person.id}])


def test_nothing_becomes_part_of_a_row_in_the_bin(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        group = work.add(WorkingGroup(name="Pumps"))
        person = work.add(Person(name="Li Na"))
    editing.delete(workspace, register("groups"), project, [group.id])

    with pytest.raises(Refused, match="JWG-0001 is in the bin"):
        a_row(workspace, project, Member(group_id=group.id, person_id=person.id))


def test_system_of_operations_keeps_its_number_and_can_change_its_lead(workspace: Workspace, project: str) -> None:
    system = a_row(workspace, project, System(code="10", name="Pumps", custody="operations"))
    lead = a_row(workspace, project, Person(name="Li Na"))

    editing.change(workspace, register("systems"), project, {system.id: {"operations_lead": lead.id}})
    with pytest.raises(NotLawful, match="can't be changed"):
        editing.change(workspace, register("systems"), project, {system.id: {"code": "11"}})

"""The unit of work: whole or not at all, by the rules, and every reference given once."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import Connection, func, select

from handover.errors import HandoverError, NotLawful, NotValid
from handover.model import Document, KnowledgeItem, Member, Organisation, Person, Project, System, Task, TaskLink
from handover.model import WorkingGroup as Group
from handover.store import Workspace, undo
from handover.store.checking.check import check
from handover.store.history import recent
from tests.domain import a_project, a_row, contents, stored


def titles(workspace: Workspace) -> list[str]:
    with workspace.read() as connection:
        return list(connection.scalars(select(Document.title).where(Document.deleted_at.is_(None)).order_by("ref")))


# -- whole or not at all ----------------------------------------------------------------------------------------------


def test_act_that_fails_leaves_nothing(workspace: Workspace, project: str) -> None:
    before, told = contents(workspace.path), []
    workspace.on_change(told.append)

    with pytest.raises(RuntimeError), workspace.edit("Import", project=project) as work:
        work.add(Document(title="One"))
        work.insert_many(Document, [{"title": "Two"}])
        raise RuntimeError

    assert contents(workspace.path) == before
    assert told == []


def test_act_that_breaks_a_rule_names_the_field_and_leaves_nothing(workspace: Workspace, project: str) -> None:
    before = contents(workspace.path)

    with pytest.raises(NotValid, match="must be filled in") as caught, workspace.edit("Add", project=project) as work:
        work.add(Document(title="Good"))
        work.add(Document(title="  "))

    assert caught.value.field == "title"
    assert contents(workspace.path) == before


def test_act_without_a_change_is_not_logged(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))
    acts, told = len(recent(workspace, None)), []
    workspace.on_change(told.append)

    with workspace.edit("Rename", project=project) as work:
        work.get(Document, row.id).title = "Manual"

    assert len(recent(workspace, None)) == acts
    assert told == []


def test_listeners_learn_which_tables_changed_until_they_leave(workspace: Workspace, project: str) -> None:
    told: list[frozenset[str]] = []
    leave = workspace.on_change(told.append)

    a_row(workspace, project, Document(title="Manual"))
    with workspace.edit("Add many", project=project) as work:
        work.insert_many(Task, [{"name": "Pump test"}])
        work.add(Person(name="Li Na"))
    leave()
    a_row(workspace, project, Document(title="Another"))

    assert told == [frozenset({"document"}), frozenset({"task", "person"})]


def test_changed_dates_and_choices_come_back_as_they_were_entered(workspace: Workspace, project: str) -> None:
    day, moment = dt.date(2028, 2, 29), dt.datetime(2026, 3, 8, 2, 30)
    document = a_row(workspace, project, Document(title="Manual", due_on=day))
    task = a_row(workspace, project, Task(name="Pump test", start=moment, finish=dt.datetime(2026, 3, 9)))

    with workspace.edit("Look", project=project) as work:
        assert work.get(Document, document.id).due_on == day
        assert work.get(Task, task.id).start == moment
    assert stored(workspace, Task, task.id)["finish"] == "2026-03-09"


def test_row_that_is_gone_is_told(workspace: Workspace, project: str) -> None:
    with pytest.raises(NotValid, match="no longer exists"), workspace.edit("Rename", project=project) as work:
        work.get(Document, "0" * 32)


def test_row_needs_a_project(workspace: Workspace) -> None:
    with pytest.raises(NotValid, match="Choose a project"), workspace.edit("Add") as work:
        work.add(Document(title="Manual"))


def test_second_project_of_the_same_code_is_refused_in_plain_words(workspace: Workspace, project: str) -> None:
    with pytest.raises(NotValid, match="must be unique") as caught:
        a_project(workspace, "P1")

    assert caught.value.field == "code"
    assert len(workspace.projects()) == 1


# -- references -------------------------------------------------------------------------------------------------------


def test_references_count_on_within_and_between_acts(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        one, two = work.add(Document(title="1")), work.add(Document(title="2"))
        many = work.insert_many(Document, [{"title": "3"}, {"title": "4"}])
        task = work.add(Task(name="Pump test"))
    five = a_row(workspace, project, Document(title="5"))

    assert [one.ref, two.ref, *many, five.ref] == [f"DOC-000{n}" for n in range(1, 6)]
    assert task.ref == "TSK-0001"


def test_each_project_counts_for_itself(workspace: Workspace, project: str) -> None:
    other = a_project(workspace, "P2")
    a_row(workspace, project, Document(title="1"))

    assert a_row(workspace, other, Document(title="1")).ref == "DOC-0001"


def test_reference_is_not_reused_after_undo_or_removal(workspace: Workspace, project: str) -> None:
    first = a_row(workspace, project, Document(title="1"))
    undo(workspace)
    second = a_row(workspace, project, Document(title="2"))
    with workspace.edit("Empty the bin", project=project) as work:
        work.remove(Document, [second.id])
    third = a_row(workspace, project, Document(title="3"))

    assert [first.ref, second.ref, third.ref] == ["DOC-0001", "DOC-0002", "DOC-0003"]


def test_reference_survives_ten_thousand(workspace: Workspace, project: str) -> None:
    with workspace.edit("Import", project=project) as work:
        refs = work.insert_many(Document, [{"title": str(n)} for n in range(10_001)])

    assert (refs[0], refs[-1]) == ("DOC-0001", "DOC-10001")


# -- many rows at once ------------------------------------------------------------------------------------------------


def test_many_rows_get_the_defaults_of_one(workspace: Workspace, project: str) -> None:
    one = a_row(workspace, project, Document(title="One"))
    with workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": "Many", "due_on": dt.date(2026, 5, 4)}])
    with workspace.read() as connection:
        key = connection.scalar(select(Document.id).where(Document.title == "Many"))

    expected = {**stored(workspace, Document, one.id), "title": "Many", "ref": "DOC-0002", "due_on": "2026-05-04"}
    assert {**stored(workspace, Document, str(key)), "id": one.id} == expected


def test_indices_wait_only_while_many_rows_come(workspace: Workspace, project: str) -> None:
    def indices(connection: Connection) -> set[str]:
        return set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type='index'").scalars())

    with workspace.read() as connection:
        before = indices(connection)
    rows = [{"title": str(n)} for n in range(5_000)]

    with (
        pytest.raises(RuntimeError),
        workspace.edit("Import", project=project) as work,
        work.loading(Document, len(rows)),
    ):
        work.insert_many(Document, rows)
        assert "ix_document_system_id" not in indices(work.session.connection())
        raise RuntimeError
    with workspace.read() as connection:
        assert indices(connection) == before
        assert connection.scalar(select(func.count(Document.id))) == 0

    with workspace.edit("Import", project=project) as work, work.loading(Document, len(rows)):
        work.insert_many(Document, rows)
    with workspace.read() as connection:
        assert indices(connection) == before
    assert check(workspace.path) == []

    with workspace.edit("Import", project=project) as work, work.loading(Document, 4_999):
        assert indices(work.session.connection()) == before


def test_update_of_many_rows_counts_only_real_changes(workspace: Workspace, project: str) -> None:
    rows = [a_row(workspace, project, Document(title=str(n), copies=1)) for n in range(3)]

    with workspace.edit("Set copies", project=project) as work:
        changed = work.update_many(
            Document, {row.id: {"copies": n, "due_on": None} for n, row in enumerate(rows)} | {"gone": {"copies": 9}}
        )

    assert changed == 2
    assert [stored(workspace, Document, row.id)["copies"] for row in rows] == [0, 1, 2]


def test_update_of_a_field_that_is_a_word_of_sql(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Task(name="Pump test"))

    with workspace.edit("Constrain", project=project) as work:
        work.update_many(Task, {row.id: {"constraint": "mso"}})

    assert stored(workspace, Task, row.id)["constraint"] == "mso"


def test_rows_of_one_act_may_name_each_other_in_any_order(workspace: Workspace, project: str) -> None:
    with workspace.edit("Import", project=project) as work:
        work.insert_many(Task, [{"id": "a" * 32, "name": "Part", "parent_id": "b" * 32}])
        work.insert_plain(TaskLink, [{"predecessor_id": "a" * 32, "successor_id": "b" * 32, "kind": "FS", "lag": 0,
                                      "lag_unit": "working"}])  # fmt: skip
        work.insert_many(Task, [{"id": "b" * 32, "name": "Whole", "kind": "summary"}])

    assert stored(workspace, Task, "a" * 32)["parent_id"] == "b" * 32


def test_link_to_a_row_that_is_not_there_leaves_nothing(workspace: Workspace, project: str) -> None:
    before = contents(workspace.path)

    with pytest.raises(HandoverError), workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": "Manual", "system_id": "f" * 32}])

    assert contents(workspace.path) == before


def test_row_that_others_refer_to_is_not_removed_for_good(workspace: Workspace, project: str) -> None:
    system = a_row(workspace, project, System(code="10", name="Pumps"))
    a_row(workspace, project, Document(title="Manual", system_id=system.id))

    with pytest.raises(NotLawful, match="still refer"), workspace.edit("Empty the bin", project=project) as work:
        work.remove(System, [system.id])

    assert stored(workspace, System, system.id)


def test_removal_counts_what_went(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))

    with workspace.edit("Empty the bin", project=project) as work:
        assert work.remove(Document, [row.id, "gone"]) == 1

    assert stored(workspace, Document, row.id) == {}


# -- the bin ----------------------------------------------------------------------------------------------------------


def a_group_of_two(workspace: Workspace, project: str) -> tuple[Group, list[Member]]:
    with workspace.edit("Add", project=project) as work:
        group = work.add(Group(name="Pumps"))
        people = [work.add(Person(name=name)) for name in ("Li Na", "Wang Wei")]
        return group, [work.add(Member(group_id=group.id, person_id=person.id)) for person in people]


def binned(workspace: Workspace, *rows: Member | Group | Task | Document) -> list[bool]:
    return [stored(workspace, type(row), row.id)["deleted_at"] is not None for row in rows]


def test_group_goes_to_the_bin_with_its_members_and_comes_back(workspace: Workspace, project: str) -> None:
    group, members = a_group_of_two(workspace, project)

    with workspace.edit("Delete", project=project) as work:
        assert work.delete(work.get(Group, group.id)) == 3
    assert binned(workspace, group, *members) == [True, True, True]

    with workspace.edit("Restore", project=project) as work:
        assert work.restore(work.get(Group, group.id)) == 3
    assert binned(workspace, group, *members) == [False, False, False]


def test_member_deleted_before_stays_in_the_bin_when_the_group_comes_back(workspace: Workspace, project: str) -> None:
    group, (first, second) = a_group_of_two(workspace, project)
    with workspace.edit("Delete", project=project) as work:
        row = work.get(Member, first.id)
        work.delete(row)
        row.deleted_at = "2026-01-01T00:00:00.000+00:00"  # well before the group
    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(Group, group.id))

    with workspace.edit("Restore", project=project) as work:
        work.restore(work.get(Group, group.id))

    assert binned(workspace, group, first, second) == [False, True, False]


def test_member_is_not_restored_without_its_group(workspace: Workspace, project: str) -> None:
    group, (first, _) = a_group_of_two(workspace, project)
    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(Group, group.id))

    with pytest.raises(NotLawful, match=f"{first.ref} belongs to {group.ref}"), workspace.edit("Restore") as work:
        work.restore(work.get(Member, first.id))

    assert binned(workspace, first) == [True]


def test_summary_task_goes_with_all_that_is_below_it(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        top = work.add(Task(name="Top", kind="summary"))
        middle = work.add(Task(name="Middle", kind="summary", parent_id=top.id))
        low, beside = work.add(Task(name="Low", parent_id=middle.id)), work.add(Task(name="Beside"))

    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(Task, top.id))

    assert binned(workspace, top, middle, low, beside) == [True, True, True, False]


def test_outline_that_leads_back_to_itself_is_deleted_all_the_same(workspace: Workspace, project: str) -> None:
    first, second = (a_row(workspace, project, Task(name=name)) for name in "ab")
    with workspace.edit("Tangle", project=project) as work:
        work.update_many(Task, {first.id: {"parent_id": second.id}, second.id: {"parent_id": first.id}})

    with workspace.edit("Delete", project=project) as work:
        assert work.delete(work.get(Task, first.id)) == 2


def test_document_of_a_deleted_system_stays(workspace: Workspace, project: str) -> None:
    system = a_row(workspace, project, System(code="10", name="Pumps"))
    document = a_row(workspace, project, Document(title="Manual", system_id=system.id))

    with workspace.edit("Delete", project=project) as work:
        work.delete(work.get(System, system.id))

    assert binned(workspace, document) == [False]
    assert titles(workspace) == ["Manual"]


# -- closed projects --------------------------------------------------------------------------------------------------


def close(workspace: Workspace, project: str) -> None:
    with workspace.edit("Close", project=project) as work:
        row = work.get(Project, project)
        for status in ("active", "handed_over", "in_aftercare", "closed"):
            row.status = status


def test_closed_project_refuses_every_change(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))
    close(workspace, project)
    before = contents(workspace.path)

    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Add", project=project) as work:
        work.add(Document(title="Late"))
    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Rename") as work:
        work.get(Document, row.id).title = "Late"
    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Rename") as work:
        work.get(Project, project).name = "Late"
    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Import", project=project) as work:
        work.insert_many(Document, [{"title": "Late"}])
    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Set") as work:
        work.update_many(Document, {row.id: {"title": "Late"}})
    with pytest.raises(NotLawful, match="P1 is closed"), workspace.edit("Remove") as work:
        work.remove(Document, [row.id])

    assert contents(workspace.path) == before


def test_closed_project_does_not_close_its_neighbour(workspace: Workspace, project: str) -> None:
    other = a_project(workspace, "P2")
    close(workspace, project)

    assert a_row(workspace, other, Document(title="Manual")).ref == "DOC-0001"


def test_closing_can_be_undone(workspace: Workspace, project: str) -> None:
    close(workspace, project)

    undo(workspace)

    assert workspace.project("P1").status == "planned"


# -- rules inside an act ----------------------------------------------------------------------------------------------


def test_unlawful_transition_leaves_nothing_of_the_act(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Document(title="Manual"))

    with pytest.raises(NotLawful), workspace.edit("Accept", project=project) as work:
        document = work.get(Document, row.id)
        document.title = "Changed"
        document.status = "accepted"

    assert titles(workspace) == ["Manual"]


def test_consequence_is_stored_and_logged_with_its_cause(workspace: Workspace, project: str) -> None:
    row = a_row(workspace, project, Task(name="Pump test", finish=dt.datetime(2026, 1, 2)))

    with workspace.edit("Report", project=project) as work:
        work.get(Task, row.id).percent = 1.0

    assert stored(workspace, Task, row.id)["actual_finish"] == "2026-01-02"
    undo(workspace)
    after = stored(workspace, Task, row.id)
    assert (after["percent"], after["actual_finish"]) == (None, None)


def test_new_row_may_start_in_any_state(workspace: Workspace, project: str) -> None:
    item = a_row(workspace, project, KnowledgeItem(title="Start-up", status="in_transfer"))
    organisation = a_row(workspace, project, Organisation(name="Plant"))

    assert stored(workspace, KnowledgeItem, item.id)["status"] == "in_transfer"
    assert organisation.ref == "ORG-0001"

import datetime as dt

import pytest

from handover.errors import NotLawful, NotValid
from handover.registers import outline
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.query import Query, count, one
from handover.store.undo import redo, undo, undo_label
from tests.registers.conftest import Site

DOCUMENTS, TASKS, SYSTEMS = register("documents"), register("tasks"), register("systems")


def value(site: Site, key: str, row: str, field: str) -> object:
    listed = register(key)
    with site.workspace.read() as connection:
        found = one(connection, listed, row)
    return found.values[[f.field for f in listed.fields].index(field)]


def test_a_change_is_one_act_with_a_name(site: Site) -> None:
    editing.change(site.workspace, DOCUMENTS, site.project, {site.ids["late"]: {"title": "Manual", "pages": 12}})
    assert value(site, "documents", site.ids["late"], "pages") == 12
    step = undo_label(site.workspace)
    assert step is not None
    assert step.label == "Change 2 cells of Documents"
    undo(site.workspace)
    assert value(site, "documents", site.ids["late"], "title") == "Welding manual"
    redo(site.workspace)
    assert value(site, "documents", site.ids["late"], "title") == "Manual"


def test_an_act_on_one_row_is_not_told_as_one_on_many(site: Site) -> None:
    def last() -> str:
        step = undo_label(site.workspace)
        assert step is not None
        return step.label

    late, first = site.ids["late"], site.ids["first"]
    copies = editing.duplicate(site.workspace, DOCUMENTS, site.project, [late])
    assert last() == "Duplicate a row of Documents"
    editing.delete(site.workspace, DOCUMENTS, site.project, copies)
    assert last() == "Delete a row of Documents"
    editing.restore(site.workspace, DOCUMENTS, site.project, copies)
    assert last() == "Restore a row of Documents"
    outline.move_by(site.workspace, site.project, [first], 1)
    assert last() == "Move a task"
    editing.delete(site.workspace, DOCUMENTS, site.project, [late, *copies])
    assert last() == "Delete 2 rows of Documents"


def test_an_unlawful_state_changes_nothing(site: Site) -> None:
    with pytest.raises(NotLawful, match="Submitted"):
        editing.change(
            site.workspace, DOCUMENTS, site.project, {site.ids["late"]: {"title": "X", "status": "accepted"}}
        )
    assert value(site, "documents", site.ids["late"], "title") == "Welding manual"
    with pytest.raises(NotLawful, match="by a signed certificate alone"):
        editing.change(site.workspace, SYSTEMS, site.project, {site.ids["weld"]: {"custody": "commissioning"}})
    assert value(site, "systems", site.ids["weld"], "custody") == "constructor"


def test_what_is_computed_can_not_be_set(site: Site) -> None:
    with pytest.raises(NotValid, match="follows") as refused:
        editing.change(site.workspace, TASKS, site.project, {site.ids["first"]: {"status": "completed"}})
    assert refused.value.field == "status"


def test_rows_are_added_copied_binned_and_brought_back(site: Site) -> None:
    made = editing.add(site.workspace, DOCUMENTS, site.project, {"title": "Spare parts list"})
    copies = editing.duplicate(site.workspace, DOCUMENTS, site.project, [made, site.ids["late"]])
    assert value(site, "documents", copies[1], "title") == "Welding manual"
    assert value(site, "documents", copies[1], "status") == "placeholder"
    assert editing.delete(site.workspace, DOCUMENTS, site.project, copies) == 2
    assert editing.delete(site.workspace, DOCUMENTS, site.project, copies) == 0
    with site.workspace.read() as connection:
        assert count(connection, DOCUMENTS, site.project, Query(bin=True)) == 2
    assert editing.restore(site.workspace, DOCUMENTS, site.project, copies) == 2
    with pytest.raises(NotValid):
        editing.add(site.workspace, DOCUMENTS, site.project, {"number": "no title"})


def test_typed_cells_are_judged_before_anything_is_stored(site: Site) -> None:
    with site.workspace.read() as connection:
        good, bad = editing.check(
            connection,
            DOCUMENTS,
            site.project,
            {site.ids["late"]: {"pages": "12", "due_on": "soon", "status": "accepted", "title": ""}},
        )
    assert good == {site.ids["late"]: {"pages": 12}}
    assert {r.field for r in bad} == {"due_on", "status", "title"}
    assert all(str(r.reason) for r in bad)


def test_two_of_start_finish_and_duration_give_the_third(site: Site) -> None:
    first = site.ids["first"]
    editing.change(site.workspace, TASKS, site.project, {first: {"duration": 5 * 480}})
    assert value(site, "tasks", first, "finish") == dt.datetime(2026, 11, 20)
    editing.change(site.workspace, TASKS, site.project, {first: {"start": dt.datetime(2026, 11, 19)}})
    assert value(site, "tasks", first, "finish") == dt.datetime(2026, 11, 25)  # over a weekend
    editing.change(site.workspace, TASKS, site.project, {first: {"finish": dt.datetime(2026, 11, 23)}})
    assert value(site, "tasks", first, "duration") == 3 * 480


def test_predecessors_are_set_changed_and_taken_away(site: Site) -> None:
    first, second = site.ids["first"], site.ids["second"]
    editing.change(site.workspace, TASKS, site.project, {second: {"predecessors": [(first, "FS", 480.0, "working")]}})
    assert value(site, "tasks", second, "predecessors") == "TSK-0001FS+1d"
    editing.change(site.workspace, TASKS, site.project, {second: {"predecessors": [(first, "SS", 0.0, "working")]}})
    assert value(site, "tasks", second, "predecessors") == "TSK-0001SS"
    with pytest.raises(NotValid, match="itself"):
        editing.change(
            site.workspace, TASKS, site.project, {second: {"predecessors": [(second, "FS", 0.0, "working")]}}
        )
    editing.change(site.workspace, TASKS, site.project, {second: {"predecessors": []}})
    assert value(site, "tasks", second, "predecessors") == ""
    undo(site.workspace)
    assert value(site, "tasks", second, "predecessors") == "TSK-0001SS"


def test_a_new_task_lands_below_the_one_it_follows(site: Site) -> None:
    made = editing.add(site.workspace, TASKS, site.project, {"name": "Between"}, after=site.ids["first"])
    inner = editing.add(site.workspace, TASKS, site.project, {"name": "Inner", "parent": site.ids["first"]})
    with site.workspace.read() as connection:
        from handover.registers.query import every

        names = [r.values[0] for r in every(connection, TASKS, site.project, None, [TASKS["name"]])]
    assert names == ["Power on", "Inner", "Between", "Dry run", "Ready"]
    assert value(site, "tasks", site.ids["first"], "kind") == "summary"
    editing.change(site.workspace, TASKS, site.project, {made: {"parent": inner}})
    with pytest.raises(NotLawful, match="itself"):
        editing.change(site.workspace, TASKS, site.project, {site.ids["first"]: {"parent": made}})


@pytest.mark.parametrize("state_first", [True, False])
def test_the_order_of_fields_changes_nothing(site: Site, state_first: bool) -> None:
    knowledge, people = register("knowledge"), register("people")
    trainer = editing.add(site.workspace, people, site.project, {"name": "Trainer"})
    gap = editing.add(site.workspace, knowledge, site.project, {"title": "Black start", "target_level": "3"})
    for state in ("planned", "in_transfer", "demonstrated"):
        editing.change(site.workspace, knowledge, site.project, {gap: {"status": state}})
    fields = {"verified_level": "3", "verified_by": trainer}

    verified = {"status": "verified", **fields} if state_first else {**fields, "status": "verified"}
    editing.change(site.workspace, knowledge, site.project, {gap: verified})

    assert value(site, "knowledge", gap, "status") == "verified"


def test_what_a_register_is_follows_from_its_rows() -> None:
    assert (TASKS.outline, TASKS.links) == (True, "task_link")
    assert (SYSTEMS.outline, SYSTEMS.links) == (False, "")

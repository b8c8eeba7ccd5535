"""A list that comes back changes rows and doubles none; what two sides changed is shown, not overwritten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handover.errors import NotValid
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.importing.apply import apply
from handover.exchange.importing.rehearse import rehearse_table
from handover.exchange.lists.import_file import open_import
from handover.model import Project
from handover.pack.produce import export_register
from handover.registers.acts.editing import change
from handover.registers.catalogue import register
from handover.registers.query import Query, every
from handover.store.workspace import Workspace
from tests.exchange.trying import PLAN, a_file, imported, links, outcomes, reasons, rows_of, the_project, tried

DOCUMENTS: tuple[tuple[Any, ...], ...] = (
    ("Document no.", "Title", "Rev", "Pages"),
    ("D-1", "Manual", "A", 10),
    ("D-2", "Drawing", "A", 2),
    ("D-3", "Test report", "A", 5),
)


def an_export(workspace: Workspace, folder: Path, key: str = "documents", language: str = "en", **query: Any) -> Path:
    path = folder / f"{key}.xlsx"
    asked = Query(**query) if query else None
    export_register(workspace, the_project(workspace), register(key), path, query=asked, language=language)
    return path


def fill_in(path: Path, cells: dict[str, Any]) -> None:
    """What a supplier types into the export, by heading and row: ``{"Rev.2": "B"}``."""
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.max_column > 5 and s.sheet_state == "visible")
    column_of = {str(c.value): c.column for c in sheet[1]}
    for place, value in cells.items():
        heading, _, row = place.rpartition(".")
        sheet.cell(int(row), column_of[heading], value)
    book.save(path)


def edit(workspace: Workspace, key: str, number: str, **values: Any) -> None:
    target = register(key)
    with workspace.read() as connection:
        rows = list(every(connection, target, the_project(workspace).id, fields=[target[target.display[0]]]))
    row = next(r for r in rows if r.values[0] == number)
    change(workspace, target, the_project(workspace).id, {row.id: values})


def test_the_same_list_again_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    imported(workspace, path)
    run = tried(workspace, path)
    assert set(outcomes(run).values()) == {"unchanged"}
    assert not run.changes_anything


def test_an_export_with_an_outline_shows_every_cell(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task Name", "Part of"), ("Line 1", None), ("Flush", "Line 1"), ("Fill", "Line 1"))
    imported(workspace, a_file(tmp_path, rows), register="tasks")
    run = tried(workspace, an_export(workspace, tmp_path, "tasks"))
    shown = [run.cells(place).get("parent", "") for place in range(3)]
    assert shown[0] == "" and all("Line 1" in text for text in shown[1:])


def test_a_changed_list_shows_old_and_new_field_by_field(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    again = [list(row) for row in PLAN]
    again[2][3], again[3][6] = "6 days", "2SS"
    run = tried(workspace, a_file(tmp_path, again, "again.xlsx"))
    assert outcomes(run) == {2: "unchanged", 3: "changed", 4: "changed", 5: "unchanged"}
    (duration,) = run.verdicts[1].changes
    assert (duration.field, duration.old_text, duration.new_text) == ("duration", "5 d", "6 d")
    (predecessors,) = run.verdicts[2].changes
    assert (predecessors.old_text, predecessors.new_text) == ("TSK-0002FS+2d", "TSK-0002SS")


def test_a_row_put_in_between_shifts_numbers_and_doubles_nothing(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    again = [list(row) for row in PLAN]
    again.insert(3, [3, "1.2", "Grease the pumps", "1 day", None, None, None, None, 0])
    again[4][:2], again[5][:2] = [4, "1.3"], [5, "2"]
    again[5][6] = "4"
    report = imported(workspace, a_file(tmp_path, again, "again.xlsx"))
    assert (report.new, report.unchanged) == (1, 3 - 1)
    names = [name for (name,) in rows_of(workspace, "tasks", "name")]
    assert names == ["Commissioning", "Check the pumps", "Grease the pumps", "Run the pumps", "Handed over"]


def test_another_list_with_the_same_codes_and_a_name_in_common_is_new(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    other = (("WBS", "Task Name", "Duration"), ("1", "Electrics", None), ("1.1", "Lay cables", "3 d"),
             ("1.2", "Test cables", "1 d"), ("1.3", "Energise", "1 d"), ("2", "Handed over", "0 d"))  # fmt: skip
    run = tried(workspace, a_file(tmp_path, other, "electrics.xlsx"))
    assert run.rows["new"] == 5
    assert run.missing == []


def test_an_empty_cell_leaves_a_field_and_a_mark_empties_it(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    again = (DOCUMENTS[0], ("D-1", "Manual", None, None), ("D-2", "Drawing", "清空", "{NULL}"))
    imported(workspace, a_file(tmp_path, again, "again.xlsx"), register="documents")
    rows = rows_of(workspace, "documents", "number", "revision", "pages")
    assert rows[:2] == [("D-1", "A", 10), ("D-2", None, None)]


@pytest.mark.parametrize(("on_missing", "inactive"), [("keep", None), ("drop", True)])
def test_what_disappeared_is_kept_or_marked_and_never_deleted(
    workspace: Workspace, tmp_path: Path, on_missing: str, inactive: bool | None
) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    shorter = a_file(tmp_path, PLAN[:-1], "again.xlsx")
    run = tried(workspace, shorter, on_missing=on_missing)
    assert [m.name for m in run.missing] == ["Handed over"]
    apply(run, workspace)
    assert rows_of(workspace, "tasks", "name", "inactive")[-1] == ("Handed over", inactive)


@pytest.mark.parametrize("language", ["en", "zh", "both"])
@pytest.mark.parametrize("key", ["tasks", "documents"])
def test_an_export_comes_back_unchanged(workspace: Workspace, tmp_path: Path, key: str, language: str) -> None:
    imported(workspace, a_file(tmp_path, PLAN if key == "tasks" else DOCUMENTS), register=key)
    run = tried(workspace, an_export(workspace, tmp_path, key, language), register=key)
    assert run.file.origin.program == "handover"
    assert set(outcomes(run).values()) == {"unchanged"}


def test_only_what_the_supplier_changed_changes(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    path = an_export(workspace, tmp_path)
    fill_in(path, {"Revision.2": "B"})
    edit(workspace, "documents", "D-1", pages=11)
    edit(workspace, "documents", "D-2", pages=3)
    imported(workspace, path, register="documents")
    rows = rows_of(workspace, "documents", "number", "revision", "pages")
    assert rows == [("D-1", "B", 11), ("D-2", "A", 3), ("D-3", "A", 5)]


def test_a_cell_that_both_sides_changed_is_a_conflict_with_both_values(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    path = an_export(workspace, tmp_path)
    fill_in(path, {"Revision.2": "B"})
    edit(workspace, "documents", "D-1", revision="C")
    run = tried(workspace, path, register="documents")
    (verdict,) = run.of("conflict")
    (both,) = verdict.changes
    assert (verdict.row, verdict.conflicts) == (2, ("revision",))
    assert (both.base_text, both.old_text, both.new_text) == ("A", "C", "B")
    apply(run, workspace)
    assert rows_of(workspace, "documents", "revision")[0] == ("C",)


def test_a_conflict_can_be_settled_for_the_file(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    path = an_export(workspace, tmp_path)
    fill_in(path, {"Revision.2": "B"})
    edit(workspace, "documents", "D-1", revision="C")
    file = open_import(path)
    choice = file.best(register("documents"))
    options = ImportOptions(resolved={(2, "revision"): "file"})
    run = rehearse_table(workspace, the_project(workspace), file, choice, options)
    assert outcomes(run)[2] == "changed"
    apply(run, workspace)
    assert rows_of(workspace, "documents", "revision")[0] == ("B",)


def test_control_characters_that_were_stored_before_are_no_change(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    edit(workspace, "documents", "D-1", title="Man\x01ual\r\nthree")
    run = tried(workspace, an_export(workspace, tmp_path), register="documents")
    assert run.rows["unchanged"] == run.total


def test_all_conflicts_can_be_settled_at_once_and_say_what_stays(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    path = an_export(workspace, tmp_path)
    fill_in(path, {"Revision.2": "B"})
    edit(workspace, "documents", "D-1", revision="C")
    (verdict,) = tried(workspace, path, register="documents").of("conflict")
    assert verdict.why == ("Revision: both sides changed “A” since the export; our “C” stays, “B” isn't taken")
    run = tried(workspace, path, register="documents", conflicts="theirs")
    assert outcomes(run)[2] == "changed"
    assert run.verdict(run.place_of(2)).why == "Revision: C → B"
    with pytest.raises(NotValid, match="ours or theirs"):
        tried(workspace, path, register="documents", conflicts="file")


def test_rows_that_a_filtered_export_left_out_are_not_missing(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, DOCUMENTS), register="documents")
    path = an_export(workspace, tmp_path, text="Manual")
    run = tried(workspace, path, register="documents", on_missing="drop")
    assert run.rows["unchanged"] == 1
    assert run.missing == []
    assert any(str(n).startswith("The export was filtered: 2 rows of the register") for n in run.notices)


def test_links_that_only_we_changed_stay_ours(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    path = an_export(workspace, tmp_path, "tasks")
    with workspace.read() as connection:
        rows = list(every(connection, register("tasks"), the_project(workspace).id, fields=[register("tasks")["name"]]))
    ids = {row.values[0]: row.id for row in rows}
    links = [(ids["Check the pumps"], "SS", 0.0, "working")]
    change(workspace, register("tasks"), the_project(workspace).id, {ids["Handed over"]: {"predecessors": links}})
    run = tried(workspace, path)
    assert set(outcomes(run).values()) == {"unchanged"}


def test_a_task_moved_to_another_phase_is_the_same_task(workspace: Workspace, tmp_path: Path) -> None:
    head = ("Phase", "Task Name", "Start")
    rows = (
        ("A", "Check", datetime(2026, 3, 5)),
        ("B", "Run", datetime(2026, 3, 6)),
        ("B", "Stop", datetime(2026, 3, 7)),
    )
    imported(workspace, a_file(tmp_path, (head, *rows)))
    moved = (rows[0], ("A", *rows[1][1:]), rows[2])
    run = tried(workspace, a_file(tmp_path, (head, *moved), "again.xlsx"))
    assert outcomes(run) == {2: "unchanged", 3: "changed", 4: "unchanged"}
    assert [(c.field, c.old_text, c.new_text) for c in run.verdicts[1].changes] == [("parent", "B", "A")]


def test_an_export_of_another_project_keeps_its_links_among_its_own_rows(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    path = an_export(workspace, tmp_path, "tasks")
    there = links(workspace)
    with Workspace.create(tmp_path / "other.handover") as other:
        with other.edit("Start") as work:
            work.add(Project(code="O", name="Other"))
        imported(other, a_file(tmp_path, (("Task Name",), ("Ours",), ("Ours too",)), "ours.xlsx"))
        run = tried(other, path)
        assert set(outcomes(run).values()) == {"new"}
        apply(run, other)
        assert links(other) == there
        assert set(outcomes(tried(other, path)).values()) == {"unchanged"}


def test_an_export_of_another_project_without_a_predecessor_links_to_none_of_ours(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    path = an_export(workspace, tmp_path, "tasks")
    book = load_workbook(path)
    sheet = next(s for s in book.worksheets if s.max_column > 5 and s.sheet_state == "visible")
    sheet.delete_rows(3)  # what the row below it waits for
    book.save(path)
    with Workspace.create(tmp_path / "other.handover") as other:
        with other.edit("Start") as work:
            work.add(Project(code="O", name="Other"))
        imported(other, a_file(tmp_path, (("Task Name",), ("Ours",), ("Ours too",)), "ours.xlsx"))
        run = tried(other, path)
        assert set(outcomes(run).values()) == {"new"} and any("no task" in why for why in reasons(run).values())

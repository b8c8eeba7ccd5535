"""A COBie workbook is one import: its sheets refer to each other, one undo takes all of it back."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.exchange.cobie.book import read_cobie
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.command import rehearse
from handover.exchange.importing.reports import past_imports, report_lines
from handover.exchange.importing.summary import as_json, sentences
from handover.exchange.lists.import_file import open_import
from handover.store import Workspace
from handover.store.undo import undo
from tests.exchange.cobie.cobie_book import BY, SHEETS, Rows, cobie_workbook
from tests.exchange.trying import imported, links, outcomes, reasons, rows_of, the_project

TAKEN = ["Contact", "System", "Component", "Document", "Job"]


def rehearsed(workspace: Workspace, path: Path) -> SheetsDryRun:
    run = rehearse(workspace, the_project(workspace), path)
    assert isinstance(run, SheetsDryRun)
    return run


def told(run: SheetsDryRun, sheet: str) -> tuple[dict[int, str], dict[int, str]]:
    found = next(r for r in run.runs if r.file.sheet == sheet)
    return dict(outcomes(found)), dict(reasons(found))


def test_all_sheets_with_a_place_are_taken_in_one_run(workspace: Workspace, tmp_path: Path) -> None:
    run = rehearsed(workspace, cobie_workbook(tmp_path))
    assert [r.file.sheet for r in run.runs] == TAKEN
    assert run.rows == {"new": 19, "older": 0, "changed": 0, "unchanged": 0, "skipped": 2, "error": 0, "conflict": 0}
    assert {c.name for c in run.created} == {"ACME", "Ops", "eve@gone.com", "O&M", "Drawing", "Data"}
    assert [(s.sheet, s.rows) for s in run.left] == [
        ("Facility", 1), ("Floor", 2), ("Space", 1), ("Type", 3), ("Spare", 1), ("Resource", 1),
    ]  # fmt: skip
    assert "Sheet Spare (1 row) isn't taken: Import this sheet by itself." in sentences(run)


@pytest.mark.parametrize("order", [(), tuple(reversed(SHEETS))], ids=["as in COBie", "the last sheet first"])
def test_references_across_the_sheets_are_found_in_any_order(
    workspace: Workspace, tmp_path: Path, order: tuple[str, ...]
) -> None:
    imported(workspace, cobie_workbook(tmp_path, order=order))
    assert rows_of(workspace, "people", "name", "organisation", "email", "post") == [
        ("Ann Lee", "ACME", BY, "Engineer"), ("bob@ops.com", "Ops", "bob@ops.com", "Operator"),
        ("eve@gone.com", None, None, None),
    ]  # fmt: skip
    assert rows_of(workspace, "systems", "code", "name", "level", "parent", "area", "discipline") == [
        ("Cooling", "Cooling", "system", None, None, "Water"),
        ("Air", "Air", "system", None, None, None),
        ("P-101", "Pump 1", "tag", "Cooling Cooling", "101", None),
        ("P-102", "Pump 2", "tag", "Cooling Cooling", "101", None),
        ("Fan, exhaust", "Fan, exhaust", "tag", "Air Air", "101", None),
        ("Valve 1", "Valve 1", "tag", "Air Air", "101", None),
        ("Valve 2", "Valve 2", "tag", None, "101", None),
        ("g6", "L" * 70, "tag", None, "101", None),
    ]
    assert rows_of(workspace, "documents", "number", "title", "system", "holder", "location", "notes") == [
        ("D-1", "Pump manual", "Cooling Cooling", "Ann Lee", "/cde/om/pumps.pdf", None),
        (None, "Cooling scheme", "Cooling Cooling", "Ann Lee", "scheme.pdf", "As built"),
        (None, "Fan data", "Fan, exhaust Fan, exhaust", "eve@gone.com", None, None),
        (None, "Room data", None, "Ann Lee", None, "Finishes\nSpace: 101"),
    ]
    assert rows_of(workspace, "tasks", "name", "system", "duration", "percent", "resources") == [
        ("Isolate", "Cooling Cooling", 120, 1.0, "Fitter"),
        ("Change the seal", "Cooling Cooling", 480, None, "Fitter"),
        ("Isolate", "Fan, exhaust Fan, exhaust", None, None, None),
        ("Change the belt", "Fan, exhaust Fan, exhaust", 1440, None, None),
        ("Clean", None, 2400, None, None),
    ]
    # 1 is a number within its type, and a job may be named instead.
    assert links(workspace) == {
        ("Isolate", "Change the seal", "FS", 0.0), ("Isolate", "Change the belt", "FS", 0.0),
    }  # fmt: skip
    notes = dict(rows_of(workspace, "tasks", "name", "notes"))
    assert notes["Clean"] == "Type: Duct\nCategory: PM"
    assert notes["Isolate"] == "Duration: 5 as required\nCategory: PM"
    assert rows_of(workspace, "systems", "notes")[1] == (f"Category: {'C' * 70}",)


def test_predecessors_stay_within_their_type(workspace: Workspace, tmp_path: Path) -> None:
    run = rehearsed(workspace, cobie_workbook(tmp_path))
    jobs = next(r for r in run.runs if r.file.sheet == "Job").found
    assert jobs.predecessors is not None
    before = [[jobs.keys.index(link.predecessor) for link in wanted or []] for wanted in jobs.predecessors.wanted]
    assert before == [[], [0], [], [2], []]


def test_tasks_of_one_job_wait_for_each_other_by_number(workspace: Workspace, tmp_path: Path) -> None:
    jobs = (
        ("Name", "TypeName", "Description", "TaskNumber", "Priors"),
        ("Service", "Pump", "Isolate", "10", None), ("Service", "Pump", "Drain", "20", '"10"'),
        ("Repair", "Pump", "Isolate", "10", None), ("Repair", "Pump", "Weld", "20", "10"),
        ("Test", "Pump", None, "30", "Service"), ("Accept", "Pump", None, "40", "30, Repair"),
    )  # fmt: skip
    run = rehearsed(workspace, cobie_workbook(tmp_path, {"Job": jobs}))
    jobs_run = next(r for r in run.runs if r.file.sheet == "Job")
    assert jobs_run.found.predecessors is not None
    keys, wanted = jobs_run.found.keys, jobs_run.found.predecessors.wanted
    assert [[keys.index(link.predecessor) for link in each or []] for each in wanted[:4]] == [[], [0], [], [2]]
    assert told(run, "Job")[0][6] == "new"
    assert jobs_run.remarked == [4, 5]  # two tasks are called Service, two Repair


def test_a_second_import_changes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = cobie_workbook(tmp_path)
    imported(workspace, path)
    again = rehearsed(workspace, path)
    assert again.rows == {"new": 0, "older": 0, "changed": 0, "unchanged": 19, "skipped": 2, "error": 0, "conflict": 0}
    assert not (again.changes_anything or again.created or again.missing)


def test_what_changed_and_what_is_gone_is_told_sheet_by_sheet(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, cobie_workbook(tmp_path))
    parts = SHEETS["Component"]
    path = cobie_workbook(
        tmp_path,
        {
            "Component": (parts[0], (*parts[1][:4], "Standby", "g1", "P-101"), *parts[3:]),
            "System": SHEETS["System"][:3],
        },
        name="later.xlsx",
    )
    again = rehearsed(workspace, path)
    assert told(again, "Component")[1][2] == "Notes: First pump → Standby"
    assert sorted(m.name for m in again.missing) == ["Air", "P-102"]
    imported(workspace, path, on_missing="drop")
    assert [c for (c,) in rows_of(workspace, "systems", "code")] == [
        "Cooling", "P-101", "Fan, exhaust", "Valve 1", "Valve 2", "g6",
    ]  # fmt: skip


def test_one_undo_takes_everything_back_and_one_report_stays(workspace: Workspace, tmp_path: Path) -> None:
    report = imported(workspace, cobie_workbook(tmp_path))
    assert undo(workspace) is not None
    for register in ("people", "organisations", "systems", "documents", "tasks"):
        assert rows_of(workspace, register, "notes") == []
    assert links(workspace) == set()
    with workspace.read() as connection:
        (found,) = past_imports(connection, the_project(workspace).id)
        lines = report_lines(connection, report.id)
    assert found.registers == ("people", "systems", "documents", "tasks")
    assert (found.sheet, found.rows["new"]) == (", ".join(TAKEN), 19)
    assert {(n.sheet, n.row, n.ref) for n in lines} >= {("Contact", 2, "PER-0001"), ("Job", 6, "TSK-0005")}
    assert [n.reason for n in lines if n.sheet == "Spare"] == [
        "Sheet Spare (1 row) isn't taken: Import this sheet by itself."
    ]


def test_what_names_a_name_that_was_cut_finds_its_row(workspace: Workspace, tmp_path: Path) -> None:
    systems = (SHEETS["System"][0], ("S" * 300, BY, None, "Pump 1", None))
    documents = (SHEETS["Document"][0], ("Plan", BY, None, "System", "S" * 300, None, None, None, None))
    imported(workspace, cobie_workbook(tmp_path, {"System": systems, "Document": documents}))
    (cut,) = [name for name, notes in rows_of(workspace, "systems", "name", "notes") if "S" * 300 in (notes or "")]
    assert cut == "S" * 199 + "…"
    ((_, system),) = rows_of(workspace, "documents", "title", "system")
    assert cut in system
    assert cut in dict(rows_of(workspace, "systems", "name", "parent"))["Pump 1"]


def test_hostile_cells_are_data_or_errors_and_nothing_else(workspace: Workspace, tmp_path: Path) -> None:
    formula = "=cmd|'/c calc'!A0"
    rows: dict[str, Rows] = {
        "Contact": (("'; DROP TABLE person; --", formula, "x" * 5000, "Y" * 5000, 1e308, True, "\u202e"),),
        "System": (("Loop", BY, None, "Loop," * 2000, "\ufeff"), (None, None, None, ",,,;\n", None)),
        "Component": (
            ("Loop", BY, "Loop", "Loop", "#REF!", "g", "#N/A"), ("Loop", BY, None, None, None, None, None),
        ),
        "Document": (("../../etc/passwd", 7, 8, 9, 10, "../..", "..\\..\\x", formula, -1),),
        "Job": (
            ("Round", None, None, None, None, -5, "Day", "soon", None, "often", None, 1, "2", None),
            ("Round", None, None, None, None, "long", "Day", None, None, None, None, 2, "1;1;zzz", None),
        ),
    }  # fmt: skip
    path = cobie_workbook(tmp_path, {name: (SHEETS[name][0], *below) for name, below in rows.items()})
    run = rehearsed(workspace, path)
    assert all(
        outcome in ("new", "error", "skipped", "changed") for sheet in rows for outcome in told(run, sheet)[0].values()
    )
    assert run.remarked  # cells that can't be taken are told, and their rows come in
    imported(workspace, path)
    again = rehearsed(workspace, path)
    assert again.rows["new"] == again.rows["changed"] == 0


def test_a_sheet_that_is_left_out_still_names_what_is_there_already(workspace: Workspace, tmp_path: Path) -> None:
    path = cobie_workbook(tmp_path)
    imported(workspace, path, sheet="System")
    book = read_cobie(open_import(path))
    run = book.rehearse(workspace, the_project(workspace), only=["Component", "Document"])
    assert [r.file.sheet for r in run.runs] == ["Component", "Document"]
    assert ("System", 3) in [(s.sheet, s.rows) for s in run.left]
    imported(workspace, path, sheet="Component")
    assert rows_of(workspace, "systems", "code", "parent")[2] == ("P-101", "Cooling Cooling")
    imported(workspace, path, sheet="Document")
    assert rows_of(workspace, "documents", "title", "system")[:2] == [
        ("Pump manual", "Cooling Cooling"), ("Cooling scheme", "Cooling Cooling"),
    ]  # fmt: skip
    assert rows_of(workspace, "tasks", "name") == []


def test_corrections_and_rows_left_out_count_in_all_sheets(workspace: Workspace, tmp_path: Path) -> None:
    book = read_cobie(open_import(cobie_workbook(tmp_path)))
    options = {
        "System": ImportOptions(left_out=frozenset({4})),
        "Component": ImportOptions(corrections={(2, "code"): "P-1"}),
        "Document": ImportOptions(corrections={(5, "system"): "P-1", (6, "system"): "Cooling"}),
    }
    run = book.rehearse(workspace, the_project(workspace), options)
    parts = next(r for r in run.runs if r.file.sheet == "Component")
    assert (parts.cells(0)["code"], parts.cells(0)["parent"]) == ("P-1", "Cooling Cooling")
    assert "parent" not in parts.cells(2)  # its system is left out
    documents = next(r for r in run.runs if r.file.sheet == "Document")
    assert [documents.cells(p).get("system") for p in (2, 3)] == ["P-1 Pump 1", "Cooling Cooling"]
    assert not [c for c in run.created if c.table == "system"]


def test_a_template_without_rows_says_so(workspace: Workspace, tmp_path: Path) -> None:
    empty = {name: (rows[0], (" ",) * len(rows[0])) for name, rows in SHEETS.items()}
    with pytest.raises(UnusableFile, match="empty"):
        rehearse(workspace, the_project(workspace), cobie_workbook(tmp_path, empty))


def test_plain_data_names_the_sheet_of_each_row(workspace: Workspace, tmp_path: Path) -> None:
    data = as_json(rehearsed(workspace, cobie_workbook(tmp_path)))
    assert [s["sheet"] for s in data["sheets"]] == TAKEN
    assert {
        "sheet": "Spare",
        "rows": 1,
        "reason": "Import this sheet by itself.",
    } in data["not_taken"]
    assert {"sheet": "System", "register": "systems", "row": 3, "verdict": "skipped", "ref": "",
            "reason": "It is the same system as above, with another component."} in data["verdicts"]  # fmt: skip

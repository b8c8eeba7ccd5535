"""What an import would do is said row by row, before anything is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handover.errors import Cancelled, NotFound, NotValid
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.importing.command import rehearse
from handover.exchange.importing.rehearse import rehearse_table
from handover.exchange.importing.summary import as_json, sentences
from handover.exchange.lists.import_file import open_import
from handover.registers.catalogue import register
from handover.store.workspace import Workspace
from tests.exchange.trying import PLAN, a_file, outcomes, reasons, rows_of, the_project, tried

HEAD = ("WBS", "Task Name", "Start", "Finish", "Predecessors", "Part of")


def test_every_row_of_a_new_list_is_new_and_nothing_is_written(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, PLAN))
    assert outcomes(run) == {2: "new", 3: "new", 4: "new", 5: "new"}
    assert rows_of(workspace, "tasks", "name") == []


def test_people_who_would_be_made_are_shown(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, PLAN))
    assert [made.name for made in run.created] == ["Zhang San", "Li Si"]


def test_the_plain_data_has_the_documented_shape(workspace: Workspace, tmp_path: Path) -> None:
    data = as_json(tried(workspace, a_file(tmp_path, PLAN)))
    shape = {
        "file",
        "origin",
        "register",
        "sheet",
        "header_row",
        "columns",
        "rows",
        "verdicts",
        "made",
        "summary_tasks",
        "missing",
        "remarks",
        "asked",
    }
    assert set(data) == shape | {
        "asked",
        "on_missing",
        "hidden",
        "other_lists",
        "notices",
        "report_id",
        "emptied",
        "filtered",
        "form",
    }
    assert data["rows"] == {"new": 4, "changed": 0, "unchanged": 0, "skipped": 0, "error": 0}
    assert data["columns"][2] == {
        "heading": "Task Name",
        "field": "name",
        "confidence": 1.0,
        "why": "heading",
        "because": "Taken because the heading says it, a row can't be without it, its texts read like names.",
    }
    assert data["verdicts"][0] == {"row": 2, "verdict": "new", "ref": "", "reason": ""}
    assert (data["file"], data["sheet"], data["header_row"], data["report_id"]) == ("list.xlsx", "Sheet1", 1, None)


def test_a_cell_that_cannot_be_read_is_named_with_what_would_be_right(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Task Name", "Duration"), ("Check", "5 days"), ("Run", "soon"), ("Stop", "1 day")))
    run = tried(workspace, path)
    assert outcomes(run)[3] == "new"
    assert reasons(run)[3].startswith("B3: “soon” is not a duration. Right would be")


@pytest.mark.parametrize(
    ("rows", "row", "said"),
    [
        (
            (("1", "A", date(2026, 3, 5), date(2026, 3, 1), None, None), ("2", "B", None, None, None, None)),
            2, "It finishes before it starts",
        ),
        ((("1", "A", None, None, "9", None), ("2", "B", None, None, "1", None)), 2, "There is no task “9”"),
        ((("1", "A", None, None, "1", None), ("2", "B", None, None, "1", None)), 2, "A task can't depend on itself"),
        (
            (("1", "A", None, None, None, "B"), ("2", "B", None, None, None, "A"), ("3", "C", None, None, None, "A")),
            2, "The rows 2, 3 are parts of each other in a circle",
        ),
        ((("1", "A", None, None, "2", None), ("2", "B", None, None, "1", None)), 3, "It waits, directly or not"),
    ],
    ids=["finish before start", "no such task", "itself", "circle of parents", "circle"],
)  # fmt: skip
def test_what_cannot_be_of_a_task_is_a_remark_on_its_row(
    workspace: Workspace, tmp_path: Path, rows: tuple[tuple[Any, ...], ...], row: int, said: str
) -> None:
    run = tried(workspace, a_file(tmp_path, (HEAD, *rows)), register="tasks")
    assert outcomes(run)[row] == "new" and run.rows["error"] == 0
    assert said in reasons(run)[row]
    assert {number for number, _ in run.remarks()} >= {row}


@pytest.mark.parametrize(
    ("rows", "row", "said"),
    [
        ((("1", "A", None, None, None, None), ("1", "B", None, None, None, None)), 3, "“1” stands in row 2 already"),
        ((("1", "A", None, None, None, None), ("2", None, date(2026, 3, 5), None, None, None)), 3, "must be filled in"),
    ],
    ids=["code twice", "no name"],
)  # fmt: skip
def test_a_row_without_a_name_and_one_that_contradicts_its_code_are_left_out(
    workspace: Workspace, tmp_path: Path, rows: tuple[tuple[Any, ...], ...], row: int, said: str
) -> None:
    run = tried(workspace, a_file(tmp_path, (HEAD, *rows)), register="tasks")
    assert outcomes(run)[row] == "error"
    assert said in reasons(run)[row]


def test_totals_and_repeated_headings_are_skipped_with_the_reason(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task Name", "Duration (days)"), ("Check", 5), ("Run", 3), ("Task Name", "Duration (days)"), ("Stop", 1),
            ("Total", 9))  # fmt: skip
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.rows["new"] == 3
    assert reasons(run) == {4: "The row repeats the headings.", 6: "The row adds up others."}


def test_a_corrected_cell_makes_its_row_good(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Task Name", "Duration"), ("Check", "5 days"), ("Run", "soon"), ("Stop", "1 day")))
    file = open_import(path)
    choice = file.best(register("tasks"))
    corrected = ImportOptions(corrections={(3, "duration"): "2 days"})
    run = rehearse_table(workspace, the_project(workspace), file, choice, corrected)
    assert outcomes(run) == {2: "new", 3: "new", 4: "new"}
    assert run.found.judgement.fresh[1]["duration"] == 2 * 480


def test_rows_that_the_user_leaves_out_are_skipped(workspace: Workspace, tmp_path: Path) -> None:
    file = open_import(a_file(tmp_path, PLAN))
    choice = file.best(register("tasks"))
    left_out = ImportOptions(left_out=frozenset({3}))
    run = rehearse_table(workspace, the_project(workspace), file, choice, left_out)
    assert outcomes(run) == {2: "new", 3: "skipped", 4: "new", 5: "new"}
    assert "Links to rows that aren't taken are left out (rows 4)." in sentences(run)


def test_an_order_of_dates_that_nothing_tells_is_asked_for(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Task Name", "Start"), ("Check", "5/3/2026"), ("Run", "6/3/2026"), ("Stop", "7/4/2026")))
    assert "start" in tried(workspace, path).undecided
    run = tried(workspace, path, date_order="mdy")
    assert run.undecided == {}
    assert f"{run.found.judgement.fresh[0]['start']:%Y-%m-%d}" == "2026-05-03"


def test_headings_can_be_mapped_by_name(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Thing", "Job", "When"), ("x", "Check", "2026-03-05"), ("y", "Run", "2026-03-06")))
    run = tried(workspace, path, register="tasks", maps={"Job": "name", "When": "finish", "Thing": ""})
    assert [v.name for v in run.verdicts] == ["Check", "Run"]
    assert {m.heading: m.field for m in run.mapping.columns} == {"Thing": "", "Job": "name", "When": "finish"}


def test_options_that_cannot_be_are_refused(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    with pytest.raises(NotFound, match="no heading “Nonsense”"):
        tried(workspace, path, maps={"Nonsense": "name"})
    with pytest.raises(NotFound, match="no field nonsense"):
        tried(workspace, path, maps={"Owner": "nonsense"})
    with pytest.raises(NotFound, match="no sheet Nonsense"):
        tried(workspace, path, sheet="Nonsense")
    with pytest.raises(NotValid, match="no order of dates"):
        tried(workspace, path, date_order="ydm")
    with pytest.raises(NotValid, match="kept or dropped"):
        tried(workspace, path, on_missing="delete")


def test_a_dry_run_can_be_cancelled(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    with pytest.raises(Cancelled):
        rehearse(workspace, the_project(workspace), path, progress=lambda done, total, what: "Comparing" not in what)


def test_a_document_list_goes_into_its_register_unasked(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("文件编号", "文件名称", "版本", "所属系统", "状态", "计划移交日期"),
            ("D-001", "操作规程", "A", "S01 供水", "已提交", "2026年3月5日"),
            ("D-002", "维护手册", "B", "S01 供水", "退回", "3月15日"))  # fmt: skip
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.register.key == "documents"
    assert run.rows["new"] == 2
    assert [(c.table, c.name) for c in run.created] == [("system", "S01 供水")]
    assert run.found.judgement.fresh[1]["due_on"] == date(2026, 3, 15)


def test_a_state_that_may_not_follow_is_a_verdict_on_its_row(workspace: Workspace, tmp_path: Path) -> None:
    from tests.exchange.trying import imported

    head = ("Document no.", "Title", "Status")
    imported(workspace, a_file(tmp_path, (head, ("D-1", "Manual", "Outstanding"))), register="documents")
    run = tried(workspace, a_file(tmp_path, (head, ("D-1", "Manual", "Accepted by operations"))), register="documents")
    assert outcomes(run) == {2: "error"}
    assert "“Outstanding” can't become “Accepted by operations”" in reasons(run)[2]


def test_phases_in_a_column_become_summary_tasks(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("阶段", "任务名称", "工期"), ("准备", "检查", "3天"), (None, "清洗", "2天"), ("试车", "单机试车", "5天"))
    run = tried(workspace, a_file(tmp_path, rows))
    assert run.summaries == ["准备", "试车"]
    assert run.rows["new"] == 3
    assert run.found.tree is not None
    assert run.found.tree.depths == [0, 1, 1, 0, 1]


def test_a_title_among_documents_is_left_out_with_its_own_reason(workspace: Workspace, tmp_path: Path) -> None:
    head = ("Document no.", "Title")
    path = a_file(tmp_path, (head, ("D1", "Pump"), ("D2", "Valve"), (), ("Electrical",), head, ("E1", "Cable")))
    run = tried(workspace, path, register="documents")
    assert outcomes(run) == {2: "new", 3: "new", 5: "skipped", 6: "skipped", 7: "new"}
    assert reasons(run) == {5: "The row only names those below it.", 6: "The row repeats the headings."}


def test_a_row_with_nothing_but_its_name_is_taken_where_it_names_no_rows_below(
    workspace: Workspace, tmp_path: Path
) -> None:
    head = ("Description", "Due date", "Location")
    full = [(f"Close gap {n}", "2026-03-02", "Hall") for n in range(3)]
    path = a_file(tmp_path, (head, full[0], ("Hall two",), *full[1:], ("Tighten the bolts",)))
    run = tried(workspace, path, register="punches")
    assert outcomes(run) == {2: "new", 3: "skipped", 4: "new", 5: "new", 6: "new"}


def test_cells_that_ask_to_empty_any_field_of_a_task_are_taken(workspace: Workspace, tmp_path: Path) -> None:
    head = ("Task Name", "Duration", "Start", "Finish", "% Complete", "Owner")
    rows = [("Check", "5 days", date(2026, 3, 2), date(2026, 3, 6), 0.5, "Li")] * 2
    path = a_file(tmp_path, (head, *rows, ("Run", "5 days", date(2026, 3, 2), "{NULL}", "{NULL}", "{NULL}"),
                             ("Stop", "{NULL}", "{NULL}", date(2026, 3, 2), 0.1, "Li")))  # fmt: skip
    run = tried(workspace, path)
    assert outcomes(run)[4] == outcomes(run)[5] == "new"
    assert "finish" not in run.cells(2)
    assert "start" not in run.cells(3)

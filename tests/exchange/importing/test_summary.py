"""What a dry run says: nothing that was left out is kept back, in sentences and in data."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from handover.errors import UnusableFile
from handover.exchange.importing.summary import as_json, sentences
from handover.i18n import in_language
from handover.store.workspace import Workspace
from tests.exchange.trying import PLAN, a_file, imported, outcomes, rows_of, tried

PEOPLE = (("Name", "Phone", "Email"), ("Ann Lee", "123", "ann@x.org"), ("Bob Ray", "456", "bob@x.org"))
TASKS = (("ID", "Task name", "Start"), (1, "Check", "2026-03-02"), (2, "Run", "2026-03-03"))


def with_hidden(folder: Path) -> Path:
    """A plan of which the row of the pumps' check and the column of notes are hidden."""
    path = a_file(folder, [(*row, note) for row, note in zip(PLAN, ("Notes", "x", "y", "z", None), strict=True)])
    book = load_workbook(path)
    book.active.row_dimensions[3].hidden = True
    book.active.column_dimensions["J"].hidden = True
    book.save(path)
    return path


def test_what_is_hidden_is_told_and_taken_when_wanted(workspace: Workspace, tmp_path: Path) -> None:
    path = with_hidden(tmp_path)
    run = tried(workspace, path)
    assert as_json(run)["hidden"] == {"rows": 1, "columns": ["Notes"]}
    assert {"1 hidden row isn't taken.", "Hidden columns not taken: Notes."} <= set(sentences(run))
    assert outcomes(run)[3] == "skipped"
    wanted = tried(workspace, path, hidden=True)
    assert as_json(wanted)["hidden"] == {"rows": 0, "columns": []}
    assert wanted.rows == {"new": 4, "older": 0, "changed": 0, "unchanged": 0, "skipped": 0, "error": 0, "conflict": 0}
    assert wanted.mapping.columns_of("notes")


def test_other_lists_and_sheets_are_told(workspace: Workspace, tmp_path: Path) -> None:
    book = Workbook()
    for row in ([], ["Tasks"], *TASKS, [], ["Contacts"], *PEOPLE):
        book.active.append(list(row))
    more = book.create_sheet("More")
    for row in TASKS:
        more.append(row)
    book.create_sheet("Empty")
    book.save(tmp_path / "both.xlsx")
    run = tried(workspace, tmp_path / "both.xlsx", register="tasks", sheet="Sheet")
    assert as_json(run)["other_lists"] == [
        {"sheet": "Sheet", "header_row": 8, "headings": ["Name", "Phone", "Email"]},
        {"sheet": "More", "header_row": 1, "headings": ["ID", "Task name", "Start"]},
    ]
    said = "sheet Sheet, row 8 (Name | Phone | Email); sheet More, row 1 (ID | Task name | Start)"
    assert f"Other lists in this file: {said}." in sentences(run)
    tasks = tried(workspace, tmp_path / "both.xlsx", sheet="Sheet", header=3, register="tasks")
    assert tasks.found.incoming.rows == [4, 5]  # the list ends where the next one begins


def test_a_single_list_tells_of_no_other(workspace: Workspace, tmp_path: Path) -> None:
    assert as_json(tried(workspace, a_file(tmp_path, PLAN)))["other_lists"] == []


def test_what_is_made_missing_and_not_taken_is_told(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, [row[:7] for row in PLAN]))
    rows = [(*row[:8], "why") for row in PLAN[:-1]]
    run = tried(workspace, a_file(tmp_path, [(*PLAN[0][:8], "Colour"), *rows[1:]], "less.xlsx"), on_missing="drop")
    data = as_json(run)
    assert {made["name"] for made in data["made"]} == {"Zhang San", "Li Si"}
    assert data["made"][0]["register"] == "people"
    assert ([m["name"] for m in data["missing"]], data["on_missing"]) == (["Handed over"], "drop")
    assert {"Columns not taken: Colour.", "1 row is no longer in the file.", "They are dropped."} <= set(sentences(run))


def test_a_column_of_failed_formulas_keeps_its_field(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(
        tmp_path, [("Task Name", "Start", "Finish"), ("a", "2026-03-02", "#REF!"), ("b", "2026-03-03", "#N/A")]
    )
    run = tried(workspace, path)
    assert run.mapping.columns_of("finish")
    assert [remark.cell for _, remark in run.remarks()] == ["C2", "C3"]
    assert outcomes(run) == {2: "new", 3: "new"}


def test_formulas_without_value_stand_in_the_notices(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Task Name", "Start"), *((f"t{n}", "=TODAY()") for n in range(15))])
    notices = as_json(tried(workspace, path))["notices"]
    assert notices[0].startswith("Sheet Sheet1, cell B2: a formula without value.")
    assert notices[10:] == ["Cells like these: 5 more."]


def test_a_field_that_the_user_gave_is_not_said_to_be_left_out(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Task Name", "Start"), ("a", "foo"), ("b", "bar"), ("c", "baz")])
    assert "Column “Start” isn't taken" in " ".join(as_json(tried(workspace, path))["notices"])
    assert as_json(tried(workspace, path, maps={"Start": "start"}))["notices"] == []


def test_control_characters_are_not_stored(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, [("Task Name", "Start"), ("Pump_x0001_s_x005F_x0041_", "2026-03-02")]))
    assert rows_of(workspace, "tasks", "name") == [("Pumps_x0041_",)]


def test_prose_is_refused_and_a_list_of_unknown_headings_is_not(workspace: Workspace, tmp_path: Path) -> None:
    prose = tmp_path / "README.md"
    prose.write_text(
        "# A program\n\nIt does this, and that.\nIt needs Python, Qt, and patience.\n- one\n- two, three\n"
    )
    with pytest.raises(UnusableFile, match="holds no list that can be recognised"):
        tried(workspace, prose, register="tasks")
    path = tmp_path / "list.csv"
    path.write_text("Foo,Bar\nCheck the pumps,2026-03-02\nRun the pumps,2026-03-03\n")
    assert tried(workspace, path, register="tasks").rows["new"] == 2


@pytest.mark.parametrize(
    ("text", "codec", "name", "doubtful"),
    [
        ("任務名稱,開始\n管道吹掃,2026-03-02\n", "big5", "Big5", True),
        ("Task Name,Задача,Начало\nПуск,Насос,2026-03-02\n", "cp1251", "Windows-1252", True),
        ("Vorgang;Task Name\nPrüfung der Kühlung;Übergabe\nRückbau – Anlage;Größe\n", "cp1252", "Windows-1252", False),
        ("任务名称,开始\n管道吹扫,2026-03-02\n", "gb18030", "GB18030", False),
    ],
)
def test_a_guessed_encoding_is_told(
    workspace: Workspace, tmp_path: Path, text: str, codec: str, name: str, doubtful: bool
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(codec))
    data = as_json(tried(workspace, path, register="tasks"))
    assert data["encoding"] == name
    assert any("--encoding" in notice for notice in data["notices"]) is doubtful


def test_chinese_is_written_with_chinese_marks(workspace: Workspace, tmp_path: Path) -> None:
    with in_language("zh"):
        said = sentences(tried(workspace, a_file(tmp_path, PLAN)))
    assert "4 行：新增 4。" in said
    assert not [s for s in said if ": " in s or ", " in s]

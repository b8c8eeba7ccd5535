"""What is doubtful about a list is asked in one clear question, and its option answers it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handover.errors import NotValid
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.command import Asked, rehearse
from handover.exchange.importing.summary import as_json
from handover.store.workspace import Workspace
from tests.cli.conftest import Run, run  # noqa: F401 - the command line as its own tests call it
from tests.exchange.trying import PLAN, a_file, the_project, tried

RISKS = (
    ("Risk", "Probability", "Impact", "Mitigation"),
    ("Crane not free in that week", "High", "High", "Hire another"),
    ("Seal kit comes too late", "Low", "High", "Order now"),
)


def test_a_plain_plan_is_taken_without_a_question(workspace: Workspace, tmp_path: Path) -> None:
    assert tried(workspace, a_file(tmp_path, PLAN)).questions == []


def test_a_list_for_which_there_is_no_register_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, RISKS)
    (question,) = rehearse(workspace, the_project(workspace), path).questions
    assert "list of risks" in str(question) and question.option == "--register"
    assert rehearse(workspace, the_project(workspace), path, Asked(question.choices[0])).questions == []


def test_two_lists_that_suit_alike_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN, sheet="Station A")
    book = load_workbook(path)
    copy = book.copy_worksheet(book.active)
    copy.title = "Station B"
    book.save(path)
    (question,) = tried(workspace, path).questions
    assert question.choices == ("Station A", "Station B") and question.option == "--sheet"
    assert tried(workspace, path, sheet="Station B").questions == []


def test_the_command_says_so_and_stores_nothing(tmp_path: Path, run: Run) -> None:  # noqa: F811
    workspace, path = tmp_path / "w.handover", a_file(tmp_path, RISKS)
    run("new", workspace, "--code", "P", "--name", "P")
    code, out, err = run("import", path, "--into", workspace, "--project", "P", "--json")
    assert code == 5 and "--register" in err
    assert json.loads(out)["asked"][0]["option"] == "--register"
    assert json.loads(run("list", workspace, "tasks", "--project", "P", "--json")[1]) == []
    assert run("import", path, "--into", workspace, "--project", "P", "--register", "tasks")[0] == 0


def test_the_order_of_dates_is_asked_with_its_choices(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Start"), ("Set the pump", "03/04/2026"), ("Align the pump", "05/04/2026"))
    (question,) = tried(workspace, a_file(tmp_path, rows), register="tasks").questions
    assert question.option == "--date-order" and set(question.choices) == {"dmy", "mdy"}


def test_a_date_is_no_question(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Start"), ("Set the pump", date(2026, 4, 3)))
    assert tried(workspace, a_file(tmp_path, rows), register="tasks").questions == []


HOURS = (("Task", "Duration"), ("Set the pump", 16), ("Align the pump", 8), ("Fill the tank", 40), ("Test run", 24))


def minutes_in(dry: DryRun) -> list[int]:
    return dry.found.incoming.values["duration"]


def test_numbers_that_are_hardly_days_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, HOURS)
    (question,) = tried(workspace, path, register="tasks").questions
    assert (question.option, question.choices[0]) == ("--duration-unit", "h")
    assert str(question).startswith("What do the numbers in “Duration” count, such as 16?")
    for unit, minutes in (("h", 60), ("d", 480), ("w", 2400)):
        dry = tried(workspace, path, register="tasks", unit=unit)
        assert not dry.questions and minutes_in(dry) == [n * minutes for n in (16, 8, 40, 24)]


def test_no_unit_is_asked_for_that_is_told(workspace: Workspace, tmp_path: Path) -> None:
    cases: list[tuple[list[tuple[Any, ...]], list[int]]] = [
        ([("Unit: hours",), *HOURS], [960, 480, 2400, 1440]),
        ([("单位：小时",), *HOURS], [960, 480, 2400, 1440]),
        ([("All durations in minutes.",), *HOURS], [16, 8, 40, 24]),
        ([("Unit: Pump station",), ("Task", "Duration"), ("A", 1), ("B", 2), ("C", 5)], [480, 960, 2400]),
        ([("Task", "Duration"), ("A", "8 h"), ("B", 16), ("C", 24), ("D", 8)], [480, 16 * 480, 24 * 480, 8 * 480]),
        ([("Task", "Duration"), ("A", 5), ("B", 8), ("C", 16)], [5 * 480, 8 * 480, 16 * 480]),
    ]
    for rows, minutes in cases:
        dry = tried(workspace, a_file(tmp_path, rows), register="tasks")
        assert (dry.questions, minutes_in(dry)) == ([], minutes)


def a_filtered_list(folder: Path, hidden: int, shown: int) -> Path:
    """A plan whose filter hides the first of its rows."""
    rows = [("Task", "Owner"), *((f"Task {n}", "Ann" if n < hidden else "Bob") for n in range(hidden + shown))]
    path = a_file(folder, rows)
    book = load_workbook(path)
    page = book.active
    page.auto_filter.ref = f"A1:B{len(rows)}"
    page.auto_filter.add_filter_column(1, ["Bob"])
    for row in range(2, hidden + 2):
        page.row_dimensions[row].hidden = True
    book.save(path)
    return path


def test_a_filter_that_hides_most_rows_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_filtered_list(tmp_path, hidden=9, shown=1)
    dry = tried(workspace, path, register="tasks")
    (question,) = dry.questions
    assert str(question) == "A filter in the workbook hides 9 of 10 rows of the list. Are they wanted, too?"
    assert question.choices == ("take", "leave") and as_json(dry)["filtered"] == 9
    assert tried(workspace, path, register="tasks", filtered="take").rows["new"] == 10
    left = tried(workspace, path, register="tasks", filtered="leave", on_missing="drop")
    assert (left.rows["new"], left.rows["skipped"], left.questions, left.missing) == (1, 9, [], [])


def test_a_filter_that_hides_few_rows_is_told_and_no_question(workspace: Workspace, tmp_path: Path) -> None:
    dry = tried(workspace, a_filtered_list(tmp_path, hidden=1, shown=5), register="tasks")
    assert dry.questions == [] and dry.rows["new"] == 6
    assert any("hides 1 of 6 rows of the list; they are taken" in str(notice) for notice in dry.notices)


def test_an_answer_that_cannot_be_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    for option in ("unit", "filtered", "blank"):
        with pytest.raises(NotValid):
            tried(workspace, a_file(tmp_path, PLAN), **{option: "perhaps"})


def test_two_lists_on_a_sheet_are_told_by_their_headings(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Task", "Start", "Owner"), ("A1", "2026-03-02", "Ann"), ("A2", "2026-03-03", "Bob"), (), (),
            ("Task", "Finish", "Owner"), ("B1", "2026-03-04", "Ann"), ("B2", "2026-03-05", "Bob")]  # fmt: skip
    (question,) = tried(workspace, a_file(tmp_path, rows)).questions
    assert ("1", "Row 1: 2 rows (Task, Start, Owner)") in question.answers


SCHEDULE = (
    ("Task", "Start", "Finish", "Owner"),
    *((f"Check pump {n}", date(2026, 3, n), date(2026, 3, n + 1), "Ann") for n in range(1, 7)),
)


@pytest.mark.parametrize(
    "below",
    [
        pytest.param((("Spare seals", "1500 a month"), ("Oil", "300 a year")), id="prices among days"),
        pytest.param(((), ("P", "Planned"), ("D", "Done")), id="a legend behind a blank row"),
    ],
)
def test_what_stands_below_a_list_is_asked_about(
    workspace: Workspace, tmp_path: Path, below: tuple[tuple[str, ...], ...]
) -> None:
    path = a_file(tmp_path, (*SCHEDULE, *below))
    (question,) = tried(workspace, path).questions
    assert question.option == "--below" and question.choices == ("leave", "take") and "row 7" in str(question)
    left, taken = tried(workspace, path, below="leave"), tried(workspace, path, below="take")
    assert left.questions == taken.questions == []
    assert (left.rows["new"], taken.rows["new"]) == (6, 8)


def test_rows_that_merely_lack_much_are_no_question(workspace: Workspace, tmp_path: Path) -> None:
    dry = tried(workspace, a_file(tmp_path, (*SCHEDULE, ("Hand over",), ("Close out",))))
    assert dry.questions == [] and dry.rows["new"] == 8


def test_what_becomes_of_rows_below_is_said_in_two_words_alone(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="leave"):
        tried(workspace, a_file(tmp_path, SCHEDULE), below="drop")


def test_a_register_that_takes_many_more_of_the_columns_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    """The title speaks of defects, the columns of tasks."""
    rows = (
        ("No", "対象機能", "分類", "残作業", "状況", "参照", "WBS"),
        *(
            (n, f"機能{n // 3}", "実装", f"画面{n}の作業を行う", f"作業{n}は一部が残っている", "-", 10 + n)
            for n in range(1, 12)
        ),
    )
    (question,) = (q for q in tried(workspace, a_file(tmp_path, rows, sheet="残作業一覧")).questions)
    assert question.option == "--register" and {"punches", "tasks"} <= set(question.choices)


def test_states_under_a_heading_like_status_that_nobody_knows_are_asked_about(
    workspace: Workspace, tmp_path: Path
) -> None:
    rows = (("Defect ID", "Defect description", "Module state"), *((n, f"Valve {n} leaks", "ACT") for n in range(3)))
    asked = tried(workspace, a_file(tmp_path, rows), register="punches").questions
    assert any("Module state" in str(question) and question.option == "--map" for question in asked)

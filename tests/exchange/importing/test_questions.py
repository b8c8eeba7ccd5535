"""What is doubtful about a list is asked in one clear question, and its option answers it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from handover.exchange.importing.command import Asked, rehearse
from handover.store.workspace import Workspace
from tests.cli.conftest import Run, run  # noqa: F401 - the command line as its own tests call it
from tests.exchange.trying import PLAN, a_file, the_project, tried

RISKS = (
    ("Risk", "Probability", "Impact", "Mitigation"),
    ("Crane not free in that week", "High", "High", "Hire another"),
    ("Seal kit comes too late", "Low", "High", "Order now"),
)


def test_a_plain_plan_is_taken_without_a_question(workspace: Workspace, tmp_path: Path) -> None:
    assert tried(workspace, a_file(tmp_path, PLAN)).asked == []


def test_a_list_for_which_there_is_no_register_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, RISKS)
    (question,) = rehearse(workspace, the_project(workspace), path).asked
    assert "list of risks" in question.question and question.option == "--register"
    assert rehearse(workspace, the_project(workspace), path, Asked(question.choices[0])).asked == []


def test_two_lists_that_suit_alike_are_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = a_file(tmp_path, PLAN, sheet="Station A")
    book = load_workbook(path)
    copy = book.copy_worksheet(book.active)
    copy.title = "Station B"
    book.save(path)
    (question,) = tried(workspace, path).asked
    assert question.choices == ("Station A", "Station B") and question.option == "--sheet"
    assert tried(workspace, path, sheet="Station B").asked == []


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
    (question,) = tried(workspace, a_file(tmp_path, rows), register="tasks").asked
    assert question.option == "--date-order" and set(question.choices) == {"dmy", "mdy"}


def test_a_date_is_no_question(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Task", "Start"), ("Set the pump", date(2026, 4, 3)))
    assert tried(workspace, a_file(tmp_path, rows), register="tasks").asked == []

"""Habits of lists that the third round of unseen files brought: which register, which column, what is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

STAKEHOLDERS = (
    ("Stakeholder", "Role", "Power or Influence (H/M/L)", "Interest (H/M/L)", "Needs & Expectations"),
    ("Chairman", "Sponsor", "H", "H", "A plant that pays"),
    ("Neighbours", "Public", "Low", "M", "No noise at night"),
    ("Fire brigade", "Authority", "3 - Medium", "4", "Ways kept free"),
)
ISSUES = (
    ("No", "Title", "Description", "Status", "Date of detection", "Date of resolution", "Detected by"),
    (1, "Pump leaks", "Water below the seal of the first pump", "Solved", "2026-03-02", "2026-03-09", "Ann Yi"),
    (2, "Sign is missing", "Nothing says where the exit is", "Not completed", "2026-03-03", None, "Ben Li"),
    (3, "Door sticks", "Opens with force alone", "In progress", "2026-03-04", None, "Ann Yi"),
)
PLAIN = (("Requirement ID", "Requirement description"), ("FR-1", "Users can log in"), ("FR-2", "Orders are tracked"))
LINKED = (
    ("Task", "Duration (days)", "Vor gehend"),
    ("A", 3, None), ("B", 4, "A"), ("C", 2, "A"), ("D", 5, "B"), ("E", 4, "B,C"), ("F", 1, "D,E"),
)  # fmt: skip
MONTHS = ((None, "MAY", "JUN", "JUL"), ("Visit the site", None, None, None), ("Draw the plan", None, None, None),
          ("Write the report", None, None, None))  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "register", "columns"),
    [
        (STAKEHOLDERS, "stakeholders", {"Stakeholder": "name", "Role": "post",
                                        "Power or Influence (H/M/L)": "influence", "Interest (H/M/L)": "interest",
                                        "Needs & Expectations": "expects"}),
        (ISSUES, "punches", {"Title": "description", "Status": "status", "Date of detection": "raised_on",
                             "Date of resolution": "cleared_on", "Detected by": "raised_by"}),
        (LINKED, "tasks", {"Task": "name", "Vor gehend": "predecessors"}),
    ],
)  # fmt: skip
def test_a_list_is_taken_for_what_it_is(
    workspace: Workspace, tmp_path: Path, rows: Any, register: str, columns: Mapping[str, str]
) -> None:
    dry = tried(workspace, a_file(tmp_path, rows))
    assert (dry.register.key, dry.questions) == (register, [])
    taken = {m.heading: m.field for m in dry.mapping.columns}
    assert {heading: taken[heading] for heading in columns} == columns


def test_grades_are_read_from_words_letters_and_numbers(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, STAKEHOLDERS))
    assert rows_of(workspace, "stakeholders", "name", "influence", "interest") == [
        ("Chairman", 4, 4), ("Neighbours", 2, 3), ("Fire brigade", 3, 4),
    ]  # fmt: skip


def test_an_outline_that_tells_nothing_of_a_plan_is_asked_about(workspace: Workspace, tmp_path: Path) -> None:
    (question,) = tried(workspace, a_file(tmp_path, PLAIN)).questions
    assert question.option == "--register"
    work = (("Task", "Owner"), *((f"Check pump {n} and its motor", "Ann Yi") for n in range(12)))
    assert tried(workspace, a_file(tmp_path, work, "work.xlsx")).questions == []


def test_months_alone_head_a_drawn_plan(workspace: Workspace, tmp_path: Path) -> None:
    dry = tried(workspace, a_file(tmp_path, MONTHS))
    assert (dry.file.header_row, dry.rows["new"]) == (1, 3)


def test_steps_of_tests_bring_the_tests_that_they_name(workspace: Workspace, tmp_path: Path) -> None:
    cases = (
        ("Test case", "Test steps", "Expected result", "Actual result", "Pass/Fail"),
        ("Log in", "Type the password", "The first page opens", "It opened", "Pass"),
        ("Log in", "Type a wrong one", "It says so", "Nothing came", "Fail"),
        ("Log out", "Press the button", "The first page closes", "It closed", "Pass"),
    )
    imported(workspace, a_file(tmp_path, cases))
    assert rows_of(workspace, "tests", "title", "result") == [("Log in", "fail"), ("Log out", "pass")]
    assert len(rows_of(workspace, "test-steps", "action")) == 3

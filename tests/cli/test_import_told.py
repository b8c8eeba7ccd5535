"""What the command line says of an import: all that isn't taken, and the option that takes it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run


@pytest.fixture
def into(tmp_path: Path, run: Run) -> tuple[str, ...]:
    run("new", tmp_path / "site", "--code", "P-01")
    return "--into", str(tmp_path / "site.handover"), "--project", "P-01"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Two tasks, one of them in a hidden row, a total, and a list of people below."""
    book = openpyxl.Workbook()
    for row in (
        ["ID", "Task Name", "Start", "Colour"], [1, "Power on", "2026-11-23", "red"],
        [2, "Dry run", "2026-11-24", "red"],
        ["Total", None, None, None], [], ["Contacts"], ["Name", "Phone", "Email"], ["Ann Lee", "1", "a@x.org"],
    ):  # fmt: skip
        book.active.append(row)
    book.active.row_dimensions[3].hidden = True
    path = tmp_path / "plan.xlsx"
    book.save(path)
    return path


def test_what_is_left_out_is_told_with_the_option_that_takes_it(plan: Path, into: tuple[str, ...], run: Run) -> None:
    code, out, _ = run("import", plan, *into, "--register", "tasks", "--dry-run")
    assert code == 0
    assert out.splitlines()[2:] == [
        "Columns not taken: Colour.",
        "3 rows: New 1, Skipped 2.",
        "1 hidden row isn't taken.",
        "Other lists in this file: sheet Sheet, row 7 (Name | Phone | Email).",
        "Row 3 isn't taken: The row is hidden in the workbook.",
        "Row 4 isn't taken: The row adds up others.",
        "Take hidden rows and columns with --hidden.",
        "Take another list with --sheet or --header and --register.",
        "Nothing was stored: this was a dry run.",
    ]
    assert json.loads(run("import", plan, *into, "--register", "tasks", "--hidden", "--json")[1])["rows"]["new"] == 2
    people = json.loads(run("import", plan, *into, "--header", "7", "--register", "people", "--json")[1])
    assert people["rows"] == {"new": 1, "changed": 0, "unchanged": 0, "skipped": 0, "error": 0}


def test_a_conflict_says_what_stays_and_can_be_given_to_the_file(
    plan: Path, into: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    run("import", plan, *into, "--register", "tasks")
    assert run("export", into[1], "tasks", "--project", "P-01", "--to", tmp_path / "ours.xlsx")[0] == 0
    book = openpyxl.load_workbook(plan)
    book.active["C2"] = "2026-11-25"
    book.save(plan)
    assert json.loads(run("import", plan, *into, "--register", "tasks", "--json")[1])["rows"]["changed"] == 1
    book = openpyxl.load_workbook(tmp_path / "ours.xlsx")
    heads = [cell.value for cell in book["Tasks"][1]]
    book["Tasks"].cell(2, heads.index("Start") + 1, "2026-11-27")
    book.save(tmp_path / "ours.xlsx")

    code, out, _ = run("import", tmp_path / "ours.xlsx", *into)
    assert code == 0
    said = "Row 2: Start: both sides changed “23 Nov 2026” since the export; our “25 Nov 2026” stays, "
    assert said + "“27 Nov 2026” isn't taken" in out
    assert "--conflicts theirs" in out
    data = json.loads(run("import", tmp_path / "ours.xlsx", *into, "--dry-run", "--json")[1])
    assert data["verdicts"][0]["conflicts"] == [
        {"field": "start", "exported": "23 Nov 2026", "ours": "25 Nov 2026", "theirs": "27 Nov 2026"}
    ]
    assert run("import", tmp_path / "ours.xlsx", *into, "--conflicts", "mine")[0] == 2
    run("import", tmp_path / "ours.xlsx", *into, "--conflicts", "theirs")
    assert json.loads(run("list", into[1], "tasks", "--project", "P-01", "--json")[1])[0]["start"] == "2026-11-27"


def test_help_lists_every_key_of_the_json(plan: Path, into: tuple[str, ...], run: Run) -> None:
    data = json.loads(run("import", plan, *into, "--register", "tasks", "--dry-run", "--json")[1])
    said = "".join(run("import", "--help")[1].split())
    assert [key for key in data if f'"{key}"' not in said] == []


def test_all_or_nothing_imports_no_row_beside_one_in_error(into: tuple[str, ...], tmp_path: Path, run: Run) -> None:
    plan = tmp_path / "half.csv"
    plan.write_text("ID,Task Name,Start\n1,Power on,2026-11-23\n2,Dry run,2026-11-24\n2,Fill,2026-11-25\n", "utf-8")
    code, out, err = run("import", plan, *into, "--register", "tasks", "--all-or-nothing")

    assert code == 1
    assert out.splitlines()[-1] == "Nothing was imported: rows are in error."
    assert "In error 1" in out and not err
    listed = ("list", into[1], "tasks", "--project", "P-01", "--json")
    assert json.loads(run(*listed)[1]) == []
    assert run("import", plan, *into, "--register", "tasks")[0] == 1
    assert len(json.loads(run(*listed)[1])) == 2

"""Cells of plans in XML and XER that are corrected before the import: read as typed, stored with the whole plan."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.columns.memory import Memory
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.importing.apply import apply
from handover.exchange.lists.import_file import open_import
from handover.exchange.plans.rows import read_plan_rows, rehearse_plan
from handover.store.workspace import Workspace
from tests.exchange.plans.test_mspdi import a_file, a_task
from tests.exchange.plans.test_xer import LINKS, PROJECT, TASKS, WBS, plan_of
from tests.exchange.trying import links, outcomes, reasons, rows_of, the_project

AFTER_1 = "<PredecessorLink><PredecessorUID>11</PredecessorUID><Type>1</Type></PredecessorLink>"
START = "<Start>2026-01-05T08:00:00</Start><Finish>2026-01-05T17:00:00</Finish>"


def numbered(number: int, inner: str = "") -> str:
    """A task whose ID isn't its UID."""
    return a_task(10 + number, inner).replace(f"<ID>{10 + number}</ID>", f"<ID>{number}</ID>")


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.xml"
    path.write_bytes(a_file(numbered(1, START) + numbered(2, AFTER_1 + START) + numbered(3, START)))
    return path


def tried(workspace: Workspace, path: Path, corrections: dict[tuple[int, str], str], **options: Any) -> DryRun:
    file = open_import(path)
    wanted = ImportOptions(corrections=corrections, **options)
    return rehearse_plan(workspace, the_project(workspace), file.source, file.origin, wanted)


def imported(workspace: Workspace, path: Path, corrections: dict[tuple[int, str], str]) -> None:
    apply(tried(workspace, path, corrections), workspace, memory=Memory(path.parent / "mappings.json"))


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("name", "Blow the pipes", "Blow the pipes"),
        ("duration", "3 days", 3 * 480),
        ("duration", "2 eh", 120),
        ("duration", "", 0),
        ("percent", "40%", 0.4),
        ("start", "2026-01-02", dt.datetime(2026, 1, 2)),
        ("finish", "2026年1月9日", dt.datetime(2026, 1, 9)),
        ("constraint", "Start no earlier than", "snet"),
        ("notes", "by hand", "by hand"),
        ("wbs", "A.1", "A.1"),
    ],
)
def test_what_is_typed_is_stored(workspace: Workspace, plan: Path, field: str, typed: str, stored: object) -> None:
    more = {(1, "constraint_at"): "2026-01-08"} if field == "constraint" else {}
    imported(workspace, plan, {(1, field): typed, **more})
    assert rows_of(workspace, "tasks", field)[0] == (stored,)


def test_person_who_is_typed_is_made(workspace: Workspace, plan: Path) -> None:
    imported(workspace, plan, {(1, "owner"): "Zhang San"})
    assert [name for (name,) in rows_of(workspace, "people", "name")] == ["Zhang San"]


def test_date_of_a_constraint_on_the_finish_is_that_day(workspace: Workspace, plan: Path) -> None:
    imported(workspace, plan, {(1, "constraint_at"): "2026-01-08", (1, "constraint"): "Finish no later than"})
    assert rows_of(workspace, "tasks", "constraint", "constraint_at")[0] == ("fnlt", dt.datetime(2026, 1, 8))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", set()),
        ("3", {("Task 13", "Task 12", "FS", 0)}),
        ("Task 13", {("Task 13", "Task 12", "FS", 0)}),
        ("1SS+2 days; 3FF", {("Task 11", "Task 12", "SS", 960), ("Task 13", "Task 12", "FF", 0)}),
    ],
)
def test_predecessors_are_typed_as_the_program_numbers_its_tasks(
    workspace: Workspace, plan: Path, typed: str, expected: set[tuple[str, str, str, float]]
) -> None:
    assert tried(workspace, plan, {}).cells(1)["predecessors"] == "1"
    imported(workspace, plan, {(2, "predecessors"): typed})
    assert links(workspace) == expected


@pytest.mark.parametrize(
    ("row", "field", "typed", "said"),
    [
        (1, "duration", "soon", "“soon” is not a duration. Right would be"),
        (1, "start", "2026-02-30", "“2026-02-30” is not a date. Right would be 2026-03-05."),
        (1, "start", "3/5/2026", "“3/5/2026” can be read in two ways. Right would be 2026-03-05."),
        (1, "percent", "140%", "lies outside 0 % to 100 %"),
        (1, "name", "", "This field must be filled in."),
        (1, "finish", "2026-01-01", "It finishes before it starts"),
        (2, "predecessors", "9", "There is no task “9” in this list to wait for."),
        (2, "predecessors", "2", "A task can't depend on itself."),
        (1, "predecessors", "2", "It waits, directly or not, for itself through row 2."),
    ],
)
def test_what_cant_be_is_a_fault_of_its_row(
    workspace: Workspace, plan: Path, row: int, field: str, typed: str, said: str
) -> None:
    run = tried(workspace, plan, {(row, field): typed})
    assert outcomes(run)[row] == "error"
    assert said in reasons(run)[row]
    assert outcomes(run)[3] == "new"


def test_order_of_dates_counts_for_what_is_typed(workspace: Workspace, plan: Path) -> None:
    run = tried(workspace, plan, {(1, "start"): "1/5/2026"}, date_order="MDY")
    assert run.found.incoming.values["start"][0] == dt.datetime(2026, 1, 5)


def test_rows_that_were_read_once_stay_as_they_are(workspace: Workspace, plan: Path) -> None:
    file = open_import(plan)
    found = read_plan_rows(file.source)
    for corrections in ({(1, "name"): "Blow", (2, "predecessors"): "3"}, {}):
        wanted = ImportOptions(corrections=corrections)
        run = rehearse_plan(workspace, the_project(workspace), file.source, file.origin, wanted, found=found)
    assert (run.cells(0)["name"], run.cells(1)["predecessors"]) == ("Task 11", "1")
    assert run.plan == found.plan


def test_activity_of_primavera_is_put_right(workspace: Workspace, tmp_path: Path) -> None:
    damaged = [line.replace("2026-03-02 08:00", "2026-02-30 08:00") for line in TASKS]
    path = tmp_path / "plan.xer"
    plan_of(path, PROJECT, WBS, damaged, LINKS)
    before = tried(workspace, path, {})
    (row,) = [row for row, outcome in outcomes(before).items() if outcome == "error"]
    assert [f.field for f in before.faults] == ["actual_start"]
    last = before.found.incoming.rows[-1]

    mended = {(row, "actual_start"): "2026-03-02", (last, "predecessors"): "A1000FS+1d"}
    assert set(outcomes(tried(workspace, path, mended)).values()) == {"new"}
    imported(workspace, path, mended)
    stored = dict(zip(*zip(*rows_of(workspace, "tasks", "name", "actual_start"), strict=True), strict=True))
    assert stored["泵单机试车"] == dt.datetime(2026, 3, 2)
    assert ("泵单机试车", "移交", "FS", 480) in links(workspace)


@pytest.mark.parametrize(
    "text",
    ["", "0", "-1", "5 d", "1e400", "2026-02-30", "3/5", "３月５日", "summary", "milestone", "FS", "1FS", "2;3;4",
     "{null}", "清空", "=1+1", "nan", "150%", "否", "Zhang San; Li Si", "\0", "x" * 700, "1SS+5e%",
     "1FS+50%", "1FS+2ed"],
)  # fmt: skip
def test_whatever_is_typed_anywhere_becomes_a_verdict(workspace: Workspace, plan: Path, text: str) -> None:
    fields = [m.field for m in tried(workspace, plan, {}).mapping.columns]
    run = tried(workspace, plan, {(row, field): text for row in (1, 2) for field in [*fields, "kind", "deadline"]})
    assert outcomes(run)[3] in ("new", "error")
    assert all(run.cells(place) is not None for place in range(3))
    apply(run, workspace, memory=Memory(plan.parent / "mappings.json"))


def test_a_task_without_an_id_of_its_own_is_given_one(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_bytes(a_file(a_task(4) + a_task(4).replace("<ID>4</ID>", "<ID>5</ID>").replace("Task 4", "Twin")))
    assert outcomes(tried(workspace, path, {})) == {4: "new", 5: "error"}

    imported(workspace, path, {(5, "source_id"): "9"})
    assert rows_of(workspace, "tasks", "source_id", "name") == [("4", "Task 4"), ("9", "Twin")]

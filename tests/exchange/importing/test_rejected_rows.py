"""Rows in error as a workbook: what it holds, that nothing in it is a formula, that it comes back mended."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from handover.errors import HandoverError, NotValid
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.importing.apply import apply
from handover.exchange.importing.rejected_rows import write_rejected
from handover.exchange.lists.import_file import open_import
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.i18n import in_language
from handover.registers.catalogue import by_hand
from handover.store.workspace import Workspace
from tests.exchange.plans.test_corrections import tried as tried_plan
from tests.exchange.plans.test_mspdi import a_file as a_plan
from tests.exchange.plans.test_mspdi import a_task
from tests.exchange.trying import a_file, imported, outcomes, rows_of, the_project, tried

LIST: tuple[tuple[Any, ...], ...] = (
    ("Task Name", "Duration", "Start", "Colour"),
    ("Check", "5 days", dt.date(2026, 3, 2), "red"),
    ("Run", "soon", dt.date(2026, 3, 5), "=1+1"),
    ("Stop", "1 day", "2026-02-30", "+49 30 1234"),
)


def written(run: DryRun, path: Path) -> list[tuple[Any, ...]]:
    write_rejected(run, open_import(run.file.path), path)
    return list(load_workbook(path).active.iter_rows(values_only=True))


def test_rows_in_error_stand_below_their_headings_with_what_is_wrong(workspace: Workspace, tmp_path: Path) -> None:
    head, *rows = written(tried(workspace, a_file(tmp_path, LIST)), tmp_path / "rejected.xlsx")
    assert head == ("Task Name", "Duration", "Start", "Colour", "What is wrong (cells of list.xlsx)")
    assert [row[:2] for row in rows] == [("Run", "soon"), ("Stop", "1 day")]
    assert rows[0][2] == dt.datetime(2026, 3, 5)
    assert rows[0][4].startswith("B3: “soon” is not a duration. Right would be")
    assert rows[1][4] == "C4: “2026-02-30” is not a date. Right would be 2026-03-05."


def test_nothing_in_it_is_a_formula(workspace: Workspace, tmp_path: Path) -> None:
    texts = ("=1+1", "+49 30", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "O'Neill", "_x0041_")
    book = Workbook()
    book.active.append(("Task Name", "Duration", "Colour"))
    for number in range(len(texts)):
        book.active.append((f"Good {number}", "5 days", None))
    for number, text in enumerate(texts):
        book.active.append((f"Bad {number}", "soon", None))
        book.active.cell(book.active.max_row, 3, text.replace("_x", "_x005F_x")).data_type = "s"
    book.save(tmp_path / "list.xlsx")
    path = tmp_path / "rejected.xlsx"
    write_rejected(tried(workspace, tmp_path / "list.xlsx"), open_import(tmp_path / "list.xlsx"), path)

    cells = [row[2] for row in load_workbook(path).active.iter_rows(min_row=2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells] == [True] * 5 + [False] * 2
    assert [row[2] for row in read_grid(open_source(path)).rows[1:]] == list(texts)


def test_cells_to_mend_are_coloured(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "rejected.xlsx"
    written(tried(workspace, a_file(tmp_path, LIST)), path)
    sheet = load_workbook(path).active
    assert sheet["B2"].fill.fgColor.rgb == sheet["C3"].fill.fgColor.rgb == "00FBE3DC"
    assert sheet["A2"].fill.fill_type is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_mended_rows_are_imported_and_nothing_counts_as_gone(
    workspace: Workspace, tmp_path: Path, language: str
) -> None:
    source = a_file(tmp_path, LIST)
    path = tmp_path / "rejected.xlsx"
    with in_language(language):
        written(tried(workspace, source), path)
    imported(workspace, source)
    book = load_workbook(path)
    book.active["B2"], book.active["C3"] = "2 days", dt.date(2026, 2, 27)
    book.active["A3"] = "Check"  # a row that is there already
    book.save(path)

    run = tried(workspace, path)
    assert [m.field for m in run.mapping.columns] == ["name", "duration", "start", "", ""]
    assert (outcomes(run), run.missing) == ({2: "changed", 3: "changed"}, [])
    (said,) = [str(n) for n in tried(workspace, path, on_missing="drop").notices]
    assert said == "The file holds only rows that were to be mended: no row counts as missing for that."
    imported(workspace, path, on_missing="drop")
    assert rows_of(workspace, "tasks", "name", "duration") == [("Check", 480), ("Run", 960), ("Stop", 480)]


def test_column_that_says_what_is_wrong_fills_no_field(workspace: Workspace, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        with in_language(language):
            written(tried(workspace, a_file(tmp_path, LIST)), tmp_path / "rejected.xlsx")
        file = open_import(tmp_path / "rejected.xlsx")
        for register in by_hand():
            mapping = file.mapping(register, file.table("Sheet1"))
            assert says_what_is_wrong(mapping.columns[-1].heading)
            assert mapping.columns[-1].field == "", register.key


def test_rows_rejected_twice_say_only_what_is_wrong_now(workspace: Workspace, tmp_path: Path) -> None:
    first = tmp_path / "first.xlsx"
    written(tried(workspace, a_file(tmp_path, LIST)), first)
    head, *rows = written(tried(workspace, first), tmp_path / "second.xlsx")
    assert head[4:] == ("What is wrong (cells of first.xlsx)",)
    assert rows[1][4].startswith("C3: ")


def test_headings_on_two_rows_become_one(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task Name", "Planned", None, "Actual"),
        (None, "Start", "Finish", "Start"),
        ("Run", "2026-02-30", "2026-03-01", None),
        ("Stop", "2026-03-01", "2026-03-01", None),
    )
    head, *_ = written(tried(workspace, a_file(tmp_path, rows), header=2), tmp_path / "rejected.xlsx")
    assert head[:2] == ("Task Name", "Planned Start")
    run = tried(workspace, tmp_path / "rejected.xlsx")
    assert [m.field for m in run.mapping.columns][:2] == ["name", "start"]


def test_corrected_cells_are_written_as_corrected(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, LIST)
    file = open_import(path)
    choice = file.best(None)
    from handover.exchange.importing.rehearse import rehearse_table

    wanted = ImportOptions(corrections={(3, "name"): "Run again"})
    run = rehearse_table(workspace, the_project(workspace), file, choice, wanted)
    write_rejected(run, file, tmp_path / "rejected.xlsx")
    assert load_workbook(tmp_path / "rejected.xlsx").active["A2"].value == "Run again"


def test_rows_of_a_plan_are_written_as_shown(workspace: Workspace, tmp_path: Path) -> None:
    plan = tmp_path / "plan.xml"
    plan.write_bytes(a_plan(a_task(1) + a_task(2)))
    run = tried_plan(workspace, plan, {(2, "duration"): "soon"})
    head, row = written(run, tmp_path / "rejected.xlsx")
    assert row[head.index("Task")] == "Task 2"
    assert row[head.index("Duration")] == "soon"
    assert "is not a duration" in row[-1]


@pytest.mark.parametrize("name", ["rejected.csv", "list.xlsx", "missing/rejected.txt"])
def test_impossible_names_are_refused(workspace: Workspace, tmp_path: Path, name: str) -> None:
    path = a_file(tmp_path, LIST)
    before = path.read_bytes()
    with pytest.raises(NotValid):
        write_rejected(tried(workspace, path), open_import(path), tmp_path / name)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.glob("*.xlsx")] == ["list.xlsx"]


def test_what_stood_there_stays_when_nothing_can_be_written(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = a_file(tmp_path, LIST), tmp_path / "rejected.xlsx"
    target.write_bytes(b"before")
    run = tried(workspace, path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("handover.replacing.os.fsync", full)
    with pytest.raises(HandoverError, match="The disk is full"):
        write_rejected(run, open_import(path), target)
    assert target.read_bytes() == b"before"
    assert not list(tmp_path.glob(".*part"))


def test_list_without_errors_writes_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, LIST[:2])
    with pytest.raises(NotValid, match="nothing to write"):
        write_rejected(tried(workspace, path), open_import(path), tmp_path / "rejected.xlsx")


def test_rows_of_an_outline_keep_what_they_are_part_of(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("Task Name", "Duration"),
        ("Mechanical", "10 days"), ("  Flush", "5 days"), ("  Fill", "soon"),
        ("Electrical", "10 days"), ("  Energise", "later"), ("    Test", "1 day"),
    )  # fmt: skip
    source, path = a_file(tmp_path, rows), tmp_path / "rejected.xlsx"
    head, *rest = written(tried(workspace, source), path)
    assert head[:3] == ("Task Name", "Duration", "Part of")
    assert [(row[0], row[2]) for row in rest] == [("  Fill", "Mechanical"), ("  Energise", "Electrical")]
    imported(workspace, source)
    book = load_workbook(path)
    book.active["B2"] = book.active["B3"] = "2 days"
    book.save(path)
    imported(workspace, path)
    parts = dict(rows_of(workspace, "tasks", "name", "parent"))
    assert (parts["Fill"], parts["Energise"]) == (parts["Flush"], "Electrical")


def test_what_was_said_of_the_columns_counts_for_the_rejected_rows(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Thing", "Colour"), ("Mechanical", "a"), ("  Flush", "x" * 501), ("  Fill", "b"))
    source, path = a_file(tmp_path, rows), tmp_path / "rejected.xlsx"
    chosen = {"Thing": "name", "Colour": "wbs"}
    written(tried(workspace, source, register="tasks", maps=chosen), path)
    apply(tried(workspace, source, register="tasks", maps=chosen), workspace)
    assert [m.field for m in tried(workspace, path).mapping.columns][:2] == ["name", "wbs"]

"""Dates that can be read in two ways are asked about; those that Excel may have turned are named."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from handover.errors import NotValid
from handover.exchange.columns.date_doubts import date_doubts
from handover.exchange.importing.summary import as_json
from handover.exchange.lists.import_file import open_import
from handover.i18n import in_language
from handover.registers.catalogue import register
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, outcomes, reasons, tried

HEAD = ("Task Name", "Start")
EITHER_WAY = (HEAD, ("Check", "03/05/2026"), ("Run", "04/05/2026"), ("Stop", "05/06/2026"))
#: As Excel of the United States leaves a column of the United Kingdom: 3 May became 5 March, 13 May stayed text.
TURNED: tuple[tuple[Any, ...], ...] = (
    HEAD,
    *[(f"Task {n}", dt.date(2026, n, 5)) for n in (1, 2, 3)],
    *[(f"Task {n}", f"{n}/05/2026") for n in (13, 14, 15)],
)


def doubts(path: Path) -> list[Any]:
    file = open_import(path)
    choice = file.best(register("tasks"))
    return date_doubts(choice.register, choice.mapping, file.grid(choice.table.sheet), choice.table)


def test_doubts_are_known_before_anything_is_compared(tmp_path: Path, workspace: Workspace) -> None:
    (either,) = doubts(a_file(tmp_path, EITHER_WAY))
    assert (either.heading, either.asks) == ("Start", True)
    (turned,) = doubts(a_file(tmp_path, TURNED))
    assert (turned.asks, turned.places) == (False, ("B2", "B3", "B4"))


def test_clear_dates_leave_no_doubt(tmp_path: Path, workspace: Workspace) -> None:
    assert doubts(a_file(tmp_path, (HEAD, ("Check", "13/05/2026"), ("Run", "04/05/2026")))) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "The dates in Start can be read in two ways: “03/05/2026” as 3 May 2026 or as 5 Mar 2026?"),
        ("zh", "“Start”中的日期有两种读法：“03/05/2026”是 2026-05-03 还是 2026-03-05？"),
    ],
)
def test_question_names_both_readings(tmp_path: Path, workspace: Workspace, language: str, said: str) -> None:
    run = tried(workspace, a_file(tmp_path, EITHER_WAY))
    with in_language(language):
        assert run.question("start") == said


def test_cells_that_excel_may_have_turned_are_named_in_either_language(tmp_path: Path, workspace: Workspace) -> None:
    (notice,) = tried(workspace, a_file(tmp_path, TURNED)).date_notices()
    assert str(notice).endswith("Compare cell B2 with the original: is 5 Jan 2026 right, or 1 May 2026?")
    with in_language("zh"):
        assert str(notice).endswith("请将单元格 B2 与原件核对：应为 2026-01-05 还是 2026-05-01？")


def test_turning_that_changes_nothing_is_no_doubt(tmp_path: Path, workspace: Workspace) -> None:
    same = [(f"Task {n}", dt.date(2026, n, n)) for n in (1, 2, 3)]
    assert tried(workspace, a_file(tmp_path, (HEAD, *same, *TURNED[4:]))).date_notices() == []


def test_scripts_get_the_order_and_its_doubts(tmp_path: Path, workspace: Workspace) -> None:
    (column,) = [c for c in as_json(tried(workspace, a_file(tmp_path, TURNED)))["columns"] if c["field"] == "start"]
    assert column["dates"]["maybe_swapped"] == ["B2", "B3", "B4"]
    (column,) = [c for c in as_json(tried(workspace, a_file(tmp_path, EITHER_WAY)))["columns"] if c["field"] == "start"]
    assert (column["dates"]["order"], column["dates"]["undecided"]) == ("dmy", True)
    assert column["dates"]["examples"][0] == {"cell": "03/05/2026", "read_as": "2026-05-03", "or": "2026-03-05"}


def test_dates_before_1900_are_in_error_cell_by_cell_even_when_all_of_a_column_are(
    tmp_path: Path, workspace: Workspace
) -> None:
    path = a_file(tmp_path, (HEAD, ("Check", "1899-12-31"), ("Run", "31.12.1850"), ("Stop", "1026-03-05")))
    assert reasons(tried(workspace, path)) == {
        2: "B2: “1899-12-31” lies before 1900, which can't be meant. Right would be 2026-03-05.",
        3: "B3: “31.12.1850” lies before 1900, which can't be meant. Right would be 2026-03-05.",
        4: "B4: “1026-03-05” lies before 1900, which can't be meant. Right would be 2026-03-05.",
    }


def test_date_at_the_end_of_time_is_kept_from_its_field_and_the_rows_are_read(
    tmp_path: Path, workspace: Workspace
) -> None:
    others = [("Run", dt.date(2026, 3, day)) for day in range(1, 9)]
    path = a_file(tmp_path, (HEAD, ("Check", 2958465.9999999), *others))
    book = load_workbook(path)
    book.active["B2"].number_format = "yyyy-mm-dd"
    book.save(path)
    run = tried(workspace, path)
    assert list(reasons(run)) == [2]
    assert list(outcomes(run).values()) == ["new"] * 9


def test_formula_on_nothing_in_cells_formatted_as_dates_is_no_date(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, (HEAD, ("Check", 0), ("Run", dt.date(2026, 3, 5)), ("Stop", dt.date(2026, 3, 6))))
    book = load_workbook(path)
    book.active["B2"].number_format = "yyyy-mm-dd"
    book.save(path)
    assert outcomes(tried(workspace, path)) == {2: "new", 3: "new", 4: "new"}


YEARLESS = (HEAD, ("Check", "3月5日"), ("Run", "12月20日"), ("Stop", "1月5日"))


def test_dates_without_a_year_take_it_from_the_title_and_say_so(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, (("某项目2026年移交计划",), *YEARLESS))
    run = tried(workspace, path)
    assert set(outcomes(run).values()) == {"new"} and not run.without_year
    (notice,) = run.date_notices()
    assert "they are read as 5 Mar 2026 to 5 Jan 2027" in str(notice)
    assert tried(workspace, path, year=2025).found.incoming.values["start"][0].year == 2025


def test_year_that_nothing_tells_is_asked_for(tmp_path: Path, workspace: Workspace) -> None:
    path = a_file(tmp_path, YEARLESS)
    run = tried(workspace, path)
    assert run.mapping.by_field["start"] == 1
    assert run.year_question() == "The dates in Start have no year. Of which year is “3月5日”?"
    assert [question.option for question in run.questions] == ["--year"]
    (doubt,) = doubts(path)
    assert doubt.reading.no_year and not doubt.asks
    assert set(outcomes(tried(workspace, path, year=2026)).values()) == {"new"}
    with pytest.raises(NotValid):
        tried(workspace, path, year=26)

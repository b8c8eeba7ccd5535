"""A sheet that is a form says what it is; its head is read apart from its table."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handover.errors import UnusableFile
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.importing.summary import as_json
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import find_tables
from handover.exchange.tables.forms import Form, form_of
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, tried

TRANSMITTAL: tuple[tuple[Any, ...], ...] = (
    ("DOCUMENT TRANSMITTAL",),
    ("Transmittal No.:", "TR-014", None, "Date", dt.datetime(2027, 3, 1)),
    ("To: Operations", None, None, "From:", "Contractor"),
    ("Attn", "Ann Li"),
    (),
    ("Drawing number", "Title", "Rev"),
    ("D-1", "Pump", "A"),
    ("D-2", "Fan", "B"),
    (),
    ("Received by:", "________"),
)
MINUTES: tuple[tuple[Any, ...], ...] = (
    ("会议纪要",),
    ("会议时间", "2026年3月1日", "地点", "三楼会议室"),
    ("主持人：张三", None, "记录人", "李四"),
    ("参会人员", "张三、李四、王五"),
    ("序号", "行动项", "责任人", "完成日期"),
    (1, "核对清单", "张三", dt.datetime(2026, 3, 5)),
    (2, "编制计划", "李四", dt.datetime(2026, 3, 9)),
)


def the_form(rows: tuple[tuple[Any, ...], ...], sheet: str = "Sheet1", with_table: bool = True) -> Form | None:
    wide = max(map(len, rows))
    grid = Grid(sheet, [tuple(row) + (None,) * (wide - len(row)) for row in rows], wide)
    return form_of(grid, find_tables(grid, heading_likeness)[0] if with_table else None)


def heads(form: Form | None) -> tuple[str, dict[str, str]]:
    assert form is not None and form.kind is not None
    return form.kind.key, {each.label: each.text for each in form.head}


def test_the_head_of_a_transmittal_is_read_apart_from_its_table() -> None:
    assert heads(the_form(TRANSMITTAL)) == (
        "transmittal",
        {"Transmittal No.": "TR-014", "Date": "2027-03-01", "To": "Operations", "From": "Contractor", "Attn": "Ann Li"},
    )


def test_the_head_of_minutes_goes_to_the_row_above_the_headings() -> None:
    kind, head = heads(the_form(MINUTES))
    assert kind == "minutes" and head["会议时间"] == "2026年3月1日" and head["参会人员"] == "张三、李四、王五"


def test_times_and_addresses_are_no_fields_and_a_colon_may_have_a_cell_of_its_own() -> None:
    rows = (
        ("INSPECTION REPORT",),
        ("Report no", ":", "IR-3"),
        ("Tag", "P-1"),
        ("12:30",),
        ("https://x.org/a",),
        ("a",),
    )
    assert heads(the_form(rows, with_table=False)) == ("inspection", {"Report no": "IR-3", "Tag": "P-1"})


@pytest.mark.parametrize("title", ["Transmittal register", "Inspection plan", "会议记录台账", "Pump station"])
def test_a_list_of_many_is_no_form(title: str) -> None:
    rows = ((title,), ("Project: Pumps",), ("Date: 2026-01-01",), ("No", "Title", "Date"), (1, "First", "2026-01-01"))
    assert the_form(rows) is None


def test_a_form_says_what_it_is_and_gives_its_table(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, TRANSMITTAL), register="documents")
    assert run.rows["new"] == 2
    data = as_json(run)
    assert data["form"]["kind"] == "transmittal" and data["form"]["head"][0]["value"] == "TR-014"
    assert any("is a transmittal (Transmittal No.: TR-014; Date: 2027-03-01" in said for said in data["notices"])


def test_a_form_without_a_table_says_what_it_is(workspace: Workspace, tmp_path: Path) -> None:
    rows = (
        ("CHECK LIST FOR CONCRETE",),
        ("DATE:", dt.datetime(2027, 3, 1)),
        ("CONTRACTOR'S REP.:", "________"),
        ("RECEIVED BY ENGINEER:", "________"),
    )
    with pytest.raises(UnusableFile, match=r"holds no list: sheet Sheet1 is an inspection record \(DATE: 2027-03-01\)"):
        tried(workspace, a_file(tmp_path, rows))

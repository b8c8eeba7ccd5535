"""Tables found on sheets as people make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import NotValid
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.reading.grid import Area, Grid, fill_merged
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.exchange.tables import finding
from handover.exchange.tables.finding import Table
from handover.exchange.tables.other_rows import Skip
from handover.values.cells import Cell
from tests.strangers import CORPUS, needs_corpus

find_tables = partial(finding.find_tables, likeness=heading_likeness)
table_at = partial(finding.table_at, likeness=heading_likeness)

DAY = dt.date(2026, 3, 5)


def grid(rows: Sequence[Sequence[Any]], merged: Sequence[tuple[int, int, int, int]] = (), **marks: Any) -> Grid:
    width = max(map(len, rows), default=0)
    cells: list[tuple[Cell, ...]] = [(*row, *[None] * (width - len(row))) for row in rows]
    cells = [tuple(float(v) if type(v) is int else v for v in row) for row in cells]
    areas = tuple(Area(*area) for area in merged)
    return Grid("Plan", cells, width, areas, fill_merged(cells, areas), **marks)


def names(table: Table) -> list[str]:
    return [h.text for h in table.headings if not h.timeline]


PLAN = [["No", "Task", "Start", "Duration"], [1, "Pump", DAY, 5], [2, "Motor", DAY, 3], [3, "Valve", DAY, 1]]


def test_header_in_the_first_row() -> None:
    (table,) = find_tables(grid(PLAN))
    assert table.header_rows == (0,) and names(table) == ["No", "Task", "Start", "Duration"]
    assert list(table.rows()) == [1, 2, 3] and table.header_row == 1


def test_header_below_titles_and_labels() -> None:
    rows = [["Commissioning plan 2026"], ["Project:", "Body line"], ["Manager:", "Ann Lee"], [], *PLAN]
    (table,) = find_tables(grid(rows, merged=[(0, 0, 0, 3)]))
    assert table.header_rows == (4,) and table.title == "Commissioning plan 2026"


def test_two_rows_of_headings_are_joined_where_they_repeat() -> None:
    rows = [
        ["序号", "任务名称", "计划", None, "实际", None],
        [None, None, "开始", "完成", "开始", "完成"],
        [1, "泵调试", DAY, DAY, None, None],
        [2, "电机调试", DAY, DAY, None, None],
    ]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5)]
    for areas in (merged, []):
        (table,) = find_tables(grid(rows, merged=areas))
        assert table.header_rows == (0, 1)
        assert names(table)[:2] == ["序号", "任务名称"] and table.headings[2].parts == ("计划", "开始")
    (table,) = find_tables(grid(rows, merged=merged))
    assert names(table)[2:] == ["计划 开始", "计划 完成", "实际 开始", "实际 完成"]


def test_headings_in_two_languages_belong_together() -> None:
    rows = [
        ["任务名称", "开始时间", "工期"],
        ["Task Name", "Start", "Duration"],
        ["Pump", DAY, "5天"],
        ["Motor", DAY, "3天"],
    ]
    (table,) = find_tables(grid(rows))
    assert table.header_rows == (0, 1) and table.headings[0].parts == ("任务名称", "Task Name")


def test_technical_names_above_the_spoken_ones() -> None:
    rows = [
        ["task_code", "task_name", "target_drtn_hr_cnt", "start_date"],
        ["Activity ID", "Activity Name", "Original Duration", "Start"],
        ["A1000", "Pump", 5, DAY],
        ["A1010", "Motor", 3, DAY],
    ]
    (table,) = find_tables(grid(rows))
    assert table.header_rows == (0, 1) and table.headings[0].parts == ("task_code", "Activity ID")


def test_totals_blank_rows_notes_and_page_headings_are_told() -> None:
    rows = [
        *PLAN,
        [],
        ["No", "Task", "Start", "Duration"],
        [4, "Pipe", DAY, 2],
        ["合计", None, None, 11],
        [],
        ["编制：张三"],
        ["Printed in March"],
    ]
    (table,) = find_tables(grid(rows))
    assert list(table.rows()) == [1, 2, 3, 6]
    assert table.skipped == {
        4: Skip.BLANK,
        5: Skip.HEADING,
        7: Skip.TOTAL,
        8: Skip.BLANK,
        9: Skip.NOTE,
        10: Skip.NOTE,
    }
    assert all(why.reason.endswith(".") for why in table.skipped.values())


@pytest.mark.parametrize("text", ["Total station survey", "Summary of tests", "合计表编制"])
def test_a_task_whose_name_begins_like_a_total_is_a_task(text: str) -> None:
    (table,) = find_tables(grid([*PLAN, [4, text, DAY, 2]]))
    assert list(table.rows()) == [1, 2, 3, 4]


def test_rows_that_are_only_numbered_are_left_out() -> None:
    (table,) = find_tables(grid([*PLAN, [4, None, None, "-"], [5], [6]]))
    assert [table.skipped[r] for r in (4, 5, 6)] == [Skip.NUMBERED] * 3


def test_hidden_rows_are_left_out_unless_wanted() -> None:
    (table,) = find_tables(grid(PLAN, hidden_rows=frozenset({2}), hidden_columns=frozenset({3})))
    assert list(table.rows()) == [1, 3] and list(table.rows(frozenset({2}))) == [1, 2, 3]
    assert [h.hidden for h in table.headings] == [False, False, False, True]


def test_days_alone_head_a_drawn_chart() -> None:
    weeks = [dt.date(2026, 3, 2), dt.date(2026, 3, 9), dt.date(2026, 3, 16)]
    rows = [["Gantt"], [None, *weeks], [], ["Load the data", "A"], ["Write it down"], ["Draw the route", None, "A & M"]]
    (table,) = finding.find_tables(grid(rows), heading_likeness)
    assert table.header_row == 2
    assert [h.timeline for h in table.headings] == [False, True, True, True]
    assert len(list(table.rows())) == 3


def test_days_over_days_are_no_headings() -> None:
    rows = [[None, dt.date(2026, 3, d), dt.date(2026, 3, d + 1), dt.date(2026, 3, d + 2)] for d in (2, 3, 4)]
    (table,) = finding.find_tables(grid([*rows, ["A text"], ["Another"], ["A third"]]), heading_likeness)
    assert table.header_row is None


def test_several_tables_below_each_other() -> None:
    second = [["Name", "Email", "Role"], ["Ann", "ann@x.org", "Lead"], ["Bob", "bob@x.org", "Engineer"]]
    tables = find_tables(grid([["Tasks"], *PLAN, [], ["Contacts"], *second]))
    assert [t.header_row for t in tables] == [2, 8]
    assert list(tables[0].rows()) == [2, 3, 4] and list(tables[1].rows()) == [8, 9]
    assert tables[1].title == "Contacts"


def test_tables_side_by_side() -> None:
    people = [["Name", "Email"], ["Ann", "a@x"], ["Bob", "b@x"], [None, None]]
    tables = find_tables(grid([[*left, None, *right] for left, right in zip(PLAN, people, strict=True)]))
    assert [names(t) for t in tables] == [PLAN[0], people[0]]
    assert list(tables[1].rows()) == [1, 2]


def test_an_empty_column_alone_parts_no_table() -> None:
    rows = [
        ["Task", "Start", None, "Finish", "Status"],
        ["Pump", DAY, None, DAY, "open"],
        ["Motor", DAY, None, DAY, "open"],
    ]
    (table,) = find_tables(grid(rows))
    assert names(table) == ["Task", "Start", "Finish", "Status"]


def test_a_drawn_chart_is_told_from_the_columns() -> None:
    weeks = [f"W{n}" for n in range(1, 21)]
    rows = [[*PLAN[0], *weeks], *[[*row, *["x" if n % 5 == 0 else None for n in range(20)]] for row in PLAN[1:]]]
    (table,) = find_tables(grid(rows))
    assert names(table) == PLAN[0] and sum(h.timeline for h in table.headings) == 20


def test_merged_phases_fill_their_rows_and_merged_pairs_are_one_row() -> None:
    rows = [["阶段", "任务", "天数"], ["设计", "泵", 1], [None, "电机", 2], ["安装", "阀", 3], [None, None, None]]
    (table,) = find_tables(grid(rows, merged=[(1, 0, 2, 0), (3, 0, 4, 0), (3, 1, 4, 1), (3, 2, 4, 2)]))
    assert list(table.rows()) == [1, 2, 3] and table.skipped.get(4) is Skip.MERGED


def test_a_row_that_names_what_follows_is_a_section() -> None:
    rows = [PLAN[0], ["一、设计阶段"], *PLAN[1:3], ["二、安装阶段"], PLAN[3]]
    (table,) = find_tables(grid(rows))
    assert table.sections == {1: "一、设计阶段", 4: "二、安装阶段"} and list(table.rows()) == [1, 2, 3, 4, 5]


def test_a_list_without_headings_is_offered_by_its_columns() -> None:
    (table,) = find_tables(grid([["Pump", DAY], ["Motor", DAY], ["Valve", DAY]]))
    assert table.header_rows == () and [h.letters for h in table.headings] == ["A", "B"]
    assert find_tables(grid([])) == []


def test_an_export_of_planner_has_labels_above_its_header() -> None:
    rows = [
        ["Plan name", "Body line"],
        ["Plan ID", "x1"],
        [],
        ["Task ID", "Task Name", "Progress"],
        ["a", "Pump", "Done"],
    ]
    (table,) = find_tables(grid(rows))
    assert table.header_row == 4 and table.title == ""


def test_an_export_of_ganttproject_has_people_below_its_tasks() -> None:
    tasks = [["ID", "Name", "Begin date", "End date", "Duration"], ["0", "Pump", "3/5/26", "3/9/26", "3"]]
    people = [["ID", "Name", "Default role", "e-mail", "Phone", "Standard rate"], ["0", "Ann", "x", "a@x", None, "0"]]
    assert [t.header_row for t in find_tables(grid([*tasks, [], [], *people]))] == [1, 5]


def test_groups_with_their_own_headings_are_one_table_with_sections() -> None:
    head = ["Name", "Person", "Status", "Date"]
    rows = [["Board"], head, ["Pump", "Ann", "Done", DAY], [], ["Phase B"], head, ["Valve", "Cid", "Open", DAY]]
    (table,) = find_tables(grid(rows))
    assert list(table.rows()) == [2, 4, 6] and table.sections == {4: "Phase B"}


def test_a_line_of_signatures_is_no_task() -> None:
    (table,) = find_tables(grid([*PLAN, ["编制：", "张三", "审核：", "李四"]]))
    assert table.skipped == {4: Skip.NOTE}


def test_a_single_column_with_a_heading() -> None:
    (table,) = find_tables(grid([["Task"], ["Pump"], ["Motor"]]))
    assert table.header_row == 1 and list(table.rows()) == [1, 2]


def test_the_user_may_name_the_header_row() -> None:
    table = table_at(grid([["a", "b"], ["c", "d"], ["e", "f"]]), 2)
    assert names(table) == ["c", "d"] and list(table.rows()) == [2]
    with pytest.raises(NotValid):
        table_at(grid([["a"], [None]]), 2)


CELL = st.one_of(
    st.none(),
    st.text(max_size=30),
    st.floats(allow_nan=False),
    st.dates(),
    st.booleans(),
    st.sampled_from(["Task", "Start", "合计", "-"]),
)
AREA = st.tuples(*[st.integers(0, 12)] * 4).map(
    lambda a: (min(a[0], a[2]), min(a[1], a[3]), max(a[0], a[2]), max(a[1], a[3]))
)


@given(st.lists(st.lists(CELL, max_size=7), max_size=14), st.lists(AREA, max_size=5))
def test_no_sheet_makes_the_finder_fail(rows: list[list[Any]], merged: list[tuple[int, int, int, int]]) -> None:
    sheet = grid(rows, merged=merged)
    seen: set[int] = set()
    for table in find_tables(sheet):
        taken = list(table.rows())
        assert all(0 <= r < sheet.height for r in taken) and set(taken).isdisjoint(table.header_rows)
        assert all(any(v is not None for v in sheet.rows[r]) for r in taken)
        seen.update(taken)


@needs_corpus
@pytest.mark.parametrize(
    ("file", "sheet", "header", "rows"),
    [
        ("tasks/msproject-vba-export.xlsx", "Gantt", 4, 48),
        ("tasks/project-plan-phases.xlsx", "Tasks and Timeline", 6, 23),
        ("tasks/project-plan-phases.xlsx", "Task Brainstorm", 4, 23),
        ("tasks/gantt-titled.xlsx", "Sheet1", 5, 18),
        ("tasks/gantt-periods-not-dates.xlsx", "Project Planner", 4, 27),
        ("tasks/gantt-zh.xlsx", "Sheet1", 2, 7),
        ("tasks/project-plan-zh-phases.xlsx", "策划计划", 2, 15),
        ("tasks/gantt-template-dependencies.xlsx", "GanttChart", 10, 25),
        ("tasks/plan-template-costs.xls", "Project Plan", 9, 128),
        ("tasks/wbs-deliverables.xlsx", "WBS Spreadsheet", 3, 19),
        ("tasks/wbs-ja.xlsx", "WBS", 4, 3),
        ("tasks/project-plan-zh-shop.xlsx", "Sheet1", 5, 6),
        ("registers/master-documents-list.xlsx", "Master Documents", 7, 1),
        ("registers/risk-management-plan.xlsx", "Risk Mgt Plan", 6, 0),
        ("registers/deliverables-register.xls", "Deliverables Register", 7, 0),
        ("registers/acceptance-register.xls", "Acceptance Register", 8, 0),
        ("registers/risk-register.xlsx", "Risk Register", 3, 0),
        ("registers/transmittal-sheet.xlsx", "Transmittal", 8, 1),
        ("cobie/dormitory.xlsx", "Component", 1, 397),
    ],
)
def test_real_files(file: str, sheet: str, header: int, rows: int) -> None:
    table = find_tables(read_grid(open_source(CORPUS / file), sheet))[0]
    assert (table.header_row, len(list(table.rows()))) == (header, rows)


def test_groups_above_headings_hold_for_the_columns_to_their_right_without_merged_cells() -> None:
    rows = (
        ("No", "Task", None, "Planned", None, "Actual", None, "Owner"),
        (None, "Task name", "Notes", "Start", "Finish", "Start", "Finish", None),
        (1, "Flush", "x", "2026-03-05", "2026-03-06", "2026-03-05", "2026-03-09", "Li"),
        (2, "Fill", "y", "2026-03-07", "2026-03-08", None, None, "Wang"),
    )
    (table,) = find_tables(grid(rows))
    assert [h.parts for h in table.headings][3:7] == [
        ("Planned", "Start"), ("Planned", "Finish"), ("Actual", "Start"), ("Actual", "Finish"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "between", "tables"),
    [
        ("A. 计划", [[], ["B. 计划"]], 2),
        ("A. 计划", [["B. 计划"]], 2),
        ("Table 1 Mechanical", [["Table 2 Electrical"]], 2),
        ("1. Mechanical", [[], ["2. Electrical"]], 1),
        ("计划", [[], ["计划"]], 1),
        ("计划", [[], ["计划（第2页）"]], 1),
        ("某项目计划", [[], ["二、电气部分"]], 1),
        ("某项目计划", [["Electrical"]], 1),
    ],
)
def test_same_headings_below_another_title_are_another_table(first: str, between: list[list[str]], tables: int) -> None:
    found = find_tables(grid([[first], *PLAN, *between, *PLAN]))
    assert len(found) == tables
    if tables == 2:
        assert [t.title for t in found] == [first, between[-1][0]]
        assert [len(list(t.rows())) for t in found] == [3, 3]

"""An import is one act: it happens whole or not at all, undo takes it back, and its report stays."""

from __future__ import annotations

import datetime as dt
import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from handover import clock
from handover.errors import Cancelled, NotValid
from handover.exchange.importing.apply import apply
from handover.exchange.importing.reports import past_imports, report_lines
from handover.model import Task
from handover.store.undo import redo, undo
from handover.store.workspace import Workspace
from tests.domain import contents
from tests.exchange.trying import PLAN, a_file, imported, links, outcomes, rows_of, the_project, tried

CORPUS_LIKE_MSPDI = """<?xml version="1.0" encoding="UTF-8"?>
<Project xmlns="http://schemas.microsoft.com/project"><Name>Plant</Name><StartDate>2026-03-02T08:00:00</StartDate>
<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>
<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>
<ToTime>16:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays></Calendar></Calendars><Tasks>
<Task><UID>0</UID><ID>0</ID><Name>Plant</Name><OutlineLevel>0</OutlineLevel></Task>
<Task><UID>7</UID><ID>1</ID><Name>Check</Name><OutlineLevel>1</OutlineLevel><Duration>PT16H0M0S</Duration>
<Start>2026-03-02T08:00:00</Start><Finish>2026-03-03T16:00:00</Finish></Task>
<Task><UID>9</UID><ID>2</ID><Name>Run</Name><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration>
<PredecessorLink><PredecessorUID>7</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat>
</PredecessorLink></Task></Tasks></Project>"""


DAY = dt.date(2026, 3, 5)


def test_a_plan_arrives_with_outline_kinds_dates_people_and_links(workspace: Workspace, tmp_path: Path) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    rows = rows_of(workspace, "tasks", "name", "kind", "parent", "duration", "start", "owner", "percent")
    march = datetime(2026, 3, 2)
    assert rows == [
        ("Commissioning", "summary", None, 4800, march, None, 0.0),
        ("Check the pumps", "task", "Commissioning", 2400, march, "Zhang San", 0.5),
        ("Run the pumps", "task", "Commissioning", 2400, datetime(2026, 3, 9), "Li Si", 0.0),
        ("Handed over", "milestone", None, 0, datetime(2026, 3, 13), None, 0.0),
    ]
    assert links(workspace) == {
        ("Check the pumps", "Run the pumps", "FS", 960.0),
        ("Run the pumps", "Handed over", "FS", 0.0),
    }


def test_undo_takes_an_import_back_whole_and_redo_brings_it_again(workspace: Workspace, tmp_path: Path) -> None:
    before = contents(workspace.path)
    imported(workspace, a_file(tmp_path, PLAN))
    after = contents(workspace.path)
    undo(workspace)
    assert contents(workspace.path) == before
    redo(workspace)
    assert contents(workspace.path) == after


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_cancelled_import_leaves_nothing(workspace: Workspace, tmp_path: Path, after: int) -> None:
    run = tried(workspace, a_file(tmp_path, PLAN))
    before = contents(workspace.path)
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        apply(run, workspace, lambda done, total, what: next(asked) < after)
    assert contents(workspace.path) == before


def test_rows_in_error_stay_out_and_the_others_come_in(workspace: Workspace, tmp_path: Path) -> None:
    head = ("Task Name", "Duration", "Owner", "Start")
    rows = (("Check", "5 days", "Li", DAY), (None, "2 days", "Wang", DAY), ("Stop", "1 day", "Li", DAY))
    report = imported(workspace, a_file(tmp_path, (head, *rows)))
    assert (report.new, report.error, report.created) == (2, 1, 1)
    assert rows_of(workspace, "tasks", "name") == [("Check",), ("Stop",)]


def test_parts_of_a_row_in_error_hang_under_the_next_row_above(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("WBS", "Task Name", "Duration"), ("1", "Plant", None), ("1.1", None, "3 days"), ("1.1.1", "Pump", "1 day"))
    imported(workspace, a_file(tmp_path, rows))
    assert rows_of(workspace, "tasks", "name", "parent") == [("Plant", None), ("Pump", "Plant")]


def test_the_report_stays_with_the_project_even_after_undo(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, (("Task Name", "Duration"), ("Check", "5 days"), ("Run", "soon"), ("Stop", "1 day")))
    report = imported(workspace, path)
    undo(workspace)
    with workspace.read() as connection:
        (found,) = past_imports(connection, the_project(workspace).id)
        lines = report_lines(connection, report.id)
    assert (found.file, found.sheet, found.registers) == ("list.xlsx", "Sheet1", ("tasks",))
    assert found.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert [(line.row, line.outcome) for line in lines] == [(2, "new"), (3, "new"), (4, "new")]
    assert "B3" in lines[1].reason


def test_a_register_that_changed_since_the_dry_run_is_compared_again(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, PLAN)
    stale = tried(workspace, path)
    imported(workspace, path)
    with pytest.raises(NotValid, match="Compare them once more"):
        apply(stale, workspace)
    assert len(rows_of(workspace, "tasks", "name")) == 4


def test_text_that_looks_like_a_formula_stays_text(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text('Task Name,Notes\nCheck,=HYPERLINK("file:///etc/passwd")\nRun,\'+1\nStop,x\n', encoding="utf-8")
    imported(workspace, path)
    assert [notes for _, notes in rows_of(workspace, "tasks", "name", "notes")][1] == "+1"


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_a_text_file_in_any_encoding_is_imported(workspace: Workspace, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("任务名称;开始时间;工期\n单机试车;2026年3月5日;5个工作日\n联动试车;3月15日;2周\n".encode(encoding))
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "start", "duration") == [
        ("单机试车", datetime(2026, 3, 5), 2400),
        ("联动试车", datetime(2026, 3, 15), 4800),
    ]


def test_a_plan_of_ms_project_comes_with_its_links_and_keeps_its_numbers(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(CORPUS_LIKE_MSPDI, encoding="utf-8")
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "source_id", "duration") == [("Check", "7", 960), ("Run", "9", 480)]
    assert links(workspace) == {("Check", "Run", "FS", 480.0)}
    assert tried(workspace, path).rows["unchanged"] == 2


def test_documents_keep_what_every_row_says(workspace: Workspace, tmp_path: Path) -> None:
    rows = (("Document no.", "Title", "System", "Rev", "Status", "Due", "Pages", "Must have"),
            ("D-1", "Manual", "S01", "A", "✅ Approved", date(2026, 3, 5), 12, "yes"))  # fmt: skip
    imported(workspace, a_file(tmp_path, rows), register="documents")
    fields = ("number", "title", "system", "revision", "status", "due_on", "pages", "mandatory")
    assert rows_of(workspace, "documents", *fields) == [
        ("D-1", "Manual", "S01 S01", "A", "approved", date(2026, 3, 5), 12, True)
    ]


def test_rows_that_were_changed_after_they_were_compared_are_compared_once_more(
    workspace: Workspace, tmp_path: Path
) -> None:
    imported(workspace, a_file(tmp_path, PLAN))
    again = [list(row) for row in PLAN]
    again[2][3] = "6 days"
    path = a_file(tmp_path, again, "again.xlsx")
    run = tried(workspace, path)
    with workspace.edit("By hand") as work:
        work.session.scalars(select(Task)).first().notes = "seen"  # type: ignore[union-attr]  # there are tasks

    with pytest.raises(NotValid, match="changed since"):
        apply(run, workspace)
    assert apply(tried(workspace, path), workspace).changed == 1


def test_no_day_is_invented_for_a_task_that_is_done(workspace: Workspace, tmp_path: Path) -> None:
    today = clock.today()
    path = a_file(
        tmp_path,
        [
            ("Task Name", "Start", "Finish", "% Complete"),
            ("as planned", date(2026, 3, 2), date(2026, 3, 6), 1.0),
            ("early", date(2026, 3, 2), today + timedelta(30), 1.0),
            ("some day", None, None, 1.0),
            ("under way", date(2026, 3, 2), date(2026, 3, 6), 0.5),
        ],
    )
    imported(workspace, path)

    assert rows_of(workspace, "tasks", "name", "status", "percent", "actual_finish") == [
        ("as planned", "completed", 1.0, datetime(2026, 3, 6)),
        ("early", "completed", 1.0, None),
        ("some day", "completed", 1.0, None),
        ("under way", "overdue", 0.5, None),
    ]
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}

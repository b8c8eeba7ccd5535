"""P6's files, decent and damaged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import Cancelled, UnusableFile
from handover.exchange.plans.xer.calendars import read_calendar
from handover.exchange.plans.xer.read import read_xer
from handover.exchange.plans.xer.values import XerPlan
from handover.exchange.reading.source import open_source
from handover.plan.calendar import NO_WORK, Shift
from handover.plan.values import Constraint, LinkType, TaskKind
from tests.strangers import CORPUS, needs_corpus

NO_LINK_SAID = (
    "“10 PR_??” is not a predecessor. Right would be the number or code of a task, such as 12 or 12FS+2 days."
)


def table(name: str, fields: str, *rows: str) -> list[str]:
    return [f"%T\t{name}", "%F\t" + "\t".join(fields.split()), *["%R\t" + "\t".join(r.split("|")) for r in rows]]


PROJECT = table("PROJECT", "proj_id proj_short_name clndr_id last_recalc_date", "7|KC-1|5|2026-03-01 00:00")
WBS = table(
    "PROJWBS",
    "wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id",
    "1|7|0|Y|KC-1|空压站移交|",
    "3|7|20|N|B|电气|1",
    "2|7|10|N|A|机械|1",
    "4|7|10|N|A1|泵|2",
)
TASKS = table(
    "TASK",
    "task_id proj_id wbs_id clndr_id complete_pct_type task_type status_code task_code task_name target_drtn_hr_cnt "
    "remain_drtn_hr_cnt phys_complete_pct act_start_date early_end_date target_start_date cstr_type cstr_date",
    "10|7|4|5|CP_Drtn|TT_Task|TK_Active|A1000|泵单机试车|80|20|0|2026-03-02 08:00|2026-03-13 17:00|2026-03-01 08:00|"
    "CS_MSOA|2026-03-02 00:00",
    "11|7|3|5|CP_Phys|TT_Task|TK_Active|A1010|受电|16|16|30|||||",
    "12|7|3|5|CP_Drtn|TT_FinMile|TK_NotStart|A1020|移交|0|0|0|||||",
)
LINKS = table("TASKPRED", "task_id pred_task_id pred_type lag_hr_cnt", "12|10|PR_FS|16", "12|11|PR_SS|-8")


def plan_of(path: Path, *parts: list[str], encoding: str = "utf-8") -> XerPlan:
    lines = ["ERMHDR\t19.12\t2026-03-01", *[line for part in parts for line in part], "%E"]
    path.write_bytes("\r\n".join(lines).encode(encoding))
    assert open_source(path).kind == "xer"
    return read_xer(path)[0]


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-8-sig"])
def test_a_plan_with_its_wbs_and_links(tmp_path: Path, encoding: str) -> None:
    plan = plan_of(tmp_path / "a.xer", PROJECT, WBS, TASKS, LINKS, encoding=encoding)
    assert plan.name == "空压站移交" and plan.data_date == dt.datetime(2026, 3, 1)
    assert [(w.name, w.parent) for w in plan.wbs] == [("机械", None), ("泵", "2"), ("电气", None)]
    pump, power, handover = plan.activities
    assert (pump.code, pump.name, pump.wbs, pump.duration, pump.percent) == ("A1000", "泵单机试车", "4", 4800, 75.0)
    assert pump.start == dt.datetime(2026, 3, 2, 8) and pump.finish == dt.datetime(2026, 3, 13, 17)
    assert (pump.constraint, pump.constraint_date) == (Constraint.START_NO_EARLIER, dt.datetime(2026, 3, 2))
    assert power.percent == 30.0 and handover.kind is TaskKind.MILESTONE
    assert [(k.predecessor, k.type, k.lag) for k in plan.links] == [("10", LinkType.FS, 960), ("11", LinkType.SS, -480)]
    assert not plan.problems


def test_control_characters_are_no_part_of_a_name(tmp_path: Path) -> None:
    tasks = [line.replace("受电", "受\x01电\x1f") for line in TASKS]
    assert [t.name for t in plan_of(tmp_path / "a.xer", PROJECT, WBS, tasks).activities][1] == "受电"


def test_oddities_are_problems_on_their_lines(tmp_path: Path) -> None:
    wbs = table("PROJWBS", "wbs_id proj_id seq_num proj_node_flag wbs_name parent_wbs_id", "8|7|1|N|a|9", "9|7|1|N|b|8")
    links = table(
        "TASKPRED", "task_id pred_task_id pred_type lag_hr_cnt", "12|12|PR_FS|0", "12|99|PR_FS|0", "12|10|PR_??|x"
    )
    twice = [TASKS[2], TASKS[2] + "\ttoo\tmany"]
    plan = plan_of(tmp_path / "a.xer", PROJECT, wbs, TASKS, twice, links)
    assert [w.parent for w in plan.wbs] == ["9", "8"]
    assert [a.code for a in plan.activities] == ["A1000", "A1010", "A1020", "A1000"]
    assert len({a.id for a in plan.activities}) == 4
    by_code = {a.line: a.code for a in plan.activities}
    said = [(by_code[line], p.field, str(p)) for line, found in plan.problems.items() for p in found]
    assert said == [
        ("A1000", "parent", "The file has no WBS element “4” to put it under."),
        ("A1010", "parent", "The file has no WBS element “3” to put it under."),
        ("A1020", "parent", "The file has no WBS element “3” to put it under."),
        ("A1020", "predecessors", NO_LINK_SAID),
        ("A1020", "predecessors", "“x” is not a duration. Right would be a number with a unit, such as 5 days, "
         "2 weeks or 8 hours."),
        ("A1000", "source_id", "“10” stands in row 11 already; a code belongs to one row."),
        ("A1000", "parent", "The file has no WBS element “4” to put it under."),
    ]  # fmt: skip
    assert [(k.predecessor, k.type, k.lag) for k in plan.links] == [
        ("12", LinkType.FS, 0),
        ("99", LinkType.FS, 0),
        ("10", LinkType.FS, 0),
    ]
    assert len(plan.bad_lines) == 1


def test_what_is_no_xer_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xer"
    path.write_text("ERMHDR\t8\n%E\n")
    with pytest.raises(UnusableFile, match="no activities"):
        read_xer(path)
    path.write_text("Task;Start\n")
    with pytest.raises(UnusableFile, match="ERMHDR"):
        read_xer(path)


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    plan_of(tmp_path / "a.xer", PROJECT, TASKS)
    with pytest.raises(Cancelled):
        read_xer(tmp_path / "a.xer", lambda *_: False)


def test_calendar_of_two_shifts_with_holidays() -> None:
    data = (
        "(0||CalendarData()((0||DaysOfWeek()((0||1()())(0||2()((0||0(s|08:00|f|12:00)())(0||1(f|00:00|s|13:00)())))"
        "(0||3()())))(0||Exceptions()((0||0(d|46086)())(0||1(d|46087)((0||0(s|09:00|f|11:00)())))))))"
    )
    calendar = read_calendar({"clndr_id": "5", "clndr_name": "两班", "clndr_data": data})
    assert calendar.week[0] == (Shift(480, 720), Shift(780, 1440)) and calendar.week[1] == NO_WORK == calendar.week[6]
    assert [(e.first, e.shifts) for e in calendar.exceptions] == [
        (dt.date(2026, 3, 5), ()),
        (dt.date(2026, 3, 6), (Shift(540, 660),)),
    ]


@given(st.text(alphabet="(0|)sfd:123456789DaysOfWeekExceptions", max_size=300))
def test_no_text_makes_the_calendar_fail(data: str) -> None:
    assert len(read_calendar({"clndr_data": data}).week) == 7


@needs_corpus
def test_percent_complete_of_a_real_file() -> None:
    (plan,) = read_xer(CORPUS / "xer" / "percent-complete.xer")
    for activity in plan.activities:
        said = activity.name.rpartition(" ")[2]
        if activity.name.startswith(("Duration", "Physical")):
            assert activity.percent == float(said.rstrip("%")), activity.name

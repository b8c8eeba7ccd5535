"""MS Project's XML is read safely, completely, and written so that it can be read again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from handover.errors import Cancelled, UnusableFile
from handover.exchange.plans.mspdi import TaskDetails, from_schedule, read_mspdi, to_plan, write_mspdi
from handover.exchange.reading.source import open_source
from handover.plan.calendar import (
    NO_WORK,
    OFFICE_HOURS,
    ROUND_THE_CLOCK,
    Calendar,
    CalendarException,
    Shift,
    WorkWeek,
    standard,
)
from handover.plan.schedule import schedule
from handover.plan.values import Constraint, LagUnit, Link, LinkType, Plan, PlanTask, TaskKind
from handover.store.workspace import Workspace
from tests.exchange.trying import imported, outcomes, rows_of, tried
from tests.plan.agreement import corpus

HEAD = '<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">'


def a_file(tasks: str = "", calendars: str = "") -> bytes:
    return (
        f"{HEAD}<StartDate>2026-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>"
        f"<Calendars>{calendars}</Calendars><Tasks>{tasks}</Tasks></Project>"
    ).encode()


def a_task(uid: int, inner: str = "", level: int = 1) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Task {uid}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Duration>PT8H0M0S</Duration>{inner}</Task>"
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"<Workbook/>", "not a plan of MS Project"),
        (b"<Project><Tasks>", "damaged"),
        (b"", "damaged"),
        (b"\x00\x01\x02", "damaged"),
        (b'<!DOCTYPE Project [<!ENTITY a "b">]><Project>&a;</Project>', "entities"),
        (b'<!DOCTYPE Project SYSTEM "file:///etc/passwd"><Project/>', "entities"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_with_a_reason(text: bytes, said: str) -> None:
    with pytest.raises(UnusableFile) as refused:
        read_mspdi(text, name="plan.xml")

    assert said in str(refused.value)
    assert "plan.xml" in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile):
        read_mspdi(tmp_path / "none.xml")


def test_nonsense_in_a_field_is_left_out() -> None:
    bad = "<Start>soon</Start><Type>x</Type><ConstraintType>99</ConstraintType><PercentComplete>nan</PercentComplete>"
    (task,) = read_mspdi(a_file(a_task(1, bad))).tasks

    assert task.stored.start is None
    assert task.constraint is Constraint.ASAP
    assert task.percent == 0


def test_the_outline_follows_from_the_levels() -> None:
    project = read_mspdi(a_file(a_task(1) + a_task(2, level=2) + a_task(3, level=3) + a_task(4, level=2) + a_task(5)))

    assert [task.parent for task in project.tasks] == [None, 1, 2, 1, None]


def test_links_come_with_their_types_and_lags() -> None:
    links = (
        "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag>"
        "<LagFormat>7</LagFormat></PredecessorLink>"
        "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>3</Type><LinkLag>-14400</LinkLag>"
        "<LagFormat>8</LagFormat></PredecessorLink>"
        "<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>0</Type><LinkLag>50</LinkLag>"
        "<LagFormat>19</LagFormat></PredecessorLink>"
    )
    task = read_mspdi(a_file(a_task(1) + a_task(2, links))).tasks[1]

    assert [(link.type, link.lag, link.lag_unit) for link in task.links] == [
        (LinkType.FS, 480, LagUnit.WORKING),
        (LinkType.SS, -1440, LagUnit.ELAPSED),
        (LinkType.FF, 50, LagUnit.PERCENT),
    ]


def exception(inner: str, first: str = "2026-01-01", last: str = "2026-12-31") -> str:
    return (
        "<Calendar><UID>1</UID><Name>C</Name><IsBaseCalendar>1</IsBaseCalendar><Exceptions><Exception><TimePeriod>"
        f"<FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>{inner}"
        "<DayWorking>0</DayWorking></Exception></Exceptions></Calendar>"
    )


@pytest.mark.parametrize(
    ("inner", "first_days"),
    [
        ("<Type>7</Type><Period>100</Period>", [(1, 1), (4, 11), (7, 20)]),
        ("<Type>6</Type><Period>2</Period><DaysOfWeek>4</DaysOfWeek>", [(1, 13), (1, 27), (2, 10)]),
        ("<Type>2</Type><Month>9</Month><MonthDay>1</MonthDay>", [(10, 1)]),
        ("<Type>4</Type><Period>6</Period><MonthDay>15</MonthDay>", [(1, 15), (7, 15)]),
        ("<Type>5</Type><Period>1</Period><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>", [(1, 5), (2, 2)]),
        ("<Type>3</Type><Month>4</Month><MonthItem>4</MonthItem><MonthPosition>4</MonthPosition>", [(5, 25)]),
    ],
)
def test_recurring_exceptions_fall_on_their_days(inner: str, first_days: list[tuple[int, int]]) -> None:
    (calendar,) = read_mspdi(a_file(calendars=exception(inner))).calendars

    found = [found.first for found in calendar.exceptions][: len(first_days)]
    assert found == [date(2026, month, day) for month, day in first_days]


def test_a_whole_plan_survives_writing_and_reading(tmp_path: Path) -> None:
    plan = a_plan_of_everything()
    before = schedule(plan)
    details = {"t1": TaskDetails(uid=40, wbs="1.1", notes="<注意> & 'quoted' \x07", owners=("王工", "Ann"))}

    write_mspdi(from_schedule(before, details, title="投产"), tmp_path / "plan.xml")
    project = read_mspdi(tmp_path / "plan.xml")
    after = schedule(to_plan(project))

    assert project.title == "投产"
    by_name = {task.name: task for task in project.tasks}
    assert by_name["t1"].uid == 40
    assert by_name["t1"].wbs == "1.1"
    assert by_name["t1"].notes == "<注意> & 'quoted'"
    assert by_name["t1"].owners == ("王工", "Ann")
    assert not before.problems
    for dates in before:
        read = after[str(by_name[dates.id].uid)]
        assert read[1:-2] == dates[1:-2], dates.id
        assert read.summary == dates.summary


def a_plan_of_everything() -> Plan:
    crews = standard("crews", exceptions=[CalendarException(date(2026, 1, 7), date(2026, 1, 8), name="停工")])
    shifts = Calendar(
        "shifts",
        week=(ROUND_THE_CLOCK,) * 5 + (None, (Shift(1320, 1440),)),
        base="crews",
        weeks=(WorkWeek(date(2026, 2, 2), date(2026, 2, 8), (OFFICE_HOURS,) * 7, "试车"),),
        exceptions=(CalendarException(date(2026, 1, 10), date(2026, 1, 10), NO_WORK),),
    )
    day = 480
    tasks = [
        PlanTask("s1", "s1", kind=TaskKind.SUMMARY),
        PlanTask("t1", "t1", parent="s1", duration=3 * day, actual_start=datetime(2026, 1, 5, 8), percent=50),
        PlanTask("t2", "t2", parent="s1", duration=5 * day, calendar="shifts"),
        PlanTask("t3", "t3", parent="s1", duration=2 * 1440, elapsed=True),
        PlanTask("m1", "m1", kind=TaskKind.MILESTONE, deadline=datetime(2026, 3, 2, 17)),
        PlanTask("t4", "t4", duration=day, constraint=Constraint.ALAP),
        PlanTask(
            "t5", "t5", duration=day, constraint=Constraint.START_NO_EARLIER, constraint_date=datetime(2026, 2, 3, 8)
        ),
        PlanTask("t6", "t6", duration=day, inactive=True),
        PlanTask("t7", "t7", duration=day, manual=True, start=datetime(2026, 2, 9, 8), finish=datetime(2026, 2, 9, 17)),
        PlanTask(
            "t8", "t8", duration=day, actual_start=datetime(2026, 1, 5, 8), actual_finish=datetime(2026, 1, 6, 12)
        ),
    ]
    links = [
        Link("t1", "t2"),
        Link("t2", "t3", LinkType.SS, 50, LagUnit.PERCENT),
        Link("s1", "m1", LinkType.FS, 2 * 1440, LagUnit.ELAPSED),
        Link("t2", "t4", LinkType.FF, 480),
        Link("t3", "t5", LinkType.FS, -240),
        Link("t5", "t7", LinkType.FS),
        Link("t8", "t4"),
    ]
    return Plan(
        datetime(2026, 1, 5, 8), tuple(tasks), tuple(links), (crews, shifts), calendar="crews", critical_float=480
    )


@pytest.mark.parametrize("encoding", ["gb2312", "GBK", "big5", "shift_jis", "utf-8", "windows-1252"])
def test_a_plan_in_another_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    name = "Prüfung" if encoding == "windows-1252" else "清洗"
    text = f'''<?xml version="1.0" encoding="{encoding}"?><Project xmlns="http://schemas.microsoft.com/project">
        <Tasks><Task><UID>1</UID><ID>1</ID><Name>{name}</Name></Task></Tasks></Project>'''
    path = tmp_path / "plan.xml"
    path.write_bytes(text.encode(encoding))

    assert open_source(path).kind == "mspdi"
    assert [task.name for task in read_mspdi(path).tasks] == [name]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
@pytest.mark.parametrize("declared", ["gbk", "utf-8", "nonsense"])
def test_the_mark_of_unicode_is_right_whatever_a_plan_declares(encoding: str, declared: str, tmp_path: Path) -> None:
    text = f'''<?xml version="1.0" encoding="{declared}"?><Project xmlns="http://schemas.microsoft.com/project">
        <Tasks><Task><UID>1</UID><ID>1</ID><Name>清洗</Name></Task></Tasks></Project>'''
    path = tmp_path / "plan.xml"
    path.write_bytes(text.encode(encoding))

    assert open_source(path).kind == "mspdi"
    assert [task.name for task in read_mspdi(path).tasks] == ["清洗"]


@pytest.mark.parametrize(
    ("declared", "data"), [("nonsense", b"a"), ("gb2312", b"\xff\xff"), ("base64", b"a"), ("utf-16", b"a")]
)
def test_a_plan_whose_encoding_is_not_what_it_says_is_refused_in_a_sentence(
    declared: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "plan.xml"
    path.write_bytes(
        b'<?xml version="1.0" encoding="%s"?><Project><Name>%s</Name></Project>' % (declared.encode(), data)
    )
    with pytest.raises(UnusableFile, match="Export it anew"):
        open_source(path)
    with pytest.raises(UnusableFile, match="Export it anew"):
        read_mspdi(path)


def test_a_task_without_time_that_is_no_milestone_stays_what_it_is(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(
        """<Project xmlns="http://schemas.microsoft.com/project"><Tasks>
        <Task><UID>1</UID><ID>1</ID><Name>Sign</Name><Milestone>0</Milestone><Duration>PT0H0M0S</Duration></Task>
        <Task><UID>2</UID><ID>2</ID><Name>Go</Name><Milestone>1</Milestone><Duration>PT0H0M0S</Duration></Task>
        </Tasks></Project>"""
    )
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "kind") == [("Sign", "task"), ("Go", "milestone")]
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}


def test_a_finish_at_midnight_is_the_end_of_the_day_before_it(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text(
        """<Project xmlns="http://schemas.microsoft.com/project"><Tasks><Task><UID>1</UID><ID>1</ID><Name>Run</Name>
        <Manual>1</Manual><Start>2026-03-02T00:00:00</Start><Finish>2026-03-05T00:00:00</Finish>
        <Duration>PT72H0M0S</Duration></Task></Tasks></Project>"""
    )
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "finish") == [(datetime(2026, 3, 4),)]
    assert set(outcomes(tried(workspace, path)).values()) == {"unchanged"}


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "plan.xml"
    target.write_text("old")
    project = from_schedule(schedule(a_plan_of_everything()))

    with pytest.raises(Cancelled):
        write_mspdi(project, target, progress=lambda *_: False)

    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("path", corpus(), ids=lambda path: path.stem)
def test_a_strangers_file_survives_writing_and_reading(path: Path, tmp_path: Path) -> None:
    project = read_mspdi(path)

    write_mspdi(project, tmp_path / "again.xml")
    again = read_mspdi(tmp_path / "again.xml")

    kept = [replace(assignment, split=False) for assignment in project.assignments]
    assert again.tasks == project.tasks
    assert again.calendars == project.calendars
    assert list(again.assignments) == kept
    assert list(schedule(to_plan(again))) == list(schedule(to_plan(project)))

"""Small plans in XML and XER with parts doubled, moved and lost: the import ends with verdicts or a sentence."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handover.errors import HandoverError
from handover.exchange.columns.memory import Memory
from handover.exchange.importing.apply import apply
from handover.exchange.rows.outcome import OUTCOMES
from handover.store.workspace import Workspace
from tests.exchange.plans.test_mspdi import a_file, a_task
from tests.exchange.plans.test_xer import LINKS, PROJECT, TASKS, WBS, table
from tests.exchange.trying import tried

NONSENSE = (
    "", "0", "1", "2", "3", "-1", "10", "12", "99999999999999999999", "1e308", "NaN", "-5", "1.5", "x", "\t", "1" * 600,
    "0001-01-01T00:00:00", "9999-12-31T23:59:59", "2026-02-30T08:00:00", "PT9999999999H0M0S", "-PT8H0M0S", "清洗",
)  # fmt: skip

CALENDARS = (
    "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>C</Name><IsBaseCalendar>1</IsBaseCalendar>"
    "<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
    "<FromTime>08:00:00</FromTime><ToTime>17:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay></WeekDays>"
    "</Calendar><Calendar><UID>2</UID><Name>R</Name><BaseCalendarUID>1</BaseCalendarUID></Calendar></Calendars>"
)
PEOPLE = (
    "<Resources><Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><CalendarUID>2</CalendarUID></Resource></Resources>"
    "<Assignments><Assignment><TaskUID>2</TaskUID><ResourceUID>1</ResourceUID><Units>1</Units><Work>PT8H0M0S</Work>"
    "<WorkContour>3</WorkContour><Start>2026-03-02T08:00:00</Start><Finish>2026-03-02T17:00:00</Finish></Assignment>"
    "</Assignments>"
)
MORE = (
    "<Start>2026-03-02T08:00:00</Start><Finish>2026-03-02T17:00:00</Finish><PercentComplete>50</PercentComplete>"
    "<ActualStart>2026-03-02T08:00:00</ActualStart><Resume>2026-03-02T13:00:00</Resume>"
    "<RemainingDuration>PT4H0M0S</RemainingDuration><ConstraintType>4</ConstraintType>"
    "<ConstraintDate>2026-03-02T08:00:00</ConstraintDate><LevelingDelay>10</LevelingDelay><LevelingDelayFormat>8"
    "</LevelingDelayFormat><Baseline><Number>0</Number><Start>2026-03-02T08:00:00</Start></Baseline>"
)
AFTER = "<PredecessorLink><PredecessorUID>2</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag></PredecessorLink>"
XML = a_file(
    a_task(1) + a_task(2, MORE, level=2) + a_task(3, AFTER + "<Notes>n</Notes>", level=2) + a_task(4, level=3)
).replace(b"<Tasks>", CALENDARS.encode() + b"<Tasks>").replace(b"</Tasks>", b"</Tasks>" + PEOPLE.encode())  # fmt: skip
XER = [
    "ERMHDR\t19.12\t2026-03-01",
    *PROJECT, *WBS, *TASKS, *LINKS,
    *table("CALENDAR", "clndr_id clndr_name base_clndr_id clndr_data", "5|C|5|(0||1()(0||DaysOfWeek()()))"),
    *table("RSRC", "rsrc_id rsrc_name", "1|Ann"), *table("TASKRSRC", "task_id rsrc_id", "10|1"),
    "%E",
]  # fmt: skip

#: What is done, where, and with what: places are taken from the start again when they lie beyond the end.
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["set", "double", "lose", "move"]),
        st.integers(0, 400),
        st.integers(0, 400),
        st.sampled_from(NONSENSE),
    ),
    min_size=1,
    max_size=6,
)
PLENTY = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def ends(workspace: Workspace, path: Path) -> None:
    """The import of a file says something of each row, and so does its storing; or it is refused in a sentence."""
    try:
        run = tried(workspace, path)
        assert all(v.outcome in OUTCOMES and (v.why or v.outcome != "error") for v in run.verdicts)
        assert len({v.row for v in run.verdicts}) == len(run.verdicts)
        apply(run, workspace, memory=Memory(path.parent / "mappings.json"))
    except HandoverError as error:
        assert str(error)


@PLENTY
@given(CHANGES)
def test_xml_with_any_damage_is_imported_or_refused(
    workspace: Workspace, tmp_path: Path, changes: list[tuple[str, int, int, str]]
) -> None:
    root = ElementTree.fromstring(XML)
    for what, at, to, word in changes:
        pairs = [(above, child) for above in root.iter() for child in above]
        if not pairs:
            break
        above, child = pairs[at % len(pairs)]
        target = pairs[to % len(pairs)][0]
        if what == "set":
            child.text = word
        elif what == "double":
            above.append(child)
        elif what == "lose":
            above.remove(child)
        elif target not in set(child.iter()):
            above.remove(child)
            target.insert(0, child)
    path = tmp_path / "plan.xml"
    path.write_bytes(ElementTree.tostring(root))
    ends(workspace, path)


@PLENTY
@given(CHANGES)
def test_xer_with_any_damage_is_imported_or_refused(
    workspace: Workspace, tmp_path: Path, changes: list[tuple[str, int, int, str]]
) -> None:
    lines = [line.split("\t") for line in XER]
    for what, at, to, word in changes:
        place = 1 + at % (len(lines) - 1)
        if what == "set":
            lines[place][to % len(lines[place])] = word
        elif what == "double":
            lines.insert(place, list(lines[place]))
        elif what == "lose" and len(lines) > 2:
            del lines[place]
        else:
            lines.insert(1 + to % len(lines), lines.pop(place))
    path = tmp_path / "plan.xer"
    path.write_text("\n".join("\t".join(line) for line in lines), encoding="utf-8")
    ends(workspace, path)

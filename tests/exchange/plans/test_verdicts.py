"""Tasks of plans in XML and XER that can't be taken: each a verdict on its row, in the words of workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.store.workspace import Workspace
from tests.exchange.plans.test_mspdi import a_file, a_task
from tests.exchange.plans.test_xer import PROJECT, TASKS, WBS, plan_of, table
from tests.exchange.trying import imported, links, outcomes, reasons, rows_of, tried


def after(uid: int | str, inner: str = "") -> str:
    return f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type>{inner}</PredecessorLink>"


def an_xml(folder: Path, *tasks: str) -> Path:
    path = folder / "plan.xml"
    path.write_bytes(a_file("".join(tasks)))
    return path


@pytest.mark.parametrize(
    ("inner", "said"),
    [
        ("<Start>notadate</Start>", "“notadate” is not a date. Right would be 2026-03-05."),
        ("<Finish>2026-13-02T17:00:00</Finish>", "“2026-13-02T17:00:00” is not a date. Right would be 2026-03-05."),
        ("<Deadline>1226-03-02T17:00:00</Deadline>", "“1226-03-02T17:00:00” lies before 1900, which can't be meant. "
         "Right would be 2026-03-05."),
        ("<Duration>garbage</Duration>", "“garbage” is not a duration. Right would be a number with a unit, such as "
         "5 days, 2 weeks or 8 hours."),
        ("<Duration>-PT16H0M0S</Duration>", "“-PT16H0M0S” is not a duration. Right would be a number with a unit, "
         "such as 5 days, 2 weeks or 8 hours."),
        ("<Duration>PT99999999H</Duration>", "A duration of more than 200 years can't be meant."),
        ("<PercentComplete>120</PercentComplete>", "“120” lies outside 0 % to 100 %."),
        ("<PercentComplete>half</PercentComplete>", "“half” is not a percentage."),
        (f"<WBS>{'1.' * 40}1</WBS>", "The text has 81 characters; at most 60 fit."),
        ("<ConstraintType>99</ConstraintType>", "“99” is not one of: As soon as possible, As late as possible, "
         "Must start on, Must finish on, Start no earlier than, Start no later than, Finish no earlier than, "
         "Finish no later than."),
        (after(1).replace("<Type>1<", "<Type>7<"), "“1 7” is not a predecessor. Right would be the number or code of "
         "a task, such as 12 or 12FS+2 days."),
        (after(2), "A task can't depend on itself."),
        (after(99), "There is no task “99” in this list to wait for."),
        (after(1, f"<LinkLag>{10**11}</LinkLag><LagFormat>7</LagFormat>"),
         "A duration of more than 200 years can't be meant."),
    ],
)  # fmt: skip
def test_what_a_task_cant_hold_is_a_fault_of_its_row(
    workspace: Workspace, tmp_path: Path, inner: str, said: str
) -> None:
    bare = a_task(2).replace("<Duration>PT8H0M0S</Duration>", "") if "<Duration>" in inner else a_task(2)
    run = tried(workspace, an_xml(tmp_path, a_task(1), bare.replace("</Task>", f"{inner}</Task>")))

    assert outcomes(run) == {1: "new", 2: "error"}
    assert reasons(run) == {2: said}
    for key in ("duration", "percent"):
        unread = f"<{key.capitalize()}" in inner
        assert (run.found.incoming.values[key][1] is None) is unread


def test_a_date_that_says_it_is_none_is_no_fault(workspace: Workspace, tmp_path: Path) -> None:
    nothing = "<Start>1984-01-01T00:00:00</Start><Deadline>0001-01-01T00:00:00</Deadline><Finish></Finish>"
    assert outcomes(tried(workspace, an_xml(tmp_path, a_task(1, nothing)))) == {1: "new"}


def test_tasks_with_the_same_uid_are_not_mixed(workspace: Workspace, tmp_path: Path) -> None:
    first = a_task(4, "<Notes>one</Notes>")
    second = a_task(4, "<Notes>two</Notes>").replace("<ID>4</ID>", "<ID>5</ID>")
    third = a_task(6, after(4), level=2)
    path = an_xml(tmp_path, first, second, third)

    assert reasons(tried(workspace, path)) == {5: "“4” stands in row 4 already; a code belongs to one row."}
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "source_id", "notes", "parent") == [("4", "one", None), ("6", None, None)]
    assert len(links(workspace)) == 1


def test_rows_are_counted_where_the_file_repeats_their_numbers(workspace: Workspace, tmp_path: Path) -> None:
    same = a_task(4) + a_task(4).replace("<UID>4</UID>", "<UID></UID>") + a_task(4, level=2)
    run = tried(workspace, an_xml(tmp_path, same))

    assert reasons(run) == {
        2: "The file gives it no ID of its own, by which links and assignments name it.",
        3: "“4” stands in row 1 already; a code belongs to one row.",
    }


def test_links_to_other_plans_are_told_with_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    stranger = a_task(7, "<ExternalTask>1</ExternalTask>")
    run = tried(workspace, an_xml(tmp_path, stranger, a_task(1, after(7)), a_task(2, after(1) + after(1))))

    assert outcomes(run) == {1: "new", 2: "new"}
    assert [str(n) for n in run.notices] == [
        "Links to tasks of other plans are left out (rows 1).",
        "Of several links between the same two tasks only the first is taken (rows 2).",
    ]


def test_circles_of_tasks_and_of_wbs_elements_are_blamed(workspace: Workspace, tmp_path: Path) -> None:
    assert reasons(tried(workspace, an_xml(tmp_path, a_task(1, after(2)), a_task(2, after(1))))) == {
        1: "It waits, directly or not, for itself through row 2.",
        2: "It waits, directly or not, for itself through row 1.",
    }
    wbs = table(
        "PROJWBS",
        "wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id",
        "1|7|0|Y|KC-1|空压站移交|", "3|7|20|N|B|电气|2", "2|7|10|N|A|机械|3", "4|7|10|N|A1|泵|4",
    )  # fmt: skip
    path = tmp_path / "a.xer"
    plan_of(path, PROJECT, wbs, TASKS)
    assert reasons(tried(workspace, path)) == {
        1: "The rows 1, 4 are parts of each other in a circle.",
        4: "The rows 1, 4 are parts of each other in a circle.",
        5: "A task can't be part of itself.",
    }


def test_a_code_that_stands_twice_is_told_once(workspace: Workspace, tmp_path: Path) -> None:
    tasks = table("TASK", "task_id proj_id task_code task_name", "10|7|A1|a", "11|7|A1|b")
    path = tmp_path / "a.xer"
    plan_of(path, PROJECT, tasks)
    assert reasons(tried(workspace, path)) == {2: "“A1” stands in row 1 already; a code belongs to one row."}


def test_activities_of_primavera_are_checked_alike(workspace: Workspace, tmp_path: Path) -> None:
    fields = "task_id proj_id wbs_id task_code task_name target_drtn_hr_cnt act_start_date complete_pct_type " + (
        "phys_complete_pct"
    )
    tasks = table(
        "TASK", fields, "10|7|4|A1|a|-8|||", "10|7|4|A2|b|8|||", "|7|4|A3|c|8|||", "11|7|4|A4|d|8|soon|CP_Phys|130",
        f"12|7|9|A5|{'e' * 501}|8|||", "13|7|4|A6|f|8|||",
    )  # fmt: skip
    relations = table(
        "TASKPRED", "task_id pred_task_id pred_type lag_hr_cnt proj_id pred_proj_id",
        "13|13|PR_FS|0|7|7", "13|99|PR_FS|0|7|7", "13|77|PR_FS|0|7|8", "13|12|PR_SS|x|7|7",
    )  # fmt: skip
    path = tmp_path / "a.xer"
    plan_of(path, PROJECT, WBS, tasks, relations, ["%R\t" + "\t" * 30])
    run = tried(workspace, path)

    hours = "Right would be a number with a unit, such as 5 days, 2 weeks or 8 hours."
    assert {v.name: v.why for v in run.verdicts if v.why} == {
        "a": f"“-8” is not a duration. {hours}",
        "b": "“10” stands in row 4 already; a code belongs to one row.",
        "c": "The file gives it no ID of its own, by which links and assignments name it.",
        "d": "“130” lies outside 0 % to 100 %. “soon” is not a date. Right would be 2026-03-05.",
        "e" * 501: "The file has no WBS element “9” to put it under. The text has 501 characters; at most 500 fit.",
        "f": f"“x” is not a duration. {hours} A task can't depend on itself. "
        "There is no task “99” in this list to wait for.",
    }
    assert [v.row for v in run.verdicts] == list(range(1, 10))
    assert [str(n) for n in run.notices] == [
        "Links to tasks of other plans are left out (rows 8).",
        "Lines that don't have the fields of their table are left out: 25.",
    ]


def test_what_waits_for_a_circle_is_no_part_of_it(workspace: Workspace, tmp_path: Path) -> None:
    chain = [a_task(n, after(n - 1)) for n in range(3, 40)]
    run = tried(workspace, an_xml(tmp_path, a_task(1, after(2)), a_task(2, after(1)), *chain))

    assert set(reasons(run)) == {1, 2}
    assert list(outcomes(run).values()).count("new") == len(chain)

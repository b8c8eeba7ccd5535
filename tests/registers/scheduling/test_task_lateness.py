"""One truth of lateness: the register of tasks, the overview, the plan and the command line count the same tasks."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover import clock
from handover.cli.__main__ import main
from handover.model import Project, Task
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.figures.overview import overview
from handover.registers.scheduling.chart import read_chart
from handover.registers.scheduling.outlook import finish_sentence, outlook
from handover.registers.scheduling.task_days import late
from handover.store import Workspace, undo
from tests.domain import a_project, a_workspace

TASKS = register("tasks")


def day(n: int) -> dt.datetime:
    return dt.datetime.combine(clock.today() + dt.timedelta(n), dt.time())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    """A plan of which one task is late by its entered finish, one by its deadline, one by its links alone."""
    project = a_project(workspace)
    with workspace.edit("Set", project=project) as work:
        found = work.session.get(Project, project)
        assert found is not None
        found.started_on, found.planned_handover = day(-30).date(), day(5).date()
    rows = (
        {"name": "Entered", "start": day(-20), "finish": day(-3)},
        {"name": "Deadline", "duration": 480, "start": day(-20), "deadline": day(-2)},
        {"name": "First", "duration": 480 * 3},
        {"name": "By links", "duration": 480 * 2},
        {"name": "Later", "start": day(2), "finish": day(20)},
        {"name": "Done", "start": day(-20), "finish": day(-10), "percent": 1.0},
    )
    ids = editing.add_many(workspace, TASKS, project, rows)
    editing.change(workspace, TASKS, project, {ids[3]: {"predecessors": [(ids[2], "FS", 0.0, "working")]}})
    return project


def names(workspace: Workspace, project: str, **wanted: object) -> set[str]:
    with workspace.read() as connection:
        rows = query.every(connection, TASKS, project, query.Query(**wanted), [TASKS["name"]])  # type: ignore[arg-type]
        return {row.values[0] for row in rows}


def test_register_overview_plan_and_command_line_name_the_same_late_tasks(
    workspace: Workspace, project: str, capsys: pytest.CaptureFixture[str]
) -> None:
    in_register = names(workspace, project, view="overdue")
    with workspace.read() as connection:
        facts, chart = overview(connection, project), read_chart(connection, project)
        of_plan = {chart.rows[chart.node[each.id]].name for each in late(chart) if each.begun}
        on_page = {each.row.name for each in facts.overdue}
    with pytest.raises(SystemExit):
        main(["list", str(workspace.path), "tasks", "--project", "P1", "--json"])
    by_command = {row["name"] for row in json.loads(capsys.readouterr().out) if row["status"] == "overdue"}

    assert in_register == {"Entered", "Deadline", "First", "By links"}
    assert in_register == of_plan == on_page == by_command
    assert facts.count("tasks", "overdue") == 4


def test_tasks_show_the_days_of_the_schedule_beside_those_entered(workspace: Workspace, project: str) -> None:
    fields = [TASKS[key] for key in ("name", "finish", "scheduled_finish", "due_on", "status")]
    with workspace.read() as connection:
        rows = {row.values[0]: row.values[1:] for row in query.every(connection, TASKS, project, fields=fields)}
        chart = read_chart(connection, project)
    by_links = next(row for row in chart.rows if row.name == "By links")

    entered, scheduled, due, status = rows["By links"]
    assert entered is None
    assert scheduled == due == chart.schedule[by_links.id].finish.date()
    assert status == "overdue"


def test_days_of_the_schedule_follow_each_act_and_its_undoing(workspace: Workspace, project: str) -> None:
    with workspace.read() as connection:
        first = next(row.id for row in query.every(connection, TASKS, project) if "First" in row.values)

    editing.change(workspace, TASKS, project, {first: {"duration": 480 * 90}})
    assert names(workspace, project, view="overdue") == {"Entered", "Deadline"}
    undo(workspace)
    assert names(workspace, project, view="overdue") == {"Entered", "Deadline", "First", "By links"}


def test_overview_says_when_the_plan_finishes_against_which_date(workspace: Workspace, project: str) -> None:
    with workspace.read() as connection:
        found = outlook(connection, project)

    assert found is not None and found.after is not None and found.after > 0
    sentence = finish_sentence(found)
    assert str(found.handover.year if found.handover else "") in sentence
    assert "after the handover planned for" in sentence


def test_a_task_in_the_bin_or_of_no_project_has_no_days(workspace: Workspace, project: str) -> None:
    with workspace.edit("Add", project=project) as work:
        row = work.add(Task(name="Gone", finish=day(-9)))
    editing.delete(workspace, TASKS, project, [row.id])

    assert "Gone" not in names(workspace, project, view="overdue")

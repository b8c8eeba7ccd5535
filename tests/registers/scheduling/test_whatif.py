"""Trying things out in a copy: keeping makes the workspace as the copy in one act, dropping leaves it as it was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from handover.errors import NotLawful
from handover.model import Project
from handover.registers import outline
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.scheduling import calendars
from handover.registers.scheduling.calendars import Day
from handover.registers.scheduling.chart import read_chart
from handover.registers.scheduling.moving import lasting, moved, stretched
from handover.registers.scheduling.whatif import Scratch
from handover.store import Workspace, undo
from tests.registers.conftest import Site

TASKS = register("tasks")


def rows(workspace: Workspace, table: str, columns: str) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        found = connection.exec_driver_sql(f"SELECT {columns} FROM {table} ORDER BY id").all()
    return [tuple(row) for row in found]


def plan(workspace: Workspace) -> list[list[tuple[object, ...]]]:
    """All of the plan but the references of its rows, which the workspace gives out itself."""
    return [
        rows(workspace, "task", "id, name, parent_id, depth, kind, duration, deleted_at IS NULL"),
        rows(workspace, "task_link", "id, predecessor_id, successor_id, kind, lag"),
        rows(workspace, "work_calendar", "id, name, week, standard"),
        rows(workspace, "calendar_day", "id, calendar_id, first, last, hours"),
    ]


def link(site: Site, workspace: Workspace) -> None:
    first = [(site.ids["first"], "FS", 480.0, "working")]
    editing.change(workspace, TASKS, site.project, {site.ids["second"]: {"predecessors": first}})


def rename(site: Site, workspace: Workspace) -> None:
    editing.change(workspace, TASKS, site.project, {site.ids["first"]: {"name": "Energise"}})


def add(site: Site, workspace: Workspace) -> None:
    new = editing.add(workspace, TASKS, site.project, {"name": "Extra", "duration": 480}, after=site.ids["first"])
    outline.indent(workspace, site.project, [new])


def add_and_undo(site: Site, workspace: Workspace) -> None:
    editing.add(workspace, TASKS, site.project, {"name": "Extra", "duration": 480})
    undo(workspace)


def unlink_and_undo(site: Site, workspace: Workspace) -> None:
    link(site, workspace)
    editing.change(workspace, TASKS, site.project, {site.ids["second"]: {"predecessors": []}})
    undo(workspace)


def delete(site: Site, workspace: Workspace) -> None:
    editing.delete(workspace, TASKS, site.project, [site.ids["first"]])


def rest(site: Site, workspace: Workspace) -> None:
    with workspace.read() as connection:
        (standard,) = calendars.read(connection, site.project)
    day = Day(dt.date(2026, 12, 24), dt.date(2026, 12, 28))
    calendars.save(workspace, site.project, [calendars.KeptCalendar("", "Ours", standard.week, True, days=(day,))])


@pytest.mark.parametrize(
    "acts", [[link], [rename, link], [add], [add_and_undo, rename], [unlink_and_undo], [delete], [rest]]
)
def test_what_is_kept_is_what_was_tried_in_one_act(site: Site, acts: list[Callable[[Site, Workspace], None]]) -> None:
    before = plan(site.workspace)
    scratch = Scratch(site.workspace, site.project)
    for act in acts:
        act(site, scratch.workspace)
    tried = plan(scratch.workspace)
    assert plan(site.workspace) == before
    scratch.keep()
    scratch.drop()
    assert plan(site.workspace) == tried
    undo(site.workspace)
    assert plan(site.workspace) == before


def test_steps_that_were_undone_do_not_count(site: Site) -> None:
    scratch = Scratch(site.workspace, site.project)
    rename(site, scratch.workspace)
    link(site, scratch.workspace)
    undo(scratch.workspace)
    assert scratch.steps == 1
    undo(scratch.workspace)
    assert scratch.keep() == 0
    scratch.drop()


def test_what_happened_meanwhile_in_other_fields_stays(site: Site) -> None:
    scratch = Scratch(site.workspace, site.project)
    rename(site, scratch.workspace)
    editing.change(site.workspace, TASKS, site.project, {site.ids["first"]: {"duration": 960}})
    scratch.keep()
    scratch.drop()
    ((name, duration),) = [
        r[1:] for r in rows(site.workspace, "task", "id, name, duration") if r[0] == site.ids["first"]
    ]
    assert (name, duration) == ("Energise", 960)


def test_a_refused_keep_leaves_the_copy_to_go_on_with(site: Site) -> None:
    scratch = Scratch(site.workspace, site.project)
    rename(site, scratch.workspace)
    for status in ("active", "handed_over", "in_aftercare", "closed"):
        with site.workspace.edit("Go on") as work:
            work.get(Project, site.project).status = status
    with pytest.raises(NotLawful):
        scratch.keep()
    assert scratch.steps == 1
    scratch.drop()
    assert not scratch.workspace.path.exists()


def test_a_bar_of_a_task_that_waits_is_held_by_a_constraint(site: Site) -> None:
    link(site, site.workspace)
    with site.workspace.read() as connection:
        chart = read_chart(connection, site.project)
    later = dt.datetime(2026, 11, 30)
    assert moved(chart, site.ids["first"], later).fields == {"start": later}
    fields = moved(chart, site.ids["second"], later).fields
    assert fields == {"start": later, "constraint": "snet", "constraint_at": later}


def test_a_bar_stretched_to_a_day_lasts_until_its_end(site: Site) -> None:
    with site.workspace.read() as connection:
        chart = read_chart(connection, site.project)
    minutes = lasting(chart, site.ids["first"], dt.datetime(2026, 11, 19))
    assert minutes == 3 * 480
    assert stretched(chart, site.ids["first"], minutes).task.duration == 3 * 480

"""The chart of the seats of a group: by side, leads on top, those of today alone."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from handover import clock
from handover.charts.table import as_table
from handover.model import Member, Person, Project, WorkingGroup
from handover.registers.beginning import add_project
from handover.registers.teams.org_chart import group_seats
from handover.store import Workspace


def test_seats_stand_by_side_with_the_lead_on_top_and_the_sponsor_over_all(tmp_path: Path) -> None:
    with Workspace.create(tmp_path / "Plant.handover") as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.edit("Rows", project=project) as work:
            people = {name: work.add(Person(name=name, side=side)) for name, side in
                      (("Zhang", None), ("Ada", "project"), ("Ben", "project"), ("Cai", "operations"),
                       ("Gone", "operations"))}  # fmt: skip
            group = work.add(WorkingGroup(name="Pumps", sponsor_id=people["Zhang"].id))
            for name, role, until in (("Ada", "member", None), ("Ben", "tech_lead", None), ("Cai", "ops_lead", None),
                                      ("Gone", "member", clock.today() - dt.timedelta(days=1))):  # fmt: skip
                work.add(Member(group_id=group.id, person_id=people[name].id, role=role, to_on=until))
        with workspace.read() as connection:
            (seats,) = group_seats(connection, project)

    rows = as_table(seats.chart, "en").rows
    assert [(row[0], row[1]) for row in rows] == [
        ("", "Zhang"), ("Project side", "Ben"), ("Project side", "Ada"), ("Operations side", "Cai"),
    ]  # fmt: skip
    assert [seat.lead for _, seat in seats.chart.seats] == [True, True, False, True]

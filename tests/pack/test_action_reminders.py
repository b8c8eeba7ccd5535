"""Reminders of actions: one draft for each owner, of what is still to be done."""

from __future__ import annotations

import datetime as dt
import json
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from handover import clock
from handover.cli.commands import app
from handover.errors import NotLawful
from handover.model import Person, Project
from handover.model.teams.action import Action
from handover.pack.action_reminders import remind_of_actions, to_remind
from handover.registers.beginning import add_project
from handover.store import Workspace


@pytest.fixture
def plant(tmp_path: Path) -> tuple[Path, str]:
    """Anna with two late actions, Ben with one that is done, Cai without an address, Dai who left."""
    path, day = tmp_path / "Plant.handover", clock.today()
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant")).id
        with workspace.edit("Rows", project=project, source="import") as work:
            anna = work.add(Person(name="Anna", email="anna@ops.example"))
            ben = work.add(Person(name="Ben", email="ben@x.example"))
            cai = work.add(Person(name="Cai"))
            dai = work.add(Person(name="Dai", leaves_on=day - dt.timedelta(days=1)))
            for text, owner, days, status in (
                ("Order seals", anna, -3, "open"), ("Train the shift", anna, -1, "in_progress"),
                ("Report", ben, -1, "done"), ("Measure", cai, 2, "open"), ("Sign", dai, -9, "open"),
                ("Later", anna, 30, "open"),
            ):  # fmt: skip
                work.add(Action(text=text, owner_id=owner.id, due_on=day + dt.timedelta(days=days), status=status,
                                criterion="Seen on site"))  # fmt: skip
    return path, project


def test_each_owner_gets_one_draft_with_what_is_late_or_due_soon(plant: tuple[Path, str], tmp_path: Path) -> None:
    path, project = plant
    with Workspace.open(path) as workspace:
        done = remind_of_actions(workspace, project, tmp_path / "out")
        with workspace.read() as connection:
            reminded = set(connection.execute(select(Action.text).where(Action.reminded_on.is_not(None))).scalars())

    assert [file.name for file in done.files] == ["P-1 Anna.eml", "P-1 Cai.eml"]
    assert (done.actions, done.without_address, len(done.left_behind)) == (3, ("Cai",), 1)
    assert reminded == {"Order seals", "Train the shift", "Measure"}
    message = message_from_bytes(done.files[0].read_bytes(), policy=default)
    body = message.get_body().get_content()
    assert message["To"] == "anna@ops.example" and message["Subject"] == "P-1: 2 open actions"
    assert "It is 3 days late." in body and "Done when: Seen on site" in body and "Later" not in body


def test_chosen_actions_are_reminded_of_whenever_they_are_due(plant: tuple[Path, str]) -> None:
    path, project = plant
    with Workspace.open(path) as workspace:
        with workspace.read() as connection:
            keys = list(connection.execute(select(Action.id).where(Action.text.in_(("Later", "Report")))).scalars())
        assert [(p.name, [a.text for a in p.actions]) for p in to_remind(workspace, project, keys)] == [
            ("Anna", ["Later"])
        ]


def test_nobody_to_remind_is_said(plant: tuple[Path, str], tmp_path: Path) -> None:
    path, project = plant
    with Workspace.open(path) as workspace, pytest.raises(NotLawful, match="nobody is reminded"):
        remind_of_actions(workspace, project, tmp_path / "out", [])


def test_command_writes_the_same(plant: tuple[Path, str], tmp_path: Path) -> None:
    ran = CliRunner().invoke(
        app, ["remind-actions", str(plant[0]), "--project", "P-1", "--to", str(tmp_path / "o"), "--json"]
    )

    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["actions"] == 3

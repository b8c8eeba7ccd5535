"""An upgrade makes links of the texts of older workspaces, tells what it did, and leaves a log that agrees."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from handover.errors import NotLawful
from handover.model import Document, KnowledgeItem, Milestone, Organisation, Person, Project
from handover.registers.parties import parties
from handover.store import Workspace
from handover.store import file as files
from handover.store.checking.check import check
from handover.store.history import history, recent
from handover.store.migrate import upgrade
from handover.store.undo import undo, undo_label
from handover.store.upgrading.logged import UpgradeWork

#: The last version in which they were texts.
TEXTS = 7
PROJECT = "a" * 32
Fill = Callable[[UpgradeWork], None]


def an_older_workspace(folder: Path, fill: Fill, **project: str) -> Path:
    """A workspace with a project whose people, companies and milestones are texts, all of it in the change log."""
    path = folder / "plant.handover"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
    upgrade(path, TEXTS)
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        work = UpgradeWork(connection)
        values = {"id": PROJECT, "code": "P1", "name": "Plant", "status": "active", **project}
        names, marks = ",".join(values), ",".join("?" * len(values))
        connection.exec_driver_sql(f"INSERT INTO project ({names}) VALUES ({marks})", tuple(values.values()))
        work.note(PROJECT, "project", PROJECT, values)
        fill(work)
        work.finish("Fill")
    engine.dispose()
    return path


def rows(workspace: Workspace, model: type[Any]) -> list[dict[str, Any]]:
    with workspace.read() as connection:
        found = connection.exec_driver_sql(f"SELECT * FROM {model.__tablename__} ORDER BY id")
        return [dict(row) for row in found.mappings()]


def places(workspace: Workspace) -> dict[str, str]:
    with workspace.read() as connection:
        return {field: row.name for field, row in parties(connection, PROJECT).items()}


def test_people_and_companies_are_found_by_name_or_made(tmp_path: Path) -> None:
    def fill(work: UpgradeWork) -> None:
        work.insert(PROJECT, "person", "PER", [{"name": "张伟"}])
        work.insert(PROJECT, "organisation", "ORG", [{"name": "Hengtuo Co., Ltd.", "short_name": "Hengtuo"}])

    path = an_older_workspace(
        tmp_path, fill, manager=" 张伟 ", chief_engineer="Li Wei", contractor="hengtuo", client="ACME"
    )

    with Workspace.open(path) as workspace:
        assert places(workspace) == {
            "manager": "张伟", "chief_engineer": "Li Wei", "contractor": "Hengtuo Co., Ltd.", "client": "ACME",
        }  # fmt: skip
        assert [(p["ref"], p["name"], p["side"]) for p in rows(workspace, Person)] == [
            ("PER-0001", "张伟", None), ("PER-0002", "Li Wei", "project"),
        ]  # fmt: skip
        assert [(o["name"], o["role"]) for o in rows(workspace, Organisation)][1:] == [("ACME", "owner")]
        assert recent(workspace, PROJECT)[0].label == (
            "Link people, companies and milestones: 2 found, 2 made, 0 kept in notes"
        )
    assert check(path) == []


def test_name_of_two_people_is_kept_in_the_notes(tmp_path: Path) -> None:
    def fill(work: UpgradeWork) -> None:
        work.insert(PROJECT, "person", "PER", [{"name": "Li Wei"}, {"name": "Li Wei"}])

    path = an_older_workspace(tmp_path, fill, manager="Li Wei", notes="Watch the window.")

    with Workspace.open(path) as workspace:
        (project,) = rows(workspace, Project)
        assert project["manager_id"] is None
        assert project["notes"] == "Watch the window.\nProject manager: Li Wei (PER-0001, PER-0002)"
        assert "0 found, 0 made, 1 kept" in recent(workspace, PROJECT)[0].label
    assert check(path) == []


def test_what_is_required_for_something_names_its_milestone(tmp_path: Path) -> None:
    def fill(work: UpgradeWork) -> None:
        tasks = [
            {"name": "72-hour run", "kind": "milestone", "position": 1.0, "depth": 0},
            {"name": "Review", "kind": "milestone", "position": 2.0, "depth": 0},
            {"name": "Review", "kind": "milestone", "position": 3.0, "depth": 0},
        ]
        work.insert(PROJECT, "task", "TSK", tasks)
        for text in ("Handover", "72-Hour Run", "handover ", None, "  "):
            work.insert(PROJECT, "document", "DOC", [{"title": "T", "status": "issued", "required_for": text}])
        work.insert(PROJECT, "knowledge_item", "KNW", [{"title": "K", "status": "planned", "required_for": "Review"}])

    path = an_older_workspace(tmp_path, fill)

    with Workspace.open(path) as workspace:
        made = {m["id"]: m for m in rows(workspace, Milestone)}
        named = [
            made[d["required_for_id"]]["name"] if d["required_for_id"] else None for d in rows(workspace, Document)
        ]
        assert named == ["handover", "72-Hour Run", "handover", None, None]
        linked = {m["name"]: bool(m["task_id"]) for m in made.values()}
        assert linked == {"handover": False, "72-Hour Run": True, "Review": False}
        (item,) = rows(workspace, KnowledgeItem)
        assert made[item["required_for_id"]]["notes"] == (
            "Several milestones of the plan are called so: TSK-0002, TSK-0003."
        )
        told = history(workspace, [rows(workspace, Document)[0]["id"]])[0]
        assert told.fields["required_for"] == ("Handover", None)
        with workspace.edit("Add", project=PROJECT) as work:  # the counter goes on
            assert work.add(Milestone(name="Last")).ref == "MLS-0004"
    assert check(path) == []


def test_undo_stops_at_the_upgrade(tmp_path: Path) -> None:
    def fill(work: UpgradeWork) -> None:
        work.insert(PROJECT, "document", "DOC", [{"title": "T", "status": "issued", "required_for": "Run"}])

    with Workspace.open(an_older_workspace(tmp_path, fill)) as workspace:
        assert undo_label(workspace) is None
        with pytest.raises(NotLawful):
            undo(workspace)


def test_workspace_without_texts_gets_no_act(tmp_path: Path) -> None:
    path = an_older_workspace(tmp_path, lambda _work: None)

    with Workspace.open(path) as workspace:
        assert [act.label for act in recent(workspace, PROJECT)] == ["Fill"]
    assert check(path) == []

"""An upgrade makes rows of the shared goals of groups and links to the systems that their scope names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.model import System, WorkingGroup
from handover.model.group import GroupSystem
from handover.model.teams.goal import Goal
from handover.store import Workspace
from handover.store.checking.check import check
from handover.store.upgrading.logged import UpgradeWork
from tests.store import test_texts_to_links as older

#: The last version in which they were texts.
TEXTS = 14


def test_goals_become_rows_and_named_systems_links(tmp_path: Path, monkeypatch: Any) -> None:
    long = "x" * 400

    def fill(work: UpgradeWork) -> None:
        work.insert(older.PROJECT, "system", "SYS", [
            {"code": code, "name": code, "custody": "constructor"} for code in ("BIW-10", "BIW-100", "电")
        ])  # fmt: skip
        work.insert(older.PROJECT, "working_group", "JWG", [
            {"name": "A", "status": "active", "scope": "Lines BIW-10, 电池", "notes": "Mind",
             "shared_goals": f"1. Yield ≥ 97%; no A items\n- {long}"},
            {"name": "B", "status": "forming"},
        ])  # fmt: skip

    monkeypatch.setattr(older, "TEXTS", TEXTS)
    path = older.an_older_workspace(tmp_path, fill)
    with Workspace.open(path) as workspace, workspace.read() as connection:
        goals = connection.execute(select(Goal.number, Goal.name).order_by(Goal.number)).all()
        linked = select(System.code).join(GroupSystem, GroupSystem.system_id == System.id).order_by(System.code)
        systems = connection.execute(linked).scalars().all()
        notes = connection.execute(select(WorkingGroup.notes).where(WorkingGroup.name == "A")).scalar_one()
    assert [tuple(row) for row in goals] == [(1, "Yield ≥ 97%"), (2, "no A items")]
    assert systems == ["BIW-10", "电"]
    assert notes == f"Mind\n{long}"
    assert check(path) == []

"""Custody in lists that come in: recorded of new systems, told and noted of those that are there."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from handover.model import System
from handover.store import Workspace
from handover.store import file as files
from handover.store.migrate import upgrade
from tests.cli.conftest import Run, run
from tests.custody.site import TODAY, Site

__all__ = ["run"]


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.workspace:
        yield made


def test_list_passes_no_custody_of_a_system_that_is_there(site: Site, tmp_path: Path, run: Run) -> None:
    site.system("10", "constructor")
    path = site.workspace.path
    site.workspace.close()
    listed = tmp_path / "systems.csv"
    listed.write_text(
        "System no.,System name,Custody\n10,System 10,Operations (accepted)\n20,Tanks,Commissioning team\n", "utf-8"
    )

    code, out, err = run("import", listed, "--into", path, "--project", "P1", "--register", "systems")

    assert code in (0, 1), err
    assert "Custody passes by a signed certificate alone" in out + err
    rows = {row["code"]: row for row in json.loads(run("list", path, "systems", "--project", "P1", "--json")[1])}
    assert (rows["10"]["custody"], rows["10"]["custody_proof"]) == ("constructor", None)
    assert "Operations (accepted)" in rows["10"]["notes"]
    assert (rows["20"]["custody"], rows["20"]["custody_proof"]) == ("commissioning", "recorded")


def test_list_that_says_what_is_changes_nothing(site: Site, tmp_path: Path, run: Run) -> None:
    system = site.system()
    site.signed(system)
    path = site.workspace.path
    site.workspace.close()
    listed = tmp_path / "systems.csv"
    listed.write_text("System no.,System name,Custody\n10,System 10,Operations (accepted)\n", "utf-8")

    assert run("import", listed, "--into", path, "--project", "P1", "--register", "systems")[0] == 0

    (row,) = json.loads(run("list", path, "systems", "--project", "P1", "--json")[1])
    assert (row["custody"], row["custody_proof"], row["notes"]) == ("operations", "certificate", None)


def test_older_workspace_keeps_custody_and_gets_the_kinds(tmp_path: Path) -> None:
    path = tmp_path / "old.handover"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
    upgrade(path, 16)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO project (id, code, name, status) VALUES ('p', 'OLD', 'Old', 'active')")
        connection.execute("INSERT INTO pick (id, project_id, ref, list, code) VALUES ('k', 'p', 'PCK-9000', 'x', 'X')")
        for key, custody in (("a", "operations"), ("b", "care_custody"), ("c", "constructor")):
            connection.execute(
                "INSERT INTO system (id, project_id, ref, code, name, custody) VALUES (?, 'p', ?, ?, 'S', ?)",
                (key, f"SYS-{key}", key, custody),
            )
        connection.commit()

    with Workspace.open(path) as workspace, workspace.read() as connection:
        held = connection.execute(System.__table__.select().order_by(System.code)).mappings().all()
        kinds = connection.exec_driver_sql("SELECT code FROM pick WHERE list = 'certificate_kind'").scalars().all()

    assert [row["custody"] for row in held] == ["operations", "care_custody", "constructor"]
    assert {"RFCC", "CCC", "HOC", "RET"} <= set(kinds)

"""Older workspaces are backed up, then brought to exactly the schema of a new one, or left as they were."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from handover.errors import HandoverError, ReadOnly
from handover.model import Base
from handover.store import Workspace
from handover.store import file as files
from handover.store.checking.check import check
from handover.store.copies.copies import BEFORE_UPGRADE, copies_of
from handover.store.migrate import alembic_config, upgrade
from tests.domain import a_workspace, beside
from tests.sources import ROOT

OLDER = range(files.SCHEMA_VERSION)


def an_older_workspace(folder: Path, version: int) -> Path:
    """A workspace as the program of that schema version wrote it; version 0 has no tables yet."""
    folder.mkdir(exist_ok=True)
    path = folder / "plant.handover"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
    if version:
        upgrade(path, version)
    return path


def with_a_project(path: Path) -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO project (id, code, name, status) VALUES ('a', 'OLD', 'Old plant', 'active')")
        connection.commit()
    return path


def schema(path: Path) -> dict[str, tuple[object, ...]]:
    """Every table with all that holds in it, without regard to the order in which it was made.

    Columns with type, null and default; foreign keys with what follows from them; indices and unique constraints with
    their condition; check constraints.
    """
    with closing(sqlite3.connect(path)) as connection:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
            if not name.startswith("sqlite_") and name != "alembic_version"
        ]
        found = {}
        for table in sorted(tables):
            columns = sorted(map(str, (row[1:] for row in connection.execute(f'PRAGMA table_xinfo("{table}")'))))
            links = sorted(row[2:] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")'))
            indices = sorted(
                (unique, origin, condition(connection, name), *indexed(connection, name))
                for _, name, unique, origin, _ in connection.execute(f'PRAGMA index_list("{table}")')
            )
            (made,) = connection.execute("SELECT sql FROM sqlite_master WHERE name=?", (table,)).fetchone()
            found[table] = (columns, links, indices, sorted(checks(made)))
        return found


def indexed(connection: sqlite3.Connection, index: str) -> list[str]:
    return [str(column) for _, _, column in connection.execute(f'PRAGMA index_info("{index}")')]


def condition(connection: sqlite3.Connection, index: str) -> str:
    """The WHERE of an index, empty for one without; those behind constraints have no text."""
    (made,) = connection.execute("SELECT coalesce(sql, '') FROM sqlite_master WHERE name=?", (index,)).fetchone()
    return " ".join(made.partition(" WHERE ")[2].split())


def checks(made: str) -> Iterator[str]:
    """The conditions of the check constraints in the text of a table."""
    for found in re.finditer(r"\bCHECK\s*\(", made, re.IGNORECASE):
        depth, at = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(made[at], 0)
            at += 1
        yield " ".join(made[found.end() : at - 1].split())


def index_names(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type='index' AND sql IS NOT NULL")
        return {name for (name,) in named}


def test_newest_migration_is_the_version_of_the_program() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_heads() == [f"{files.SCHEMA_VERSION:04d}"]


def test_migrated_workspace_has_the_schema_of_a_new_one(tmp_path: Path) -> None:
    """From the first version on: on its way the file is what every version between wrote."""
    with a_workspace(tmp_path / "new") as new:
        pass
    older = an_older_workspace(tmp_path / "old", 0)

    upgrade(older)

    assert schema(older) == schema(new.path)
    assert index_names(older) == index_names(new.path)


def test_migrations_lack_nothing_of_the_model(tmp_path: Path) -> None:
    with Workspace.open(an_older_workspace(tmp_path, 0)) as workspace, workspace.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), Base.metadata)

    ours = [d for d in differences if "alembic_version" not in str(d)]
    assert ours == []


@pytest.mark.parametrize("version", [v for v in OLDER if v])
def test_older_workspace_is_opened_with_its_rows_and_a_backup(tmp_path: Path, version: int) -> None:
    path = with_a_project(an_older_workspace(tmp_path, version))

    with Workspace.open(path) as workspace:
        assert [project.name for project in workspace.projects()] == ["Old plant"]

    (copy,) = copies_of(path)
    assert copy.reason == BEFORE_UPGRADE
    assert files.inspect(copy.path).version == version
    assert files.inspect(path).version == files.SCHEMA_VERSION


def test_second_opening_makes_no_second_backup(tmp_path: Path) -> None:
    path = an_older_workspace(tmp_path, 0)
    Workspace.open(path).close()
    around = beside(path), copies_of(path)

    Workspace.open(path).close()

    assert (beside(path), copies_of(path)) == around
    assert check(path) == []


def test_older_workspace_that_can_not_be_written_is_left_untouched(tmp_path: Path) -> None:
    path = an_older_workspace(tmp_path, 0)
    before = path.read_bytes()
    path.chmod(0o444)

    with pytest.raises(ReadOnly, match="older Handover"):
        Workspace.open(path)

    assert path.read_bytes() == before
    assert beside(path) == {path.name}


def test_failed_migration_leaves_the_file_as_it_was_and_a_copy(tmp_path: Path) -> None:
    path = an_older_workspace(tmp_path, 0)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE task (in_the_way)")  # so that a migration fails half-way
    before = path.read_bytes()

    with pytest.raises(HandoverError, match="could not be upgraded"):
        Workspace.open(path)

    assert path.read_bytes() == before
    assert [copy.reason for copy in copies_of(path)] == [BEFORE_UPGRADE]


def test_comparison_sees_every_kind_of_difference(tmp_path: Path) -> None:
    same = "a TEXT NOT NULL DEFAULT 'x', b INTEGER REFERENCES other(id)"
    differing = (
        "a TEXT NOT NULL DEFAULT 'y', b INTEGER REFERENCES other(id)",
        "a TEXT DEFAULT 'x', b INTEGER REFERENCES other(id)",
        "a INTEGER NOT NULL DEFAULT 'x', b INTEGER REFERENCES other(id)",
        "a TEXT NOT NULL DEFAULT 'x', b INTEGER",
        f"{same}, UNIQUE (a)",
        f"{same}, CHECK (b > 0 AND (a <> ''))",
    )

    def made(name: str, body: str, *more: str) -> dict[str, tuple[object, ...]]:
        path = tmp_path / name
        with closing(sqlite3.connect(path)) as connection:
            for statement in (f"CREATE TABLE t ({body})", *more):
                connection.execute(statement)
        return schema(path)

    known = made("same", same)
    assert made("again", same) == known
    for number, body in enumerate(differing):
        assert made(str(number), body) != known, body
    plain, partly = (made(w or "-", same, f"CREATE UNIQUE INDEX i ON t (a) {w}") for w in ("", "WHERE b IS NULL"))
    assert plain != known != partly != plain


def test_migration_of_nothing_is_not_written(tmp_path: Path) -> None:
    """In a copy of the sources, since the program writes into those that it belongs to."""
    for part in ("handover", "tests", "resources"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "fonts", "*.mo"))
    before = {p.name for p in (tmp_path / "handover/store/migrations/versions").iterdir()}
    source = (tmp_path / "handover/store/file.py").read_text(encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "tests/new_migration.py", "nothing"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )

    assert done.returncode == 1, done.stdout + done.stderr
    assert "Nothing to migrate" in done.stdout
    assert {p.name for p in (tmp_path / "handover/store/migrations/versions").iterdir()} == before
    assert (tmp_path / "handover/store/file.py").read_text(encoding="utf-8") == source

"""No code goes round the store: it alone writes the change log, and a foreign file brings no other file along."""

from __future__ import annotations

import ast
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handover.errors import HandoverError
from handover.registers.catalogue import registers
from handover.store import Workspace
from handover.store.log import Act, Change
from tests.domain import a_project, a_workspace
from tests.sources import calls, modules, syntax

#: What of the program may write rows of the log: the store, whose tests say how.
OF_THE_STORE = "handover/store/"
WRITES = {"insert", "update", "delete"}


def names_of_the_log(node: ast.AST) -> bool:
    return any(isinstance(n, ast.Name) and n.id in (Act.__name__, Change.__name__) for n in ast.walk(node))


def from_the_log(path: Path) -> bool:
    """Whether a module knows the tables of the log; others have changes and acts of their own."""
    return any(isinstance(n, ast.ImportFrom) and n.module == "handover.store.log" for n in ast.walk(syntax(path)))


def test_nothing_but_the_store_writes_to_the_change_log() -> None:
    found = [
        call.place
        for path in modules("handover", "ui")
        if not path.as_posix().startswith(OF_THE_STORE) and from_the_log(path)
        for call in calls(path)
        if call.name in WRITES | {"add", "merge", "Act", "Change"} and names_of_the_log(call.node)
    ]
    assert found == []


def test_no_register_shows_the_log_as_rows_that_could_be_edited() -> None:
    assert not {r.table.name for r in registers()} & {Act.__tablename__, Change.__tablename__}


def test_no_code_attaches_a_database_or_loads_an_extension() -> None:
    paths = modules("handover", "ui")
    loading = [c.place for path in paths for c in calls(path) if c.name in ("enable_load_extension", "load_extension")]
    attaching = [
        f"{path}:{node.lineno}"
        for path in paths
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node.value.lstrip().upper().startswith(("ATTACH DATABASE", "ATTACH '", "ATTACH ?", "VACUUM INTO"))
    ]
    assert (loading, attaching) == ([], [])


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE TRIGGER evil AFTER INSERT ON document BEGIN DELETE FROM task; END",
        "CREATE VIEW evil AS SELECT load_extension('evil.so')",
        "CREATE INDEX evil ON document (printf('%s', title))",
    ],
)
def test_what_is_not_ours_in_a_schema_refuses_the_file(tmp_path: Path, schema: str) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace)
    with closing(sqlite3.connect(workspace.path)) as connection:
        connection.execute(schema)
        connection.commit()
    before = workspace.path.read_bytes()

    with pytest.raises(HandoverError, match="evil"):
        Workspace.open(workspace.path)
    assert workspace.path.read_bytes() == before

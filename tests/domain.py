"""The domain in the words of the tests: workspaces, projects and rows, built and looked at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from handover.model import Base, Project, Row
from handover.store import Workspace

R = TypeVar("R", bound=Row)
Contents = dict[str, list[tuple[Any, ...]]]


def a_workspace(folder: Path, name: str = "plant") -> Workspace:
    """A new, empty workspace, open for writing."""
    return Workspace.create(folder / f"{name}.handover")


def a_project(workspace: Workspace, code: str = "P1", **values: Any) -> str:
    """The key of a new project."""
    with workspace.edit("New project {code}", code=code) as work:
        return work.add(Project(code=code, name=values.pop("name", f"Project {code}"), **values)).id


def a_row(workspace: Workspace, project: str, row: R) -> R:
    """A row stored in an act of its own, detached."""
    with workspace.edit("Add a row", project=project) as work:
        return work.add(row)


def stored(workspace: Workspace, model: type[Base], key: str) -> dict[str, Any]:
    """The columns of a row as they lie in the file; empty when there is no such row."""
    with workspace.read() as connection:
        query = f'SELECT * FROM "{model.__tablename__}" WHERE id = ?'
        row = connection.exec_driver_sql(query, (key,)).mappings().one_or_none()
    return dict(row) if row else {}


def contents(path: Path) -> Contents:
    """All rows of all tables that the change log follows, in the order of their keys."""
    followed = sorted(m.class_.__tablename__ for m in Base.registry.mappers if m.class_.logged)
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in followed}


def beside(path: Path) -> set[str]:
    """The names of all files in the folder of a workspace."""
    return {other.name for other in path.parent.iterdir()}

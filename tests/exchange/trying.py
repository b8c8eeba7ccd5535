"""What tests of the import are written with: tables as tuples, an import in one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, cast

from openpyxl import Workbook
from sqlalchemy import select

from handover.exchange.columns.memory import Memory
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.model import Project, Task, TaskLink
from handover.model.imports import ImportReport
from handover.registers.catalogue import register
from handover.registers.query import every
from handover.store.workspace import Workspace

PLAN: tuple[tuple[Any, ...], ...] = (
    ("ID", "WBS", "Task Name", "Duration", "Start", "Finish", "Predecessors", "Owner", "% Complete"),
    (1, "1", "Commissioning", "10 days", date(2026, 3, 2), date(2026, 3, 13), None, None, 0),
    (2, "1.1", "Check the pumps", "5 days", date(2026, 3, 2), date(2026, 3, 6), None, "Zhang San", 0.5),
    (3, "1.2", "Run the pumps", "5 days", date(2026, 3, 9), date(2026, 3, 13), "2FS+2 days", "Li Si", 0),
    (4, "2", "Handed over", "0 days", date(2026, 3, 13), date(2026, 3, 13), "3", None, 0),
)


def a_file(folder: Path, rows: Sequence[Sequence[Any]], name: str = "list.xlsx", sheet: str = "Sheet1") -> Path:
    """A workbook of one sheet."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    path = folder / name
    book.save(path)
    return path


def the_project(workspace: Workspace) -> Project:
    """The one project of the workspace."""
    return workspace.projects()[0]


def tried(workspace: Workspace, path: Path, **options: Any) -> DryRun:
    """The dry run of a file; of a COBie workbook that of its sheets."""
    return cast(DryRun, rehearse(workspace, the_project(workspace), path, Asked(**options)))


def imported(workspace: Workspace, path: Path, **options: Any) -> ImportReport:
    """The report of a file that was imported; corrections of mappings go to a file beside it."""
    return apply(tried(workspace, path, **options), workspace, memory=Memory(path.parent / "mappings.json"))


def rows_of(workspace: Workspace, key: str, *fields: str) -> list[tuple[Any, ...]]:
    """What a register holds of some fields, links as their names."""
    wanted = register(key)
    chosen = [wanted[f] for f in fields]
    with workspace.read() as connection:
        found = list(every(connection, wanted, the_project(workspace).id, fields=chosen))
    return [tuple(str(v) if hasattr(v, "ref") else v for v in row.values) for row in found]


def links(workspace: Workspace) -> set[tuple[str, str, str, float]]:
    """All links by the names of their tasks: predecessor, successor, kind, lag."""
    with workspace.read() as connection:
        names = dict(connection.execute(select(Task.id, Task.name)).all())
        found = connection.execute(
            select(TaskLink.predecessor_id, TaskLink.successor_id, TaskLink.kind, TaskLink.lag)
        ).all()
    return {(names[a], names[b], kind, lag) for a, b, kind, lag in found}


def outcomes(run: DryRun) -> Mapping[int, str]:
    """The verdict of each row of the file."""
    return {v.row: v.outcome for v in run.verdicts}


def reasons(run: DryRun) -> Mapping[int, str]:
    """Why, for the rows that have a reason."""
    return {v.row: v.why for v in run.verdicts if v.why}

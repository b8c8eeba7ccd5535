"""The sample's plan: its task list goes through the importer as any planner's workbook does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from tempfile import TemporaryDirectory

from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.jobs import Progress
from handover.model import Project
from handover.sample.files import folder
from handover.store import Workspace

_FILE = "task-list.xlsx"


def load_tasks(workspace: Workspace, project: Project, language: str, shift: dt.timedelta, progress: Progress) -> None:
    """Import the sample's task list into the plan, its dates moved to the present."""
    with TemporaryDirectory(prefix="handover-sample-") as place:
        moved = write_moved(folder(language) / _FILE, Path(place) / _FILE, shift)
        apply(rehearse(workspace, project, moved, Asked("tasks"), progress), workspace, progress)


def write_moved(workbook: Path, to: Path, shift: dt.timedelta) -> Path:
    """Write a copy of a workbook with all its dates moved; returns where it is."""
    from openpyxl import load_workbook

    book = load_workbook(workbook)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, dt.date):
                    cell.value += shift
    book.save(to)
    return to

"""The sample's plan: its task list goes through the importer as any planner's workbook does."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.model import Project
from handover.model.baseline import Baseline
from handover.registers.scheduling import baselines, calendars
from handover.registers.scheduling.planning import schedule_project
from handover.sample.files import folder
from handover.store import Workspace

_FILE = "task-list.xlsx"
#: Where the sample's plant stands.
_COUNTRY = "CN"


def load_tasks(workspace: Workspace, project: Project, language: str, shift: dt.timedelta, progress: Progress) -> None:
    """Import the sample's task list into the plan, its dates moved to the present."""
    with TemporaryDirectory(prefix="handover-sample-") as place:
        moved = write_moved(folder(language) / _FILE, Path(place) / _FILE, shift)
        apply(rehearse(workspace, project, moved, Asked("tasks"), progress), workspace, progress)


def report_plan(workspace: Workspace, project_id: str, language: str, known_to: dt.datetime) -> None:
    """Keep the plan as agreed, then give it its public holidays and the day up to which its progress is known."""
    agreed = baselines.take(workspace, project_id, tr("Agreed plan"))
    with workspace.read() as connection:
        (usual, *others) = calendars.read(connection, project_id)
        start = schedule_project(connection, project_id).start.date()
    years = range(start.year, known_to.year + 2)
    free = [day for year in years for day in calendars.public_holidays(_COUNTRY, year, language)]
    with workspace.edit(N_("Take baseline {name}"), project=project_id, name=tr("Agreed plan")) as work:
        work.get(Baseline, agreed).taken_on = start
        work.get(Project, project_id).data_date = known_to
    calendars.save(workspace, project_id, [replace(usual, days=calendars.merged(usual.days, free)), *others])


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

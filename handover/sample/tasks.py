"""The sample's plan: its task list is read as the workbook of any planner."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from handover.i18n import N_
from handover.model import Person, System, Task, TaskLink
from handover.model.vocabulary import folded
from handover.registers import entry, find
from handover.registers.catalogue import register
from handover.registers.declare import Field, Kind
from handover.sample.files import fields_by_heading, folder
from handover.store import Workspace

_LINK = re.compile(r"(\d+)(FS|SS|FF|SF)?(?:([+-])(.+))?")

Cells = dict[str, Any]  # Any: what a cell of a workbook can hold


def load_tasks(workspace: Workspace, project_id: str, language: str, shift: dt.timedelta) -> None:
    """Read the sample's task list into the plan, in one act."""
    listed = list(_listed(language, shift))
    depths = [str(cells["wbs"]).count(".") for cells in listed]
    found: dict[str, Task] = {}
    above: list[Task] = []
    with (
        workspace.read() as connection,
        workspace.edit(N_("Import {file}"), project=project_id, source="import", file="task-list.xlsx") as work,
    ):
        for place, (cells, depth) in enumerate(zip(listed, depths, strict=True)):
            task = Task(position=float(place), depth=depth, parent_id=above[depth - 1].id if depth else None)
            deeper = place + 1 < len(listed) and depths[place + 1] > depth
            task.kind = "summary" if deeper else "milestone" if not cells["duration"] else "task"
            for field in ("wbs", "name", "duration", "start", "finish", "percent", "deadline", "notes"):
                setattr(task, field, cells.get(field))
            task.source_id = str(cells["source_id"])
            task.actual_start = task.start if task.percent else None
            if owner := cells.get("owner"):
                task.owner_id = find.resolve(connection, project_id, Person.__tablename__, owner).id
            if system := cells.get("system"):
                task.system_id = find.resolve(connection, project_id, System.__tablename__, system).id
            above[depth:] = [work.add(task)]
            found[task.source_id] = task
        for cells in listed:
            for link in _links(cells.get("predecessors") or "", found):
                link.project_id, link.successor_id = project_id, found[str(cells["source_id"])].id
                work.add(link)


def _listed(language: str, shift: dt.timedelta) -> Iterator[Cells]:
    from openpyxl import load_workbook

    sheet = load_workbook(folder(language) / "task-list.xlsx", read_only=True).worksheets[0]
    known = fields_by_heading(register("tasks"))
    fields: list[Field | None] = []
    for row in sheet.iter_rows(values_only=True):
        if not fields:
            fields = [known.get(folded(str(cell))) for cell in row] if "WBS" in row else []
        elif row[0] is not None:
            yield {f.field: _value(f, cell, shift) for f, cell in zip(fields, row, strict=True) if f is not None}


def _value(field: Field, cell: Any, shift: dt.timedelta) -> Any:  # Any: what a cell can hold
    if isinstance(cell, dt.datetime):
        return cell + shift
    return entry.minutes(cell) if field.kind is Kind.DURATION else cell


def _links(text: str, found: dict[str, Task]) -> Iterator[TaskLink]:
    for piece in filter(None, text.split(";")):
        match = _LINK.fullmatch(piece)
        if match is None:
            raise ValueError(piece)
        lag = entry.minutes(match[4]) if match[4] else 0
        yield TaskLink(
            predecessor_id=found[match[1]].id, kind=match[2] or "FS", lag=float(-lag if match[3] == "-" else lag)
        )

"""The Gantt chart in print: every task on a sheet, names and scale on each, text that can be searched."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from pypdf import PdfReader

from handover.charts.drawing import Drawing, Label
from handover.pack.gantt import gantt_pages
from handover.pack.outline import Cover, PackOutline, Section
from handover.pack.pdf.document import write_pdf
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.scheduling import baselines
from handover.store import Workspace
from handover.wording import Language, Text, shown
from tests.domain import a_project, a_workspace


def a_plan(folder: Path, tasks: int, days_apart: int = 1) -> tuple[Workspace, str]:
    """A chain of tasks of a day, each so many working days after the one before."""
    workspace = a_workspace(folder)
    project = a_project(workspace, plan_start=dt.datetime(2027, 3, 1))
    plan = register("tasks")
    ids = editing.add_many(
        workspace, plan, project, [{"name": f"Step {n}", "duration": 480} for n in range(1, tasks + 1)]
    )
    lag = float((days_apart - 1) * 480)
    links = {b: {"predecessors": [(a, "FS", lag, "working")]} for a, b in pairwise(ids)}
    editing.change(workspace, plan, project, links)
    return workspace, project


def drawings(workspace: Workspace, project: str) -> list[Drawing]:
    with workspace.read() as connection:
        return list(gantt_pages(connection, project).drawings)


def words(drawing: Drawing, language: Language = "en") -> set[str]:
    return {shown(shape.text, language) for shape in drawing.shapes if isinstance(shape, Label)}


def test_a_plan_without_tasks_has_no_sheets(tmp_path: Path) -> None:
    workspace = a_workspace(tmp_path)
    assert drawings(workspace, a_project(workspace)) == []


def test_a_long_plan_goes_on_with_the_head_on_each_sheet(tmp_path: Path) -> None:
    workspace, project = a_plan(tmp_path, 80)
    sheets = drawings(workspace, project)
    assert len(sheets) == 3
    assert {f"Step {n}" for n in range(1, 81)} <= set().union(*(words(sheet) for sheet in sheets))
    for sheet in sheets:
        assert {"Task", "Start", "Finish", "Mar 2027"} <= words(sheet) or {"Task", "Mar"} <= words(sheet)


def test_a_plan_of_many_years_goes_on_to_the_right(tmp_path: Path) -> None:
    workspace, project = a_plan(tmp_path, 10, days_apart=120)
    sheets = drawings(workspace, project)
    assert len(sheets) >= 3
    assert all("Step 1" in words(sheet) for sheet in sheets)
    assert {"2027", "2028", "2029"} <= set().union(*(words(sheet) for sheet in sheets))


def test_nothing_reaches_beyond_its_sheet(tmp_path: Path) -> None:
    workspace, project = a_plan(tmp_path, 60, days_apart=9)
    baselines.take(workspace, project, "Agreed")
    for sheet in drawings(workspace, project):
        for shape in sheet.shapes:
            for x, y in getattr(shape, "points", ()):
                assert -4 <= x <= sheet.width + 4
                assert -4 <= y <= sheet.height + 4


@pytest.mark.parametrize(("language", "word"), [("en", "Critical task"), ("zh", "关键任务"), ("both", "关键任务")])
def test_the_chart_can_be_searched_in_a_pdf(tmp_path: Path, language: Language, word: str) -> None:
    workspace, project = a_plan(tmp_path, 40)
    with workspace.read() as connection:
        pages = gantt_pages(connection, project)
    chart = Section("gantt", Text("Gantt", "甘特图"), (pages,))
    made = dt.datetime(2027, 3, 1, 8)
    outline = PackOutline(Text("Plan", "计划"), Cover("Plant", "P1"), "P1-GANTT", made, language, (chart,), front=False)
    write_pdf(outline, tmp_path / "gantt.pdf")
    text = [page.extract_text() for page in PdfReader(tmp_path / "gantt.pdf").pages]
    assert len(text) == 2
    assert all(word in page for page in text)
    assert "Step 40" in text[1]

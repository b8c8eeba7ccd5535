"""The plan as a bar chart in a workbook: where the bars lie, how it is printed, and that it is never read back."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from handover.exchange.importing.command import Asked, rehearse
from handover.model import Project
from handover.model.task import Task, TaskLink
from handover.pack.excel.bars import _CRITICAL, _CRITICAL_DONE, _DONE, _RESTING
from handover.pack.excel.scale import scale_of
from handover.pack.produce import export_register, make_pack
from handover.plan.calendar import fold, standard
from handover.plan.worktime import moment
from handover.registers.catalogue import register
from handover.registers.query import Query
from handover.store import Workspace
from tests.domain import a_project, a_workspace

MONDAY = dt.datetime(2026, 11, 16)
DAY = 480


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Body: power on (5 days, 40 %) before dry run (3 days, critical); paint (1 day) beside it; ready."""
    monkeypatch.setenv("HANDOVER_TODAY", "2026-11-18")
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace, plan_start=MONDAY)
        with workspace.edit("Plan", project=project) as work:
            body = work.add(Task(name="Body", kind="summary", position=1.0))
            power = work.add(
                Task(name="Power on", duration=5 * DAY, percent=0.4, parent_id=body.id, depth=1, position=2.0)
            )
            dry = work.add(Task(name="=Dry run", duration=3 * DAY, parent_id=body.id, depth=1, position=3.0))
            paint = work.add(Task(name="Paint", duration=DAY, percent=1.0, position=4.0))
            ready = work.add(Task(name="Ready", kind="milestone", duration=0, position=5.0))
            for before, after in ((power, dry), (dry, ready), (paint, ready)):
                work.add(TaskLink(project_id=project, predecessor_id=before.id, successor_id=after.id))
        yield workspace


def project_of(workspace: Workspace) -> Project:
    return workspace.only_project()


def exported(workspace: Workspace, path: Path, language: str = "en", query: Query | None = None) -> Path:
    export_register(workspace, project_of(workspace), register("tasks"), path, query=query, language=language)
    return path


def bars(path: Path, sheet: str = "Gantt") -> Worksheet:
    found = load_workbook(path)[sheet]
    assert isinstance(found, Worksheet)
    return found


def drawn(sheet: Worksheet, task: str) -> dict[int, str]:
    """The days on which a task has a bar, as Excel numbers the days of November, with its colours."""
    row = next(cells for cells in sheet.iter_rows(min_row=6) if cells[0].value == task)
    days = [cell.value for cell in sheet[5]]
    return {int(str(days[c.column - 1])): c.fill.fgColor.rgb[2:] for c in row[6:] if c.fill.fill_type == "solid"}


def test_a_bar_covers_the_days_of_its_task(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx"))
    ahead = dict.fromkeys((18, 19, 20), _CRITICAL)
    assert drawn(sheet, "Power on") == {16: _CRITICAL_DONE, 17: _CRITICAL_DONE} | ahead
    assert drawn(sheet, "=Dry run") == dict.fromkeys((23, 24, 25), _CRITICAL)
    assert drawn(sheet, "Paint") == {18: _DONE}
    assert set(drawn(sheet, "Body")) == set(range(16, 26))
    assert [c.value for c in sheet[10] if c.value == "◆"] == ["◆"]
    assert sheet.cell(5, next(c.column for c in sheet[10] if c.value == "◆")).value == "25"


def test_dates_float_and_criticality_stand_beside_the_bars(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx"))
    found = {row[0]: row[1:6] for row in sheet.iter_rows(min_row=6, max_col=6, values_only=True)}
    assert found["Power on"] == (MONDAY, dt.datetime(2026, 11, 20), 0.4, 0, "Yes")
    assert found["=Dry run"] == (dt.datetime(2026, 11, 23), dt.datetime(2026, 11, 25), 0, 0, "Yes")
    assert found["Paint"][4] is None
    assert sheet["A8"].data_type == "s"


def test_tasks_fold_under_their_summary(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx"))
    assert [sheet.row_dimensions[n].outlineLevel for n in range(6, 11)] == [0, 1, 1, 0, 0]
    assert sheet.sheet_properties.outlinePr.summaryBelow is False
    assert sheet["A7"].alignment.indent == 1


def test_weekends_are_shaded_and_today_is_a_line(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx"))
    days = {str(c.value): sheet.column_dimensions[c.column_letter] for c in sheet[5][6:]}
    assert {day for day, look in days.items() if look.fill.fgColor.rgb == f"00{_RESTING}"} == {"21", "22"}
    assert [day for day, look in days.items() if look.border.left.style == "medium"] == ["18"]


def test_it_prints_on_its_side_as_wide_as_a_page_with_its_head_on_each(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx"))
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.print_area == "'Gantt'!$A$1:$P$10"
    assert sheet.freeze_panes == "G6"


def test_words_follow_the_language(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "plan.xlsx", "zh"), "甘特图")
    assert [c.value for c in sheet[5]][:6] == ["任务", "预测开始", "预测完成", "完成百分比", "总时差（天）", "关键"]
    assert sheet["G4"].value == "2026年11月"
    assert "甘特图 Gantt" in load_workbook(exported(plant, tmp_path / "both.xlsx", "both")).sheetnames


def test_a_filtered_export_shows_its_tasks_under_their_summaries(plant: Workspace, tmp_path: Path) -> None:
    sheet = bars(exported(plant, tmp_path / "dry.xlsx", query=Query(text="Dry")))
    assert [row[0] for row in sheet.iter_rows(min_row=6, max_col=1, values_only=True)] == ["Body", "=Dry run"]


def test_only_a_plan_with_tasks_has_a_chart(plant: Workspace, tmp_path: Path) -> None:
    project = project_of(plant)
    export_register(plant, project, register("people"), tmp_path / "people.xlsx")
    assert "Gantt" not in load_workbook(tmp_path / "people.xlsx").sheetnames
    assert "Gantt" not in load_workbook(exported(plant, tmp_path / "none.xlsx", query=Query(text="zzz"))).sheetnames
    pack = make_pack(plant, project, tmp_path / "all", language="en", pdf=False)
    names = load_workbook(pack.workbook or "").sheetnames
    assert names[names.index("Tasks") + 1] == "Gantt"
    pack = make_pack(plant, project, tmp_path / "some", language="en", chapters=("people",), pdf=False)
    assert "Gantt" not in load_workbook(pack.workbook or "").sheetnames


def test_the_chart_is_not_read_back(plant: Workspace, tmp_path: Path) -> None:
    path = exported(plant, tmp_path / "plan.xlsx")
    book = load_workbook(path)
    book["Gantt"]["A7"] = "Changed in the chart"
    book.save(path)
    plan = rehearse(plant, project_of(plant), path, Asked("tasks"))
    assert plan.file.sheet == "Tasks"
    assert (plan.rows["unchanged"], plan.rows["new"], plan.rows["changed"]) == (5, 0, 0)


def test_the_register_is_found_even_where_the_marks_are_lost(plant: Workspace, tmp_path: Path) -> None:
    path = exported(plant, tmp_path / "plan.xlsx")
    book = load_workbook(path)
    for name in ("_handover", "_lists"):
        del book[name]
    book.save(path)
    assert rehearse(plant, project_of(plant), path, Asked("tasks")).file.sheet == "Tasks"


def test_cells_exist_only_where_bars_are(plant: Workspace, tmp_path: Path) -> None:
    path = exported(plant, tmp_path / "plan.xlsx")
    with ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet3.xml").decode()
    paint = re.search(r'<row r="9".*?</row>', sheet)
    assert paint is not None
    assert len(re.findall(r"<c ", paint[0])) == 6  # five values and the one day of its bar


@pytest.mark.parametrize(
    ("days", "lower"), [(1, "16"), (90, "16"), (300, "16"), (1500, "Nov"), (9000, "Q4"), (36_600, "2026")]
)
def test_the_scale_grows_coarser_so_that_it_fits_a_sheet(days: int, lower: str) -> None:
    first, pattern = moment(MONDAY), fold({"s": standard("s")}, "s", (0, 0))
    scale = scale_of(first, first + days * 1440, pattern, "en")
    assert scale.units[0].label == lower
    assert len(scale.units) <= 162
    assert scale.span(first, first + days * 1440) == (0, len(scale.units))
    assert all(a.end == b.start for a, b in zip(scale.units, scale.units[1:], strict=False))
    assert scale.line_at(first - 10**8) is None

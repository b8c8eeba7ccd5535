"""Charts in packs: vector with searchable text in the PDF, native charts of the values beside them in the workbook."""

from __future__ import annotations

import datetime as dt
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from handover.charts.data import ColumnChart, HeatChart
from handover.pack.excel.workbook import write_excel
from handover.pack.outline import Figure, PackOutline, Section
from handover.pack.pdf.document import write_pdf
from handover.wording import Language, Text
from tests.charts.kinds import every_kind
from tests.pack.sample import a_pack

KINDS = every_kind()
NATIVE = {
    "columns": "barChart", "stack": "barChart", "lines": "lineChart", "burn": "lineChart", "scatter": "scatterChart",
    "risks": "scatterChart", "radar": "radarChart",
}  # fmt: skip


def pack_of(*names: str, language: Language = "en") -> PackOutline:
    figures = tuple(Figure(name, KINDS[name], caption=Text("From the register", "取自登记册")) for name in names)
    return replace(a_pack(0, 0, language), sections=(Section("charts", Text("Charts", "图表"), figures),), front=False)


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_the_text_of_every_chart_can_be_searched(tmp_path: Path, language: Language) -> None:
    write_pdf(pack_of(*KINDS, language=language), tmp_path / "charts.pdf")
    reader = PdfReader(tmp_path / "charts.pdf")
    text = "\n".join(page.extract_text() for page in reader.pages)

    for word in {"en": ("Battery pack line", "Accepted", "25"), "zh": ("电池包线", "已接受", "25")}.get(
        language, ("电池包线 Battery", "已接受 Accepted")
    ):
        assert word in text
    assert not any(page.images for page in reader.pages)


def test_a_chart_stays_on_one_page_with_its_caption(tmp_path: Path) -> None:
    write_pdf(pack_of(*KINDS), tmp_path / "charts.pdf")
    pages = [page.extract_text() for page in PdfReader(tmp_path / "charts.pdf").pages]
    page = next(page for page in pages if "Operational readiness" in page)
    assert "Emergency response" in page
    assert page.rstrip().count("From the register") >= 1


@pytest.mark.parametrize("name", NATIVE)
def test_excel_draws_the_values_itself(tmp_path: Path, name: str) -> None:
    write_excel(pack_of(name), tmp_path / "charts.xlsx")
    with zipfile.ZipFile(tmp_path / "charts.xlsx") as archive:
        drawn = archive.read("xl/charts/chart1.xml").decode()

    assert f"<{NATIVE[name]}>" in drawn
    assert 'delete val="1"' not in drawn
    assert KINDS[name].title.en in drawn  # type: ignore[union-attr]  # both languages
    sheet = load_workbook(tmp_path / "charts.xlsx").worksheets[1]
    assert sheet["A3"].value
    assert sheet.max_row > 8
    assert len(sheet._charts) == 1


def test_the_chart_refers_to_the_cells_beside_it(tmp_path: Path) -> None:
    write_excel(pack_of("columns"), tmp_path / "charts.xlsx")
    sheet = load_workbook(tmp_path / "charts.xlsx").worksheets[1]

    assert [cell.value for cell in sheet[3]] == ["System", "Category A", "Category B"]
    assert [cell.value for cell in sheet[5]] == ["Battery pack line", 12, 25]
    (chart,) = sheet._charts
    assert [s.val.numRef.f for s in chart.series] == [
        "'Punch items by system'!$B$4:$B$9",
        "'Punch items by system'!$C$4:$C$9",
    ]
    assert chart.series[1].graphicalProperties.pattFill is not None


def test_days_stay_days_and_gaps_stay_empty(tmp_path: Path) -> None:
    write_excel(pack_of("burn"), tmp_path / "charts.xlsx")
    sheet = load_workbook(tmp_path / "charts.xlsx").worksheets[1]

    assert sheet["A4"].value == dt.datetime(2027, 1, 4)
    assert sheet["D4"].value is None
    assert "<dateAx>" in zipfile.ZipFile(tmp_path / "charts.xlsx").read("xl/charts/chart1.xml").decode()


def test_a_heat_map_is_coloured_cells(tmp_path: Path) -> None:
    write_excel(pack_of("heat", "heat-steps"), tmp_path / "charts.xlsx")
    book = load_workbook(tmp_path / "charts.xlsx")
    shaded, stepped = book.worksheets[1:3]

    (area,) = shaded.conditional_formatting
    assert str(area.sqref) == "B4:G8"
    assert area.rules[0].type == "colorScale"
    formulas = [rule.formula[0] for area in stepped.conditional_formatting for rule in area.rules]
    assert formulas == [
        "AND(ISNUMBER(B4),B4>=0,B4<4)", "AND(ISNUMBER(B4),B4>=4,B4<9)", "AND(ISNUMBER(B4),B4>=9)",
    ]  # fmt: skip


def test_the_cover_leads_to_each_chart(tmp_path: Path) -> None:
    write_excel(pack_of("columns", "heat"), tmp_path / "charts.xlsx")
    cover = load_workbook(tmp_path / "charts.xlsx").worksheets[0]

    links = [cell.hyperlink.location for row in cover.iter_rows() for cell in row if cell.hyperlink]
    assert links == ["'Punch items by system'!A1", "'Knowledge gaps'!A1"]


def test_the_same_charts_give_the_same_bytes(tmp_path: Path) -> None:
    for n in (1, 2):
        write_excel(pack_of(*KINDS), tmp_path / f"{n}.xlsx")
        write_pdf(pack_of(*KINDS), tmp_path / f"{n}.pdf")
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_a_chart_without_values_says_so_in_both_files(tmp_path: Path) -> None:
    empty = Figure("none", ColumnChart(title="Punch items", categories=(), series=()))
    nothing = Figure("heat", HeatChart(rows=(), columns=(), cells=(), empty="No gap is known."))
    pack = replace(pack_of(), sections=(Section("s", "S", (empty, nothing)),))
    write_pdf(pack, tmp_path / "t.pdf")
    write_excel(pack, tmp_path / "t.xlsx")

    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "t.pdf").pages)
    assert "Nothing to show yet." in text
    assert "No gap is known." in text
    cells = [row[0].value for sheet in load_workbook(tmp_path / "t.xlsx").worksheets[1:3] for row in sheet.iter_rows()]
    assert "Nothing to show yet." in cells
    assert "No gap is known." in cells


def test_formulas_in_names_stay_text(tmp_path: Path) -> None:
    chart = ColumnChart(categories=("=1+1",), series=(replace(KINDS["columns"].series[0], name="=cmd|x"),))  # type: ignore[union-attr]  # columns
    pack = replace(pack_of(), sections=(Section("s", "S", (Figure("f", chart),)),))
    write_excel(pack, tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx").worksheets[1]
    assert sheet["B3"].data_type == "s"
    assert sheet["A4"].data_type == "s"

"""Opening files of every kind, and what their sheets say."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font

from handover.errors import NotFound, UnusableFile
from handover.exchange.reading.child_process import ChildReading, Job
from handover.exchange.reading.grid import Area, address, parse_address
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.exchange.reading.text_encoding import guess_encoding
from tests.exchange.reading.workbooks import raw_workbook, text_cell, workbook


def test_kinds_are_told_by_contents_not_by_suffix(tmp_path: Path) -> None:
    good = workbook(tmp_path / "a.xlsx", [["Task"]])
    disguised = tmp_path / "b.csv"
    disguised.write_bytes(good.read_bytes())
    assert open_source(disguised).kind == "xlsx"
    plain = tmp_path / "c.xlsx"
    plain.write_text("Task;Start\nPump;1\n")
    assert open_source(plain).kind == "csv"
    plan = tmp_path / "d.xml"
    plan.write_text('<?xml version="1.0"?><!-- x --><Project xmlns="http://schemas.microsoft.com/project"/>')
    assert open_source(plan).kind == "mspdi"
    p6 = tmp_path / "e.xer"
    p6.write_text("ERMHDR\t8.4\n")
    assert open_source(p6).kind == "xer"


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".dat"])
def test_a_workbook_under_the_name_of_another_format_is_read(tmp_path: Path, suffix: str) -> None:
    good = workbook(tmp_path / "a.xlsx", [["Task"], ["Pump"]])
    disguised = tmp_path / f"export{suffix}"
    disguised.write_bytes(good.read_bytes())
    assert read_grid(open_source(disguised)).rows == [("Task",), ("Pump",)]


def test_sheets_are_listed_with_their_state(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "封面"
    plan = book.create_sheet("计划")
    plan.append(["任务"])
    book.create_sheet("Lists").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")
    source = open_source(tmp_path / "a.xlsx")
    assert [(s.name, s.hidden) for s in source.sheets] == [("封面", False), ("计划", False), ("Lists", True)]
    assert read_grid(source, "计划").rows == [("任务",)]
    with pytest.raises(NotFound, match="计划"):
        source.sheet("Plan")


def test_cells_keep_type_and_place(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    sheet["C3"], sheet["D3"], sheet["E3"], sheet["C5"] = "Task", 12, True, dt.date(2026, 3, 5)
    sheet["D5"] = dt.datetime(2026, 3, 5, 8, 30)
    book.save(tmp_path / "a.xlsx")
    grid = read_grid(open_source(tmp_path / "a.xlsx"))
    assert (grid.height, grid.width) == (5, 5)
    assert grid.rows[2] == (None, None, "Task", 12.0, True)
    assert grid.rows[4][2:4] == (dt.date(2026, 3, 5), dt.datetime(2026, 3, 5, 8, 30))


def test_marks_of_rows_and_columns(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (["Task", "Start"], ["Phase", 1], ["Pump", 2], ["Motor", 3]):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True)
    sheet["A3"].alignment = Alignment(indent=2)
    sheet.row_dimensions[3].outlineLevel = 1
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.merge_cells("A5:A6")
    sheet["A5"] = "Valve"
    sheet["B6"] = 4
    book.save(tmp_path / "a.xlsx")
    grid = read_grid(open_source(tmp_path / "a.xlsx"))
    assert grid.bold_rows == {1} and grid.indents == {2: {0: 2}} and grid.outline_levels == {2: 1}
    assert grid.hidden_rows == {3} and grid.hidden_columns == {1}
    assert grid.merged == (Area(4, 0, 5, 0),)
    assert grid.rows[5] == ("Valve", 4.0) and grid.repeats == {(5, 0)}


def test_1904_is_reported_and_its_dates_are_right(tmp_path: Path) -> None:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active["A1"] = dt.date(2026, 3, 5)
    book.save(tmp_path / "a.xlsx")
    source = open_source(tmp_path / "a.xlsx")
    assert source.date1904 and read_grid(source).rows == [(dt.date(2026, 3, 5),)]


def test_a_look_at_the_first_rows_is_enough_for_a_preview(tmp_path: Path) -> None:
    source = open_source(workbook(tmp_path / "a.xlsx", [[n] for n in range(100)]))
    grid = read_grid(source, limit_rows=10)
    assert grid.height == 10 and grid.cut_short


def test_many_rows_come_back_in_order(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c>{text_cell(f"B{n}", f"t{n % 7}")}</row>' for n in range(1, 10_001)
    )
    grid = read_grid(open_source(raw_workbook(tmp_path / "a.xlsx", rows)))
    assert grid.rows == [(float(n), f"t{n % 7}") for n in range(1, 10_001)]


def opendocument(path: Path, table: str, manifest: str = "<manifest/>") -> Path:
    spaces = " ".join(f'xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{p}:1.0"' for p in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr(
            "content.xml",
            f"<office:document-content {spaces}><office:body><office:spreadsheet>{table}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def test_opendocument_sheets(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="string"><text:p>任务</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'
        '<table:table-cell office:value-type="date" office:date-value="2026-03-05"><text:p/></table:table-cell>'
    )
    table = f'<table:table table:name="计划"><table:table-row>{cells}</table:table-row></table:table>'
    source = open_source(opendocument(tmp_path / "a.ods", table))
    assert source.kind == "ods" and [s.name for s in source.sheets] == ["计划"]
    assert read_grid(source).rows == [("任务", 5.0, dt.date(2026, 3, 5))]


def test_an_opendocument_sheet_says_what_is_hidden_and_merged(tmp_path: Path) -> None:
    def row(*texts: str, of: str = "", first: str = "") -> str:
        text = ' office:value-type="string"><text:p>{}</text:p></table:table-cell>'
        cells = "".join(
            f"<table:table-cell{'' if n else first}{text.format(t)}" if t else "<table:covered-table-cell/>"
            for n, t in enumerate(texts)
        )
        return f"<table:table-row{of}>{cells}</table:table-row>"

    table = (
        '<table:table table:name="A &amp; B"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        + row("Phase", "Task", "Cost")
        + row("One", "a", "1", first=' table:number-rows-spanned="3" table:number-columns-spanned="1"')
        + row("", "b", "2", of=' table:visibility="collapse" table:number-rows-repeated="2"')
        + row("Two", "c", "3", of=' table:visibility="filter"')
        + '<table:table-row table:visibility="collapse" table:number-rows-repeated="1048000"><table:table-cell/>'
        "</table:table-row></table:table>"
    )
    read = read_grid(open_source(opendocument(tmp_path / "a.ods", '<table:table table:name="X"/>' + table)), "A & B")
    assert [r[:2] for r in read.rows] == [("Phase", "Task"), ("One", "a"), ("One", "b"), ("One", "b"), ("Two", "c")]
    assert (read.hidden_rows, read.filtered_rows) == ({2, 3}, {4})
    assert read.hidden_columns == {2}
    assert read.merged == (Area(1, 0, 3, 0),)


def test_a_locked_opendocument_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="password"):
        open_source(opendocument(tmp_path / "a.ods", "", "<manifest><encryption-data/></manifest>"))


def test_a_plan_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xer"
    path.write_text("ERMHDR\t8.4\n")
    with pytest.raises(UnusableFile, match="plan"):
        read_grid(open_source(path))


@pytest.mark.parametrize(("place", "text"), [((0, 0), "A1"), ((6, 27), "AB7"), ((1_048_575, 16_383), "XFD1048576")])
def test_addresses(place: tuple[int, int], text: str) -> None:
    assert address(*place) == text and parse_address(text) == place


TABLE = [("任务", "开始"), ("泵调试", "2026-03-05"), ("Größe, “x”", "5")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_text_tables_in_any_encoding(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    lines = [delimiter.join(f'"{cell}"' if "," in cell else cell for cell in row) for row in TABLE[:2]] * 20
    path.write_bytes("\r\n".join(lines).encode(encoding))
    grid = read_grid(open_source(path))
    assert grid.rows[:2] == TABLE[:2] and grid.height == 40


def test_latin_with_semicolons(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("Vorgang;Dauer\nPrüfung;2,5 Tage\nÜbergabe;3\n".encode("cp1252"))
    assert read_grid(open_source(path)).rows == [("Vorgang", "Dauer"), ("Prüfung", "2,5 Tage"), ("Übergabe", "3")]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("ID,Name,Owner\r\n1,Prüfung,Müller\r\n", "cp1252"),
        ("ID,Name\r\n1,10 °C\r\n2,€ 5\r\n", "cp1252"),
        ("编号,名称,负责人\r\n1,冷却水系统冲洗,张三\r\n2,5月28日 前完成,李四\r\n", "gb18030"),
        ("編號,名稱,負責人\r\n1,冷卻水系統沖洗,陳先生\r\n2,設備驗收,林小姐\r\n", "cp950"),
        ("No,名称,担当\r\n1,バルブ点検,山田\r\n2,圧力試験の記録,佐藤\r\n", "cp932"),
        ("编号\r\n管道吹扫\r\n设备验收\r\n", "utf-16-le"),
        ("编号\r\n管道吹扫\r\n设备验收\r\n", "utf-16-be"),
    ],
)
def test_encoding_is_told_by_two_rows_and_when_the_sample_is_cut_anywhere(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert guess_encoding(data) == encoding
    long = (text * 5).encode(encoding)
    ends = range(len(data) * 4, len(data) * 4 + 12)
    assert {guess_encoding(long[:end], complete=False) for end in ends} == {encoding}


def test_excels_sep_line_and_our_guard_are_taken_off(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("sep=|\nTask|Note\nPump|'=1+1\nO'Neill|'quoted'\n")
    assert read_grid(open_source(path)).rows == [("Task", "Note"), ("Pump", "=1+1"), ("O'Neill", "'quoted'")]


def test_rows_of_different_lengths_are_filled_up(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,c\n1\n\n2,3\n\n\n")
    assert read_grid(open_source(path)).rows == [
        ("a", "b", "c"),
        ("1", None, None),
        (None, None, None),
        ("2", "3", None),
    ]


def test_the_only_sheet_is_read_while_the_file_is_checked_and_nobody_reads_on_for_nothing(tmp_path: Path) -> None:
    path = workbook(tmp_path / "a.xlsx", [["Task"], ["Pump"]])
    source = open_source(path)
    (begun,) = source.begun
    assert read_grid(source).rows == [("Task",), ("Pump",)] and not source.begun
    assert begun._child.poll() is not None
    assert read_grid(source).rows == [("Task",), ("Pump",)]

    unread = open_source(path)
    child = unread.begun[0]._child
    del unread
    assert child.poll() is not None


def test_a_file_that_the_check_refuses_is_not_read_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[ChildReading] = []

    class Watched(ChildReading):
        def __init__(self, job: Job) -> None:
            super().__init__(job)
            begun.append(self)

    monkeypatch.setattr("handover.exchange.reading.source.ChildReading", Watched)
    with pytest.raises(UnusableFile, match="document type"):
        open_source(raw_workbook(tmp_path / "a.xlsx", "<!DOCTYPE x>"))
    assert begun[0]._child.poll() is not None

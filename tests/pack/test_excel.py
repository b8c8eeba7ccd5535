"""A pack as a workbook: real values, safe texts, and marks by which it is known again when it comes back."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from handover.errors import Cancelled
from handover.pack.excel.workbook import write_excel
from handover.pack.outline import Indented, Marked, Row, Rows, Section, Status, TableBlock, TableColumn
from handover.values import print_forms
from handover.values.print_forms import PrintForm
from handover.wording import Language, Text
from tests.pack.sample import STATUSES, a_pack, task_rows, with_table


def written(tmp_path: Path, table: TableBlock, language: Language = "en") -> Workbook:
    write_excel(with_table(table, language), tmp_path / "t.xlsx")
    return load_workbook(tmp_path / "t.xlsx")


def texts(rows: list[Row], kind: PrintForm = print_forms.TEXT) -> TableBlock:
    return TableBlock("t", "T", (TableColumn("ref", "Ref"), TableColumn("x", "X", kind)), rows)


def test_each_table_has_its_sheet_with_every_row(tmp_path: Path) -> None:
    write_excel(a_pack(), tmp_path / "pack.xlsx", "zh")
    book = CalamineWorkbook.from_path(tmp_path / "pack.xlsx")
    assert book.sheet_names == ["封面", "成员", "任务计划", "文件登记册", "知识差距", "_lists", "_handover"]
    rows = book.get_sheet_by_name("任务计划").to_python()
    assert rows[0][:3] == ["编号", "WBS 编码", "任务名称"]
    assert [row[0] for row in rows[1:]] == [f"TSK-{n + 1:04}" for n in range(60)]
    assert rows[1][4] == date(2026, 3, 2)
    assert rows[1][8] == "未开始"


def test_header_is_frozen_and_filtered_over_all_rows(tmp_path: Path) -> None:
    sheet = written(tmp_path, texts([("R1", "a"), ("R2", "b")]))["T"]
    assert sheet.freeze_panes == "B2"
    (table,) = sheet.tables.values()
    assert (table.ref, table.autoFilter.ref) == ("A1:B3", "A1:B3")


def test_widths_fit_and_chinese_counts_double(tmp_path: Path) -> None:
    sheet = written(
        tmp_path, TableBlock("t", "T", (TableColumn("a", "A"), TableColumn("b", "B")), [("移交包移交包移交", "x" * 16)])
    )["T"]
    assert sheet.column_dimensions["A"].width == sheet.column_dimensions["B"].width == 18
    sheet = written(tmp_path, texts([("R1", "很长" * 500)], print_forms.LONG))["T"]
    assert sheet.column_dimensions["B"].width <= 64


def test_values_are_real_dates_numbers_and_shares(tmp_path: Path) -> None:
    forms = (print_forms.DAY, print_forms.NUMBER, print_forms.SHARE, print_forms.YES_OR_NO)
    columns = tuple(TableColumn(form.name, form.name.title(), form) for form in forms)
    rows: list[Row] = [
        (date(2026, 3, 5), 12, 0.4, True),
        (datetime(2026, 3, 5, 14, 30), Decimal("1.25"), 1.0, False),
        (Marked(date(2026, 4, 1), "danger", "late"), 10**17, None, None),
        (date(1776, 7, 4), float("inf"), 0.0, None),
    ]
    sheet = written(tmp_path, TableBlock("v", "V", columns, rows))["V"]
    assert [cell.value for cell in sheet[2]] == [datetime(2026, 3, 5), 12, 0.4, "Yes"]
    assert [cell.number_format for cell in sheet[2]][:3] == ["yyyy-mm-dd", "#,##0", "0%"]
    assert sheet["B3"].number_format == "#,##0.######"
    assert sheet["A3"].value == datetime(2026, 3, 5, 14, 30)
    assert sheet["A3"].number_format == "yyyy-mm-dd hh:mm"
    assert sheet["B3"].value == 1.25
    assert sheet["A4"].value == datetime(2026, 4, 1)
    assert sheet["B4"].value == "100000000000000000"
    assert sheet["A5"].value == "1776-07-04"
    assert sheet["B5"].value is None


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\n=1", '=HYPERLINK("x")'])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    pack = with_table(texts([("R1", text), ("R2", Indented(text)), ("R3", Status(text))]), "en")
    pack = replace(pack, cover=replace(pack.cover, project=text, code=text), number=text)
    write_excel(pack, tmp_path / "t.xlsx")
    with ZipFile(tmp_path / "t.xlsx") as archive:
        sheets = [archive.read(name).decode() for name in archive.namelist() if "/sheet" in name]
    cover, others = sheets[0], sheets[1:]
    assert all(not re.search(r"<f[ >]|t=\"(str|e)\"", sheet) for sheet in others)
    assert set(re.findall(r"<f>(\w+)", cover)) <= {"SUMPRODUCT", "COUNTIF"}
    sheet = load_workbook(tmp_path / "t.xlsx")["T"]
    assert [sheet[f"B{n}"].value for n in (2, 3, 4)] == [text] * 3
    assert all(sheet[f"B{n}"].quotePrefix for n in (2, 3, 4))


def test_characters_that_a_workbook_forbids_go_and_are_counted(tmp_path: Path) -> None:
    rows = [("R1", "a\x00b\x0bc\ud800d\uffffe"), ("R2", "x\r\ny"), ("R3", "z" * 40_000), ("R4", "clean")]
    done = write_excel(with_table(texts(rows, print_forms.LONG)), tmp_path / "t.xlsx")
    sheet = load_workbook(tmp_path / "t.xlsx")["T"]
    assert sheet["B2"].value == "abcde"
    assert sheet["B3"].value == "x\ny"
    assert len(sheet["B4"].value) == 32_767
    assert done[0].shortened == 2


def test_what_excel_takes_for_its_escapes_is_read_as_it_was(tmp_path: Path) -> None:
    write_excel(with_table(texts([("R1", "a_x0041_b _x000D_")])), tmp_path / "t.xlsx")
    rows = CalamineWorkbook.from_path(tmp_path / "t.xlsx").get_sheet_by_name("T").to_python()
    assert rows[1][1] == "a_x0041_b _x000D_"


def test_codes_are_text_even_for_who_types_them(tmp_path: Path) -> None:
    sheet = written(tmp_path, texts([("R1", "1.10")]))["T"]
    assert (sheet["B2"].value, sheet["B2"].number_format) == ("1.10", "@")


def test_a_status_is_chosen_from_a_hidden_list_in_the_language(tmp_path: Path) -> None:
    columns = (
        TableColumn("ref", "Ref"),
        TableColumn("status", Text("Status", "状态"), print_forms.STATUS, choices=STATUSES),
    )
    book = written(tmp_path, TableBlock("t", "T", columns, [("R1", STATUSES[0])]), "both")
    rule = book["T"].data_validations.dataValidation[0]
    assert (rule.type, rule.formula1) == ("list", "_lists!$A$1:$A$5")
    assert str(rule.sqref) == "B2:B502"
    assert book["_lists"].sheet_state == "hidden"
    assert book["_lists"]["A1"].value == book["T"]["B2"].value == "未开始 / Not started"


def test_the_marks_tell_the_importer_what_each_column_is(tmp_path: Path) -> None:
    pack = replace(a_pack(), origin=(("project", "0193-uuid"), ("change", "4711")))
    write_excel(pack, tmp_path / "pack.xlsx", "zh")
    rows = CalamineWorkbook.from_path(tmp_path / "pack.xlsx").get_sheet_by_name("_handover").to_python()
    lines = [[cell for cell in row if cell != ""] for row in rows]
    assert lines[0][:2] == ["handover-export", 1]
    assert lines[0][-1] == "NEV-YC"
    assert ["origin", "change", "4711"] in lines
    assert ["register", "任务计划", "tasks", 1, 60, 0] in lines
    assert ["field", "任务计划", "finish", 6, "date", "完成"] in lines
    assert ["choice", "任务计划", "status", "已完成", "Complete", "已完成"] in lines
    assert load_workbook(tmp_path / "pack.xlsx")["_handover"].sheet_state == "veryHidden"


def test_sheet_names_are_lawful_and_unlike(tmp_path: Path) -> None:
    titles = ["A/B: [x]*?", "a b   x", "History", "'quoted'", "长" * 40, "长" * 40, "", "_handover", "Cover sheet"]
    tables = [TableBlock(f"t{n}", title, (TableColumn("ref", "Ref"),), [("R",)]) for n, title in enumerate(titles)]
    pack = replace(a_pack(), sections=tuple(Section(t.key, "s", (t,)) for t in tables))
    write_excel(pack, tmp_path / "names.xlsx", "en")
    names = load_workbook(tmp_path / "names.xlsx").sheetnames
    assert len({name.casefold() for name in names}) == len(names) == len(titles) + 2
    assert all(0 < len(name) <= 31 and not re.search(r"[\[\]:*?/\\]|^'|'$", name) for name in names)
    assert "History" not in names


def test_an_empty_table_is_a_header_with_its_lists(tmp_path: Path) -> None:
    sheet = written(tmp_path, texts([], print_forms.YES_OR_NO))["T"]
    assert sheet.max_row == 1
    assert [table.ref for table in sheet.tables.values()] == ["A1:B2"]  # Excel has no table without a row
    assert sheet.data_validations.dataValidation[0].formula1 == "_lists!$A$1:$A$2"


def test_the_cover_lists_sheets_with_rows_and_links_within_the_workbook(tmp_path: Path) -> None:
    write_excel(a_pack(), tmp_path / "pack.xlsx", "en")
    cover = load_workbook(tmp_path / "pack.xlsx")["Cover sheet"]
    reckoned = load_workbook(tmp_path / "pack.xlsx", data_only=True)["Cover sheet"]
    listed = {row[0].value: row for row in reversed(list(cover.iter_rows())) if row[2].value is not None}
    live = listed["Task plan"][2]
    assert live.value.startswith("=SUMPRODUCT(--(('Task plan'!$A$2:$A$561<>")
    assert reckoned[live.coordinate].value == 60
    assert listed["Task plan"][0].hyperlink.location == "'Task plan'!A1"
    assert listed["Document register"][3].value == "Not yet accepted; 12 rows are left out."
    assert {row[1].value for row in cover.iter_rows()} >= {"NEV-YC-HP-003", "48 / 52", 124}


def test_indents_and_summary_lines_are_kept(tmp_path: Path) -> None:
    sheet = written(tmp_path, texts([("R1", Indented("Line", 0, True)), ("R2", Indented("Robot", 2))]))["T"]
    assert (sheet["B2"].font.bold, sheet["B2"].alignment.indent) == (True, 0)
    assert (sheet["B3"].font.bold, sheet["B3"].alignment.indent) == (False, 2)


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    write_excel(a_pack(), tmp_path / "a.xlsx")
    write_excel(a_pack(), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("at", ["Writing the workbook", "Finishing the workbook"])
def test_cancelling_leaves_nothing_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    target = tmp_path / "pack.xlsx"
    target.write_bytes(b"as it was")
    with pytest.raises(Cancelled):
        write_excel(a_pack(), target, progress=lambda done, _total, what: not (what == at and done > 60))
    assert target.read_bytes() == b"as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack.xlsx", "scratch"]
    assert list(scratch.iterdir()) == []


def test_rows_are_streamed(tmp_path: Path) -> None:
    """Rows are asked for one by one while the sheet is written, not all before it."""
    alive = 0
    most = 0

    class Tracked(str):
        __slots__ = ()

        def __new__(cls, text: str) -> Tracked:
            nonlocal alive, most
            alive += 1
            most = max(most, alive)
            return super().__new__(cls, text)

        def __del__(self) -> None:
            nonlocal alive
            alive -= 1

    rows = Rows(lambda: ((f"R{n}", Tracked(f"text {n}")) for n in range(3000)))
    write_excel(
        with_table(TableBlock("t", "T", (TableColumn("ref", "Ref"), TableColumn("x", "X")), rows)), tmp_path / "t.xlsx"
    )
    assert most < 1000


def test_the_workbook_of_a_long_plan_has_its_widths_from_the_first_rows(tmp_path: Path) -> None:
    table = TableBlock(
        "t", "T", tuple(TableColumn(f"c{n}", f"C{n}") for n in range(9)), Rows(lambda: task_rows(1500)), count=1500
    )
    seen: list[int] = []

    def watch(done: int, _total: int, _what: str) -> bool:
        seen.append(done)
        return True

    done = write_excel(with_table(table), tmp_path / "t.xlsx", progress=watch)
    assert done[0].rows == seen[-1] == 1500


# -- a workbook that people fill in ---------------------------------------------------------------------------------

WORK = TableColumn("work", "Work", print_forms.WORK)


def a_filled_in_one(tmp_path: Path, *columns: TableColumn, rows: Sequence[Row] = ()) -> Worksheet:
    return written(tmp_path, TableBlock("t", "T", (TableColumn("ref", "Ref.", fixed=True), *columns), rows))["T"]


def test_rows_are_a_table_that_formulas_know(tmp_path: Path) -> None:
    sheet = a_filled_in_one(tmp_path, TableColumn("x", Text("Two\nlines", "两行")), rows=[("R1", "a")])
    (table,) = sheet.tables.values()
    assert (table.displayName, table.ref) == ("Handover_t", "A1:B2")
    assert [column.name for column in table.tableColumns] == ["Ref.", "Two\nlines"]


def test_two_headings_that_are_alike_leave_a_filter(tmp_path: Path) -> None:
    sheet = a_filled_in_one(tmp_path, TableColumn("x", "ref."), rows=[("R1", "a")])
    assert not sheet.tables
    assert sheet.auto_filter.ref == "A1:B2"


def test_what_the_program_fills_in_is_grey_and_locked_and_the_rest_open(tmp_path: Path) -> None:
    columns = (TableColumn("x", "X"), TableColumn("sum", "Sum", print_forms.NUMBER, fixed=True))
    sheet = a_filled_in_one(tmp_path, *columns, rows=[("R1", "a", 3)])
    assert sheet.protection.sheet and not sheet.protection.password
    assert not sheet.protection.sort and not sheet.protection.autoFilter
    assert [cell.protection.locked for cell in sheet[2]] == [True, False, True]
    assert [cell.fill.fgColor.rgb for cell in sheet[2]] == ["00F2F4F5", "00000000", "00F2F4F5"]
    assert [sheet.column_dimensions[c].protection.locked for c in "ABC"] == [False, False, True]


def test_names_are_offered_and_not_insisted_on(tmp_path: Path) -> None:
    sheet = a_filled_in_one(tmp_path, TableColumn("who", "Who", offered=("Ann", "=Bob")), rows=[("R1", "Eve")])
    (rule,) = sheet.data_validations.dataValidation
    assert (rule.type, rule.showErrorMessage) == ("list", False)
    marks = load_workbook(tmp_path / "t.xlsx")["_handover"]
    assert not [row for row in marks.iter_rows(values_only=True) if row[0] == "choice"]


def test_work_is_a_number_of_days(tmp_path: Path) -> None:
    sheet = a_filled_in_one(tmp_path, WORK, rows=[("R1", 480 * 5), ("R2", 241), ("R3", None)])
    assert [sheet[f"B{n}"].value for n in (2, 3, 4)] == [5, 241 / 480, None]
    assert sheet["B2"].number_format == 'General" d"'


def test_first_columns_come_first_and_the_rest_is_grouped(tmp_path: Path) -> None:
    columns = (TableColumn("a", "A", in_print=False), TableColumn("b", "B"))
    sheet = a_filled_in_one(tmp_path, *columns, rows=[("R1", "at the end", "first")])
    assert [cell.value for cell in sheet[2]] == ["R1", "first", "at the end"]
    assert [sheet.column_dimensions[c].outlineLevel for c in "ABC"] == [0, 0, 1]


def test_a_broad_sheet_prints_on_a3_never_below_sixty_per_cent(tmp_path: Path) -> None:
    def printed(many: int) -> tuple[object, ...]:
        columns = tuple(TableColumn(f"c{n}", f"C{n}") for n in range(many))
        sheet = a_filled_in_one(tmp_path, *columns, rows=[("R1", *("x" * 30 for _ in range(many)))])
        return sheet.page_setup.paperSize, sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.scale

    assert printed(3) == (9, True, None)
    assert printed(9) == (8, True, None)
    assert printed(30) == (8, False, 60)


def test_the_cover_counts_states_anew(tmp_path: Path) -> None:
    states = (Status("Open", "warning"), Status("Done", "ok"))
    column = TableColumn("status", "State", print_forms.STATUS, choices=states)
    rows: list[Row] = [("R1", states[0]), ("R2", states[1]), ("R3", states[1])]
    a_filled_in_one(tmp_path, column, rows=rows)
    counted = {}
    for data_only in (False, True):
        cover = load_workbook(tmp_path / "t.xlsx", data_only=data_only)["Cover sheet"]
        counted[data_only] = [row[2].value for row in cover.iter_rows() if row[1].value in ("Open", "Done")]
    assert counted[True] == [1, 2]
    assert counted[False][0].startswith("=COUNTIF('T'!$B$2:$B$504,B")

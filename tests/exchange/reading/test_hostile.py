"""Files from outside that are meant, or happen, to do harm: each gets its sentence, none takes the program down."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from handover.errors import Cancelled, UnusableFile
from handover.exchange.reading import child_process
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.odd_cells import cell_notes
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import Source, open_source
from tests.exchange.reading.workbooks import SPACE, raw_workbook, text_cell, workbook

HEAD = '<row r="1">' + text_cell("A1", "Task") + text_cell("B1", "Start") + "</row>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def grid_of(path: Path) -> Grid:
    return read_grid(open_source(path))


def refusal(path: Path) -> str:
    with pytest.raises(UnusableFile) as caught:
        grid_of(path)
    assert path.name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "no bytes"),
        ("a.csv", b" \n\t\n  ", "only blanks"),
        ("a.xlsx", b"\x01\x02\x00\x05" * 50, "neither a workbook nor text"),
        ("a.xlsx", b"PK\x03\x04 and then nothing", "damaged"),
        ("a.xlsx", b"hello", "no workbook"),
        ("a.xls", OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("a.xls", OLE + "Workbook".encode("utf-16-le"), "damaged"),
        ("a.xls", OLE + "WordDocument".encode("utf-16-le"), "Word document"),
        ("a.mpp", OLE + "TBkndTask".encode("utf-16-le"), "is a plan"),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "web page"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.xlsx", b"<## NASCA DRM FILE - VER1.00 ##>" + bytes(range(256)) * 9, "document protection"),
        ("a.handover", b"SQLite format 3\0....", "Open"),
        ("a.xml", b"<!DOCTYPE x [<!ENTITY a 'b'>]><Project>&a;</Project>", "entities"),
        ("a.xml", b"<Project xmlns='http://example.org/other'/>", "outermost element"),
        ("a.xml", b"<a><b></a>", "outermost element is a"),
        ("a.xml", b"<", "damaged XML"),
        ("a.xml", b'<?xml version="1.0"?>' + b"<!-- -->" * 20_000 + b"<a/>", "outermost element is a"),
        ("a.csv", b'a,b\n1,"' + b"x" * 2_000_000, "quote"),
    ],
)
def test_what_is_no_list_is_refused_in_plain_words(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert said in refusal(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="isn't there"):
        open_source(tmp_path / "gone.xlsx")
    with pytest.raises(UnusableFile, match="folder"):
        open_source(tmp_path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    raw_workbook(path, HEAD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as part:
        for _ in range(257):
            part.write(b"\0" * (1 << 20))
    assert path.stat().st_size < 1 << 20
    assert "unpacks to more than" in refusal(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "liar.xlsx"
    raw_workbook(path, HEAD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as part:
        for _ in range(257):
            part.write(b"\0" * (1 << 20))
    data = bytearray(path.read_bytes())
    size = (257 << 20).to_bytes(4, "little")
    at = data.rfind(size)
    data[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    assert refusal(path)


def test_an_encrypted_zip_is_told(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "locked.xlsx", HEAD)
    data = bytearray(path.read_bytes())
    at = data.rfind(b"PK\x01\x02")
    data[at + 8] |= 1
    path.write_bytes(data)
    assert "encrypted zip" in refusal(path)


def test_a_zip_without_a_workbook_names_what_is_inside(tmp_path: Path) -> None:
    path = tmp_path / "mail.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("plans/plan.xlsx", b"x")
    assert "plan.xlsx" in refusal(path)


def test_a_document_type_in_a_part_is_refused(tmp_path: Path) -> None:
    parts = {"xl/sharedStrings.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><sst/>"}
    assert "sharedStrings.xml" in refusal(raw_workbook(tmp_path / "dtd.xlsx", HEAD, parts=parts))


def test_ill_formed_xml_is_damage(tmp_path: Path) -> None:
    assert "damaged" in refusal(raw_workbook(tmp_path / "bad.xlsx", '<row r="1"><c r="A1"><v>1</row>'))


def test_a_million_empty_formatted_rows_are_no_rows(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 1_000_001))
    grid = grid_of(raw_workbook(tmp_path / "million.xlsx", HEAD + rows))
    assert grid.rows == [("Task", "Start")]


def test_one_wide_row_among_short_ones_makes_no_rectangle(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text("Document no,Title\n" + ",".join("x" * 512) + "\n" + "a\n" * 50_000)
    source = open_source(path)
    tracemalloc.start()
    try:
        height = read_grid(source).height
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert height == 50_002
    assert most < 50_000 * 512  # eight times that are the cells of the rectangle alone


def test_styles_that_are_never_closed_are_passed_once(tmp_path: Path) -> None:
    styles = f'<styleSheet xmlns="{SPACE}"><!-- {"<cellXfs " * 300_000} --></styleSheet>'.encode()
    path = raw_workbook(tmp_path / "a.xlsx", HEAD, parts={"xl/styles.xml": styles})
    assert grid_of(path).rows == [("Task", "Start")]


@pytest.mark.parametrize("cell", ["XFD1048576", "A1048576", "XFD1", "ZZZ99999999"])
def test_a_stray_cell_is_left_out_and_told(tmp_path: Path, cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    far = f'<row r="{row}">{text_cell(cell, "x")}</row>'
    if row == "1":
        rows = '<row r="1">' + text_cell("A1", "Task") + text_cell("B1", "Start") + text_cell(cell, "x") + "</row>"
    else:
        rows = HEAD + far
    grid = grid_of(raw_workbook(tmp_path / "stray.xlsx", rows))
    assert grid.rows == [("Task", "Start")]
    assert grid.stray and "far away" in str(cell_notes(grid)[0])


def test_macros_links_and_objects_are_told_and_left_alone(tmp_path: Path) -> None:
    parts = {"xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": b"<x/>", "xl/embeddings/o.bin": b"x"}
    source = open_source(raw_workbook(tmp_path / "m.xlsm", HEAD, parts=parts))
    assert source.kind == "xlsm"
    assert [
        word for word in ("macros", "other workbooks", "embedded") if word in " ".join(map(str, source.notices))
    ] == [
        "macros",
        "other workbooks",
        "embedded",
    ]
    assert read_grid(source).height == 1


def test_a_formula_without_value_is_flagged_with_its_cell(tmp_path: Path) -> None:
    cells = '<c r="A1"><f>1+1</f></c><c r="B1"><f>1+1</f><v>2</v></c><c r="C1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    grid = grid_of(raw_workbook(tmp_path / "f.xlsx", f'<row r="1">{cells}</row>'))
    assert grid.rows == [(None, 2.0, "#DIV/0!")] and grid.uncalculated == {(0, 0)}
    notes = cell_notes(grid)
    assert [note.address for note in notes] == ["A1", "C1"] and "Plan" in str(notes[0])


def test_a_text_of_forty_thousand_characters_is_told_with_its_cell(tmp_path: Path) -> None:
    grid = grid_of(raw_workbook(tmp_path / "long.xlsx", f'<row r="1">{text_cell("A1", "x" * 40_000)}</row>'))
    assert "40000" in str(cell_notes(grid)[0]) and cell_notes(grid)[0].address == "A1"


def test_overlapping_merges_of_a_hostile_file_are_bounded(tmp_path: Path) -> None:
    merges = "<mergeCells>" + '<mergeCell ref="A1:B1048576"/>' * 50_000 + "</mergeCells>"
    assert grid_of(raw_workbook(tmp_path / "merge.xlsx", HEAD, tail=merges)).height == 1


def test_numbers_that_are_no_dates_do_not_break_the_reader(tmp_path: Path) -> None:
    styles = f'<styleSheet xmlns="{SPACE}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    cells = '<c r="A1" s="1"><v>-5</v></c><c r="B1" s="1"><v>1e300</v></c><c r="C1" s="1"><v>46086</v></c>'
    path = raw_workbook(tmp_path / "n.xlsx", f'<row r="1">{cells}</row>', parts={"xl/styles.xml": styles.encode()})
    assert grid_of(path).rows[0][2] == dt.date(2026, 3, 5)


def odd_readings(source: Source, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """From now on whoever reads the source is a child that does something else."""
    while source.begun:
        source.begun.pop().close()
    monkeypatch.setattr(child_process.ChildReading, "module", "tests.odd_child")
    monkeypatch.setenv("ODD_CHILD", what)


def test_a_child_that_dies_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(workbook(tmp_path / "a.xlsx", [["Task"], ["Pump"]]))
    odd_readings(source, monkeypatch, "abort")
    with pytest.raises(UnusableFile, match="memory or time"):
        read_grid(source)


@pytest.mark.parametrize("what", ["flood", "map", "huge frame", "foreign sentence"])
def test_a_child_that_lies_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    source = open_source(workbook(tmp_path / "a.xlsx", [["Task"], ["Pump"]]))
    odd_readings(source, monkeypatch, what)
    with pytest.raises((UnusableFile, Cancelled)):
        read_grid(source, progress=stopping_after(5))


def stopping_after(calls: int) -> Callable[[int, int, str], bool]:
    count = iter(range(10**9))
    return lambda _done, _total, _what: next(count) < calls


@pytest.mark.parametrize("calls", [0, 1, 3])
def test_cancel_is_answered_while_reading(tmp_path: Path, calls: int) -> None:
    path = raw_workbook(
        tmp_path / "a.xlsx", HEAD + "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(2, 60_000))
    )
    source: Source = open_source(path)
    with pytest.raises(Cancelled):
        read_grid(source, progress=stopping_after(calls))


def test_a_child_that_hangs_is_stopped_by_cancel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = open_source(workbook(tmp_path / "a.xlsx", [["Task"], ["Pump"]]))
    odd_readings(source, monkeypatch, "hang")
    before = time.process_time()
    with pytest.raises(Cancelled):
        read_grid(source, progress=stopping_after(2))
    assert time.process_time() - before < 5

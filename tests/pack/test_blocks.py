"""What stands beside the tables: long texts go on over pages, drawings fit theirs."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from handover.charts.drawing import Drawing, Label, Line, Polygon, Rect
from handover.pack.drawing import DrawingPages
from handover.pack.outline import (
    Bar,
    Bars,
    Block,
    Fact,
    Facts,
    KeyNumber,
    KeyNumbers,
    Note,
    Paragraph,
    Section,
    TableBlock,
)
from handover.pack.pdf.document import write_pdf
from tests.pack.sample import TASK_COLUMNS, a_pack, gantt_page, task_rows


def printed(tmp_path: Path, *blocks: Block) -> PdfReader:
    pack = replace(a_pack(), sections=(Section("s", "Heading of all", blocks),))
    write_pdf(pack, tmp_path / "t.pdf", "en")
    return PdfReader(tmp_path / "t.pdf")


@pytest.mark.parametrize("block", [Paragraph, Note])
def test_a_text_over_many_pages_loses_nothing(tmp_path: Path, block: type[Paragraph | Note]) -> None:
    words = [f"w{n:05}" for n in range(6000)]
    reader = printed(tmp_path, block(" ".join(words)))
    assert len(reader.pages) > 6
    assert re.findall(r"w\d{5}", "\n".join(page.extract_text() for page in reader.pages)) == words


def test_odd_figures_are_drawn(tmp_path: Path) -> None:
    reader = printed(
        tmp_path,
        KeyNumbers(tuple(KeyNumber(f"label {n}", n * 10**n) for n in range(7))),
        KeyNumbers(()),
        Bars((Bar("none", 0, 0), Bar("over", 12, 10), Bar("below", -1, 10), Bar("name " * 60, 1, 3))),
        Bars((), "nothing"),
        Facts((Fact("only", "one"),)),
        Facts(()),
    )
    text = reader.pages[2].extract_text()
    for words in ("label 6", "6,000,000", "0 / 0", "12 / 10 · 120%", "−1 / 10", "only"):
        assert words in text


def test_each_sheet_of_a_chart_gets_a_landscape_page(tmp_path: Path) -> None:
    reader = printed(tmp_path, DrawingPages(tuple(gantt_page(n) for n in range(3))))
    sheets = reader.pages[2:]
    assert len(sheets) == 3
    assert all(page.mediabox.width > page.mediabox.height for page in sheets)
    assert "Heading of all" in sheets[0].extract_text()
    for number, page in enumerate(sheets, 1):
        assert f"{number}.1 车身焊装线" in page.extract_text()


def test_a_drawing_too_large_is_scaled_into_the_margins(tmp_path: Path) -> None:
    corner = Label(3999, 3999, "far corner", anchor="end")
    reader = printed(tmp_path, Drawing(4000, 4000, (Rect(0, 0, 4000, 4000, stroke="#000000"), corner), "A caption"))
    page = reader.pages[2] if "far corner" in reader.pages[2].extract_text() else reader.pages[3]
    where: list[tuple[float, float]] = []

    def visit(text: str, cm: list[float], tm: list[float], _font: object, _size: object) -> None:
        if "far corner" in text:
            where.append((cm[0] * tm[4] + cm[4], cm[3] * tm[5] + cm[5]))

    page.extract_text(visitor_text=visit)
    assert where
    assert all(60 < x < 596 and 59 < y < 780 for x, y in where)
    assert "A caption" in page.extract_text()


def test_shapes_without_extent_are_left_out(tmp_path: Path) -> None:
    shapes = (Line(()), Line(((1, 1),)), Polygon(()), Rect(0, 0, 5, 5), Label(0, 9, ""), Label(0, 20, "kept"))
    assert "kept" in printed(tmp_path, Drawing(100, 100, shapes)).pages[2].extract_text()


def test_a_chapter_lies_on_its_side_where_its_table_is_wide(tmp_path: Path) -> None:
    reader = printed(tmp_path, Paragraph("First words."), TableBlock("t", "T", TASK_COLUMNS, task_rows(3)))
    page = reader.pages[2]
    assert page.mediabox.width > page.mediabox.height
    assert "First words." in page.extract_text()
    assert "TSK-0003" in page.extract_text()

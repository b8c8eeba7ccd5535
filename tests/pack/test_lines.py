"""Lines break where Chinese and English typesetting allow."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.pack.outline import TableBlock, TableColumn
from handover.pack.pdf.document import write_pdf
from handover.pack.pdf.fonts import faces, legible
from handover.pack.pdf.lines import NOT_FIRST, NOT_LAST, cut_to, lines_of
from handover.pack.pdf.spacing import spread
from tests.pack.sample import with_table


@pytest.mark.parametrize("width", range(40, 120, 7))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(width: int) -> None:
    text = "本移交包（含竣工图等）列明“已移交”的内容；未关闭的事项，须在质保期（12 个月）内关闭！《规范》见附录。"
    lines = lines_of(text, width, 10)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(line[0] not in NOT_FIRST and line[-1] not in NOT_LAST for line in lines)


def test_english_words_stay_whole() -> None:
    lines = lines_of("Commissioning report of the compressed air station", 90, 9)
    assert " ".join(lines) == "Commissioning report of the compressed air station"


def test_a_long_code_breaks_after_its_separators() -> None:
    lines = lines_of("NEV-BAT-02-EL-00001-R0-REVISION", 70, 9)
    assert all(line.endswith("-") for line in lines[:-1])


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("完成百分比", 40, ("完成百", "分比")),
        ("WBS 编码", 36, ("WBS", "编码")),
        ("完成百分比。", 40, ("完成百", "分比。")),
        ("移交包目录", 30, ("移交包", "目录")),
        ("Commissioning a", 74, ("Commissioning", "a")),
    ],
)
def test_no_chinese_character_stands_alone_on_the_last_line(text: str, width: float, lines: tuple[str, ...]) -> None:
    assert lines_of(text, width, 10) == lines


@settings(max_examples=150, deadline=None)
@given(st.text("ab 移交，。（）-/\n", max_size=80), st.floats(20, 200))
def test_lines_fit_and_lose_nothing_but_blanks(text: str, width: float) -> None:
    lines = lines_of(text, width, 9)
    squeezed = str.maketrans("", "", " \n")
    assert "".join(lines).translate(squeezed) == text.translate(squeezed)
    assert all(faces()[0].width(line, 9) <= width + 0.01 for line in lines)


def test_a_cut_line_fits_and_ends_with_an_ellipsis() -> None:
    cut = cut_to("A very long name of a very small system", 60, 8)
    assert cut.endswith("…")
    assert faces()[0].width(cut, 8) <= 60


def test_invisible_and_reversing_characters_go() -> None:
    assert legible("a\u202eb\u200bc\x07d\te\r\nf") == ("abcd e\nf", "")


@pytest.mark.parametrize(
    ("text", "wider"),
    [
        ("DOC", 0),
        ("设备", 0),
        ("设备DOC", 90),
        ("设备 DOC", 0),
        ("第3页", 180),
        ("（设备）。", -500),
        ("：《", -500),
        ("《（", -500),
    ],
)
def test_han_and_latin_stand_apart_and_punctuation_closer(text: str, wider: int) -> None:
    assert spread(text) == wider
    plain = sum(faces()[0].widths[c] for c in text)
    assert faces()[0].width(text, 1000) == pytest.approx(plain + wider)


def test_what_stands_apart_is_copied_as_it_was_typed(tmp_path: Path) -> None:
    text = "设备DOC编号12台（见《附录》）。"
    table = TableBlock("t", "T", (TableColumn("ref", "Ref"), TableColumn("x", "X")), [("R1", text)])
    write_pdf(with_table(table, "zh"), tmp_path / "t.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "t.pdf")
    found = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert text in found

"""A pack in print: readable, complete, linked, and nothing in it but what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from pypdf.generic import Destination

from handover.errors import Cancelled
from handover.pack.blocks.signing import SignOff
from handover.pack.outline import Rows, Section, TableBlock, TableColumn
from handover.pack.pdf.document import write_pdf
from handover.values import print_forms, shown
from handover.wording import Language, Text
from tests.pack.sample import PARTIES, TASK_COLUMNS, a_pack, task_rows, with_table


def pages(path: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(path).pages]


def page_with(texts: list[str], words: str) -> int:
    """The number of the first page after the contents that has the words."""
    return next(n for n, text in enumerate(texts, 1) if n > 2 and words in text)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Handover pack", "Contents of the pack", "Task plan", "Page 3 of", "Signature"]),
        ("zh", ["投产移交包", "目录", "任务计划", "第 3 页 / 共", "签字"]),
        ("both", ["投产移交包", "Handover pack", "目录", "签字", "Signature", "第 3 页 / 共"]),
    ],
)
def test_a_pack_is_read_in_its_language(tmp_path: Path, language: Language, words: list[str]) -> None:
    write_pdf(a_pack(), tmp_path / "pack.pdf", language)
    text = "\n".join(pages(tmp_path / "pack.pdf"))
    assert [word for word in words if word not in text] == []


def test_contents_bookmarks_and_links_lead_to_the_page_of_each_chapter(tmp_path: Path) -> None:
    write_pdf(a_pack(), tmp_path / "pack.pdf", "en")
    reader = PdfReader(tmp_path / "pack.pdf")
    texts = [page.extract_text() for page in reader.pages]
    where = {entry.title: reader.get_destination_page_number(entry) + 1 for entry in flat(reader.outline)}
    for title in ("Summary of the project", "Task plan", "Document register", "Sign-off"):
        bookmark = next(page for name, page in where.items() if name.endswith(title))
        assert title in texts[bookmark - 1]
        assert re.search(rf"{title}\s*{bookmark}\b", texts[1])
    links = [note.get_object() for note in reader.pages[1]["/Annots"]]
    assert len(links) == 8
    assert where["2.1  Battery line group"] == page_with(texts, "Battery line group")


def flat(outline: list[Destination | list[Destination]]) -> list[Destination]:
    return [x for entry in outline for x in (flat(entry) if isinstance(entry, list) else [entry])]


def test_every_page_after_the_cover_says_project_pack_and_its_number(tmp_path: Path) -> None:
    printed = write_pdf(a_pack(), tmp_path / "pack.pdf", "en")
    texts = pages(tmp_path / "pack.pdf")
    assert len(texts) == printed.pages
    for number, text in enumerate(texts[1:], 2):
        assert "盐城新能源汽车工厂" in text
        assert "NEV-YC-HP-003" in text
        assert f"Page {number} of {printed.pages}" in text


def test_fonts_are_embedded_as_subsets(tmp_path: Path) -> None:
    write_pdf(a_pack(), tmp_path / "pack.pdf")
    fonts = [
        font.get_object()
        for page in PdfReader(tmp_path / "pack.pdf").pages
        for font in page["/Resources"]["/Font"].values()
    ]
    ours = [font for font in fonts if "NotoSansSC" in font["/BaseFont"]]
    assert ours
    assert all("/FontFile2" in font["/FontDescriptor"] for font in ours)
    assert all(re.match(r"/[A-Z]{6}\+", font["/BaseFont"]) for font in ours)
    assert (tmp_path / "pack.pdf").stat().st_size < 400_000


def test_the_same_pack_gives_the_same_bytes(tmp_path: Path) -> None:
    write_pdf(a_pack(), tmp_path / "a.pdf")
    write_pdf(a_pack(), tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_metadata_names_the_pack_and_no_person(tmp_path: Path) -> None:
    write_pdf(a_pack(), tmp_path / "pack.pdf", "zh")
    about = PdfReader(tmp_path / "pack.pdf").metadata
    assert about is not None
    assert about.title == "盐城新能源汽车工厂 车身与电池产线 NEV Plant Yancheng · 投产移交包"
    assert about.subject == "NEV-YC-HP-003"
    assert not about.author
    assert about.creation_date_raw is not None
    assert about.creation_date_raw.startswith("D:20260621093000")


def test_a_long_table_keeps_each_row_once_under_a_header_on_each_page(tmp_path: Path) -> None:
    rows = task_rows(2000)
    table = TableBlock("tasks", Text("Task plan", "任务计划"), TASK_COLUMNS, rows)
    write_pdf(with_table(table, "en"), tmp_path / "long.pdf")
    texts = pages(tmp_path / "long.pdf")[2:]
    refs = re.findall(r"TSK-\d{4}", "\n".join(texts))
    assert refs == [f"TSK-{n + 1:04}" for n in range(2000)]
    assert len(texts) < 200
    assert {(text.count("Progress"), text.count("Owner")) for text in texts} == {(1, 1)}


def test_a_row_is_never_divided_between_pages(tmp_path: Path) -> None:
    rows = [(f"R{n:03}", f"begin{n:03} " + "long remark " * 40 + f"end{n:03}") for n in range(60)]
    columns = (TableColumn("ref", "Ref"), TableColumn("remark", "Remark", print_forms.LONG))
    write_pdf(with_table(TableBlock("t", "T", columns, rows), "en"), tmp_path / "rows.pdf")
    texts = pages(tmp_path / "rows.pdf")
    for n in range(60):
        assert page_with(texts, f"R{n:03}") == page_with(texts, f"end{n:03}")


def test_a_row_higher_than_a_page_loses_nothing(tmp_path: Path) -> None:
    words = [f"w{n:05}" for n in range(3000)]
    columns = (TableColumn("ref", "Ref"), TableColumn("remark", "Remark", print_forms.LONG))
    write_pdf(with_table(TableBlock("t", "T", columns, [("R1", " ".join(words))]), "en"), tmp_path / "high.pdf")
    assert re.findall(r"w\d{5}", "\n".join(pages(tmp_path / "high.pdf"))) == words


def test_a_group_that_goes_on_says_so_on_the_next_page(tmp_path: Path) -> None:
    rows = [(f"R{n:03}", "BAT-02") for n in range(120)]
    table = TableBlock("t", "T", (TableColumn("ref", "Ref"), TableColumn("system", "System")), rows, group_by="system")
    write_pdf(with_table(table, "en"), tmp_path / "group.pdf")
    texts = pages(tmp_path / "group.pdf")[2:]
    assert "BAT-02 (continued)" not in texts[0]
    assert all("BAT-02 (continued)" in text for text in texts[1:])


def test_an_empty_table_says_that_it_is_empty(tmp_path: Path) -> None:
    write_pdf(with_table(TableBlock("t", "T", (TableColumn("ref", "Ref"),), ()), "zh"), tmp_path / "empty.pdf")
    assert "暂无记录。" in pages(tmp_path / "empty.pdf")[2]


def test_several_tables_under_one_heading_have_their_titles(tmp_path: Path) -> None:
    tables = tuple(TableBlock(f"t{n}", f"Title {n}", (TableColumn("ref", "Ref"),), [(f"R{n}",)] * n) for n in range(3))
    write_pdf(replace(a_pack(), sections=(Section("s", "Heading", tables),)), tmp_path / "t.pdf", "en")
    text = pages(tmp_path / "t.pdf")[2]
    assert re.findall(r"Title \d|R\d|There are no entries", text) == [
        *("Title 0", "There are no entries", "Title 1", "R1", "Title 2", "R2", "R2")
    ]


def test_rows_without_a_group_are_said_to_have_none(tmp_path: Path) -> None:
    rows = [("R1", "BAT-02"), ("R2", None)]
    table = TableBlock("t", "T", (TableColumn("ref", "Ref"), TableColumn("system", "System")), rows, group_by="system")
    write_pdf(with_table(table, "zh"), tmp_path / "group.pdf")
    assert re.search(r"BAT-02\s+R1\s+未指定\s+R2", pages(tmp_path / "group.pdf")[2])


def test_columns_that_fit_no_page_are_named(tmp_path: Path) -> None:
    columns = tuple(TableColumn(f"c{n}", f"Heading{n:02}") for n in range(40))
    table = TableBlock("w", "Wide", columns, [tuple(f"value{n}" for n in range(40))])
    printed = write_pdf(with_table(table, "en"), tmp_path / "wide.pdf")
    text = "\n".join(pages(tmp_path / "wide.pdf"))
    assert printed.tables[0].columns_left_out
    assert "stand in the workbook only" in text
    assert all(f"Heading{n:02}" in text for n in range(40))


def test_what_users_enter_is_never_markup_nor_action(tmp_path: Path) -> None:
    nasty = "<b>bold</b> &amp; <para> ) Tj /URI (javascript:alert(1)) \\ % =1+1 \x00\u202e {x}"
    table = TableBlock("t", nasty, (TableColumn("ref", nasty), TableColumn("x", "X")), [(nasty, nasty)])
    pack = with_table(table, "en")
    pack = replace(pack, cover=replace(pack.cover, project=nasty, code=nasty), number=nasty)
    write_pdf(pack, tmp_path / "nasty.pdf")
    raw = (tmp_path / "nasty.pdf").read_bytes()
    text = "\n".join(pages(tmp_path / "nasty.pdf")).replace("\n", " ")
    assert "<b>bold</b> &amp; <para>" in text
    catalogue = PdfReader(tmp_path / "nasty.pdf").trailer["/Root"]
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(catalogue)
    for forbidden in (b"/JavaScript", b"/JS ", b"/Launch", b"/EmbeddedFile", b"/S /URI"):
        assert forbidden not in raw


def test_characters_without_a_shape_are_reported(tmp_path: Path) -> None:
    table = TableBlock("t", "T", (TableColumn("ref", "Ref"),), [("℃±Ωμαβ（直骨角令）😀",)])
    printed = write_pdf(with_table(table), tmp_path / "shapes.pdf")
    assert printed.lacking == "😀"
    assert "℃±Ωμαβ（直骨角令）" in "\n".join(pages(tmp_path / "shapes.pdf"))


def test_a_single_register_goes_without_cover_and_contents(tmp_path: Path) -> None:
    table = TableBlock("tasks", Text("Task plan", "任务计划"), TASK_COLUMNS, task_rows(5))
    write_pdf(replace(with_table(table), front=False), tmp_path / "t.pdf", "zh")
    (only,) = pages(tmp_path / "t.pdf")
    assert "任务计划" in only
    assert "第 1 页 / 共 1 页" in only


def test_both_sides_sign_on_one_page(tmp_path: Path) -> None:
    write_pdf(a_pack(), tmp_path / "pack.pdf", "zh")
    last = pages(tmp_path / "pack.pdf")[-1]
    for words in ("移交方：项目部", "接收方：生产运营", "张建国", "Maria Lindqvist", "王丽华", "李强"):
        assert words in last
    assert last.count("签字") >= 5
    assert last.count("单位盖章") == 2


def test_more_signatories_than_a_page_holds_are_all_there(tmp_path: Path) -> None:
    many = tuple(replace(party, signatories=party.signatories * 6) for party in PARTIES)
    pack = replace(a_pack(), sections=(Section("s", "Sign-off", (SignOff(many),)),))
    write_pdf(pack, tmp_path / "many.pdf", "zh")
    assert "\n".join(pages(tmp_path / "many.pdf")[2:]).count("张建国") == 6


def test_cancelling_leaves_nothing_new(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"as it was")
    with pytest.raises(Cancelled):
        write_pdf(a_pack(), target, progress=lambda done, _total, _what: done < 1)
    assert target.read_bytes() == b"as it was"
    assert [path.name for path in tmp_path.iterdir()] == ["pack.pdf"]


def test_progress_reaches_its_total(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    table = TableBlock("t", "T", TASK_COLUMNS, Rows(lambda: task_rows(300)), count=300)

    def watch(done: int, total: int, _what: str) -> bool:
        seen.append((done, total))
        return True

    write_pdf(with_table(table), tmp_path / "t.pdf", progress=watch)
    assert seen[-1] == (600, 600)
    assert seen == sorted(seen)


def test_dates_numbers_and_shares_read_alike_everywhere(tmp_path: Path) -> None:
    columns = (
        TableColumn("d", "D", print_forms.DAY),
        TableColumn("n", "N", print_forms.NUMBER),
        TableColumn("p", "P", print_forms.SHARE),
        TableColumn("b", "B", print_forms.YES_OR_NO),
    )
    table = TableBlock("t", "T", columns, [(date(2026, 3, 5), -1234567.5, 0.4, True)])
    write_pdf(with_table(table, "en"), tmp_path / "v.pdf")
    text = pages(tmp_path / "v.pdf")[2]
    for words in (shown.moment(date(2026, 3, 5)), "−1,234,567.5", shown.percent(0.4), "Yes"):
        assert words in text
    assert "5 Mar 2026" in text


def test_groups_of_a_table_have_bookmarks_below_their_chapter(tmp_path: Path) -> None:
    columns = (TableColumn("ref", "Ref"), TableColumn("system", "System"))
    rows = [(f"R{n}", f"System {n // 40}") for n in range(120)]
    table = TableBlock("t", "T", columns, rows, group_by="system")
    write_pdf(with_table(table, "en"), tmp_path / "t.pdf")

    def told(entries: list[object]) -> list[object]:
        return [told(e) if isinstance(e, list) else getattr(e, "title", "") for e in entries]

    found = told(PdfReader(tmp_path / "t.pdf").outline)
    assert ["System 0", "System 1", "System 2"] in found

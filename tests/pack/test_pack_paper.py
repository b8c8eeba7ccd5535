"""Packs on paper: every letter or its name, columns that stay, dates that move no axis, and odd entries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from handover.charts.outliers import NEAR_DAYS, usual_range
from handover.model import Document, Project, Task
from handover.pack.contents import outline_of
from handover.pack.gantt import pages_of
from handover.pack.outline import PackOutline, Section, Status, TableBlock, TableColumn
from handover.pack.pdf.document import Printed, write_pdf
from handover.pack.pdf.fit import fit
from handover.pack.pdf.fonts import WIDE_MARKS, legible, plain
from handover.pack.pdf.style import SMALLEST
from handover.pack.produce import make_pack
from handover.registers.scheduling.chart import read_chart
from handover.registers.scheduling.findings import findings_of
from handover.registers.scheduling.plan_charts import progress_points
from handover.store import Workspace
from handover.values import print_forms
from handover.wording import Language, Text
from tests.domain import a_project, a_row, a_workspace
from tests.pack.sample import a_pack

#: What people type: markup, Vietnamese, Polish, subscripts, symbols, an extension A and an extension B character.
WRITTEN = "<b>bold</b> & Łukasz Nguyễn CO₂ ⌀ ☑ 䶮 𬭳 “quoted” 他说“好”……"


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def printed(tmp_path: Path, *rows: tuple[str, ...], language: Language = "en") -> tuple[Printed, str]:
    """A table of rows with a name each, set in a document of its own."""
    columns = (TableColumn("name", "Name", print_forms.LONG, rank=1),)
    table = TableBlock("names", "Names", columns, rows, len(rows))
    base = a_pack(1, 1)
    outline = replace(base, language=language, sections=(Section("names", "Names", (table,)),), front=False)
    made = write_pdf(outline, tmp_path / "names.pdf")
    return made, text_of(tmp_path / "names.pdf")


# -- every letter -----------------------------------------------------------------------------------------------------


def test_letters_of_all_alphabets_are_drawn_and_copied_as_they_are(tmp_path: Path) -> None:
    made, text = printed(tmp_path, (WRITTEN,))

    flat = text.replace("\r\n", "").replace("\n", "")
    assert made.lacking == ""
    for word in ("<b>bold</b>", "&", "Łukasz", "Nguyễn", "CO₂", "⌀", "☑", "䶮", "𬭳", "“quoted”", "“好”"):
        assert word in flat, word


def test_what_no_typeface_has_is_named_with_its_page_at_the_end(tmp_path: Path) -> None:
    made, text = printed(tmp_path, ("𠮷野家 مرحبا 🚀",))

    assert set(made.lacking) == {"𠮷", "🚀", *"مرحبا"}
    assert "□" in text
    assert "U+20BB7" in text
    assert "U+1F680 Rocket, first on page 1" in text


def test_quotes_are_of_the_type_around_them() -> None:
    assert legible("“a” said")[0] == "“a” said"
    chinese = legible("他说“好”。")[0]
    assert WIDE_MARKS["“"] in chinese
    assert plain(chinese) == "他说“好”。"
    assert legible(chinese)[0] == chinese


def test_what_had_to_be_cut_is_named_at_the_end(tmp_path: Path) -> None:
    long = "Plant" * 1000
    base = a_pack(1, 1)
    outline = replace(base, cover=replace(base.cover, project=long))
    made = write_pdf(outline, tmp_path / "long.pdf")

    assert long in made.shortened
    assert "(5,000 characters)" in text_of(tmp_path / "long.pdf") or "(5000 characters)" in text_of(
        tmp_path / "long.pdf"
    )


@pytest.mark.parametrize("title", ["<b>&amp;</b>", "שלום", "W" * 5000, "𠀀𠀁", "\u202eabc", "{braces} %s \\"])
def test_odd_titles_make_a_document_and_lose_no_letter_silently(tmp_path: Path, title: str) -> None:
    made, text = printed(tmp_path, (title,))

    flat = text.replace("\r\n", "").replace("\n", "")
    shown = sum(flat.count(c) for c in set(title) if c.isascii() and c.isprintable())
    assert made.lacking or shown
    assert "W" * 5000 not in title or flat.count("W") >= 5000


def test_pack_tells_what_it_lost(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P1")
        a_row(workspace, key, Document(title="Rocket 🚀"))
        made = make_pack(workspace, workspace.only_project(), tmp_path / "out", language="en")

    assert made.losses.lacking == "🚀"
    assert "U+1F680" in made.losses.sentences()[0]


# -- columns ----------------------------------------------------------------------------------------------------------


def wide_table(n: int, last: TableColumn) -> TableBlock:
    columns = [TableColumn("ref", "Ref.", rank=1), TableColumn("name", "Name", print_forms.LONG, rank=1)]
    columns += [TableColumn(f"c{k}", f"Measured value {k}", print_forms.DAY) for k in range(n)]
    state = Status(Text("Verified by operations", "运营已验证"), "ok")
    row = ("TSK-0001", "A name of some length", *[dt.date(2026, 3, 2)] * n, state)
    return TableBlock("wide", "Wide", (*columns, last), (row,) * 3, 3)


def test_what_a_row_cannot_be_without_stays_on_the_page(tmp_path: Path) -> None:
    status = TableColumn("status", "Status", print_forms.STATUS, rank=1)
    table = wide_table(24, status)
    way = fit(table, list(table.rows), "en")

    kept = {table.columns[i].key for i in way.columns}
    assert {"ref", "name", "status"} <= kept
    assert way.left_out
    assert all(table.columns[i].rank > 1 for i in way.left_out)
    assert way.size >= SMALLEST == 7.5
    assert way.coded


def test_statuses_set_as_numbers_have_a_legend(tmp_path: Path) -> None:
    table = wide_table(24, TableColumn("status", "Status", print_forms.STATUS, rank=1))
    outline = replace(a_pack(1, 1), language="en", sections=(Section("w", "W", (table,)),), front=False)
    write_pdf(outline, tmp_path / "wide.pdf")

    assert "Status: 1 = Verified by operations" in text_of(tmp_path / "wide.pdf")


def test_registers_of_the_sample_keep_their_first_columns() -> None:
    from handover.pack.tables import first_rank
    from handover.registers.catalogue import register

    assert {"title", "status", "due_on"} <= first_rank(register("documents"))
    assert {"status", "due_on", "action_by"} <= first_rank(register("punches"))


# -- dates ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("HANDOVER_TODAY", "2026-03-02")
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P1")
        with workspace.edit("Fill", project=key) as work:
            for n in range(20):
                start = dt.datetime(2026, 1, 5, 8) + dt.timedelta(days=7 * n)
                work.add(Task(name=f"T{n}", start=start, finish=start + dt.timedelta(days=3, hours=9), duration=4 * 480,
                              position=float(n)))  # fmt: skip
        yield workspace


def add_far_dates(workspace: Workspace) -> None:
    key = workspace.only_project().id
    for n, day in enumerate((dt.datetime(1901, 1, 1, 8), dt.datetime(9999, 12, 31, 8))):
        a_row(workspace, key, Task(name=f"Far {day.year}", start=day, finish=day, duration=480, position=90.0 + n))


def test_dates_of_1901_and_9999_move_no_axis_and_are_told(plant: Workspace) -> None:
    key = plant.only_project().id
    with plant.read() as connection:
        before = progress_points(read_chart(connection, key))
    add_far_dates(plant)
    with plant.read() as connection:
        chart = read_chart(connection, key)
    points, pages = progress_points(chart), pages_of(chart)

    assert (points[-1].day - points[0].day).days < (before[-1].day - before[0].day).days + 60
    assert len(pages) == 1
    told = [finding.sentence.en for finding in findings_of(chart)]
    assert any("1901-01-01" in sentence for sentence in told)
    assert any("9999-12-31" in sentence for sentence in told)


def test_pack_with_far_dates_is_made_in_all_languages(plant: Workspace, tmp_path: Path) -> None:
    add_far_dates(plant)

    outline = outline_of(plant, plant.only_project(), "both", ("summary", "plan"))
    made = write_pdf(outline, tmp_path / "far.pdf")

    assert made.pages < 12
    assert "进度计划检查结果" in text_of(tmp_path / "far.pdf")


def test_plan_without_data_date_has_nothing_left_to_do_in_the_past(plant: Workspace) -> None:
    from handover.pack.contents import PackContents, read_for_pack

    reading = read_for_pack(plant, plant.only_project(), PackContents())

    assert reading.plan.data_date == dt.datetime(2026, 3, 2)
    finishes = [reading.plan.schedule[row.id].finish for row in reading.plan.rows]
    assert min(finishes) >= dt.datetime(2026, 3, 2)
    tables = {table.key: table for table in outline_of(plant, plant.only_project(), "en", ("plan",)).tables()}
    table = tables["tasks"]
    at = [column.key for column in table.columns].index("scheduled_finish")
    assert len(days := [row[at] for row in table.rows]) == 20
    assert min(days) >= dt.date(2026, 3, 2)  # type: ignore[type-var]  # days, all of them


def test_outliers_are_told_from_the_bulk() -> None:
    days = [dt.date(2026, 1, 1).toordinal() + n for n in range(100)]
    assert usual_range([1, *days, 3_652_059], NEAR_DAYS) == (days[0], days[-1])
    assert usual_range(days, NEAR_DAYS) == (days[0], days[-1])
    assert usual_range([5.0]) == (5.0, 5.0)
    assert usual_range([]) is None


# -- long registers ---------------------------------------------------------------------------------------------------


def test_of_a_long_register_the_document_has_what_is_open_and_the_workbook_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handover.pack.packs.registers_in_pack.LONG_REGISTER", 5)
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P1")
        for n in range(8):
            a_row(workspace, key, Document(title=f"D{n}", status="accepted" if n else "submitted"))
        outline = outline_of(workspace, workspace.only_project(), "en")
        write_pdf(outline, tmp_path / "long.pdf")

    text = text_of(tmp_path / "long.pdf")
    printed_tables = {table.key: table.count for table in outline.of_print().tables()}
    assert printed_tables["open-documents"] == 1
    assert "documents" not in printed_tables
    assert {table.key: table.count for table in outline.of_workbook().tables()}["documents"] == 8
    assert "the workbook holds all" in text
    assert "D7" not in text


def test_empty_project_makes_few_pages(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("New") as work:
            work.add(Project(code="E", name="Empty"))
        outline: PackOutline = outline_of(workspace, workspace.only_project(), "both")
        made = write_pdf(outline, tmp_path / "empty.pdf")

    text = text_of(tmp_path / "empty.pdf")
    assert made.pages <= 6
    assert "No rows." not in text
    assert "Nothing is entered yet in" in text

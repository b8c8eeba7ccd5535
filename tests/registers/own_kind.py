"""A kind of field of the test's own, through every way in and out, in a process of its own."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from handover.errors import HandoverError, NotValid
from handover.exchange.importing.template import write_template
from handover.model import Project
from handover.pack.frozen import freeze, read_out, thaw
from handover.pack.produce import export_register
from handover.pack.tables import register_table
from handover.registers import entry, show
from handover.registers.acts import editing
from handover.registers.block import read_block, reads_as_column
from handover.registers.catalogue import declare, withdraw
from handover.registers.query import Condition, Query, every
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, tried
from tests.pack.sample import with_table
from tests.registers.stars import CHAPTER, CONTRACTORS, STARS

RATING = CONTRACTORS["rating"]


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    declare(CHAPTER)
    yield
    withdraw("contractors")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "plant.handover") as workspace:
        with workspace.edit("Project") as work:
            work.add(Project(code="P-01", name="Plant"))
        yield workspace


def project_of(workspace: Workspace) -> str:
    return workspace.projects()[0].id


def a_contractor(workspace: Workspace, name: str, rating: int | None) -> str:
    return editing.add(workspace, CONTRACTORS, project_of(workspace), {"name": name, "rating": rating})


def listed(workspace: Workspace, query: Query | None = None) -> list[tuple[Any, ...]]:
    with workspace.read() as connection:
        return [row.values[:2] for row in every(connection, CONTRACTORS, project_of(workspace), query or Query())]


@pytest.fixture
def three(workspace: Workspace) -> Mapping[str, str]:
    return {name: a_contractor(workspace, name, n) for name, n in (("Bolt", 3), ("Arc", 5), ("Cable", None))}


def test_field_takes_its_width_from_the_kind() -> None:
    assert (RATING.kind, RATING.width, RATING.numeric) == (STARS, 9, False)


def test_stars_are_typed_in_their_own_ways(workspace: Workspace) -> None:
    with workspace.read() as connection:
        typed = [entry.parse(connection, project_of(workspace), RATING, text) for text in ("3", "***", "★★", "")]
        with pytest.raises(NotValid, match="not one to five stars") as refused:
            entry.parse(connection, project_of(workspace), RATING, "seven")

    assert typed == [3, 3, 2, None]
    assert refused.value.field == "rating"


def test_pasted_column_is_read_as_a_whole() -> None:
    read = read_block([RATING], {"rating": ["★★★★", "2", None, "none at all"]}).columns["rating"]

    assert reads_as_column(RATING)
    assert read.values == [4, 2, None, None]
    assert list(read.problems) == [3]


@pytest.mark.usefixtures("three")
def test_rows_are_sorted_filtered_and_searched_by_stars(workspace: Workspace) -> None:
    assert [name for name, _ in listed(workspace, Query(sort=(("rating", False),)))] == ["Bolt", "Arc", "Cable"]
    assert listed(workspace, Query(where=(Condition("rating", "after", (3,)),))) == [("Arc", 5)]
    assert listed(workspace, Query(where=(Condition("rating", "empty"),))) == [("Cable", None)]
    assert listed(workspace, Query(text="5", searched=("rating",))) == [("Arc", 5)]


def test_stars_are_shown_as_stars() -> None:
    assert show.text(RATING, 4) == "★★★★"
    assert show.text(RATING, None) == ""


def test_value_that_the_kind_refuses_is_not_stored(workspace: Workspace) -> None:
    with pytest.raises(NotValid) as refused:
        a_contractor(workspace, "Bolt", 9)
    assert refused.value.field == "rating"


def test_copy_leaves_out_what_the_declaration_says(workspace: Workspace, three: Mapping[str, str]) -> None:
    editing.duplicate(workspace, CONTRACTORS, project_of(workspace), [three["Arc"]])

    assert sorted(listed(workspace, Query(text="Arc")), key=str) == [("Arc", 5), ("Arc", None)]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_exported_stars_come_back_unchanged(workspace: Workspace, tmp_path: Path, language: str) -> None:
    path = tmp_path / "contractors.xlsx"
    export_register(workspace, workspace.projects()[0], CONTRACTORS, path, language=language)
    sheet = openpyxl.load_workbook(path)["Contractors"]
    assert [row[2].value for row in sheet.iter_rows(min_row=2, max_row=4)] == ["★★★", "★★★★★", None]

    assert tried(workspace, path, register="contractors").rows["unchanged"] == 3
    sheet["C2"].value, sheet["C4"].value = "★", 2
    sheet.parent.save(path)
    report = imported(workspace, path, register="contractors")

    assert (report.changed, report.new) == (2, 0)
    assert dict(listed(workspace)) == {"Bolt": 1, "Arc": 5, "Cable": 2}


def test_column_of_a_strange_list_is_taken_only_where_it_holds_stars(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Contractor", "Rating"), ("Bolt", "★★"), ("Arc", "nine")])

    run = tried(workspace, path, register="contractors")

    assert (run.rows["new"], run.remarked) == (2, [1])


def test_template_offers_the_stars_and_says_what_fits(workspace: Workspace, tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(write_template(CONTRACTORS, "en", tmp_path / "template.xlsx"))["Contractors"]

    assert [cell.value for cell in sheet[1]] == ["Contractor *", "Rating", "Fee"]
    assert sheet["B1"].comment.text.startswith("Stars, from one to five.")
    assert (sheet["B2"].value, sheet["B2"].number_format) == ("★", "0")
    assert [str(check.sqref) for check in sheet.data_validations.dataValidation] == ["B2:B1001"]


def test_what_the_program_fills_in_is_neither_typed_nor_pasted(workspace: Workspace) -> None:
    with workspace.read() as connection, pytest.raises(NotValid, match="Visits is filled in by the program"):
        entry.parse(connection, project_of(workspace), CONTRACTORS["visits"], "3")
    assert not reads_as_column(CONTRACTORS["visits"])
    with pytest.raises(HandoverError, match="filled in by the program"):
        editing.add(workspace, CONTRACTORS, project_of(workspace), {"name": "Bolt", "visits": 3})


def test_what_the_program_fills_in_is_not_imported_and_the_import_says_so(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Contractor", "Rating", "Visits"), ("Bolt", 2, 7)])

    run = tried(workspace, path, register="contractors")
    imported(workspace, path, register="contractors")

    assert any("Visits" in str(notice) for notice in run.notices)
    with workspace.read() as connection:
        (row,) = every(connection, CONTRACTORS, project_of(workspace))
    assert row.values == ("Bolt", 2, None, 0)


def test_kind_brings_its_form_on_paper_and_into_workbooks(workspace: Workspace, tmp_path: Path) -> None:
    project = workspace.projects()[0]
    editing.add(workspace, CONTRACTORS, project_of(workspace), {"name": "Bolt", "fee": 1200.5})
    for name in ("fees.xlsx", "fees.pdf", "fees.csv"):
        export_register(workspace, project, CONTRACTORS, tmp_path / name, language="en")

    cell = openpyxl.load_workbook(tmp_path / "fees.xlsx")["Contractors"]["D2"]
    assert (cell.value, cell.number_format, cell.alignment.horizontal) == (1200.5, '#,##0.00 "CNY"', "right")
    assert "1,200.5 CNY" in PdfReader(tmp_path / "fees.pdf").pages[0].extract_text()
    assert "1200.5" in (tmp_path / "fees.csv").read_text(encoding="utf-8-sig")
    assert tried(workspace, tmp_path / "fees.xlsx", register="contractors").rows["unchanged"] == 1


def test_paper_keeps_the_form_of_a_kind_that_the_program_may_lose(workspace: Workspace) -> None:
    a_contractor(workspace, "Bolt", 3)
    table = register_table(workspace, CONTRACTORS, project_of(workspace))
    fee = next(column for column in table.columns if column.key == "fee")
    kept = thaw(freeze(read_out(with_table(table))))

    (column,) = (each for each in next(kept.tables()).columns if each.key == "fee")
    assert column.kind == fee.kind
    assert column.kind.unit == "CNY"

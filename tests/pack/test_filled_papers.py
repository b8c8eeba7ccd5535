"""Papers of knowledge that are filled in elsewhere and come home, and what of the loss risks may leave the house."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from handover.exchange.importing.filled_papers import take_answers, take_results
from handover.exchange.importing.matrix_changes import read_back
from handover.model import KnowledgeItem, Person
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.verification import LevelVerification
from handover.pack.knowing.interview_guide import write_guide
from handover.pack.knowing.loss_paper import LossPaper, write_loss_paper
from handover.pack.knowing.verification_sheet import write_sheets
from handover.pack.single.matrix_file import write_matrix
from handover.registers.matrix.reading import matrix_named
from handover.store import Workspace
from handover.wording import Language
from tests.domain import a_project, a_row, a_workspace, stored

TODAY = dt.date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def site(workspace: Workspace) -> dict[str, str]:
    """Chen alone holds two items, of which Tang and Cao receive the first, and leaves in three weeks."""
    project = a_project(workspace)
    people = {name: a_row(workspace, project, Person(name=name)).id for name in ("Chen", "Tang", "Cao", "Deng")}
    given = {"holder_id": people["Chen"], "criticality": "5", "rarity": "3"}
    first = a_row(workspace, project, KnowledgeItem(title="Zero position", about="diagnose", **given)).id
    second = a_row(workspace, project, KnowledgeItem(title="Cold start", **given)).id
    receivers = {
        f"r{name}": a_row(workspace, project, KnowledgeReceiver(item_id=first, person_id=people[name])).id
        for name in ("Tang", "Cao")
    }
    with workspace.edit("Leaves", project=project) as work:
        work.get(Person, people["Chen"]).leaves_on = TODAY + dt.timedelta(days=21)
    return {
        "project": project,
        "first": first,
        "second": second,
        **people,
        **receivers,
    }


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def texts(book: Path) -> str:
    return json.dumps([[str(c.value) for c in row] for sheet in load_workbook(book) for row in sheet.iter_rows()],
                      ensure_ascii=False)  # fmt: skip


def answer(book: Path, sheet: str, question: str, text: str) -> None:
    opened = load_workbook(book)
    page = next(each for each in opened if sheet in each.title)
    row = next(row for row in page.iter_rows() if question in str(row[0].value))
    row[1].value = text
    opened.save(book)


@pytest.mark.parametrize(("language", "question"), [("en", "Which alarms"), ("zh", "误导"), ("both", "Which alarms")])
def test_answers_of_a_filled_guide_stand_in_their_items(
    workspace: Workspace, site: dict[str, str], tmp_path: Path, language: Language, question: str
) -> None:
    book = tmp_path / "guide.xlsx"
    write_guide(workspace, workspace.only_project(), site["Chen"], book, language)
    answer(book, "KNW-0001", question, "E41 is a follower")

    done = take_answers(workspace, workspace.only_project(), book)

    assert (done.taken, done.refused) == (["KNW-0001"], [])
    said = stored(workspace, KnowledgeItem, site["first"])["description"]
    assert said == "Which alarms or readings mislead?\nE41 is a follower"
    take_answers(workspace, workspace.only_project(), book)  # the same workbook again says nothing new
    assert stored(workspace, KnowledgeItem, site["first"])["description"] == said


def test_answers_about_an_accepted_gap_are_told_and_the_others_taken(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    book = tmp_path / "guide.xlsx"
    write_guide(workspace, workspace.only_project(), site["Chen"], book, "en")
    for sheet in ("KNW-0001", "KNW-0002"):
        answer(book, sheet, "What goes wrong", "The cam")
    with workspace.edit("Accept", project=site["project"]) as work:
        item = work.get(KnowledgeItem, site["second"])
        item.description, item.accepted_because, item.status = "Old", "Nobody left", "accepted_gap"

    done = take_answers(workspace, workspace.only_project(), book)

    assert done.taken == ["KNW-0001"]
    assert [(each.ref, "Gap accepted" in each.reason) for each in done.refused] == [("KNW-0002", True)]


def fill_in(book: Path, ref: str, **values: str) -> None:
    opened = load_workbook(book)
    page = opened["Results"]
    heads = {str(cell.value): n for n, cell in enumerate(page[1])}
    row = next(row for row in page.iter_rows() if row[0].value == ref)
    for heading, value in values.items():
        row[heads[heading.replace("_", " ")]].value = value
    opened.save(book)


def test_filled_sheets_become_verifications_and_what_is_refused_is_told(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    book = tmp_path / "sheets.xlsx"
    write_sheets(workspace, workspace.only_project(), [site["rTang"], site["rCao"]], book, "en")
    fill_in(book, "RCV-0001", Result="Passed", Level_shown="3", Verified_by="Deng", Verified_on="2026-05-19")
    fill_in(book, "RCV-0002", Result="Passed", Level_shown="3", Verified_by="Cao")

    done = take_results(workspace, workspace.only_project(), book)

    assert done.taken == ["RCV-0001"]
    assert [(each.ref, each.reason) for each in done.refused] == [
        ("RCV-0002", "The receiver can't verify his or her own level.")
    ]
    assert stored(workspace, KnowledgeReceiver, site["rTang"])["status"] == "verified"
    assert stored(workspace, KnowledgeReceiver, site["rCao"])["verified_level"] is None


def test_sheets_that_nobody_filled_in_say_nothing(workspace: Workspace, site: dict[str, str], tmp_path: Path) -> None:
    book = tmp_path / "sheets.xlsx"
    write_sheets(workspace, workspace.only_project(), [site["rTang"]], book, "both")

    done = take_results(workspace, workspace.only_project(), book)

    assert (done.taken, done.refused) == ([], [])


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_loss_risks_leave_the_house_without_who_leaves_unless_it_is_asked_for(
    workspace: Workspace, site: dict[str, str], tmp_path: Path, ending: str
) -> None:
    plain, whole = tmp_path / f"plain{ending}", tmp_path / f"whole{ending}"
    write_loss_paper(workspace, workspace.only_project(), LossPaper("tva", leaving=False), plain, "en")
    write_loss_paper(workspace, workspace.only_project(), LossPaper("tva", leaving=True), whole, "en")

    read = text_of if ending == ".pdf" else texts
    without, told = read(plain), read(whole)
    for said in ("Who leaves", "Days left", "10 Jun", "leaves before", "2026-06-10"):
        assert said not in without
    assert "Zero position" in without and "Only one knows it" in without
    assert ("Who leaves" in told and "asked for by name" in told.replace("\r\n", " ")) or ending == ".xlsx"


def test_matrix_goes_out_with_coverage_and_load_and_comes_back_unchanged(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    a_row(workspace, site["project"], LevelVerification(
        receiver_id=site["rTang"], verifier_id=site["Deng"], level="3", verified_on=TODAY))  # fmt: skip
    book, pdf, matrix = tmp_path / "matrix.xlsx", tmp_path / "matrix.pdf", matrix_named("knowledge")
    project = workspace.only_project()

    write_matrix(workspace, project, matrix, book)
    write_matrix(workspace, project, matrix, pdf)

    page = load_workbook(book)["Knowledge matrix"]
    lines = {str(row[1].value): [cell.value for cell in row] for row in page.iter_rows()}
    heads = [cell.value for cell in page[2]]
    assert lines["Alone, verified"][2:4] == [1, 0]
    load = heads.index("Items held")
    assert (lines["Chen"][load], lines["Tang"][load]) == (2, None)
    chen = next(row for row in page.iter_rows() if row[1].value == "Chen")
    assert chen[load].font.color.rgb[2:] == "4E5B65"  # that Chen leaves soon is nobody's business
    text = text_of(pdf)
    assert "Alone, verified" in text and "Items held" in text
    back = read_back(workspace, project, book, matrix)
    assert (back.changes, back.refused) == ([], [])

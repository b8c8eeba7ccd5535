"""Sheets of verification, guides of interviews and invitations of sessions: written, issued, and typed back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from handover.errors import NotFound, NotLawful, NotValid, Refused
from handover.model import KnowledgeItem, Person
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SessionAttendance, TransferSession
from handover.pack.knowing.interview_guide import issue_guide, write_guide
from handover.pack.knowing.session_mail import invite_to_session
from handover.pack.knowing.verification_sheet import issue_sheets, write_sheets
from handover.registers.knowing.questions import note_answers
from handover.store import Workspace
from tests.domain import a_project, a_row, a_workspace, stored


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def site(workspace: Workspace) -> dict[str, str]:
    project = a_project(workspace)
    chen = a_row(workspace, project, Person(name="Chen", email="chen@plant.cn")).id
    tang = a_row(workspace, project, Person(name="Tang", shift="A")).id
    item = a_row(workspace, project, KnowledgeItem(title="Zero position", holder_id=chen, about="diagnose",
                                                   description="Known by hand.")).id  # fmt: skip
    receiver = a_row(workspace, project, KnowledgeReceiver(item_id=item, person_id=tang)).id
    return {"project": project, "chen": chen, "tang": tang, "item": item, "receiver": receiver}


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_sheet_shows_who_is_to_show_what_and_has_places_to_sign(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    pdf = tmp_path / "sheet.pdf"

    write_sheets(workspace, workspace.only_project(), [site["receiver"]], pdf, "en")

    text = text_of(pdf)
    for said in (
        "Verification sheet RCV-0001",
        "Tang (A)",
        "Zero position",
        "3 (U) Works alone",
        "Verifier",
        "Witness",
    ):
        assert said in text


def test_sheets_are_issued_under_a_number(workspace: Workspace, site: dict[str, str]) -> None:
    paper = issue_sheets(workspace, workspace.only_project(), [site["receiver"]], "zh")

    assert paper.number == "P1-KVS-001"


def test_no_sheet_without_a_receiver(workspace: Workspace, site: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Choose the receivers"):
        write_sheets(workspace, workspace.only_project(), [], tmp_path / "x.pdf", "en")


def test_guide_asks_what_the_subject_of_an_item_adds(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    book, pdf = tmp_path / "guide.xlsx", tmp_path / "guide.pdf"
    project = workspace.only_project()

    write_guide(workspace, project, site["chen"], book, "en")
    write_guide(workspace, project, site["chen"], pdf, "en")

    asked = [str(row[0].value) for sheet in load_workbook(book) for row in sheet.iter_rows()]
    for text in ("\n".join(asked), text_of(pdf)):
        assert "Whom to call when it goes on" in text and "Which alarms or readings mislead?" in text
    assert issue_guide(workspace, project, site["chen"], "both").number == "P1-KIG-001"


def test_who_holds_nothing_is_asked_nothing(workspace: Workspace, site: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Tang holds no open knowledge item"):
        write_guide(workspace, workspace.only_project(), site["tang"], tmp_path / "x.pdf", "en")


def test_answers_become_the_first_draft_of_the_description(workspace: Workspace, site: dict[str, str]) -> None:
    note_answers(workspace, site["project"], site["item"], {"what": "A cam.", "call": "", "misleads": "E41"})

    assert stored(workspace, KnowledgeItem, site["item"])["description"] == (
        "Known by hand.\n\nWhat is it, in two or three sentences?\nA cam.\n\nWhich alarms or readings mislead?\nE41"
    )
    with pytest.raises(NotValid, match="Answer one"):
        note_answers(workspace, site["project"], site["item"], {"what": " "})


def test_answers_about_a_gap_that_was_accepted_are_refused_with_the_reason(
    workspace: Workspace, site: dict[str, str]
) -> None:
    with workspace.edit("Accept", project=site["project"]) as work:
        item = work.get(KnowledgeItem, site["item"])
        item.accepted_because, item.status = "Nobody left", "accepted_gap"

    with pytest.raises((NotLawful, Refused)):
        note_answers(workspace, site["project"], site["item"], {"what": "A cam."})


def test_invitation_of_a_session_is_replaced_by_a_later_one_and_called_off(
    workspace: Workspace, site: dict[str, str], tmp_path: Path
) -> None:
    project = site["project"]
    session = TransferSession(title="Zero", item_id=site["item"], giver_id=site["chen"], hours=2)
    session.planned_on = dt.datetime(2026, 6, 1, 9)
    key = a_row(workspace, project, session).id
    a_row(workspace, project, SessionAttendance(session_id=key, person_id=site["tang"]))

    first = invite_to_session(workspace, project, key, tmp_path)

    event = Calendar.from_ical(first.file.read_bytes()).walk("VEVENT")[0]
    assert (event["SEQUENCE"], event["DTEND"].dt - event["DTSTART"].dt) == (0, dt.timedelta(hours=2))
    assert first.without_address == ("Tang",) and "KNW-0001 Zero position" in event["DESCRIPTION"]
    with workspace.edit("Cancel", project=project) as work:
        row = work.get(TransferSession, key)
        row.cancelled_because, row.status = "Chen is ill", "cancelled"
    second = Calendar.from_ical(invite_to_session(workspace, project, key, tmp_path).file.read_bytes())
    assert (second["METHOD"], second.walk("VEVENT")[0]["SEQUENCE"]) == ("CANCEL", 1)


def test_session_without_a_day_invites_nobody(workspace: Workspace, site: dict[str, str], tmp_path: Path) -> None:
    key = a_row(workspace, site["project"], TransferSession(title="Zero")).id

    with pytest.raises(NotLawful, match="has no day yet"):
        invite_to_session(workspace, site["project"], key, tmp_path)

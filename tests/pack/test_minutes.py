"""Minutes and charters: issued once with their number, superseded when corrected, sent by mail and to calendars."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from ctypes import c_ushort
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar
from PIL import Image
from pypdfium2 import PdfDocument, PdfPage, raw
from sqlalchemy import select

from handover.errors import NotFound, NotLawful, Refused
from handover.model import Member, Organisation, Person, WorkingGroup
from handover.model.issued import Issued
from handover.model.learning.lesson import LessonLearned
from handover.model.punch import Punch
from handover.model.teams.action import Action
from handover.model.teams.decision import Decision
from handover.model.teams.goal import Goal
from handover.model.teams.meeting import AgendaItem, Attendance, Meeting
from handover.pack import paper_steps
from handover.pack.chapters.groups import issue_charter
from handover.pack.meeting_mail import invite, mail_minutes
from handover.pack.rich_text import blocks_of_part, parts_of, plain_text
from handover.registers.acts import editing, taking
from handover.registers.acts.meeting_series import after_this, carry_over, next_meeting
from handover.registers.catalogue import register
from handover.registers.files.pictures import keep_picture
from handover.store import Workspace
from tests.domain import a_project, a_workspace, stored

MEETINGS, GROUPS = register("meetings"), register("groups")


@dataclass
class Room:
    workspace: Workspace
    project: str
    group: str
    meeting: str
    anna: str

    def step(self, name: str, **answers: object) -> None:
        step = taking.step_of(MEETINGS, name)
        paper_steps.take(self.workspace, MEETINGS, self.project, [self.meeting], step, answers)

    def papers(self) -> list[tuple[str, int, str]]:
        with self.workspace.read() as connection:
            wanted = select(Issued.number, Issued.edition, Issued.status).order_by(Issued.edition)
            return [tuple(row) for row in connection.execute(wanted)]

    def texts(self) -> list[str]:
        """What the PDFs that were kept say, in no order."""
        return [_text(path) for _, path in self.workspace.blobs.contents()]

    def add(self, row: object) -> str:
        with self.workspace.edit("Add", project=self.project) as work:
            return work.add(row).id

    def agenda(self, meeting: str) -> list[str]:
        with self.workspace.read() as connection:
            wanted = select(AgendaItem.topic).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.number)
            return list(connection.execute(wanted).scalars())


def _text(path: Path) -> str:
    return "".join(page.get_textpage().get_text_bounded() for page in PdfDocument(path))


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """A weekly meeting that was attended, with minutes, a decision and an action."""
    monkeypatch.setenv("HANDOVER_TODAY", "2026-05-20")
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            firm = work.add(Organisation(name="临江运营公司", side="operations"))
            anna = work.add(
                Person(name="Anna Berg", organisation_id=firm.id, side="operations", email="anna@b.example")
            )
            ben = work.add(Person(name="Ben Li", side="project"))
            group = work.add(WorkingGroup(name="Pumps group"))
            work.add(Member(group_id=group.id, person_id=ben.id, role="tech_lead"))
            work.add(Member(group_id=group.id, person_id=anna.id, role="ops_lead"))
            meeting = work.add(
                Meeting(group_id=group.id, title="Weekly & more", starts_at=dt.datetime(2026, 5, 19, 9, 30), lasts=45,
                        repeats="weekly", chair_id=anna.id,
                        minutes="# Progress\n\nThe **seals** came.\n\n- Pump A\n- Pump B <b>\n")
            )  # fmt: skip
            for person in (anna, ben):
                work.add(Attendance(meeting_id=meeting.id, person_id=person.id, presence="present"))
            work.add(Decision(title="Flush twice", meeting_id=meeting.id, group_id=group.id, authority="joint"))
            work.add(Action(text="Order bolts", meeting_id=meeting.id, group_id=group.id, owner_id=ben.id,
                            due_on=dt.date(2026, 5, 1)))  # fmt: skip
        yield Room(workspace, project, group.id, meeting.id, anna.id)


def test_minutes_are_issued_with_number_and_paper(room: Room) -> None:
    room.step("issue")

    ((number, edition, status),) = room.papers()
    row = stored(room.workspace, Meeting, room.meeting)
    assert (row["status"], row["number"], edition, status) == ("issued", number, 1, "issued")
    (text,) = room.texts()
    for said in (number, "Weekly & more", "Anna Berg", "临江运营公司", "Progress", "The seals came.", "Pump B <b>",
                 "Flush twice", "Order bolts", "Signatures", "Recorder"):  # fmt: skip
        assert said in text


def test_punch_items_and_lessons_noted_in_a_meeting_stand_in_its_minutes(room: Room) -> None:
    room.add(Punch(description="Seal of pump 2 weeps", meeting_id=room.meeting, action_by_id=room.anna))
    room.add(Punch(description="Found elsewhere"))
    room.add(LessonLearned(title="Flush before the seals", meeting_id=room.meeting, recommendation="Write it down"))
    room.step("issue")

    (text,) = room.texts()
    for said in ("PNL-0001", "Seal of pump 2 weeps", "LSN-0001", "Flush before the seals", "Write it down"):
        assert said in text
    assert "Found elsewhere" not in text


def test_issued_minutes_never_change_and_are_superseded_by_their_next_edition(room: Room) -> None:
    room.step("issue")
    with pytest.raises(Refused, match="can't be changed"):
        editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"minutes": "Else"}})

    room.step("correct", corrected_because="Wrong day")
    editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"minutes": "Else"}})
    room.step("issue")

    number = room.papers()[0][0]
    assert room.papers() == [(number, 1, "superseded"), (number, 2, "issued")]


def test_minutes_that_are_imported_as_issued_by_hand_are_refused(room: Room) -> None:
    with pytest.raises(Refused, match="issued by their own step"):
        editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"status": "issued"}})


def test_mail_brings_the_minutes_to_those_with_an_address(room: Room, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        mail_minutes(room.workspace, room.meeting, tmp_path / "out")
    room.step("issue")

    draft = mail_minutes(room.workspace, room.meeting, tmp_path / "out")

    message = message_from_bytes(draft.file.read_bytes(), policy=default)
    assert message["To"] == "anna@b.example" and draft.without_address == ("Ben Li",)
    (attached,) = message.iter_attachments()
    assert attached.get_content_type() == "application/pdf" and attached.get_content().startswith(b"%PDF")


def test_invitation_is_updated_and_cancelled_under_one_name(room: Room, tmp_path: Path) -> None:
    def sent() -> tuple[str, object, int, str]:
        file = invite(room.workspace, room.project, room.meeting, tmp_path).file
        calendar = Calendar.from_ical(file.read_bytes())
        (event,) = calendar.walk("VEVENT")
        return str(calendar["method"]), event.decoded("dtstart"), int(event["sequence"]), str(event["uid"])

    first = sent()
    editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"starts_at": dt.datetime(2026, 5, 21, 14)}})
    second = sent()
    room.step("cancel", cancelled_because="Holiday")
    third = sent()

    uid = f"{room.meeting}@handover"
    assert first == ("REQUEST", dt.datetime(2026, 5, 19, 9, 30), 0, uid)
    assert second == ("REQUEST", dt.datetime(2026, 5, 21, 14), 1, uid)
    assert third == ("CANCEL", dt.datetime(2026, 5, 21, 14), 2, uid)


def test_next_meeting_takes_people_and_open_actions_along(room: Room) -> None:
    room.step("issue")
    after = next_meeting(room.workspace, room.project, room.meeting)

    row = stored(room.workspace, Meeting, after)
    assert (row["starts_at"], row["follows_id"], row["minutes"]) == ("2026-05-26 09:30", room.meeting, None)
    assert room.agenda(after) == ["ACT-0001 Order bolts"]
    with pytest.raises(NotLawful, match="follows MTG-0001 already"):
        next_meeting(room.workspace, room.project, room.meeting)


def test_what_is_on_the_agenda_isnt_carried_over_twice(room: Room) -> None:
    after = next_meeting(room.workspace, room.project, room.meeting)
    room.add(Action(text="Late", group_id=room.group))
    assert [carry_over(room.workspace, room.project, after) for _ in range(2)] == [1, 0]


def test_daily_meeting_leaves_the_weekend_out() -> None:
    assert after_this(dt.datetime(2026, 5, 22, 8), "daily") == dt.datetime(2026, 5, 25, 8)


def test_charter_is_one_page_and_its_next_edition_stands_in_its_place(room: Room) -> None:
    room.add(Goal(group_id=room.group, name="No A items", target=0, better="lower"))
    step = taking.step_of(GROUPS, "start")
    paper_steps.take(room.workspace, GROUPS, room.project, [room.group], step, {})
    (pdf,) = (path for _, path in room.workspace.blobs.contents())
    assert len(PdfDocument(pdf)) == 1
    for said in ("Pumps group", "No A items: ≤ 0", "Anna Berg", "Ben Li"):
        assert said in _text(pdf)

    issue_charter(room.workspace, room.project, room.group, "en")
    assert [(edition, status) for _, edition, status in room.papers()] == [(1, "superseded"), (2, "issued")]


def test_rich_text_becomes_headings_paragraphs_and_lists() -> None:
    parts = parts_of("Intro *here*\n\n## One\n1. first\n2. second\n   - below\n\n<script>x</script>")
    assert [(part.heading, part.paragraphs) for part in parts] == [
        ("", ["Intro here"]),
        ("One", ["1. first", "2. second", "\u2003– below", "<script>x</script>"]),
    ]
    assert plain_text("# A\n\nb") == "A\nb"


def test_picture_of_the_minutes_is_printed_with_its_caption_and_kept_in_the_paper(room: Room, tmp_path: Path) -> None:
    data = BytesIO()
    Image.new("RGBA", (300, 200), (0, 120, 120, 128)).save(data, "PNG")
    address = keep_picture(room.workspace, MEETINGS, room.project, room.meeting, "sketch.png", data.getvalue())
    text = f"The leak:\n\n![Seal of pump 2]({address})\n\nGone: ![old sketch](attachment:none)"
    editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"minutes": text}})
    room.step("issue")

    (pdf,) = [path for _, path in room.workspace.blobs.contents() if path.read_bytes().startswith(b"%PDF")]
    said = _text(pdf)
    assert "Seal of pump 2" in said and "Gone: [old sketch]" in said and address not in said
    pictures = [each for page in PdfDocument(pdf) for each in page.get_objects() if each.type == raw.FPDF_PAGEOBJ_IMAGE]
    assert len(pictures) == 1


def test_marked_words_say_where_they_are_bold_and_italic_beside_their_bullet() -> None:
    (part,) = parts_of("- **ACT-0001** Order *two* seals")
    (paragraph,) = blocks_of_part(part, lambda _address, _caption: None)

    assert (paragraph.text, paragraph.strong) == ("• ACT-0001 Order two seals", ((2, 10),))
    assert paragraph.slanted == ((17, 20),)


def test_italic_words_are_printed_leaning_over_and_read_as_they_were(room: Room) -> None:
    said = "Order *two seals* 并***复核密封***结果。"
    editing.change(room.workspace, MEETINGS, room.project, {room.meeting: {"minutes": said}})
    room.step("issue")

    ((_, path),) = room.workspace.blobs.contents()
    leaning = "".join(_leaning(page) for page in PdfDocument(path))
    assert "".join(leaning.split()) == "twoseals复核密封"
    assert "Order two seals 并复核密封结果。" in _text(path)


def _leaning(page: PdfPage) -> str:
    """What of a page is drawn leaning over."""
    words, found = page.get_textpage(), []
    for each in page.get_objects():
        a, b, c, d, _, _ = each.get_matrix().get()
        if each.type == raw.FPDF_PAGEOBJ_TEXT and (a, b) == (d, 0) and c > 0.2 * d:
            size = raw.FPDFTextObj_GetText(each, words, None, 0)
            text = (c_ushort * size)()
            raw.FPDFTextObj_GetText(each, words, text, size)
            found.append(bytes(text).decode("utf-16-le").rstrip("\0"))
    return "".join(found)

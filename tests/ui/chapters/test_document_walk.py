"""A document through the window in either language, from a template to its acceptance; the commands tell the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from pypdfium2 import PdfDocument
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from shiboken6 import isValid
from sqlalchemy import select

from handover import clock
from handover.cli.__main__ import main
from handover.i18n import in_language, tr, use
from handover.model import Document, Milestone, Organisation, Person, Project, System
from handover.model.attachment import Attachment
from handover.model.documents.requirement import Requirement
from handover.model.documents.review import Comment
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.model.issued import Issued
from handover.pack.proof.verify import verify
from handover.registers.beginning import add_project
from handover.registers.files.attached_files import files_of
from handover.store import Workspace
from tests.ui.conftest import days, open_in, rest
from ui.application import Application
from ui.chapters.requirement_dialogs import ListExpectedDialog, TakeTemplateDialog
from ui.chapters.sending.revision_acts import RevisionForm
from ui.chapters.sending.transmittal_acts import SendForm
from ui.chapters.sending.transmittal_dialogs import WriteFilesDialog
from ui.register.grid import clipboard
from ui.register.stepping.step_form import StepForm
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.window.window import MainWindow

NUMBER = "P1-10-LAY-001"
NAMES = {"en": ("Anna Berg", "Cai Wu"), "zh": ("王静", "蔡武")}
_CTRL = Qt.KeyboardModifier.ControlModifier


class Desk:
    """The window, and the hands of its user."""

    def __init__(self, window: MainWindow, folder: Path, language: str, qtbot: QtBot) -> None:
        self.window, self.folder, self.language, self.qtbot = window, folder, language, qtbot
        self.action, self.approver = NAMES[language]

    # -- what is looked at ---------------------------------------------------------------------------------------

    def page(self, key: str, **state: Any) -> RegisterPage:  # Any: what a page is restored to
        self.window.context.go(key, **state)
        self.rest()
        shown = self.window.host.current
        assert isinstance(shown, RegisterPage)
        return shown

    def at(self, key: str, row: str) -> RegisterPage:
        self.window.context.open_row(key, row)
        shown = self.window.host.current
        assert isinstance(shown, RegisterPage)
        self.qtbot.waitUntil(lambda: shown.model.rowCount() > 0)
        self.rest()
        return shown

    def rows(self, *columns: Any, **of: str) -> list[tuple[Any, ...]]:  # Any: mapped columns, and what they hold
        wanted = select(*columns)
        for attr, value in of.items():
            wanted = wanted.where(getattr(columns[0].class_, attr) == value)
        with self.window.context.workspace.read() as connection:
            return [tuple(row) for row in connection.execute(wanted.order_by(columns[0].class_.id))]

    # -- what is done --------------------------------------------------------------------------------------------

    def rest(self) -> None:
        rest(self.qtbot, self.window)

    def act(self, page: RegisterPage, name: str, dialog: type[QDialog]) -> Any:  # Any: the dialog
        """Choose an act of a page; the dialog that opens."""
        next(each for each in page.page_actions() if each.text() == tr(name)).trigger()
        self.qtbot.waitUntil(lambda: any(each.isVisible() for each in self.window.findChildren(dialog)))
        return next(each for each in self.window.findChildren(dialog) if each.isVisible())

    def press(self, button: QWidget) -> None:
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        self.rest()

    def write(self, editor: QWidget, text: str) -> None:
        """Paste, as a hand with an input method would write."""
        QGuiApplication.clipboard().setText(text)
        editor.setFocus()
        self.qtbot.keyClick(editor, Qt.Key.Key_A, _CTRL)
        self.qtbot.keyClick(editor, Qt.Key.Key_V, _CTRL)

    def paste(self, page: RegisterPage, field: str, text: str) -> None:
        """Paste a cell into the first row, or the one that the page is at."""
        if field not in [each.field for each in page.model.fields]:
            page.arrangement.show(field)
            self.rest()
        column = [each.field for each in page.model.fields].index(field)
        clipboard.put([[text]])
        page.table.go_to(max(page.table.currentIndex().row(), 0), column)
        page.table.setFocus()
        self.qtbot.keyClick(page.table, Qt.Key.Key_V, _CTRL)
        self.rest()

    def add(self, page: RegisterPage, /, **texts: str) -> None:
        """Fill the form of a new row, and add it."""
        page.add_action.trigger()
        for field, text in texts.items():
            self.write(page.detail.boxes[field].editor, text)
        self.press(page.detail.add_button)

    def step(self, key: str, row: str, step: str, **answers: str) -> None:
        """Press the button of a step above the fields of a row, or choose it below it, and answer what it asks."""
        page = self.at(key, row)
        head = page.detail.head
        self.qtbot.waitUntil(lambda: (ways := {**head.buttons, **head.entries}).get(step) and ways[step].isEnabled())
        head.begin(step)
        self.rest()
        for form in [each for each in self.window.findChildren(StepForm) if each.isVisible()]:
            for field, text in answers.items():
                self.write(form.boxes[field].editor, text)
            self.press(form.go)
            said = [box.reason.text() for box in form.boxes.values() if box.faulty] if isValid(form) else []
            assert not said, said

    def bring_file(self, code: str) -> None:
        """Find a PDF in a folder by its name, and attach it to the revision that the name states."""
        folder = self.folder / code
        folder.mkdir()
        sheet = Canvas(str(folder / f"{NUMBER}_{code}.pdf"))
        sheet.drawString(100, 700, f"Layout, revision {code}")
        sheet.save()
        page = self.page("documents")
        page.files_action.trigger()
        scan = page.scan
        scan.look_in(folder)
        self.qtbot.waitUntil(lambda: len(scan.model.files) == 1 and scan.attach_button.isEnabled())
        self.press(scan.attach_button)
        self.qtbot.waitUntil(lambda: self.rows(Attachment.id, name=f"{NUMBER}_{code}.pdf") != [])
        self.rest()

    def send(self) -> str:
        """Send the document to two people and issue the transmittal; its key."""
        ((document,),) = self.rows(Document.id, number=NUMBER)
        known = {key for (key,) in self.rows(Transmittal.id)}
        form = self.act(self.at("documents", document), "Send…", SendForm)
        self.write(form.boxes["action"].editor, self.action)
        self.write(form.boxes["approval"].editor, self.approver)
        self.press(form.go)
        (key,) = {key for (key,) in self.rows(Transmittal.id)} - known
        self.step("transmittals", key, "issue")
        return str(key)

    def status(self, model: Any, key: str) -> str:  # Any: a model
        ((found,),) = self.rows(model.status, id=key)
        return str(found)


@pytest.fixture(params=["en", "zh"])
def desk(
    request: pytest.FixtureRequest, start: Callable[[], Application], settings: Settings, tmp_path: Path, qtbot: QtBot
) -> Iterator[Desk]:
    """The window in a language on a project with a system and two people of operations."""
    language = str(request.param)
    path = tmp_path / "Plant.handover"
    with in_language(language), Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P1", name="Plant"), "factory_line").id
        with workspace.edit("Rows", project=project) as work:
            work.add(System(code="10", name="Press line"))
            firm = work.add(Organisation(name="Operations Ltd", side="operations"))
            for name in NAMES[language]:
                work.add(Person(name=name, organisation_id=firm.id, side="operations"))
    settings.put("language", language)
    window = start().window
    open_in(window, path, qtbot)
    yield Desk(window, tmp_path, language, qtbot)
    use("en")


def test_document_comes_from_a_template_to_its_acceptance(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    document = asked_for_and_missing(desk)
    desk.paste(desk.at("documents", document), "number", NUMBER)
    desk.paste(desk.at("documents", document), "revision", "A")
    desk.bring_file("A")

    first = desk.send()
    note_is_one_page_with_its_names(desk, first)
    archive = written(desk, first)
    desk.step("transmittals", first, "acknowledge", acknowledged_by=desk.action)
    assert desk.status(Transmittal, first) == "partly_acknowledged"
    assert [day for (day,) in desk.rows(Recipient.acknowledged_on)] == [clock.today(), None]
    assert desk.status(Document, document) == "submitted"  # not everybody has it

    returned_with_a_comment(desk, document)
    form = desk.act(desk.at("documents", document), "New revision…", RevisionForm)
    assert form.boxes["code"].text() == "B"
    desk.press(form.go)
    assert desk.rows(Revision.code, Revision.status) == [("A", "superseded"), ("B", "submitted")]
    comment_is_answered_and_closed(desk)

    desk.bring_file("B")
    second = desk.send()
    for name in (desk.action, desk.approver):
        desk.step("transmittals", second, "acknowledge", acknowledged_by=name)
    assert desk.status(Transmittal, second) == "acknowledged"
    assert desk.status(Document, document) == "received"  # by the acknowledgement alone
    for step, answers in (("review", {}), ("approve", {"approved_by": desk.approver}), ("issue", {}), ("accept", {})):
        desk.step("documents", document, step, **answers)
    assert desk.status(Document, document) == "accepted"
    assert desk.rows(TransmittalItem.code) == [("A",), ("B",)]  # what was sent stays as it was sent

    commands_tell_the_same(desk, archive, capsys)


def asked_for_and_missing(desk: Desk) -> str:
    """Take a template for one milestone, list its documents; the first that is missing once the day is past."""
    dialog = desk.act(desk.page("requirements"), "Take a template…", TakeTemplateDialog)
    dialog.choice.setCurrentIndex(dialog.choice.findData("factory_line"))
    for code, box in dialog.milestones.items():
        if code != "HND":
            desk.press(box)
    desk.press(dialog.go)
    desk.qtbot.waitUntil(lambda: desk.rows(Requirement.id) != [])
    desk.rest()
    listing = desk.act(desk.page("requirements"), "List the documents…", ListExpectedDialog)
    wanted = listing.table.rowCount()
    desk.press(listing.go)
    desk.qtbot.waitUntil(lambda: len(desk.rows(Document.id)) == wanted > 1)
    desk.rest()

    assert desk.page("documents", view="missing_at_milestone").model.rowCount() == 0
    desk.paste(desk.page("milestones"), "planned_on", days(-1).isoformat())
    assert desk.rows(Milestone.planned_on) == [(days(-1),)]
    missing = desk.page("documents", view="missing_at_milestone")
    desk.qtbot.waitUntil(lambda: missing.model.rowCount() == wanted)
    return str(missing.model.rows(range(1), ())[0].id)


def note_is_one_page_with_its_names(desk: Desk, transmittal: str) -> None:
    ((number, paper),) = desk.rows(Issued.number, Issued.id, about_id=transmittal)
    assert number == "P1-TR-0001"
    (note,) = files_of(desk.window.context.workspace, paper)
    pages = PdfDocument(note.place)
    said = pages[0].get_textpage().get_text_bounded()
    assert len(pages) == 1
    assert all(text in said for text in (number, NUMBER, desk.action, desk.approver, "移交单", "Signature"))


def written(desk: Desk, transmittal: str) -> Path:
    """Write the transmittal as an archive, and check its checksums without the program."""
    dialog = desk.act(desk.at("transmittals", transmittal), "Write files…", WriteFilesDialog)
    dialog.open_after.setChecked(False)
    dialog.archive.setChecked(True)
    desk.write(dialog.folder.edit, str(desk.folder / "out"))
    desk.press(dialog.go)
    desk.qtbot.waitUntil(lambda: dialog.written.isVisible())
    dialog.reject()
    (archive,) = (desk.folder / "out").iterdir()
    with ZipFile(archive) as packed:
        sums = [line.split("  ", 1) for line in packed.read("SHA256SUMS").decode("utf-8").splitlines()]
        assert all(hashlib.sha256(packed.read(name)).hexdigest() == digest for digest, name in sums)
        assert any(name.startswith(f"{NUMBER} A") for _, name in sums)
    assert all(found.ok for found in verify(archive))
    return archive


def returned_with_a_comment(desk: Desk, document: str) -> None:
    for step in ("receive", "review"):
        desk.step("documents", document, step)
    comments = desk.page("comments")
    desk.add(comments, revision=f"{NUMBER} A", page="12", text="扭矩 torque", reviewer=desk.approver)
    assert desk.rows(Comment.text, Comment.page, Comment.status) == [("扭矩 torque", "12", "open")]
    assert not desk.at("documents", document).detail.head.buttons["approve"].isEnabled()  # a comment is open
    desk.step("documents", document, "return", return_code="C")
    assert desk.status(Document, document) == "returned"


def comment_is_answered_and_closed(desk: Desk) -> None:
    ((comment,),) = desk.rows(Comment.id)
    desk.step("comments", comment, "respond", response="Added 已补充")
    desk.step("comments", comment, "close", closed_by=desk.approver)
    assert desk.status(Comment, comment) == "closed"


def commands_tell_the_same(desk: Desk, archive: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: object) -> tuple[int, str]:
        with pytest.raises(SystemExit) as left:
            main(["--speak", desk.language, *map(str, words)])
        return int(left.value.code or 0), capsys.readouterr().out

    def listed(register: str) -> list[dict[str, Any]]:  # Any: as JSON has it
        code, out = run("list", desk.window.context.workspace.path, register, "--project", "P1", "--json")
        assert code == 0
        return list(json.loads(out))

    assert [row["status"] for row in listed("documents") if row["number"] == NUMBER] == ["accepted"]
    assert [(row["code"], row["status"]) for row in listed("revisions")] == [("A", "superseded"), ("B", "accepted")]
    assert [row["status"] for row in listed("transmittals")] == ["partly_acknowledged", "acknowledged"]
    assert [row["acknowledged_on"] is not None for row in listed("recipients")] == [True, False, True, True]
    assert [row["status"] for row in listed("comments")] == ["closed"]
    word = {"en": "Partly acknowledged", "zh": "部分签收"}[desk.language]
    plain = run("list", desk.window.context.workspace.path, "transmittals", "--project", "P1")
    assert plain[0] == 0 and word in plain[1]
    assert run("verify", archive)[0] == 0

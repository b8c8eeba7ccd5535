"""The dialog that looks through a folder: what it finds is told, corrected by hand, listed, attached in one act."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication
from reportlab.pdfgen.canvas import Canvas

from handover.registers.files.attached_files import FileRow, Presence, files_of_project
from handover.registers.files.file_scan import FileVerdict
from handover.store import undo
from ui.register.files.file_scan import FileScan
from ui.register.files.preview import Preview
from ui.register.files.scan_model import FILE, FOUND, ROW

from .conftest import Using


class FolderHands:
    """The dialog over the register of documents, and the hands on it."""

    def __init__(self, using: Using, folder: Path) -> None:
        self.using, self.folder = using, folder
        folder.mkdir()
        using.page.files_action.trigger()
        self.dialog: FileScan = using.page.scan

    @property
    def number(self) -> str:
        return str(self.using.cell(1, "number"))

    def rest(self) -> None:
        self.using.qtbot.waitUntil(lambda: not self.using.context.jobs)
        QApplication.processEvents()
        self.using.qtbot.waitUntil(lambda: not self.using.context.jobs)

    def file(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def look(self) -> None:
        self.dialog.look_in(self.folder)
        self.rest()

    def verdicts(self) -> dict[str, FileVerdict]:
        return {f.path.name: f.verdict for f in self.dialog.model.files}

    def attached(self) -> list[FileRow]:
        context = self.using.context
        return files_of_project(context.workspace, context.project.id)

    def go_to(self, name: str) -> None:
        names = [self.dialog.model.index(n, FILE).data() for n in range(self.dialog.model.rowCount())]
        self.dialog.table.setCurrentIndex(self.dialog.model.index(names.index(name), FILE))


@pytest.fixture
def hands(using: Callable[..., Using], tmp_path: Path) -> FolderHands:
    made = FolderHands(using("documents"), tmp_path / "outside")
    made.tester = QAbstractItemModelTester(made.dialog.model, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    return made


def test_files_that_are_sure_are_ticked_and_attached_in_one_act(hands: FolderHands) -> None:
    hands.file(f"{hands.number} manual.pdf", b"one")
    hands.file("holiday.jpg", b"two")
    before = len(hands.attached())

    hands.look()

    assert hands.dialog.said.text() == "1 of 2 files ticked"
    assert hands.verdicts()["holiday.jpg"] is FileVerdict.UNMATCHED
    QTest.mouseClick(hands.dialog.attach_button, Qt.MouseButton.LeftButton)
    hands.rest()
    assert [f.name for f in hands.attached()[before:]] == [f"{hands.number} manual.pdf"]
    assert "1 file added." in hands.using.told
    undo(hands.using.context.workspace)
    assert len(hands.attached()) == before


def test_row_of_a_file_is_said_by_hand(hands: FolderHands) -> None:
    hands.file("holiday.jpg", b"two")
    hands.look()
    hands.go_to("holiday.jpg")
    assert not hands.dialog.attach_button.isEnabled()

    QTest.keyClicks(hands.dialog.picker, hands.number)
    QTest.keyClick(hands.dialog.picker, Qt.Key.Key_Return)

    model = hands.dialog.model
    assert model.index(0, FOUND).data() == "Matched"
    assert hands.number in model.index(0, ROW).data()
    assert hands.dialog.attach_button.isEnabled()
    assert hands.dialog.isVisible()


def test_tick_is_taken_away_with_the_space_bar(hands: FolderHands) -> None:
    hands.file(f"{hands.number}.pdf", b"one")
    hands.look()
    hands.go_to(f"{hands.number}.pdf")
    hands.dialog.table.setFocus()

    QTest.keyClick(hands.dialog.table, Qt.Key.Key_Space)

    assert hands.dialog.said.text() == "0 of 1 files ticked"
    assert not hands.dialog.attach_button.isEnabled()


def test_files_of_one_verdict_are_shown_and_saved_as_a_list(hands: FolderHands, tmp_path: Path) -> None:
    hands.file(f"{hands.number}.pdf", b"one")
    hands.file("holiday.jpg", b"two")
    hands.look()
    texts = [hands.dialog.verdicts.itemText(n) for n in range(hands.dialog.verdicts.count())]
    assert texts[0] == "All files (2)"

    hands.dialog.verdicts.setCurrentIndex(texts.index("No row (1)"))
    hands.dialog.save_list_to(tmp_path / "left.csv")
    hands.rest()

    with (tmp_path / "left.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == ["holiday.jpg"]
    assert rows[0][:4] == ["File name", "Folder", "Size", "Found"]


def test_changed_linked_file_is_linked_again_and_a_missing_one_is_told(hands: FolderHands) -> None:
    changes, goes = hands.file(f"{hands.number} manual.pdf", b"one"), hands.file(f"{hands.number} sheet.pdf", b"two")
    hands.look()
    hands.dialog.take(link=True)
    hands.rest()
    changes.write_bytes(b"another")
    goes.unlink()

    hands.using.page.files_action.trigger()
    hands.dialog = hands.using.page.scan
    hands.look()

    assert hands.verdicts() == {changes.name: FileVerdict.CHANGED}
    assert goes.name in hands.dialog.notice.sentence.text()
    hands.go_to(changes.name)
    hands.dialog.model.setData(hands.dialog.model.index(0, FILE), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    hands.dialog.take(link=True)
    hands.rest()
    assert [f.presence for f in hands.attached() if f.name == changes.name] == [Presence.HERE]


def test_file_of_the_folder_is_looked_at(hands: FolderHands) -> None:
    canvas = Canvas(str(hands.folder / "a.pdf"))
    canvas.drawString(100, 700, "Pump")
    canvas.save()
    hands.look()
    hands.go_to("a.pdf")

    QTest.mouseClick(hands.dialog.look_button, Qt.MouseButton.LeftButton)
    hands.rest()

    shown = hands.dialog.preview
    assert isinstance(shown, Preview)
    assert not shown.sheet.pixmap().isNull()


def test_search_in_the_preview_turns_to_the_page_and_marks_the_place(hands: FolderHands) -> None:
    canvas = Canvas(str(hands.folder / "a.pdf"))
    for words in ("Pump P-101", "Valve", "the pump again"):
        canvas.drawString(100, 700, words)
        canvas.showPage()
    canvas.save()
    hands.look()
    hands.go_to("a.pdf")
    hands.dialog.look()
    hands.rest()
    shown = hands.dialog.preview
    assert isinstance(shown, Preview)

    QTest.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(shown.finding.edit, "PUMP")
    QTest.keyClick(shown.finding.edit, Qt.Key.Key_Return)
    hands.rest()
    assert shown.finding.said.text() == "1 of 2"
    QTest.keyClick(shown.finding.edit, Qt.Key.Key_Return)
    hands.rest()

    assert (shown.finding.said.text(), shown.number) == ("2 of 2", 2)
    (place,) = shown.finding.places_on(2)[1]
    assert 0 < place[0] < place[2] < 1
    assert 0 < place[1] < place[3] < 0.5
    shown.finding.edit.setText("nothing of it")
    QTest.keyClick(shown.finding.edit, Qt.Key.Key_Return)
    hands.rest()
    assert shown.finding.said.text() == "It isn't in this file."

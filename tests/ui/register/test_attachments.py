"""The files of a row beside its details: added, looked at, opened, named, ordered, removed, found again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from reportlab.pdfgen.canvas import Canvas

from handover.clock import today
from handover.model import Project
from handover.registers.catalogue import register
from handover.registers.files.attached_files import FileRow, Presence, files_of
from handover.store import Workspace, undo
from ui.register.files.attachments import AttachmentsPanel
from ui.register.files.file_name import FileName
from ui.register.files.preview import Preview
from ui.shell.context import Context, ProjectInHand
from ui.shell.message import Message

from .conftest import Using

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
DOCUMENTS = register("documents")


class Hands:
    """The files tab of the first document, and the hands on it."""

    def __init__(self, using: Using, folder: Path) -> None:
        self.using, self.folder = using, folder
        page = using.page
        page.beside.show(True)
        using.go(0, "title")
        using.rest()
        panel = page.detail.beside["files"].tab
        assert isinstance(panel, AttachmentsPanel)
        self.panel = panel
        page.detail.tabs.setCurrentWidget(panel)
        self.rest()
        self.row = panel.acts.row_id
        self.opened: list[str] = []

    @property
    def context(self) -> Context:
        return self.using.context

    def rest(self) -> None:
        self.using.qtbot.waitUntil(lambda: not self.context.jobs)
        QApplication.processEvents()
        self.using.qtbot.waitUntil(lambda: not self.context.jobs)

    def file(self, name: str = "manual.pdf", content: bytes = b"%PDF-1.7 manual") -> Path:
        path = self.folder / "outside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def pdf(self, name: str = "manual.pdf", pages: int = 3) -> Path:
        path = self.file(name)
        canvas = Canvas(str(path))
        for n in range(pages):
            canvas.drawString(100, 700, f"Page {n}")
            canvas.showPage()
        canvas.save()
        return path

    def attach(self, *paths: Path) -> None:
        self.panel.acts.add(paths)
        self.rest()

    def names(self) -> list[str]:
        return [str(self.panel.model.index(n).data()) for n in range(self.panel.model.rowCount())]

    def stored(self) -> list[FileRow]:
        return files_of(self.context.workspace, self.row)

    def choose(self, row: int) -> None:
        self.panel.list.setCurrentIndex(self.panel.model.index(row))
        self.panel.list.setFocus()

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.panel.list, key, modifier)
        self.rest()

    def drop(self, data: QMimeData, modifier: Qt.KeyboardModifier = NONE) -> bool:
        place, action = self.panel.rect().center(), Qt.DropAction.CopyAction
        enter = QDragEnterEvent(place, action, data, LEFT, modifier)
        self.panel.dragEnterEvent(enter)
        if enter.isAccepted():
            self.panel.dropEvent(QDropEvent(QPointF(place), action, data, LEFT, modifier))
        self.rest()
        return enter.isAccepted()


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


@pytest.fixture
def hands(using: Callable[..., Using], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Hands:
    made = Hands(using("documents"), tmp_path)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: not made.opened.append(url.toLocalFile()))
    made.tester = QAbstractItemModelTester(made.panel.model, QAbstractItemModelTester.FailureReportingMode.Fatal)  # type: ignore[attr-defined]
    return made


def press(button: QPushButton) -> None:
    QTest.mouseClick(button, LEFT)


# -- adding


def test_files_are_added_with_the_button_and_counted_on_the_tab(hands: Hands) -> None:
    assert hands.panel.none.text().startswith("No files yet")
    path = hands.file()

    press(hands.panel.add)
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.filesSelected.emit([str(path)])
    dialog.close()
    hands.rest()

    assert hands.names() == ["manual.pdf"]
    assert "1 file attached." in hands.using.told
    tabs = hands.using.page.detail.tabs
    hands.using.qtbot.waitUntil(lambda: tabs.tabText(tabs.indexOf(hands.panel)) == "Files (1)")
    assert "1 file, 15 B" in hands.panel.used.text()


def test_dropped_files_are_attached_and_with_alt_linked(hands: Hands) -> None:
    assert hands.drop(urls(hands.file("a.txt", b"a"), hands.file("b.txt", b"b")))
    assert hands.drop(urls(hands.file("c.txt", b"c")), Qt.KeyboardModifier.AltModifier)

    assert [(f.name, f.kept) for f in hands.stored()] == [("a.txt", "stored"), ("b.txt", "stored"), ("c.txt", "linked")]


def test_dropped_text_is_not_taken(hands: Hands) -> None:
    data = QMimeData()
    data.setText("just words")
    assert not hands.drop(data)


def test_pasted_files_and_pictures_are_attached(hands: Hands) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setMimeData(urls(hands.file()))
    hands.panel.setFocus()
    QTest.keyClick(hands.panel, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hands.rest()
    assert QApplication.focusWidget() in (hands.panel, hands.panel.list)
    for _ in range(2):
        clipboard.setImage(QImage(20, 10, QImage.Format.Format_RGB32))
        hands.panel.paste()
        hands.rest()
    clipboard.setText("words")
    hands.panel.paste()

    day = today().isoformat()
    assert [(f.name, f.media_type) for f in hands.stored()] == [
        ("manual.pdf", "application/pdf"),
        (f"photo-{day}-1.png", "image/png"),
        (f"photo-{day}-2.png", "image/png"),
    ]
    assert hands.using.told[-1] == "There is no file and no picture on the clipboard."


def test_files_that_cannot_be_attached_are_told_and_the_others_offered(hands: Hands) -> None:
    hands.panel.acts.add([hands.file(), hands.folder, hands.folder / "gone.pdf"])
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, Message)
    assert "is a folder" in dialog.sentence.text()
    assert "“gone.pdf” isn't there any more." in dialog.sentence.text()
    assert hands.stored() == []

    press(dialog.buttons[0])
    hands.rest()

    assert hands.names() == ["manual.pdf"]


def test_file_above_the_limit_of_the_settings_is_told(hands: Hands) -> None:
    hands.context.settings.put("files/largest", 1000)
    hands.panel.acts.add([hands.file("film.mp4", b"x" * 1001)])
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, Message)
    assert "more than the 1 kB" in dialog.sentence.text()
    dialog.close()


# -- looking and opening


def test_small_pictures_are_drawn_for_what_can_be_shown(hands: Hands) -> None:
    Image.new("RGB", (300, 200), "red").save(hands.file("photo.png"))
    bad = hands.file("bad.pdf")
    hands.attach(hands.pdf(), hands.folder / "outside" / "photo.png", bad, hands.file("a.txt", b"a"))
    hands.using.qtbot.waitUntil(lambda: len(hands.panel.model.pictures) == 3)

    drawn = {f.name: hands.panel.model.pictures.get(f.sha256) for f in hands.stored()}
    assert drawn["manual.pdf"] is not None
    assert drawn["photo.png"] is not None
    assert drawn["bad.pdf"] is None
    assert drawn["a.txt"] is None


def test_enter_and_double_click_open_a_copy_in_its_own_program(hands: Hands) -> None:
    hands.attach(hands.file())
    hands.choose(0)

    hands.press(Qt.Key.Key_Return)
    hands.panel.list.doubleClicked.emit(hands.panel.model.index(0))
    hands.rest()

    assert [Path(p).name for p in hands.opened] == ["manual.pdf", "manual.pdf"]
    assert not Path(hands.opened[0]).is_relative_to(hands.context.workspace.blobs.folder)


def test_program_is_opened_only_when_the_user_says_so(hands: Hands) -> None:
    hands.attach(hands.file("invoice.pdf.exe", b"MZ"))
    hands.choose(0)

    hands.press(Qt.Key.Key_Return)
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, Message)
    assert "“invoice.pdf.exe” is a program (.exe)" in dialog.sentence.text()
    press(dialog.buttons[-1])
    assert hands.opened == []

    hands.press(Qt.Key.Key_Return)
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, Message)
    press(dialog.buttons[0])
    hands.rest()
    assert len(hands.opened) == 1


def test_file_that_nothing_opens_is_told(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    hands.attach(hands.file("drawing.dwg", b"AC1032"))
    hands.choose(0)
    hands.press(Qt.Key.Key_Return)
    assert hands.using.complaints == ["No program opens “drawing.dwg”. Save it and open it there."]


def shown(hands: Hands, act: Callable[[], object]) -> Preview:
    """The preview once a page stands there."""
    if hands.panel.preview is None:
        act()
        preview = hands.panel.preview
        assert preview is not None
        hands.using.qtbot.waitUntil(lambda: not hands.context.jobs)
        return preview
    with hands.using.qtbot.waitSignal(hands.panel.preview.shown):
        act()
    return hands.panel.preview


def test_pages_are_looked_at_turned_and_made_larger(hands: Hands) -> None:
    hands.attach(hands.pdf(pages=3))
    hands.choose(0)

    preview = shown(hands, lambda: hands.press(Qt.Key.Key_Space))
    assert (preview.number, preview.count) == (0, 3)
    width = preview.sheet.pixmap().width()
    assert width > 400

    shown(hands, lambda: QTest.keyClick(preview, Qt.Key.Key_PageDown))
    shown(hands, lambda: press(preview.down))  # type: ignore[arg-type]  # a button of another kind
    assert (preview.number, preview.page_box.value()) == (2, 3)
    assert not preview.down.isEnabled()
    assert "Page 3 of 3" in preview.sheet.accessibleName()

    shown(hands, lambda: preview.zoom(1))
    assert preview.sheet.pixmap().width() == pytest.approx(width * 1.25, abs=3)
    shown(hands, preview.fit)
    assert preview.sheet.pixmap().width() == width
    preview.close()


def test_preview_goes_from_file_to_file_and_says_why_one_cannot_be_shown(hands: Hands) -> None:
    Image.new("RGB", (300, 200), "red").save(hands.file("photo.png"))
    hands.attach(hands.folder / "outside" / "photo.png", hands.file("bad.pdf"), hands.file("a.txt", b"a"))
    hands.choose(0)

    preview = shown(hands, hands.panel.preview_chosen)
    assert preview.sheet.pixmap().width() == 300
    shown(hands, lambda: preview.step(1))
    assert "“bad.pdf” can't be shown" in preview.sheet.text()
    assert not preview.after.isEnabled()
    preview.close()


def test_file_without_preview_says_so(hands: Hands) -> None:
    hands.attach(hands.file("a.txt", b"a"))
    hands.choose(0)
    assert not hands.panel.preview_button.isEnabled()
    hands.press(Qt.Key.Key_Space)
    assert hands.panel.preview is None
    assert hands.using.told[-1].startswith("There is no preview")


def test_file_is_saved_where_the_user_wants_it(hands: Hands) -> None:
    hands.attach(hands.file(content=b"manual"))
    hands.choose(0)
    press(hands.panel.save_button)  # type: ignore[arg-type]  # a button of another kind
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(hands.folder / "saved.pdf"))
    dialog.close()
    hands.rest()
    assert (hands.folder / "saved.pdf").read_bytes() == b"manual"


# -- changing


def test_delete_removes_files_undo_and_the_bin_bring_them_back(hands: Hands) -> None:
    hands.attach(hands.file("a.txt", b"a"), hands.file("b.txt", b"b"))
    hands.choose(0)

    hands.press(Qt.Key.Key_Delete)
    assert hands.names() == ["b.txt"]
    assert "1 file removed." in hands.using.told
    undo(hands.context.workspace)
    hands.rest()
    assert hands.names() == ["a.txt", "b.txt"]

    hands.choose(1)
    hands.press(Qt.Key.Key_Delete)
    assert hands.panel.bin_switch.text() == "Removed (1)"
    press(hands.panel.bin_switch)
    hands.rest()
    assert hands.names() == ["b.txt"]
    press(hands.panel.restore_button)  # type: ignore[arg-type]  # a button of another kind
    hands.rest()
    press(hands.panel.bin_switch)
    hands.rest()
    assert hands.names() == ["a.txt", "b.txt"]


def test_f2_gives_another_name_and_refuses_a_bad_one_beside_it(hands: Hands) -> None:
    hands.attach(hands.file())
    hands.choose(0)
    hands.press(Qt.Key.Key_F2)
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, FileName)
    assert dialog.name.selectedText() == "manual"

    dialog.name.setText("a/b.pdf")
    press(dialog.go)
    assert "holds a path" in dialog.name_box.reason.text()
    dialog.name.setText("使用说明.pdf")
    dialog.caption.setText("Third edition")
    press(dialog.go)
    hands.rest()

    assert [(f.name, f.caption) for f in hands.stored()] == [("使用说明.pdf", "Third edition")]
    assert "Third edition" in str(hands.panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole))


def test_alt_and_arrows_change_the_order(hands: Hands) -> None:
    hands.attach(*(hands.file(f"{n}.txt", n.encode()) for n in "abc"))
    hands.choose(2)
    hands.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    hands.press(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert hands.names() == ["c.txt", "a.txt", "b.txt"]


# -- missing and changed


def test_missing_folder_is_said_at_the_file_and_found_again(hands: Hands) -> None:
    hands.attach(hands.file())
    away = shutil.move(hands.context.workspace.blobs.folder, hands.folder / "away")
    hands.panel.show_row(hands.row)
    hands.rest()

    assert "a folder that isn't here" in str(hands.panel.model.index(0).data(Qt.ItemDataRole.ToolTipRole))
    assert hands.panel.missing.text() == "1 file isn't here."
    assert not hands.panel.open_button.isEnabled()
    assert "a folder that isn't here" in hands.panel.open_button.toolTip()

    press(hands.panel.find_button)
    dialog = hands.panel.acts.dialog
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(away))
    dialog.close()
    hands.rest()

    assert hands.panel.missing.isHidden()
    assert [f.presence for f in hands.stored()] == [Presence.HERE]
    assert hands.using.told[-1] == "All files are there again."


def test_changed_linked_file_is_taken_as_it_is_now(hands: Hands) -> None:
    path = hands.file(content=b"first")
    hands.panel.acts.add([path], link=True)
    hands.rest()
    path.write_bytes(b"second edition")
    hands.panel.show_row(hands.row)
    hands.rest()
    (file,) = hands.panel.model.files
    assert file.presence is Presence.CHANGED

    hands.panel.acts.renew(file)
    hands.rest()

    assert hands.panel.model.files[0].presence is Presence.HERE


# -- when nothing may be changed


def test_row_in_the_bin_says_at_the_buttons_why_nothing_can_be_added(hands: Hands) -> None:
    hands.attach(hands.file())
    hands.using.page.acts.delete()
    hands.using.page.restore({"bin": True})
    hands.using.rest()
    hands.using.go(0, "title")
    hands.rest()

    assert not hands.panel.add.isEnabled()
    assert hands.panel.add.toolTip() == "DOC-0001 is in the bin. Restore it first."
    assert not hands.drop(urls(hands.file("b.txt", b"b")))
    hands.panel.paste()
    assert hands.using.told[-1] == "DOC-0001 is in the bin. Restore it first."


def test_workspace_for_reading_shows_files_and_changes_none(
    hands: Hands, using: Callable[..., Using], tmp_path: Path
) -> None:
    hands.attach(hands.file())
    path, project = hands.context.workspace.path, hands.context.project
    hands.context.take_workspace(Workspace.open(path, "read"))
    hands.context.take_project(ProjectInHand(project.id, project.code, project.name))
    reading = Hands(using("documents"), tmp_path)

    assert reading.names() == ["manual.pdf"]
    reading.choose(0)
    for button in (reading.panel.add, reading.panel.link, reading.panel.remove_button, reading.panel.rename_button):
        assert not button.isEnabled()
        assert button.toolTip() == "This workspace is open for reading only."
    assert reading.panel.open_button.isEnabled()
    reading.press(Qt.Key.Key_Delete)
    assert reading.names() == ["manual.pdf"]


def test_closed_project_says_why(hands: Hands) -> None:
    with hands.context.workspace.edit("Close") as work:
        project = work.get(Project, hands.context.project.id)
        for state in ("active", "handed_over", "in_aftercare", "closed"):
            project.status = state
    hands.panel.show_row(hands.row)
    hands.rest()
    assert "is closed" in hands.panel.add.toolTip()


def test_every_part_has_a_name_for_a_screen_reader_and_is_reached_by_tab(hands: Hands) -> None:
    hands.attach(hands.file(), hands.file("b.txt", b"b"))
    hands.choose(0)
    panel = hands.panel
    tools = [panel.open_button, panel.save_button, panel.rename_button, panel.down_button, panel.remove_button]
    assert all(t.accessibleName() and t.toolTip() for t in tools)
    assert panel.list.accessibleName() == "Files"

    panel.add.setFocus()
    reached: set[Any] = set()
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    assert panel.list in reached


def test_menu_of_a_linked_file_offers_to_say_where_it_lies(hands: Hands) -> None:
    hands.panel.acts.add([hands.file()], link=True)
    hands.rest()
    hands.choose(0)
    hands.panel._menu(QPoint(5, 5))
    (menu,) = [w for w in QApplication.topLevelWidgets() if w.isVisible() and w.metaObject().className() == "QMenu"]
    assert "Say where it lies now…" in [a.text() for a in menu.actions()]
    menu.close()

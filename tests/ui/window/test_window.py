"""The window as a user meets it: beginning, moving about, being remembered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from handover.model.documents.document import Document
from handover.model.project import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.files import attachments
from handover.store import Workspace, undo_label
from handover.store.checking.check import check
from tests.ui.conftest import MakeWorkspace, PlainPage, end, open_in, rest
from ui.application import Application
from ui.pages.project import ProjectDialog
from ui.shell.chapters import page_entries
from ui.shell.help import Help
from ui.shell.message import Message
from ui.shell.page import Page
from ui.window.begin import NewWorkspace
from ui.window.welcome import NoProject, Welcome
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
LEFT = Qt.MouseButton.LeftButton


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """Press a key of the window; offscreen it has to be active for its shortcuts."""
    window.activateWindow()
    key = QKeySequence(keys)[0]
    qtbot.keyClick(window, key.key(), key.keyboardModifiers())


def choose(qtbot: QtBot, window: MainWindow, key: str) -> None:
    """Click an entry of the navigation, in a window that is wide enough for it."""
    window.resize(1280, 800)
    entries = window.navigation.tree
    item = entries.page_item(key)
    assert item is not None
    if item.parent() is not None:
        item.parent().setExpanded(True)  # long sections begin folded
    entries.scrollToItem(item)
    qtbot.mouseClick(entries.viewport(), LEFT, pos=entries.visualItemRect(item).center())
    rest(qtbot, window)


def shown(window: MainWindow) -> str:
    page = window.host.current
    return page.key if page is not None else ""


def test_first_start_offers_the_four_ways(window: MainWindow) -> None:
    welcome = window._middle.currentWidget()

    assert isinstance(welcome, Welcome)
    assert list(welcome.ways) == ["sample", "import", "new", "open"]
    assert not window.navigation.isVisible()


def test_starting_empty_makes_a_workspace_with_a_project(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    qtbot.mouseClick(window._middle.currentWidget().ways["new"].button, LEFT)
    dialog = window.files.dialog
    assert isinstance(dialog, NewWorkspace)
    qtbot.keyClicks(dialog.name, "Tank farm")
    assert dialog.path.text().endswith("Tank farm.handover")
    qtbot.keyClicks(dialog.code, "TF")
    dialog.path.setText(str(tmp_path / "tanks"))
    qtbot.mouseClick(dialog.go_ahead, LEFT)
    rest(qtbot, window)

    assert (tmp_path / "tanks.handover").exists()
    assert window.context.project.name == "Tank farm"
    assert shown(window) == "overview"


def test_a_new_workspace_is_asked_for_what_it_lacks(window: MainWindow, qtbot: QtBot) -> None:
    window.files.new()
    dialog = window.files.dialog
    assert isinstance(dialog, NewWorkspace)
    qtbot.mouseClick(dialog.go_ahead, LEFT)

    assert dialog.isVisible()
    assert dialog._name_box.reason.isVisible()
    qtbot.keyClicks(dialog.name, "T")
    assert not dialog._name_box.reason.isVisible()
    dialog.close()


def test_the_button_for_the_file_stays_beside_it_when_the_file_is_refused(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "there.handover").touch()
    window.files.new()
    dialog = window.files.dialog
    assert isinstance(dialog, NewWorkspace)
    qtbot.mouseClick(dialog.go_ahead, LEFT)  # name and code are missing
    dialog.name.setText("T")
    dialog.code.setText("T")
    dialog.path.setText(str(tmp_path / "there.handover"))
    qtbot.mouseClick(dialog.go_ahead, LEFT)

    reason = dialog._path_box.reason
    qtbot.waitUntil(lambda: reason.isVisible() and reason.height() >= reason.heightForWidth(reason.width()))
    assert dialog.browse.geometry().center().y() == dialog.path.geometry().center().y()
    assert dialog.browse.height() >= dialog.browse.sizeHint().height()
    assert dialog.path.height() >= dialog.path.sizeHint().height()
    dialog.close()


def test_navigation_and_number_keys_show_pages(opened: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, opened, "blockers")
    assert shown(opened) == "blockers"

    press(qtbot, opened, "Ctrl+1")
    assert shown(opened) == page_entries()[0].key == opened.navigation.current


def test_back_and_forward_return_to_pages_as_they_were_left(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents", view="overdue")
    page = opened.host.current
    assert isinstance(page, PlainPage)
    page.now["scroll"] = 7
    choose(qtbot, opened, "people")
    page.now.clear()

    press(qtbot, opened, "Alt+Left")
    assert shown(opened) == "documents"
    assert page.sent[-1] == {"view": "overdue", "scroll": 7}
    press(qtbot, opened, "Alt+Right")
    assert shown(opened) == "people"
    assert not opened.bars.commands["forward"].isEnabled()


def test_going_somewhere_new_forgets_the_way_forward(opened: MainWindow) -> None:
    opened.context.go("documents")
    opened.host.back()
    opened.context.go("people")

    assert not opened.host.can_go_forward


def test_page_out_of_view_learns_of_changes_when_it_is_seen(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents")
    page = opened.host.current
    assert isinstance(page, PlainPage)
    opened.context.go("settings")
    with opened.context.workspace.edit("Rename") as work:
        work.get(Project, opened.context.project.id).site = "North"
    assert page.seen == []

    opened.context.go("documents")
    assert page.seen == [frozenset({"project"})]
    rest(qtbot, opened)


def test_undo_names_the_act_and_takes_it_back(opened: MainWindow, qtbot: QtBot) -> None:
    with opened.context.workspace.edit("Move the {what}", what="site") as work:
        work.get(Project, opened.context.project.id).site = "North"
    rest(qtbot, opened)
    assert opened.bars.commands["undo"].text() == "Undo: Move the site"
    assert "Move the site" in opened.status.said.text()

    press(qtbot, opened, "Ctrl+Z")
    rest(qtbot, opened)
    assert opened.context.workspace.project("P-1").site is None
    assert opened.status.said.text() == "Undone: Move the site"
    press(qtbot, opened, "Ctrl+Shift+Z")
    assert opened.context.workspace.project("P-1").site == "North"


def test_undone_rename_shows_in_switcher_and_title(opened: MainWindow, qtbot: QtBot) -> None:
    with opened.context.workspace.edit("Rename") as work:
        work.get(Project, opened.context.project.id).name = "North plant"
    rest(qtbot, opened)
    assert "North plant" in opened.windowTitle()
    assert opened.navigation.switcher.text() == "North plant"

    opened.context.undo()
    rest(qtbot, opened)
    assert "Project P-1" in opened.windowTitle()


def test_project_is_switched_and_remembered(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace(codes=("P-1", "P-2"))
    open_in(window, path, qtbot)
    second = next(a for a in window.navigation.switcher.menu().actions() if "P-2" in a.text())
    second.trigger()
    rest(qtbot, window)
    assert window.context.project.code == "P-2"
    assert "P-2" in window.windowTitle()

    window.files.close()
    open_in(window, path, qtbot)
    assert window.context.project.code == "P-2"


def test_next_start_opens_where_the_last_one_left(
    start: Callable[[], Application], a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    first = start()
    open_in(first.window, a_workspace(), qtbot)
    first.window.resize(760, 610)  # a screen offscreen has 800 pixels
    first.context.go("documents", view="overdue")
    end(first, qtbot)

    again = start()
    again.start(None)
    qtbot.waitUntil(lambda: again.context.has_workspace)
    rest(qtbot, again.window)

    assert again.window.size().toTuple() == (760, 610)
    page = again.window.host.current
    assert isinstance(page, PlainPage)
    assert (page.key, page.now) == ("documents", {"view": "overdue"})


def test_narrow_window_shows_icons_alone(opened: MainWindow) -> None:
    opened.resize(1280, 800)
    wide = opened.navigation.width()
    opened.resize(999, 800)

    assert opened.navigation.narrow
    assert opened.navigation.width() < wide / 3


def test_file_dropped_on_the_window_is_opened_or_imported(
    window: MainWindow, a_workspace: MakeWorkspace, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    imported: list[object] = []
    monkeypatch.setattr(window.files, "import_file", lambda path=None, register=None: imported.append(path))
    table = tmp_path / "tasks.csv"
    table.write_text("a,b\n1,2\n")

    drop(window, a_workspace())
    qtbot.waitUntil(lambda: window.context.has_workspace)
    drop(window, table)
    qtbot.waitUntil(lambda: imported == [table])
    rest(qtbot, window)


def test_file_of_no_use_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    picture = tmp_path / "holiday.jpg"
    picture.write_bytes(b"x")

    assert not drop(window, picture)


def drop(window: MainWindow, path: Path) -> bool:
    """Drop a file on the window; whether it took it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(50, 50), Qt.DropAction.CopyAction, data, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    window.dropEvent(event)
    return event.isAccepted()


def test_workspace_open_elsewhere_is_told_and_can_be_read(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    with Workspace.open(path):
        window.files.open_path(path)
        qtbot.waitUntil(lambda: isinstance(window.files.dialog, Message))
        dialog = window.files.dialog
        assert isinstance(dialog, Message)
        assert "already open" in dialog.sentence.text()
        qtbot.mouseClick(dialog.buttons[0], LEFT)
        qtbot.waitUntil(lambda: window.context.has_workspace)
        rest(qtbot, window)

        assert window.read_only_banner.isVisible()
        assert not window.bars.commands["import"].isEnabled()
        assert not window.bars.commands["undo"].isEnabled()

    window.files.open_path(path)  # the other one has closed it meanwhile
    qtbot.waitUntil(lambda: not window.context.read_only)
    rest(qtbot, window)
    assert not window.read_only_banner.isVisible()
    assert window.bars.commands["import"].isEnabled()


def test_file_that_is_no_workspace_is_refused_plainly(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    wrong = tmp_path / "notes.handover"
    wrong.write_text("shopping list")
    window.files.open_path(wrong)
    qtbot.waitUntil(lambda: isinstance(window.files.dialog, Message))
    dialog = window.files.dialog
    assert isinstance(dialog, Message)

    assert "notes.handover is not a Handover workspace" in dialog.sentence.text()
    assert wrong.read_text() == "shopping list"
    dialog.close()


def test_copy_is_a_whole_workspace(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    opened.files.copy_to(tmp_path / "copy.handover")
    qtbot.waitUntil(lambda: "Copied" in opened.status.said.text())

    with Workspace.open(tmp_path / "copy.handover", "read") as copy:
        assert [p.code for p in copy.projects()] == ["P-1"]


def test_copy_over_what_cannot_be_replaced_is_offered_another_name(
    opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "copy.handover").mkdir()
    opened.files.copy_to(tmp_path / "copy.handover")
    qtbot.waitUntil(lambda: bool(opened.findChildren(Message)))
    (asked,) = opened.findChildren(Message)
    assert "Write “copy (1).handover” instead" in asked.sentence.text()
    qtbot.mouseClick(asked.buttons[0], LEFT)
    qtbot.waitUntil(lambda: "Copied" in opened.status.said.text())

    assert (tmp_path / "copy (1).handover").is_file()
    assert list((tmp_path / "copy.handover").iterdir()) == []


def test_workspace_without_project_offers_one(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    open_in(window, a_workspace(codes=()), qtbot)
    empty = window._middle.currentWidget()
    assert isinstance(empty, NoProject)
    qtbot.mouseClick(empty.button, LEFT)
    dialog = window.findChild(ProjectDialog)
    assert dialog is not None
    dialog.boxes["name"].editor.setText("First")  # type: ignore[attr-defined]  # a line
    dialog.boxes["code"].editor.setText("F-1")  # type: ignore[attr-defined]  # a line
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, window)

    assert window.context.project.code == "F-1"
    assert shown(window) == "overview"


def test_project_dialog_keeps_what_is_wrong_with_its_reason(opened: MainWindow, qtbot: QtBot) -> None:
    opened.projects.show_properties()
    dialog = opened.findChild(ProjectDialog)
    assert dialog is not None
    day = dialog.boxes["planned_handover"]
    day.editor.setText("someday")  # type: ignore[attr-defined]  # a line
    qtbot.mouseClick(dialog.store, LEFT)
    assert dialog.isVisible()
    assert day.reason.isVisible()

    day.editor.setText("2030-05-06")  # type: ignore[attr-defined]  # a line
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)
    assert opened.context.workspace.project("P-1").planned_handover.isoformat() == "2030-05-06"


def test_project_dialog_changes_only_what_was_changed(opened: MainWindow, qtbot: QtBot) -> None:
    before = undo_label(opened.context.workspace)
    opened.projects.show_properties()
    dialog = opened.findChild(ProjectDialog)
    assert dialog is not None
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)

    assert undo_label(opened.context.workspace) == before


def test_second_project_of_the_same_code_is_refused(opened: MainWindow, qtbot: QtBot) -> None:
    opened.projects.new()
    dialog = opened.findChild(ProjectDialog)
    assert dialog is not None
    dialog.boxes["name"].editor.setText("Twin")  # type: ignore[attr-defined]  # a line
    dialog.boxes["code"].editor.setText("P-1")  # type: ignore[attr-defined]  # a line
    qtbot.mouseClick(dialog.store, LEFT)

    assert dialog.boxes["code"].reason.isVisible()
    assert len(opened.context.workspace.projects()) == 1
    dialog.close()


def test_undoing_a_new_project_returns_to_the_one_before(opened: MainWindow, qtbot: QtBot) -> None:
    opened.projects.new()
    dialog = opened.findChild(ProjectDialog)
    assert dialog is not None
    dialog.boxes["name"].editor.setText("Second")  # type: ignore[attr-defined]  # a line
    dialog.boxes["code"].editor.setText("P-2")  # type: ignore[attr-defined]  # a line
    qtbot.mouseClick(dialog.store, LEFT)
    rest(qtbot, opened)
    assert opened.context.project.code == "P-2"

    opened.context.undo()
    rest(qtbot, opened)
    assert opened.context.project.code == "P-1"
    assert opened._watch.dialog is None
    opened.context.redo()
    rest(qtbot, opened)
    assert any("P-2" in a.text() for a in opened.navigation.switcher.menu().actions())


def test_a_large_act_goes_back_and_forth_beside_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    def documents() -> int:
        with opened.context.workspace.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM document").scalar_one())

    before = documents()
    workspace = opened.context.workspace
    with workspace.edit("Import", project=opened.context.project.id) as work:
        work.insert_many(Document, [{"title": str(n)} for n in range(600)])
    rest(qtbot, opened)

    then: list[int] = []
    opened.context.undo(then=lambda: then.append(documents()))
    (job,) = [job for job in opened.context.jobs if job.title == "Undoing"]
    assert not then
    with qtbot.waitSignal(job.ended):
        pass
    assert then == [before]

    opened.context.redo()
    rest(qtbot, opened)
    assert documents() == before + 600


def test_ctrl_f_goes_to_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents")
    press(qtbot, opened, "Ctrl+F")
    page = opened.host.current
    assert isinstance(page, PlainPage)

    assert page.searched == 1


def test_find_is_offered_only_where_there_is_something_to_find(opened: MainWindow) -> None:
    find = opened.bars.commands["find"]
    opened.context.go("overview")
    assert not find.isEnabled()
    opened.context.go("blockers")
    assert find.isEnabled()


def test_f1_opens_the_help_of_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    choose(qtbot, opened, "blockers")
    press(qtbot, opened, "F1")
    dialog = opened.findChild(Help)
    assert dialog is not None

    assert "each open thing" in dialog.text.toPlainText()
    qtbot.keyClicks(dialog.search, "predecessors")
    assert dialog.topics.currentItem().text(0) == "Tasks"
    dialog.close()


def test_recent_files_are_offered_and_forgotten(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace()
    open_in(window, path, qtbot)
    window.files.close()
    welcome = window._middle.currentWidget()
    assert any(b.text() == "Plant" for b in welcome.findChildren(QPushButton))
    away = next(b for b in welcome.findChildren(QAbstractButton) if "from this list" in b.toolTip())
    qtbot.mouseClick(away, LEFT)

    assert window.files.recent == []
    assert not any(b.text() == "Plant" for b in window._middle.currentWidget().findChildren(QPushButton))


def test_every_command_stands_in_a_menu(window: MainWindow) -> None:
    in_menus = {action for menu, _ in window.bars.menus for action in menu.actions()}

    assert [a.text() for a in window.bars.commands if a not in in_menus] == []


@pytest.mark.parametrize("at", range(4))
def test_mnemonics_of_a_menu_do_not_collide(window: MainWindow, at: int) -> None:
    menu, _ = window.bars.menus[at]
    letters = [a.text()[a.text().index("&") + 1].lower() for a in menu.actions() if "&" in a.text()]

    assert letters
    assert len(letters) == len(set(letters)), letters


def test_no_key_is_given_twice(window: MainWindow) -> None:
    keys = [k.toString() for a in window.actions() for k in a.shortcuts()]

    assert len(keys) == len(set(keys))


def test_every_control_of_the_frame_has_a_name(opened: MainWindow) -> None:
    nameless = [
        f"{type(b).__name__} in {type(b.parent()).__name__}"
        for b in opened.findChildren(QAbstractButton)
        if b.isVisible() and not (b.accessibleName() or b.text() or b.toolTip())
    ]

    assert nameless == []


def test_every_chapter_has_its_page(opened: MainWindow, qtbot: QtBot) -> None:
    for entry in page_entries():
        opened.context.go(entry.key)
        rest(qtbot, opened)
        assert shown(opened) == entry.key
        assert isinstance(opened.host.current, Page)


def test_sentences_of_the_status_line_lapse(opened: MainWindow) -> None:
    opened.context.tell("Deleted 3 rows", undo=True)
    assert opened.status.undo.isVisible()
    opened.status.lapse()

    assert not opened.status.undo.isVisible()
    assert opened.status.said.text().startswith("All changes saved")
    assert isinstance(opened.status.summary, QLabel)


def test_copy_asks_whether_attached_files_come_along(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    documents, workspace, project = register("documents"), opened.context.workspace, opened.context.project.id
    (row,) = editing.add_many(workspace, documents, project, [{"title": "With a file"}])
    (tmp_path / "manual.pdf").write_bytes(b"%PDF-1.7")
    attachments.attach(workspace, documents, project, [(row, tmp_path / "manual.pdf")])
    target = tmp_path / "elsewhere" / "copy.handover"
    target.parent.mkdir()

    opened.files._ask_for_files(target)
    dialog = opened.files.dialog
    assert isinstance(dialog, Message)
    assert "1 attached file (8 B)" in dialog.sentence.text()
    qtbot.mouseClick(dialog.buttons[1], LEFT)
    qtbot.waitUntil(lambda: "left out" in opened.status.said.text())
    assert [f.kind for f in check(target)] == ["files_folder"]

    opened.files._ask_for_files(target)
    dialog = opened.files.dialog
    assert isinstance(dialog, Message)
    qtbot.mouseClick(dialog.buttons[0], LEFT)
    qtbot.waitUntil(lambda: "left out" not in opened.status.said.text())
    rest(qtbot, opened)
    assert check(target) == []

"""Copies in the window: made once a day behind its back, listed, restored; a damaged file is told and salvaged."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from handover.errors import HandoverError
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from handover.store import file as files
from handover.store.copies import copies, copying, restoring
from tests.ui.conftest import MakeWorkspace, open_in, rest
from tests.ui.window.test_fit import cut, nameless
from ui.shell.message import Message
from ui.window.restore import RestoreDialog
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
LEFT = Qt.MouseButton.LeftButton


def path_of(window: MainWindow) -> Path:
    return window.context.workspace.path


def add_task(window: MainWindow, name: str) -> None:
    context = window.context
    editing.add(context.workspace, register("tasks"), context.project.id, {"name": name})


def tasks(path: Path) -> int:
    return copies.look_into(path).rows["task"]


def reasons(path: Path) -> list[str]:
    return [copy.reason for copy in copies.copies_of(path)]


def restore_dialog(window: MainWindow, qtbot: QtBot) -> RestoreDialog:
    window.bars.commands["restore"].trigger()
    dialog = window.files.dialog
    assert isinstance(dialog, RestoreDialog)
    rest(qtbot, window)
    return dialog


def cells(dialog: RestoreDialog, row: int) -> list[str]:
    return [dialog.table.item(row, column).text() for column in range(dialog.table.columnCount())]


def spoil(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[8192:20480] = b"\xa5" * 12288
    path.write_bytes(data)


def button(message: Message, verb: str) -> QPushButton:
    return next(b for b in message.buttons if b.text() == verb)


# -- the copy of the day


def test_opening_makes_the_copy_of_the_day_once(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace()
    for _ in range(2):
        open_in(window, path, qtbot)
        assert reasons(path) == [copies.DAILY]
        window.files.close()


def test_window_left_open_over_night_makes_the_copy_of_the_new_day(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", (dt.date.today() + dt.timedelta(days=1)).isoformat())
    add_task(opened, "In the morning")
    qtbot.waitUntil(lambda: reasons(path_of(opened)) == [copies.DAILY] * 2)
    rest(qtbot, opened)


def test_workspace_open_for_reading_gets_no_copy(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace()
    with Workspace.open(path):
        window.files.open_path(path, read_only=True)
        qtbot.waitUntil(lambda: window.context.has_workspace)
        rest(qtbot, window)

    assert reasons(path) == []


def test_copy_that_fails_is_told(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace()
    copies.folder_of(path).write_text("in the way")
    open_in(window, path, qtbot)

    assert window.error_banner.isVisible()
    assert "can't be made" in window.error_banner.sentence.text()


# -- restoring


def test_copies_are_listed_with_what_is_in_them(opened: MainWindow, qtbot: QtBot) -> None:
    add_task(opened, "Afterwards")
    dialog = restore_dialog(opened, qtbot)

    now, then = cells(dialog, 0), cells(dialog, 1)
    assert (now[0], then[1]) == ("Now", "Daily copy")
    assert then[3].endswith(" MB")
    heads = [dialog.table.horizontalHeaderItem(c).text() for c in range(dialog.table.columnCount())]
    tasks_at, documents_at = (heads.index(register(key).label) for key in ("tasks", "documents"))
    assert (now[tasks_at], then[tasks_at]) == ("2", "1")
    assert now[documents_at] == then[documents_at] == "3"
    assert dialog.restore.isEnabled()


def test_copy_is_restored_and_the_present_is_kept(opened: MainWindow, qtbot: QtBot) -> None:
    path = path_of(opened)
    add_task(opened, "Afterwards")
    dialog = restore_dialog(opened, qtbot)
    qtbot.mouseClick(dialog.restore, LEFT)
    qtbot.waitUntil(lambda: opened.context.has_workspace)
    rest(qtbot, opened)

    assert path_of(opened) == path
    assert not opened.context.read_only
    assert tasks(path) == 1
    assert [(c.reason, tasks(c.path)) for c in copies.copies_of(path)] == [
        (copies.BEFORE_RESTORING, 2),
        (copies.DAILY, 1),
    ]
    assert "is again as it was on" in opened.status.said.text()
    add_task(opened, "Work goes on")


def test_restoring_is_undone_by_one_click(opened: MainWindow, qtbot: QtBot) -> None:
    path = path_of(opened)
    add_task(opened, "Afterwards")
    qtbot.mouseClick(restore_dialog(opened, qtbot).restore, LEFT)
    qtbot.waitUntil(lambda: bool(opened.findChildren(Message)))
    (told,) = opened.findChildren(Message)
    rest(qtbot, opened)
    assert tasks(path) == 1

    with qtbot.waitSignal(opened.context.workspace_changed):
        qtbot.mouseClick(button(told, "Undo the restoring"), LEFT)
    rest(qtbot, opened)

    assert path_of(opened) == path
    assert tasks(path) == 2


def test_restoring_that_fails_leaves_the_workspace_open(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = path_of(opened)
    add_task(opened, "Afterwards")
    dialog = restore_dialog(opened, qtbot)

    def fail(*_: object) -> None:
        raise HandoverError("The disk is full.")

    monkeypatch.setattr(restoring, "restore", fail)
    qtbot.mouseClick(dialog.restore, LEFT)
    qtbot.waitUntil(lambda: opened.context.has_workspace)
    rest(qtbot, opened)

    assert opened.error_banner.sentence.text() == "The disk is full."
    assert (path_of(opened), tasks(path)) == (path, 2)


def test_copy_is_looked_into_without_a_change(opened: MainWindow, qtbot: QtBot) -> None:
    (copy,) = copies.copies_of(path_of(opened))
    before = copy.path.read_bytes()
    dialog = restore_dialog(opened, qtbot)
    qtbot.mouseClick(dialog.look, LEFT)
    qtbot.waitUntil(lambda: opened.context.has_workspace and path_of(opened) == copy.path)
    rest(qtbot, opened)

    assert opened.context.read_only
    assert copy.path.read_bytes() == before


def test_damaged_copy_is_not_restored(opened: MainWindow, qtbot: QtBot) -> None:
    (copy,) = copies.copies_of(path_of(opened))
    spoil(copy.path)
    dialog = restore_dialog(opened, qtbot)
    dialog.table.selectRow(1)

    assert cells(dialog, 1)[2] == "can't be read"
    assert not dialog.restore.isEnabled()
    assert not dialog.look.isEnabled()


def test_workspace_without_a_copy_says_when_there_will_be_one(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    with Workspace.open(path):
        window.files.open_path(path, read_only=True)
        qtbot.waitUntil(lambda: window.context.has_workspace)
        dialog = restore_dialog(window, qtbot)

    assert dialog.remark.text().startswith("There is no copy yet.")
    assert not dialog.restore.isEnabled()


# -- damage


def refused(window: MainWindow, path: Path, qtbot: QtBot) -> Message:
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.files.dialog is not None)
    rest(qtbot, window)
    message = window.files.dialog
    assert isinstance(message, Message)
    assert message.windowTitle() == f"{path.name} is damaged"
    return message


def test_damaged_file_offers_its_copies(window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot) -> None:
    path = a_workspace()
    copying.make(path, copies.DAILY)
    spoil(path)
    qtbot.mouseClick(button(refused(window, path, qtbot), "Restore a copy…"), LEFT)
    qtbot.waitUntil(lambda: isinstance(window.files.dialog, RestoreDialog))
    rest(qtbot, window)
    dialog = window.files.dialog
    assert isinstance(dialog, RestoreDialog)
    assert cells(dialog, 0)[2] == "can't be read"
    qtbot.mouseClick(dialog.restore, LEFT)
    qtbot.waitUntil(lambda: window.context.has_workspace)
    rest(qtbot, window)

    assert tasks(path) == 1
    assert reasons(path)[:1] == [copies.DAMAGED]


def test_what_can_be_read_of_a_damaged_file_is_saved_and_opened(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path, target = a_workspace(), tmp_path / "new.handover"
    spoil(path)
    message = refused(window, path, qtbot)
    assert "Restore a copy…" not in [b.text() for b in message.buttons]
    button(message, "Save what can be read…")
    message.close()
    window.files.copies.salvage(path, target)
    qtbot.waitUntil(lambda: isinstance(window.files.dialog, Message) and window.files.dialog is not message)
    told = window.files.dialog
    assert isinstance(told, Message)
    assert "saved in new.handover" in told.sentence.text()
    qtbot.mouseClick(button(told, "Open the new file"), LEFT)
    qtbot.waitUntil(lambda: window.context.has_workspace)
    rest(qtbot, window)

    assert path_of(window) == target
    assert files.inspect(target).writable


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_list_fits_and_is_named(opened: MainWindow, qtbot: QtBot, language: str) -> None:
    opened.context.choose_language(language)
    dialog = restore_dialog(opened, qtbot)

    assert cut(dialog) == []
    assert nameless(dialog) == []
    dialog.close()


def test_ctrl_s_makes_a_restore_point_and_says_that_all_else_is_saved(opened: MainWindow, qtbot: QtBot) -> None:
    rest(qtbot, opened)
    editing.add(opened.context.workspace, register("people"), opened.context.project.id, {"name": "Zhou Wen"})
    rest(qtbot, opened)

    opened.bars.commands["keep"].trigger()
    rest(qtbot, opened)

    assert opened.bars.commands["keep"].shortcut().toString() == "Ctrl+S"
    assert reasons(path_of(opened))[0] == copies.BY_HAND
    assert "Restore point made" in opened.status.said.text()
    assert tasks(copies.copies_of(path_of(opened))[0].path) == tasks(path_of(opened))


def test_ctrl_s_twice_makes_one_restore_point(opened: MainWindow, qtbot: QtBot) -> None:
    rest(qtbot, opened)
    editing.add(opened.context.workspace, register("people"), opened.context.project.id, {"name": "Zhou Wen"})
    for _ in range(2):
        opened.bars.commands["keep"].trigger()
        rest(qtbot, opened)

    assert reasons(path_of(opened)).count(copies.BY_HAND) == 1
    assert "Nothing has changed" in opened.status.said.text()

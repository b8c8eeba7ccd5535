"""Where the open workspace lies, told in the window: moved, in a synced folder, damaged, copied on closing."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import file as files
from handover.store.copies import copies
from handover.store.copies import settings as copy_settings
from tests.ui.conftest import MakeWorkspace, open_in, rest
from ui.pages.copies_settings import CopiesForm
from ui.shell.message import Message
from ui.window import file_place
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")


def add_task(window: MainWindow, name: str) -> None:
    context = window.context
    editing.add(context.workspace, register("tasks"), context.project.id, {"name": name})


def message(window: MainWindow) -> Message:
    dialog = window.files.dialog
    assert isinstance(dialog, Message)
    return dialog


def press(window: MainWindow, verb: str, qtbot: QtBot) -> None:
    button = next(b for b in message(window).buttons if b.text() == verb)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def tasks(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [name for (name,) in connection.execute("SELECT name FROM task ORDER BY ref")]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows moves no open file")
def test_moved_file_is_told_and_work_goes_on_there(opened: MainWindow, qtbot: QtBot) -> None:
    path = opened.context.workspace.path
    now = path.rename(path.with_name("renamed.handover"))

    opened.files.place._came_to_the_front(Qt.ApplicationState.ApplicationActive)
    qtbot.waitUntil(lambda: isinstance(opened.files.dialog, Message))
    assert str(now) in message(opened).sentence.text()
    add_task(opened, "After the move")
    rest(qtbot, opened)
    opened.files.close()

    assert "After the move" in tasks(now)
    assert not path.exists()
    assert opened.files.recent[0] == str(now)


def test_synced_folder_is_said_once_and_copied_to_this_machine(
    opened: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_place, "sync_client_of", lambda _: "百度网盘")
    path = opened.context.workspace.path
    opened.files.place._tell_medium(path)
    assert "百度网盘" in message(opened).windowTitle()
    press(opened, "Work here", qtbot)
    qtbot.waitUntil(lambda: opened.files.dialog is None)

    opened.files.place._tell_medium(path)
    assert opened.files.dialog is None, "it was said before"
    opened.files.place.copy_here(tmp_path / "here.handover")
    qtbot.waitUntil(lambda: opened.context.has_workspace and opened.context.workspace.path.name == "here.handover")
    rest(qtbot, opened)
    assert len(tasks(tmp_path / "here.handover")) == 1


def test_what_was_done_is_copied_on_closing_and_nothing_else(opened: MainWindow, qtbot: QtBot) -> None:
    path = opened.context.workspace.path
    rest(qtbot, opened)
    opened.files.close()
    assert [c.reason for c in copies.copies_of(path)] == [copies.DAILY]

    open_in(opened, path, qtbot)
    add_task(opened, "At the end of the day")
    rest(qtbot, opened)
    opened.files.close()

    newest, *_ = copies.copies_of(path)
    assert newest.reason == copies.ON_CLOSE
    assert "At the end of the day" in tasks(newest.path)


def test_large_damaged_file_is_found_behind_and_read_at_most(
    window: MainWindow, a_workspace: MakeWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_workspace()
    monkeypatch.setattr(files, "QUICK_CHECK_BYTES", 1000)
    with closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name='import_report'").fetchone()
    data = bytearray(path.read_bytes())
    data[(page - 1) * files.PAGE : page * files.PAGE] = b"\xa5" * files.PAGE
    path.write_bytes(data)

    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.context.has_workspace and window.context.read_only, timeout=20_000)
    rest(qtbot, window)

    assert "damaged" in window.read_only_banner.sentence.text()
    assert "damaged" in message(window).windowTitle()


def test_second_folder_and_space_are_chosen_in_the_settings(opened: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    form = CopiesForm(opened.context)
    qtbot.addWidget(form)
    try:
        form.second.setText(str(tmp_path / "nowhere"))
        form.second.editingFinished.emit()
        assert copy_settings.load().second == ""
        (tmp_path / "stick").mkdir()
        form.second.setText(str(tmp_path / "stick"))
        form.second.editingFinished.emit()
        form.most.setValue(500)

        assert copy_settings.load() == copy_settings.CopySettings(str(tmp_path / "stick"), 500_000_000)
    finally:
        copy_settings.save(copy_settings.CopySettings())


def test_check_says_what_is_wrong_and_mends_it(opened: MainWindow, qtbot: QtBot) -> None:
    path = opened.context.workspace.path
    opened.files.close()
    rest(qtbot, opened)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE task SET percent='x'")
        connection.commit()
    open_in(opened, path, qtbot)

    opened.bars.commands["check"].trigger()
    qtbot.waitUntil(lambda: isinstance(opened.files.dialog, Message))
    press(opened, "Mend what can be mended", qtbot)
    qtbot.waitUntil(lambda: opened.context.has_workspace)
    rest(qtbot, opened)

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM task WHERE percent='x'").fetchone()[0] == 0

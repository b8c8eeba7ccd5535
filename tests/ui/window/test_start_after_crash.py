"""The start after a crash: the file that was open is offered, not opened by itself."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.conftest import MakeWorkspace, end
from ui.application import Application
from ui.settings import Settings


def test_after_a_crash_the_last_file_is_opened_only_when_asked(
    start: Callable[[], Application], settings: Settings, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    settings.put("last/file", str(path))
    settings.put("last/running", True)  # nobody has taken it back: the program died
    program = start()
    program.start(None)
    qtbot.wait(50)
    assert not program.context.has_workspace
    program.start(path)
    qtbot.waitUntil(lambda: program.context.has_workspace)


def test_after_an_orderly_close_it_is_opened_again(
    start: Callable[[], Application], settings: Settings, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    settings.put("last/file", str(a_workspace()))
    first = start()
    first.start(None)
    qtbot.waitUntil(lambda: first.context.has_workspace)
    assert settings.get("last/running") is True
    end(first, qtbot)
    assert settings.get("last/running") is False

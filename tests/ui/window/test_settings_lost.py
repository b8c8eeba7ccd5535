"""Whatever becomes of settings and caches, the program starts and shows every row: nothing that counts lies in them."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from handover.registers.search.finding import search
from handover.store.checking.check import check
from tests.ui.conftest import MakeWorkspace, end, open_in, rest
from ui.application import Application
from ui.register.view import RegisterPage
from ui.settings import Settings
from ui.window.window import MainWindow

DOCUMENTS = ["Pump manual", "Pump drawing", "Tank manual"]
#: Values that JSON can say and no key holds: more than can be counted, a list of nothing, half a character.
STRANGE = [-1e300, [None], "\ud800"]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, mappings, anchors and search index of a user of his own."""
    folder = tmp_path / "home"
    monkeypatch.setenv("HANDOVER_HOME", str(folder))
    return folder


@pytest.fixture
def complaints(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    found: list[BaseException] = []
    monkeypatch.setattr(MainWindow, "_complained", lambda _self, error: found.append(error))
    return found


def titles(window: MainWindow, qtbot: QtBot) -> list[str]:
    """The titles of the documents as the page shows them."""
    window._visit("documents")
    rest(qtbot, window)
    page = window.host.current
    assert isinstance(page, RegisterPage)
    model = page.table.rows
    column = [field.field for field in model.fields].index("title")
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def visit_all(window: MainWindow, qtbot: QtBot) -> None:
    for key in ("overview", "plan", "tasks", "blockers", "picks"):
        window._visit(key)
        rest(qtbot, window)
        window.grab()


@pytest.fixture
def begin(qapp: Any, qtbot: QtBot, home: Path) -> Iterator[Callable[[], MainWindow]]:
    """Starts the program with the settings that lie in the user's folder; the one before is closed."""
    running: list[Application] = []

    def fresh() -> MainWindow:
        while running:
            end(running.pop(), qtbot)
        program = Application(qapp, Settings())
        running.append(program)
        program.window.show()
        return program.window

    yield fresh
    while running:
        end(running.pop(), qtbot)


def test_all_is_shown_when_every_setting_and_cache_was_deleted(
    begin: Callable[[], MainWindow], home: Path, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    window = begin()
    open_in(window, path, qtbot)
    before = titles(window, qtbot)
    page = window.host.current
    assert isinstance(page, RegisterPage)
    page.table.column_resized.emit("title", 333)
    window.close()
    assert list(home.iterdir())
    shutil.rmtree(home)
    again = begin()
    open_in(again, path, qtbot)
    assert sorted(titles(again, qtbot)) == sorted(before) == sorted(DOCUMENTS)
    assert search(again.context.workspace, "Pump")
    again.close()
    assert check(path) == []


def test_deleting_them_while_the_window_is_open_loses_nothing(
    begin: Callable[[], MainWindow], home: Path, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    window = begin()
    open_in(window, a_workspace(), qtbot)
    shutil.rmtree(home)
    visit_all(window, qtbot)
    assert sorted(titles(window, qtbot)) == sorted(DOCUMENTS)
    window.close()


@pytest.mark.skipif(os.name == "nt", reason="a name that is a file can't be a folder there either, with another error")
def test_without_a_place_for_settings_the_program_starts(
    begin: Callable[[], MainWindow], home: Path, a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    home.write_text("a file where the folder would be")
    window = begin()
    open_in(window, a_workspace(), qtbot)
    assert sorted(titles(window, qtbot)) == sorted(DOCUMENTS)


def test_files_of_bytes_without_meaning_are_settings_of_nothing(
    begin: Callable[[], MainWindow],
    home: Path,
    a_workspace: MakeWorkspace,
    qtbot: QtBot,
    complaints: list[BaseException],
) -> None:
    path = a_workspace()
    window = begin()
    open_in(window, path, qtbot)
    titles(window, qtbot)
    window.close()
    for file in [file for file in home.rglob("*") if file.is_file()]:
        file.write_bytes(bytes(range(256)) * 20)
    again = begin()
    open_in(again, path, qtbot)
    visit_all(again, qtbot)
    assert sorted(titles(again, qtbot)) == sorted(DOCUMENTS)
    assert complaints == []


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: json.dumps(value)[:20])
def test_values_of_another_kind_under_every_key_do_no_harm(
    begin: Callable[[], MainWindow],
    home: Path,
    a_workspace: MakeWorkspace,
    qtbot: QtBot,
    complaints: list[BaseException],
    value: Any,
) -> None:
    path = a_workspace()
    window = begin()
    open_in(window, path, qtbot)
    visit_all(window, qtbot)
    titles(window, qtbot)
    window.close()
    window.context.settings.sync()
    spoil(home / "window.ini", value)
    again = begin()
    open_in(again, path, qtbot)
    visit_all(again, qtbot)
    assert sorted(titles(again, qtbot)) == sorted(DOCUMENTS)
    assert complaints == []


def spoil(file: Path, value: Any) -> None:
    """Put a value under every key; and under every key of what a page has kept of its place."""
    store = QSettings(str(file), QSettings.Format.IniFormat)
    for key in store.allKeys():
        kept = json.loads(str(store.value(key)))
        if key.endswith("/pages"):
            kept = {page: dict.fromkeys(state, value) for page, state in kept.items()}
        else:
            kept = value
        store.setValue(key, json.dumps(kept))
    store.sync()

"""Nothing is cut off and nothing is nameless, in either language, on every page and dialog of the frame."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget
from pytestqt.qtbot import QtBot

from handover import sample
from handover.store import Workspace
from tests.sample.once import a_sample
from tests.ui.conftest import rest
from ui.pages.project import ProjectDialog
from ui.pages.settings import SettingsDialog
from ui.shell.help import Help
from ui.shell.message import Message, MessageChoice
from ui.window.about import About
from ui.window.begin import NewWorkspace
from ui.window.palette import Palette
from ui.window.search import SearchDialog
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")

DIALOGS: dict[str, Callable[[MainWindow], QDialog]] = {
    "about": About,
    "new workspace": NewWorkspace,
    "help": lambda window: Help((), window.all_actions(), window),
    "message": lambda window: Message(
        "Something",
        "A sentence.",
        MessageChoice("Go on working"),
        MessageChoice("Close the program"),
        detail="x",
        parent=window,
    ),
    "palette": lambda window: Palette(window.context, window.all_actions(), window),
    "search": lambda window: SearchDialog(window.context, window.projects, window),
    "project": lambda window: ProjectDialog(window.context, parent=window),
    "settings": lambda window: SettingsDialog(window.context, window),
}


def cut(top: QWidget) -> list[str]:
    """The labels and buttons that have less room than their text needs."""
    found = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, QLabel | QAbstractButton):
            continue
        text = widget.text()
        if not text or (isinstance(widget, QLabel) and widget.wordWrap()):
            continue
        # A pixel of a button's padding, given up by a dialog that is bound to the screen, cuts no text.
        low = widget.height() + 1 < widget.minimumSizeHint().height()
        if low or widget.width() < widget.sizeHint().width():
            found.append(f"{text!r}: {widget.size().toTuple()} < {widget.sizeHint().toTuple()}")
    return found


def nameless(top: QWidget) -> list[str]:
    """The controls that a screen reader has no name for."""
    found = []
    for widget in [top, *top.findChildren(QWidget)]:
        reachable = widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        if not reachable or widget.focusProxy() is not None or widget.objectName().startswith("qt_"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_fit_and_are_named(opened: MainWindow, language: str, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    opened.context.choose_language(language)
    for key in ("overview", "blockers", "settings"):
        opened.context.go(key)
        rest(qtbot, opened)

        assert (key, cut(opened), nameless(opened)) == (key, [], [])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_dialogs_fit_and_are_named(opened: MainWindow, language: str, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    opened.context.choose_language(language)
    for name, make in DIALOGS.items():
        dialog = make(opened)
        dialog.open()
        qtbot.waitExposed(dialog)
        rest(qtbot, opened)

        assert (name, cut(dialog), nameless(dialog)) == (name, [], [])
        assert dialog.windowTitle(), name
        dialog.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_welcome_page_fits_and_is_named(window: MainWindow, language: str) -> None:
    window.resize(1280, 800)
    window.context.choose_language(language)

    assert cut(window) == []
    assert nameless(window) == []


def test_sample_opens_from_the_welcome_page(
    window: MainWindow,
    qtbot: QtBot,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = a_sample(tmp_path_factory, "en")

    def build(path: Path, language: str, _progress: object) -> Path:
        assert language == "en"
        shutil.copytree(made.parent, path.parent, dirs_exist_ok=True)
        return (path.parent / made.name).rename(path)

    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sample, "build", build)
    qtbot.mouseClick(window._middle.currentWidget().ways["sample"].button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.context.has_workspace, timeout=60_000)
    rest(qtbot, window)

    assert (tmp_path / "home" / "sample" / "Sample.handover").exists()
    assert window.navigation.tree.counts["documents"] > 50


def test_a_fresh_sample_lies_beside_the_one_in_which_somebody_worked(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(path: Path, _language: str, _progress: object) -> Path:
        Workspace.create(path).close()
        return path

    monkeypatch.setenv("HANDOVER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sample, "build", build)
    for name in ("Sample.handover", "Sample (1).handover"):
        window.bars.commands["fresh_sample"].trigger()
        wanted = tmp_path / "home" / "sample" / name
        qtbot.waitUntil(lambda path=wanted: window.context.has_workspace and window.context.workspace.path == path)
        rest(qtbot, window)
    assert (tmp_path / "home" / "sample" / "Sample.handover").exists()

"""What lies over the window and belongs to no page: dialogs, the palette, the search."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.errors import UnusableFile
from handover.i18n import N_, tr
from handover.store.copies import copies, copying
from tests.gallery.opening import Opener, Scenes, language
from ui.pages.project import ProjectDialog
from ui.pages.settings import SettingsDialog
from ui.shell.help import KEYS, Help
from ui.shell.jobs import Job
from ui.shell.message import Message, MessageChoice
from ui.shell.progress import ProgressPanel
from ui.window.about import About
from ui.window.begin import NewWorkspace
from ui.window.palette import Palette
from ui.window.restore import RestoreDialog
from ui.window.search import SearchDialog
from ui.window.window import MainWindow


def _new_workspace(window: MainWindow) -> QWidget:
    return NewWorkspace(window, tr("Tank farm"))


def _refused(window: MainWindow) -> QWidget:
    error = UnusableFile(
        N_("{file} is not a Handover workspace. Choose a file that ends in .handover."), file="plan.zip"
    )
    window.files._refused(Path("plan.zip"), error)
    assert window.files.dialog is not None
    return window.files.dialog


def _unexpected(window: MainWindow) -> QWidget:
    window._watch._show("ZeroDivisionError: division by zero")
    assert window._watch.dialog is not None
    window._watch.dialog.more.click()
    return window._watch.dialog


def _progress(window: MainWindow) -> QWidget:
    job = Job(tr("Opening {file}", file="task-list.xlsx"), lambda _progress: None, window)
    panel = ProgressPanel(job, window)
    panel._timer.stop()
    panel._end_patience()
    job.progressed.emit(3120, 10000, tr("the first {n} of {of}", n=3120, of=10000))
    return panel


def _palette(typed: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        palette = Palette(window.context, window.all_actions(), window)
        return _typed(palette, typed)

    return show


def _search(typed: str) -> Opener:
    def show(window: MainWindow) -> QWidget:
        return _typed(SearchDialog(window.context, window.projects, window), typed)

    return show


def _typed(box: Palette | SearchDialog, typed: str) -> QWidget:
    box.open()
    box.type(typed)
    box._pause.stop()
    if typed:
        box._ask()
    return box


def _question(window: MainWindow) -> QWidget:
    return Message(
        tr("Open in another window"),
        tr(
            "{file} is already open elsewhere. It can be read here; close the other window to change it.",
            file="A.handover",
        ),
        MessageChoice(tr("Open for reading"), role="primary"),
        MessageChoice(tr("Cancel")),
        tone="warning",
        parent=window,
    )


def _properties(window: MainWindow) -> QWidget:
    return ProjectDialog(window.context, window.context.workspace.project(window.context.project.code), window)


def _copies(window: MainWindow) -> QWidget:
    context = window.context
    copying.make(context.workspace.path, copies.DAILY)
    return RestoreDialog(context, context.workspace.path, parent=window)


def scenes() -> Scenes:
    """The window's own dialogs, the palette and the search."""
    yield "dialog-new-workspace", _new_workspace
    yield "dialog-new-project", lambda window: ProjectDialog(window.context, parent=window)
    yield "dialog-project-properties", _properties
    yield "dialog-not-opened", _refused
    yield "dialog-open-elsewhere", _question
    yield "dialog-unexpected-error", _unexpected
    yield "dialog-progress", _progress
    yield "dialog-settings", lambda window: SettingsDialog(window.context, window)
    yield "dialog-about", About
    yield "dialog-help", lambda window: Help(("overview",), window.all_actions(), window)
    yield "dialog-help-keys", lambda window: Help((KEYS,), window.all_actions(), window)
    yield "dialog-copies", _copies
    yield "palette", _palette("")
    yield "palette-found", _palette("doc")
    yield "search-everything", _search("battery" if language() == "en" else "电池")
    yield "search-everything-pinyin", _search("dc")
    yield "search-everything-empty", _search("")
    yield "search-everything-nothing", _search("zeppelin")

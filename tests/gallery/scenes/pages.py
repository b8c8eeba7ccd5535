"""The pages, as they are first opened and in some states."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from handover.errors import UnusableFile
from handover.i18n import N_
from handover.registers import query
from handover.registers.catalogue import register, registers
from tests.gallery.opening import Opener, Scenes, page
from ui.pages.settings import SettingsPage
from ui.shell.chapters import page_entries
from ui.window.window import MainWindow


def _details(key: str) -> Opener:
    def show(window: MainWindow) -> None:
        context = window.context
        with context.workspace.read() as connection:
            found = next(
                query.every(connection, register(key), context.project.id, query.Query(sort=(("ref", False),)))
            )
        context.open_row(key, found.id)

    return show


def _error_banner(window: MainWindow) -> None:
    window.context.go("overview")
    window.error_banner.complain(UnusableFile(N_("{file} can't be read."), file="tasks.xlsx", detail="EIO"))


def _numbers(window: MainWindow) -> None:
    """The end of the settings: how the project numbers its papers."""
    window.context.go("settings")
    shown = window.host.current
    assert isinstance(shown, SettingsPage)
    bar = shown.findChildren(QScrollArea)[0].verticalScrollBar()
    bar.rangeChanged.connect(lambda _low, high: bar.setValue(high))
    bar.setValue(bar.maximum())


def scenes() -> Scenes:
    """Every page of the navigation, and what their states look like."""
    for entry in page_entries():
        yield f"page-{entry.key}", page(entry.key)
    for key in ("pick_lists", "picks"):
        yield f"page-{key}", page(key)
    for each in registers():
        if any(view.key == "overdue" for view in each.views):
            yield f"page-{each.key}-overdue", page(each.key, view="overdue")
    yield "page-documents-nothing-found", page("documents", text="zzzz")
    for key in ("documents", "tasks", "groups", "knowledge", "fault-cases", "meetings", "decisions"):
        yield f"page-{key}-details", _details(key)
    yield "page-documents-bin", page("documents", bin=True)
    yield "page-overview-with-error", _error_banner
    yield "page-settings-numbers", _numbers

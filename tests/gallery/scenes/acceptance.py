"""Acceptance: the sheet of readings as a file."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.gallery.opening import Scenes, wait
from ui.chapters.measuring.entry_page import ReadingsEntryPage
from ui.chapters.measuring.paper import AcceptancePaperDialog
from ui.window.window import MainWindow


def _sheet(window: MainWindow) -> QWidget:
    window.context.go("readings_entry")
    wait(lambda: not window.context.jobs)
    shown = window.host.current
    assert isinstance(shown, ReadingsEntryPage)
    shown.write_sheet()
    return next(d for d in window.findChildren(AcceptancePaperDialog) if d.isVisible())


def scenes() -> Scenes:
    """What asks where the sheet goes."""
    yield "acceptance-sheet", _sheet

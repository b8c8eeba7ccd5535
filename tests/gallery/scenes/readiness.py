"""Readiness: areas, gates with their reviews, spare parts, emergency plans, and taking a template."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from handover.registers import query
from handover.registers.catalogue import register
from tests.gallery.opening import Opener, Scenes, register_page, wait
from ui.chapters.gates import GatePage
from ui.chapters.readying.phase_template import TakePhasesDialog
from ui.window.window import MainWindow


def _gate(place: int, share: float = 0.0) -> Opener:
    def show(window: MainWindow) -> None:
        window.context.go("gate_page")
        shown = window.host.current
        assert isinstance(shown, GatePage)
        wait(lambda: shown.choice.count() > place)
        shown.choice.setCurrentIndex(place)
        shown.choice.activated.emit(place)
        wait(lambda: bool(shown.buttons))
        bar = shown.findChildren(QScrollArea)[0].verticalScrollBar()
        wait(lambda: bar.maximum() > 0)
        bar.setValue(round(bar.maximum() * share))

    return show


def _template(window: MainWindow) -> QWidget:
    dialog = TakePhasesDialog(window.context, register_page(window, "criteria"))
    dialog.open()
    return dialog


def _row(key: str, at: int) -> Opener:
    def show(window: MainWindow) -> None:
        context = window.context
        asked = query.Query(sort=(("ref", False),))
        with context.workspace.read() as connection:
            found = list(query.every(connection, register(key), context.project.id, asked))
        context.open_row(key, found[at].id)

    return show


def scenes() -> Scenes:
    """The pages of readiness in the states of the sample."""
    yield "gate-passed-on-conditions", _gate(1)
    yield "gate-passed-on-conditions-below", _gate(1, 1.0)
    yield "gate-with-blockers", _gate(3)
    yield "readiness-template", _template
    yield "gate-review-details", _row("gate-reviews", 2)
    yield "criterion-details", _row("criteria", 2)
    yield "emergency-plan-details", _row("emergency-plans", 0)
    yield "spare-details", _row("spares", 0)

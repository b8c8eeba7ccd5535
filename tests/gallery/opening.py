"""How a scene is opened: a page in a state, a register on a row, and waiting until it is there."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QScrollArea, QWidget

from handover import i18n
from ui.register.own_acts import own_acts
from ui.register.view import RegisterPage
from ui.window.window import MainWindow

SAMPLES = Path(__file__).resolve().parent.parent.parent / "resources" / "sample"
PATIENCE = 60.0

#: Shows something on the window; what it returns, if anything, lies over the window.
Opener = Callable[[MainWindow], QWidget | None]
#: What there is to see of a subject, by name.
Scenes = Iterator[tuple[str, Opener]]


def page(key: str, **state: object) -> Opener:
    """Opens a page, in a state."""

    def show(window: MainWindow) -> None:
        window.context.go(key, **state)

    return show


def register_page(window: MainWindow, key: str, **state: object) -> RegisterPage:
    """The page of a register with its first row current."""
    window.context.go(key, **state)
    shown = window.host.current
    assert isinstance(shown, RegisterPage)
    wait(lambda: shown.model.rowCount() > 0)
    shown.detail.drop_draft()  # a row that a scene before began would stand where this one's rows do
    return shown


def in_state(window: MainWindow, key: str, state: str) -> RegisterPage:
    """The page of a register on its first row in a state, with its details."""
    shown = register_page(window, key, view="", details=True)
    field = next(f for f in shown.register.fields if f.lifecycle is not None)
    rows = shown.model.rows(range(shown.model.rowCount()), (field,))
    place = next(n for n, row in enumerate(rows) if row.values[0] == state)
    shown.table.go_to(place, 0)
    shown.detail.tabs.setCurrentIndex(0)
    return shown


def dialog_of_act(window: MainWindow, key: str, picture: str, kind: type[QDialog], at: int = 0) -> QDialog:
    """What an act on a row of a register, known by its picture, asks."""
    shown = register_page(window, key, view="")
    act = next(a for a in own_acts(window.context, shown.register) if a.icon == picture)
    row = shown.model.row(at)
    assert row is not None
    act.run([row.id], shown)
    wait(lambda: not window.context.jobs)
    return next(d for d in window.findChildren(kind) if d.isVisible())


def wait(reached: Callable[[], bool], help_on: Callable[[], object] = lambda: None) -> None:
    """Let the program work until a state is reached."""
    end = time.monotonic() + PATIENCE
    while not reached():
        if time.monotonic() > end:
            raise RuntimeError("a scene was never reached")
        QApplication.processEvents()
        if not reached():
            help_on()


def scrolled(key: str, share: float) -> Opener:
    """Opens a page once it has read what it shows, scrolled down by a share of its height."""

    def show(window: MainWindow) -> None:
        window.context.go(key)
        wait(lambda: not window.context.jobs)
        shown = window.host.current
        assert shown is not None
        bar = shown.findChildren(QScrollArea)[0].verticalScrollBar()
        bar.setValue(int(bar.maximum() * share))

    return show


def language() -> str:
    """The language in which the scene is drawn."""
    return i18n.language()

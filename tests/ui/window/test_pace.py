"""A job that takes a while says how fast it gets on and how long it will yet take."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from handover.jobs import Progress, step
from tests.ui.conftest import rest
from ui.shell import pace, progress
from ui.shell.pace import Pace
from ui.shell.progress import ProgressPanel
from ui.transfer import work as work_module
from ui.transfer.work import WorkStrip
from ui.window.window import MainWindow


class Clock:
    """A clock that goes on when told."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 1000, 10, ""),
        (500, 1000, 1.0, ""),
        (500, 1000, 10, "50 per second, about 10 seconds left"),
        (9_000, 90_000, 90, "100 per second, about 14 minutes left"),
        (5, 10, 10, "about 10 seconds left"),
        (999, 1000, 100, "10 per second, about 1 second left"),
        (1000, 1000, 100, ""),
        (7, 0, 100, ""),
    ],
)
def test_pace_and_time_left_are_told_from_what_was_done(done: int, total: int, seconds: float, said: str) -> None:
    clock = Clock()
    told = Pace(clock)
    assert told.says(0, total, "Rows") == ""
    clock.now += seconds

    assert told.says(done, total, "Rows") == said


def test_each_part_of_a_job_is_timed_from_its_own_beginning() -> None:
    clock = Clock()
    told = Pace(clock)
    told.says(0, 1000, "Reading")
    clock.now += 60
    assert told.says(600, 1000, "Storing") == ""  # begun elsewhere: what was done before says nothing
    clock.now += 4

    assert told.says(700, 1000, "Storing") == "25 per second, about 12 seconds left"
    assert told.says(10, 1000, "Storing") == ""  # begun anew


def test_strip_and_panel_show_the_pace(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "_NOT_BEFORE", 0.0)
    monkeypatch.setattr(progress, "SHOWN_AFTER_MS", 0)
    monkeypatch.setattr(work_module, "SHOWN_AFTER_MS", 0)
    go_on = threading.Event()

    def slow(progress: Progress) -> None:
        for done in range(1, 1000):
            step(progress, done, 1000, "Row by row")
            if go_on.wait(0.05):
                return

    window.show()
    strip = WorkStrip(window.context, window)
    strip.run("Import", slow, lambda _: None)
    qtbot.waitUntil(lambda: "per second" in strip.pace.text() and "left" in strip.pace.text())
    go_on.set()
    qtbot.waitUntil(lambda: not strip.busy)

    go_on.clear()
    window.context.run_job("Import", slow)
    qtbot.waitUntil(lambda: "per second" in "".join(p.pace.text() for p in window.findChildren(ProgressPanel)))
    go_on.set()
    rest(qtbot, window)

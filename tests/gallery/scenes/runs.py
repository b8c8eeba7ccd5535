"""The clock of a run that passed and the clock alone, the run sheet of a night that is over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.registers.running.run_board import board_of, runs_of
from handover.registers.running.sheets import waves_of
from tests.gallery.opening import Scenes
from ui.chapters.running.clock_face import ClockScreen
from ui.window.window import MainWindow


def _clock_of(window: MainWindow, status: str) -> str:
    context = window.context
    with context.workspace.read() as connection:
        return next(run.id for run in runs_of(connection, context.project.id) if run.status == status)


def _passed(window: MainWindow) -> None:
    window.context.go("run_clock", run=_clock_of(window, "passed"))


def _alone(window: MainWindow) -> QWidget:
    with window.context.workspace.read() as connection:
        board = board_of(connection, _clock_of(window, "running"))
    screen = ClockScreen(window)
    screen.face.show_board(board)
    screen.resize(window.size())
    screen.show()
    return screen


def _night_over(window: MainWindow) -> None:
    context = window.context
    with context.workspace.read() as connection:
        wave = next(wave for wave in waves_of(connection, context.project.id) if wave.status == "verified")
    context.go("run_sheet", wave=wave.id)


def scenes() -> Scenes:
    """The clock of a run that passed, the clock alone, and a night that is over."""
    yield "runs-clock-passed", _passed
    yield "runs-clock-alone", _alone
    yield "runs-night-over", _night_over

"""Closing the window in the middle of an act: it is taken back whole, and no thread or timer outlives the window."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from handover.jobs import Progress, step
from handover.model import Document
from handover.store.checking.check import check
from tests.domain import contents
from tests.sources import ROOT
from tests.ui.conftest import MakeWorkspace, open_in
from ui.application import Application

pytestmark = pytest.mark.usefixtures("plain_registers")


def begun(program: Application, path: Path, qtbot: QtBot) -> threading.Event:
    """Start an act without end on the open workspace, and wait until it is in its middle."""
    open_in(program.window, path, qtbot)
    middle, pause = threading.Event(), threading.Event()
    workspace, project = program.context.workspace, program.context.project.id

    def write(progress: Progress) -> None:
        with workspace.edit("Import", project=project) as work:
            while True:
                work.insert_many(Document, [{"title": "Half an act"}])
                work.session.flush()
                middle.set()
                step(progress, 0, 0, "Row by row")
                pause.wait(0.005)

    program.context.run_job("Import", write)
    assert middle.wait(30)
    return middle


def test_act_in_the_middle_is_taken_back_whole(
    start: Callable[[], Application], a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    path = a_workspace()
    before = contents(path)
    program = start()
    begun(program, path, qtbot)

    assert program.window.close()

    assert contents(path) == before
    assert check(path) == []
    assert not path.with_name(path.name + ".lock").exists()


def test_no_thread_and_no_timer_outlives_the_window(
    start: Callable[[], Application], a_workspace: MakeWorkspace, qtbot: QtBot
) -> None:
    program = start()
    begun(program, a_workspace(), qtbot)
    timers = program.window.findChildren(QTimer)
    assert timers
    assert program.window.close()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert [thread.name for thread in threading.enumerate() if thread.name.startswith("job:")] == []
    assert [timer for timer in timers if isValid(timer)] == []


def test_the_program_ends_well_with_copied_rows_on_the_clipboard() -> None:
    code = (
        "import sys; from PySide6.QtWidgets import QApplication; app = QApplication([])\n"
        "from ui.application import release_clipboard; from ui.register.grid import clipboard\n"
        "clipboard.put([['a', 'b']]); app.processEvents(); release_clipboard()\n"
        "assert clipboard.take() == 'a\\tb', clipboard.take()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr

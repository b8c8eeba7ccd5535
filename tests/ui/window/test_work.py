"""Work in the window: jobs, errors that are told, faults that nobody foresaw."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from handover.errors import Cancelled, HandoverError, Reason
from handover.jobs import Progress, step
from handover.model.project import Project
from tests.ui.conftest import rest
from ui.application import Application
from ui.settings import settings_folder
from ui.shell import progress as progress_module
from ui.shell.progress import ProgressPanel
from ui.window import alarm_banner
from ui.window.unexpected import LOG
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
LEFT = Qt.MouseButton.LeftButton


def panel(window: MainWindow) -> ProgressPanel | None:
    return next((p for p in window.findChildren(ProgressPanel) if p.isVisible()), None)


def endless(progress: Progress) -> None:
    """Work that only ends when it is stopped."""
    pause = threading.Event()
    done = 0
    while True:
        step(progress, done, 100, "Row by row")
        done = min(done + 1, 99)
        pause.wait(0.005)


def test_result_of_a_job_arrives_in_the_windows_thread(window: MainWindow, qtbot: QtBot) -> None:
    seen: list[tuple[object, object, object]] = []
    here = threading.current_thread()
    window.context.run_job(
        "Count",
        lambda _progress: threading.current_thread(),
        done=lambda where: seen.append((where, threading.current_thread(), here)),
    )
    qtbot.waitUntil(lambda: bool(seen))

    worked, told, expected = seen[0]
    assert worked is not expected
    assert told is expected


def test_short_job_shows_nothing(window: MainWindow, qtbot: QtBot) -> None:
    window.context.run_job("Count", lambda _progress: None)
    rest(qtbot, window)

    assert panel(window) is None


def test_long_job_shows_its_progress_and_stops_when_asked(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 10)
    window.context.run_job("Import tasks", endless)
    qtbot.waitUntil(lambda: panel(window) is not None)
    shown = panel(window)
    assert shown is not None
    qtbot.waitUntil(lambda: shown.what.text() == "Row by row" and shown.bar.maximum() == 100)
    qtbot.mouseClick(shown.cancel, LEFT)
    rest(qtbot, window)

    assert panel(window) is None
    assert window.status.said.text() == "Stopped. Nothing was changed."


def test_escape_stops_a_job(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress_module, "SHOWN_AFTER_MS", 10)
    failures: list[BaseException] = []
    window.context.run_job("Import tasks", endless, failed=failures.append)
    qtbot.waitUntil(lambda: panel(window) is not None)
    shown = panel(window)
    assert shown is not None
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    rest(qtbot, window)

    assert [type(f) for f in failures] == [Cancelled]


def test_keys_wait_while_a_job_has_just_begun(opened: MainWindow, qtbot: QtBot) -> None:
    go_on = threading.Event()
    opened.context.run_job("Write", lambda _progress: go_on.wait(30))
    page = opened.host.current
    qtbot.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.host.current is page

    go_on.set()
    rest(qtbot, opened)
    qtbot.keyClick(opened, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert opened.host.current is not page


def test_failure_of_a_job_is_told_plainly(window: MainWindow, qtbot: QtBot) -> None:
    def fail(_progress: Progress) -> None:
        raise HandoverError("The disk is full.", detail="errno 28")

    window.context.run_job("Export", fail)
    rest(qtbot, window)

    assert window.error_banner.isVisible()
    assert window.error_banner.sentence.text() == "The disk is full."
    qtbot.mouseClick(window.error_banner.copy, LEFT)
    assert QGuiApplication.clipboard().text() == "errno 28"


def test_refused_edit_is_told_until_one_succeeds(opened: MainWindow, qtbot: QtBot) -> None:
    def rename(name: str) -> str:
        with opened.context.workspace.edit("Rename") as work:
            work.get(Project, opened.context.project.id).name = name
        return name

    assert opened.context.act(lambda: rename(" ")) is None
    assert opened.error_banner.isVisible()

    assert opened.context.act(lambda: rename("North")) == "North"
    assert not opened.error_banner.isVisible()
    rest(qtbot, opened)


def test_change_from_a_thread_reaches_the_page(opened: MainWindow, qtbot: QtBot) -> None:
    workspace, project = opened.context.workspace, opened.context.project.id

    def write(_progress: Progress) -> None:
        with workspace.edit("Rename") as work:
            work.get(Project, project).name = "From afar"

    with qtbot.waitSignal(opened.context.changed) as change:
        opened.context.run_job("Write", write)
    rest(qtbot, opened)

    assert change.args == [frozenset({"project"})]
    assert "From afar" in opened.windowTitle()


def unforeseen(_progress: Progress) -> None:
    """Work with a fault in it."""
    raise ZeroDivisionError("by nothing")


def in_a_job(program: Application) -> None:
    program.context.run_job("Divide", unforeseen)


def in_the_window(program: Application) -> None:
    error = ZeroDivisionError("by nothing")
    program.watch.caught(ZeroDivisionError, error, None)


def in_a_thread(program: Application) -> None:
    thread = threading.Thread(target=in_the_window, args=(program,))
    thread.start()
    thread.join()


@pytest.mark.parametrize("happen", [in_a_job, in_the_window, in_a_thread])
def test_fault_nobody_foresaw_is_shown_with_details_to_copy(
    program: Application, qtbot: QtBot, happen: Callable[[Application], None]
) -> None:
    happen(program)
    qtbot.waitUntil(lambda: program.watch.dialog is not None)
    dialog = program.watch.dialog
    assert dialog is not None
    assert "your data is as it was" in dialog.sentence.text()
    assert "by nothing" not in dialog.sentence.text()
    qtbot.mouseClick(dialog.copy, LEFT)
    assert "ZeroDivisionError: by nothing" in QGuiApplication.clipboard().text()

    qtbot.mouseClick(dialog.buttons[0], LEFT)
    qtbot.waitUntil(lambda: program.watch.dialog is None)
    assert program.window.isVisible()


def test_faults_in_a_row_show_one_dialog(program: Application, qtbot: QtBot) -> None:
    in_the_window(program)
    first = program.watch.dialog
    in_the_window(program)

    assert program.watch.dialog is first
    assert first is not None
    first.close()


def test_closing_stops_what_is_running(start: Callable[[], Application], qtbot: QtBot) -> None:
    program = start()
    job = program.context.run_job("Read", endless, background=True)
    program.window.close()

    assert job.cancelled
    assert job.wait(0)


def test_faults_and_qts_own_warnings_are_kept_in_a_log(program: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    before = qInstallMessageHandler(None)
    program.watch.install()
    try:
        qWarning("a stylesheet that Qt can't read")
        sys.excepthook(ZeroDivisionError, ZeroDivisionError("by nothing"), None)
    finally:
        qInstallMessageHandler(before)
        for handler in LOG.handlers:
            handler.close()
        LOG.handlers.clear()
    log = (settings_folder() / "window.log").read_text(encoding="utf-8")

    assert "a stylesheet that Qt can't read" in log
    assert "ZeroDivisionError: by nothing" in log
    assert program.watch.dialog is not None
    program.watch.dialog.close()


def test_alarms_are_read_in_a_thread_and_once_for_changes_that_follow_closely(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[threading.Thread] = []

    def raised(_connection: object, _project: str) -> list[Reason]:
        asked.append(threading.current_thread())
        return [Reason("The pumps are stopped")]

    monkeypatch.setattr(alarm_banner, "alarms", raised)
    for _ in range(5):
        opened.context.changed.emit(frozenset({"decision"}))
    rest(qtbot, opened)
    assert opened.alarm_banner.isVisible()
    assert opened.alarm_banner.sentence.text() == "The pumps are stopped"
    assert len(asked) == 2
    assert threading.main_thread() not in asked

    opened.files.close()
    assert not opened.alarm_banner.isVisible()

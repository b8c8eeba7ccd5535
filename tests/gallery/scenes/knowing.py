"""Knowledge: what may be lost, the calendar of sessions, and the dialogs of its papers and of what is typed back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from handover.registers import query
from handover.registers.catalogue import register
from tests.gallery.opening import Opener, Scenes, wait
from ui.chapters.knowing.answers import AnswersDialog
from ui.chapters.knowing.calendar_model import MODES
from ui.chapters.knowing.calendar_page import NewSessionForm, SessionCalendarPage
from ui.chapters.knowing.fault_writing import FaultWritingPage
from ui.chapters.knowing.forms import PlanSessionForm, VerificationForm, retention_form
from ui.chapters.knowing.invite import SessionInviteDialog
from ui.chapters.knowing.loss_dialog import LossPaperDialog
from ui.chapters.knowing.loss_page import LossRiskPage
from ui.chapters.knowing.papers import KnowledgePaperDialog, sheet_paper
from ui.chapters.lessons import ReviseForm
from ui.window.window import MainWindow


def _first(window: MainWindow, key: str) -> str:
    context = window.context
    with context.workspace.read() as connection:
        asked = query.Query(sort=(("ref", False),))
        return str(next(iter(query.every(connection, register(key), context.project.id, asked))).id)


def _calendar(mode: int) -> Opener:
    def show(window: MainWindow) -> None:
        window.context.go("session_calendar", mode=MODES[mode])
        shown = window.host.current
        assert isinstance(shown, SessionCalendarPage)
        wait(lambda: shown.model.read is not None and shown.model.mode == MODES[mode])

    return show


def _scales(window: MainWindow) -> None:
    window.context.go("loss_risks")
    shown = window.host.current
    assert isinstance(shown, LossRiskPage)
    wait(lambda: shown.risks is not None)
    shown.show_scales()


def _fault(window: MainWindow) -> None:
    window.context.go("fault_writing")
    shown = window.host.current
    assert isinstance(shown, FaultWritingPage)
    editor = shown.boxes["symptom"].editor
    assert isinstance(editor, QPlainTextEdit)
    editor.setPlainText("焊接飞溅 机器人 碰撞报警 Robot stops with a collision alarm")
    wait(lambda: bool(shown.similar.cases))


def _new_session(window: MainWindow) -> QWidget:
    window.context.go("session_calendar")
    shown = window.host.current
    assert isinstance(shown, SessionCalendarPage)
    shown.plan()
    return next(d for d in window.findChildren(NewSessionForm) if d.isVisible())


def _over(key: str, make: Callable[[MainWindow, str], QWidget]) -> Opener:
    def show(window: MainWindow) -> QWidget:
        dialog = make(window, _first(window, key))
        dialog.open()  # type: ignore[attr-defined]  # a dialog
        return dialog

    return show


def scenes() -> Scenes:
    """The pages and dialogs of knowledge on the sample."""
    for n, mode in enumerate(MODES):
        yield f"session-calendar-{mode}", _calendar(n)
    yield "loss-scales", _scales
    yield "fault-writing", _fault
    yield "plan-session", _over("knowledge", lambda w, key: PlanSessionForm(w.context, key, w))
    yield "verification-back", _over("receivers", lambda w, key: VerificationForm(w.context, key, w))
    yield "interview-answers", _over("knowledge", lambda w, key: AnswersDialog(w.context, key, w))
    yield (
        "verification-sheets",
        _over("receivers", lambda w, key: KnowledgePaperDialog(w.context, sheet_paper([key]), w)),
    )
    yield "loss-paper", _over("people", lambda w, _key: LossPaperDialog(w.context, "tva", w))
    yield "new-session", _new_session
    yield "retention-measure", _over("people", lambda w, key: retention_form(w.context, key, w))
    yield "session-invite", _over("sessions", lambda w, key: SessionInviteDialog(w.context, [key], w))
    yield "revise-procedure", _over("lessons", lambda w, key: ReviseForm(w.context, key, w))

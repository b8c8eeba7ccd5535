"""The page of the plan: its chart, its reports, its dialogs and a trial."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from handover.registers.scheduling.moving import can_move
from tests.gallery.opening import Opener, Scenes, page, wait
from ui.plan.findings import REPORTS
from ui.plan.page import PlanPage
from ui.window.window import MainWindow


def plan_page(window: MainWindow) -> PlanPage:
    """The page of the plan with its tasks read."""
    window.context.go("plan", tab="gantt")
    shown = window.host.current
    assert isinstance(shown, PlanPage)
    wait(lambda: shown.chart is not None)
    return shown


def _plan_dialog(name: str) -> Opener:
    def show(window: MainWindow) -> QWidget | None:
        asking = plan_page(window).asking
        getattr(asking, name)()
        return asking.dialog

    return show


def _trying(window: MainWindow) -> None:
    """A trial in the plan, with one thing tried."""
    shown = plan_page(window)
    shown.acts.begin_trying()
    chart = shown.chart
    assert chart is not None
    shown.acts.shift_days([next(i for i in chart.node if can_move(chart, i))], 14)


def scenes() -> Scenes:
    """Each tab of the plan, and what is asked on it."""
    for tab in REPORTS:
        yield f"plan-{tab}", page("plan", tab=tab)
    yield "plan-dialog-calendars", _plan_dialog("show_calendars")
    yield "plan-dialog-options", _plan_dialog("show_options")
    yield "plan-dialog-baseline", _plan_dialog("take_baseline")
    yield "plan-trying", _trying

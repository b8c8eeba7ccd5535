"""What proving runs have of their own in the window: the live clock, the ramp-up chart, and issuing the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.pack.chapters.runs import issue_proof
from handover.pack.issuing import Paper
from handover.registers.declare import Register
from handover.registers.running.ramp_up_chart import RampUpCharts, ramp_up_charts
from ui.chapters.running.run_clock import RunClockPage
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


class RampUpPage(ChartsPage):
    """What each line was to make and made."""

    concerned = frozenset({"ramp_up", "system", "project"})
    chart_height = 340
    places: ClassVar[Mapping[str, ChartPlace]] = {"curve": ChartPlace(0, 0), "reached": ChartPlace(1, 0)}

    def title(self) -> str:
        return tr("Ramp-up chart")

    def help_key(self) -> str:
        return "run_charts"

    def look(self, connection: Connection, project: str) -> RampUpCharts:
        return ramp_up_charts(connection, project)


def page(context: Context, key: str) -> Page:
    """The page of the clock, or that of the ramp-up."""
    return RunClockPage(context) if key == "run_clock" else RampUpPage(context)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Looking at the clock of a run, and issuing its proof."""
    if register.key != "runs":
        return []

    def look(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) == 1:
            context.go("run_clock", run=ids[0])
        else:
            context.tell(tr("Choose one run."))

    def proof(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one run."))
            return
        workspace, key = context.workspace, ids[0]

        def issued(paper: Paper) -> None:
            context.tell(
                tr("Proof {number}, edition {edition}, is issued.", number=paper.number, edition=paper.edition)
            )
            context.open_row("issued", paper.id)

        context.run_job(tr("Issuing the proof"), lambda _progress: issue_proof(workspace, key), done=issued)

    return [
        OwnAct(tr("Look at the clock"), "clock", look, writes=False),
        OwnAct(tr("Issue the proof"), "stamp", proof),
    ]

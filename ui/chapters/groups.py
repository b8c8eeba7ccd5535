"""What working groups have of their own in the window: the RACI of what a group owes, its charter, who covers what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.pack.chapters.groups import issue_charter
from handover.pack.issuing import Paper
from handover.registers.declare import Register
from handover.registers.figures.coverage_chart import CoverageCharts, coverage_charts
from handover.registers.matrix.reading import matrix_named
from ui.chapters.teams.org_page import OrganisationChartPage
from ui.matrix.tab import MatrixTab
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.details.tab import RowTab
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The RACI of a group's deliverables."""
    if register.key != "groups":
        return []
    matrix = matrix_named("raci")
    return [(matrix.label, MatrixTab(context, matrix, "group"))]


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Issuing the charter of a group; nothing of its own with what belongs to groups."""
    if register.key != "groups":
        return []

    def charter(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one group."))
            return
        workspace, project, key = context.workspace, context.project.id, ids[0]

        def issued(paper: Paper) -> None:
            context.tell(
                tr("Charter {number}, edition {edition}, is issued.", number=paper.number, edition=paper.edition)
            )
            context.open_row("issued", paper.id)

        context.run_job(
            tr("Issuing the charter"),
            lambda progress: issue_charter(workspace, project, key, progress=progress),
            done=issued,
        )

    def seats(ids: Sequence[str], _over: QWidget) -> None:
        context.go("organisation_chart", group=ids[0])

    return [
        OwnAct(tr("Issue the charter"), "stamp", charter),
        OwnAct(tr("Organisation chart"), "split", seats, writes=False),
    ]


class CoveragePage(ChartsPage):
    """Which systems people lent to the other side cover in which week."""

    concerned = frozenset({"secondment", "secondment_cover", "group_system", "system"})
    chart_height = 460
    places: ClassVar[Mapping[str, ChartPlace]] = {"coverage": ChartPlace(0, 0)}

    def title(self) -> str:
        return tr("Coverage by secondments")

    def help_key(self) -> str:
        return "secondment_coverage"

    def look(self, connection: Connection, project: str) -> CoverageCharts:
        return coverage_charts(connection, project)

    def open_rows(self, key: Any) -> None:  # Any: the key of a value, that of a system here
        if isinstance(key, str):
            self.context.open_row("systems", key)


def page(context: Context, key: str) -> Page:
    """The chart of the seats, or the page of the coverage."""
    return OrganisationChartPage(context) if key == "organisation_chart" else CoveragePage(context)

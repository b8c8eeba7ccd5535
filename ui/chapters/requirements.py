"""What requirements have of their own in the window: taking a template, listing what is asked, and the heat maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sqlalchemy import Connection

from handover.i18n import N_, tr
from handover.registers.declare import Register
from handover.registers.figures.completeness_charts import CompletenessCharts, completeness_charts
from handover.wording import Words
from ui.chapters.requirement_dialogs import ListExpectedDialog, TakeTemplateDialog
from ui.pages.charts import ChartPlace, ChartsPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


class CompletenessChartsPage(ChartsPage):
    """How much of what is asked is held: by system and discipline, milestone, and receiving side."""

    concerned = frozenset({"document", "revision", "requirement", "milestone", "task", "system", "pick"})
    chart_height = 360
    places: ClassVar[Mapping[str, ChartPlace]] = {
        "disciplines": ChartPlace(0, 0, 2), "milestones": ChartPlace(1, 0), "sides": ChartPlace(1, 1)
    }  # fmt: skip

    def title(self) -> str:
        return tr("Completeness")

    def help_key(self) -> str:
        return "completeness_charts"

    def look(self, connection: Connection, project: str) -> CompletenessCharts:
        return completeness_charts(connection, project)

    def told_of(self, charts: CompletenessCharts) -> Mapping[str, Sequence[Words]]:
        return charts.notes


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Taking an industry's requirements, and listing the documents that are asked for."""
    if register.key != "requirements":
        return []
    return [
        OwnAct(tr("Take a template…"), "download", lambda _ids, over: TakeTemplateDialog(context, over).open(),
               keys=("Ctrl+Shift+T",), of_rows=False, command=N_("Take a template…")),
        OwnAct(tr("List the documents…"), "list-checks", lambda _ids, over: ListExpectedDialog.ask(context, over),
               of_rows=False),
    ]  # fmt: skip


def page(context: Context, key: str) -> Page:
    """The page of the heat maps, the only one of the chapter's own."""
    return CompletenessChartsPage(context)

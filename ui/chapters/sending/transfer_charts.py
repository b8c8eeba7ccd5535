"""The page of the charts of documents on their way; what is picked in them leads to its rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.figures.transfer_charts import TransferCharts, transfer_charts
from handover.wording import Words
from ui.pages.charts import ChartPlace, ChartsPage


class TransferChartsPage(ChartsPage):
    """Delivered against plan, transfer errors, states, ages, and the first-pass rate."""

    concerned = frozenset(
        {
            "document", "revision", "review", "comment", "transmittal", "transmittal_item", "recipient",
            "transfer_error", "working_group", "pick", "project",
        }
    )  # fmt: skip
    chart_height = 320
    places: ClassVar[Mapping[str, ChartPlace]] = {
        key: ChartPlace(row, 0, 2) for row, key in enumerate(("delivered", "errors", "states", "ageing", "first_pass"))
    }

    def title(self) -> str:
        return tr("Transfer charts")

    def help_key(self) -> str:
        return "transfer_charts"

    def look(self, connection: Connection, project: str) -> TransferCharts:
        return transfer_charts(connection, project)

    def told_of(self, charts: TransferCharts) -> Mapping[str, Sequence[Words]]:
        return charts.notes

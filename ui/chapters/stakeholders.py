"""The page of the grid of stakeholders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.i18n import N_, tr
from handover.registers import catalogue
from handover.registers.acts import editing
from handover.registers.figures.stakeholder_grid import StakeholderCharts, stakeholder_charts
from handover.wording import Words, said, said_of
from ui.pages.charts import ChartPlace, ChartsPage
from ui.shell.page import Context, Page


class StakeholderGridPage(ChartsPage):
    """Stakeholders by influence and interest."""

    concerned = frozenset({"stakeholder"})
    chart_height = 520
    places: ClassVar[Mapping[str, ChartPlace]] = {"grid": ChartPlace(0, 0)}

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        canvas = self.views["grid"].canvas
        canvas.movable = not context.read_only
        canvas.moved.connect(self._move)

    @Slot(object, int, int)
    def _move(self, key: str, interest: int, influence: int) -> None:
        """What a stakeholder's new place says of interest and influence."""
        context, register = self.context, catalogue.register("stakeholders")

        def move() -> bool:
            values = {"interest": interest, "influence": influence}
            label = N_("Move a stakeholder on the grid")
            editing.change(context.workspace, register, context.project.id, {key: values}, name=(label, {}))
            return True

        if context.act(move):
            told = tr("Interest is now {interest}, influence {influence}.", interest=interest, influence=influence)
            context.tell(told, undo=True)

    def title(self) -> str:
        return tr("Stakeholder grid")

    def help_key(self) -> str:
        return "stakeholder_grid"

    def look(self, connection: Connection, project: str) -> StakeholderCharts:
        return stakeholder_charts(connection, project)

    def told_of(self, charts: StakeholderCharts) -> Mapping[str, Sequence[Words]]:
        hint = said(N_("Drag a stakeholder to another field, or move it with Ctrl and the arrow keys."))
        hints = () if self.context.read_only else (hint,)
        if not charts.without:
            return {"grid": hints}
        without = said_of(
            "{n} stakeholder has no place: influence or interest is missing.",
            "{n} stakeholders have no place: influence or interest is missing.",
            charts.without,
        )
        return {"grid": (*hints, without)}

    def open_rows(self, key: Any) -> None:  # Any: the key of a value, that of a stakeholder here
        if isinstance(key, str):
            self.context.open_row("stakeholders", key)


def page(context: Context, key: str) -> Page:
    """The page of the grid, the only one of the chapter's own."""
    return StakeholderGridPage(context)

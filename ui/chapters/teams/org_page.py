"""The chart of the seats of a working group; a click opens a seat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget
from sqlalchemy import Connection

from handover.i18n import tr
from handover.registers.teams.org_chart import GroupSeats, group_seats
from ui.charts.view import ChartView
from ui.shell.page import Context, Page
from ui.theme.style import role
from ui.theme.tokens import SPACE

_TABLES = frozenset({"working_group", "member", "person", "organisation"})


class OrganisationChartPage(Page):
    """Who sits in a group, by side and role.

    ``restore`` understands: ``group``, its key.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._wanted = ""
        self._groups: list[GroupSeats] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 6, SPACE * 5, SPACE * 6, SPACE * 5)
        column.setSpacing(SPACE * 4)
        head = QHBoxLayout()
        heading = QLabel(self.title(), self)
        role(heading, "title")
        head.addWidget(heading)
        self.choice = QComboBox(self)
        self.choice.setAccessibleName(tr("Group"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice.setMinimumContentsLength(20)
        self.choice.setPlaceholderText(tr("No working groups yet."))
        self.choice.activated.connect(self._chosen)
        head.addWidget(self.choice, 1)
        column.addLayout(head)
        card = QFrame(self)
        role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        self.view = ChartView(None, card)
        self.view.setMinimumHeight(360)
        self.view.picked.connect(self._open)
        inside.addWidget(self.view)
        column.addWidget(card, 1)
        self.setFocusProxy(self.view)
        self.refresh(frozenset())

    def title(self) -> str:
        return tr("Organisation chart")

    def help_key(self) -> str:
        return "organisation_chart"

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        return {"group": self._wanted}

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        if isinstance(state.get("group"), str):
            self._wanted = state["group"]
            self._show(self._groups)

    def refresh(self, tables: frozenset[str]) -> None:
        if tables and not tables & _TABLES:
            return
        project = self.context.project.id

        def look(connection: Connection) -> list[GroupSeats]:
            return group_seats(connection, project)

        self.read(look, self._show)

    def _show(self, groups: list[GroupSeats]) -> None:
        self._groups = groups
        self.choice.clear()
        for group in groups:
            self.choice.addItem(group.name, group.id)
        shown = next((group for group in groups if group.id == self._wanted), groups[0] if groups else None)
        self.choice.setCurrentIndex(groups.index(shown) if shown is not None else -1)
        self.choice.setEnabled(bool(groups))
        self.view.show_chart(shown.chart if shown is not None else None)

    @Slot(int)
    def _chosen(self, at: int) -> None:
        self._wanted = str(self.choice.itemData(at))
        self._show(self._groups)

    @Slot(object)
    def _open(self, key: Any) -> None:  # Any: the register and the key of a seat
        if isinstance(key, tuple) and len(key) == 2:
            self.context.open_row(*key)

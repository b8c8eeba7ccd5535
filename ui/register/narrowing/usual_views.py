"""The views that every register has: the rows of whoever is at the keyboard, and those that were changed lately."""

from __future__ import annotations

from PySide6.QtCore import QObject

from handover.i18n import tr, trn
from handover.model.people import Person
from handover.registers.declare import Register
from handover.registers.me import me
from handover.registers.query import CHANGED, Condition, Query
from ui.register.bar import ChipLine
from ui.register.narrowing.filtering import Filtering
from ui.shell.page import Context

MINE, LATELY = "mine", "changed"
#: How many days ago is lately.
DAYS = 14


class UsualViews(QObject):
    """Switches that narrow the rows of a register by who owns them and by when they were changed."""

    def __init__(
        self, context: Context, register: Register, filtering: Filtering, chips: ChipLine, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._context, self._register, self._filtering, self._chips = context, register, filtering, chips
        self._owned = bool(register.owner) and register[register.owner].target == Person.__tablename__
        offered = [(MINE, tr("Mine"))] if self._owned else []
        chips.offer_switches([*offered, (LATELY, tr("Changed lately"))])
        if self._owned:
            chips.switches[MINE].setToolTip(tr("Rows whose {field} is you", field=register[register.owner].label))
        tip = trn("Rows added or changed within {n} day", "Rows added or changed within {n} days", DAYS)
        chips.switches[LATELY].setToolTip(tip)
        chips.switched.connect(self.switch)

    def switch(self, key: str) -> None:
        """Narrow the rows by a view, or no longer."""
        condition = self._condition(key)
        if condition is None:
            self._context.tell(
                tr("Nobody among the people of this project is you yet: choose yourself in the settings.")
            )
            self.show_query(self._filtering.query)
        elif condition in self._filtering.query.where:
            self._filtering.remove_filter(condition)
        else:
            self._filtering.add_filter(condition)

    def show_query(self, query: Query) -> None:
        """Mark the views that a query narrows by."""
        held = {c.field for c in query.where}  # who the user is isn't looked up for filters on other fields
        asked = {LATELY: CHANGED, MINE: self._register.owner}
        switches = self._chips.switches
        self._chips.show_switches([k for k in switches if asked[k] in held and self._condition(k) in query.where])

    def _condition(self, key: str) -> Condition | None:
        if key == LATELY:
            return Condition(CHANGED, "after", (DAYS,))
        person = me(self._context.workspace, self._context.project.id) if self._context.has_project else None
        return Condition(self._register.owner, "is", (person,)) if person else None

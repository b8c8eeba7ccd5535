"""The steps of the rows that are selected on a register's page: as a menu, as named actions, in the palette."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from handover.i18n import tr, trn
from handover.model.lifecycle import Step
from ui.register.grid.table import RegisterTable
from ui.register.menus import StepMenu
from ui.register.narrowing.filtering import Filtering
from ui.register.stepping.steps import NO_ROWS, RowsInHand, StepActions, StepActs
from ui.shell.page import Context


class PageSteps(QObject):
    """What leads on from the rows in hand; nothing in the bin and in a workspace for reading."""

    def __init__(
        self, context: Context, table: RegisterTable, filtering: Filtering, acts: StepActs, page: QWidget
    ) -> None:
        super().__init__(page)
        self._context, self._table, self._filtering, self._acts, self._page = context, table, filtering, acts, page
        self._named: StepActions | None = None

    def actions(self) -> list[QAction]:
        """The steps of the selected rows, which say in their names what they would be taken on."""
        hand = self._in_hand()
        if not hand.states or self._context.read_only:
            return []
        if self._named is not None:
            self._named.deleteLater()
        row = self._table.rows.row(self._table.block()[0][0])
        name = row.ref if row is not None and hand.count == 1 else trn("{n} row", "{n} rows", hand.count)
        self._named = StepActions(self._acts, hand, self._page, name=name)
        return self._named.actions

    def menu(self) -> StepMenu | None:
        """The steps of the selected rows as a menu, None where rows have none."""
        hand = self._in_hand()
        return StepMenu(self._acts, hand, self._page) if hand.states and not self._context.read_only else None

    def open_menu(self) -> None:
        """Open the steps of the selected rows below the current cell."""
        menu = self.menu()
        if menu is None or not menu.steps.actions:
            self._context.tell(tr("No step leads on from here."))
            return
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._table.under_current())

    def ask(self, row_id: str, step: Step) -> None:
        """Ask what a step that was chosen in a cell needs, after the editor of the cell has closed."""
        QTimer.singleShot(0, self, lambda: self._acts.take([row_id], step))

    def _in_hand(self) -> RowsInHand:
        return NO_ROWS if self._filtering.query.bin else self._table.in_hand()

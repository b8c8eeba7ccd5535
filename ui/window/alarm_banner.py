"""The bar above every page that says which alarms last, such as an emergency stop in force."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from handover.registers.figures.alarms import alarms
from ui.shell.banner import Banner
from ui.shell.context import Context

#: So many alarms are said; of more only the first ones.
_SAID = 3


class AlarmBanner(Banner):
    """Shown while an alarm lasts; read again whenever rows change."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("danger", parent, lasting=True)
        self._context = context
        context.project_changed.connect(self.look)
        context.language_changed.connect(self.look)
        context.changed.connect(lambda _tables: self.look())
        self.look()

    @Slot()
    def look(self) -> None:
        """Say what lasts now, or hide."""
        context = self._context
        if not context.has_workspace or not context.has_project:
            self.hide()
            return
        with context.workspace.read() as connection:
            found = alarms(connection, context.project.id)
        if found:
            self.say("\n".join(str(each) for each in found[:_SAID]))
        self.setVisible(bool(found))

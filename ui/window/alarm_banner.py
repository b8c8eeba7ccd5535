"""The bar above every page that says which alarms last, such as an emergency stop in force."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from handover.errors import Reason
from handover.i18n import tr
from handover.jobs import Progress
from handover.registers.figures.alarms import alarms
from ui.shell.banner import Banner
from ui.shell.context import Context

#: So many alarms are said; of more only the first ones.
_SAID = 3


class AlarmBanner(Banner):
    """Shown while an alarm lasts; read again in a thread whenever rows change, once for changes that follow closely."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("danger", parent, lasting=True)
        self._context = context
        self._reading = self._again = False
        context.project_changed.connect(self._begin)
        context.language_changed.connect(self.look)
        context.changed.connect(lambda _tables: self.look())
        self.look()

    @Slot()
    def _begin(self) -> None:
        self.hide()
        self.look()

    @Slot()
    def look(self) -> None:
        """Say what lasts now, or hide."""
        context = self._context
        if not context.has_workspace or not context.has_project:
            self.hide()
            return
        if self._reading:
            self._again = True
            return
        workspace, project = context.workspace, context.project.id

        def read(_progress: Progress) -> list[Reason]:
            with workspace.read() as connection:
                return alarms(connection, project)

        def show(found: list[Reason]) -> None:
            if context.has_workspace and context.has_project and context.project.id == project:
                self._show(found)

        self._reading = True
        job = context.run_job(tr("Looking for alarms"), read, done=show, background=True)
        job.ended.connect(self._read)

    @Slot()
    def _read(self) -> None:
        self._reading, again, self._again = False, self._again, False
        if again:
            self.look()

    def _show(self, found: list[Reason]) -> None:
        if found:
            self.say("\n".join(str(each) for each in found[:_SAID]))
        self.setVisible(bool(found))

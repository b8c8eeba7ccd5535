"""What the cutover has of its own in the window: the run sheet of a wave."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.registers.declare import Register
from ui.chapters.running.run_sheet import RunSheetPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


def page(context: Context, key: str) -> Page:
    """The page of the run sheet, the only one of the chapter's own."""
    del key  # there is one
    return RunSheetPage(context)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Looking at the run sheet of a wave."""
    if register.key != "waves":
        return []

    def look(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) == 1:
            context.go("run_sheet", wave=ids[0])
        else:
            context.tell(tr("Choose one wave."))

    return [OwnAct(tr("Open the run sheet"), "list-checks", look, writes=False)]

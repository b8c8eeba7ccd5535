"""What boxes of originals have of their own in the window: labels, reading back, forms, lending."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.registers.declare import Register
from ui.chapters.box_reading import ReadBackDialog
from ui.chapters.lending_form import lending_acts
from ui.chapters.paper_dialogs import form_act, label_act
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with boxes."""

    def read_back(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one box."))
            return
        ReadBackDialog(context, ids[0], over.window()).open()

    return [
        label_act(context, register),
        OwnAct(tr("Read back…"), "list-checks", read_back, writes=False),
        form_act(context, register),
        *lending_acts(context, register),
    ]

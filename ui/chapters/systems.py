"""What systems have of their own in the window: certificates are drawn up for those that are chosen."""

from __future__ import annotations

from handover.i18n import tr
from handover.registers.declare import Register
from ui.chapters.custody.drawing import draw_up_act
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Draw certificates up for chosen systems."""
    return [OwnAct(tr("Draw up certificates…"), "stamp", draw_up_act(context, of_systems=True))]

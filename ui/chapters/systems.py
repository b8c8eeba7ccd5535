"""What systems have of their own in the window: certificates for those that are chosen, and the transfer plan."""

from __future__ import annotations

from handover.i18n import tr
from handover.registers.declare import Register
from ui.chapters.custody.drawing import draw_up_act
from ui.chapters.knowing.acts import system_act
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Draw certificates up for chosen systems, and print what is passed on about one."""
    return [OwnAct(tr("Draw up certificates…"), "stamp", draw_up_act(context, of_systems=True)), system_act(context)]

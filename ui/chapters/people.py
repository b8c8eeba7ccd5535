"""What people have of their own in the window: the transfer plan and the interview guide of somebody."""

from __future__ import annotations

from handover.registers.declare import Register
from ui.chapters.knowing.acts import person_acts
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be printed about the knowledge of a person; nothing for organisations."""
    return person_acts(context) if register.key == "people" else []

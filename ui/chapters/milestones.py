"""What phases and milestones have of their own in the window: taking those of an industry."""

from __future__ import annotations

from handover.registers.declare import Register
from ui.chapters.readying.phase_template import phase_acts
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Taking the phases, milestones, gates and criteria of an industry."""
    return phase_acts(context, register)

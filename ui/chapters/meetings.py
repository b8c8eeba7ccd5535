"""What meetings have of their own in the window."""

from __future__ import annotations

from handover.registers.declare import Register
from ui.chapters.meeting_acts import meeting_acts
from ui.chapters.teams.meeting_page import MeetingPage
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with a meeting; nothing of its own with what belongs to one, and with decisions and actions."""
    return meeting_acts(context) if register.key == "meetings" else []


def page(context: Context, key: str) -> Page:
    """The meeting on the screen, the only page of the chapter's own."""
    return MeetingPage(context)

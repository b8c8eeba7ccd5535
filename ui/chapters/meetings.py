"""What meetings have of their own in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.registers.declare import Register
from ui.chapters.meeting_acts import action_acts, meeting_acts
from ui.chapters.teams.meeting_page import MeetingPage
from ui.chapters.teams.minutes_in import MinutesInDialog
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with a meeting, and with actions; nothing of its own with the others."""
    return {"meetings": meeting_acts, "actions": action_acts}.get(register.key, _nothing)(context)


def _nothing(_context: Context) -> list[OwnAct]:
    return []


def page(context: Context, key: str) -> Page:
    """The meeting on the screen, the only page of the chapter's own."""
    return MeetingPage(context)


def take_in(context: Context, file: Path, over: QWidget) -> None:
    """Take in a file of minutes, with its head."""
    MinutesInDialog(context, over, file).open()

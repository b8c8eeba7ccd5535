"""Meetings: what is noted beside the minutes, the invitation, minutes of others, reminders of actions."""

from __future__ import annotations

from tests.gallery.opening import Scenes, dialog_of_act
from ui.chapters.meeting_acts import MeetingMailDialog, NoteForm, RemindActionsDialog
from ui.chapters.teams.minutes_in import MinutesInDialog


def scenes() -> Scenes:
    """The first meeting of the sample."""
    yield "meeting-note-action", lambda window: dialog_of_act(window, "meetings", "square-check", NoteForm)
    yield "meeting-note-decision", lambda window: dialog_of_act(window, "meetings", "stamp", NoteForm)
    yield "meeting-invite", lambda window: dialog_of_act(window, "meetings", "calendar-check", MeetingMailDialog)
    yield "minutes-in", lambda window: MinutesInDialog(window.context, window)
    yield (
        "actions-remind",
        lambda window: dialog_of_act(window, "actions", "message-square-check", RemindActionsDialog),
    )

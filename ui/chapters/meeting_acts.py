"""Acts of meetings: the next of a series, what is carried over and sent out, what is noted beside the minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from handover.i18n import N_, tr, trn
from handover.pack.action_reminders import ActionsReminded, remind_of_actions
from handover.pack.invitations import MailDraft
from handover.pack.meeting_mail import invite, mail_minutes
from handover.registers.acts.meeting_series import carry_over, next_meeting
from ui.chapters.teams.minutes_in import MinutesInDialog
from ui.chapters.teams.noting import NoteForm
from ui.register.own_acts import OwnAct
from ui.shell.page import Context
from ui.transfer.into_folder import FolderDialog


def meeting_acts(context: Context) -> list[OwnAct]:
    """What can be done with a meeting."""

    def carry(key: str, _over: QWidget) -> None:
        n = context.act(lambda: carry_over(context.workspace, context.project.id, key))
        if n is not None:
            context.tell(trn("{n} open action came onto the agenda.", "{n} open actions came onto the agenda.", n),
                         undo=bool(n))  # fmt: skip

    def following(key: str, _over: QWidget) -> None:
        made = context.act(lambda: next_meeting(context.workspace, context.project.id, key))
        if made is not None:
            context.tell(tr("The next meeting is there, with its people and the open actions."), undo=True)
            context.open_row("meetings", made)

    def noting(register: str) -> Callable[[str, QWidget], None]:
        return lambda key, over: NoteForm(context, key, register, over.window()).open()

    return [
        OwnAct(tr("Note an action…"), "square-check", _one(context, noting("actions")), keys=("Ctrl+Shift+T",),
               command=N_("Note an action…")),
        OwnAct(tr("Note a decision…"), "stamp", _one(context, noting("decisions"))),
        OwnAct(tr("Note a lesson…"), "lightbulb", _one(context, noting("lessons"))),
        OwnAct(tr("Note a punch item…"), "triangle-alert", _one(context, noting("punches"))),
        OwnAct(tr("On the screen"), "presentation",
               _one(context, lambda key, _over: context.go("meeting_page", meeting=key)), writes=False),
        OwnAct(tr("Carry open actions over"), "list-checks", _one(context, carry)),
        OwnAct(tr("Next meeting"), "calendar-days", _one(context, following)),
        OwnAct(tr("Take minutes in…"), "download",
               lambda _ids, over: MinutesInDialog(context, over.window()).open(), of_rows=False),
        OwnAct(tr("Invite…"), "calendar-check",
               _one(context, lambda key, over: MeetingMailDialog(context, key, over.window(), minutes=False).open())),
        OwnAct(tr("Write the mail…"), "send",
               _one(context, lambda key, over: MeetingMailDialog(context, key, over.window(), minutes=True).open()),
               writes=False),
    ]  # fmt: skip


class MeetingMailDialog(FolderDialog):
    """Writes the invitation of a meeting for calendars, or the draft of the mail with its minutes."""

    def __init__(self, context: Context, key: str, parent: QWidget, *, minutes: bool) -> None:
        super().__init__(
            context,
            tr("Mail the minutes") if minutes else tr("Invite to a meeting"),
            tr("A draft (.eml) with the PDF is written, which your mail program opens and you send.")
            if minutes
            else tr("A file for calendars (.ics) is written. Written again after a change it replaces the former one."),
            parent,
        )
        self._key, self._minutes = key, minutes
        self.ask_folder()

    def write(self) -> None:
        context, to, key = self.context, self.folder.path(), self._key
        workspace, project = context.workspace, context.project.id
        if self._minutes:
            self.work.run(tr("Writing the mail"), lambda progress: mail_minutes(workspace, key, to, progress),
                          self._written, self.fail)  # fmt: skip
        else:
            self.work.run(tr("Writing the invitation"), lambda _progress: invite(workspace, project, key, to),
                          self._written, self.fail)  # fmt: skip

    def _written(self, draft: MailDraft) -> None:
        said = tr("{file} was written.", file=draft.file.name)
        if draft.without_address:
            said += " " + tr("Without an address: {names}.", names="; ".join(draft.without_address))
        self.say_written(said, [draft.file])


def action_acts(context: Context) -> list[OwnAct]:
    """What can be done with actions: reminding their owners."""

    def remind(ids: Sequence[str], over: QWidget) -> None:
        RemindActionsDialog(context, ids, over.window()).open()

    return [OwnAct(tr("Remind…"), "message-square-check", remind)]


class RemindActionsDialog(FolderDialog):
    """Writes a draft for each owner of the chosen actions that are still to be done."""

    def __init__(self, context: Context, keys: Sequence[str], parent: QWidget) -> None:
        super().__init__(
            context,
            tr("Remind of actions"),
            tr("For each owner a draft (.eml) with all of his or her chosen actions is written, which your mail program"
               " opens and you send. Actions that are done already are left out."),
            parent,
        )  # fmt: skip
        self._keys = list(keys)
        self.ask_folder()

    def write(self) -> None:
        workspace, project, to = self.context.workspace, self.context.project.id, self.folder.path()
        keys = self._keys
        self.work.run(tr("Writing the reminders"), lambda _progress: remind_of_actions(workspace, project, to, keys),
                      self._written, self.fail)  # fmt: skip

    def _written(self, done: ActionsReminded) -> None:
        said = trn("{n} reminder was written.", "{n} reminders were written.", len(done.files))
        if done.without_address:
            said += " " + tr("Without an address: {names}.", names="; ".join(done.without_address))
        if done.left_behind:
            said += " " + tr("Nobody is reminded of: {refs}.", refs=", ".join(done.left_behind))
        self.say_written(said, list(done.files))


def _one(context: Context, run: Callable[[str, QWidget], object]) -> Callable[[Sequence[str], QWidget], object]:
    """An act on one row alone."""

    def of_rows(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one meeting."))
        else:
            run(ids[0], over)

    return of_rows

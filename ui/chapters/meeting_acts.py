"""Acts of meetings: the next of a series, what is carried over and sent out, what is noted beside the minutes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.errors import HandoverError, NotValid, Refused
from handover.i18n import N_, tr, trn
from handover.pack.invitations import MailDraft
from handover.pack.meeting_mail import invite, mail_minutes
from handover.registers import catalogue
from handover.registers.acts import editing
from handover.registers.acts.meeting_series import carry_over, next_meeting, noted_in
from ui.register.details.small_form import SmallForm
from ui.register.own_acts import OwnAct
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import FOLDER, PathField, WritingDialog, last_folder

_ACTION_FIELDS = ("text", "owner", "due_on", "criterion", "system")
_DECISION_FIELDS = ("title", "authority", "system", "reason", "options")
_LESSON_FIELDS = ("title", "lesson_type", "system", "event", "recommendation", "owner", "due_on")
_PUNCH_FIELDS = ("description", "category", "system", "action_by", "due_on")


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

    def noting(register: str, title: str, fields: Sequence[str], asked: str) -> Callable[[str, QWidget], None]:
        return lambda key, over: NoteForm(context, key, register, title, fields, asked, over.window()).open()

    note_action = noting("actions", tr("Note an action"), _ACTION_FIELDS, "text")
    note_decision = noting("decisions", tr("Note a decision"), _DECISION_FIELDS, "title")
    note_lesson = noting("lessons", tr("Note a lesson"), _LESSON_FIELDS, "title")
    note_punch = noting("punches", tr("Note a punch item"), _PUNCH_FIELDS, "description")
    return [
        OwnAct(tr("Note an action…"), "square-check", _one(context, note_action), keys=("Ctrl+Shift+T",),
               command=N_("Note an action…")),
        OwnAct(tr("Note a decision…"), "stamp", _one(context, note_decision)),
        OwnAct(tr("Note a lesson…"), "lightbulb", _one(context, note_lesson)),
        OwnAct(tr("Note a punch item…"), "triangle-alert", _one(context, note_punch)),
        OwnAct(tr("Carry open actions over"), "list-checks", _one(context, carry)),
        OwnAct(tr("Next meeting"), "calendar-days", _one(context, following)),
        OwnAct(tr("Invite…"), "calendar-check",
               _one(context, lambda key, over: MeetingMailDialog(context, key, over.window(), minutes=False).open())),
        OwnAct(tr("Write the mail…"), "send",
               _one(context, lambda key, over: MeetingMailDialog(context, key, over.window(), minutes=True).open()),
               writes=False),
    ]  # fmt: skip


class NoteForm(SmallForm):
    """Asks for what was agreed in a meeting, and makes a row of it that stands in the minutes."""

    def __init__(
        self, context: Context, key: str, register: str, title: str, fields: Sequence[str], asked: str, parent: QWidget
    ) -> None:
        self._register = catalogue.register(register)
        with context.workspace.read() as connection:
            self._known = noted_in(connection, context.project.id, key, self._register)
        super().__init__(
            context, title, [self._register[each] for each in fields], (asked,), {}, tr("Note it"), parent,
            note=tr("It becomes a row of “{register}” that names this meeting.", register=self._register.label)
            if "meeting" in self._register
            else tr("It becomes a row of “{register}”.", register=self._register.label),
        )  # fmt: skip
        self._context = context
        self.given.connect(self._add)

    def _add(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        given = {key: value for key, value in values.items() if value not in (None, "")}
        given |= self._known
        context = self._context
        try:
            editing.add(context.workspace, self._register, context.project.id, given)
        except HandoverError as error:
            self.refuse(self._reasons(error))
            return
        self.accept()
        context.tell(tr("It is noted."), undo=True)

    def _reasons(self, error: HandoverError) -> list[ToldReason]:
        if isinstance(error, Refused):
            with self._context.workspace.read() as connection:
                return told(connection, error.reasons, self._register)
        return [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]


class MeetingMailDialog(WritingDialog):
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
        self.folder = PathField(tr("Folder"), last_folder(context), folder=True)
        self.fields.addWidget(FieldBox(tr("Folder"), self.folder))
        self.offer_folder()
        self.forget_question()
        self.folder.setFocus()

    def verb(self) -> str:
        return tr("Write")

    def targets(self) -> Sequence[Path]:
        if not self.folder.edit.text().strip():
            raise NotValid(N_("Choose the folder."))
        return ()

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
        self.context.settings.put(FOLDER, str(self.folder.path()))
        said = tr("{file} was written.", file=draft.file.name)
        if draft.without_address:
            said += " " + tr("Without an address: {names}.", names="; ".join(draft.without_address))
        self.show_written(said, [draft.file])


def _one(context: Context, run: Callable[[str, QWidget], object]) -> Callable[[Sequence[str], QWidget], object]:
    """An act on one row alone."""

    def of_rows(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one meeting."))
        else:
            run(ids[0], over)

    return of_rows

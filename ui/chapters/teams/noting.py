"""What is noted in a meeting and becomes a row: an action, a decision, a lesson, a punch item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from handover.errors import HandoverError, NotValid, Refused
from handover.i18n import N_, tr
from handover.registers import catalogue
from handover.registers.acts import editing
from handover.registers.acts.meeting_series import noted_in
from ui.register.details.small_form import SmallForm
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.page import Context


@dataclass(frozen=True, slots=True)
class NoteKind:
    """A kind of thing that is noted.

    Attributes:
        register: where it becomes a row.
        name: of the act, in English.
        fields: what is asked, the first what is said.
        keys: of the page on which minutes are typed.
    """

    register: str
    name: str
    title: str
    picture: str
    fields: tuple[str, ...]
    keys: str


NOTES = (
    NoteKind("actions", N_("Note an action…"), N_("Note an action"), "square-check",
         ("text", "owner", "due_on", "criterion", "system"), "Ctrl+Shift+A"),
    NoteKind("decisions", N_("Note a decision…"), N_("Note a decision"), "stamp",
         ("title", "authority", "system", "reason", "options"), "Ctrl+Shift+D"),
    NoteKind("lessons", N_("Note a lesson…"), N_("Note a lesson"), "lightbulb",
         ("title", "lesson_type", "system", "event", "recommendation", "owner", "due_on"), "Ctrl+Shift+O"),
    NoteKind("punches", N_("Note a punch item…"), N_("Note a punch item"), "triangle-alert",
         ("description", "category", "system", "action_by", "due_on"), "Ctrl+Shift+P"),
)  # fmt: skip


class NoteForm(SmallForm):
    """Asks for what was agreed in a meeting, and makes a row of it that stands in the minutes.

    Args:
        key: of the meeting.
        register: the key of the register whose row it becomes.
        said: the words from which it is made.

    Signals:
        noted: the key of the new row and its words.
    """

    noted = Signal(str, str)

    def __init__(self, context: Context, key: str, register: str, parent: QWidget, *, said: str = "") -> None:
        note = next(each for each in NOTES if each.register == register)
        self.register = catalogue.register(register)
        self._asked = note.fields[0]
        with context.workspace.read() as connection:
            self._known = noted_in(connection, context.project.id, key, self.register)
        super().__init__(
            context, tr(note.title), [self.register[each] for each in note.fields], (self._asked,),
            {self._asked: said} if said else {}, tr("Note it"), parent,
            note=tr("It becomes a row of “{register}” that names this meeting.", register=self.register.label)
            if "meeting" in self.register
            else tr("It becomes a row of “{register}”.", register=self.register.label),
        )  # fmt: skip
        self._context = context
        self.given.connect(self._add)

    def _add(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        given = {key: value for key, value in values.items() if value not in (None, "")}
        given |= self._known
        context = self._context
        try:
            key = editing.add(context.workspace, self.register, context.project.id, given)
        except HandoverError as error:
            self.refuse(self._reasons(error))
            return
        self.accept()
        context.tell(tr("It is noted."), undo=True)
        self.noted.emit(key, str(given.get(self._asked, "")))

    def _reasons(self, error: HandoverError) -> list[ToldReason]:
        if isinstance(error, Refused):
            with self._context.workspace.read() as connection:
                return told(connection, error.reasons, self.register)
        return [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]

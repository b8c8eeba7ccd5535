"""Acts of the documents on their way: sending, noting an error, writing the files, reminding, looking at the note."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget
from sqlalchemy import Connection

from handover.clock import today
from handover.errors import HandoverError, NotValid, Refused
from handover.i18n import N_, tr, trn
from handover.model import account
from handover.model.documents.revision import Revision
from handover.pack.note_preview import note_to_open
from handover.registers import catalogue
from handover.registers.acts import editing, transmitting
from handover.registers.declare import Field, Register
from handover.registers.query import linked
from ui.chapters.sending.transmittal_dialogs import RemindDialog, WriteFilesDialog
from ui.register.details.small_form import SmallForm
from ui.register.own_acts import OwnAct
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.page import Context
from ui.transfer.opening import open_file
from ui.transfer.transmittal_in import TransmittalInDialog

_ROLES = {"action": N_("For action"), "approval": N_("For approval"), "information": N_("To be informed")}
#: So many superseded revisions are named.
_NAMED = 8
_ERROR_FIELDS = ("kind", "description", "found_on", "found_by", "owner", "due_on")


def send_act(context: Context, register: Register) -> OwnAct:
    """Send documents or revisions: a small form, then the draft that was made."""
    return OwnAct(
        tr("Send…"),
        "send",
        lambda ids, over: SendForm.ask(context, register, ids, over),
        keys=("Ctrl+Shift+T",),
        command=N_("Send…"),
    )


def error_act(context: Context, register: Register) -> OwnAct:
    """Note a transfer error of a document, a revision or a transmittal."""
    return OwnAct(tr("Note an error…"), "triangle-alert", lambda ids, over: ErrorForm.ask(context, register, ids, over))


def transmittal_acts(context: Context) -> list[OwnAct]:
    """What can be done with a transmittal."""

    def write(key: str, over: QWidget) -> None:
        WriteFilesDialog(context, key, over.window()).open()

    def remind(key: str, over: QWidget) -> None:
        RemindDialog(context, key, over.window()).open()

    def take_in(_ids: Sequence[str], over: QWidget) -> None:
        TransmittalInDialog(context, parent=over.window()).open()

    return [
        OwnAct(tr("Take in…"), "download", take_in, keys=("Ctrl+Shift+I",), of_rows=False, command=N_("Take in…")),
        OwnAct(tr("Preview the note"), "eye", _one(context, lambda key, _over: _preview(context, key)), writes=False),
        OwnAct(tr("Write files…"), "file-output", _one(context, lambda key, over: write(key, over)), writes=False),
        OwnAct(tr("Remind…"), "message-square-check", _one(context, lambda key, over: remind(key, over))),
    ]


class SendForm(SmallForm):
    """Asks what a transmittal is about, to whom it goes and until when an answer is asked for."""

    def __init__(
        self, context: Context, revisions: Sequence[str], subject: str, old: Sequence[str], parent: QWidget
    ) -> None:
        note = tr("A draft is made of it. It goes out when you issue it; until then everything can be changed.")
        if old:
            warned = trn(
                "{n} of them is superseded: {names}.", "{n} of them are superseded: {names}.", len(old),
                names=tr(", ").join(old[:_NAMED]) + (" …" if len(old) > _NAMED else ""),
            )  # fmt: skip
            note = "\n".join([warned, note])
        fields = [*_of_transmittal("subject"), *_receivers(), *_of_transmittal("purpose", "response_due")]
        super().__init__(
            context,
            trn("Send {n} document", "Send {n} documents", len(revisions)),
            fields,
            ("subject",),
            {"subject": subject},
            tr("Make the draft"),
            parent,
            note=note,
        )
        self._context, self._revisions = context, revisions
        self.given.connect(self._make)

    @classmethod
    def ask(cls, context: Context, register: Register, ids: Sequence[str], over: QWidget) -> None:
        """Open the form for chosen rows, unless one of them can't be sent."""

        def look() -> tuple[list[str], str, list[str]]:
            with context.workspace.read() as connection:
                revisions = transmitting.revisions_to_send(connection, register, ids)
                old = transmitting.superseded_among(connection, revisions)
                return revisions, transmitting.subject_of(connection, register, ids), old

        found = context.act(look)
        if found is not None and found[0]:
            cls(context, *found, over.window()).open()

    def _make(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        context = self._context
        receivers = {role: values.get(role) for role in _ROLES}
        try:
            key = transmitting.draft(context.workspace, context.project.id, self._revisions, values, receivers)
        except HandoverError as error:
            self.refuse(_reasons(context, error))
            return
        self.accept()
        context.tell(tr("The draft is made. Issue it when it is complete."), undo=True)
        context.open_row("transmittals", key)


class ErrorForm(SmallForm):
    """Asks what was wrong with what was sent."""

    def __init__(self, context: Context, about: Mapping[str, str], said: str, parent: QWidget) -> None:
        errors = catalogue.register("transfer-errors")
        with context.workspace.read() as connection:
            person = account.person_of(connection, context.project.id, context.workspace.user)
            user = linked(connection, "person", [person]).get(person or "")
        super().__init__(
            context,
            tr("Note a transfer error"),
            [errors[key] for key in _ERROR_FIELDS],
            ("kind", "found_on"),
            {"kind": "wrong_rev", "found_on": today(), "found_by": user},
            tr("Note it"),
            parent,
            note=said,
        )
        self._context, self._about = context, about
        self.given.connect(self._add)

    @classmethod
    def ask(cls, context: Context, register: Register, ids: Sequence[str], over: QWidget) -> None:
        """Open the form for one row."""
        if len(ids) != 1:
            context.tell(tr("Choose one row: an error is noted of one."))
            return

        def look() -> tuple[dict[str, str], str]:
            with context.workspace.read() as connection:
                return _about(connection, register, ids[0])

        found = context.act(look)
        if found is not None:
            cls(context, *found, over.window()).open()

    def _add(self, values: Mapping[str, Any]) -> None:  # Any: as above
        context, errors = self._context, catalogue.register("transfer-errors")
        given = {**{key: value for key, value in values.items() if value not in (None, "")}, **self._about}
        try:
            editing.add(context.workspace, errors, context.project.id, given)
        except HandoverError as error:
            self.refuse(_reasons(context, error))
            return
        self.accept()
        context.tell(tr("The error is noted."), undo=True)


def _about(connection: Connection, register: Register, key: str) -> tuple[dict[str, str], str]:
    """What an error is of, as fields of it and in words."""
    if register.key == "transmittals":
        table, found = "transmittal", {"transmittal": key}
    else:
        (revision,) = transmitting.revisions_to_send(connection, register, [key])
        table, found = Revision.__tablename__, {"revision": revision}
        key = revision
    row = linked(connection, table, [key])[key]
    return found, f"{row.name} ({row.ref})"


def _of_transmittal(*keys: str) -> list[Field]:
    transmittals = catalogue.register("transmittals")
    return [transmittals[key] for key in keys]


def _receivers() -> list[Field]:
    """One person for each role; more are added beside the draft."""
    person = catalogue.register("recipients")["person"]
    return [replace(person, field=role, column=replace(person.column, field=role, label=name))
            for role, name in _ROLES.items()]  # fmt: skip


def _reasons(context: Context, error: HandoverError) -> list[ToldReason]:
    if isinstance(error, Refused):
        with context.workspace.read() as connection:
            return told(connection, error.reasons, catalogue.register("transmittals"))
    return [ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")]


def _one(context: Context, run: Callable[[str, QWidget], object]) -> Callable[[Sequence[str], QWidget], object]:
    """An act on one row alone."""

    def of_rows(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one transmittal."))
        else:
            run(ids[0], over)

    return of_rows


def _preview(context: Context, key: str) -> None:
    workspace, project = context.workspace, context.project.id

    def opened(path: Path) -> None:
        if not open_file(path):
            context.tell(tr("No program of this computer opens “{name}”. Save it instead.", name=path.name))

    context.run_job(
        tr("Printing the note"), lambda progress: note_to_open(workspace, project, key, progress=progress), done=opened
    )

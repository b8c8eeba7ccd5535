"""Dialogs that write what belongs to a transmittal: its files with their checksums, and reminders as e-mails."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLabel, QWidget

from handover.i18n import tr, trn
from handover.pack.reminding import Reminded, remind, waiting
from handover.pack.sending import Sent, send_out
from handover.values.shown import moment
from ui.shell.page import Context
from ui.theme.style import role
from ui.transfer.into_folder import FolderDialog


class WriteFilesDialog(FolderDialog):
    """Writes the note and the files of a transmittal into a folder or an archive."""

    def __init__(self, context: Context, key: str, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Write the files of a transmittal"),
            tr("The note, the files of the revisions and their checksums, which the other side checks with any tool."),
            parent,
        )
        self._key = key
        self.archive = QCheckBox(tr("As one archive (.zip) instead of a folder"), self)
        self.ask_folder(self.archive)

    def write(self) -> None:
        context, to, archive = self.context, self.folder.path(), self.archive.isChecked()
        workspace, project, key = context.workspace, context.project.id, self._key
        self.work.run(
            tr("Writing the transmittal"),
            lambda progress: send_out(workspace, project, key, to, archive=archive, progress=progress),
            self._written,
            self.fail,
        )

    def _written(self, sent: Sent) -> None:
        said = trn("{n} file of {number} was written.", "{n} files of {number} were written.", len(sent.files),
                   number=sent.number)  # fmt: skip
        if sent.without:
            said += " " + trn("{n} document has no file: {documents}.", "{n} documents have no file: {documents}.",
                              len(sent.without), documents=", ".join(sent.without))  # fmt: skip
        self.say_written(said, [sent.place])


class RemindDialog(FolderDialog):
    """Writes an e-mail draft for each receiver who hasn't acknowledged, and notes the day of the reminder."""

    def __init__(self, context: Context, key: str, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Remind of a transmittal"),
            tr("For each of them a draft (.eml) is written, which your mail program opens and you send."),
            parent,
        )
        self._key = key
        self.late = waiting(context.workspace, key)
        for each in self.late:
            said = trn(
                "{name} ({address}): {n} day without an answer",
                "{name} ({address}): {n} days without an answer",
                each.days,
                name=each.name,
                address=each.address or tr("no address is known"),
            )
            self._say(said)
            if each.reminded_on is not None:
                self._say(tr("Reminded last on {day}.", day=moment(each.reminded_on)), "secondary")
        if not self.late:
            self._say(tr("Nobody is left to be reminded."), "secondary")
        self.ask_folder()
        self.go.setEnabled(bool(self.late))

    def _say(self, sentence: str, name: str = "") -> None:
        label = QLabel(sentence, self)
        label.setWordWrap(True)
        if name:
            role(label, name)
        self.fields.addWidget(label)

    def verb(self) -> str:
        return trn("Write {n} draft", "Write {n} drafts", len(self.late))

    def write(self) -> None:
        context, to, key = self.context, self.folder.path(), self._key
        workspace, project = context.workspace, context.project.id
        self.work.run(
            tr("Writing reminders"), lambda _progress: remind(workspace, project, key, to), self._written, self.fail
        )

    def _written(self, done: Reminded) -> None:
        said = trn("{n} draft was written.", "{n} drafts were written.", len(done.files))
        self.say_written(said, done.files)

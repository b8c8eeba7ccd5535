"""The dialog that checks a pack by its manifest: each file as it was, changed, or missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from handover.errors import NotValid
from handover.i18n import N_, tr, trn
from handover.model.vocabulary import Tone
from handover.pack.manifest import Verification, verify
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.transfer.writing import PathField, WritingDialog, last_folder

_TONES: dict[str, Tone] = {"same": "ok", "changed": "danger", "missing": "warning"}
_WORDS = {"same": N_("As it was"), "changed": N_("Changed"), "missing": N_("Missing")}


class VerifyDialog(WritingDialog):
    """Checks the packs in a folder; it writes nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Check a handover pack"),
            tr("Tells whether the files of a pack are still as they were when it was made."),
            parent,
        )
        self.folder = PathField(tr("Folder of the pack"), last_folder(context), folder=True)
        self.fields.addWidget(FieldBox(tr("Folder of the pack"), self.folder))
        self.found = QTreeWidget(self)
        self.found.setAccessibleName(tr("Files of the pack"))
        self.found.setHeaderLabels([tr("File"), tr("State")])
        self.found.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.found.header().setStretchLastSection(False)
        self.found.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.found.setMinimumHeight(200)
        self.found.hide()
        self.fields.addWidget(self.found, 1)
        self.folder.edit.textChanged.connect(self.forget_question)
        self.forget_question()
        self.folder.setFocus()

    def verb(self) -> str:
        return tr("Check")

    def targets(self) -> list[Path]:
        """None: it only reads."""
        if not self.folder.edit.text().strip():
            raise NotValid(N_("Choose the folder of the pack."))
        return []

    def place(self) -> PathField:
        return self.folder

    def write(self) -> None:
        """Check the files."""
        folder, context = self.folder.path(), self.context
        workspace = context.workspace if context.has_workspace else None
        self.found.hide()
        self.work.run(
            tr("Checking the files of the pack"), lambda progress: verify(folder, progress, workspace),
            self._checked, self.fail,
        )  # fmt: skip

    def _checked(self, packs: tuple[Verification, ...]) -> None:
        self.found.clear()
        for pack in packs:
            name = tr("Draft {number}", number=pack.number) if pack.draft else tr("Pack {number}", number=pack.number)
            head = QTreeWidgetItem(self.found, [name, ""])
            for file in pack.files:
                item = QTreeWidgetItem(head, [file.name, tr(_WORDS[file.state])])
                tone = _TONES[file.state]
                item.setIcon(1, icon(TONE_ICONS[tone], tone))
                item.setToolTip(0, str(file))
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, str(file))
            if pack.log_said:
                state = "same" if pack.log else "changed"
                tone = _TONES[state]
                item = QTreeWidgetItem(head, [tr("Change log"), tr(_WORDS[state])])
                item.setIcon(1, icon(TONE_ICONS[tone], tone))
                item.setToolTip(0, pack.log_said)
                item.setData(0, Qt.ItemDataRole.AccessibleTextRole, pack.log_said)
        self.found.expandAll()
        self.found.setCurrentIndex(self.found.model().index(0, 0))
        self.found.show()
        files = [f for p in packs for f in p.files]
        wrong = sum(f.state != "same" for f in files)
        if altered := next((p for p in packs if p.log is False), None):
            self.notice.say(altered.log_said, "danger")
        elif wrong:
            said = trn("{n} file isn't as it was when the pack was made.",
                       "{n} files aren't as they were when the pack was made.", wrong)  # fmt: skip
            self.notice.say(said, "danger")
        else:
            self.notice.say(
                trn("{n} file is as it was when the pack was made.",
                    "All {n} files are as they were when the pack was made.", len(files)),
                "ok",
            )  # fmt: skip
        self.leave.setText(tr("Close"))
        self.grow()
        self.found.setFocus()

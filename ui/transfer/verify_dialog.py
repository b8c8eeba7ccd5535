"""The dialog that checks a pack: each of its files, what lies beside them, and what the workspace kept of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from handover.errors import NotValid
from handover.i18n import N_, tr, trn
from handover.model.vocabulary import Tone
from handover.pack.proof.verdict import Record, State, Verification
from handover.pack.proof.verify import verify
from handover.pack.sealing.signatures import FoundSignature
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.transfer.writing import PathField, WritingDialog, last_folder

_TONES: dict[State, Tone] = {
    "same": "ok", "changed": "danger", "missing": "warning", "renamed": "warning", "foreign": "danger",
    "link": "danger", "twice": "danger", "signed": "ok",
}  # fmt: skip
_WORDS: dict[State, str] = {
    "same": N_("As it was"),
    "changed": N_("Changed"),
    "missing": N_("Missing"),
    "renamed": N_("Renamed"),
    "foreign": N_("Not of the pack"),
    "link": N_("Only a link"),
    "twice": N_("There twice"),
    "signed": N_("As issued, and signed"),
}
_RECORD: dict[Record, tuple[str, Tone]] = {
    "same": (N_("As it was issued"), "ok"),
    "differs": (N_("Not what was issued"), "danger"),
    "unknown": (N_("Never issued"), "danger"),
    "elsewhere": (N_("Not compared"), "neutral"),
}


class PackPlace(PathField):
    """Where a pack lies: a folder, or a file of it or the archive that it came in."""

    def __init__(self, title: str, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(title, path, folder=True, parent=parent)
        self.browse.setText(tr("Folder…"))
        self.file = QPushButton(tr("File…"), self)
        self.file.setAutoDefault(False)
        self.file.setAccessibleName(tr("Choose a file: {what}", what=title))
        self.file.clicked.connect(self._choose_file)
        row = self.layout()
        if row is not None:
            row.addWidget(self.file)

    def _choose_file(self) -> None:
        kinds = tr("Packs and their files ({endings})", endings="*.zip *.pdf *.xlsx *.json")
        dialog = QFileDialog(self, self.edit.accessibleName(), str(self.path()), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()


class VerifyDialog(WritingDialog):
    """Checks the packs in a folder; it writes nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Check a handover pack"),
            tr("Tells whether a pack is still as it was made, and whether it is what this workspace issued."),
            parent,
        )
        self.folder = PackPlace(tr("Folder, .zip, manifest or PDF of the pack"), last_folder(context))
        self.fields.addWidget(FieldBox(tr("Folder, .zip, manifest or PDF of the pack"), self.folder))
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
            raise NotValid(N_("Choose where the pack lies."))
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
            self._show_pack(pack)
        self.found.expandAll()
        self.found.setCurrentIndex(self.found.model().index(0, 0))
        self.found.show()
        self.notice.say(*_verdict(packs))
        self.leave.setText(tr("Close"))
        self.grow()
        self.found.setFocus()

    def _show_pack(self, pack: Verification) -> None:
        name = tr("Draft {number}", number=pack.number) if pack.draft else tr("Pack {number}", number=pack.number)
        head = QTreeWidgetItem(self.found, [name, ""])
        for file in pack.files:
            _line(head, file.name, tr(_WORDS[file.state]), _TONES[file.state], str(file))
        if pack.log_said:
            state: State = "same" if pack.log else "changed"
            _line(head, tr("Change log"), tr(_WORDS[state]), _TONES[state], pack.log_said)
        if pack.record:
            word, tone = _RECORD[pack.record]
            _line(head, tr("Issued by this workspace"), tr(word), tone, pack.record_said)
        for signature in pack.signatures or ():
            word, tone = _signed(signature)
            _line(head, tr("Signature of {name}", name=signature.signer), tr(word), tone, str(signature))
        if pack.signatures is None:
            _line(head, tr("Signatures"), tr(N_("Not checked")), "warning", pack.signatures_said[0])
        if pack.since_said:
            _line(head, tr("In force"), tr("No"), "warning", pack.since_said)


def _signed(signature: FoundSignature) -> tuple[str, Tone]:
    """How a signature stands, in a word."""
    if not signature.holds:
        return N_("Broken"), "danger"
    if not signature.whole:
        return N_("Changed after it"), "danger"
    return (N_("Holds, trusted"), "ok") if signature.trusted else (N_("Holds, signer not vouched for"), "info")


def _line(head: QTreeWidgetItem, name: str, word: str, tone: Tone, said: str) -> None:
    item = QTreeWidgetItem(head, [name, word])
    item.setIcon(1, icon(TONE_ICONS[tone], tone))
    item.setToolTip(0, said)
    item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)


def _verdict(packs: tuple[Verification, ...]) -> tuple[str, Tone]:
    """What it all comes to: the worst that was found."""
    files = [f for p in packs for f in p.files]
    if altered := next((p for p in packs if p.log is False), None):
        return altered.log_said, "danger"
    if forged := next((p for p in packs if p.record in ("differs", "unknown")), None):
        return forged.record_said, "danger"
    if broken := next((s for p in packs for s in p.signatures or () if not s.ok), None):
        return str(broken), "danger"
    if foreign := sum(f.state == "foreign" for f in files):
        said = trn("{n} file lies there that doesn't belong to the pack.",
                   "{n} files lie there that don't belong to the pack.", foreign)  # fmt: skip
        if all(f.state in ("same", "signed", "foreign") for f in files):
            return said, "danger"
    if wrong := sum(f.state not in ("same", "signed", "foreign") for f in files):
        return trn("{n} file isn't as it was when the pack was made.",
                   "{n} files aren't as they were when the pack was made.", wrong), "danger"  # fmt: skip
    if late := next((p for p in packs if p.since_said), None):
        return late.since_said, "warning"
    return trn("{n} file is as it was when the pack was made.",
               "All {n} files are as they were when the pack was made.", len(files)), "ok"  # fmt: skip

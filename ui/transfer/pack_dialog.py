"""The dialog that makes a handover pack: which chapters, in which language, as what, and where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QWidget

from handover.errors import NotValid
from handover.i18n import N_, tr, trn
from handover.jobs import Progress
from handover.pack.contents import parts
from handover.pack.produce import Pack, make_pack, pack_names
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.writing import FOLDER, LANGUAGES, PathField, WritingDialog, language_name, last_folder

_LANGUAGE = "packs/language"
_LEFT_OUT = "packs/left_out"


class PackDialog(WritingDialog):
    """Makes the pack of the project in hand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Make a handover pack"),
            tr("A document to be signed and a workbook of the same contents, with a manifest of their checksums."),
            parent,
        )
        self.chapters = QListWidget(self)
        self.all_chapters = QPushButton(tr("Take all"), self)
        self.language = QComboBox(self)
        for code in LANGUAGES:
            self.language.addItem(language_name(code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(context.settings.get(_LANGUAGE, "both"))))
        self.pdf = QCheckBox(tr("PDF document"), self)
        self.workbook = QCheckBox(tr("Excel workbook"), self)
        self.pdf.setChecked(True)
        self.workbook.setChecked(True)
        self.folder = PathField(tr("Folder"), last_folder(context), folder=True)
        self._fill()
        self._arrange()
        self.chapters.itemChanged.connect(self.forget_question)
        self.all_chapters.clicked.connect(self._take_all)
        self.language.currentIndexChanged.connect(self.forget_question)
        self.pdf.toggled.connect(self.forget_question)
        self.workbook.toggled.connect(self.forget_question)
        self.folder.edit.textChanged.connect(self.forget_question)
        self.forget_question()
        self.chapters.setFocus()

    def _fill(self) -> None:
        left_out = set(self.context.settings.get(_LEFT_OUT, []))
        self.chapters.setAccessibleName(tr("Chapters of the pack"))
        for each in parts():
            item = QListWidgetItem(tr(each.title))
            item.setData(Qt.ItemDataRole.UserRole, each.key)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked if each.key in left_out else Qt.CheckState.Checked)
            item.setSizeHint(QSize(0, tokens.ROW))
            self.chapters.addItem(item)
        self.chapters.setCurrentRow(0)
        self.chapters.setFixedHeight(min(self.chapters.count(), 10) * tokens.ROW + SPACE)

    def _arrange(self) -> None:
        self.fields.addWidget(FieldBox(tr("Chapters"), self.chapters))
        role(self.all_chapters, "link")
        self.all_chapters.setAutoDefault(False)
        self.fields.addWidget(self.all_chapters, 0, Qt.AlignmentFlag.AlignLeft)
        self.fields.addWidget(FieldBox(tr("Language"), self.language))
        kinds = QHBoxLayout()
        kinds.setSpacing(SPACE * 6)
        kinds.addWidget(self.pdf)
        kinds.addWidget(self.workbook)
        kinds.addStretch(1)
        self.fields.addLayout(kinds)
        self.fields.addWidget(FieldBox(tr("Folder"), self.folder))
        self.offer_folder()

    # -- choosing -----------------------------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """The keys of the chapters that go in."""
        items = [self.chapters.item(n) for n in range(self.chapters.count())]
        return tuple(str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked)

    def _take_all(self) -> None:
        for n in range(self.chapters.count()):
            self.chapters.item(n).setCheckState(Qt.CheckState.Checked)

    # -- writing ------------------------------------------------------------------------------------------------------

    def verb(self) -> str:
        n = self.chapters.count() - len(self.chosen())
        if not n:
            return tr("Make the pack")
        return trn("Make the pack of {n} chapter", "Make the pack of {n} chapters", len(self.chosen()))

    def targets(self) -> list[Path]:
        if not self.chosen():
            raise NotValid(N_("Choose at least one chapter."))
        if not (self.pdf.isChecked() or self.workbook.isChecked()):
            raise NotValid(N_("Choose PDF, Excel or both."))
        if not self.folder.edit.text().strip():
            raise NotValid(N_("Choose the folder for the files."))
        project = self.context.workspace.project(self.context.project.code)
        names = pack_names(
            project, language=str(self.language.currentData()),
            pdf=self.pdf.isChecked(), workbook=self.workbook.isChecked(),
        )  # fmt: skip
        return [self.folder.path() / name for name in names]

    def write(self) -> None:
        context, folder, chosen = self.context, self.folder.path(), self.chosen()
        code, pdf, workbook = str(self.language.currentData()), self.pdf.isChecked(), self.workbook.isChecked()
        project = context.workspace.project(context.project.code)
        context.settings.put(_LANGUAGE, code)
        context.settings.put(_LEFT_OUT, [c.key for c in parts() if c.key not in chosen])
        context.settings.put(FOLDER, str(folder))

        def make(progress: Progress) -> Pack:
            return make_pack(
                context.workspace, project, folder, language=code, chapters=chosen, pdf=pdf, workbook=workbook,
                progress=progress,
            )  # fmt: skip

        self.work.run(tr("Making the pack"), make, self._made, self.fail)

    def _made(self, pack: Pack) -> None:
        files = [p for p in (pack.pdf, pack.workbook) if p is not None]
        self.show_written(
            tr("The pack is ready: {files} and its manifest.", files=tr(", ").join(p.name for p in files)), files
        )

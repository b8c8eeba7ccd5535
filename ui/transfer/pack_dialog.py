"""The dialog that makes a pack: of which kind, which chapters, in which language, as what, and where."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from handover.errors import NotValid
from handover.i18n import N_, language, tr, trn
from handover.jobs import Progress
from handover.model.issued import PACK_PURPOSE
from handover.model.pack_definition import PACK_READERS
from handover.pack.contents import PackContents, parts
from handover.pack.packs.defined import PackAsked, contents_asked, definitions_of
from handover.pack.packs.kinds import PACK_KINDS, pack_kind
from handover.pack.produce import Issue, Pack, make_pack, next_pack_number, pack_names, packs_in_force
from handover.wording import Words, shown
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.pack_preview import PackPreview
from ui.transfer.part_list import PartList
from ui.transfer.writing import FOLDER, LanguageBox, PathField, WritingDialog, last_folder

_LANGUAGE = "packs/language"
_LEFT_OUT = "packs/left_out"
_ORDER = "packs/order"
_TAGGED = "packs/tagged"
#: Of the form with the preview beside it; the narrowest screen has 1024 pixels.
_WIDTH = 960
_KIND = "packs/kind"
#: What is asked of a kind that isn't about all of the project.
_ABOUT = {
    "system": N_("Numbers of the systems, apart by commas"),
    "group": N_("Name or reference of the working group"),
}


def words_shown(words: Words) -> str:
    """Words of a paper in the language in force."""
    return shown(words, "zh" if language() == "zh" else "en")


class PackDialog(WritingDialog):
    """Makes the pack of the project in hand."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Make a handover pack"),
            tr("A document to be signed and a workbook of the same contents, with a manifest of their checksums."),
            parent,
        )
        self.setMinimumWidth(_WIDTH)
        self._contents = PackContents()
        self.preview = PackPreview(context, self.asked, self)
        self.kind = QComboBox(self)
        self.about = QLineEdit(self)
        self.purpose = QComboBox(self)
        self.readers = QComboBox(self)
        self.chapters = PartList(self)
        self.all_chapters = QPushButton(tr("Take all"), self)
        self.language = LanguageBox(self, context.settings.get(_LANGUAGE, "both"))
        self.issue = QComboBox(self)
        self._offer_issues()
        self.pdf = QCheckBox(tr("PDF document"), self)
        self.workbook = QCheckBox(tr("Excel workbook"), self)
        self.tagged = QCheckBox(tr("Readable by screen readers"), self)
        self.embed = QCheckBox(tr("Workbook inside the PDF"), self)
        self.tagged.setChecked(bool(context.settings.get(_TAGGED, False)))
        self.pdf.setChecked(True)
        self.workbook.setChecked(True)
        self.folder = PathField(tr("Folder"), last_folder(context), folder=True)
        self._offer_kinds()
        self._fill()
        self._arrange()
        self.kind.currentIndexChanged.connect(self._kind_chosen)
        self.about.textChanged.connect(self.forget_question)
        self.purpose.currentIndexChanged.connect(self.forget_question)
        self.readers.currentIndexChanged.connect(self.forget_question)
        self.chapters.changed.connect(self.forget_question)
        self.chapters.looked_at.connect(self.preview.look_at)
        self.all_chapters.clicked.connect(self._take_all)
        self.language.currentIndexChanged.connect(self.forget_question)
        self.issue.currentIndexChanged.connect(self._issue_chosen)
        for ticked in (self.pdf, self.workbook, self.tagged, self.embed):
            ticked.toggled.connect(self.forget_question)
        for needed in (self.pdf, self.workbook):
            needed.toggled.connect(self._offer_more)
        self.folder.edit.textChanged.connect(self.forget_question)
        self.forget_question()
        self.chapters.setFocus()

    def _fill(self) -> None:
        asked = self._asked
        there = parts(pack_kind(asked.kind), asked.pages)
        kept = self.context.settings.get(_ORDER, {}).get(asked.kind, []) if not asked.chapters else []
        left_out = set(self.context.settings.get(_LEFT_OUT, []))
        keys = [part.key for part in there]
        ordered = [key for key in kept if key in keys]
        if ordered and not asked.chapters:  # parts that the order doesn't know yet stand where the kind has them
            for at, key in enumerate(keys):
                if key not in ordered:
                    ordered.insert(at, key)
            self.chapters.fill(sorted(there, key=lambda part: ordered.index(part.key)), (), left_out)
            return
        self.chapters.fill(there, asked.chapters, left_out)

    @property
    def _asked(self) -> PackAsked:
        """The pack that is chosen: one that was defined, or a kind."""
        chosen: PackAsked = self.kind.currentData()
        return chosen

    def _offer_kinds(self) -> None:
        """The kinds, then what the project has defined."""
        for kind in PACK_KINDS:
            self.kind.addItem(kind.label, PackAsked(kind.key))
        context = self.context
        for name, asked in definitions_of(context.workspace, context.project.id):
            self.kind.addItem(name, asked)
        self.kind.setCurrentIndex(max(0, self.kind.findText(str(context.settings.get(_KIND, "")))))
        self.purpose.addItem(tr("Not said"), "")
        for option in PACK_PURPOSE:
            self.purpose.addItem(option.label, option.code)
        for option in PACK_READERS:
            self.readers.addItem(option.label, option.code)

    def _kind_chosen(self) -> None:
        asked = self._asked
        self._fill()
        self._tell_about()
        self.about.setText(", ".join(asked.systems) or asked.group)
        self.purpose.setCurrentIndex(max(0, self.purpose.findData(asked.purpose)))
        self.readers.setCurrentIndex(max(0, self.readers.findData(asked.readers)))
        at = self.language.findData(asked.language)
        if at >= 0 and asked != PackAsked(asked.kind):
            self.language.setCurrentIndex(at)
        self.forget_question()
        self.grow()

    def _tell_about(self) -> None:
        about = pack_kind(self._asked.kind).about
        self.about_box.setVisible(about in _ABOUT)
        if about in _ABOUT:
            self.about.setPlaceholderText(tr(_ABOUT[about]))

    def asked(self) -> PackAsked:
        """The pack as it is asked for, in names."""
        asked = self._asked
        about = pack_kind(asked.kind).about
        named = tuple(filter(None, map(str.strip, self.about.text().replace("，", ",").split(","))))
        return replace(
            asked,
            language=str(self.language.currentData()),
            chapters=self.chosen(),
            systems=named if about == "system" else asked.systems,
            group=self.about.text().strip() if about == "group" else asked.group,
            purpose=str(self.purpose.currentData()),
            readers="" if self.readers.currentData() == "parties" else str(self.readers.currentData()),
        )

    def _arrange(self) -> None:
        beside = QWidget(self)
        row = QHBoxLayout(beside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE * 6)
        whole = self.layout()
        assert whole is not None
        whole.replaceWidget(self.form, beside)
        row.addWidget(self.form, 1)
        row.addWidget(self.preview, 0, Qt.AlignmentFlag.AlignTop)
        self.beside = beside
        self.fields.setSpacing(SPACE * 2)  # so that all of it is seen on a small screen
        self.about_box = FieldBox(tr("What the pack is about"), self.about)
        kinds_row = QHBoxLayout()
        kinds_row.setSpacing(SPACE * 4)
        kinds_row.addWidget(FieldBox(tr("Kind of pack"), self.kind), 1)
        kinds_row.addWidget(FieldBox(tr("Issued for"), self.purpose), 1)
        self.fields.addLayout(kinds_row)
        self.fields.addWidget(self.about_box)
        self._tell_about()
        self.fields.addWidget(FieldBox(tr("Chapters"), self.chapters))
        role(self.all_chapters, "link")
        self.all_chapters.setAutoDefault(False)
        self.fields.addWidget(self.all_chapters, 0, Qt.AlignmentFlag.AlignLeft)
        told_row = QHBoxLayout()
        told_row.setSpacing(SPACE * 4)
        told_row.addWidget(FieldBox(tr("Language"), self.language), 1)
        told_row.addWidget(FieldBox(tr("Who reads it"), self.readers), 1)
        self.fields.addLayout(told_row)
        self.fields.addWidget(FieldBox(tr("Draft or issued"), self.issue))
        role(self.said, "small")
        self.said.setWordWrap(True)
        self.fields.addWidget(self.said)
        kinds = QGridLayout()
        kinds.setHorizontalSpacing(SPACE * 4)
        kinds.setVerticalSpacing(SPACE)
        for at, ticked in enumerate((self.pdf, self.workbook, self.tagged, self.embed)):
            kinds.addWidget(ticked, at // 2, at % 2)
        self.fields.addLayout(kinds)
        self.fields.addWidget(FieldBox(tr("Folder"), self.folder))
        self.offer_folder()

    def _offer_issues(self) -> None:
        """A draft first, then what it can be issued as; nothing can be where the workspace is read only."""
        context = self.context
        self.said = QLabel(self)
        self.issue.addItem(tr("Draft, without a number"), None)
        if not context.read_only:
            with context.workspace.read() as connection:
                following = next_pack_number(connection, context.project.id)
                there = packs_in_force(connection, context.project.id)
            self.issue.addItem(tr("Issue it as {number}", number=following), Issue())
            for paper in there:
                name = tr("Issue it as edition {edition} of {number}", edition=paper.edition + 1, number=paper.number)
                self.issue.addItem(name, Issue(paper.id))
        self._tell_issue()

    def choose_issue(self, supersedes: str | None) -> None:
        """Choose to issue it: under the next number, or as the next edition of a pack in force."""
        for at in range(1, self.issue.count()):
            if self.issue.itemData(at).supersedes == supersedes:
                self.issue.setCurrentIndex(at)

    def _issue_chosen(self) -> None:
        wanted = self.issue.currentData() is not None
        self.pdf.setEnabled(not wanted)
        if wanted:
            self.pdf.setChecked(True)
        self._tell_issue()
        self.forget_question()
        self.grow()

    def _offer_more(self) -> None:
        """What needs a PDF, or both files, can be chosen where there are such."""
        self.tagged.setEnabled(self.pdf.isChecked())
        self.embed.setEnabled(self.pdf.isChecked() and self.workbook.isChecked())

    def _tell_issue(self) -> None:
        issue = self.issue.currentData()
        if issue is None:
            self.said.setText(tr("It is marked as a draft and has no number of the series."))
        elif issue.supersedes is None:
            self.said.setText(tr("It is recorded, kept as it is and can't be changed afterwards."))
        else:
            self.said.setText(tr("It is recorded and kept as it is; the edition before it is superseded."))

    # -- choosing -----------------------------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """The keys of the chapters that go in, in their order."""
        return self.chapters.chosen()

    def _take_all(self) -> None:
        self.chapters.take_all()

    def forget_question(self) -> None:
        super().forget_question()
        self.preview.refresh()

    def done(self, result: int) -> None:
        self.preview.stop()
        super().done(result)

    # -- writing ------------------------------------------------------------------------------------------------------

    def verb(self) -> str:
        n = self.chapters.count() - len(self.chosen())
        if self.issue.currentData() is not None:
            return (
                tr("Issue the pack")
                if not n
                else trn("Issue the pack of {n} chapter", "Issue the pack of {n} chapters", len(self.chosen()))
            )
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
        self._contents = contents_asked(self.context.workspace, project, self.asked())
        names = pack_names(
            self.context.workspace, project, language=str(self.language.currentData()),
            pdf=self.pdf.isChecked(), workbook=self.workbook.isChecked(), issue=self.issue.currentData(),
            kind=self._contents.kind,
        )  # fmt: skip
        return [self.folder.path() / name for name in names]

    def place(self) -> PathField:
        return self.folder

    def write(self) -> None:
        context, folder, chosen = self.context, self.folder.path(), self.chosen()
        code, pdf, workbook = str(self.language.currentData()), self.pdf.isChecked(), self.workbook.isChecked()
        project, issue = context.workspace.project(context.project.code), self.issue.currentData()
        if issue is not None:
            issue = replace(issue, purpose=str(self.purpose.currentData()) or None)
        contents, tagged = self._contents, self.tagged.isChecked() and pdf
        embed = self.embed.isChecked() and self.embed.isEnabled()
        context.settings.put(_TAGGED, self.tagged.isChecked())
        context.settings.put(_KIND, self.kind.currentText())
        context.settings.put(_LANGUAGE, code)
        if not self._asked.chapters:
            there = [part.key for part in parts(contents.kind)]
            kept = [key for key in context.settings.get(_LEFT_OUT, []) if key not in there]
            context.settings.put(_LEFT_OUT, [*kept, *(key for key in there if key not in chosen)])
            orders = dict(context.settings.get(_ORDER, {}))
            context.settings.put(_ORDER, {**orders, contents.kind.key: self.chapters.keys()})
        context.settings.put(FOLDER, str(folder))

        def make(progress: Progress) -> Pack:
            return make_pack(
                context.workspace, project, folder, language=code, chapters=chosen, pdf=pdf, workbook=workbook,
                issue=issue, contents=contents, embed=embed, tagged=tagged, progress=progress,
            )  # fmt: skip

        self.work.run(tr("Making the pack"), make, self._made, self.fail)

    def _made(self, pack: Pack) -> None:
        files = [p for p in (pack.pdf, pack.workbook) if p is not None]
        names = tr(", ").join(p.name for p in files)
        if pack.paper is not None:
            said = tr("{number}, edition {edition}, is issued: {files} and its manifest.",
                      number=pack.paper.number, edition=pack.paper.edition, files=names)  # fmt: skip
        else:
            said = tr("The pack is ready: {files} and its manifest.", files=names)
        self.preview.hide()
        self.show_written(said, files)
        if told := [*pack.losses.sentences(), *(words_shown(words) for words in pack.warnings)]:
            self.notice.say("\n".join((said, *told)), "warning")
            self.grow()

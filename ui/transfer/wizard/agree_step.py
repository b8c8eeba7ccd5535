"""The step that says exactly what the import will do before it does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.session import Intake
from handover.exchange.importing.summary import emptied, further_revisions, odd_rows
from handover.i18n import tr, trn
from handover.model.vocabulary import Tone
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.marks import TONE_ICONS
from ui.theme.style import role
from ui.theme.tokens import ICON, SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.outcomes import REMARKED
from ui.transfer.wizard.preview_step import made_with
from ui.transfer.wizard.step import WizardStep

#: Whether rows in error keep all others back.
_WHOLE = "import/all_or_nothing"


class AgreeStep(WizardStep):
    """Sentences with real numbers.

    Signals:
        look: an outcome whose rows the user wants to see.
    """

    look = Signal(str)

    def __init__(self, context: Context, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        self.notice = NoticeBox(self)
        self.column.addWidget(self.notice)
        self._card = QFrame(self)
        self.column.addWidget(self._card)
        self.whole = QCheckBox(tr("Import nothing while a row is in error"), self)
        self.whole.setChecked(bool(context.settings.get(_WHOLE, False)))
        self.whole.toggled.connect(self._choose_whole)
        self.column.addWidget(self.whole)
        foot = QLabel(
            tr(
                "All of it is one step: Undo takes it back as a whole. The report of the import stays with the project."
            ),
            self,
        )
        role(foot, "secondary")
        foot.setWordWrap(True)
        self.column.addWidget(foot)
        self.column.addStretch(1)
        self.sentences: list[str] = []

    def title(self) -> str:
        return tr("This will happen")

    def ready(self) -> bool:
        run = self.intake.run
        return run is not None and run.changes_anything and not self.context.read_only and not self._waits()

    def _waits(self) -> bool:
        """Whether rows in error keep all others back, as the user has chosen."""
        run = self.intake.run
        return run is not None and bool(run.rows["error"]) and self.whole.isChecked()

    @Slot(bool)
    def _choose_whole(self, on: bool) -> None:
        self.context.settings.put(_WHOLE, on)
        if self.intake.run is not None:
            self._say(self.intake.run)
            self.changed.emit()

    def verb(self) -> str:
        run = self.intake.run
        n = written(run) if run else 0
        return trn("Import {n} row", "Import {n} rows", n) if n else tr("Import")

    def enter(self) -> None:
        run = self.intake.run
        assert run is not None
        self.whole.setVisible(bool(run.rows["error"]))
        self._say(run)
        self.lead.setText(
            tr("{file} → {register} of project {project}", file=run.file.name, register=labels(run),
               project=self.context.project.code)
        )  # fmt: skip
        self._show(run)
        self.changed.emit()

    def _say(self, run: DryRun | SheetsDryRun) -> None:
        """Say why nothing can be imported, where nothing can."""
        if self.context.read_only:
            self.notice.say(tr("The workspace is open for reading only; nothing can be imported into it."), "warning")
        elif not run.changes_anything:
            self.notice.say(tr("Nothing of the file is new or different: there is nothing to import."), "info")
        elif self._waits():
            self.notice.say(tr("Mend the rows in error, or leave them out, in the step before."), "warning")
        else:
            self.notice.say("")

    def _show(self, run: DryRun | SheetsDryRun) -> None:
        self.column.removeWidget(self._card)
        self._card.deleteLater()
        self._card = QFrame(self)
        role(self._card, "card")
        column = QVBoxLayout(self._card)
        column.setContentsMargins(SPACE * 4, SPACE * 3, SPACE * 4, SPACE * 3)
        column.setSpacing(SPACE * 2)
        self.sentences = []
        self.links: list[QPushButton] = []
        for tone, sentence, outcome in what_happens(run):
            self.sentences.append(sentence)
            column.addLayout(self._line(tone, sentence, outcome))
        before = self.notice.more
        for link in self.links:
            self.setTabOrder(before, link)
            before = link
        self.column.insertWidget(3, self._card)

    def _line(self, tone: Tone, sentence: str, outcome: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE * 3)
        picture = QLabel(self._card)
        picture.setPixmap(icon(TONE_ICONS[tone], tone).pixmap(ICON, ICON))
        text = QLabel(sentence, self._card)
        text.setWordWrap(True)
        row.addWidget(picture)
        row.addWidget(text, 1)
        if outcome:
            button = QPushButton(tr("Show the rows"), self._card)
            role(button, "link")
            button.setAutoDefault(False)
            button.setAccessibleDescription(sentence)
            button.clicked.connect(lambda _=False: self.look.emit(outcome))
            row.addWidget(button)
            self.links.append(button)
        return row


def labels(run: DryRun | SheetsDryRun) -> str:
    """The names of the registers that an import fills."""
    return tr(", ").join(dict.fromkeys(each.register.label for each in runs_of(run)))


def written(run: DryRun | SheetsDryRun) -> int:
    """How many rows an import writes."""
    return run.rows["new"] + run.rows["changed"] + sum(map(taken_conflicts, runs_of(run)))


def taken_conflicts(run: DryRun) -> int:
    """How many rows in conflict change something all the same."""
    judgement = run.found.judgement
    return sum(o == "conflict" and p in judgement.changes for p, o in enumerate(judgement.outcomes))


Said = tuple[Tone, str, str]


def what_happens(run: DryRun | SheetsDryRun) -> list[Said]:
    """Tone, sentence and the outcome whose rows it counts, for everything that the import does or leaves."""
    runs = runs_of(run)
    return [
        *_written(runs),
        *_emptied(run),
        *_left(run),
        *_beside(run),
        *(said for each in runs for said in _missing(each)),
        *_not_taken(run),
    ]


def _written(runs: Sequence[DryRun]) -> Iterator[Said]:
    labels = dict.fromkeys(run.register.label for run in runs)
    counts = {label: [run.rows for run in runs if run.register.label == label] for label in labels}
    for label, rows in counts.items():
        if n := sum(each["new"] for each in rows):
            said = trn("{n} row is added to {register}.", "{n} rows are added to {register}.", n, register=label)
            yield "ok", said, "new"
    for run in runs:
        if said := further_revisions(run):
            yield "ok", said, "older"
    for label, rows in counts.items():
        if n := sum(each["changed"] for each in rows):
            said = trn("{n} row of {register} is changed.", "{n} rows of {register} are changed.", n, register=label)
            yield "info", said, "changed"
    if n := sum(run.rows["conflict"] for run in runs):
        said = trn(
            "In {n} row both sides changed a field: what stands here is kept.",
            "In {n} rows both sides changed a field: what stands here is kept.",
            n,
        )
        yield "warning", said, "conflict"


def _emptied(run: DryRun | SheetsDryRun) -> Iterator[Said]:
    if n := emptied(run):
        said = trn(
            "{n} field is emptied because its cell is empty now.",
            "{n} fields are emptied because their cells are empty now.",
            n,
        )
        yield "warning", said, "changed"


def _not_taken(run: DryRun | SheetsDryRun) -> Iterator[Said]:
    if isinstance(run, SheetsDryRun) and (n := len(run.left)):
        names = tr(", ").join(sheet.sheet for sheet in run.left)
        said = trn("{n} sheet isn't taken: {names}.", "{n} sheets aren't taken: {names}.", n, names=names)
        yield "neutral", said, ""


def _left(run: DryRun | SheetsDryRun) -> Iterator[Said]:
    rows = run.rows
    if n := len(run.remarked):
        said = trn(
            "{n} row is taken with a remark: what couldn't be read goes to its notes.",
            "{n} rows are taken with a remark: what couldn't be read goes to their notes.",
            n,
        )
        yield "warning", said, REMARKED
    if said := odd_rows(run):
        yield "warning", said, REMARKED
    if n := rows["error"]:
        yield "danger", trn("{n} row is in error and left out.", "{n} rows are in error and left out.", n), "error"
    if n := rows["skipped"]:
        yield "neutral", trn("{n} row is skipped.", "{n} rows are skipped.", n), "skipped"
    if n := rows["unchanged"]:
        said = trn("{n} row is as it was and stays so.", "{n} rows are as they were and stay so.", n)
        yield "neutral", said, "unchanged"


def _beside(run: DryRun | SheetsDryRun) -> Iterator[Said]:
    for name, made in made_with(run).items():
        said = trn(
            "{n} row is added to {register} with it: {names}.",
            "{n} rows are added to {register} with it: {names}.",
            len(made),
            register=name,
            names=_some(made),
        )
        yield "info", said, ""
    if made := [name for each in runs_of(run) for name in each.summaries]:
        said = trn(
            "{n} summary task is made for the phases: {names}.",
            "{n} summary tasks are made for the phases: {names}.",
            len(made),
            names=_some(made),
        )
        yield "info", said, ""


def _some(names: Sequence[str]) -> str:
    """The first six names."""
    shown = tr(", ").join(names[:6])
    return tr("{names} and others", names=shown) if len(names) > 6 else shown


def _missing(run: DryRun) -> Iterator[Said]:
    n = len(run.missing)
    if not n:
        return
    if run.options.on_missing == "keep":
        said = trn("{n} row that the file no longer has is kept.", "{n} rows that the file no longer has are kept.", n)
        yield "neutral", said, ""
    else:
        one, many = run.register.model.dropping.told
        yield "warning", trn(one, many, n), ""

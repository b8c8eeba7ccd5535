"""The import wizard: from a file to rows in a register, saying before what will happen and after what did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from handover.errors import HandoverError
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.session import Intake
from handover.exchange.reading.text_form import TextForm
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.registers.query import Condition
from ui.shell.dialog import keep_on_screen
from ui.shell.help import Help
from ui.shell.own_code import own_code
from ui.shell.page import Context
from ui.shell.shortcuts import keys_text
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.wizard.agree_step import AgreeStep
from ui.transfer.wizard.done_step import DoneStep, done_rows
from ui.transfer.wizard.file_step import FileStep
from ui.transfer.wizard.mapping_step import MappingStep
from ui.transfer.wizard.preview_step import PreviewStep
from ui.transfer.wizard.row_list import DoneRow
from ui.transfer.wizard.step import WizardStep
from ui.transfer.wizard.stepper import Stepper
from ui.transfer.wizard.table_step import TableStep
from ui.transfer.work import WorkingDialog, WorkStrip

#: Of more rows than these no list is kept: the register is shown at the first of them.
_FILTERED = 2_000

FILE, TABLE, MAPPING, PREVIEW, AGREE, DONE = range(6)
_NAMES = (N_("File"), N_("Table"), N_("Columns"), N_("Rows"), N_("Agree"), N_("Done"))


class ImportWizard(WorkingDialog):
    """Imports one file into the project in hand.

    Args:
        path: the file; it is read at once.
        register: the key of the register that gets the rows; found out from the file where None.
    """

    def __init__(
        self, context: Context, path: Path | None = None, register: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import"))
        self.resize(1120, 720)
        self.context = context
        self.intake = Intake(context.workspace, context.project.code, register)
        self.work = WorkStrip(context, self)
        self.file_step = FileStep(context, self.intake, self)
        self.table_step = TableStep(context, self.intake, self.work, self)
        self.mapping_step = MappingStep(context, self.intake, self)
        self.preview_step = PreviewStep(context, self.intake, self.work, self)
        self.agree_step = AgreeStep(context, self.intake, self)
        self.done_step = DoneStep(context, self.intake, self.work, self)
        self.steps: tuple[WizardStep, ...] = (
            self.file_step, self.table_step, self.mapping_step, self.preview_step, self.agree_step, self.done_step,
        )  # fmt: skip
        self.stack = QStackedWidget(self)
        self.stepper = Stepper([tr(name) for name in _NAMES], self)
        self.back = QPushButton(tr("Back"), self)
        self.next = QPushButton(self)
        self.leave = QPushButton(tr("Cancel"), self)
        self._build()
        self._connect()
        self._go(FILE)
        if path is not None:
            # The window is shown first, so that its progress is seen.
            QTimer.singleShot(0, self, lambda: self.file_step.choose(path))

    @property
    def at(self) -> int:
        """The step in view."""
        return self.stack.currentIndex()

    def _build(self) -> None:
        for step in self.steps:
            self.stack.addWidget(step)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.stepper)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.stack, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(SPACE * 6, SPACE * 3, SPACE * 6, SPACE * 5)
        foot.setSpacing(SPACE * 2)
        foot.addWidget(self.work, 1)
        role(self.next, "primary")
        self.next.setToolTip(keys_text(QKeySequence("Ctrl+Return")))
        for button in (self.leave, self.back, self.next):
            button.setAutoDefault(False)
            foot.addWidget(button)
        self.setTabOrder(self.leave, self.back)
        self.setTabOrder(self.back, self.next)
        right.addLayout(foot)
        whole.addLayout(right, 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.leave.clicked.connect(self.reject)
        self.work.busy_changed.connect(self._busy)
        self.work.stopped.connect(self._stopped)
        self.file_step.chosen.connect(self._read)
        self.file_step.template_wanted.connect(self._open_template)
        self.table_step.whole_wanted.connect(self._take_in)
        self.preview_step.outdated.connect(self._compare_again)
        self.agree_step.look.connect(self._look)
        self.done_step.row_wanted.connect(self._open_row)
        self.done_step.register_wanted.connect(self._open_register)
        self.done_step.reports_wanted.connect(self._open_reports)
        for step in self.steps:
            step.changed.connect(self._update)

    # -- back and on --------------------------------------------------------------------------------------------------

    @Slot()
    def go_on(self) -> None:
        """Do what the step in view leads to."""
        if self.work.busy or not self.steps[self.at].ready():
            return
        if self.at == FILE:
            self._go(PREVIEW if self.intake.is_plan and self.intake.run else TABLE) if self._known() else None
        elif self.at == TABLE and self.intake.together:
            self._compare()
        elif self.at == TABLE:
            self.work.run(
                tr("Reading the columns"), self.intake.propose, lambda _mapping: self._go(MAPPING), self._fail
            )
        elif self.at == MAPPING:
            self._compare()
        elif self.at == PREVIEW:
            self._go(AGREE)
        elif self.at == AGREE:
            assert self.intake.run is not None
            title = tr("Importing {file}", file=self.intake.run.file.name)
            self.work.run(title, self._store, self._stored, self._fail)
        else:
            self.accept()

    def _known(self) -> bool:
        """Whether the chosen file is read; else it is read now."""
        path = self.intake.path
        if path is not None and self.intake.is_plan and self.intake.run is None:
            self._compare()
            return False
        return path is not None

    @Slot(str)
    def _take_in(self, chapter: str) -> None:
        """Go on with the file as a form of a chapter, which takes its head, too: ``take_in`` of ``ui.chapters.KEY``."""
        path, over, own = self.intake.path, self.parentWidget(), own_code(chapter)
        self.reject()
        if own is not None:
            own.take_in(self.context, path, over)

    @Slot()
    def go_back(self) -> None:
        """To the step before; nothing that was chosen is lost."""
        if self.work.busy or self.at in (FILE, DONE):
            return
        needed = [step for step in range(self.at) if step not in self._needless()]
        self._go(needed[-1])

    def _needless(self) -> frozenset[int]:
        """The steps that the file in hand has no use for."""
        if self.intake.is_plan:
            return frozenset({TABLE, MAPPING})
        return frozenset({MAPPING}) if self.intake.together else frozenset()

    def _go(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        if at != FILE or self.intake.file is not None:
            self.steps[at].enter()
        else:
            self.file_step.browse.setFocus()
        self.stepper.go(at, self._needless())
        self._update()

    @Slot()
    def _update(self) -> None:
        step = self.steps[self.at]
        self.next.setText(step.verb())
        self.next.setEnabled(step.ready() and not self.work.busy)
        self.back.setVisible(self.at != DONE)
        self.back.setEnabled(self.at != FILE and not self.work.busy)
        self.leave.setVisible(self.at != DONE)
        self.leave.setEnabled(not self.work.busy)  # meanwhile there is Stop

    @Slot(bool)
    def _busy(self, busy: bool) -> None:
        # Rows stay open to corrections while they are compared again; elsewhere a choice would be overtaken.
        self.stack.setEnabled(not busy or self.at == PREVIEW)
        self._update()

    # -- reading, comparing, storing ----------------------------------------------------------------------------------

    @Slot(object, object)
    def _read(self, path: Path, form: TextForm) -> None:
        if self.work.busy:
            return
        self.work.run(
            tr("Reading {file}", file=path.name),
            lambda progress: self.intake.read(path, progress, form),
            self._was_read,
            self._fail,
        )

    def _was_read(self, _file: Any) -> None:  # Any: an ImportFile
        assert self.intake.path is not None
        self.file_step.remember(self.intake.path)
        if self.intake.is_plan:
            self._compare()
        else:
            self._go(TABLE)

    def _compare(self) -> None:
        self.work.run(tr("Comparing the rows"), self.intake.rehearse, self._compared, self._fail)

    def _compared(self, run: DryRun | SheetsDryRun) -> None:
        self.intake.run = run
        if not self._asks(run):
            self._go(PREVIEW)

    def _asks(self, run: DryRun | SheetsDryRun) -> bool:
        """Ask about dates that can be read in two ways, back at the columns where the wizard is past them."""
        if isinstance(run, SheetsDryRun):  # COBie writes dates in one way alone
            return False
        doubtful = {key: reading for key, reading in run.undecided.items() if reading.examples}
        if not doubtful or self.intake.choices.order is not None:
            return False
        if self.at != MAPPING:
            self._go(MAPPING)
        headings = [m.heading for m in run.mapping.columns if m.field in doubtful]
        self.mapping_step.ask(headings, next(iter(doubtful.values())))
        return True

    @Slot()
    def _compare_again(self) -> None:
        if self.work.busy:
            self.preview_step.pause.start()
            return
        self.work.run(tr("Comparing the rows"), self.intake.rehearse, self._compared_again, self._fail)

    def _compared_again(self, run: DryRun | SheetsDryRun) -> None:
        self.intake.run = run
        if not self._asks(run):
            self.preview_step.show_run(run)

    def _store(self, progress: Progress) -> list[DoneRow]:
        """Import, and list what was done while nobody waits for it."""
        self.intake.store(progress)
        assert self.intake.run is not None
        return done_rows(self.intake.run)

    def _stored(self, rows: list[DoneRow]) -> None:
        self.done_step.done = rows
        self._go(DONE)

    @Slot()
    def _stopped(self) -> None:
        if self.at == FILE:
            self.file_step.drop.name(self.intake.path.name if self.intake.path else "")
        elif self.at == PREVIEW and self.isVisible():
            # The rows in view no longer fit what was corrected; until they do, nothing can go on.
            self.preview_step.pause.start()
        self._update()

    def _fail(self, error: BaseException) -> None:
        if not isinstance(error, HandoverError):
            self.context.complain(error)
        elif self.at == FILE:
            self.file_step.refuse(error)
        elif self.at == TABLE:
            self.table_step.notice.complain(error)
        elif self.at == MAPPING:
            self.mapping_step.notice.complain(error)
        elif self.at == AGREE:
            self.agree_step.notice.complain(error)
        else:
            self.context.complain(error)
        self._update()

    # -- elsewhere ----------------------------------------------------------------------------------------------------

    @Slot(str)
    def _look(self, outcome: str) -> None:
        self._go(PREVIEW)
        self.preview_step.show_only(outcome)

    @Slot(str)
    def _open_row(self, key: str) -> None:
        run = next(each for each in self.intake.runs if key in each.found.keys)
        self.accept()
        self.context.open_row(run.register.key, key)

    @Slot()
    def _open_register(self) -> None:
        run = self.done_step.main()
        written = [r for r in self.done_step.done if r.sheet == run.file.sheet and r.outcome in ("new", "changed")]
        targets = [r.target for r in written if r.target]
        self.accept()
        if self.done_step.undone or not targets:
            self.context.go(run.register.key)
        elif len(targets) > _FILTERED:
            self.context.open_row(run.register.key, targets[0])
        else:
            self.context.go(run.register.key, where=[Condition("id", "is", tuple(targets))], called=run.file.name)

    @Slot()
    def _open_reports(self) -> None:
        from ui.transfer.reports import ReportsDialog

        dialog = ReportsDialog(self.context, self.parentWidget())
        self.accept()
        dialog.open()

    @Slot()
    def _open_template(self) -> None:
        from ui.transfer.template_dialog import TemplateDialog

        wanted = self.intake.wanted.key if self.intake.wanted is not None else ""
        dialog = TemplateDialog(self.context, wanted, self.parentWidget())
        self.accept()
        dialog.open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        window = self.parentWidget()
        if window is not None and not event.spontaneous():
            room = window.window().size()
            self.resize(
                max(self.width(), min(1480, int(room.width() * 0.85))),
                max(self.height(), min(960, int(room.height() * 0.88))),
            )
            keep_on_screen(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.go_on()
        elif alt and event.key() == Qt.Key.Key_Left:
            self.go_back()
        elif event.key() == Qt.Key.Key_F1:
            Help(("import",), (), self).open()
        else:
            super().keyPressEvent(event)

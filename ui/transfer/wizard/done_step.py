"""The step after the import: what it did, the way to the rows, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.session import Intake
from handover.i18n import tr, trn
from ui.shell.page import Context
from ui.theme.icons import icon
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.wizard.agree_step import labels, written
from ui.transfer.wizard.rejected import SaveRejected
from ui.transfer.wizard.row_list import DoneRow, RowList
from ui.transfer.wizard.step import WizardStep
from ui.transfer.work import WorkStrip


class DoneStep(WizardStep):
    """Shows the report of the import in hand.

    Signals:
        row_wanted: the key of a row to open.
        register_wanted: the register is to be shown.
        reports_wanted: the list of all imports is to be shown.
    """

    row_wanted = Signal(str)
    register_wanted = Signal()
    reports_wanted = Signal()

    def __init__(self, context: Context, intake: Intake, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        #: What became of each row of the file.
        self.done: list[DoneRow] = []
        self.undone = False
        self.notice = NoticeBox(self)
        self.rows = RowList(self)
        self.rows.opened.connect(self.row_wanted)
        self.undo = QPushButton(tr("Undo import"), self)
        self.undo.setIcon(icon("undo-2"))
        self.show_register = QPushButton(self)
        self.reports = QPushButton(tr("Import reports…"), self)
        self.rejected = SaveRejected(context, intake, work, self)
        bar = QHBoxLayout()
        bar.setSpacing(SPACE * 2)
        before: QWidget = self.show_register
        for button in (self.show_register, self.undo, self.rejected, self.reports):
            button.setAutoDefault(False)
            bar.addWidget(button)
            self.setTabOrder(before, button)
            before = button
        bar.addStretch(1)
        self.undo.clicked.connect(self._undo)
        self.show_register.clicked.connect(self.register_wanted)
        self.reports.clicked.connect(self.reports_wanted)
        self.rows.come_after(self.reports)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.rejected.notice)
        self.column.addLayout(bar)
        self.column.addWidget(self.rows, 1)

    def title(self) -> str:
        return tr("Import done")

    def verb(self) -> str:
        return tr("Close")

    def enter(self) -> None:
        run, report = self.intake.run, self.intake.report
        assert run is not None and report is not None
        self.lead.setText(
            tr("Double-click a row or press Enter to open it. The report stays with the project, also after an undo.")
        )
        n = written(run)
        self.notice.say(
            trn(
                "{n} row was imported from {file} into {register}.",
                "{n} rows were imported from {file} into {register}.",
                n,
                file=run.file.name,
                register=labels(run),
            ),
            "ok",
        )
        self.undo.setEnabled(True)
        self.rejected.refresh()
        self.show_register.setText(tr("Show in {register}", register=self.main().register.label))
        first = next((k for k in ("error", "new", "changed") if run.rows[k]), "")
        self.rows.show_rows(self.done, "" if first == "error" else first)
        self.show_register.setFocus()

    def main(self) -> DryRun:
        """The dry run of the sheet that wrote most rows: its register is shown first."""
        return max(self.intake.runs, key=written)

    def _undo(self) -> None:
        if not self.intake.can_undo():
            self.notice.say(
                tr("Other things were changed after the import. Undo them first, then the import."), "warning"
            )
            return
        self.context.undo(then=self._was_undone)

    def _was_undone(self) -> None:
        self.undone = True
        self.undo.setEnabled(False)
        self.notice.say(tr("The import was undone: the project is as it was before."), "info")
        self.changed.emit()


def done_rows(run: DryRun | SheetsDryRun) -> list[DoneRow]:
    """The rows of the file with the keys under which those that were taken can be opened, and the sheets left out."""
    listed = [row for each in runs_of(run) for row in _done_rows(each)]
    if isinstance(run, SheetsDryRun):
        listed += [DoneRow(0, "skipped", "", str(sheet), sheet=sheet.sheet) for sheet in run.left]
    return listed


def _done_rows(run: DryRun) -> list[DoneRow]:
    listed = []
    sheet = run.file.sheet
    for place in range(len(run.found.keys)):
        if place in run.found.incoming.made:
            continue
        verdict = run.verdict(place)
        there = verdict.outcome in ("new", "older") or run.found.matched[place] is not None
        key = run.row_key(place) if there and verdict.outcome not in ("skipped", "error") else ""
        what = tr("{ref} {name}", ref=verdict.ref, name=verdict.name).strip()
        listed.append(DoneRow(verdict.row, verdict.outcome, what, verdict.why, key, sheet))
    listed += [DoneRow(row, "skipped", "", tr(reason), sheet=sheet) for row, reason in run.left]
    return sorted(listed, key=lambda r: r.row) if run.left else listed

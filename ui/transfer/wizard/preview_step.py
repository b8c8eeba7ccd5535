"""The step that shows every row of the file with its verdict, to be filtered, corrected and left out."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.questions import answer_together, asked_together, emptied_cells
from handover.exchange.importing.session import Intake
from handover.exchange.importing.summary import emptied
from handover.i18n import tr, trn
from handover.registers.catalogue import of_table
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.outcomes import REMARKED, filter_buttons, name_of
from ui.transfer.wizard.missing_rows import MissingRows
from ui.transfer.wizard.question_box import QuestionBox
from ui.transfer.wizard.rejected import SaveRejected
from ui.transfer.wizard.step import WizardStep
from ui.transfer.wizard.verdict_detail import VerdictDetail
from ui.transfer.wizard.verdict_model import SHEET, WHICH, VerdictModel
from ui.transfer.wizard.verdict_view import VerdictView
from ui.transfer.work import WorkStrip

#: After the last correction so long until the rows are compared again.
PAUSE_MS = 350


class PreviewStep(WizardStep):
    """Shows a dry run.

    Signals:
        outdated: something was corrected; the rows must be compared again.
    """

    outdated = Signal()

    def __init__(self, context: Context, intake: Intake, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        self.model = VerdictModel(intake, self)
        self.view = VerdictView(self.model, self)
        self.detail = VerdictDetail(intake, self)
        self.quick = QLineEdit(self)
        self.sheet = QComboBox(self)
        self.leave = QPushButton(tr("Leave out"), self)
        self.take = QPushButton(tr("Take again"), self)
        self.rejected = SaveRejected(context, intake, work, self)
        self.asked = QuestionBox(self)
        self.emptied = QuestionBox(self)
        self.tabs = QTabWidget(self)
        self.missing = MissingRows(intake, self)
        self.created = QListWidget(self)
        self.notes = QListWidget(self)
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(PAUSE_MS)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(150)
        self._build()
        self.model.corrected.connect(self._correct)
        self.model.left_out.connect(self._leave_out)
        self.detail.resolved.connect(self._resolve)
        self.missing.chosen.connect(self._touch)
        self.asked.answered.connect(self._answer)
        self.emptied.answered.connect(self._empty)
        self.pause.timeout.connect(self.outdated)
        self._typing.timeout.connect(self._filter)
        self.quick.textChanged.connect(lambda: self._typing.start())
        self.sheet.activated.connect(self._filter)
        self.view.activated.connect(self._open_sheet)
        self.view.doubleClicked.connect(self._open_sheet)
        self.view.selectionModel().currentChanged.connect(self._current)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.leave.clicked.connect(lambda: self.model.take(self.view.chosen(), False))
        self.take.clicked.connect(lambda: self.model.take(self.view.chosen(), True))

    def title(self) -> str:
        return tr("What would happen to each row?")

    def ready(self) -> bool:
        return self.intake.run is not None and not self.pause.isActive() and not self.asked.open

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self.filters = filter_buttons(self, bar, self._filter, (REMARKED,))
        self.filters[""].setChecked(True)
        bar.addStretch(1)
        self.sheet.setAccessibleName(tr("Rows of which sheet"))
        self.sheet.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        bar.addWidget(self.sheet)
        self.quick.setPlaceholderText(tr("Filter rows"))
        self.quick.setAccessibleName(tr("Filter rows"))
        self.quick.setClearButtonEnabled(True)
        self.quick.setFixedWidth(180)
        bar.addWidget(self.quick)
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, SPACE * 2, 0, 0)
        column.setSpacing(SPACE * 2)
        column.addLayout(bar)
        column.addWidget(self.view, 1)
        foot = QHBoxLayout()
        foot.setSpacing(SPACE * 2)
        self.counted = QLabel(rows)
        role(self.counted, "small")
        for button in (self.leave, self.take):
            button.setAutoDefault(False)
            button.setEnabled(False)
        foot.addWidget(self.counted, 1)
        foot.addWidget(self.rejected)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        column.addLayout(foot)
        column.addWidget(self.detail)
        self.tabs.addTab(rows, tr("Rows"))
        self.created.setAccessibleName(tr("Made with the import"))
        self.notes.setAccessibleName(tr("Notes"))
        for listed in (self.created, self.notes):
            listed.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
            listed.setWordWrap(True)
            listed.setResizeMode(QListView.ResizeMode.Adjust)
            listed.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._order_tabs()
        self.tabs.setDocumentMode(True)
        for each in (self.missing, self.created, self.notes):
            each.hide()  # until there is something for it, when it becomes a tab
        self.column.addWidget(self.rejected.notice)
        self.column.addWidget(self.asked)
        self.column.addWidget(self.emptied)
        self.column.addWidget(self.tabs, 1)

    def _order_tabs(self) -> None:
        before: QWidget = self.tabs.tabBar()
        for each in (*self.filters.values(), self.sheet, self.quick, self.view, self.rejected, self.leave, self.take):
            self.setTabOrder(before, each)
            before = each

    # -- showing ------------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the dry run in hand from its first row; what it found wrong first when there is something."""
        run = self.intake.run
        assert run is not None
        self.filters[""].setChecked(True)
        self.quick.clear()
        self.model.filter(None, "")
        self.tabs.setCurrentIndex(0)
        self.show_run(run)
        if self.model.rowCount() and not self.go_to_fault():
            self.view.setCurrentIndex(self.model.index(0, 1))
        self.view.setFocus()

    def go_to_fault(self) -> bool:
        """Go to the first cell that has to be corrected, else to the first that isn't taken; whether there is one."""
        at = self.model.first_of("error")
        if at < 0:
            at = self.model.first_remarked()
        if at < 0:
            return False
        index = self.model.index(at, self._faulty_column(at))
        self.view.setCurrentIndex(index)
        self.view.scrollTo(index)
        return True

    def show_run(self, run: DryRun | SheetsDryRun) -> None:
        """Show another dry run; row, filter and scroll stay."""
        current = self.view.currentIndex()
        row, sheet = (self.model.verdict(current).row, self.model.sheet_of(current)) if current.isValid() else (0, "")
        column, top = current.column(), self.view.verticalScrollBar().value()
        left = self.view.horizontalScrollBar().value()
        self.model.show(run)
        self._show_sheets(run)
        if row and (at := self.model.position(row, sheet)) >= 0:
            self.view.setCurrentIndex(self.model.index(at, max(0, column)))
        self.view.verticalScrollBar().setValue(top)
        self.view.horizontalScrollBar().setValue(left)
        self._current()
        self._say(run)
        self._show_questions(run)
        self.rejected.refresh()
        self.changed.emit()

    def _show_sheets(self, run: DryRun | SheetsDryRun) -> None:
        """Offer the sheets of the run where there are several, and show the columns that the chosen one has."""
        runs = runs_of(run)
        self.sheet.clear()
        self.sheet.addItem(tr("All sheets"), "")
        for each in runs:
            name = tr("{sheet} → {register}", sheet=each.file.sheet, register=each.register.label)
            self.sheet.addItem(name, each.file.sheet)
        self.sheet.setCurrentIndex(self.sheet.findData(self.model.sheet))
        self.sheet.setVisible(len(runs) > 1)
        self._show_columns(run)

    def _show_questions(self, run: DryRun | SheetsDryRun) -> None:
        """Ask what sheets that come together leave open, and let the user choose what emptied cells of ours do."""
        self.asked.ask(asked_together(self.intake))
        chosen = self.intake.every_choice()[0].blank
        matters = self.intake.from_us and (chosen is not None or emptied(run))
        self.emptied.ask(emptied_cells() if matters else None, chosen or "clear")

    def _show_columns(self, run: DryRun | SheetsDryRun) -> None:
        together = self._together(run)
        for column in (SHEET, WHICH):
            self.view.setColumnHidden(column, not together)
        self.view.fit()

    def _together(self, run: DryRun | SheetsDryRun) -> bool:
        """Whether the rows of several sheets are in view."""
        return len(runs_of(run)) > 1 and not self.model.sheet

    def _shown(self, run: DryRun | SheetsDryRun) -> DryRun | SheetsDryRun:
        """The dry run of the chosen sheet, else all of it."""
        return next((each for each in runs_of(run) if each.file.sheet == self.model.sheet), run)

    def _say(self, run: DryRun | SheetsDryRun) -> None:
        shown = self._shown(run)
        for key, button in self.filters.items():
            n = _count_of(shown, key)
            name = name_of(key)
            button.setText(tr("{name} {n}", name=name, n=f"{n:,}"))
            button.setAccessibleName(trn("{name}, {n} row", "{name}, {n} rows", n, name=name))
            button.setVisible(not key or n > 0)
        checked = next((k for k, b in self.filters.items() if b.isChecked()), "")
        if checked and not _count_of(shown, checked):
            self.filters[""].setChecked(True)
            self._filter()
        faulty = shown.rows["error"]
        if faulty and self._together(run):
            self.lead.setText(
                trn(
                    "{n} row can't be imported as it is. Double-click it to correct it, or it is left out.",
                    "{n} rows can't be imported as they are. Double-click one to correct it, or they are left out.",
                    faulty,
                )
            )
        elif faulty:
            self.lead.setText(
                trn(
                    "{n} row can't be imported as it is. Correct its marked cells here, or it is left out.",
                    "{n} rows can't be imported as they are. Correct their marked cells here, or they are left out.",
                    faulty,
                )
            )
        elif self._together(run):
            self.lead.setText(tr("Leave out what you don't want; double-click a row to see and correct its cells."))
        elif n := sum(len(each.remarked) for each in runs_of(shown)):
            self.lead.setText(
                trn(
                    "{n} row is taken with a remark: what couldn't be read stands in its notes. Correct it here if you "
                    "like.",
                    "{n} rows are taken with a remark: what couldn't be read stands in their notes. Correct them here "
                    "if you like.",
                    n,
                )
            )
        else:
            self.lead.setText(tr("Correct cells by typing into them; leave out what you don't want."))
        self._count()
        self._show_tabs(run)

    def _show_tabs(self, run: DryRun | SheetsDryRun) -> None:
        kept = self.tabs.currentWidget()
        while self.tabs.count() > 1:
            self.tabs.removeTab(1)
        if run.missing:
            self.missing.show_run(run)
            self.tabs.addTab(self.missing, tr("No longer in the file ({n})", n=len(run.missing)))
        made = [
            tr("{register}: {name}", register=label, name=n) for label, names in made_with(run).items() for n in names
        ]
        made += [tr("Summary task: {name}", name=name) for each in runs_of(run) for name in each.summaries]
        self.created.clear()
        self.created.addItems(made)
        if made:
            self.tabs.addTab(self.created, tr("Made with it ({n})", n=len(made)))
        self.notes.clear()
        notices: list[object]
        if isinstance(run, SheetsDryRun):
            notices = [*run.notices, *run.left]
        else:
            notices = [*run.date_notices(), *run.notices]
        self.notes.addItems([str(n) for n in notices])
        if notices:
            self.tabs.addTab(self.notes, tr("Notes ({n})", n=len(notices)))
        if self.tabs.indexOf(kept) > 0:
            self.tabs.setCurrentWidget(kept)
        self.tabs.tabBar().setVisible(self.tabs.count() > 1)

    def _count(self) -> None:
        shown, total = self.model.rowCount(), self.model.total
        if shown == total:
            self.counted.setText(trn("{n} row", "{n} rows", total))
        else:
            self.counted.setText(tr("{n} of {of} rows", n=shown, of=total))

    def _current(self) -> None:
        index = self.view.currentIndex()
        if index.isValid():
            self.detail.show_verdict(self.model.verdict(index), self.model.sheet_of(index))
        else:
            self.detail.show_verdict(None)
        before: QWidget = self.take
        for side in self.detail.sides.values():
            self.setTabOrder(before, side)
            before = side

    def _selected(self) -> None:
        some = bool(self.view.selectedIndexes())
        self.leave.setEnabled(some)
        self.take.setEnabled(some)

    # -- choosing -----------------------------------------------------------------------------------------------------

    def show_only(self, outcome: str) -> None:
        """Show the rows of an outcome, or those with a remark."""
        self.filters[outcome].setChecked(True)
        self._filter()

    def _filter(self) -> None:
        key = next((k for k, b in self.filters.items() if b.isChecked()), "")
        sheet = str(self.sheet.currentData() or "")
        other = sheet != self.model.sheet
        self.model.filter(key or None, self.quick.text(), sheet)
        if other and self.intake.run is not None:
            self._show_columns(self.intake.run)
            self._say(self.intake.run)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, self._faulty_column()))
        self._current()
        self._count()

    def _faulty_column(self, row: int = 0) -> int:
        """The column of what is wrong in a row, so that one can type at once; else the row's number."""
        verdict = self.model.verdict(self.model.index(row, 0))
        wrong = [*verdict.faults, *verdict.remarks]
        return max([self.model.column(f.field) for f in wrong[:1]] + [1])

    def _open_sheet(self, index: QModelIndex) -> None:
        """Show the sheet of a row with all its columns, the row in hand."""
        sheet = self.model.sheet_of(index)
        if not sheet or self.model.sheet:
            return
        row = self.model.verdict(index).row
        self.sheet.setCurrentIndex(self.sheet.findData(sheet))
        self._filter()
        if (at := self.model.position(row)) >= 0:
            self.view.setCurrentIndex(self.model.index(at, self._faulty_column(at)))

    def _correct(self, sheet: str, row: int, key: str, text: str) -> None:
        self.intake.choices_of(sheet).corrections[row, key] = text
        self._touch()

    def _leave_out(self, rows: list[tuple[str, int]], out: bool) -> None:
        for sheet, row in rows:
            kept = self.intake.choices_of(sheet).left_out
            kept.add(row) if out else kept.discard(row)
        self._touch()

    def _resolve(self, row: int, key: str, side: str) -> None:
        self.intake.choices.resolved[row, key] = side
        self._touch()

    def _answer(self, choice: str) -> None:
        assert self.asked.question is not None
        answer_together(self.intake, self.asked.question, choice)
        self._touch()

    def _empty(self, choice: str) -> None:
        for chosen in self.intake.every_choice():
            chosen.blank = "keep" if choice == "keep" else "clear"
        self._touch()

    def _touch(self) -> None:
        self.pause.start()
        self.changed.emit()


def _count_of(run: DryRun | SheetsDryRun, key: str) -> int:
    """How many rows the button of a key shows."""
    if key == REMARKED:
        return sum(len(each.with_remark) for each in runs_of(run))
    return run.rows[key] if key else run.total


def made_with(run: DryRun | SheetsDryRun) -> dict[str, list[str]]:
    """What comes into being with an import beside its rows: the names by the register that they are added to."""
    made: dict[str, list[str]] = {}
    for each in run.created:
        register = of_table(each.table)
        made.setdefault(register.label if register else each.table, []).append(each.said)
    return made

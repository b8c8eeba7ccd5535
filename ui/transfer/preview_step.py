"""The step that shows every row of the file with its verdict, to be filtered, corrected and left out."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QPushButton,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from handover.exchange.prospect import DryRun
from handover.exchange.verdict import Outcome, outcome_name
from handover.i18n import tr, trn
from handover.registers.catalogue import of_table
from ui.frame.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.transfer.intake import Intake
from ui.transfer.outcomes import filter_buttons
from ui.transfer.step import Step
from ui.transfer.verdict_detail import VerdictDetail
from ui.transfer.verdict_model import WHY, VerdictModel
from ui.transfer.verdict_view import VerdictView

#: After the last correction so long until the rows are compared again.
PAUSE_MS = 350


class PreviewStep(Step):
    """Shows a dry run.

    Signals:
        outdated: something was corrected; the rows must be compared again.
    """

    outdated = Signal()

    def __init__(self, context: Context, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        self.model = VerdictModel(intake, self)
        self.view = VerdictView(self.model, self)
        self.detail = VerdictDetail(intake, self)
        self.quick = QLineEdit(self)
        self.leave = QPushButton(tr("Leave out"), self)
        self.take = QPushButton(tr("Take again"), self)
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
        self.pause.timeout.connect(self.outdated)
        self._typing.timeout.connect(self._filter)
        self.quick.textChanged.connect(lambda: self._typing.start())
        self.view.selectionModel().currentChanged.connect(self._current)
        self.view.selectionModel().selectionChanged.connect(self._selected)
        self.leave.clicked.connect(lambda: self.model.take(self.view.chosen(), False))
        self.take.clicked.connect(lambda: self.model.take(self.view.chosen(), True))

    def title(self) -> str:
        return tr("What would happen to each row?")

    def ready(self) -> bool:
        return self.intake.run is not None and not self.pause.isActive()

    def _build(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(SPACE)
        self.filters = filter_buttons(self, bar, self._filter)
        self.filters[""].setChecked(True)
        bar.addStretch(1)
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
        self.column.addWidget(self.tabs, 1)

    def _order_tabs(self) -> None:
        before: QWidget = self.tabs.tabBar()
        for each in (*self.filters.values(), self.quick, self.view, self.leave, self.take):
            self.setTabOrder(before, each)
            before = each

    # -- showing ------------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the dry run in hand from its first row; what it found wrong first when there is something."""
        run = self.intake.run
        assert run is not None
        self.filters[""].setChecked(True)
        self.quick.clear()
        self.tabs.setCurrentIndex(0)
        self.show_run(run)
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, 1))
        self.view.setFocus()

    def show_run(self, run: DryRun) -> None:
        """Show another dry run; row, filter and scroll stay."""
        current = self.view.currentIndex()
        row = self.model.verdict(current).row if current.isValid() else 0
        column, top = current.column(), self.view.verticalScrollBar().value()
        self.model.show(run)
        self.view.fit()
        reasons = any(run.rows[o] for o in ("changed", "skipped", "error", "conflict"))
        self.view.setColumnHidden(WHY, not reasons)
        if row and (at := self.model.position(row)) >= 0:
            self.view.setCurrentIndex(self.model.index(at, max(0, column)))
        self.view.verticalScrollBar().setValue(top)
        self._current()
        self._say(run)
        self.changed.emit()

    def _say(self, run: DryRun) -> None:
        for key, button in self.filters.items():
            n = run.total if not key else run.rows[key]
            name = outcome_name(key) if key else tr("All")  # type: ignore[arg-type]  # a key of OUTCOMES
            button.setText(tr("{name} {n}", name=name, n=f"{n:,}"))
            button.setAccessibleName(trn("{name}, {n} row", "{name}, {n} rows", n, name=name))
            button.setVisible(not key or n > 0)
        checked = next((k for k, b in self.filters.items() if b.isChecked()), "")
        if checked and not run.rows[checked]:
            self.filters[""].setChecked(True)
            self._filter()
        faulty = run.rows["error"]
        if faulty:
            self.lead.setText(
                trn(
                    "{n} row can't be imported as it is. Correct its marked cells here, or it is left out.",
                    "{n} rows can't be imported as they are. Correct their marked cells here, or they are left out.",
                    faulty,
                )
            )
        elif self.intake.is_plan:
            self.lead.setText(tr("Leave out what you don't want; untick a row or press Space on it."))
        else:
            self.lead.setText(tr("Correct cells by typing into them; leave out what you don't want."))
        self._count()
        self._show_tabs(run)

    def _show_tabs(self, run: DryRun) -> None:
        kept = self.tabs.currentWidget()
        while self.tabs.count() > 1:
            self.tabs.removeTab(1)
        if run.missing:
            self.missing.show_run(run)
            self.tabs.addTab(self.missing, tr("No longer in the file ({n})", n=len(run.missing)))
        made = [
            tr("{register}: {name}", register=label, name=n) for label, names in made_with(run).items() for n in names
        ]
        made += [tr("Summary task: {name}", name=name) for name in run.summaries]
        self.created.clear()
        self.created.addItems(made)
        if made:
            self.tabs.addTab(self.created, tr("Made with it ({n})", n=len(made)))
        self.notes.clear()
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
        self.detail.show_verdict(self.model.verdict(index) if index.isValid() else None)
        before: QWidget = self.take
        for side in self.detail.sides.values():
            self.setTabOrder(before, side)
            before = side

    def _selected(self) -> None:
        some = bool(self.view.selectedIndexes())
        self.leave.setEnabled(some)
        self.take.setEnabled(some)

    # -- choosing -----------------------------------------------------------------------------------------------------

    def show_only(self, outcome: Outcome) -> None:
        """Show the rows of an outcome."""
        self.filters[outcome].setChecked(True)
        self._filter()

    def _filter(self) -> None:
        key = next((k for k, b in self.filters.items() if b.isChecked()), "")
        self.model.filter(key or None, self.quick.text())  # type: ignore[arg-type]  # a key of OUTCOMES
        if self.model.rowCount():
            self.view.setCurrentIndex(self.model.index(0, self._faulty_column()))
        self._current()
        self._count()

    def _faulty_column(self) -> int:
        """The column of what is wrong in the first row, so that one can type at once; else the row's number."""
        faults = self.model.verdict(self.model.index(0, 0)).faults
        return max([self.model.column(f.field) for f in faults[:1]] + [1])

    def _correct(self, row: int, key: str, text: str) -> None:
        self.intake.choices.corrections[row, key] = text
        self._touch()

    def _leave_out(self, rows: list[int], out: bool) -> None:
        kept = self.intake.choices.left_out
        kept.update(rows) if out else kept.difference_update(rows)
        self._touch()

    def _resolve(self, row: int, key: str, side: str) -> None:
        self.intake.choices.resolved[row, key] = side
        self._touch()

    def _touch(self) -> None:
        self.pause.start()
        self.changed.emit()


class MissingRows(QWidget):
    """Rows that the file once brought and has no more, and what becomes of them.

    Signals:
        chosen: the user chose what becomes of them.
    """

    chosen = Signal()

    def __init__(self, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intake = intake
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE * 3, 0, 0)
        column.setSpacing(SPACE * 2)
        self.keep = QRadioButton(tr("Keep them as they are"), self)
        self.drop = QRadioButton(self)
        self.keep.setChecked(True)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Rows that are no longer in the file"))
        for each in (self.keep, self.drop):
            each.clicked.connect(self._choose)
            column.addWidget(each)
        column.addWidget(self.list, 1)

    def show_run(self, run: DryRun) -> None:
        """List the rows that a dry run misses."""
        said = {
            "tasks": tr("Mark them as inactive"),
            "documents": tr("Mark them as cancelled"),
        }
        self.drop.setText(said.get(run.register.key, tr("Move them to the bin")))
        dropped = self._intake.choices.on_missing == "drop"
        self.drop.setChecked(dropped)
        self.keep.setChecked(not dropped)
        self.list.clear()
        self.list.addItems([tr("{ref} {name}", ref=m.ref, name=m.name) for m in run.missing])

    def _choose(self) -> None:
        wanted = "drop" if self.drop.isChecked() else "keep"
        if wanted != self._intake.choices.on_missing:
            self._intake.choices.on_missing = "drop" if self.drop.isChecked() else "keep"
            self.chosen.emit()


def made_with(run: DryRun) -> dict[str, list[str]]:
    """What comes into being with an import beside its rows: the names by the register that they are added to."""
    made: dict[str, list[str]] = {}
    for each in run.created:
        register = of_table(each.table)
        made.setdefault(register.label if register else each.table, []).append(each.name)
    return made

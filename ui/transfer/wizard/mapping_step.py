"""The step that says which column fills which field, how surely, and how doubtful dates are read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from handover.exchange.columns.date_doubts import Doubt, swapped_notice, told_year_notice, which_year
from handover.exchange.columns.headings import REF
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, field_choices
from handover.exchange.importing.questions import duration_unit_asked, rows_below_asked
from handover.exchange.importing.session import Intake
from handover.i18n import tr, trn
from handover.values.date_columns import DateReading
from handover.values.date_text import Order
from ui.shell.page import Context
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.wizard.confidence import ConfidenceBar
from ui.transfer.wizard.date_question import DateQuestion
from ui.transfer.wizard.question_box import QuestionBox
from ui.transfer.wizard.saved_mappings import SavedMappings
from ui.transfer.wizard.step import WizardStep
from ui.transfer.wizard.year_question import YearQuestion

HEADING, FIELD, CONFIDENCE, SAMPLES = range(4)


class MappingStep(WizardStep):
    """Shows every column of the table with the field that it fills."""

    def __init__(self, context: Context, intake: Intake, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        self.lead.setText(
            tr("Check which field each column fills. What you correct is remembered for files with the same headings.")
        )
        self.notice = NoticeBox(self)
        self.saved = SavedMappings(intake, self)
        self.saved.used.connect(self._use)
        self.saved.said.connect(self.notice.say)
        self.table = QTableWidget(0, 4, self)
        self.question = DateQuestion(self)
        self.question.answered.connect(self._answer)
        self.year = YearQuestion(self)
        self.year.answered.connect(self._take_year)
        self.renamed = QuestionBox(self)
        self.renamed.answered.connect(self._take_renamed)
        self.unit = QuestionBox(self)
        self.unit.answered.connect(self._take_unit)
        self.below = QuestionBox(self)
        self.below.answered.connect(self._take_below)
        self.turned = NoticeBox(self)
        self.left = QLabel(self)
        self.left.setWordWrap(True)
        self._boxes: list[FieldCombo] = []
        self._build()

    def title(self) -> str:
        return tr("Which column is what?")

    def ready(self) -> bool:
        mapping = self.intake.choices.mapping
        if self.question.isVisibleTo(self) and self.intake.choices.order is None:
            return False
        if any(box.open for box in (self.renamed, self.unit, self.below)):
            return False
        if any(d.reading.no_year for d in self.intake.doubts()):
            return False
        return mapping is not None and any(m.field for m in mapping.columns)

    def _build(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.left, 1)
        top.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.question)
        self.column.addWidget(self.year)
        self.column.addWidget(self.renamed)
        self.column.addWidget(self.unit)
        self.column.addWidget(self.below)
        self.column.addWidget(self.turned)
        table = self.table
        table.setAccessibleName(tr("Columns and fields"))
        table.setHorizontalHeaderLabels([tr("Column of the file"), tr("Field"), tr("Confidence"), tr("First values")])
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(38)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setSectionResizeMode(SAMPLES, QHeaderView.ResizeMode.Stretch)
        for column, wide in ((HEADING, 210), (FIELD, 230), (CONFIDENCE, 160)):
            table.setColumnWidth(column, wide)
        self.column.addWidget(table, 1)

    # -- showing ------------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Show the mapping in hand; it was proposed before."""
        self.notice.say("")
        self.question.asked = None  # it may have been about another table
        self._show(self.intake.propose())
        if self.question.isVisibleTo(self) and self.intake.choices.order is None:
            self.question.take_focus()
        elif any(d.reading.no_year for d in self.intake.doubts()):
            self.year.year.setFocus()
        elif self.renamed.open:
            self.renamed.take_focus()
        elif self.unit.open:
            self.unit.take_focus()
        elif self.below.open:
            self.below.take_focus()
        elif self._boxes:
            self._boxes[0].setFocus()

    def _show(self, mapping: ColumnMapping) -> None:
        assert self.intake.register is not None
        choices = field_choices(self.intake.register)
        if [b.column for b in self._boxes] != [m.column for m in mapping.columns] or (
            self._boxes and self._boxes[0].keys != [k for k, _ in choices]
        ):
            self._fill(mapping, choices)
        for row, mapped in enumerate(mapping.columns):
            self._boxes[row].show_field(mapped.field)
            bar = self.table.cellWidget(row, CONFIDENCE)
            assert isinstance(bar, ConfidenceBar)
            bar.show_mapped(mapped)
        self._doubt(self.intake.doubts(), mapping)
        self.renamed.ask(next(iter(mapping.asked), None))
        self.unit.ask(duration_unit_asked(self.intake), self.intake.choices.unit)
        self.below.ask(rows_below_asked(self.intake), self.intake.choices.below)
        self.below.order(self.unit.order(self.renamed.order(self.year.take)))
        self._say(mapping)
        self.changed.emit()

    def _fill(self, mapping: ColumnMapping, choices: list[tuple[str, str]]) -> None:
        self.table.clearContents()
        self.table.setRowCount(len(mapping.columns))
        self._boxes = []
        for row, mapped in enumerate(mapping.columns):
            self.table.setItem(row, HEADING, _plain(mapped.heading))
            box = FieldCombo(mapped, choices, self.table)
            box.wanted.connect(self._give)
            self._boxes.append(box)
            self.table.setCellWidget(row, FIELD, _padded(box))
            self.table.setCellWidget(row, CONFIDENCE, ConfidenceBar(mapped, self.table))
            samples = _plain(tr(" · ").join(mapped.samples))
            samples.setForeground(tokens.colour("secondary"))
            self.table.setItem(row, SAMPLES, samples)
        self.setTabOrder(self.question.readings["YMD"], self.year.year)
        self.setTabOrder(self.year.year, self.year.take)
        before: QWidget = self.year.take
        for box in self._boxes:
            self.setTabOrder(before, box)
            before = box

    def _doubt(self, doubts: Sequence[Doubt], mapping: ColumnMapping) -> None:
        """Ask about dates that can be read in two ways, and name columns of which Excel may have turned some."""
        asked = [d for d in doubts if d.asks]
        if asked:
            self.question.ask([d.heading for d in asked], asked[0].reading, self.intake.choices.order)
        else:
            self.question.hide()
        self._ask_year(doubts)
        turned = {d.column: d for d in doubts if d.places}
        said = [str(swapped_notice(d.heading, d.places[0], d.reading)) for d in turned.values()]
        self.turned.say("\n".join(said), "warning")
        for row, mapped in enumerate(mapping.columns):
            heading = self.table.item(row, HEADING)
            assert heading is not None  # each row of the mapping has its line
            mark = turned.get(mapped.column)
            heading.setIcon(icon("triangle-alert", "warning") if mark else QIcon())
            tip = tr("May have day and month exchanged: {cells}", cells=tr(", ").join(mark.places)) if mark else ""
            heading.setToolTip(tip or mapped.heading)
            heading.setData(Qt.ItemDataRole.AccessibleDescriptionRole, tip)

    def _ask_year(self, doubts: Sequence[Doubt]) -> None:
        """Ask for the year of dates without one, or show what was told of it."""
        lacking = [d for d in doubts if d.reading.no_year]
        told = [d for d in doubts if d.reading.told_year]
        if lacking:
            self.year.ask(which_year([d.heading for d in lacking], [d.reading for d in lacking]), None)
        elif told:
            said = [str(told_year_notice(d.heading, d.reading, self.intake.choices.year is None)) for d in told]
            self.year.ask("\n".join(said), self.intake.choices.year or self.intake.title_year())
        else:
            self.year.hide()

    def _say(self, mapping: ColumnMapping) -> None:
        free = [m.heading for m in mapping.columns if not m.field]
        taken = len(mapping.columns) - len(free)
        said = [trn("{n} column is taken.", "{n} columns are taken.", taken)]
        if free:
            names = tr(", ").join(free[:6]) + ("…" if len(free) > 6 else "")
            said.append(trn("{n} isn't: {names}.", "{n} aren't: {names}.", len(free), names=names))
        self.left.setText(" ".join(said))
        lacking = self.lacking()
        if lacking:
            self.notice.say(
                tr(
                    "No column fills {fields}, which every new row needs. Choose it in the column that holds it.",
                    fields=tr(", ").join(lacking),
                ),
                "warning",
            )
        elif mapping.notices:
            self.notice.say(" ".join(map(str, mapping.notices)), "warning")
        else:
            self.notice.say("")

    def lacking(self) -> list[str]:
        """The fields that a new row can't be without and that no column fills."""
        mapping, register = self.intake.choices.mapping, self.intake.register
        if mapping is None or register is None or REF in mapping.by_field:
            return []
        return [f.label for f in register.entered if f.required and f.field not in mapping.by_field]

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _give(self, column: int, key: str) -> None:
        chosen = self.intake.choices
        assert chosen.mapping is not None
        chosen.mapping = chosen.mapping.changed(column, key)
        self.intake.run = None
        self._show(chosen.mapping)

    def _use(self, mapping: ColumnMapping) -> None:
        self.intake.choices.mapping = mapping
        self.intake.run = None
        self._show(mapping)

    def ask(self, headings: list[str], reading: DateReading) -> None:
        """Ask how dates are read that only now can be read in two ways, as after a correction."""
        self.question.ask(headings, reading, None)
        self.question.take_focus()
        self.changed.emit()

    def _answer(self, order: Order) -> None:
        self.intake.choices.order = order
        self.intake.run = None
        self.changed.emit()

    def _take_renamed(self, choice: str) -> None:
        mapping = self.intake.choices.mapping
        assert mapping is not None
        heading, _, key = choice.rpartition("=")
        self._give(next(m.column for m in mapping.columns if m.heading == heading), key)

    def _take_unit(self, unit: str) -> None:
        self.intake.choices.unit = unit
        self.intake.run = None
        self.changed.emit()

    def _take_below(self, choice: str) -> None:
        self.intake.choices.below = "take" if choice == "take" else "leave"
        self.intake.run = None
        self.changed.emit()

    def _take_year(self, year: int) -> None:
        chosen = self.intake.choices
        chosen.year = year
        self.intake.run = None
        if chosen.mapping is not None:
            self._show(chosen.mapping)


class FieldCombo(QComboBox):
    """The field of one column. The wheel scrolls the list of columns rather than changing it.

    Signals:
        wanted: column and field, by the user's hand.
    """

    wanted = Signal(int, str)

    def __init__(self, mapped: MappedColumn, choices: list[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = mapped.column
        self.keys = [key for key, _ in choices]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)
        self.setMaxVisibleItems(16)
        self.setAccessibleName(tr("Field of the column {heading}", heading=mapped.heading))
        self.addItem(tr("– not taken –"), "")
        for key, label in choices:
            self.addItem(label, key)
        self.activated.connect(lambda at: self.wanted.emit(self.column, str(self.itemData(at))))

    def show_field(self, key: str) -> None:
        """Show a field without asking for it."""
        self.setCurrentIndex(max(0, self.findData(key)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Going through the list on the closed box would take every field on the way from its own column.
        letters = event.text().isprintable() and event.text().strip()
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) or letters:
            self.showPopup()
            if letters:
                self.view().keyboardSearch(event.text())
            return
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _plain(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled)
    item.setToolTip(text)
    item.setSizeHint(QSize(0, 38))
    return item


def _padded(widget: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(SPACE, 2, SPACE, 2)
    row.addWidget(widget)
    return holder

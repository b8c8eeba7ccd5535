"""The step that says which table of the file is imported, where its headings are, and into which register."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from handover.errors import HandoverError
from handover.exchange.importing.questions import filter_asked, form_found, form_taken_whole, which_list
from handover.exchange.importing.session import Intake
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.question import Question
from handover.exchange.reading.text_form import TextForm, encoding_name
from handover.exchange.tables.finding import Table
from handover.i18n import tr, trn
from handover.registers.catalogue import by_hand
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.theme.style import number_box
from ui.theme.tokens import SPACE
from ui.transfer.notice import NoticeBox
from ui.transfer.wizard.question_box import QuestionBox
from ui.transfer.wizard.sheet_list import SheetList
from ui.transfer.wizard.sheet_preview import SheetPreview
from ui.transfer.wizard.step import WizardStep
from ui.transfer.wizard.table_words import found_sentence, table_name
from ui.transfer.wizard.text_form import TextFormBoxes
from ui.transfer.work import WorkStrip


class TableStep(WizardStep):
    """Shows the sheet as the file has it and what was found in it.

    Signals:
        whole_wanted: the sheet is a form and shall be taken in with its head: the chapter whose rows it becomes.
    """

    whole_wanted = Signal(str)

    def __init__(self, context: Context, intake: Intake, work: WorkStrip, parent: QWidget | None = None) -> None:
        super().__init__(context, intake, parent)
        self._work = work
        self._tables: list[Table] = []
        self.sheet = QComboBox(self)
        self.text = TextFormBoxes(self)
        self.table = QComboBox(self)
        self.register = QComboBox(self)
        self.header = number_box(self)
        self.header.setKeyboardTracking(False)
        self.hidden_rows = QCheckBox(self)
        self.hidden_columns = QCheckBox(self)
        self.notice = NoticeBox(self)
        self.form = NoticeBox(self)
        self.whole = QPushButton(self)
        self.whole.setAutoDefault(False)
        self.whole.hide()
        self.whole.clicked.connect(self._want_whole)
        self.which = QuestionBox(self)
        self.filter = QuestionBox(self)
        self._asked: tuple[ImportFile | None, Question | None] = (None, None)
        self.sheets = SheetList(self)
        self.preview = SheetPreview(self)
        self.model = self.preview.grid
        self._build()
        self.sheet.activated.connect(self._sheet_chosen)
        self.text.chosen.connect(self._text_chosen)
        self.table.activated.connect(self._table_chosen)
        self.register.activated.connect(self._register_chosen)
        self.header.valueChanged.connect(self._header_chosen)
        self.hidden_rows.toggled.connect(self._hidden_toggled)
        self.hidden_columns.toggled.connect(self._hidden_toggled)
        self.sheets.left.connect(self._sheet_left)
        self.which.answered.connect(self._take_list)
        self.filter.answered.connect(self._take_filtered)
        self.preview.verticalHeader().sectionClicked.connect(lambda row: self.header.setValue(row + 1))

    def title(self) -> str:
        return tr("Which table of the file?")

    def ready(self) -> bool:
        table = self.intake.table
        if self.intake.book is not None and self.intake.together:
            return bool(self.intake.book.sheets.keys() - self.intake.without)
        if (self._asked[1] is not None and not self.intake.settled) or self.filter.open:
            return False
        return table is not None and self.intake.register is not None and any(True for _ in table.rows())

    def _build(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(SPACE * 4)
        self.sheet_box = FieldBox(tr("Sheet"), self.sheet)
        self.table_box = FieldBox(tr("Table"), self.table)
        self.header_box = FieldBox(tr("Headings in row"), self.header)
        self.register_box = FieldBox(tr("Goes into the register"), self.register)
        shares = ((self.sheet_box, 2), (self.text, 3), (self.table_box, 3), (self.header_box, 0),
                  (self.register_box, 2))  # fmt: skip
        for each, share in shares:
            fields.addWidget(each, share)
        self.header.setMinimumWidth(96)
        self.header.setFixedHeight(self.register.sizeHint().height())
        self.header.lineEdit().setTextMargins(SPACE, 0, 0, 0)
        hidden = QHBoxLayout()
        hidden.setSpacing(SPACE * 6)
        hidden.addWidget(self.hidden_rows)
        hidden.addWidget(self.hidden_columns)
        hidden.addStretch(1)
        self.column.addLayout(fields)
        self.column.addLayout(hidden)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.form)
        self.column.addWidget(self.whole, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.which)
        self.column.addWidget(self.filter)
        self.column.addWidget(self.preview, 1)
        self.column.addWidget(self.sheets, 1)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.column.addWidget(self.said)
        for box in (self.sheet, self.table):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(12)
        order = (self.sheet, self.table, self.header, self.register, self.hidden_rows, self.hidden_columns,
                 self.notice.more, self.sheets, self.preview)  # fmt: skip
        for before, after in pairwise(order):
            self.setTabOrder(before, after)
        self.setTabOrder(self.text.order(self.sheet), self.table)
        for register in by_hand():
            self.register.addItem(register.label, register.key)

    # -- showing ------------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        file = self.intake.file
        assert file is not None and self.intake.table is not None
        self.notice.say("")
        if self._asked[0] is not file:
            self._asked = file, which_list(self.intake)
        self.lead.setText(tr("{file} looks like {origin}.", file=file.source.file, origin=file.origin.label))
        self.sheet.clear()
        if self.intake.book is not None and self.intake.book.sheets:
            self.sheet.addItem(tr("All sheets that fill a register"), "")
        hidden = {s.name for s in file.source.sheets if s.hidden}
        for name in file.sheets:
            self.sheet.addItem(tr("{sheet} (hidden)", sheet=name) if name in hidden else name, name)
        self.sheet_box.setVisible(self.sheet.count() > 1)
        self._tables = self.intake.tables(self.intake.table.sheet)
        self._show()
        self._show_text()
        if self.which.isVisibleTo(self) and self.which.open:
            self.which.take_focus()
        elif self.filter.open:
            self.filter.take_focus()
        else:
            self.sheet.setFocus() if self.sheet.count() > 1 else self.register.setFocus()

    def _show(self) -> None:
        intake, table = self.intake, self.intake.table
        assert table is not None
        together = intake.together
        for each in (self.header_box, self.register_box, self.preview):
            each.setVisible(not together)
        self.sheets.setVisible(together)
        if together:
            self.form.say("")
            self.whole.hide()
            self.which.ask(None)
            self.filter.ask(None)
            self._show_together()
            return
        self.sheet.setCurrentIndex(self.sheet.findData(table.sheet))
        self._show_tables(table)
        self._quietly(self.header, lambda: self._show_header(table))
        self.register.setCurrentIndex(self.register.findData(intake.register.key if intake.register else ""))
        rows, columns = intake.hidden()
        self._show_hidden(
            self.hidden_rows, rows, trn("Take the {n} hidden row, too", "Take the {n} hidden rows, too", rows),
            intake.hidden_rows,
        )  # fmt: skip
        self._show_hidden(
            self.hidden_columns, columns,
            trn("Take the {n} hidden column, too", "Take the {n} hidden columns, too", columns), intake.hidden_columns,
        )  # fmt: skip
        self.model.show(intake.grid(), table, hidden_columns=intake.hidden_columns)
        self.preview.fit(table)
        self.said.setText(found_sentence(table))
        self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        """Show what must be answered of the list in hand, with what was answered; and whether its sheet is a form."""
        form = form_found(self.intake)
        self.form.say(str(form) if form is not None else "")
        kind = form_taken_whole(self.intake) if form is not None else None
        self.whole.setText(tr(kind.verb) if kind is not None else "")
        self.whole.setVisible(kind is not None)
        self.which.ask(self._asked[1], self._taken() if self.intake.settled else None)
        self.filter.ask(filter_asked(self.intake), self.intake.choices.filtered)
        self.filter.order(self.which.order(self.notice.more))

    @Slot()
    def _want_whole(self) -> None:
        kind = form_taken_whole(self.intake)
        if kind is not None:
            self.whole_wanted.emit(kind.chapter)

    def _taken(self) -> str:
        """The list in hand as an answer to which one is meant."""
        table, register, asked = self.intake.table, self.intake.register, self._asked[1]
        if table is None or asked is None:
            return ""
        taken = {
            "--sheet": table.sheet,
            "--header": str(table.header_row),
            "--register": register.key if register else "",
        }
        return taken[asked.option]

    def _show_together(self) -> None:
        """The sheets of a workbook that are imported at once, in place of the cells of one of them."""
        assert self.intake.book is not None
        self.sheet.setCurrentIndex(0)
        for each in (self.table_box, self.hidden_rows, self.hidden_columns):
            each.hide()
        self.sheets.show_book(self.intake.book, self.intake.without)
        self._say_together()

    def _say_together(self) -> None:
        assert self.intake.book is not None
        taken = [s for name, s in self.intake.book.sheets.items() if name not in self.intake.without]
        n = sum(s.rows for s in taken)
        rows = trn("{n} row", "{n} rows", n)
        self.said.setText(
            tr("{rows} are imported in one step; what the sheets refer to in each other is found.", rows=rows)
            if taken
            else tr("Take at least one sheet.")
        )
        self.changed.emit()

    def _show_text(self) -> None:
        """The boxes for text files, with what is in force."""
        file = self.intake.file
        if file is not None and file.source.dialect is not None:
            self.text.show_form(self.intake.recognised, self.intake.form)
            if file.source.dialect.doubtful:
                name = encoding_name(file.source.dialect.encoding)
                self.notice.say(
                    tr(
                        "The encoding {encoding} is only guessed. Where letters look wrong, choose another.",
                        encoding=name,
                    ),
                    "warning",
                )
        else:
            self.text.hide()

    def _show_tables(self, table: Table) -> None:
        self.table.clear()
        shown = self._tables if any(t.header_rows == table.header_rows for t in self._tables) else [table]
        for each in shown:
            self.table.addItem(table_name(each))
        at = next((n for n, t in enumerate(shown) if t.headings == table.headings and t.first == table.first), 0)
        self.table.setCurrentIndex(at)
        self.table_box.setVisible(len(self._tables) > 1)

    def _show_header(self, table: Table) -> None:
        self.header.setRange(0 if table.header_row is None else 1, max(1, self.intake.grid().height))
        self.header.setSpecialValueText(tr("none") if table.header_row is None else "")
        self.header.setValue(table.header_row or 0)

    def _show_hidden(self, box: QCheckBox, n: int, text: str, on: bool) -> None:
        box.setVisible(n > 0)
        box.setText(text)
        self._quietly(box, lambda: box.setChecked(on))

    def _quietly(self, widget: QWidget, do: Callable[[], object]) -> None:
        """Change a widget without asking for anything by it."""
        before = widget.blockSignals(True)
        try:
            do()
        finally:
            widget.blockSignals(before)

    # -- answering ----------------------------------------------------------------------------------------------------

    def _take_list(self, choice: str) -> None:
        asked = self._asked[1]
        assert asked is not None
        self.intake.settled = True
        if asked.option == "--register":
            self.register.setCurrentIndex(self.register.findData(choice))
            self._register_chosen(self.register.currentIndex())
        elif asked.option == "--sheet":
            self.sheet.setCurrentIndex(self.sheet.findData(choice))
            self._sheet_chosen(self.sheet.currentIndex())
        else:
            self.header.setValue(int(choice))
        self.changed.emit()

    def _take_filtered(self, choice: str) -> None:
        self.intake.choices.filtered = "leave" if choice == "leave" else "take"
        self.intake.run = None
        self.changed.emit()

    # -- choosing -----------------------------------------------------------------------------------------------------

    def _sheet_chosen(self, _at: int) -> None:
        sheet = str(self.sheet.currentData())
        self.intake.settled = True
        if not sheet:
            self.intake.choose_together()
            self._show()
            return
        if not self.intake.together and self.intake.table is not None and sheet == self.intake.table.sheet:
            return
        if self._work.busy:
            return
        self._work.run(
            tr("Reading sheet {sheet}", sheet=sheet),
            lambda progress: self.intake.tables(sheet, progress),
            self._take_tables,
            self._refuse,
        )

    @Slot(str, bool)
    def _sheet_left(self, sheet: str, out: bool) -> None:
        self.intake.leave_sheet(sheet, out)
        self._say_together()

    @Slot(object)
    def _text_chosen(self, form: TextForm) -> None:
        path = self.intake.path
        assert path is not None
        if self._work.busy:
            return

        def read(_file: object) -> None:
            self.enter()
            self.text.touched.setFocus()

        def refuse(error: BaseException) -> None:
            self._refuse(error)
            self._show_text()
            self.text.touched.setFocus()

        self._work.run(
            tr("Reading {file}", file=path.name), lambda progress: self.intake.read(path, progress, form), read, refuse
        )

    @Slot(object)
    def _take_tables(self, tables: Any) -> None:  # Any: a list of tables
        if not tables:
            self.notice.say(tr("This sheet is empty."), "warning")
            self._show()
            return
        self.notice.say("")
        self._tables = tables
        self.intake.choose_table(tables[0])
        self._show()

    @Slot(object)
    def _refuse(self, error: BaseException) -> None:
        self._show()
        if isinstance(error, HandoverError):
            self.notice.complain(error)
        else:
            self.context.complain(error)

    def _table_chosen(self, at: int) -> None:
        if 0 <= at < len(self._tables):
            self.intake.settled = True
            self.intake.choose_table(self._tables[at])
            self._show()

    def _header_chosen(self, row: int) -> None:
        if row < 1:
            return
        try:
            self.intake.choose_header(row)
        except HandoverError as error:
            self.header_box.refuse(str(error))
            return
        self.header_box.accept()
        self.intake.settled = True
        self._show()

    def _register_chosen(self, _at: int) -> None:
        self.intake.settled = True
        self.intake.choose_register(next(r for r in by_hand() if r.key == self.register.currentData()))
        self._ask()
        self.changed.emit()

    def _hidden_toggled(self) -> None:
        self.intake.hidden_rows = self.hidden_rows.isChecked()
        self.intake.hidden_columns = self.hidden_columns.isChecked()
        self._show()

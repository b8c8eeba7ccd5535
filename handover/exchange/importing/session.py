"""An import in hand, as the window and the command line both fill it: what was chosen, and what came of it."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from handover.errors import HandoverError, UnusableFile
from handover.exchange.cobie.book import CobieBook, TakenSheet, read_cobie
from handover.exchange.cobie.sheets import CobieSheet, mapped, sheets_for
from handover.exchange.columns.date_doubts import Doubt, date_doubts, days_of, year_of
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.columns.memory import Memory
from handover.exchange.columns.proposing import propose
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.not_taken import hidden_rows
from handover.exchange.dry_run.options import Below, Blank, Filtered, ImportOptions, OnMissing, Side
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.importing.apply import apply
from handover.exchange.importing.forms import register_of_form, rehearse_form
from handover.exchange.importing.own_book import OwnBook, OwnSheet, read_own_book
from handover.exchange.importing.rehearse import refuse_no_list, refuse_prose
from handover.exchange.importing.watched import WatchList
from handover.exchange.lists.best_list import ListChoice
from handover.exchange.lists.import_file import ImportFile, open_import
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.text_file import Dialect
from handover.exchange.reading.text_form import TextForm
from handover.exchange.rows.lines import columns_of
from handover.exchange.tables.finding import Table
from handover.exchange.tables.other_rows import Skip
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.imports import ImportReport
from handover.registers.catalogue import plan_register
from handover.registers.catalogue import register as register_named
from handover.registers.declare import Register
from handover.store import Workspace
from handover.store.copies import copies, copying
from handover.store.undo import undo_label
from handover.values.cells import Cell
from handover.values.date_text import Order

if TYPE_CHECKING:
    from handover.exchange.plans.rows import PlanRows

#: A workbook whose sheets are imported together.
Book: TypeAlias = CobieBook | OwnBook


@dataclass
class Choices:
    """What the user chose for one table; kept while another table is looked at."""

    mapping: ColumnMapping | None = None
    proposed: ColumnMapping | None = None
    order: Order | None = None
    year: int | None = None
    on_missing: OnMissing = "keep"
    conflicts: Side = "ours"
    blank: Blank | None = None
    unit: str | None = None
    filtered: Filtered | None = None
    below: Below | None = None
    left_out: set[int] = field(default_factory=set)
    corrections: dict[tuple[int, str], str] = field(default_factory=dict)
    resolved: dict[tuple[int, str], str] = field(default_factory=dict)


class Intake:
    """One import from the choice of a file to its report.

    Methods that take a ``progress`` belong into a job; the others are quick.

    Attributes:
        wanted: the register that was asked for, None when the file decides.
        hidden_rows, hidden_columns: whether what the workbook hides is taken, too.
        form: what the user chose of the encoding and the separator of a text file.
        recognised: what was found out of them, None for what is no text file.
        book: a COBie workbook, or one of ours with several sheets; None for any other file.
        settled: whether the user said which list is meant.
        together: whether all its sheets are imported at once, those of ``without`` left out.
    """

    def __init__(self, workspace: Workspace, project_code: str, register: str | None = None) -> None:
        self.workspace = workspace
        self.project = workspace.project(project_code)
        self.wanted = register_named(register) if register else None
        self.memory = Memory.own()
        self.file: ImportFile | None = None
        self.register: Register | None = self.wanted
        self.table: Table | None = None
        self.hidden_rows = False
        self.hidden_columns = False
        self.form = TextForm()
        self.recognised: Dialect | None = None
        self.book: Book | None = None
        self.together = False
        self.without: set[str] = set()
        self.run: DryRun | SheetsDryRun | None = None
        self.report: ImportReport | None = None
        self.act: int | None = None
        self._choices: dict[tuple[object, ...], Choices] = {}
        self._doubts: tuple[tuple[object, ...], list[Doubt]] = ((), [])
        self._plan: PlanRows | None = None
        self._headed = False
        self.settled = False

    # -- the file -----------------------------------------------------------------------------------------------------

    def read(
        self, path: Path, progress: Progress = unattended, form: TextForm | None = None, sheet: str | None = None
    ) -> ImportFile:
        """Open a file and find its likeliest table. The file before stays where this one can't be taken.

        Args:
            form: how a text file is to be read where the user said so.
            sheet: the name of the sheet that holds the table; found where None.

        Raises:
            UnusableFile: it can't be read or holds no list.
            NotFound: there is no such sheet.
            Cancelled: the user stopped it.
        """
        form = form or TextForm()
        file = open_import(path, progress, self.memory, form)
        register, table = self.wanted, None
        if sheet is not None and not file.is_plan:
            file.source.sheet(sheet)
        book = _book(file, progress)
        if book is not None and not (book.sheets or sheet or self.wanted):
            raise UnusableFile(N_("{file} holds no list: its sheets are empty."), file=file.source.file)
        if file.is_plan:
            register = plan_register()
        elif book is not None and book.sheets:
            sheets: list[TakenSheet | OwnSheet] = [*book.sheets.values()]
            wanted = (s for s in sheets if self.wanted and s.register == self.wanted.key)
            first = next(wanted, sheets[0])
            register, table = register_named(first.register), first.table
        else:
            best = file.best(self.wanted, sheet, progress)
            register, table = best.register, best.table
            file.grid(table.sheet, progress)
        if not form.chosen or path != self.path:
            self.recognised = None if form.chosen else file.source.dialect
        self.file, self.register, self.table, self.form = file, register, table, form
        self.run = self.report = None
        self.book, self.together, self.without = book, bool(book and book.sheets), set()
        self._choices.clear()
        self._doubts, self._plan = ((), []), None
        self._headed = self.settled = False
        if table is not None and self.wanted is None and not (book and book.sheets):
            of_form = register_of_form(file, table, progress)
            self.register, self.settled = of_form or register, of_form is not None
        return file

    @property
    def is_plan(self) -> bool:
        """Whether the file is a plan in XML or XER, which has tasks instead of sheets."""
        return self.file is not None and self.file.is_plan

    @property
    def from_us(self) -> bool:
        """Whether the file is an export of ours."""
        return self.file is not None and self.file.export is not None

    @property
    def path(self) -> Path | None:
        """The file that was read."""
        return self.file.source.path if self.file else None

    def grid(self) -> Grid:
        """The sheet of the chosen table; it was read before."""
        assert self.file is not None and self.table is not None
        return self.file.grid(self.table.sheet)

    def tables(self, sheet: str, progress: Progress = unattended) -> list[Table]:
        """The tables of a sheet, which is read."""
        assert self.file is not None
        self.file.grid(sheet, progress)  # its tables may be known from before, its cells are shown now
        return self.file.tables(sheet, progress)

    def choose_table(self, table: Table) -> None:
        """Take another table; what was chosen for the one before is kept for it."""
        self.table, self.together = table, False
        for spec in self._specs(table.sheet):
            self.register = register_named(spec.register)
        if isinstance(self.book, OwnBook) and table.sheet in self.book.sheets:
            self.register = self.book.sheets[table.sheet].target
        self.run = None

    def choose_together(self) -> None:
        """Take all sheets of a COBie workbook, or of one of ours, at once."""
        self.together, self.run = True, None

    def leave_sheet(self, sheet: str, out: bool) -> None:
        """Leave a sheet of those that are taken at once out, or take it again."""
        self.without.add(sheet) if out else self.without.discard(sheet)
        self.run = None

    def choose_header(self, row: int) -> None:
        """Take the row that holds the headings, as Excel counts it. Raises NotValid."""
        assert self.file is not None and self.table is not None
        self.choose_table(self.file.table(self.table.sheet, row))
        self._headed = True

    def choose_register(self, register: Register) -> None:
        """Take the register that gets the rows."""
        self.register = register
        self.run = None

    def hidden(self) -> tuple[int, int]:
        """How many rows and columns of the chosen table the workbook hides."""
        assert self.table is not None
        rows = sum(why is Skip.HIDDEN for why in self.table.skipped.values())
        return rows, sum(h.hidden for h in self.table.headings)

    # -- columns and rows ---------------------------------------------------------------------------------------------

    @property
    def choices(self) -> Choices:
        """What was chosen for the table in hand."""
        header = self.table.header_rows if self.table else ()
        key = (self.table.sheet if self.table else "", header, self.register.key if self.register else "",
               self.hidden_columns)  # fmt: skip
        return self._choices.setdefault(key, Choices())

    def every_choice(self) -> list[Choices]:
        """What was chosen for each of the sheets imported together, else for the table in hand."""
        return [self.choices_of(name) for name in self.book.sheets] if self.book and self.together else [self.choices]

    @property
    def chosen_register(self) -> Register:
        """The register that gets the rows; one is known as soon as a file was read."""
        assert self.register is not None
        return self.register

    def choices_of(self, sheet: str) -> Choices:
        """What was chosen for a sheet of those imported together, else for the table in hand."""
        return self._choices.setdefault((sheet,), Choices()) if self.together else self.choices

    def propose(self, progress: Progress = unattended) -> ColumnMapping:
        """The mapping in hand, with what is doubtful about its dates worked out for whoever shows it."""
        mapping = self.mapping(progress)
        self.doubts()
        return mapping

    def mapping(self, progress: Progress = unattended) -> ColumnMapping:
        """The mapping in hand; proposed where nobody has looked at it yet."""
        assert self.file is not None and self.table is not None and self.register is not None
        chosen = self.choices
        if chosen.mapping is None:
            if self.hidden_columns:
                columns = columns_of(self.file.grid(self.table.sheet, progress), self.table, True)
                recalled = self.memory.recall(self.register.key, columns)
                chosen.mapping = propose(self.register, columns, recalled)
            else:
                chosen.mapping = self.file.mapping(self.register, self.table, progress)
            if spec := self._cobie():
                chosen.mapping = mapped(spec, chosen.mapping)
            chosen.proposed = chosen.mapping
        return chosen.mapping

    def doubts(self) -> list[Doubt]:
        """What is doubtful about the dates of the table with the mapping in hand, whatever order was chosen.

        The year that was chosen counts.
        """
        mapping, table, register = self.choices.mapping, self.table, self.register
        if mapping is None or table is None or register is None:
            return []
        options = self.options()
        year = options.year or self.title_year()
        key = (table, options.hidden, year, tuple((m.column, m.field) for m in mapping.columns))
        if self._doubts[0] != key:
            hidden = frozenset(row - 1 for row in options.hidden)
            self._doubts = key, date_doubts(register, mapping, self.grid(), table, hidden, year, self._title_days())
        return self._doubts[1]

    def title_year(self) -> int | None:
        """The year that the title of the table names, its sheet or its file."""
        assert self.file is not None and self.table is not None
        return year_of(self.grid(), self.table, self.file.source.path.stem)

    def _title_days(self) -> frozenset[dt.date]:
        assert self.file is not None and self.table is not None
        return days_of(self.grid(), self.table, self.file.source.path.stem)

    def options(self) -> ImportOptions:
        """What was chosen for the table in hand, as the dry run wants it."""
        return _options(self.choices, self._hidden_of(self.table))

    def _hidden_of(self, table: Table | None) -> frozenset[int]:
        """The hidden rows of a table that are taken, as Excel counts them."""
        return hidden_rows(table) if self.hidden_rows and table is not None else frozenset()

    def rehearse(self, progress: Progress = unattended) -> DryRun | SheetsDryRun:
        """Work out what the import would do with the choices in hand. Nothing is written.

        Raises:
            UnusableFile: there is nothing to import, or a text in which no list can be recognised.
            Cancelled: the user stopped it.
        """
        assert self.file is not None and self.register is not None
        if self.is_plan:
            # Loaded where a plan is read: a list needs none of what knows the files of other planning programs.
            from handover.exchange.plans.rows import read_plan_rows, rehearse_plan

            self._plan = self._plan or read_plan_rows(self.file.source, progress)
            origin = self.file.origin
            return rehearse_plan(
                self.workspace, self.project, self.file.source, origin, self.options(), progress, self._plan
            )
        if self.book is not None and self.together:
            return self._rehearse_book(self.book, progress)
        assert self.table is not None
        mapping = self.mapping(progress)
        if isinstance(self.book, CobieBook) and (spec := self._cobie()):
            sheet = TakenSheet(spec, self.file.grid(spec.sheet, progress), self.table, mapping)
            book = replace(self.book, sheets={**self.book.sheets, spec.sheet: sheet})
            return book.rehearse(self.workspace, self.project, self.options(), [spec.sheet], progress).runs[0]
        if not self._headed and mapping == self.choices.proposed:
            refuse_prose(self.file, self.register, mapping)
            refuse_no_list(self.file, self.register, self.table, mapping)
        choice = ListChoice(self.register, self.table, mapping)
        return rehearse_form(self.workspace, self.project, self.file, choice, self.options(), progress)

    def _rehearse_book(self, book: Book, progress: Progress) -> SheetsDryRun:
        """The dry run of all sheets of a workbook but those that are left out."""
        assert self.file is not None
        if self.hidden_columns and isinstance(book, CobieBook):
            book = read_cobie(self.file, progress, hidden=True)
        chosen = {
            name: _options(self.choices_of(name), self._hidden_of(sheet.table)) for name, sheet in book.sheets.items()
        }
        return book.rehearse(self.workspace, self.project, chosen, book.sheets.keys() - self.without, progress)

    def store(self, progress: Progress = unattended) -> ImportReport:
        """Import what the last dry run worked out, in one act, after a copy of the workspace.

        Raises:
            Cancelled, NotValid: as ``apply``; HandoverError: the copy can't be written. Nothing is changed then.
        """
        assert self.run is not None
        if not self.workspace.read_only:
            copying.ensure(self.workspace.path, copies.BEFORE_IMPORT, progress)
        self.report = apply(self.run, self.workspace, progress, self.memory)
        with contextlib.suppress(HandoverError, OSError):  # the rows are stored; a file not looked after loses nothing
            WatchList.own().remember(self.run)
        step = undo_label(self.workspace)
        self.act = step.number if step else None
        return self.report

    def can_undo(self) -> bool:
        """Whether the import is what undo takes back next."""
        step = undo_label(self.workspace)
        return step is not None and step.number == self.act

    @property
    def runs(self) -> Sequence[DryRun]:
        """The dry runs in hand: one for each sheet that is taken."""
        return runs_of(self.run) if self.run is not None else []

    def raw(self, row: int, field_key: str, sheet: str = "") -> Cell:
        """What the file holds for a field in a row as Excel counts it.

        Args:
            sheet: of those that are imported together.
        """
        taken = self.book.sheets[sheet] if self.book is not None and self.together else None
        mapping = taken.mapping if taken else self.choices.mapping
        if self.is_plan or mapping is None or field_key not in mapping.by_field:
            return None
        rows = taken.grid.rows if taken else self.grid().rows
        return rows[row - 1][mapping.by_field[field_key]] if 0 < row <= len(rows) else None

    # -- COBie --------------------------------------------------------------------------------------------------------

    def _cobie(self) -> CobieSheet | None:
        """How the chosen sheet of a COBie workbook is taken, None where the user chose another register for it."""
        if self.table is None or self.register is None:
            return None
        return next((s for s in self._specs(self.table.sheet) if s.register == self.register.key), None)

    def _specs(self, sheet: str) -> list[CobieSheet]:
        if self.file is None or self.file.origin.program != "cobie":
            return []
        return sheets_for(None, sheet, self.file.source.sheets)


def _book(file: ImportFile, progress: Progress) -> Book | None:
    """The workbook whose sheets are imported together, None where one list of a file is."""
    if file.origin.program == "cobie":
        return read_cobie(file, progress)
    if file.export is not None and sum(s in file.sheets for s in file.export.sheets) > 1:
        book = read_own_book(file, progress)
        return book if book.sheets else None
    return None


def _options(chosen: Choices, hidden: frozenset[int]) -> ImportOptions:
    return ImportOptions(
        chosen.order, chosen.on_missing, frozenset(chosen.left_out), hidden,
        dict(chosen.corrections), dict(chosen.resolved), chosen.conflicts, chosen.year, chosen.blank,
        chosen.unit, chosen.filtered, chosen.below,
    )  # fmt: skip

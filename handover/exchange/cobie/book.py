"""A COBie workbook in one import: its sheets in the order in which they refer to each other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from handover.errors import NotValid, UnusableFile
from handover.exchange.cobie.rows import References, columns_by_heading, settle, without
from handover.exchange.cobie.sheets import CobieSheet, mapped, sheets_for, without_place
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.dry_run.compared import ImportedFile
from handover.exchange.dry_run.comparing import RehearsedSheet, rehearse_lines
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.not_taken import left_hidden
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.dry_run.several_sheets import SheetLeft, SheetsDryRun, miss_together
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.sheet import without_garbage_collection
from handover.exchange.rows.lines import lines_of
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.project import Project
from handover.registers.catalogue import register as register_named
from handover.store.workspace import Workspace
from handover.values.cells import is_nothing

#: Sheets that aren't taken are read to count their rows up to so many; of larger ones the file's own count is told.
_COUNTED = 5_000
_NOT_WANTED = N_("You left the sheet out.")


@dataclass(frozen=True, slots=True)
class TakenSheet:
    """A sheet that fills a register, as it was read."""

    spec: CobieSheet
    grid: Grid
    table: Table
    mapping: ColumnMapping

    @property
    def register(self) -> str:
        """The key of the register that it fills."""
        return self.spec.register

    @property
    def rows(self) -> int:
        """How many rows of data it has."""
        return len(_filled(self.grid, self.table))


@dataclass
class CobieBook:
    """A COBie workbook in hand.

    Attributes:
        sheets: the sheets with rows that fill registers, by name, those first that others refer to.
        left: the sheets with rows that fill none.
    """

    file: ImportFile
    sheets: dict[str, TakenSheet] = field(default_factory=dict)
    left: list[SheetLeft] = field(default_factory=list)

    def rehearse(
        self,
        workspace: Workspace,
        project: Project,
        options: Mapping[str, ImportOptions] | ImportOptions | None = None,
        only: Collection[str] | None = None,
        progress: Progress = unattended,
    ) -> SheetsDryRun:
        """Work out what an import of the sheets would do. Nothing is written.

        Args:
            options: how the sheets are read, or each of them by its name.
            only: the names of the sheets that are taken; all where None. What is in the project already of the others
                can still be referred to.

        Raises:
            UnusableFile: none of the sheets has rows.
            Cancelled: the user stopped it.
        """
        wanted = [name for name in self.sheets if only is None or name in only]
        if not wanted:
            raise UnusableFile(N_("{file} holds no list: its sheets are empty."), file=self.file.source.file)
        known, runs = References(), list[DryRun]()
        for done, (name, sheet) in enumerate(self.sheets.items()):
            step(progress, done, len(self.sheets), tr("Comparing sheet {sheet}", sheet=name))
            chosen = (options.get(name) if isinstance(options, Mapping) else options) or ImportOptions()
            run = self._run(workspace, project, sheet, chosen, known, runs, name in wanted, progress)
            if name in wanted:
                runs.append(run)
        miss_together(runs)
        unwanted = [SheetLeft(n, s.rows, _NOT_WANTED) for n, s in self.sheets.items() if n not in wanted]
        source = self.file.source
        return SheetsDryRun(ImportedFile(source.path, source.sha256, self.file.origin), runs, [*unwanted, *self.left])

    def _run(
        self,
        workspace: Workspace,
        project: Project,
        sheet: TakenSheet,
        options: ImportOptions,
        known: References,
        before: list[DryRun],
        stored: bool,
        progress: Progress,
    ) -> DryRun:
        """The dry run of one sheet; what it brings is known afterwards."""
        table, grid, source = sheet.table, sheet.grid, self.file.source
        hidden = frozenset(row - 1 for row in options.hidden)
        lines = lines_of(grid, table, sheet.mapping, options.corrections, hidden)
        stated = {h.text: [grid.rows[r][h.column] for r in table.rows(hidden)] for h in table.headings}
        cells = columns_by_heading(stated, len(lines.rows))
        repeated = settle(sheet.spec.sheet, lines, cells, known)
        left = [(lines.rows[place], why) for place, why in repeated.items()]
        places = without(lines, repeated)
        beside = left_hidden(grid, table, sheet.mapping, options.hidden)
        facts = ImportedFile(source.path, source.sha256, self.file.origin, table.sheet, table.header_row, beside=beside)
        with without_garbage_collection():
            rehearsed = RehearsedSheet(
                project.id, register_named(sheet.spec.register), facts, sheet.mapping, options, left, source.notices,
                before=before,
            )  # fmt: skip
            run = rehearse_lines(workspace, rehearsed, lines, progress)
        known.learn(sheet.spec.sheet, run, cells, places, stored)
        return run


def read_cobie(file: ImportFile, progress: Progress = unattended, hidden: bool = False) -> CobieBook:
    """Read the sheets of a COBie workbook that fill registers, and count the rows of the others.

    Args:
        hidden: whether the columns that the workbook hides are taken, too.

    Raises:
        UnusableFile: it can't be read.
        Cancelled: the user stopped it.
    """
    book = CobieBook(file)
    for spec in sheets_for(None, None, file.source.sheets):
        if table := _table(file, spec.sheet, progress):
            target = register_named(spec.register)
            mapping = mapped(spec, file.mapping(target, table, progress, hidden))
            book.sheets[spec.sheet] = TakenSheet(spec, file.grid(spec.sheet, progress), table, mapping)
    for name, why in without_place(file.source.sheets):
        told = file.source.sheet(name).rows
        if told > _COUNTED:
            book.left.append(SheetLeft(name, told - 1, why))
        elif (table := _table(file, name, progress)) is not None:
            book.left.append(SheetLeft(name, len(_filled(file.grid(name, progress), table)), why))
    return book


def _table(file: ImportFile, sheet: str, progress: Progress) -> Table | None:
    """The table of a sheet, None where it has no rows."""
    try:
        table = file.table(sheet, progress=progress)
    except NotValid:
        return None
    return table if _filled(file.grid(sheet, progress), table) else None


def _filled(grid: Grid, table: Table) -> list[int]:
    """The rows of data in which anything stands: templates of COBie have a row of blanks in empty sheets."""
    return [row for row in table.rows() if not all(map(is_nothing, grid.rows[row]))]

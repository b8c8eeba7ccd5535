"""A workbook of ours with several registers that comes home: all its sheets in one import."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from handover.errors import NotValid, UnusableFile
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.dry_run.compared import ImportedFile
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.dry_run.several_sheets import SheetLeft, SheetsDryRun, miss_together
from handover.exchange.importing.rehearse import rehearse_table
from handover.exchange.lists.best_list import ListChoice
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.programs.own_export import ExportedSheet
from handover.exchange.reading.grid import Grid
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.project import Project
from handover.registers import catalogue
from handover.registers.declare import Register
from handover.store.workspace import Workspace

_NOT_WANTED = N_("You left the sheet out.")
_BY_PROGRAM = N_("Its rows are made by the program alone.")
_NO_REGISTER = N_("It is a table of the pack and no register.")
_EMPTY = N_("It has no rows.")


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A sheet that fills a register."""

    file: ImportFile
    target: Register
    table: Table
    mapping: ColumnMapping

    @property
    def register(self) -> str:
        """The key of the register that it fills."""
        return self.target.key

    @property
    def grid(self) -> Grid:
        """Its cells."""
        return self.file.grid(self.table.sheet)

    @property
    def rows(self) -> int:
        """How many rows of data it has."""
        return sum(1 for _ in self.table.rows())


@dataclass
class OwnBook:
    """A workbook of ours in hand.

    Attributes:
        sheets: the sheets with rows that fill registers, by name, those first that others refer to.
        left: the sheets that fill none.
    """

    file: ImportFile
    sheets: dict[str, OwnSheet] = field(default_factory=dict)
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
            only: the names of the sheets that are taken; all where None.

        Raises:
            UnusableFile: none of the sheets is taken.
            Cancelled: the user stopped it.
        """
        wanted = [name for name in self.sheets if only is None or name in only]
        if not wanted:
            raise UnusableFile(N_("{file} holds no list: its sheets are empty."), file=self.file.source.file)
        runs: list[DryRun] = []
        for done, name in enumerate(wanted):
            step(progress, done, len(wanted), tr("Comparing sheet {sheet}", sheet=name))
            sheet = self.sheets[name]
            chosen = (options.get(name) if isinstance(options, Mapping) else options) or ImportOptions()
            choice = ListChoice(sheet.target, sheet.table, sheet.mapping)
            runs.append(rehearse_table(workspace, project, self.file, choice, chosen, progress, before=tuple(runs)))
        miss_together(runs)
        unwanted = [SheetLeft(n, s.rows, _NOT_WANTED) for n, s in self.sheets.items() if n not in wanted]
        source = self.file.source
        return SheetsDryRun(ImportedFile(source.path, source.sha256, self.file.origin), runs, [*unwanted, *self.left])


def read_own_book(file: ImportFile, progress: Progress = unattended) -> OwnBook:
    """The sheets of a workbook of ours, each with its register.

    Raises:
        UnusableFile: it can't be read.
        Cancelled: the user stopped it.
    """
    book = OwnBook(file)
    assert file.export is not None
    order = {each.key: (n, each) for n, each in enumerate(catalogue.in_filling_order())}
    sheets = [s for s in file.export.sheets.values() if s.sheet in file.sheets]
    for exported in sorted(sheets, key=lambda s: order.get(s.register, (len(order),))[0]):
        target = order[exported.register][1] if exported.register in order else None
        table = _table(file, exported, progress)
        rows = sum(1 for _ in table.rows()) if table else 0
        if target is None or not target.by_hand or table is None:
            why = _NO_REGISTER if target is None else _BY_PROGRAM if not target.by_hand else _EMPTY
            book.left.append(SheetLeft(exported.sheet, rows, why))
        else:
            book.sheets[exported.sheet] = OwnSheet(file, target, table, file.mapping(target, table, progress))
    return book


def _table(file: ImportFile, exported: ExportedSheet, progress: Progress) -> Table | None:
    """The table of a sheet below the headings that the export wrote, None where it has no rows."""
    try:
        table = file.table(exported.sheet, exported.header_row, progress)
    except NotValid:
        return None
    return table if any(True for _ in table.rows()) else None

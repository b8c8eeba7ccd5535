"""A file about to be imported: its sheets and tables, and which of them is the list that a register wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from handover.errors import NotLawful, NotValid, UnusableFile
from handover.exchange.columns.contents import sample, wordiness
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.mapping import ColumnMapping, SheetColumn, lexicon_of
from handover.exchange.columns.memory import Memory
from handover.exchange.columns.proposing import propose
from handover.exchange.columns.subjects import is_about
from handover.exchange.columns.template_words import explains
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import Evidence
from handover.exchange.lists.best_list import ListChoice, ListDoubt, is_doubtful, is_nearly, is_weak, suits
from handover.exchange.lists.crossed import holds_cells, laid_out
from handover.exchange.lists.own_table import own_table
from handover.exchange.notice import Notice
from handover.exchange.programs import p6_workbook
from handover.exchange.programs.own_columns import own_likeness, own_mapping
from handover.exchange.programs.own_export import Export, ExportedSheet, read_export
from handover.exchange.programs.recognise import MARK_SHEET, Origin, recognise
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import TEXTS, WORKBOOKS, Source, open_source
from handover.exchange.reading.text_form import TextForm
from handover.exchange.rows.lines import columns_of
from handover.exchange.tables.cross_table import CrossTable, cross_table
from handover.exchange.tables.cross_tables import is_cross_table
from handover.exchange.tables.explaining_rows import is_form
from handover.exchange.tables.finding import Table, find_tables, table_at
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.registers.catalogue import by_hand
from handover.registers.declare import Register

#: A renamed sheet of ours has so many of its headings still.
_SAME_SHEET = 0.6
_PEEK = 400
"""Rows that are read of each sheet to find the right one."""


@dataclass
class ImportFile:
    """A file that was opened to be imported.

    Attributes:
        export: what our own export says of itself, where the file is one.
    """

    source: Source
    memory: Memory
    origin: Origin = field(default_factory=lambda: Origin("hand", 0.5))
    export: Export | None = None
    #: What leaves a doubt about lists that were taken, by register, sheet and rows of headings.
    doubts: dict[tuple[str, str, tuple[int, ...]], ListDoubt] = field(default_factory=dict)
    _columns: tuple[Grid, Table, list[SheetColumn]] | None = None
    _traits: dict[int, tuple[SheetColumn, Traits]] = field(default_factory=dict)
    _whole: dict[str, Grid] = field(default_factory=dict)
    _peeked: dict[str, Grid] = field(default_factory=dict)
    _tables: dict[str, list[Table]] = field(default_factory=dict)
    _likely_tables: dict[str, list[Table]] = field(default_factory=dict)
    #: Lists that were made of tables of one thing against another, and the sheet that each was made of.
    _made: dict[str, tuple[Grid, Table, str]] = field(default_factory=dict)

    @property
    def is_plan(self) -> bool:
        """True for a plan in XML or XER, which has tasks instead of sheets."""
        return self.source.kind not in (*WORKBOOKS, *TEXTS)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that may hold a list."""
        own = [s.name for s in self.source.sheets if not s.name.startswith("_") and not explains(s.name)]
        return [*own, *self._made]

    def made_of(self, sheet: str) -> str:
        """The sheet of the file itself that a list was made of; any other sheet is its own."""
        return self._made[sheet][2] if sheet in self._made else sheet

    def grid(self, sheet: str, progress: Progress = unattended) -> Grid:
        """All cells of a sheet, read once."""
        if sheet in self._made:
            return self._made[sheet][0]
        if sheet not in self._whole:
            self._whole.clear()  # one large sheet in memory at a time
            peeked = self._peeked.get(sheet)
            whole = peeked is not None and not peeked.cut_short
            self._whole[sheet] = peeked if peeked is not None and whole else read_grid(self.source, sheet, progress)
        return self._whole[sheet]

    def tables(self, sheet: str, progress: Progress = unattended) -> list[Table]:
        """The tables of a sheet, from top to bottom."""
        if sheet in self._made:
            return [self._made[sheet][1]]
        if sheet not in self._tables:
            grid = self.grid(sheet, progress)
            known = self._likely_tables.get(sheet)
            self._tables[sheet] = (
                known if known is not None and self._peeked.get(sheet) is grid else self._found(sheet, grid)
            )
        return self._tables[sheet]

    def table(self, sheet: str, header: int | None = None, progress: Progress = unattended) -> Table:
        """The table of a sheet with its headings in a row that the user named, else the first. Raises NotValid."""
        if header is not None and not (self._exported(sheet) and self.tables(sheet, progress)[0].header_row == header):
            return table_at(self.grid(sheet, progress), header, heading_likeness)
        tables = self.tables(sheet, progress)
        if not tables:
            raise NotValid(N_("Sheet {sheet} is empty."), sheet=sheet)
        return tables[0]

    def looked_into(self, sheet: str) -> list[Table] | None:
        """The tables of a sheet as far as it was read to find the likeliest list; None where it wasn't."""
        return self._tables.get(sheet, self._likely_tables.get(sheet))

    def mapping(
        self, register: Register, table: Table, progress: Progress = unattended, with_hidden: bool = False
    ) -> ColumnMapping:
        """What is proposed for the columns of a table; what the user corrected for such headings comes first.

        Args:
            with_hidden: whether the columns that the workbook hides are proposed, too.
        """
        grid = self.grid(table.sheet, progress)
        if not with_hidden:
            return self._proposed(register, grid, table)
        return self._recalled(register, table, columns_of(grid, table, with_hidden=True))

    def best(self, register: Register | None, sheet: str | None = None, progress: Progress = unattended) -> ListChoice:
        """The table that suits a register best, or the register that suits the file best where none is named.

        Raises:
            UnusableFile: no sheet holds anything.
        """
        if register is not None and not register.by_hand:
            raise NotLawful(N_("Rows of {register} are made by the program alone."), register=register.label)
        choices = list(self.choices(register, sheet, progress))
        if not choices:
            raise UnusableFile(N_("{file} holds no list: its sheets are empty."), file=self.source.file)
        stem = self.source.path.stem
        worth = [suits(choice, stem) for choice in choices] if len(choices) > 1 else [0.0]
        place = max(range(len(choices)), key=lambda n: worth[n])
        best = _without_title(choices[place])
        others = sorted((n for n in range(len(choices)) if n != place), key=lambda n: -worth[n])
        self.doubts[best.register.key, best.table.sheet, best.table.header_rows] = ListDoubt(
            tuple(choices[n] for n in others if is_nearly(choices[n], choices[place], worth[place] - worth[n])),
            second := next((choices[n] for n in others if choices[n].register is not best.register), None),
            is_weak(best, stem) or is_doubtful(best, second, stem),
            tuple({choices[n].register.key: choices[n] for n in reversed(others)}.values())[::-1],
        )
        if self._peeked.get(best.table.sheet) is not None and self._peeked[best.table.sheet].cut_short:
            return self._in_full(best, progress)
        return best

    def choices(
        self, register: Register | None = None, sheet: str | None = None, progress: Progress = unattended
    ) -> Iterator[ListChoice]:
        """Every table of the file, as far as it was looked into, with what each register would make of it."""
        names = [sheet] if sheet else [name for name in self._likely_sheets() if name not in self._made]
        for name in names:
            grid = self._peek(name, progress)
            for table in self._peeked_tables(name, progress):
                cross = cross_table(grid, table, heading_likeness)
                signs = tuple(_kinds(grid, table)) if cross is None else ()
                for wanted in [register] if register else self._told_registers(name):
                    seen, taken = grid, table
                    if cross is not None:
                        seen, taken = self._laid_out(wanted, table, cross, progress, register is not None)
                    mapping = self._proposed(wanted, seen, taken)
                    cells = taken.sheet != table.sheet and holds_cells(wanted)
                    yield ListChoice(wanted, taken, mapping, (*signs, Evidence("list.matrix", float(cells))))

    def _laid_out(
        self, register: Register, table: Table, cross: CrossTable, progress: Progress, named: bool
    ) -> tuple[Grid, Table]:
        """A table of one thing against another as a register reads it; a list that is made of it is kept."""
        whole = self.grid(table.sheet, progress)
        same = [t for t in self.tables(table.sheet, progress) if t.header_rows == table.header_rows]
        grid, taken = laid_out(register, whole, same[0] if same else table, cross, named)
        if taken.sheet != table.sheet:
            self._made[taken.sheet] = grid, taken, table.sheet
        return grid, taken

    def _exported(self, sheet: str) -> ExportedSheet | None:
        """What an export of ours says of a sheet, None where it says nothing or the file is none."""
        return self.export.sheets.get(sheet) if self.export else None

    def _found(self, sheet: str, grid: Grid) -> list[Table]:
        """The tables of a sheet; of an export of ours the one that it wrote."""
        exported = self._exported(sheet)
        own = own_table(grid, exported) if exported is not None and grid.height else None
        return [own] if own is not None else find_tables(grid, heading_likeness)

    def _told_registers(self, sheet: str) -> Sequence[Register]:
        """The registers that may take a sheet: that of an export of ours, else any."""
        exported = self._exported(sheet)
        told = [each for each in by_hand() if exported is not None and each.key == exported.register]
        return told or by_hand()

    def _proposed(self, register: Register, grid: Grid, table: Table) -> ColumnMapping:
        columns = _with_hidden(register, grid, table, self._columns_of(grid, table))
        return _told_of_hidden(self._recalled(register, table, columns), table)

    def _columns_of(self, grid: Grid, table: Table) -> list[SheetColumn]:
        """The columns of a table, kept while registers are held against it."""
        if not (self._columns and self._columns[0] is grid and self._columns[1] is table):
            self._columns = grid, table, columns_of(grid, table)
            self._traits = {}
        return self._columns[2]

    def _traits_of(self, columns: Sequence[SheetColumn]) -> list[Traits]:
        """What the cells of columns are like, worked out once for all registers."""
        found = []
        for column in columns:
            known = self._traits.get(column.column)
            if known is None or known[0] is not column:
                known = self._traits[column.column] = (column, Traits(column))
            found.append(known[1])
        return found

    def _recalled(self, register: Register, table: Table, columns: Sequence[SheetColumn]) -> ColumnMapping:
        exported = self._exported(table.sheet)
        if exported is not None and exported.register == register.key:
            return own_mapping(register, propose(register, self._traits_of(columns)), exported)
        proposed = propose(register, self._traits_of(columns), self.memory.recall(register.key, columns))
        if self.origin.program == "p6" and register.outline and table.sheet.upper() == "TASK":
            return p6_workbook.mapped(proposed, columns)
        return proposed

    def _likely_sheets(self) -> list[str]:
        if self.export is not None:
            return [s for s in self.sheets if s in self.export.sheets] or [
                s for s in self.sheets if s not in self._made
            ]
        hidden = {s.name for s in self.source.sheets if s.hidden}
        return [name for name in self.sheets if name not in hidden and name not in self._made] or self.sheets

    def _peek(self, sheet: str, progress: Progress) -> Grid:
        if sheet in self._whole:
            return self._whole[sheet]
        if sheet not in self._peeked:
            only_one = len(self.source.sheets) == 1
            grid = read_grid(self.source, sheet, progress, None if only_one else _PEEK)
            self._peeked[sheet] = grid
        return self._peeked[sheet]

    def _peeked_tables(self, sheet: str, progress: Progress) -> list[Table]:
        if sheet not in self._likely_tables:
            grid = self._peek(sheet, progress)
            step(progress, 0, 0, tr("Looking for the list"))
            self._likely_tables[sheet] = self._found(sheet, grid)
            step(progress, 0, 0, tr("Looking for the list"))
        return self._likely_tables[sheet]

    def _in_full(self, choice: ListChoice, progress: Progress) -> ListChoice:
        """The same table with all its rows."""
        tables = self.tables(choice.table.sheet, progress)
        same = [t for t in tables if t.header_rows == choice.table.header_rows]
        ranked = [ListChoice(choice.register, t, self.mapping(choice.register, t)) for t in same or tables]
        return max(ranked, key=lambda c: len([m for m in c.mapping.columns if m.field]))


def open_import(
    path: str | Path, progress: Progress = unattended, memory: Memory | None = None, form: TextForm | None = None
) -> ImportFile:
    """Open a file that the user wants to import and find out whose it is.

    Args:
        form: the encoding and the separator of a text file where the user chose them.

    Raises:
        UnusableFile: it can't be read, with a sentence for each reason.
        NotValid: an encoding or a separator was chosen for what is no text file.
        Cancelled: the user stopped it.
    """
    source = open_source(path, progress, form)
    file = ImportFile(source, memory or Memory.own())
    marks = next((s.name for s in source.sheets if s.name.casefold() == MARK_SHEET), None)
    if marks is not None:
        file.export = _with_renamed_sheets(file, read_export(read_grid(source, marks, progress)), progress)

    def headings() -> Iterator[list[str]]:
        for sheet in file._likely_sheets()[:8]:
            for table in file._peeked_tables(sheet, progress)[:3]:
                yield [p for h in table.headings for p in (h.text, *h.parts)]

    file.origin = recognise(source.kind, source.sheets, headings)
    return file


def _with_renamed_sheets(file: ImportFile, export: Export | None, progress: Progress) -> Export | None:
    """What an export says of its sheets, by the names that they have now: a renamed one is known by its headings."""
    if export is None:
        return None
    gone = [s for s in export.sheets.values() if s.sheet not in file.sheets]
    others = [name for name in file.sheets if name not in export.sheets]
    sheets = dict(export.sheets)
    for exported in gone if others else ():
        del sheets[exported.sheet]
        tables = {name: found[0] for name in others if (found := file._peeked_tables(name, progress))}
        alike = {name: own_likeness(exported, [h.text for h in table.headings]) for name, table in tables.items()}
        best = max(alike, key=alike.__getitem__, default="")
        if best and alike[best] >= _SAME_SHEET:
            others.remove(best)
            header = tables[best].header_row or exported.header_row
            sheets[best] = replace(exported, sheet=best, header_row=header)
    return replace(export, sheets=sheets)


def _kinds(grid: Grid, table: Table) -> Iterator[Evidence]:
    """What speaks against a table being a list: that it crosses two, that its sheet is a form."""
    if is_cross_table(grid, table, heading_likeness):
        yield Evidence("list.cross")
    if is_form(grid):
        yield Evidence("list.form")


def _without_title(choice: ListChoice) -> ListChoice:
    """A list without headings whose first row says what it is about has that row for its title."""
    table = choice.table
    if table.header_rows or table.first not in table.rows() or not table.first < table.last:
        return choice
    first = [m.samples[0] for m in choice.mapping.columns if m.field and m.samples]
    row = table.sections.get(table.first) or (first[0] if len(first) == 1 else "")
    if not is_about(choice.register.key, row):
        return choice
    return replace(choice, table=replace(table, first=table.first + 1, title=row))


def _with_hidden(register: Register, grid: Grid, table: Table, columns: list[SheetColumn]) -> list[SheetColumn]:
    """Hidden columns count for nothing but the names of the rows and what a visible column of such a heading lacks."""
    if not any(h.hidden for h in table.headings):
        return columns
    needed = {f.field for f in register.entered if f.required}

    def meant(column: SheetColumn) -> set[str]:
        return {m.field for m in lexicon_of(register).matches(column.parts) if m.certainty >= 0.9}

    def names(column: SheetColumn) -> bool:
        said = sample(column.cells)
        return not (said and wordiness(said) < 0.1) and not needed.isdisjoint(meant(column))

    seen = {c.column for c in columns}
    hidden = [c for c in columns_of(grid, table, with_hidden=True) if c.column not in seen]
    unnamed = not any(map(names, columns))
    empty = [meant(c) for c in columns if c.cells and not sample(c.cells)]
    filled = set().union(*(meant(c) for c in columns if sample(c.cells)))
    found = [
        c
        for c in hidden
        if (unnamed and names(c))
        or (sample(c.cells) and any(meant(c) & lacking for lacking in empty) and not meant(c) & filled)
    ]
    return sorted([*columns, *found], key=lambda c: c.column)


def _told_of_hidden(mapping: ColumnMapping, table: Table) -> ColumnMapping:
    """The mapping with a word on each hidden column that is taken."""
    hidden = {h.column for h in table.headings if h.hidden}
    told = tuple(
        Notice(N_("The hidden column “{heading}” is taken: no visible one says what it says."), {"heading": m.heading})
        for m in mapping.columns
        if m.field and m.column in hidden
    )
    return replace(mapping, notices=(*mapping.notices, *told)) if told else mapping

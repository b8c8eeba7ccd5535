"""A file about to be imported: its sheets and tables, and which of them is the list that a register wants."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field
from math import log10
from pathlib import Path

from handover.errors import NotValid, UnusableFile
from handover.exchange import p6
from handover.exchange.comeback import Export, read_export
from handover.exchange.contents import sample, wordiness
from handover.exchange.grid import Grid
from handover.exchange.headings import PHASE
from handover.exchange.lines import columns_of
from handover.exchange.mapping import Column, Mapped, Mapping, lexicon_of
from handover.exchange.proposing import propose
from handover.exchange.recognise import MARK_SHEET, Origin, recognise
from handover.exchange.remembered import Memory
from handover.exchange.source import TEXTS, WORKBOOKS, Source, open_source
from handover.exchange.structure import Table, find_tables, table_at
from handover.exchange.subjects import is_about
from handover.exchange.template import explains
from handover.exchange.textform import TextForm
from handover.exchange.workbook import read_grid
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.vocabulary import folded
from handover.registers.catalogue import registers
from handover.registers.declare import Register

_PEEK = 400
"""Rows that are read of each sheet to find the right one."""
_PLAN_REGISTER = "tasks"
_RARE = 0.7
"""Headings that more than one other register knows are less telling than this."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A table for a register, with the mapping that was proposed."""

    register: Register
    table: Table
    mapping: Mapping


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
    _whole: dict[str, Grid] = field(default_factory=dict)
    _peeked: dict[str, Grid] = field(default_factory=dict)
    _tables: dict[str, list[Table]] = field(default_factory=dict)
    _likely_tables: dict[str, list[Table]] = field(default_factory=dict)

    @property
    def is_plan(self) -> bool:
        """True for a plan in XML or XER, which has tasks instead of sheets."""
        return self.source.kind not in (*WORKBOOKS, *TEXTS)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets that may hold a list."""
        return [s.name for s in self.source.sheets if not s.name.startswith("_") and not explains(s.name)]

    def grid(self, sheet: str, progress: Progress = unattended) -> Grid:
        """All cells of a sheet, read once."""
        if sheet not in self._whole:
            self._whole.clear()  # one large sheet in memory at a time
            peeked = self._peeked.get(sheet)
            whole = peeked is not None and not peeked.cut_short
            self._whole[sheet] = peeked if peeked is not None and whole else read_grid(self.source, sheet, progress)
        return self._whole[sheet]

    def tables(self, sheet: str, progress: Progress = unattended) -> list[Table]:
        """The tables of a sheet, from top to bottom."""
        if sheet not in self._tables:
            grid = self.grid(sheet, progress)
            known = self._likely_tables.get(sheet)
            self._tables[sheet] = known if known is not None and self._peeked.get(sheet) is grid else find_tables(grid)
        return self._tables[sheet]

    def table(self, sheet: str, header: int | None = None, progress: Progress = unattended) -> Table:
        """The table of a sheet with its headings in a row that the user named, else the first. Raises NotValid."""
        if header is not None:
            return table_at(self.grid(sheet, progress), header)
        tables = self.tables(sheet, progress)
        if not tables:
            raise NotValid(N_("Sheet {sheet} is empty."), sheet=sheet)
        return tables[0]

    def looked_into(self, sheet: str) -> list[Table] | None:
        """The tables of a sheet as far as it was read to find the likeliest list; None where it wasn't."""
        return self._tables.get(sheet, self._likely_tables.get(sheet))

    def mapping(
        self, register: Register, table: Table, progress: Progress = unattended, with_hidden: bool = False
    ) -> Mapping:
        """What is proposed for the columns of a table; what the user corrected for such headings comes first.

        Args:
            with_hidden: whether the columns that the workbook hides are proposed, too.
        """
        grid = self.grid(table.sheet, progress)
        if not with_hidden:
            return self._proposed(register, grid, table)
        return self._recalled(register, table, columns_of(grid, table, with_hidden=True))

    def best(self, register: Register | None, sheet: str | None = None, progress: Progress = unattended) -> Choice:
        """The table that suits a register best, or the register that suits the file best where none is named.

        Raises:
            UnusableFile: no sheet holds anything.
        """
        choices = list(self._choices(register, sheet, progress))
        if not choices:
            raise UnusableFile(N_("{file} holds no list: its sheets are empty."), file=self.source.file)
        stem = self.source.path.stem
        best = choices[0] if len(choices) == 1 else max(choices, key=lambda choice: _suits(choice, stem))
        if self._peeked.get(best.table.sheet) is not None and self._peeked[best.table.sheet].cut_short:
            return self._in_full(best, progress)
        return best

    def _choices(self, register: Register | None, sheet: str | None, progress: Progress) -> Iterator[Choice]:
        for name in [sheet] if sheet else self._likely_sheets():
            grid = self._peek(name, progress)
            for table in self._peeked_tables(name, progress):
                for wanted in [register] if register else registers():
                    mapping = self._proposed(wanted, grid, table)
                    yield Choice(wanted, table, mapping)

    def _proposed(self, register: Register, grid: Grid, table: Table) -> Mapping:
        return self._recalled(register, table, _with_hidden_names(register, grid, table, columns_of(grid, table)))

    def _recalled(self, register: Register, table: Table, columns: Sequence[Column]) -> Mapping:
        exported = self.export.sheets.get(table.sheet) if self.export else None
        if exported is not None and exported.register == register.key:
            return _as_exported(register, propose(register, columns), exported.fields)
        proposed = propose(register, columns, self.memory.recall(register.key, columns))
        if self.origin.program == "p6" and register.key == _PLAN_REGISTER and table.sheet.upper() == "TASK":
            return p6.mapped(proposed, columns)
        return proposed

    def _likely_sheets(self) -> list[str]:
        if self.export is not None:
            return [s for s in self.sheets if s in self.export.sheets] or self.sheets
        hidden = {s.name for s in self.source.sheets if s.hidden}
        return [name for name in self.sheets if name not in hidden] or self.sheets

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
            self._likely_tables[sheet] = find_tables(grid)
            step(progress, 0, 0, tr("Looking for the list"))
        return self._likely_tables[sheet]

    def _in_full(self, choice: Choice, progress: Progress) -> Choice:
        """The same table with all its rows."""
        tables = self.tables(choice.table.sheet, progress)
        same = [t for t in tables if t.header_rows == choice.table.header_rows]
        ranked = [Choice(choice.register, t, self.mapping(choice.register, t)) for t in same or tables]
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
        file.export = read_export(read_grid(source, marks, progress))

    def headings() -> Iterator[list[str]]:
        for sheet in file._likely_sheets()[:8]:
            for table in file._peeked_tables(sheet, progress)[:3]:
                yield [p for h in table.headings for p in (h.text, *h.parts)]

    file.origin = recognise(source.kind, source.sheets, headings)
    return file


def _with_hidden_names(register: Register, grid: Grid, table: Table, columns: list[Column]) -> list[Column]:
    """Hidden columns count for nothing but the names of the rows, where no visible one is called so."""
    needed = {f.field for f in register.entered if f.required}

    def names(column: Column) -> bool:
        said = sample(column.cells)
        if said and wordiness(said) < 0.1:
            return False
        return any(m.field in needed and m.certainty >= 0.9 for m in lexicon_of(register).matches(column.parts))

    if any(names(c) for c in columns) or not any(h.hidden for h in table.headings):
        return columns
    seen = {c.column for c in columns}
    found = [c for c in columns_of(grid, table, with_hidden=True) if c.column not in seen and names(c)]
    return sorted([*columns, *found], key=lambda c: c.column)


def _as_exported(register: Register, proposed: Mapping, known: Dictionary[int, str]) -> Mapping:
    """The mapping that an export states for its own columns."""
    mapping = proposed
    for mapped in proposed.columns:
        key = known.get(mapped.column, "")
        usable = key == "ref" or (key in register and not register[key].computed)
        if mapped.field != (key if usable else ""):
            mapping = mapping.changed(mapped.column, key if usable else "", "heading")
    return mapping


def _suits(choice: Choice, file: str) -> float:
    """How well a table suits a register: sure columns count, what a row can't be without counts most.

    Args:
        file: the file's name, which may say what the list is about.
    """
    register, table, mapping = choice.register, choice.table, choice.mapping
    rows = max(table.last - table.first + 1 - len(table.skipped), 0)
    taken = [m for m in mapping.columns if m.field and m.field != PHASE]
    held = {m.field for m in taken if m.samples or not rows}
    score = sum(_worth(m, register) * (1.0 if m.field in held else 0.3) for m in taken)
    required = [f.field for f in register.entered if f.required]
    if any(key not in held for key in required):
        score *= 0.25
    elif not _told_by_headings([mapping.of(mapping.by_field[key]) for key in required], register):
        score *= 0.3
    score *= 0.2 + log10(1 + rows) / 2
    if folded(register.label) in folded(table.sheet) or any(folded(a) in folded(table.sheet) for a in register.aliases):
        score *= 1.3
    else:
        score *= _told(register, (table.sheet, table.title, file))
    if register.key == _PLAN_REGISTER:
        score *= 1.2
    return score


def _told_by_headings(needed: list[Mapped], register: Register) -> bool:
    """False where what a row can't be without was found by content, beside at most a heading of many registers (ID)."""
    return all(m.why != "content" for m in needed) or any(
        m.why != "content" and _rarity(m.heading, register) >= _RARE for m in needed
    )


def _told(register: Register, texts: Sequence[str]) -> float:
    """What it counts that the sheet, its title or the file says what the list is about, and nothing else with it."""
    best = 1.0
    for text in texts:
        if is_about(register.key, text):
            alone = not any(is_about(each.key, text) for each in registers() if each is not register)
            best = max(best, 2.0 if alone and register.key != _PLAN_REGISTER else 1.3)
    return best


def _worth(mapped: Mapped, register: Register) -> float:
    sure = {"similar": 0.75}.get(mapped.why, 1.0)
    return mapped.confidence * sure * _rarity(mapped.heading, register)


def _rarity(heading: str, register: Register) -> float:
    """1 for a heading that only one register knows, less for Name, Status and others that many do."""
    text = heading.rsplit(" / ", maxsplit=1)[-1]
    least = max(lexicon_of(register).claim(text) - 0.05, 0.5)
    others = sum(lexicon_of(each).claim(text) >= least for each in registers() if each is not register)
    return 1 / (1 + 0.4 * others)

"""The rows of a file as values of a register's fields: columns read as wholes, what can't be read named by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from handover.errors import NotValid
from handover.exchange.notice import Notice
from handover.exchange.progress_words import is_progress_word, share_in_words, word_known_to
from handover.exchange.question import Question
from handover.exchange.rows.dittos import filled_down
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.outcome import ERASE, Fault
from handover.i18n import tr
from handover.jobs import Progress, step, unattended
from handover.model.task import TASK_KIND
from handover.registers.declare import Field, Register
from handover.values.cells import (
    LONGEST_MARK,
    Cell,
    ColumnReading,
    as_text,
    asks_to_erase,
    is_nothing,
    parse_yes,
    read_column,
    read_shares,
)
from handover.values.date_columns import DateReading, read_date_columns
from handover.values.date_text import Order

#: The share that stands for work that has begun, of which nobody says how far it is.
_BEGUN = 0.5


@dataclass(slots=True)
class Lines:
    """What a table says about the fields of a register, cell by cell, before it is understood.

    Attributes:
        rows: the number of each row as Excel shows it.
        cells: for each field (``ref`` and ``level`` too) the cells of its column.
        columns: for each field its column in the sheet, counted from 0.
        headings: for each field the heading of its column.
        phases: heading, column and cells of the columns that name phases, from left to right.
        parents: the place of the row above each row in the outline, None at the top; None for a sheet without outline.
        ids: heading and cells of further columns whose values name rows, for predecessors.
    """

    rows: list[int]
    cells: dict[str, list[Cell]]
    columns: dict[str, int] = field(default_factory=dict)
    headings: dict[str, str] = field(default_factory=dict)
    phases: list[tuple[str, int, list[Cell]]] = field(default_factory=list)
    parents: list[int | None] | None = None
    ids: list[tuple[str, list[Cell]]] = field(default_factory=list)
    #: What a column says in words beside one of shares: Completed, 整改中.
    standings: list[Cell] = field(default_factory=list)
    #: What was found out about the columns.
    notices: list[Notice] = field(default_factory=list)
    #: What must be answered about the columns before their rows are stored.
    asked: list[Question] = field(default_factory=list)
    #: References in the file are those of another project: they name rows of the file and none of ours.
    foreign: bool = False
    date1904: bool = False
    #: Of days without a year where no date of the table has one.
    year: int | None = None
    #: Whole dates that the title, the sheet or the file names; they tell the order of others.
    days: frozenset[dt.date] = frozenset()


@dataclass(slots=True)
class Incoming:
    """The rows of a file as values.

    Attributes:
        values: for each field a value for each row: None where the file says nothing, ERASE where it asks to empty.
            A link to another row is still text; people are ``Named``.
        findings: what was found out about the rows, step by step.
        said: for each field its cells as they stand in the file; none for a plan in XML.
        dates: the fields with dates of which some need an order of day and month or a year, with how they were read.
        made: places of summary tasks that the file only implies; they have no row of their own.
    """

    register: Register
    rows: list[int]
    values: dict[str, list[Any]]
    columns: dict[str, int] = field(default_factory=dict)
    whole: bool = False
    said: dict[str, Sequence[Cell]] = field(default_factory=dict)
    findings: Findings = field(init=False)
    dates: dict[str, DateReading] = field(default_factory=dict)
    parents: list[int | None] | None = None
    phases: list[tuple[str, int, list[Cell]]] = field(default_factory=list)
    made: set[int] = field(default_factory=set)
    #: The names of the phases that a place belongs to, and the places of the rows made for them.
    phase_of: dict[int, tuple[str, ...]] = field(default_factory=dict)
    phase_place: dict[tuple[str, ...], int] = field(default_factory=dict)
    #: Links that a plan states outright: for each place its predecessors' places, kind, lag and unit of the lag.
    links: list[list[tuple[int, str, float, str]] | None] | None = None
    foreign: bool = False

    def __post_init__(self) -> None:
        self.findings = self.nothing_found()

    def nothing_found(self) -> Findings:
        """Where a step notes what it finds out about these rows."""
        return Findings(self.register, self.rows, self.columns, self.whole)

    @property
    def skipped(self) -> dict[int, str]:
        """Why a row isn't taken, by place."""
        return self.findings.skipped

    @property
    def faults(self) -> dict[int, list[Fault]]:
        """What is wrong so that a row can't be taken, by place."""
        return self.findings.faults

    @property
    def remarks(self) -> dict[int, list[Fault]]:
        """What isn't taken of the cells of a row, by place."""
        return self.findings.remarks

    def cell(self, place: int, field_key: str) -> str:
        """The address of a field's cell, empty where the file has no such column."""
        return self.findings.cell(place, field_key)

    def text(self, place: int, field_key: str) -> str:
        """What a field's cell says, empty where the file has no such cell."""
        return as_text(self.said[field_key][place]) if field_key in self.said else ""

    def blame(self, place: int, field_key: str, message: str, /, **values: object) -> None:
        """Note what is wrong with a row, as a plan in XML says it of itself."""
        self.findings.blame(place, field_key, message, **values)


def understand(
    register: Register, lines: Lines, order: Order | None = None, progress: Progress = unattended
) -> Incoming:
    """Read every column of a table as its field demands.

    Args:
        order: the order of day, month and year that the user chose; told by the columns where None.

    Raises:
        Cancelled: the user stopped it.
    """
    incoming = Incoming(
        register, lines.rows, {}, lines.columns, said={**lines.cells}, parents=lines.parents, phases=lines.phases,
        foreign=lines.foreign,
    )  # fmt: skip
    needed = [lines.cells[f.field] for f in register.entered if f.required and f.field in lines.cells]
    dates = {}
    for done, (key, cells) in enumerate(lines.cells.items()):
        step(progress, done, len(lines.cells), tr("Reading the columns"))
        if key not in register:
            incoming.values[key] = list(cells)
            continue
        target = register[key]
        cells = filled_down(target, cells, needed)
        if target.kind.dated:
            dates[key] = [_no_formula_on_nothing(c) for c in cells]
            continue
        if key == "percent" and "begun" in register:
            _take_progress(incoming, key, cells, lines.standings)
            continue
        heading = lines.headings.get(key, "")
        _take(incoming, key, cells, _read(target, cells, heading))
        incoming.values.update(target.kind.beside(target, cells, heading))
    for key, found in read_date_columns(dates, order, lines.date1904, lines.year, lines.days).items():
        kind = register[key].kind
        values = [v if v is None else kind.settled(v) for v in found.values]
        _take(incoming, key, dates[key], ColumnReading(values, found.problems))
        if found.order is not None or found.no_year or found.told_year:
            incoming.dates[key] = found
    return incoming


def _take(incoming: Incoming, key: str, cells: Sequence[Cell], reading: ColumnReading[Any]) -> None:
    values = reading.values
    erased = {c for c in set(cells) if isinstance(c, str) and len(c) <= LONGEST_MARK and asks_to_erase(c)}
    if erased:
        values = [ERASE if c in erased else v for c, v in zip(cells, values, strict=True)]
    for place, error in reading.problems.items():
        if values[place] is not ERASE:
            noted = incoming.findings.remark if values[place] is None else incoming.findings.keep
            noted(place, key, as_text(cells[place]), error.message, **error.values)
    incoming.values[key] = values


def _no_formula_on_nothing(cell: Cell) -> Cell:
    """A formula on empty cells leaves 0 or -1 in a column of dates, read as midnight; nobody means a day of 1899."""
    return None if (isinstance(cell, (int, float)) and cell <= 0) or cell == dt.time(0) else cell


def _read(target: Field, cells: Sequence[Cell], heading: str) -> ColumnReading[Any]:
    """A column as its kind reads it; which kind of task it is is said in more ways."""
    if target.field == "kind" and target.words is not None and "milestone" in target.words:
        return read_column(cells, _kind_of_task)
    if target.lifecycle is not None and target.words is not None:
        cells = [word_known_to(target.words, c) for c in cells]
    return target.kind.imported(target, cells, heading)


def _take_progress(incoming: Incoming, key: str, cells: Sequence[Cell], standings: Sequence[Cell]) -> None:
    """Progress as a share, or in words: Planner's Not started, In progress and Completed; In progress is no share.

    Args:
        standings: what another column says in words; it counts where no share is given, or none but 0 in all rows.
    """
    if standings:
        nothing = all(is_nothing(c) or c in (0, "0", "0%") for c in cells)
        cells = [
            w if (nothing or is_nothing(c)) and w is not None else c for c, w in zip(cells, standings, strict=True)
        ]
        incoming.said[key] = cells
    _take(incoming, key, cells, _read_progress(cells))
    begun = [True if isinstance(c, str) and share_in_words(c) == _BEGUN else None for c in cells]
    if any(begun) and "begun" not in incoming.values:
        incoming.values["begun"] = begun


def _read_progress(cells: Sequence[Cell]) -> ColumnReading[float]:
    told = [_progress(c) for c in cells]
    filled = [c for c in cells if not is_nothing(c)]
    if 2 * sum(isinstance(c, str) and is_progress_word(c) for c in filled) >= len(filled):
        # A column of states: a word that isn't known says nothing of a share, and that's no fault of its row.
        told = [None if isinstance(c, str) and not any(ch.isdigit() for ch in c) else c for c in told]
    return read_shares(told)


def _progress(cell: Cell) -> Cell:
    if isinstance(cell, str) and is_progress_word(cell):
        share = share_in_words(cell)
        return None if share is None or 0 < share < 1 else f"{share:.0%}"  # how far it is, nobody said
    return cell


def _begun(cell: Cell) -> bool | None:
    """Whether a word says that a task is in progress; None where it isn't about that."""
    share = share_in_words(cell) if isinstance(cell, str) and is_progress_word(cell) else None
    return None if share is None else 0 < share < 1


def _kind_of_task(cell: Cell) -> str | None:
    """The kind of a task; a word that means none of ours (Story, Bug) is an ordinary task."""
    text = as_text(cell)
    if code := TASK_KIND.code_of(text):
        return code
    if "milestone" in text.lower() or "里程碑" in text:
        return "milestone"
    try:
        return "milestone" if parse_yes(cell) else None
    except NotValid:
        return None

"""The rows that an import can't take as they stand, as a workbook: mended there, they are imported like any list.

It has the headings of the source and a column that says what is wrong; the cells to mend are coloured.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from handover.errors import NotValid
from handover.exchange.columns.mapping import MappedColumn
from handover.exchange.columns.reason_column import WHAT_IS_WRONG, says_what_is_wrong
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.dry_run.verdict import Verdict
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.reading.grid import Grid, column_letters
from handover.exchange.reading.limits import MAX_TEXT
from handover.exchange.rows.outcome import Fault
from handover.exchange.tables.finding import Table
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.replacing import make_folder, refuse_locked, replacing
from handover.values.cells import Cell, as_text, folded

#: What Excel and others would take for the beginning of a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD, _TO_MEND, _WHY = "0B6E75", "FBE3DC", "FFF4D6"
_FORMATS = {dt.datetime: "yyyy-mm-dd hh:mm", dt.date: "yyyy-mm-dd", dt.time: "hh:mm", dt.timedelta: "[h]:mm"}
_NARROWEST, _WIDEST, _WIDTH_OF_WHY = 10, 48, 80
#: The height of a line in points, and how many letters it holds; Chinese ones count twice.
_LINE, _LETTERS = 15, 76


def write_rejected(run: DryRun | SheetsDryRun, file: ImportFile, path: Path, progress: Progress = unattended) -> int:
    """Write the rows in error and those with a remark; returns how many.

    What stood at ``path`` stays until the new workbook is whole.

    Args:
        file: the file that the dry run is of, whose cells are written as they stand there, or as they were corrected.

    Raises:
        NotValid: the name doesn't end in .xlsx, it is the source itself, or all rows are taken as they stand.
        HandoverError: it can't be written.
        Cancelled: the user stopped it.
    """
    refuse_target(path, run.file.path)
    if not to_mend(run):
        raise NotValid(N_("All rows of {file} are taken as they stand; there is nothing to write."), file=run.file.name)
    book = Workbook(write_only=True)
    count = 0
    titles: set[str] = set()
    for each in runs_of(run):
        if to_mend(each):
            sheet: Any = book.create_sheet(_title(each.file.sheet or each.register.label, titles))
            count += _RejectedSheet(each, file, progress).write(sheet)
    make_folder(path.parent)
    with replacing(path) as part:
        book.save(part)
    return count


def to_mend(run: DryRun | SheetsDryRun) -> int:
    """How many rows aren't taken as they stand: those in error and those with a remark."""
    return run.rows["error"] + len(run.remarked)


def refuse_target(path: Path, source: Path) -> None:
    """Say before an import rather than after it that rejected rows can't be written to a file.

    Raises:
        NotValid: the name isn't one of a workbook, or that of the source.
        TargetHeld: what stands there can't be replaced.
    """
    if path.suffix.lower() != ".xlsx":
        raise NotValid(N_("“{name}” must end in .xlsx."), name=path.name)
    if path.resolve() == source.resolve():
        raise NotValid(
            N_("“{name}” is the file that is imported. Choose another name for the rows in error."), name=path.name
        )
    refuse_locked(path)


def _title(name: str, used: set[str]) -> str:
    title = re.sub(r"[\[\]:*?/\\]", " ", name).strip("' ")[:31] or "1"
    while title.casefold() in used:
        title = f"{title[:28]} {len(used) + 1}"
    used.add(title.casefold())
    return title


class _RejectedSheet:
    """One sheet's rows in error on their way into the workbook."""

    def __init__(self, run: DryRun, file: ImportFile, progress: Progress) -> None:
        self.run = run
        self.grid: Grid | None = None if file.is_plan else file.grid(run.file.sheet, progress)
        self.columns = [m for m in run.mapping.columns if not says_what_is_wrong(m.heading)]
        table = None if file.is_plan else file.table(run.file.sheet, run.file.header_row, progress)
        self.headings = [_heading(m, table) for m in self.columns]
        self.above = _summaries(run)
        if self.above:
            self.headings.append(run.register["parent"].label)
        self.progress = progress

    def write(self, sheet: Any) -> int:
        """Write headings and rows; returns how many rows."""
        faulty = _places(self.run)
        sheet.freeze_panes = "A2"
        for number, heading in enumerate(self.headings, 1):
            width = max(_NARROWEST, min(_WIDEST, 2 * len(heading)))
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.column_dimensions[get_column_letter(len(self.headings) + 1)].width = _WIDTH_OF_WHY
        sheet.append([self._head(sheet, h) for h in [*self.headings, tr(WHAT_IS_WRONG, file=self.run.file.name)]])
        for row, place in enumerate(watched(faulty, self.progress, len(faulty), tr("Writing the rows to mend")), 2):
            verdict = self.run.verdict(place)
            sheet.row_dimensions[row].height = _LINE * sum(1 + _width(str(f)) // _LETTERS for f in _wrong(verdict))
            sheet.append(list(self._row(sheet, place, verdict)))
        return len(faulty)

    def _head(self, sheet: Any, text: str) -> Any:
        cell = _cell(sheet, text)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        return cell

    def _row(self, sheet: Any, place: int, verdict: Verdict) -> Iterator[Any]:
        wrong = {fault.field for fault in _wrong(verdict)}
        shown = {} if self.grid is not None else self.run.cells(place)
        for mapped in self.columns:
            cell = _cell(sheet, self._value(verdict, mapped, shown))
            if mapped.field and mapped.field in wrong:
                cell.fill = PatternFill("solid", fgColor=_TO_MEND)
            yield cell
        if self.above:
            yield _cell(sheet, self.above.get(place))
        why = _cell(sheet, "\n".join(map(str, _wrong(verdict))))
        why.fill = PatternFill("solid", fgColor=_WHY)
        why.alignment = Alignment(wrap_text=True, vertical="top")
        yield why

    def _value(self, verdict: Verdict, mapped: MappedColumn, shown: dict[str, str]) -> Cell:
        corrected = self.run.options.corrections.get((verdict.row, mapped.field)) if mapped.field else None
        if corrected is not None:
            return corrected
        if self.grid is None:
            return shown.get(mapped.field)
        return self.grid.rows[verdict.row - 1][mapped.column]


def _places(run: DryRun) -> list[int]:
    """The places of the rows to mend, in the order of the file."""
    in_error = {p for p, o in enumerate(run.found.judgement.outcomes) if o == "error"} - run.found.incoming.made
    return sorted(in_error.union(run.remarked))


def _wrong(verdict: Verdict) -> tuple[Fault, ...]:
    return (*verdict.faults, *verdict.remarks)


def _width(text: str) -> int:
    return sum(2 if letter >= "\u2e80" else 1 for letter in text)


def _summaries(run: DryRun) -> dict[int, str]:
    """What each row in error is part of, where only its place in the sheet says it: out of there it would be lost."""
    tree, incoming = run.found.tree, run.found.incoming
    if tree is None or not tree.told or "parent" in incoming.values or incoming.phases:
        return {}
    names = [as_text(name) if isinstance(name, str) else "" for name in incoming.values.get("name", ())]
    times = Counter(map(folded, names))
    found = {}
    for place in _places(run):
        parent = tree.parents[place]
        if parent is None:
            continue
        known = run.found.matched[parent]
        if known is not None:
            found[place] = str(run.found.existing.value(known, "ref"))
        elif names[parent] and times[folded(names[parent])] == 1:
            found[place] = names[parent]
    return found


def _heading(mapped: MappedColumn, table: Table | None) -> str:
    """The heading on one line, as it is found again; the column's letters where it has none."""
    parts = next((h.parts for h in table.headings if h.column == mapped.column), ()) if table is not None else ()
    words = dict.fromkeys(p.strip() for p in parts if p.strip())
    return " ".join(words) or mapped.heading or column_letters(mapped.column)


def _cell(sheet: Any, value: Cell) -> Any:  # Any: openpyxl's cell
    """A cell that holds a value and never a formula."""
    if isinstance(value, (dt.date, dt.datetime)) and value.year < 1900:
        value = value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    if isinstance(value, str):
        text = _LOOKS_ESCAPED.sub("_x005F_", ILLEGAL_CHARACTERS_RE.sub("", value))[:MAX_TEXT]
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        if text.startswith(_FORMULA):
            cell.quotePrefix = True
        return cell
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # its stubs know neither days nor times of day
    if type(value) in _FORMATS:
        cell.number_format = _FORMATS[type(value)]
    return cell

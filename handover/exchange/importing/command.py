"""An import as a command asks for it: its words fill a session as the clicks of a window do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from handover.errors import NotValid
from handover.exchange.cobie.sheets import sheets_for
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.options import Below, Blank, Filtered, OnMissing, Side
from handover.exchange.dry_run.several_sheets import SheetsDryRun
from handover.exchange.importing.own_book import OwnBook
from handover.exchange.importing.questions import ask
from handover.exchange.importing.session import Intake
from handover.exchange.reading.sheet import without_garbage_collection
from handover.exchange.reading.text_form import text_form
from handover.exchange.rows.unit_doubts import UNITS
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model.project import Project
from handover.store.workspace import Workspace
from handover.values.date_text import EARLIEST, LATEST, Order

_ORDERS = ("DMY", "MDY", "YMD")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a command says of an import; everything that it doesn't say is found out.

    Attributes:
        register: the register's key; the one that suits the file best where None.
        sheet: the sheet's name.
        header: the lowest row of the headings as Excel counts it.
        maps: heading to field, over what is proposed; an empty field leaves the column out.
        date_order: ``dmy``, ``mdy`` or ``ymd``; told by the columns where None.
        year: of days such as 3月5日 where no date of the table has one; told by the title where None.
        on_missing: ``keep`` or ``drop`` rows that an earlier import brought and the file no longer has.
        encoding: of a text file, such as ``gb18030``.
        separator: of its fields, such as ``;`` or ``tab``.
        hidden: whether the rows and columns that the workbook hides are taken, too.
        conflicts: ``ours`` or ``theirs``: whose value stands where both sides changed it since our export.
        blank: ``keep`` or ``clear``: what an empty cell does to the field of a row that there is; where None, one that
            was emptied in an export of ours clears it.
        unit: of bare numbers in a column of durations: ``d``, ``h``, ``min``, ``w`` or ``mo``; told where None.
        filtered: ``take`` or ``leave`` rows that a filter hides; where None it is asked when they are most rows.
        below: ``take`` or ``leave`` rows at the end that hardly look like the list; asked where None.
    """

    register: str | None = None
    sheet: str | None = None
    header: int | None = None
    maps: Mapping[str, str] = field(default_factory=dict)
    date_order: str | None = None
    year: int | None = None
    on_missing: str = "keep"
    encoding: str | None = None
    separator: str | None = None
    hidden: bool = False
    conflicts: str = "ours"
    blank: str | None = None
    unit: str | None = None
    filtered: str | None = None
    below: str | None = None


@without_garbage_collection()
def rehearse(
    workspace: Workspace,
    project: Project,
    path: str | Path,
    asked: Asked | None = None,
    progress: Progress = unattended,
) -> DryRun | SheetsDryRun:
    """Work out what an import of a file would do. Nothing is written.

    Raises:
        UnusableFile: the file can't be read or holds no list.
        NotFound: there is no such register, sheet, heading or field.
        NotValid: an option can't be.
        Cancelled: the user stopped it.
    """
    intake = session_for(workspace, project, path, asked or Asked(), progress)
    intake.run = intake.rehearse(progress)
    ask(intake)
    return intake.run


def session_for(
    workspace: Workspace, project: Project, path: str | Path, asked: Asked, progress: Progress = unattended
) -> Intake:
    """The session of an import, filled as a command asks; all sheets of a COBie workbook where nothing says which.

    Raises:
        As ``rehearse``.
    """
    order, year = _order(asked.date_order), _year(asked.year)
    on_missing, conflicts, blank = _on_missing(asked.on_missing), _side(asked.conflicts), _blank(asked.blank)
    unit, filtered, below = _unit(asked.unit), _filtered(asked.filtered), _below(asked.below)
    intake = Intake(workspace, project.code, asked.register)
    intake.read(Path(path), progress, text_form(asked.encoding, asked.separator), asked.sheet)
    intake.hidden_rows = intake.hidden_columns = asked.hidden
    intake.settled = intake.settled or bool(asked.sheet or asked.header)
    _choose_sheet(intake, asked, progress)
    if asked.header is not None and not intake.is_plan:
        intake.choose_header(asked.header)
    if asked.maps and not intake.is_plan:
        intake.choices.mapping = intake.mapping(progress).headed(intake.chosen_register, asked.maps)
    for chosen in intake.every_choice():
        chosen.order, chosen.year, chosen.on_missing, chosen.conflicts = order, year, on_missing, conflicts
        chosen.blank, chosen.unit, chosen.filtered, chosen.below = blank, unit, filtered, below
    return intake


def _choose_sheet(intake: Intake, asked: Asked, progress: Progress) -> None:
    """Take one sheet of a COBie workbook, or of ours, where the command says anything that isn't about all of them."""
    if intake.book is None or not (asked.register or asked.sheet or asked.header or asked.maps):
        return
    assert intake.file is not None
    if isinstance(intake.book, OwnBook):
        sheets = intake.book.sheets
        name = asked.sheet or next((n for n, s in sheets.items() if asked.register in (None, s.register)), "")
        if name in sheets and asked.register in (None, sheets[name].register):
            intake.choose_table(sheets[name].table)
            return
    specs = sheets_for(asked.register, asked.sheet, intake.file.source.sheets)
    if spec := next((s for s in specs if s.sheet in intake.book.sheets), None):
        intake.choose_table(intake.book.sheets[spec.sheet].table)
    else:
        best = intake.file.best(intake.wanted, asked.sheet, progress)
        intake.choose_table(best.table)
        intake.choose_register(best.register)


def _order(text: str | None) -> Order | None:
    if not text:
        return None
    if text.upper() not in _ORDERS:
        raise NotValid(N_("{text} is no order of dates. There are: dmy, mdy, ymd."), text=text)
    return cast(Order, text.upper())


def _year(year: int | None) -> int | None:
    if year is not None and not EARLIEST <= year <= LATEST:
        raise NotValid(N_("{year} can't be the year of these dates. Right would be 2026."), year=year)
    return year


def _side(text: str) -> Side:
    if text not in ("ours", "theirs"):
        raise NotValid(N_("{text} isn't known. In a conflict, ours or theirs stands."), text=text)
    return "file" if text == "theirs" else "ours"


def _blank(text: str | None) -> Blank | None:
    if text not in (None, "keep", "clear"):
        raise NotValid(N_("{text} isn't known. Empty cells can keep or clear."), text=text)
    return cast("Blank | None", text)


def _unit(text: str | None) -> str | None:
    if text is not None and text not in UNITS:
        raise NotValid(N_("{text} is no unit of durations. There are: d, h, min, w, mo."), text=text)
    return text


def _filtered(text: str | None) -> Filtered | None:
    if text not in (None, "take", "leave"):
        raise NotValid(
            N_("{text} isn't known. Rows that a filter hides can be taken: take, or left out: leave."), text=text
        )
    return cast("Filtered | None", text)


def _below(text: str | None) -> Below | None:
    if text not in (None, "take", "leave"):
        raise NotValid(N_("{text} isn't known. What stands below the list can be left out: leave, or taken: take."),
                       text=text)  # fmt: skip
    return cast("Below | None", text)


def _on_missing(text: str) -> OnMissing:
    if text not in ("keep", "drop"):
        raise NotValid(N_("{text} isn't known. Rows that the file lacks can be kept or dropped."), text=text)
    return cast(OnMissing, text)

"""From a file to a dry run in one call, for the command line, the wizard and the sample project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Literal, cast

from handover.errors import NotValid, UnusableFile
from handover.exchange.cobie.book import read_cobie
from handover.exchange.cobie.sheets import sheets_for
from handover.exchange.columns.date_doubts import year_of
from handover.exchange.columns.headings import REF
from handover.exchange.columns.mapping import Mapping as ColumnMapping
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.dry_run.comparing import dry_run
from handover.exchange.dry_run.dry_run import DryRun, FileFacts, OnMissing, Options
from handover.exchange.dry_run.not_taken import hidden_rows, left_hidden
from handover.exchange.dry_run.several_sheets import Several
from handover.exchange.lists.best_list import Choice
from handover.exchange.lists.import_file import ImportFile, open_import
from handover.exchange.lists.other_lists import other_lists
from handover.exchange.notice import Notice
from handover.exchange.programs import jira, p6_workbook
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.odd_cells import cell_notes
from handover.exchange.reading.sheet import read_grid, without_garbage_collection
from handover.exchange.reading.text_form import encoding_name, text_form
from handover.exchange.rows.lines import in_one_language, lines_of
from handover.exchange.rows.shares import doubtful_shares
from handover.exchange.tables.finding import Table
from handover.exchange.tables.other_rows import Skip
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.project import Project
from handover.registers.catalogue import register as register_named
from handover.registers.declare import Register
from handover.store.workspace import Workspace
from handover.values.date_text import EARLIEST, LATEST, Order

__all__ = ["DryRun", "Options", "dry_run", "open_import", "plan_import", "run_table"]

#: So many odd cells are named one by one.
_MOST_NOTES = 10
_ORDERS = ("DMY", "MDY", "YMD")


@without_garbage_collection()
def plan_import(
    workspace: Workspace,
    project: Project,
    path: str | Path,
    *,
    register: str | None = None,
    otherwise: str | None = None,
    sheet: str | None = None,
    header: int | None = None,
    maps: Mapping[str, str] | None = None,
    date_order: str | None = None,
    year: int | None = None,
    on_missing: str = "keep",
    encoding: str | None = None,
    separator: str | None = None,
    hidden: bool = False,
    conflicts: str = "ours",
    progress: Progress = unattended,
) -> DryRun | Several:
    """Open a file, find its list, map its columns and work out what an import would do. Nothing is written.

    All sheets of a COBie workbook are taken where nothing says which.

    Args:
        register: the register's key; the one that suits the file best where None.
        otherwise: the register's key where the file doesn't say by itself which registers it fills.
        sheet: the sheet's name; found where None.
        header: the lowest row of the headings as Excel counts it; found where None.
        maps: heading to field, over what is proposed; an empty field leaves the column out.
        date_order: ``dmy``, ``mdy`` or ``ymd``; told by the columns where None.
        year: of days such as 3月5日 where no date of the table has one; told by the title where None.
        on_missing: ``keep`` or ``drop`` rows that an earlier import brought and the file no longer has.
        encoding: of a text file, such as ``gb18030``; found out where None.
        separator: of its fields, such as ``;`` or ``tab``; found out where None.
        hidden: whether the rows and columns that the workbook hides are taken, too.
        conflicts: ``ours`` or ``theirs``: whose value stands where both sides changed it since our export.

    Raises:
        UnusableFile: the file can't be read or holds no list.
        NotFound: there is no such register, sheet, heading or field.
        NotValid: an option can't be.
        Cancelled: the user stopped it.
    """
    options = Options(
        date_order=_order(date_order),
        on_missing=_on_missing(on_missing),
        conflicts=_conflicts(conflicts),
        year=_year(year),
    )
    file = open_import(path, progress, form=text_form(encoding, separator))
    wanted = register_named(register) if register else None
    if file.is_plan:
        from handover.exchange.plans.rows import plan_dry_run

        return plan_dry_run(workspace, project, file.source, file.origin, options, progress)
    if sheet is not None:
        file.source.sheet(sheet)
    if file.origin.program == "cobie" and header is None:
        book = read_cobie(file, progress, hidden)
        chosen = (
            options
            if not hidden
            else {n: replace(options, hidden=hidden_rows(s.table)) for n, s in book.sheets.items()}
        )
        if not (register or sheet or maps):
            return book.rehearse(workspace, project, chosen, progress=progress)
        specs = sheets_for(wanted.key if wanted else None, sheet, file.source.sheets)
        if spec := next((s for s in specs if s.sheet in book.sheets), None):
            book.remap(spec.sheet, maps or {})
            return book.rehearse(workspace, project, chosen, [spec.sheet], progress).runs[0]
    choice = file.best(wanted or (register_named(otherwise) if otherwise else None), sheet, progress)
    table, mapping = choice.table, choice.mapping
    if header is None and not maps:
        _refuse_prose(file, choice)
    if header is not None:
        table = file.table(sheet or table.sheet, header, progress)
        mapping = file.mapping(choice.register, table, progress)
    if hidden:
        mapping = file.mapping(choice.register, table, progress, with_hidden=True)
        options = replace(options, hidden=hidden_rows(table))
    if maps:
        mapping = mapping.headed(choice.register, maps)
    return run_table(workspace, project, file, choice.register, table, mapping, options, progress)


@without_garbage_collection()
def run_table(
    workspace: Workspace,
    project: Project,
    file: ImportFile,
    register: Register,
    table: Table,
    mapping: ColumnMapping,
    options: Options | None = None,
    progress: Progress = unattended,
) -> DryRun:
    """The dry run of one table of an opened file with a mapping, as the wizard does it again after each correction."""
    options = options or Options()
    if register.key != "tasks":  # where it becomes a summary
        table = replace(table, skipped=table.skipped | dict.fromkeys(table.sections, Skip.SECTION), sections={})
    grid = file.grid(table.sheet, progress)
    hidden = frozenset(row - 1 for row in options.hidden)
    step(progress, 0, 0, tr("Reading the columns"))
    lines = lines_of(grid, table, mapping, options.corrections, hidden)
    lines.year = options.year or year_of(grid, table, file.source.path.stem)
    step(progress, 0, 0, tr("Reading the columns"))
    export = file.export
    said = [*_oddities(file, grid), *doubtful_shares(lines, register)]
    if file.origin.program == "p6":
        p6_workbook.strip_marks(lines)
        if p6_workbook.RELATIONS_SHEET in file.sheets and "predecessors" not in lines.cells:
            p6_workbook.add_relations(lines, read_grid(file.source, p6_workbook.RELATIONS_SHEET, progress))
    if file.origin.program == "jira" and register.key == "tasks":
        jira.settle(lines)
    if export is not None:
        in_one_language(lines, register)
        if left_out := sum(s.left_out for s in export.sheets.values() if s.register == register.key):
            said.append(_filtered(left_out))
        if export.project not in (project.id, project.code):
            lines.ids.append((REF, lines.cells.pop(REF, [])))
            lines.foreign = True
            export = None
            said.append(Notice(N_("The file was exported from another project; its references aren't looked at.")))
    beside = replace(left_hidden(grid, table, mapping, options.hidden), lists=other_lists(file, table, progress))
    if options.on_missing == "drop" and any(says_what_is_wrong(m.heading) for m in mapping.columns):
        said.append(Notice(N_("The file holds only rows that were in error: no row counts as missing for that.")))
    facts = FileFacts(
        file.source.path, file.source.sha256, file.origin, table.sheet, table.header_row, file.source.dialect, beside
    )
    left = [
        (row + 1, why.reason)
        for row, why in table.skipped.items()
        if why is not Skip.BLANK and not (why is Skip.HIDDEN and row in hidden)
    ]
    return dry_run(
        workspace, project.id, register, facts, lines, mapping, options,
        left=left, notices=said, export=export, progress=progress,
    )  # fmt: skip


def _oddities(file: ImportFile, grid: Grid) -> list[Notice]:
    """What is odd about the file and the cells of the sheet, the first ten of them."""
    notes = cell_notes(grid)
    odd = [Notice(note.message, note.values) for note in notes[:_MOST_NOTES]]
    if more := len(notes) - len(odd):
        odd.append(Notice(N_("Cells like these: {n} more."), {"n": more}))
    return [*file.source.notices, *odd]


def _refuse_prose(file: ImportFile, choice: Choice) -> None:
    """Refuse a text without a heading that anybody knows and without a column of dates or the like."""
    taken = [m for m in choice.mapping.columns if m.field]
    required = {f.field for f in choice.register.entered if f.required}
    dialect = file.source.dialect
    if dialect is None or not all(m.why == "content" and m.field in required for m in taken):
        return
    raise UnusableFile(
        N_(
            "{file}, read as {encoding}, holds no list that can be recognised: none of its columns has a heading that "
            "is known. Put a line of headings such as Task and Start above the list, or choose another encoding."
        ),
        file=file.source.file,
        encoding=encoding_name(dialect.encoding),
    )


def _filtered(rows: int) -> Notice:
    return Notice(
        N_("The export was filtered: {rows} rows of the register aren't in it. No row counts as missing for that."),
        {"rows": f"{rows:,}"},
    )


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


def _conflicts(text: str) -> Literal["file", "ours"]:
    if text not in ("ours", "theirs"):
        raise NotValid(N_("{text} isn't known. In a conflict, ours or theirs stands."), text=text)
    return "file" if text == "theirs" else "ours"


def _on_missing(text: str) -> OnMissing:
    if text not in ("keep", "drop"):
        raise NotValid(N_("{text} isn't known. Rows that the file lacks can be kept or dropped."), text=text)
    return cast(OnMissing, text)

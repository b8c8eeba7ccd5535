"""From a table of an opened file and its mapping to a dry run."""

from __future__ import annotations

from dataclasses import replace

from handover.errors import UnusableFile
from handover.exchange.columns.contents import holds_dates
from handover.exchange.columns.date_doubts import days_of, year_of
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.headings import REF
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.columns.unlike_lists import unlike_notice
from handover.exchange.dry_run.compared import ImportedFile
from handover.exchange.dry_run.comparing import RehearsedSheet, rehearse_lines
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.not_taken import left_hidden
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.importing.filter_left_on import filter_left_on
from handover.exchange.importing.form_head import FormHead
from handover.exchange.importing.rows_below import RowsBelow, rows_below
from handover.exchange.lists.best_list import ListChoice
from handover.exchange.lists.import_file import ImportFile
from handover.exchange.lists.other_lists import other_lists
from handover.exchange.notice import Notice
from handover.exchange.programs import jira, p6_workbook
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.odd_cells import cell_notes
from handover.exchange.reading.sheet import read_grid, without_garbage_collection
from handover.exchange.reading.text_form import encoding_name
from handover.exchange.rows.lines import in_one_language, lines_of
from handover.exchange.rows.shares import doubtful_shares
from handover.exchange.tables.cross_tables import is_cross_table
from handover.exchange.tables.explaining_rows import is_form
from handover.exchange.tables.finding import Table
from handover.exchange.tables.forms import Form, form_of
from handover.exchange.tables.other_rows import Skip
from handover.exchange.tables.single_texts import rows_that_name_others
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.project import Project
from handover.registers.declare import Register
from handover.store.workspace import Workspace

#: So many odd cells are named one by one.
_MOST_NOTES = 10


@without_garbage_collection()
def rehearse_table(
    workspace: Workspace,
    project: Project,
    file: ImportFile,
    choice: ListChoice,
    options: ImportOptions | None = None,
    progress: Progress = unattended,
    before: tuple[DryRun, ...] = (),
    head: FormHead | None = None,
) -> DryRun:
    """The dry run of one table of an opened file with a mapping, as the wizard does it again after each correction.

    Args:
        before: the dry runs of other sheets that are carried out first, in the same unit of work.
        head: what the form that the sheet is says of the rows above them.
    """
    options = options or ImportOptions()
    register, table, mapping = choice.register, choice.table, choice.mapping
    grid = file.grid(table.sheet, progress)
    if not register.outline:  # where it becomes a summary
        sections = rows_that_name_others(grid, table, _named_by(register, mapping))
        table = replace(table, skipped=table.skipped | dict.fromkeys(sections, Skip.SECTION), sections={})
    hidden = frozenset(row - 1 for row in options.hidden)
    step(progress, 0, 0, tr("Reading the columns"))
    lines = lines_of(grid, table, mapping, options.corrections, hidden, options.unit)
    if head is not None:
        head.fill(lines, register)
    lines.year = options.year or year_of(grid, table, file.source.path.stem)
    lines.days = days_of(grid, table, file.source.path.stem)
    step(progress, 0, 0, tr("Reading the columns"))
    export = file.export
    form = form_of(grid, table) if export is None else None
    hides = filter_left_on(grid, table)
    question = hides.question() if options.filtered is None and export is None else None
    under = rows_below(register, grid, table, mapping, hidden) if export is None else RowsBelow()
    doubt = under.question() if options.below is None else None
    asked = [*mapping.asked, *lines.asked, *(q for q in (question, doubt) if q is not None)]
    said = [
        *_oddities(file, grid),
        *unlike_notice(mapping, register),
        *form_notice(form, register, head),
        *([] if question else hides.notices(options.filtered)),
        *under.notices(options.below),
        *lines.notices,
        *doubtful_shares(lines, register),
    ]
    if file.origin.program == "p6":
        p6_workbook.strip_marks(lines)
        if p6_workbook.RELATIONS_SHEET in file.sheets and "predecessors" not in lines.cells:
            p6_workbook.add_relations(lines, read_grid(file.source, p6_workbook.RELATIONS_SHEET, progress))
    if file.origin.program == "jira" and register.outline:
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
    beside = replace(
        left_hidden(grid, table, mapping, options.hidden),
        lists=other_lists(file, table, progress), filtered=len(hides.rows), form=form,
    )  # fmt: skip
    if options.on_missing == "drop" and any(says_what_is_wrong(m.heading) for m in mapping.columns):
        said.append(Notice(N_("The file holds only rows that were to be mended: no row counts as missing for that.")))
    facts = ImportedFile(
        file.source.path, file.source.sha256, file.origin, table.sheet, table.header_row, file.source.dialect, beside
    )
    left = [
        (row + 1, why.reason)
        for row, why in table.skipped.items()
        if why is not Skip.BLANK and not (why is Skip.HIDDEN and row in hidden)
    ]
    sheet = RehearsedSheet(
        project.id, register, facts, mapping, options, left, said, asked, export=export, before=before,
        filtered=hides.rows if options.filtered == "leave" else frozenset(),
        below=frozenset(() if options.below == "take" else under.rows),
    )  # fmt: skip
    return rehearse_lines(workspace, sheet, lines, progress)


def _named_by(register: Register, mapping: ColumnMapping) -> int | None:
    """The column of what alone a row of the register can't be without."""
    required = [f.field for f in register.entered if f.required]
    return mapping.by_field.get(required[0]) if len(required) == 1 else None


def _oddities(file: ImportFile, grid: Grid) -> list[Notice]:
    """What is odd about the file and the cells of the sheet, the first ten of them."""
    notes = cell_notes(grid)
    odd = [Notice(note.message, note.values) for note in notes[:_MOST_NOTES]]
    if more := len(notes) - len(odd):
        odd.append(Notice(N_("Cells like these: {n} more."), {"n": more}))
    return [*file.source.notices, *odd]


def refuse_prose(file: ImportFile, register: Register, mapping: ColumnMapping) -> None:
    """Refuse a text without a heading that anybody knows and without a column of dates or the like.

    Raises:
        UnusableFile: it is one.
    """
    taken = [m for m in mapping.columns if m.field]
    required = {f.field for f in register.entered if f.required}
    dialect = file.source.dialect
    if dialect is None or not all(m.why == "content" and m.field in required for m in taken):
        return
    if any(m.samples and holds_dates(m.samples) for m in mapping.columns):
        return
    raise UnusableFile(
        N_(
            "{file}, read as {encoding}, holds no list that can be recognised: none of its columns has a heading that "
            "is known. Put a line of headings such as Task and Start above the list, or choose another encoding."
        ),
        file=file.source.file,
        encoding=encoding_name(dialect.encoding),
    )


def refuse_no_list(file: ImportFile, register: Register, table: Table, mapping: ColumnMapping) -> None:
    """Refuse a form, and a cross table, where no heading names the rows of a register.

    Raises:
        UnusableFile: it is one; the sentence says what it is.
    """
    grid = file.grid(table.sheet)
    required = [f.field for f in register.entered if f.required]
    told = {m.field: m.column for m in mapping.columns if m.field in required and m.why != "content"}
    named = len(told) == len(required) and any(
        all(grid.rows[r][c] is not None for c in told.values()) for r in table.rows()
    )
    if named:
        return
    form = form_of(grid) if is_form(grid) else None
    if form is not None and (form.kind or form.head):
        raise UnusableFile(
            N_(
                "{file} holds no list: sheet {sheet} is {form}. Forms aren't imported as a whole. If there is a list "
                "on it, say the row of its headings."
            ),
            file=file.source.file,
            sheet=table.sheet,
            form=form.what,
        )
    if form is not None:
        raise UnusableFile(
            N_(
                "{file} holds no list: sheet {sheet} is a form, with places to fill in and to sign. If there is a list "
                "on it, say the row of its headings."
            ),
            file=file.source.file,
            sheet=table.sheet,
        )
    if is_cross_table(grid, table, heading_likeness):
        raise UnusableFile(
            N_(
                "Sheet {sheet} of {file} is a cross table: “{rows}” down, {columns} and so on across. Make a list of "
                "it with one row for each mark, or choose the columns by hand."
            ),
            file=file.source.file,
            sheet=table.sheet,
            rows=next((h.text for h in table.headings if h.text), ""),
            columns=tr(", ").join([h.text for h in table.headings if h.text][1:3]),
        )


def form_notice(form: Form | None, register: Register, head: FormHead | None = None) -> list[Notice]:
    """That a sheet is a form, and what is taken of it beside its table."""
    if form is None:
        return []
    if head is not None:
        return list(head.notices(form, register))
    if form.kind is not None and form.kind.of_rows:
        said = N_("Sheet {sheet} is {form}. Its table is taken, and with each row what its head says of it.")
        return [Notice(said, {"sheet": form.sheet, "form": form.what})]
    said = N_("Sheet {sheet} is {form}. Only its table is taken, into {register}; its head isn't.")
    found = [Notice(said, {"sheet": form.sheet, "form": form.what, "register": register.label})]
    if form.kind is not None and form.kind.taken_whole:
        found.append(Notice(form.kind.taken_whole))
    return found


def _filtered(rows: int) -> Notice:
    return Notice(
        N_("The export was filtered: {rows} rows of the register aren't in it. No row counts as missing for that."),
        {"rows": f"{rows:,}"},
    )

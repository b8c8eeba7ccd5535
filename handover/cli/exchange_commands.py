"""Commands that bring files in and take registers out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS, QUESTION
from handover.cli.import_told import SHAPE, answered_by, tell, tell_choices
from handover.errors import NotValid
from handover.exchange.importing import summary
from handover.exchange.importing.command import Asked, session_for
from handover.exchange.importing.questions import ask
from handover.exchange.importing.rejected_rows import refuse_target, to_mend, write_rejected
from handover.exchange.importing.template import write_template
from handover.exchange.plans.export import export_plan
from handover.i18n import LANGUAGES, N_, tr, trn
from handover.pack.produce import export_register, language_of
from handover.pack.single.gantt_file import write_gantt
from handover.registers import catalogue
from handover.registers.query import Query
from handover.store.workspace import Workspace

#: The endings by which a plan goes to other planning programs instead of into a workbook.
_PLAN_FILES = {".xml", ".ics"}


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "import",
        help=tr(
            "Import a workbook, CSV, MS Project XML or XER file into a register, a COBie workbook into several. Exit "
            "code 1 when rows were in error, 5 when something must be asked first (which list is meant, into which "
            "register, how dates are read, what durations count, whether rows that a filter hides are wanted): "
            "nothing is stored then. JSON: {shape}.",
            shape=SHAPE,
        ),
    )(import_file)
    app.command("template", help=tr("Write a blank workbook for a register: headings, lists and an example row."))(
        template
    )
    app.command(
        "export",
        help=tr(
            "Export a register as .xlsx, .csv or .pdf; “export WORKSPACE plan --to FILE.xml” writes MS Project XML, "
            "FILE.ics the milestones for a calendar; “export WORKSPACE gantt --to FILE.pdf” draws the bar chart."
        ),
    )(export)


def template(
    register: Annotated[str, typer.Argument(help=tr("Which register."), metavar="REGISTER")],
    to: Annotated[Path, typer.Option(help=tr("The file to write."), metavar="FILE")],
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the file."), metavar="en|zh")
    ] = "en",
) -> None:
    """Write a blank workbook for a register."""
    if written_in not in LANGUAGES:
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=written_in, allowed=", ".join(LANGUAGES))
    path = write_template(catalogue.register(register), written_in, to)
    talk.line(tr("Wrote {file}.", file=talk.shown_path(path)))


def import_file(
    file: Annotated[Path, typer.Argument(help=tr("The file to import."), metavar="FILE")],
    into: Annotated[Path, typer.Option("--into", help=tr("The workspace."), metavar="WORKSPACE")],
    project: ProjectCode,
    register: Annotated[
        str, typer.Option(help=tr("Which register takes the rows, when it isn't the one that suits the file best."))
    ] = "",
    sheet: Annotated[str, typer.Option(help=tr("The sheet, when it isn't the one found."))] = "",
    header: Annotated[int, typer.Option(help=tr("The row of the headings, when it isn't the one found."))] = 0,
    mapping: Annotated[
        list[str] | None,
        typer.Option(
            "--map", help=tr("A heading and its field; an empty field leaves the column out."), metavar="HEADING=field"
        ),
    ] = None,
    date_order: Annotated[
        str, typer.Option(help=tr("How dates such as 3/5/2026 are read."), metavar="dmy|mdy|ymd")
    ] = "",
    year: Annotated[
        int, typer.Option(help=tr("The year of dates such as 3月5日 or 5 March that have none."), metavar="YYYY")
    ] = 0,
    on_missing: Annotated[
        str, typer.Option(help=tr("What becomes of rows that the file no longer has."), metavar="keep|drop")
    ] = "keep",
    encoding: Annotated[
        str, typer.Option(help=tr("The encoding of a CSV or text file, when it isn't the one found."), metavar="NAME")
    ] = "",
    separator: Annotated[
        str,
        typer.Option(
            help=tr("What separates the fields of a CSV or text file, when it isn't what was found."),
            metavar="SIGN|comma|semicolon|tab|pipe",
        ),
    ] = "",
    hidden: Annotated[
        bool, typer.Option("--hidden", help=tr("Take the rows and columns that the workbook hides, too."))
    ] = False,
    conflicts: Annotated[
        str,
        typer.Option(
            help=tr("Which value stands where both sides changed it since the file was exported."),
            metavar="ours|theirs",
        ),
    ] = "ours",
    blank: Annotated[
        str,
        typer.Option(
            help=tr("What empty cells do to rows that there are; in an export of Handover emptied ones clear."),
            metavar="keep|clear",
        ),
    ] = "",
    duration_unit: Annotated[
        str,
        typer.Option(help=tr("What bare numbers in a column of durations count."), metavar="d|h|min|w|mo"),
    ] = "",
    filtered: Annotated[
        str,
        typer.Option(help=tr("What becomes of rows that a filter in the workbook hides."), metavar="take|leave"),
    ] = "",
    below: Annotated[
        str,
        typer.Option(help=tr("What becomes of rows at the end that hardly look like the list."), metavar="leave|take"),
    ] = "",
    rejected: Annotated[
        Path | None,
        typer.Option(help=tr("The workbook for rows in error and with remarks, to be mended."), metavar="FILE.xlsx"),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--all-or-nothing", help=tr("Import nothing while a row is in error."))
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Import a file, or say what an import would do."""
    progress = talk.progress()
    if rejected is not None:
        refuse_target(rejected, file)
    asked = Asked(
        catalogue.register(register).key if register else None,
        sheet or None,
        header or None,
        dict(_pair(m) for m in mapping or []),
        date_order or None,
        year or None,
        on_missing,
        encoding or None,
        separator or None,
        hidden,
        conflicts,
        blank or None,
        duration_unit or None,
        filtered or None,
        below or None,
    )
    with Workspace.open(into, "read") if dry_run else at_work(into) as workspace:
        owner = workspace.project(project)
        intake = session_for(workspace, owner, file, asked, progress)
        run = intake.run = intake.rehearse(progress)
        ask(intake)
        if run.questions and not dry_run:
            if as_json:
                talk.data(summary.as_json(run))
            said = " ".join(dict.fromkeys(map(str, run.questions)))
            talk.aside(tr("{questions} Nothing was imported. {how}", questions=said, how=answered_by(run.questions)))
            tell_choices(run.questions)
            raise typer.Exit(QUESTION)
        written = 0
        if rejected is not None and to_mend(run):
            assert intake.file is not None
            written = write_rejected(run, intake.file, rejected, progress)
        held_back = whole and bool(run.rows["error"])
        report = None if dry_run or held_back else intake.store(progress)
    if as_json:
        talk.data(summary.as_json(run, report.id if report else None))
    else:
        tell(run, dry_run)
        if held_back and not dry_run:
            talk.line(tr("Nothing was imported: rows are in error."))
    if rejected is not None:
        talk.aside(_rejected(written, rejected))
    if run.questions:
        talk.aside(answered_by(run.questions))
        tell_choices(run.questions)
        raise typer.Exit(QUESTION)
    if run.rows["error"]:
        raise typer.Exit(FINDINGS)


def export(
    workspace: WorkspaceFile,
    register: Annotated[str, typer.Argument(help=tr("Which register, or plan, or gantt."), metavar="REGISTER")],
    to: Annotated[Path, typer.Option(help=tr("The file to write."), metavar="FILE")],
    project: Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")] = "",
    text: Annotated[str, typer.Option("--filter", help=tr("Only rows that contain this text."))] = "",
    view: Annotated[str, typer.Option(help=tr("Only rows of a view, such as open or overdue."))] = "",
    written_in: WrittenIn = "en",
    internal: Annotated[
        list[str] | None,
        typer.Option(help=tr("An internal field to be in it, such as leaves_on; may be given again."), metavar="FIELD"),
    ] = None,
    tagged: Annotated[
        bool, typer.Option("--tagged", help=tr("Tell the structure of the PDF to screen readers (PDF/UA)."))
    ] = False,
) -> None:
    """Export a register, or the plan."""
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project) if project else opened.only_project()
        if register == "gantt":
            pages = write_gantt(opened, owner, to, language=language_of(written_in), progress=talk.progress())
            talk.line(
                trn("{n} page written to {file}.", "{n} pages written to {file}.", pages, file=talk.shown_path(to))
            )
            return
        target = catalogue.register(register)
        if to.suffix.lower() in _PLAN_FILES:
            if not target.links:
                raise NotValid(N_("Only the plan can be written as {suffix}."), suffix=to.suffix)
            n = export_plan(opened, owner, to)
        else:
            n = export_register(
                opened, owner, target, to, query=Query(text=text, view=view), internal=internal or (),
                language=written_in, tagged=tagged, progress=talk.progress(),
            )  # fmt: skip
    talk.line(tr("{rows} written to {file}.", rows=trn("{n} row", "{n} rows", n), file=talk.shown_path(to)))


def _rejected(rows: int, path: Path) -> str:
    if not rows:
        return tr("All rows are taken as they stand: {file} was not written.", file=talk.shown_path(path))
    return trn(
        "{n} row that isn't taken as it stands was written to {file}. Mend it there and import that.",
        "{n} rows that aren't taken as they stand were written to {file}. Mend them there and import that.",
        rows,
        file=talk.shown_path(path),
    )


def _pair(text: str) -> tuple[str, str]:
    heading, separator, field = text.rpartition("=")
    if not separator:
        raise NotValid(N_("“{text}” must read HEADING=field."), text=text)
    return heading, field

"""The commands of acceptance: the overall result, the sheet of readings and the chain of a parameter as files."""

from __future__ import annotations

from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.write_or_issue import IssueIt, PaperAsked, ToFile, write_or_issue
from handover.i18n import tr
from handover.model.acceptance.results import RESULT, overall
from handover.pack.chapters.acceptance import SheetWanted, chain_paper, issue_chain, issue_sheet, readings_sheet
from handover.pack.produce import language_of
from handover.pack.single.by_ending import write_outline
from handover.registers import find
from handover.registers.acceptance.chain import chain_of, parameter_key
from handover.store.workspace import Workspace
from handover.wording import Language


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "acceptance",
        help=tr(
            "Tell the overall result of the acceptance parameters, of a system and all below it with --system: failed "
            "if one has failed, else pending if one is pending, else passed. JSON: {shape}.",
            shape='{"result","total","counts":{"pass":n,…}}',
        ),
    )(acceptance)
    app.command(
        "readings-sheet",
        help=tr(
            "Write the sheet of readings as .pdf or .xlsx, with --blank to be filled in by hand; with --issue it gets "
            "a number of its own."
        ),
    )(sheet)
    app.command(
        "parameter-chain",
        help=tr(
            "Write the chain of a parameter, from its readings to the closed rectification, as .pdf or .xlsx with "
            "--to, issue it with --issue, or tell it. JSON: {shape}.",
            shape='{"parameter","result","links":[{"register","ref","state"}]}',
        ),
    )(chain)


def acceptance(
    workspace: WorkspaceFile,
    project: ProjectCode,
    system: Annotated[str, typer.Option(help=tr("The system; all without."), metavar="NO")] = "",
    as_json: AsJson = False,
) -> None:
    """Tell the overall result."""
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        owner = opened.project(project)
        key = find.resolve(connection, owner.id, "system", system).id if system else None
        whole = overall(connection, owner.id, key)
    if as_json:
        talk.data({"result": whole.result, "total": whole.total, "counts": whole.counts})
        return
    counts = ", ".join(
        f"{option.label} {whole.counts[option.code]}" for option in RESULT if option.code in whole.counts
    )
    talk.line(tr("{result}: {counts} of {total} parameters.", result=RESULT.label(whole.result), counts=counts,
                 total=whole.total))  # fmt: skip


def sheet(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: ToFile = None,
    issued: IssueIt = False,
    system: Annotated[str, typer.Option(help=tr("The system; all without."), metavar="NO")] = "",
    blank: Annotated[bool, typer.Option("--blank", help=tr("Without what was read so far."))] = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the sheet, issue it, or both."""

    def asked(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        with opened.read() as connection:
            key = find.resolve(connection, owner.id, "system", system).id if system else ""
        wanted = SheetWanted(system=key, blank=blank)
        return PaperAsked(
            lambda path: write_outline(readings_sheet(opened, owner, wanted, language), path),
            lambda: issue_sheet(opened, owner, wanted, language),
        )

    write_or_issue(workspace, to, issued, written_in, as_json, asked)


def chain(
    workspace: WorkspaceFile,
    project: ProjectCode,
    parameter: Annotated[str, typer.Argument(help=tr("The reference or the number of a parameter."), metavar="REF")],
    to: ToFile = None,
    issued: IssueIt = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the chain, issue it, or tell it."""

    def asked(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        with opened.read() as connection:
            key = parameter_key(connection, owner.id, parameter)
        return PaperAsked(
            lambda path: write_outline(chain_paper(opened, owner, key, language), path),
            lambda: issue_chain(opened, owner, key, language),
        )

    if issued:
        write_or_issue(workspace, to, issued, written_in, as_json, asked)
        return
    language = language_of(written_in)
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            key = parameter_key(connection, owner.id, parameter)
            found = chain_of(connection, owner.id, key)
        if to is not None:
            write_outline(chain_paper(opened, owner, key, language), to)
    if as_json:
        links = [{"register": each.register, "ref": each.ref, "state": each.state.code} for each in found.links]
        talk.data({"parameter": found.parameter.ref, "result": found.parameter.result, "links": links})
        return
    if to is not None:
        talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
        return
    talk.line(f"{found.parameter.no or found.parameter.ref}  {found.parameter.name}  {found.result.label}")
    for each in found.links:
        talk.line(f"  {each.ref}  {each.title}  {each.state.label}")

"""Commands on the schemes of a project: what breaks them, and the next revision of a document by its scheme."""

from __future__ import annotations

from typing import Annotated

import typer
from sqlalchemy import select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotFound
from handover.i18n import N_, tr, trn
from handover.model.documents.document import Document
from handover.registers import entry
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.registers.documents.findings import read_findings
from handover.registers.documents.new_revision import add_revision, propose
from handover.registers.documents.schemes import read_schemes
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "schemes",
        help=tr(
            "Say which documents break the number and revision schemes of a project, have a number twice, dates that "
            "run backward or a file that comes again; with --number whether one number keeps to the schemes. Exit code "
            "1 where something does. JSON: {shape}.",
            shape='{"numbers":[{"name","pattern"}],"findings":[{"ref","field","said"}]}',
        ),
    )(schemes)
    app.command(
        "revise",
        help=tr(
            "Add the next revision of a document, submitted today, with the code that its scheme proposes unless "
            "--code says another. Exit code 1 where something about it is odd, such as a code that was skipped; it is "
            "added all the same. JSON: {shape}.",
            shape='{"document","before","proposed","code","ref","noticed":[{"field","said"}]}',
        ),
    )(revise)


def schemes(
    workspace: WorkspaceFile,
    project: ProjectCode,
    number: Annotated[str, typer.Option("--number", help=tr("Only this number."), metavar="NUMBER")] = "",
    as_json: AsJson = False,
) -> None:
    """Say what breaks the schemes of a project."""
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            known = read_schemes(connection, owner.id)
            if number:
                found = [("", each) for each in known.of_number(number)]
            else:
                refs = {row.id: row.ref for row in connection.execute(select(Document.id, Document.ref))}
                odd = read_findings(connection, owner.id)
                found = [(refs[key], each) for key in sorted(odd, key=lambda key: refs[key]) for each in odd[key]]
    if as_json:
        talk.data(
            {
                "numbers": [{"name": name, "pattern": pattern} for name, pattern in known.patterns.items()],
                "findings": [{"ref": ref, "field": each.field, "said": str(each)} for ref, each in found],
            }
        )
    else:
        talk.table([tr("Ref."), tr("What is odd")], [[ref, str(each)] for ref, each in found])
        talk.line(trn("{n} finding", "{n} findings", len(found)))
    if found:
        raise typer.Exit(FINDINGS)


def revise(
    workspace: WorkspaceFile,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the document."), metavar="REF")],
    project: ProjectCode,
    code: Annotated[str, typer.Option("--code", help=tr("Its code, where not the one proposed."), metavar="CODE")] = "",
    on: Annotated[str, typer.Option("--on", help=tr("Its date; none without it."), metavar="DATE")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Add the next revision of a document."""
    with Workspace.open(workspace, "read") if dry_run else at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            found, key = taking.row_of(connection, owner.id, ref)
            if found.model is not Document:
                raise NotFound(N_("{ref} is no document."), ref=ref)
            proposal = propose(connection, owner.id, key)
            day = entry.parse(connection, owner.id, register("revisions")["revision_on"], on) if on else None
            odd = list(read_schemes(connection, owner.id).of_code(proposal.before or None, code or proposal.code))
        wanted = code or proposal.code
        made = None
        if not dry_run:
            values = {"code": wanted, **({"revision_on": day} if day else {})}
            made = add_revision(opened, owner.id, key, values, source="cli")
            odd = list(made.noticed)
    if as_json:
        talk.data(
            {
                "document": ref.upper(),
                "before": proposal.before,
                "proposed": proposal.code,
                "code": wanted,
                "ref": made.ref if made else None,
                "noticed": [{"field": each.field, "said": str(each)} for each in odd],
            }
        )
    else:
        if made is None:
            talk.line(tr("{ref} would get revision “{code}”. Nothing was stored.", ref=ref.upper(), code=wanted))
        else:
            talk.line(tr("{ref} has revision “{code}” now: {revision}.", ref=ref.upper(), code=wanted,
                         revision=made.ref))  # fmt: skip
        for each in odd:
            talk.aside(str(each))
    if odd:
        raise typer.Exit(FINDINGS)

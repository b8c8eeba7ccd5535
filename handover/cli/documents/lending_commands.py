"""Commands that lend originals and take them back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer
from sqlalchemy import Connection

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotFound
from handover.i18n import N_, tr, trn
from handover.model.documents.box import Box
from handover.model.documents.document import Document
from handover.registers import entry
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.registers.documents.lending import LendablePaper, give_back, lend, lent_sentence, papers_of

Refs = Annotated[
    list[str], typer.Argument(help=tr("References of documents, or of boxes for all that lies in them."), metavar="REF")
]


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "lend",
        help=tr(
            "Lend the originals of documents, or of all in a box, to a person. What is out already or isn't on paper "
            "is left out and told; exit code 1 then. JSON: {shape}.",
            shape='{"refs":[],"to","on","until","left":[]}',
        ),
    )(lend_out)
    app.command(
        "give-back",
        help=tr("Take originals back that were lent. JSON: {shape}.", shape='{"refs":[]}'),
    )(take_back)


def lend_out(
    workspace: WorkspaceFile,
    refs: Refs,
    project: ProjectCode,
    to: Annotated[str, typer.Option("--to", help=tr("Who borrows them: a name or a reference."), metavar="PERSON")],
    until: Annotated[str, typer.Option("--until", help=tr("The day on which they come back."), metavar="DATE")] = "",
    on: Annotated[
        str, typer.Option("--on", help=tr("The day on which they go; today without it."), metavar="DATE")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Lend originals."""
    fields = register("documents")
    with at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            papers = _papers(connection, owner.id, refs)
            person = entry.parse(connection, owner.id, fields["lent_to"], to)
            back = entry.parse(connection, owner.id, fields["lent_until"], until)
            day = entry.parse(connection, owner.id, fields["lent_on"], on)
        done = lend(opened, owner.id, papers, person or "", on=day, until=back)
    if as_json:
        talk.data({"refs": list(done.refs), "to": done.name, "on": day.isoformat() if day else None,
                   "until": back.isoformat() if back else None, "left": list(done.left)})  # fmt: skip
    else:
        talk.line(lent_sentence(done))
    if done.left:
        raise typer.Exit(FINDINGS)


def take_back(workspace: WorkspaceFile, refs: Refs, project: ProjectCode, as_json: AsJson = False) -> None:
    """Take originals back."""
    with at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            papers = _papers(connection, owner.id, refs)
        done = give_back(opened, owner.id, papers)
    if as_json:
        talk.data({"refs": list(done.refs)})
    else:
        talk.line(trn("{n} original is back.", "{n} originals are back.", len(done.refs)))


def _papers(connection: Connection, project_id: str, refs: Sequence[str]) -> list[LendablePaper]:
    """The originals that references name, each once, in the order in which they are named."""
    found: dict[str, LendablePaper] = {}
    for ref in refs:
        of, key = taking.row_of(connection, project_id, ref)
        if of.model is not Document and of.model is not Box:
            raise NotFound(N_("{ref} is neither a document nor a box."), ref=ref)
        found.update((paper.id, paper) for paper in papers_of(connection, of.model, [key]))
    return list(found.values())

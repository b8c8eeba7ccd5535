"""Commands that write packs: of a project, and of the sample."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotFound
from handover.i18n import N_, language, tr
from handover.model.project import Project
from handover.pack.produce import Issue, Pack, make_pack, packs_in_force
from handover.pack.proof.verify import verify
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command("pack", help=tr("Write the handover pack of a project as PDF and Excel."))(pack)
    app.command(
        "verify",
        help=tr(
            "Check the files of a pack by its manifest, and with --with by what the workspace kept of it, too. "
            "JSON: {shape}.",
            shape='[{"number","edition","draft","ok","log","record","since","files":[{"name","state"}]}]',
        ),
    )(verify_pack)
    app.command("demo", help=tr("Make the sample workspace and its handover pack."))(demo)


def pack(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR")],
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the pack."), metavar="en|zh|both")
    ] = "both",
    issue: Annotated[
        bool, typer.Option("--issue", help=tr("Issue it under the next number; without, it is a draft and says so."))
    ] = False,
    supersedes: Annotated[
        str,
        typer.Option(help=tr("Issue it as the next edition of the pack in force with this number."), metavar="NUMBER"),
    ] = "",
) -> None:
    """Write the handover pack of a project, as a draft or issued."""
    wanted = issue or bool(supersedes)
    with at_work(workspace) if wanted else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        made = make_pack(
            opened,
            owner,
            to,
            language=written_in,
            issue=_issue(opened, owner, supersedes) if wanted else None,
            source="cli",
            progress=talk.progress(),
        )
    if made.paper is not None:
        talk.line(tr("Issued: {number}, edition {edition}", number=made.paper.number, edition=made.paper.edition))
    _tell(made)


def _issue(workspace: Workspace, project: Project, supersedes: str) -> Issue:
    if not supersedes:
        return Issue()
    with workspace.read() as connection:
        known = {paper.number: paper.id for paper in packs_in_force(connection, project.id)}
    if supersedes not in known:
        numbers = ", ".join(known) or "–"
        raise NotFound(N_("No pack {number} is in force. There are: {numbers}."), number=supersedes, numbers=numbers)
    return Issue(known[supersedes])


def verify_pack(
    place: Annotated[
        Path, typer.Argument(help=tr("The folder or .zip of the pack, its manifest or its PDF."), metavar="PLACE")
    ],
    against: Annotated[
        Path | None, typer.Option("--with", help=tr("The workspace from which it was issued."), metavar="WORKSPACE")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check packs; exit code 1 when something isn't as it was."""
    with Workspace.open(against, "read") if against is not None else nullcontext() as workspace:
        packs = verify(place, talk.progress(), workspace)
    if as_json:
        talk.data(
            [
                {
                    "number": p.number, "edition": p.edition, "draft": p.draft, "ok": p.ok, "log": p.log,
                    "record": p.record, "since": p.since,
                    "files": [{"name": f.name, "state": f.state} for f in p.files],
                }
                for p in packs
            ]
        )  # fmt: skip
    else:
        for each in packs:
            for said in [*map(str, each.files), *each.said]:
                talk.line(said)
    # asked for by name, a workspace that can't tell is no answer
    if not all(each.ok and each.record != "elsewhere" for each in packs):
        raise typer.Exit(FINDINGS)


def demo(
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR")] = Path("handover-demo"),
    written_in: Annotated[
        str, typer.Option("--language", help=tr("The language of the sample."), metavar="en|zh")
    ] = "",
) -> None:
    """Make the sample workspace, import its task list, schedule it and write its pack."""
    from handover import sample

    chosen = written_in or language()
    path = sample.build(to / sample.FILE_NAME, chosen, talk.progress())
    talk.line(tr("Workspace: {file}", file=talk.shown_path(path)))
    with Workspace.open(path, "read") as opened:
        made = make_pack(opened, opened.projects()[0], to, language=chosen, progress=talk.progress())
    _tell(made)


def _tell(made: Pack) -> None:
    if made.pdf:
        talk.line(tr("PDF: {file}", file=talk.shown_path(made.pdf)))
    if made.workbook:
        talk.line(tr("Excel: {file}", file=talk.shown_path(made.workbook)))
    talk.line(tr("Manifest: {file}", file=talk.shown_path(made.manifest)))

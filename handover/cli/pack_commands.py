"""Commands that write packs: of a project, and of the sample."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, folder_named
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS, QUESTION
from handover.errors import NotFound, NotValid
from handover.i18n import N_, language, tr
from handover.model.issued import PACK_PURPOSE
from handover.model.pack_definition import PACK_READERS
from handover.model.project import Project
from handover.pack.packs.defined import PackAsked, asked_of, contents_asked
from handover.pack.packs.editions import with_former
from handover.pack.packs.kinds import PACK_KINDS, PackKind
from handover.pack.produce import Issue, Pack, make_pack, pack_names, packs_in_force
from handover.pack.proof.verify import verify
from handover.store.workspace import Workspace
from handover.wording import shown

Folder = Annotated[Path, typer.Option("--to", help=tr("The folder for the files."), metavar="DIR", parser=folder_named)]
InLanguage = Annotated[str, typer.Option("--language", help=tr("The language of the pack."), metavar="en|zh|both")]
Kind = Annotated[
    str, typer.Option("--kind", help=tr("What kind of pack it is."), metavar="|".join(k.key for k in PACK_KINDS))
]
Definition = Annotated[
    str, typer.Option("--definition", help=tr("A pack as it is defined, by its reference or name."), metavar="REF")
]
Chapters = Annotated[
    str,
    typer.Option("--chapters", help=tr("The keys of its chapters in their order, apart by commas."), metavar="KEY,..."),
]
Systems = Annotated[
    str, typer.Option("--systems", help=tr("Numbers of systems, apart by commas."), metavar="NUMBER,...")
]
Group = Annotated[str, typer.Option("--group", help=tr("The name or reference of a working group."), metavar="REF")]
Formats = Annotated[str, typer.Option("--format", help=tr("As files of which kinds."), metavar="pdf,xlsx")]
Supersedes = Annotated[
    str,
    typer.Option(
        "--supersedes", help=tr("Issue it as the next edition of the pack in force with this number."), metavar="NUMBER"
    ),
]
Purpose = Annotated[
    str,
    typer.Option("--purpose", help=tr("What it is issued for."), metavar="|".join(o.code for o in PACK_PURPOSE)),
]
Changes = Annotated[str, typer.Option("--changes", help=tr("In a few words what the edition changes."), metavar="TEXT")]
Replace = Annotated[bool, typer.Option("--replace", help=tr("Replace files that are there already."))]


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    shape = (
        '{"kind","draft","number","edition","files":[],"lacking":[{"character","code"}],"shortened":[],"cut_cells",'
        '"warnings":[]}'
    )
    app.command(
        "pack",
        help=tr(
            "Write a pack of a project as PDF and Excel, of any kind. Exit code 1 where a character or a text isn't "
            "shown as it was entered, 5 where files are there already. JSON: {shape}.",
            shape=shape,
        ),
    )(pack)
    app.command("issue", help=tr("Issue a pack: as “pack --issue”. JSON: {shape}.", shape=shape))(issue_pack)
    app.command(
        "verify",
        help=tr(
            "Check the files of a pack by its manifest, and with --with by what the workspace kept of it, too. "
            "JSON: {shape}.",
            shape='[{"number","edition","draft","ok","log","record","since","files":[{"name","state"}],'
            '"signatures":[{"field","signer","holds","whole","trusted"}]}]',
        ),
    )(verify_pack)
    app.command("demo", help=tr("Make the sample workspace and its handover pack."))(demo)


def pack(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Folder,
    written_in: InLanguage = "",
    kind: Kind = "",
    definition: Definition = "",
    chapters: Chapters = "",
    systems: Systems = "",
    group: Group = "",
    formats: Formats = "pdf,xlsx",
    issue: Annotated[
        bool, typer.Option("--issue", help=tr("Issue it under the next number; without, it is a draft and says so."))
    ] = False,
    supersedes: Supersedes = "",
    purpose: Purpose = "",
    changes: Changes = "",
    since: Annotated[str, typer.Option(help=tr("Tell what changed since this pack in force."), metavar="NUMBER")] = "",
    classification: Annotated[
        str, typer.Option(help=tr("Who may see it, on each page."), metavar="public|internal|secret")
    ] = "",
    distribution: Annotated[list[str] | None, typer.Option(help=tr("Who gets it."), metavar="NAME")] = None,
    prepared: Annotated[str, typer.Option(help=tr("Who prepared it."), metavar="NAME")] = "",
    checked: Annotated[str, typer.Option(help=tr("Who checked it."), metavar="NAME")] = "",
    approved: Annotated[str, typer.Option(help=tr("Who approved it."), metavar="NAME")] = "",
    custody: Annotated[str, typer.Option(help=tr("In words, when custody passes."), metavar="TEXT")] = "",
    readers: Annotated[
        str,
        typer.Option(
            help=tr("Who reads it: only for our own side it holds internal fields, for people outside nothing secret."),
            metavar="|".join(o.code for o in PACK_READERS),
        ),
    ] = "",
    audience: Annotated[str, typer.Option(help=tr("In words, for whom it is made."), metavar="TEXT")] = "",
    logo: Annotated[
        list[Path] | None, typer.Option(help=tr("A PNG or JPEG picture for the cover, at most two."), metavar="FILE")
    ] = None,
    tagged: Annotated[
        bool, typer.Option("--tagged", help=tr("Tell the structure of the PDF to screen readers (PDF/UA)."))
    ] = False,
    embed: Annotated[
        bool, typer.Option("--embed", help=tr("Put the workbook and a manifest into the PDF, too (PDF/A-3)."))
    ] = False,
    replace_files: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Write the handover pack of a project, as a draft or issued."""
    wanted = issue or bool(supersedes)
    with at_work(workspace) if wanted else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        asked = asked_of(opened, owner, definition) if definition else PackAsked()
        given: dict[str, Any] = {  # Any: attributes of what is asked
            "kind": kind, "language": written_in, "chapters": _listed(chapters), "systems": _listed(systems),
            "group": group, "purpose": purpose, "classification": classification,
            "distribution": tuple(distribution or ()), "prepared": prepared, "checked": checked, "approved": approved,
            "custody": custody, "readers": readers, "audience": audience, "logos": tuple(logo or ()),
        }  # fmt: skip
        asked = replace(asked, **{name: value for name, value in given.items() if value})
        how = _How(_suffixes(formats), since, replace_files, as_json, embed, tagged)
        _make(opened, owner, to, asked, _issue(opened, owner, supersedes, asked, changes) if wanted else None, how)


def issue_pack(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Folder,
    written_in: InLanguage = "",
    kind: Kind = "",
    definition: Definition = "",
    chapters: Chapters = "",
    systems: Systems = "",
    group: Group = "",
    formats: Formats = "pdf,xlsx",
    supersedes: Supersedes = "",
    purpose: Purpose = "",
    changes: Changes = "",
    replace_files: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Issue a pack, as ``pack --issue`` does."""
    pack(
        workspace, project, to, written_in, kind, definition, chapters, systems, group, formats, True, supersedes,
        purpose, changes, replace_files=replace_files, as_json=as_json,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _How:
    """How a pack is written: as files of which kinds, with the changes since which pack, over files that are there."""

    suffixes: frozenset[str]
    since: str
    replace: bool
    as_json: bool
    embed: bool = False
    tagged: bool = False


def _make(workspace: Workspace, project: Project, to: Path, asked: PackAsked, issue: Issue | None, how: _How) -> None:
    contents = contents_asked(workspace, project, asked)
    if how.since:
        contents = with_former(workspace, contents, _in_force(workspace, project, how.since))
    pdf, workbook = ".pdf" in how.suffixes, ".xlsx" in how.suffixes
    names = pack_names(
        workspace, project, language=asked.language, pdf=pdf, workbook=workbook, issue=issue, kind=contents.kind
    )  # fmt: skip
    there = [name for name in names if (to / name).exists()]
    if there and not how.replace:
        talk.aside(tr("These files are there already: {names}. Nothing was written; say --replace to replace them.",
                         names=", ".join(there)))  # fmt: skip
        raise typer.Exit(QUESTION)
    made = make_pack(
        workspace,
        project,
        to,
        language=asked.language,
        chapters=contents.chosen,
        pdf=pdf,
        workbook=workbook,
        issue=issue,
        contents=contents,
        embed=how.embed,
        tagged=how.tagged,
        source="cli",
        progress=talk.progress(),
    )
    _tell_made(made, contents.kind, how.as_json)
    if made.losses:
        raise typer.Exit(FINDINGS)


def _tell_made(made: Pack, kind: PackKind, as_json: bool) -> None:
    if as_json:
        paper, losses = made.paper, made.losses
        talk.data(
            {
                "kind": kind.key, "draft": paper is None,
                "number": paper.number if paper else None, "edition": paper.edition if paper else None,
                "files": [str(path) for path in made.files],
                "lacking": [{"character": c, "code": f"U+{ord(c):04X}"} for c in losses.lacking],
                "shortened": list(losses.shortened), "cut_cells": losses.cut_cells,
                "warnings": [str(shown(words, "zh" if language() == "zh" else "en")) for words in made.warnings],
            }
        )  # fmt: skip
        return
    if made.paper is not None:
        talk.line(tr("Issued: {number}, edition {edition}", number=made.paper.number, edition=made.paper.edition))
    _tell(made)
    for words in made.warnings:
        talk.line(shown(words, "zh" if language() == "zh" else "en"))
    for sentence in made.losses.sentences():
        talk.line(sentence)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, map(str.strip, text.split(","))))


def _suffixes(formats: str) -> frozenset[str]:
    """The endings of the formats that are asked for. Raises NotValid."""
    found = frozenset(f".{each.lower()}" for each in _listed(formats))
    if not found or not found <= {".pdf", ".xlsx"}:
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=formats, allowed="pdf, xlsx, pdf,xlsx")
    return found


def _issue(workspace: Workspace, project: Project, supersedes: str, asked: PackAsked, changes: str) -> Issue:
    former = _in_force(workspace, project, supersedes) if supersedes else None
    return Issue(former, asked.purpose or None, changes)


def _in_force(workspace: Workspace, project: Project, number: str) -> str:
    """The key of the pack in force with a number. Raises NotFound, naming those that there are."""
    with workspace.read() as connection:
        known = {paper.number: paper.id for paper in packs_in_force(connection, project.id)}
    if number not in known:
        numbers = ", ".join(known) or "–"
        raise NotFound(N_("No pack {number} is in force. There are: {numbers}."), number=number, numbers=numbers)
    return known[number]


def verify_pack(
    place: Annotated[
        Path, typer.Argument(help=tr("The folder or .zip of the pack, its manifest or its PDF."), metavar="PLACE")
    ],
    against: Annotated[
        Path | None, typer.Option("--with", help=tr("The workspace from which it was issued."), metavar="WORKSPACE")
    ] = None,
    trusted: Annotated[
        list[Path] | None,
        typer.Option(
            "--trust", help=tr("Certificates that vouch for those who signed, as .pem or .cer."), metavar="FILE"
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Check packs; exit code 1 when something isn't as it was."""
    with Workspace.open(against, "read") if against is not None else nullcontext() as workspace:
        packs = verify(place, talk.progress(), workspace, trusted or ())
    if as_json:
        talk.data(
            [
                {
                    "number": p.number, "edition": p.edition, "draft": p.draft, "ok": p.ok, "log": p.log,
                    "record": p.record, "since": p.since,
                    "files": [{"name": f.name, "state": f.state} for f in p.files],
                    "signatures": None if p.signatures is None else [
                        {"field": s.field, "signer": s.signer, "holds": s.holds, "whole": s.whole, "trusted": s.trusted}
                        for s in p.signatures
                    ],
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
    to: Annotated[Path, typer.Option(help=tr("The folder for the files."), metavar="DIR", parser=folder_named)] = Path(
        "handover-demo"
    ),
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

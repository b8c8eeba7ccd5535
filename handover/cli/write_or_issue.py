"""What commands share that write a paper with --to, issue it under the next number with --issue, or both."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from handover.cli import talk
from handover.cli.at_work import at_work
from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.pack.issuing import Paper
from handover.pack.produce import language_of
from handover.store.workspace import Workspace
from handover.wording import Language

ToFile = Annotated[Path | None, typer.Option(help=tr("The file to write."), metavar="FILE")]
IssueIt = Annotated[bool, typer.Option("--issue", help=tr("Issue it under the next number."))]


class PaperAsked(NamedTuple):
    """How the paper of a command is written to a file, and how it is issued."""

    write: Callable[[Path], object]
    issue: Callable[[], Paper]


def write_or_issue(
    file: Path,
    to: Path | None,
    issued: bool,
    written_in: str,
    as_json: bool,
    asked: Callable[[Workspace, Language], PaperAsked],
) -> None:
    """Write the paper that is asked for, issue it, or both, and say so.

    Args:
        file: the workspace, opened for writing only where something is issued.
    """
    if to is None and not issued:
        raise NotValid(N_("Say with --to where to write it, or issue it with --issue."))
    language = language_of(written_in)
    told = {"number": "", "title": "", "file": str(to) if to is not None else ""}
    with at_work(file) if issued else Workspace.open(file, "read") as opened:
        wanted = asked(opened, language)
        if to is not None:
            wanted.write(to)
        if issued:
            paper = wanted.issue()
            told |= {"number": paper.number, "title": paper.title}
    if as_json:
        talk.data(told)
        return
    if to is not None:
        talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
    if issued:
        talk.line(tr("Issued {number} {title}.", number=told["number"], title=told["title"]))

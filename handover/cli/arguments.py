"""The arguments that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.errors import NotValid
from handover.i18n import N_, tr

WorkspaceFile = Annotated[Path, typer.Argument(help=tr("The workspace, a .handover file."), metavar="WORKSPACE")]
ProjectCode = Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")]
AsJson = Annotated[bool, typer.Option("--json", help=tr("Print JSON for scripts."))]
WrittenIn = Annotated[str, typer.Option("--language", help=tr("The language of the file."), metavar="en|zh|both")]


def folder_named(value: str | Path) -> Path:
    """The folder of an option, as its ``parser``. Raises NotValid for what would strew files about."""
    if not str(value).strip():
        raise NotValid(N_("No folder was named. Name one; a point stands for the current folder."))
    folder = Path(value)
    if folder.absolute() == Path(folder.absolute().anchor):
        raise NotValid(N_("{folder} is the root of a disk. Name a folder in it."), folder=str(folder))
    return folder

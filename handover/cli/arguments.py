"""The arguments that many commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from handover.i18n import tr

WorkspaceFile = Annotated[Path, typer.Argument(help=tr("The workspace, a .handover file."), metavar="WORKSPACE")]
ProjectCode = Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")]
AsJson = Annotated[bool, typer.Option("--json", help=tr("Print JSON for scripts."))]
WrittenIn = Annotated[str, typer.Option("--language", help=tr("The language of the file."), metavar="en|zh|both")]

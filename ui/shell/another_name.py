"""Writing a file where the user wants it; where that can't be replaced, a free name beside it is offered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.i18n import tr
from handover.jobs import Progress
from handover.replacing import TargetHeld
from ui.shell.context import Context
from ui.shell.message import Message, MessageChoice


def write_file(
    context: Context,
    parent: QWidget,
    path: Path,
    work: Callable[[Path, Progress], Any],  # Any: what ``done`` takes
    done: Callable[[Path, Any], object],  # Any: as above
) -> None:
    """Write a file as a job.

    Args:
        parent: over which it is asked, where another program holds the name.
        work: writes the file to the path that it is given; runs in a thread.
        done: gets the path that it was written to, and what ``work`` gave.
    """

    def failed(error: BaseException) -> None:
        if isinstance(error, TargetHeld):
            name_offered(error, lambda other: write_file(context, parent, other, work, done), parent).open()
        else:
            context.complain(error)

    context.run_job(
        tr("Writing {file}", file=path.name),
        lambda progress: work(path, progress),
        done=lambda result: done(path, result),
        failed=failed,
    )


def name_offered(held: TargetHeld, write: Callable[[Path], object], parent: QWidget) -> Message:
    """The question whether a file is to be written under the name that is offered, or once more under its own."""
    return Message(
        tr("“{name}” can't be replaced", name=held.path.name),
        str(held),
        MessageChoice(tr("Write “{name}”", name=held.instead.name), lambda: write(held.instead), "primary"),
        MessageChoice(tr("Try again"), lambda: write(held.path)),
        MessageChoice(tr("Cancel")),
        tone="warning",
        detail=held.detail,
        parent=parent,
    )

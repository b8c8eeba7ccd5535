"""Runs the reading child and stays in charge of it: passes its frames on, stops it, and survives its death."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, TypeAlias

from handover.confined import Child, ChildDied, ChildFailed, Frame
from handover.errors import UnusableFile
from handover.exchange.reading.limits import CHILD_ARGUMENT
from handover.i18n import N_

#: What a child is told to do; the keys are those that ``handover.exchange.reading.child`` looks for.
Job: TypeAlias = dict[str, Any]

_START = "import sys; sys.path[:] = sys.argv[1:]; from handover.exchange.reading.child import main; sys.exit(main())"


def frames(job: Job, beat: Callable[[], None]) -> Iterator[Frame]:
    """Start a child on ``job`` and pass on its frames as they come, as ``ChildReading.frames`` does."""
    with closing(ChildReading(job)) as reading:
        yield from reading.frames(beat)


class ChildReading(Child):
    """A child that reads one file.

    Attributes:
        job: what it was told to do.
    """

    def __init__(self, job: Job) -> None:
        super().__init__(_START, CHILD_ARGUMENT, job)
        self.job = job

    def frames(self, beat: Callable[[], None]) -> Iterator[Frame]:
        """What the child has sent and sends, to its end; what it can't parse is told as UnusableFile."""
        try:
            yield from super().frames(beat)
        except ChildFailed as fault:
            raise _told(fault.kind, fault.detail, str(self.job["file"])) from None


def _told(kind: str, detail: str, file: str) -> Exception:
    if kind == "memory":
        return ChildDied(None)
    if kind == "PasswordError" or "password" in detail.lower():
        return UnusableFile(
            N_("{file} is protected with a password. Remove the password in Excel and import it again."),
            file=file,
            detail=detail,
        )
    if kind == "WorksheetNotFound":
        return UnusableFile(N_("{file} has no sheet of that name."), file=file, detail=detail)
    return UnusableFile(
        N_("{file} can't be read as a workbook: it is damaged. Open it in Excel, save it anew and import it again."),
        file=file,
        detail=f"{kind}: {detail}",
    )


def beyond_limits(file: str, code: int | None) -> UnusableFile:
    """What the user is told when the child died on a file for good."""
    return UnusableFile(
        N_(
            "{file} takes more memory or time to read than is allowed. "
            "Copy the rows that matter into a new workbook and import that."
        ),
        file=file,
        detail=f"The reading process ended with status {code}.",
    )

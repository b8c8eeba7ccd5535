"""Runs the reading child and stays in charge of it: passes its frames on, stops it, and survives its death."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, ClassVar, TypeAlias

from handover.confined import Child, ChildDied, ChildFailed, Frame
from handover.errors import UnusableFile
from handover.i18n import N_

#: What a child is told to do; the keys are those that ``handover.exchange.reading.child`` looks for.
Job: TypeAlias = dict[str, Any]


class ChildReading(Child):
    """A child that reads one file.

    Attributes:
        job: what it was told to do.
    """

    module: ClassVar = "handover.exchange.reading.child"

    def __init__(self, job: Job) -> None:
        super().__init__(self.module, job)
        self.job = job

    def frames(self, beat: Callable[[], None]) -> Iterator[Frame]:
        """What the child has sent and sends, to its end; what it can't parse is told as UnusableFile."""
        try:
            yield from super().frames(beat)
        except ChildFailed as fault:
            raise told(fault, str(self.job["file"])) from None


def told(fault: ChildFailed, file: str) -> Exception:
    """A fault of the child as what the user is told, or as the death of the child where it lacked memory."""
    kind, detail = fault.kind, fault.detail
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

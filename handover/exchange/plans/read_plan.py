"""Plan files, each read in a child process under limits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final, TypeVar

from handover.confined import Child, ChildDied, ChildFailed, Frame, values_of
from handover.errors import UnusableFile
from handover.exchange.plans import mpxj
from handover.exchange.plans.mspdi.values import MspdiProject
from handover.exchange.plans.records import records
from handover.exchange.plans.xer.values import XerPlan
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import refuse_odd

R = TypeVar("R")

_MODULE: Final = "handover.exchange.plans.child"


def read_mspdi_file(path: Path, progress: Progress = unattended) -> MspdiProject:
    """The project in a file of MS Project's XML.

    Raises:
        UnusableFile: it is no such file, is damaged, declares entities, or is beyond the limits.
        Cancelled: the user stopped it.
    """
    return _only(path, _read(path, MspdiProject, progress, {"do": "mspdi"}))


def read_xer_file(path: Path, progress: Progress = unattended) -> list[XerPlan]:
    """The projects of a Primavera P6 file that have activities, in its order. Raises as ``read_mspdi_file``."""
    return _read(path, XerPlan, progress, {"do": "xer"})


def read_foreign_file(path: Path, kind: str, progress: Progress = unattended) -> MspdiProject:
    """The project in a file of another program, on the road of MS Project's XML.

    Args:
        kind: one of ``handover.exchange.reading.foreign_plans.PROGRAMS``.

    Raises:
        UnusableFile: as ``read_mspdi_file``, or what reads it isn't installed.
        Cancelled: the user stopped it.
    """
    java = mpxj.java_library(path.name, kind)
    return _only(path, _read(path, MspdiProject, progress, {"do": "foreign", "kind": kind, "java": java}))


def _read(path: Path, kind: type[R], progress: Progress, job: dict[str, Any]) -> list[R]:
    refuse_odd(path)
    saying = tr("Reading {file}", file=path.name)
    at = (0, 0)

    def beat() -> None:
        step(progress, *at, saying)

    def told(frames: Iterator[Frame]) -> Iterator[Frame]:
        nonlocal at
        for frame in frames:
            if frame[0] == "at":
                at = values_of(frame, int, int)
                beat()
            else:
                yield frame

    beat()
    with closing(Child(_MODULE, {**job, "path": str(path.absolute()), "file": path.name})) as child:
        try:
            return list(records(kind, told(child.frames(beat))))
        except ChildDied as death:
            raise _beyond_limits(path, f"The reading process ended with status {death.code}.") from death
        except ChildFailed as fault:
            if fault.kind == "memory":
                raise _beyond_limits(path, str(fault)) from fault
            raise UnusableFile(
                N_("{file} can't be read as a plan: it is damaged. Export it anew from the program that made it."),
                file=path.name,
                detail=str(fault),
            ) from fault


def _only(path: Path, found: list[R]) -> R:
    if len(found) != 1:
        raise UnusableFile(N_("{file} has no tasks."), file=path.name)
    return found[0]


def _beyond_limits(path: Path, detail: str) -> UnusableFile:
    return UnusableFile(
        N_("{file} takes more memory or time to read than is allowed. Export a part of the plan and import that."),
        file=path.name,
        detail=detail,
    )

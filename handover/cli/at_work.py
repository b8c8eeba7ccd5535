"""A workspace as the commands write to it: its numbers are kept, and the copy of the day is made first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from handover.cli import talk
from handover.errors import HandoverError
from handover.registers.figures import measures
from handover.store.copies import copying
from handover.store.workspace import Workspace


@contextmanager
def at_work(path: Path) -> Iterator[Workspace]:
    """A workspace opened for writing; raises as ``Workspace.open``.

    A copy that can't be made is told and stops nobody: what needs its copy makes one of its own.
    """
    with measures.followed(path) as opened:
        if not opened.read_only:
            try:
                copying.daily(opened.path, talk.progress())
            except HandoverError as error:
                talk.aside(str(error))
            if trouble := copying.second_trouble():
                talk.aside(trouble)
        yield opened

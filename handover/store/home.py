"""Where an open workspace lies: whether its path still leads to the file that was opened, and where that one went.

Linux and macOS let a file be renamed, moved, deleted or replaced while a program has it open. SQLite goes on writing
into what it opened and leaves its log under the name of old, so that neither the file nor what took its name has what
was done. Windows refuses all of this while a file is open.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from handover import clock
from handover.i18n import tr

#: What the folders are called into which files are thrown away.
_BINS = {"trash", ".trash", ".trashes", "$recycle.bin"}

Kind = Literal["followed", "put back", "saved beside", "replaced", "gone"]


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of an open workspace whose path no longer led to it.

    Attributes:
        before: the path that it had.
        now: the path under which work goes on; that of before while there is nothing to be read any more.
    """

    kind: Kind
    before: Path
    now: Path

    def __str__(self) -> str:
        names = {"file": self.before.name, "now": str(self.now)}
        return {
            "followed": tr("{file} was moved while it was open. Work goes on where it is now: {now}.", **names),
            "put back": tr(
                "{file} was deleted while it was open. Everything in it was saved again under its name.", **names
            ),
            "saved beside": tr(
                "Another file took the place of {file} while it was open. What was done here was saved as {now}, "
                "and work goes on there; the other file was left as it is.",
                **names,
            ),
            "replaced": tr("{file} was replaced by another file. What is shown now is read from that one.", **names),
            "gone": tr("{file} isn't where it was opened any more. What is shown may be incomplete.", **names),
        }[self.kind]


Identity = tuple[int, int]


def identity_of(path: Path) -> Identity | None:
    """What a file stays by when it is renamed; None where there is no file."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_dev, facts.st_ino


def still_there(path: Path, identity: Identity, *, numbered: bool) -> bool:
    """Whether a path leads to the file that was opened.

    Args:
        numbered: the file system numbers its files lastingly; shares may not.
    """
    now = identity_of(path)
    return now == identity or (now is not None and not (numbered and os.name == "posix"))


def found_again(path: Path, identity: Identity) -> Path | None:
    """Where a file is now that was moved from a path while this process has it open; None if it was thrown away."""
    for candidate in _candidates(path):
        if identity_of(candidate) == identity and not _thrown_away(candidate):
            return candidate
    return None


def _candidates(path: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from sorted(entry for entry in path.parent.iterdir() if entry.is_file())
    if sys.platform == "linux":  # the kernel tells what is open by its present name
        for number in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                yield number.readlink()


def _thrown_away(path: Path) -> bool:
    parts = [part.casefold() for part in path.parent.parts]
    return any(part in _BINS or part.startswith(".trash-") for part in parts)


def name_beside(path: Path) -> Path:
    """A free name beside a path that another file has taken."""
    day = clock.today().isoformat()
    number = 1
    while (target := path.with_name(f"{path.stem} {day}-{number}{path.suffix}")).exists():
        number += 1
    return target

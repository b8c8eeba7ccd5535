"""Runs the reading child and stays in charge of it: passes its frames on, stops it, and survives its death."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from typing import Any, TypeAlias

from handover.errors import UnusableFile
from handover.exchange.reading.child_frames import Frame, receive
from handover.exchange.reading.limits import CHILD_ARGUMENT
from handover.i18n import N_

#: What a child is told to do; the keys are those that ``handover.exchange.reading.child`` looks for.
Job: TypeAlias = dict[str, Any]

#: Seconds between two looks at whether the user has asked to stop.
BEAT = 0.1
_START = "import sys; sys.path[:] = sys.argv[1:]; from handover.exchange.reading.child import main; sys.exit(main())"


class ChildDied(Exception):
    """The child ended before it had finished: it hit a limit or its parser crashed.

    Args:
        code: its exit status, negative for the signal that killed it.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit status {code}")
        self.code = code


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-S", "-E", "-c", _START, *[p or os.getcwd() for p in sys.path]]  # noqa: PTH109


def frames(job: Job, beat: Callable[[], None]) -> Iterator[Frame]:
    """Start a child on ``job`` and pass on its frames as they come, as ``ChildReading.frames`` does."""
    with closing(ChildReading(job)) as reading:
        yield from reading.frames(beat)


class ChildReading:
    """A child at work on a job: it begins at once, and what it sends waits until somebody asks for it.

    Attributes:
        job: what it was told to do.
    """

    def __init__(self, job: Job) -> None:
        self.job = job
        self._child = _started()
        self._arriving: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._pump, daemon=True)
        self.tell(job)
        self._reader.start()

    def tell(self, word: Any) -> None:  # Any: whatever JSON can say
        """Say something more to the child. Where it is dead already, that shows when its frames are asked for."""
        assert self._child.stdin
        with suppress(OSError):
            self._child.stdin.write(json.dumps(word).encode() + b"\n")
            self._child.stdin.flush()

    def frames(self, beat: Callable[[], None]) -> Iterator[Frame]:
        """What the child has sent and sends, to its end.

        Args:
            beat: called ten times a second while nothing comes; what it raises stops the child.

        Raises:
            Cancelled: from ``beat``; the child is gone within a fifth of a second.
            ChildDied: the child ended before it had finished.
            UnusableFile: the file can't be parsed, told by the child.
        """
        while True:
            try:
                frame = self._arriving.get(timeout=BEAT)
            except queue.Empty:
                beat()
                continue
            if frame is None:
                raise ChildDied(self._child.wait())
            if frame[0] == "done":
                return
            if frame[0] == "failed":
                raise _told(frame[1], frame[2], str(self.job["file"]))
            yield frame

    def close(self) -> None:
        """Stop the child, whatever it is at; safe to call twice."""
        self._child.kill()
        self._child.wait()
        self._reader.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with suppress(OSError):  # what was still to be written to a child that is gone
                    pipe.close()

    def _pump(self) -> None:
        assert self._child.stdout
        while (frame := receive(self._child.stdout)) is not None:
            self._arriving.put(frame)
        self._arriving.put(None)


def _started() -> subprocess.Popen[bytes]:
    no_window = 0x0800_0000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RUST_"))}
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=no_window,
    )


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

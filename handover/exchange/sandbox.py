"""Runs the reading child and stays in charge of it: passes its frames on, stops it, and survives its death."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from handover.errors import UnusableFile
from handover.exchange.limits import CHILD_ARGUMENT
from handover.exchange.wire import Frame, receive
from handover.i18n import N_

#: Seconds between two looks at whether the user has asked to stop.
BEAT = 0.1
_START = "import sys; sys.path[:] = sys.argv[1:]; from handover.exchange.child import main; sys.exit(main())"


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


@contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    no_window = 0x0800_0000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RUST_"))}
    child = subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=no_window,
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe:
                pipe.close()


def frames(job: dict[str, Any], beat: Callable[[], None]) -> Iterator[Frame]:
    """Start a child on ``job`` and pass on its frames as they come.

    Args:
        beat: called ten times a second while nothing comes; what it raises stops the child.

    Raises:
        Cancelled: from ``beat``; the child is gone within a fifth of a second.
        ChildDied: the child ended before it had finished.
        UnusableFile: the file can't be parsed, told by the child.
    """
    with _child() as child:
        assert child.stdin and child.stdout
        arriving: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        reader = threading.Thread(target=_pump, args=(child.stdout, arriving), daemon=True)
        try:
            child.stdin.write(json.dumps(job).encode() + b"\n")
            child.stdin.flush()
        except OSError as error:
            raise ChildDied(child.wait()) from error
        reader.start()
        try:
            yield from _until_done(child, arriving, beat, str(job["file"]))
        finally:
            child.kill()
            reader.join()


def _pump(pipe: Any, arriving: queue.SimpleQueue[Frame | None]) -> None:
    while (frame := receive(pipe)) is not None:
        arriving.put(frame)
    arriving.put(None)


def _until_done(
    child: subprocess.Popen[bytes],
    arriving: queue.SimpleQueue[Frame | None],
    beat: Callable[[], None],
    file: str,
) -> Iterator[Frame]:
    while True:
        try:
            frame = arriving.get(timeout=BEAT)
        except queue.Empty:
            beat()
            continue
        if frame is None:
            raise ChildDied(child.wait())
        if frame[0] == "done":
            return
        if frame[0] == "failed":
            raise _told(frame[1], frame[2], file)
        yield frame


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

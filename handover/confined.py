"""A child process under limits: how it is started, held to them, and how its frames travel.

What takes a file from outside apart runs in such a child. A parser that aborts, runs wild or eats the memory takes
down the child and not the program.
"""

from __future__ import annotations

import gc
import json
import marshal
import os
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, TypeAlias

MAX_MEMORY = 1024 * 1024 * 1024
"""Bytes of address space that a child may take."""
MAX_CPU_SECONDS = 120

#: What marshal can carry; the protocol's frames are tuples of such values.
Frame: TypeAlias = tuple[Any, ...]

#: Seconds between two looks at whether the user has asked to stop.
BEAT = 0.1
_LENGTH = struct.Struct("<Q")


class ChildDied(Exception):
    """The child ended before it had finished: it hit a limit or its parser crashed.

    Args:
        code: its exit status, negative for the signal that killed it.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit status {code}")
        self.code = code


class ChildFailed(Exception):
    """The child could not do what it was told, and said why.

    Args:
        kind: the name of the fault.
        detail: its text.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


class Child:
    """A child at work on a job: it begins at once, and what it sends waits until somebody asks for it.

    Args:
        code: what Python runs, with the program's own ``sys.path`` as its arguments.
        argument: what a frozen program is started with instead.
        job: what it is told to do, as JSON; it may be told more later.
    """

    def __init__(self, code: str, argument: str, job: Any) -> None:  # Any: whatever JSON can say
        self._child = _started(code, argument)
        self._arriving: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._pump, daemon=True)
        self.tell(job)
        self._reader.start()

    def tell(self, word: Any) -> None:  # Any: as above
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
            ChildFailed: it can't do its job, told by the child.
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
                raise ChildFailed(frame[1], frame[2])
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


def _started(code: str, argument: str) -> subprocess.Popen[bytes]:
    no_window = 0x0800_0000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RUST_"))}
    if getattr(sys, "frozen", False):
        command = [sys.executable, argument]
    else:
        command = [sys.executable, "-S", "-E", "-c", code, *[p or os.getcwd() for p in sys.path]]  # noqa: PTH109
    return subprocess.Popen(  # noqa: S603 - our own interpreter on our own module
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        creationflags=no_window,
    )


# -- frames -------------------------------------------------------------------------------------------------------


def send(pipe: IO[bytes], frame: Frame) -> None:
    """Write one frame."""
    data = marshal.dumps(frame)
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)


def receive(pipe: IO[bytes]) -> Frame | None:
    """Read one frame; None at the end of the pipe, a broken frame included."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = pipe.read(length)
    return marshal.loads(data) if len(data) == length else None  # noqa: S302 - our own child wrote it


# -- the work, within the child -----------------------------------------------------------------------------------


def answer(job: dict[str, Any], jobs: Mapping[str, Callable[[Any, Any], None]], out: IO[bytes]) -> bool:
    """Do one job and say that it is done, or why not.

    Args:
        job: what the parent told, with the name of what to do under ``do``.
        jobs: what a child can do, by name; each gets the job and the pipe.
        out: the pipe to the parent.

    Returns:
        False when the parent has gone.
    """
    try:
        jobs[job["do"]](job, out)
        send(out, ("done",))
    except MemoryError:
        gc.collect()
        send(out, ("failed", "memory", ""))
    except BrokenPipeError:
        return False
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is told to the parent, not hidden
        send(out, ("failed", type(error).__name__, str(error)[:2000]))
    out.flush()
    return True


# -- limits, within the child -------------------------------------------------------------------------------------


def confine_this_process(cpu_seconds: int = MAX_CPU_SECONDS) -> None:
    """Hold the running process to the limits of memory and time; for a child, before it opens the file."""
    if sys.platform == "win32":
        _confine_by_job_object(cpu_seconds)
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue  # macOS refuses an address space smaller than what is mapped; the other limits still hold


if sys.platform == "win32":

    def _confine_by_job_object(cpu_seconds: int) -> None:
        """Put this process into a job object with a limit of memory and time. Source: Win32 Job Objects."""
        import ctypes
        from ctypes import wintypes

        class Basic(ctypes.Structure):
            _fields_ = [
                ("PerProcessUserTimeLimit", ctypes.c_int64),
                ("PerJobUserTimeLimit", ctypes.c_int64),
                ("LimitFlags", wintypes.DWORD),
                ("MinimumWorkingSetSize", ctypes.c_size_t),
                ("MaximumWorkingSetSize", ctypes.c_size_t),
                ("ActiveProcessLimit", wintypes.DWORD),
                ("Affinity", ctypes.c_size_t),
                ("PriorityClass", wintypes.DWORD),
                ("SchedulingClass", wintypes.DWORD),
            ]

        class Extended(ctypes.Structure):
            _fields_ = [
                ("BasicLimitInformation", Basic),
                ("IoInfo", ctypes.c_uint64 * 6),
                ("ProcessMemoryLimit", ctypes.c_size_t),
                ("JobMemoryLimit", ctypes.c_size_t),
                ("PeakProcessMemoryUsed", ctypes.c_size_t),
                ("PeakJobMemoryUsed", ctypes.c_size_t),
            ]

        process_time, active_process, process_memory = 0x2, 0x8, 0x100
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD]
        kernel.AssignProcessToJobObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        job = kernel.CreateJobObjectW(None, None)
        information = Extended()
        information.BasicLimitInformation.LimitFlags = process_time | active_process | process_memory
        information.BasicLimitInformation.PerProcessUserTimeLimit = cpu_seconds * 10_000_000
        information.BasicLimitInformation.ActiveProcessLimit = 1
        information.ProcessMemoryLimit = MAX_MEMORY
        extended_limit_information = 9
        kernel.SetInformationJobObject(
            job, extended_limit_information, ctypes.byref(information), ctypes.sizeof(information)
        )
        kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

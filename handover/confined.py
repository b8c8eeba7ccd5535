"""A child process under limits: how it is started, how its frames travel, and how little they are trusted.

What takes a file from outside apart runs in such a child (``handover.confining`` holds it to its limits). A parser that
aborts, runs wild or eats the memory takes down the child and not the program. Whatever has taken over the child may
send anything, so that its frames are bounded in length and number, hold nothing but plain values, and are checked by
whoever takes them.
"""

from __future__ import annotations

import gc
import json
import os
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import IO, Any, TypeAlias

import msgpack

from handover import i18n
from handover.errors import UnusableFile

#: A name and plain values: texts, bytes, numbers, and tuples of these.
Frame: TypeAlias = tuple[Any, ...]

MAX_FRAME = 16 * 1024 * 1024
"""Bytes of one frame."""
MAX_ITEMS = 50_000
"""Values of one tuple in a frame: what a claimed length makes the receiver set aside at most."""
_MAX_RECEIVED = 2 * 1024 * 1024 * 1024
_MAX_WAITING = 48 * 1024 * 1024

#: Seconds between two looks at whether the user has asked to stop.
BEAT = 0.1
_LENGTH = struct.Struct("<I")
_LANGUAGE = "HANDOVER_CHILD_LANGUAGE"

#: A frozen program that is started with one of these as its first argument is that child and nothing else.
CHILDREN: Mapping[str, str] = {
    "--read-a-file-in-the-child": "handover.exchange.reading.child",
    "--read-a-plan-in-the-child": "handover.exchange.plans.child",
    "--draw-a-file-in-the-child": "handover.preview.child",
}


class ChildDied(Exception):
    """The child ended before it had finished: it hit a limit or its parser crashed.

    Args:
        code: its exit status, negative for the signal that killed it.
    """

    def __init__(self, code: int | None) -> None:
        super().__init__(f"exit status {code}")
        self.code = code


class ChildFailed(Exception):
    """The child could not do what it was told, and said why, or what it said makes no sense.

    Args:
        kind: the name of the fault; ``frame`` where its frames are at fault.
        detail: its text.
    """

    def __init__(self, kind: str, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind, self.detail = kind, detail


class Child:
    """A child at work on a job: it begins at once, and what it sends waits until somebody asks for it.

    Args:
        module: one of ``CHILDREN``.
        job: what it is told to do, as JSON; it may be told more later.
        max_frame: bytes of one frame.
    """

    def __init__(self, module: str, job: Any, max_frame: int = MAX_FRAME) -> None:  # Any: whatever JSON can say
        self._child = _started(module)
        self._most = max_frame
        self._arriving = _Inbox()
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
            beat: called ten times a second, whether anything comes or not; what it raises stops the child.

        Raises:
            Cancelled: from ``beat``; the child is gone within a fifth of a second.
            ChildDied: the child ended before it had finished.
            ChildFailed: it can't do its job, told by the child, or it sent what nobody can take.
            UnusableFile: the child refused the file with a sentence of the program.
        """
        heard = time.monotonic()
        while True:
            try:
                data = self._arriving.take(BEAT)
            except TimeoutError:
                data = b""
            if data == b"" or time.monotonic() - heard >= BEAT:
                beat()
                heard = time.monotonic()
            if data == b"":
                continue
            if data is None:
                raise ChildDied(self._child.wait())
            frame = unpacked(data)
            if frame[0] == "done":
                return
            if frame[0] == "failed":
                kind, detail = values_of(frame, str, str)
                raise ChildFailed(kind, detail)
            if frame[0] == "refused":
                raise _refusal(frame)
            yield frame

    def close(self) -> None:
        """Stop the child, whatever it is at; safe to call twice."""
        self._child.kill()
        self._child.wait()
        self._arriving.close()
        self._reader.join()
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                with suppress(OSError):  # what was still to be written to a child that is gone
                    pipe.close()

    def _pump(self) -> None:
        assert self._child.stdout
        left = _MAX_RECEIVED
        while (data := receive(self._child.stdout, min(self._most, left))) is not None:
            left -= len(data)
            self._arriving.put(data)
        self._arriving.put(None)


class _Inbox:
    """What has arrived from a child and nobody has taken yet; the child has to wait while that is much."""

    def __init__(self) -> None:
        self._frames: deque[bytes | None] = deque()
        self._size, self._closed = 0, False
        self._changed = threading.Condition()

    def put(self, data: bytes | None) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._size < _MAX_WAITING or self._closed)
            if not self._closed:
                self._frames.append(data)
                self._size += len(data or b"")
                self._changed.notify_all()

    def take(self, seconds: float) -> bytes | None:
        """The next frame, None at the end. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._frames), seconds):
                raise TimeoutError
            data = self._frames[0]
            if data is not None:  # the end stays, for whoever asks again
                self._frames.popleft()
                self._size -= len(data)
                self._changed.notify_all()
            return data

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def _started(module: str) -> subprocess.Popen[bytes]:
    no_window = 0x0800_0000 if sys.platform == "win32" else 0  # CREATE_NO_WINDOW
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "RUST_"))}
    environment[_LANGUAGE] = i18n.language()
    if getattr(sys, "frozen", False):
        command = [sys.executable, next(argument for argument, name in CHILDREN.items() if name == module)]
    else:
        code = f"import sys; sys.path[:] = sys.argv[1:]; from {module} import main; sys.exit(main())"
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
    write(pipe, packed(frame))


def packed(frame: Frame) -> bytes:
    """The bytes of a frame."""
    data: bytes = msgpack.packb(frame, use_bin_type=True, unicode_errors="surrogatepass")
    return data


def write(pipe: IO[bytes], data: bytes) -> None:
    """Write the bytes of one frame."""
    pipe.write(_LENGTH.pack(len(data)))
    pipe.write(data)


def receive(pipe: IO[bytes], most: int = MAX_FRAME) -> bytes | None:
    """Read the bytes of one frame; None at the end of the pipe, or where a frame is broken or longer than it may be."""
    head = pipe.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if not 0 < length <= most:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None


def unpacked(data: bytes) -> Frame:
    """The frame that some bytes hold.

    Raises:
        ChildFailed: they hold none, or one with other than plain values or with more of them than allowed.
    """
    try:
        frame = msgpack.unpackb(
            data, use_list=False, raw=False, unicode_errors="surrogatepass",
            max_array_len=MAX_ITEMS, max_map_len=0, max_ext_len=0,
        )  # fmt: skip
    except Exception as error:  # noqa: BLE001 - whatever it stumbled over, it is no frame of ours
        raise ChildFailed("frame", str(error)[:200]) from None
    if type(frame) is not tuple or not frame or type(frame[0]) is not str:
        raise ChildFailed("frame", "no frame")
    return frame


def values_of(frame: Frame, *kinds: type | tuple[type, ...], most: int = 32_767) -> tuple[Any, ...]:
    """The values of a frame behind its name, each of the kind that stands for it.

    Args:
        most: characters that a text may have.

    Raises:
        ChildFailed: it holds other values.
    """
    values = frame[1:]
    if len(values) != len(kinds):
        raise ChildFailed("frame", f"{frame[0][:40]}: {len(values)} values")
    for value, kind in zip(values, kinds, strict=True):
        if type(value) not in (kind if isinstance(kind, tuple) else (kind,)):
            raise ChildFailed("frame", f"{frame[0][:40]}: {type(value).__name__}")
        if type(value) is str and len(value) > most:
            raise ChildFailed("frame", f"{frame[0][:40]}: {len(value)} characters")
    return values


def sentence_of(frame: Frame) -> tuple[str, dict[str, object]]:
    """A sentence of the program with what fills it, from the first two values of a frame.

    Raises:
        ChildFailed: it isn't one of the program's own, or not so filled.
    """
    try:
        message, pairs = frame[1], frame[2]
        known = i18n.is_sentence(message)
        values = {name: value for name, value in pairs if type(name) is str and type(value) in (str, int, float)}
    except (IndexError, TypeError, ValueError):
        known = False
    if not known:
        raise ChildFailed("frame", "no sentence of ours")
    return message, {name: value[:2000] if isinstance(value, str) else value for name, value in values.items()}


def sentence_frame(name: str, message: str, values: Mapping[str, object], *more: object) -> Frame:
    """A frame with a sentence of the program and what fills it, for ``sentence_of``."""
    told = tuple((key, value if type(value) in (int, float) else str(value)[:2000]) for key, value in values.items())
    return (name, message, told, *more)


def _refusal(frame: Frame) -> UnusableFile:
    """A refusal of the child as the error that it was."""
    message, values = sentence_of(frame)
    values.pop("detail", None)
    return UnusableFile(message, detail=str(frame[-1])[:2000], **values)


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
    i18n.use(os.environ.get(_LANGUAGE, ""))
    try:
        jobs[job["do"]](job, out)
        send(out, ("done",))
    except MemoryError:
        gc.collect()
        send(out, ("failed", "memory", ""))
    except BrokenPipeError:
        return False
    except UnusableFile as error:
        send(out, sentence_frame("refused", error.message, error.values, error.detail[:2000]))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is told to the parent, not hidden
        send(out, ("failed", type(error).__name__, str(error)[:2000]))
    out.flush()
    return True

"""A child that does everything but its work: what its parent must survive, and what its limits must keep it from."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import tempfile

from handover.confined import answer, packed, send, write
from handover.confining import confine_this_process


def main() -> int:
    job = json.loads(sys.stdin.buffer.readline())
    confine_this_process(30)
    out = sys.stdout.buffer
    wanted = os.environ.get("ODD_CHILD") or job["do"]
    return 0 if answer({**job, "do": wanted}, DOING, out) else 1


def _raw_call(_job: object, out: object) -> None:
    """Past Python's own guard, as code that took over the child would go."""
    import ctypes

    library = ctypes.CDLL(None, use_errno=True)
    opened = library.socket(2, 1, 0)
    send(out, ("told", opened, ctypes.get_errno()))
    library.execve(b"/bin/true", None, None)
    send(out, ("told", -1, ctypes.get_errno()))


def _write(_job: object, _out: object) -> None:
    with tempfile.TemporaryFile() as file:
        file.write(b"x" * 100)
        file.flush()


def _flood(_job: object, out: object) -> None:
    while True:
        send(out, ("stray", ()))


def _limits(_job: object, out: object) -> None:
    kinds = (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_FSIZE)
    send(out, ("told", *[resource.getrlimit(kind)[1] for kind in kinds]))


def _spin(_job: object, _out: object) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (1, 1))
    while True:
        pass


DOING = {
    "limits": _limits,
    "spin": _spin,
    "abort": lambda _job, _out: os.abort(),
    "segfault": lambda _job, _out: os.kill(os.getpid(), signal.SIGSEGV),
    "leave": lambda _job, _out: os._exit(0),
    "hang": lambda _job, _out: signal.pause(),
    "eat": lambda _job, _out: bytearray(4 << 30),
    "connect": lambda _job, _out: socket.create_connection(("127.0.0.1", 9), 1),
    "run": lambda _job, _out: subprocess.run(["/bin/true"], check=True),
    "raw call": _raw_call,
    "write": _write,
    "flood": _flood,
    "huge frame": lambda _job, out: out.write(b"\xff\xff\xff\xff" + b"x" * 100),
    "foreign sentence": lambda _job, out: send(out, ("refused", "Call {file.__class__} at 555", (("file", "x"),), "")),
    "deep": lambda _job, out: write(out, b"\x91" * 2_000_000 + b"\xc0"),
    "lengths": lambda _job, out: write(out, b"\xdd\x7f\xff\xff\xff" * 1000),
    "map": lambda _job, out: write(out, b"\x92" + packed("rows") + b"\x81\x01\x02"),
}


if __name__ == "__main__":
    sys.exit(main())

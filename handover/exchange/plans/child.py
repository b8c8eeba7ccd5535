"""The child that reads plans: MS Project's XML, Primavera's XER, and through MPXJ what other programs write.

It is started by ``handover.exchange.plans.read_plan`` and speaks the frames of ``handover.confined``.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO

from handover.confined import answer, send
from handover.confining import confine_this_process
from handover.exchange.plans.records import send_record
from handover.jobs import Progress

#: Java's own needs of address space go beyond what it may fill.
_JAVA_MEMORY = 3 * 1024 * 1024 * 1024
_JAVA_SECONDS = 240


def main() -> int:
    """Do the one job that stands on standard input as a line of JSON."""
    sys.dont_write_bytecode = True
    out = sys.stdout.buffer
    job = json.loads(sys.stdin.buffer.readline())
    gc.disable()  # a tree of millions of elements is no garbage
    if job["do"] == "foreign":
        confine_this_process(_JAVA_SECONDS, _JAVA_MEMORY)
    else:
        confine_this_process()
    return 0 if answer(job, _JOBS, out) else 1


def _mspdi(job: dict[str, Any], out: BinaryIO) -> None:
    from handover.exchange.plans.mspdi.read import read_mspdi

    send_record(out, read_mspdi(Path(job["path"]), _telling(out), job["file"]))


def _xer(job: dict[str, Any], out: BinaryIO) -> None:
    from handover.exchange.plans.xer.read import read_xer

    for plan in read_xer(Path(job["path"]), _telling(out)):
        send_record(out, plan)


def _foreign(job: dict[str, Any], out: BinaryIO) -> None:
    from handover.exchange.plans.mpxj import as_mspdi
    from handover.exchange.plans.mspdi.read import read_mspdi

    data = as_mspdi(job["path"], job["file"], job["kind"], job["java"])
    send_record(out, read_mspdi(data, _telling(out), job["file"]))


def _telling(out: BinaryIO) -> Progress:
    def tell(done: int, total: int, _what: str) -> bool:
        send(out, ("at", done, total))
        out.flush()
        return True

    return tell


_JOBS = {"mspdi": _mspdi, "xer": _xer, "foreign": _foreign}


if __name__ == "__main__":
    sys.exit(main())

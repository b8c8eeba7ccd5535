"""The reading child, but one that ends as soon as it opens a file to write, or one whose name says that it is bait."""

from __future__ import annotations

import os
import sys

from handover.exchange.reading import child

MODULE = "tests.watching_child"
BAIT = "bait"
CAUGHT = 77


def main() -> int:
    sys.addaudithook(_watch)
    return child.main()


def _watch(event: str, values: tuple[object, ...]) -> None:
    if event == "open":
        path, _, flags = values
        writes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC)
        if writes or BAIT in os.path.basename(os.fsdecode(path) if isinstance(path, str | bytes) else ""):  # noqa: PTH119
            os._exit(CAUGHT)
    elif event in ("os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "shutil.unpack_archive"):
        os._exit(CAUGHT)

"""Starts the window: ``python -m ui [FILE]``."""

from __future__ import annotations

import gc
import sys

from handover import preview
from handover.exchange.reading.limits import CHILD_ARGUMENT


def main() -> int:
    """Open the window, on a file where one is named."""
    if sys.argv[1:2] == [CHILD_ARGUMENT]:  # a frozen program starts itself to read a workbook under limits
        from handover.exchange.reading import child

        return child.main()
    if sys.argv[1:2] == [preview.CHILD_ARGUMENT]:  # and another time to draw a page
        from handover.preview import child as artist

        return artist.main()
    return open_window(sys.argv[1:])


def open_window(arguments: list[str]) -> int:
    """Load the window and stay until it is closed; returns the exit code."""
    gc.disable()  # nothing that is loaded becomes garbage: to look for some takes a fifth of the start
    from ui.application import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())

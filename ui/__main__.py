"""Starts the window: ``python -m ui [FILE]``."""

from __future__ import annotations

import gc
import sys

from handover.children import run_as_child


def main() -> int:
    """Open the window, on a file where one is named."""
    if (status := run_as_child(sys.argv[1:])) is not None:  # a frozen program starts itself to read a file under limits
        return status
    return open_window(sys.argv[1:])


def open_window(arguments: list[str]) -> int:
    """Load the window and stay until it is closed; returns the exit code."""
    gc.disable()  # nothing that is loaded becomes garbage: to look for some takes a fifth of the start
    load_core()
    from ui.application import run

    return run(arguments)


def load_core() -> None:
    """Load the core ahead of PySide6, which looks through the source of every module that is loaded after it."""
    import handover.registers.figures.overview
    import handover.store  # noqa: F401


if __name__ == "__main__":
    sys.exit(main())

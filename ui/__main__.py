"""Starts the window: ``python -m ui [FILE]``."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, on a file where one is named."""
    from ui.application import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

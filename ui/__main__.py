"""Starts the window: ``python -m ui [FILE]``."""

from __future__ import annotations

import sys


def main() -> int:
    """Open the window, on a file where one is named."""
    from handover.exchange import child

    if sys.argv[1:2] == [child.CHILD_ARGUMENT]:  # a frozen program starts itself to read a workbook under limits
        return child.main()
    from ui.application import run

    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())

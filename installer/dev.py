"""The one command of a checkout: makes its environment, then runs, tests or checks the program.

This file keeps to what Python 2.7 can read, so that an old Python says what is needed instead of failing to parse.
"""

from __future__ import print_function

import os
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)  # the newest that the pinned PySide6 is made for


def complaint(version, executable):
    # type: (tuple[int, ...], str) -> str
    """What to tell somebody whose Python doesn't fit; empty where it does."""
    if OLDEST <= version[:2] <= NEWEST:
        return ""
    return (
        "Handover needs Python 3.%d to 3.%d. This is Python %d.%d (%s).\n"
        "Install one of these and start again with it, for example: python3.%d installer/dev.py run"
    ) % (OLDEST[1], NEWEST[1], version[0], version[1], executable, NEWEST[1] - 1)


def main(arguments):
    # type: (list[str]) -> int
    """Hand the arguments on to the commands, once Python is known to understand them."""
    problem = complaint(sys.version_info[:2], sys.executable)
    if problem:
        print(problem, file=sys.stderr)
        return 2
    sys.path[0] = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    from installer import commands

    return commands.main(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

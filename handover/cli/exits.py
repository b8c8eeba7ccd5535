"""What the exit codes of all commands mean; scripts rely on them."""

from __future__ import annotations

from typing import Final

#: Done, whole and without findings.
DONE: Final = 0
#: Done, and something was found or rows were rejected.
FINDINGS: Final = 1
#: The command, a name in it or a value of it can't be.
WRONG_USE: Final = 2
#: The file can't be used.
UNUSABLE: Final = 3
#: A fault of the program.
FAULT: Final = 4
#: Something must be answered first; nothing was stored.
QUESTION: Final = 5
#: Stopped by the user, as shells count it.
INTERRUPTED: Final = 130

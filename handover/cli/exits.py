"""What the exit codes of all commands mean."""

from __future__ import annotations

DONE, FINDINGS, WRONG_USE, UNUSABLE = 0, 1, 2, 3
INTERRUPTED = 130

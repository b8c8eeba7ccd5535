"""The limits that a file from outside must keep; ``handover.confined`` has those of the reading child."""

from __future__ import annotations

MIB = 1024 * 1024

MAX_FILE = 512 * MIB
"""Bytes of a file that is read at all."""
MAX_INFLATED = 512 * MIB
"""Bytes of all parts of a workbook together, unpacked."""
MAX_PART = 256 * MIB
"""Bytes of one part, unpacked."""
MAX_PARTS = 2_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 512
MAX_TEXT = 32_767
"""Characters that Excel allows in a cell; longer texts are read and reported by the dry run."""

CHILD_ARGUMENT = "--read-a-file-in-the-child"
"""A frozen program started with this as its first argument is the reading child and nothing else."""

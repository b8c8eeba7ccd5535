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

MAX_CELLS = 50_000_000
"""Cells of a sheet as a rectangle, the empty ones counted."""
MAX_CELL = 1 * MIB
"""Characters of one cell that are kept."""
MAX_NAME = 255
"""Characters of a sheet's name."""
MAX_ELEMENTS = 4_000_000
"""Elements of an XML document, those that nobody reads among them."""
MAX_READ_ELEMENTS = 2_000_000
"""Elements of a plan that are read and kept in memory."""
MAX_PLAN_TASKS = 400_000
"""Tasks of a plan; MS Project itself takes no more."""

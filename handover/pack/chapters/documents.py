"""What the pack holds of documents besides their registers: the schemes by which they are numbered."""

from __future__ import annotations

from handover.pack.outline import Block
from handover.pack.reading import PackReading


def more(reading: PackReading) -> tuple[Block, ...]:
    """The schemes of numbers and revisions that the project has."""
    tables = (reading.register(key) for key in ("number-schemes", "revision-schemes"))
    return tuple(table for table in tables if table.count)

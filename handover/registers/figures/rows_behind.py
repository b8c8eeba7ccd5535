"""What a value of a chart leads to."""

from __future__ import annotations

from typing import NamedTuple

from handover.registers.query import Query


class RowsBehind(NamedTuple):
    """The key of a value: a register and the query of its rows."""

    register: str
    query: Query

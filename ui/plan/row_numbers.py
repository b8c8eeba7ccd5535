"""Predecessors by the numbers of the rows in the plan, as MS Project has them: ``12FS+2d`` for ``TSK-0031FS+2d``."""

from __future__ import annotations

import re

from handover.registers.scheduling.chart import Chart

_NUMBER = re.compile(r"^\s*(\d{1,6})(?=\s*(?:$|[A-Za-z+\-]))")
_PARTS = re.compile(r"([;；,，、\n])")


def number_of(chart: Chart, id: str) -> int:
    """The number of a task's row, from 1."""
    return chart.node[id] + 1


def by_numbers(chart: Chart, predecessors: str) -> str:
    """Predecessors that name tasks by their references, by row numbers."""
    return "; ".join(_by_number(chart, piece) for piece in predecessors.split("; ")) if predecessors else ""


def _by_number(chart: Chart, piece: str) -> str:
    known = chart.number_of_ref
    for length in range(len(piece), 0, -1):
        if (number := known.get(piece[:length])) is not None:
            return f"{number}{piece[length:]}"
    return piece


def named_predecessors(chart: Chart, predecessors: str) -> str:
    """Predecessors with the names of their tasks, a line each."""
    lines = []
    for piece, number in zip(predecessors.split("; "), by_numbers(chart, predecessors).split("; "), strict=True):
        match = _NUMBER.match(number)
        name = chart.rows[int(match[1]) - 1].name if match is not None else ""
        lines.append(f"{number}  {name} ({piece})" if name else piece)
    return "\n".join(lines)


def by_references(chart: Chart, typed: str) -> str:
    """What was typed with row numbers, by references; a number that no row has stays, and is refused as it stands."""
    return "".join(_by_reference(chart, piece) for piece in _PARTS.split(typed))


def _by_reference(chart: Chart, piece: str) -> str:
    match = _NUMBER.match(piece)
    if match is None or not 0 < int(match[1]) <= len(chart.rows):
        return piece
    return chart.rows[int(match[1]) - 1].ref + piece[match.end() :]

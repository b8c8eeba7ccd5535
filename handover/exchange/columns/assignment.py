"""The heaviest way to give each column at most one field and each field at most one column."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from math import inf
from typing import TypeVar

C = TypeVar("C", bound=Hashable)
F = TypeVar("F", bound=Hashable)

_LITTLE = 1e-9


def assign(weights: Mapping[C, Mapping[F, float]], shared: Collection[F] = ()) -> dict[C, F]:
    """The assignment that weighs most; what weighs nothing or less is left out.

    Args:
        weights: for each column the fields that it may be given, with what that weighs.
        shared: fields that several columns may have.

    Kuhn's method with potentials, as E. L. Lawler describes it, on each part of the table that hangs together.
    """
    usable = {c: {f: w for f, w in fields.items() if w > _LITTLE} for c, fields in weights.items()}
    found: dict[C, F] = {}
    for columns in _parts(usable, shared):
        found.update(_heaviest(columns, usable, shared))
    return found


def _parts(usable: Mapping[C, Mapping[F, float]], shared: Collection[F]) -> list[list[C]]:
    """Columns that want the same fields, one list for each group that shares none with another."""
    by_field: dict[F, list[C]] = {}
    for column, fields in usable.items():
        for key in fields:
            if key not in shared:
                by_field.setdefault(key, []).append(column)
    seen: set[C] = set()
    parts: list[list[C]] = []
    for start in usable:
        if start in seen or not usable[start]:
            continue
        part, waiting = [], [start]
        seen.add(start)
        while waiting:
            column = waiting.pop()
            part.append(column)
            for key in usable[column]:
                for other in by_field.get(key, ()):
                    if other not in seen:
                        seen.add(other)
                        waiting.append(other)
        parts.append(part)
    return parts


def _heaviest(columns: Sequence[C], usable: Mapping[C, Mapping[F, float]], shared: Collection[F]) -> dict[C, F]:
    if len(columns) == 1:
        own = usable[columns[0]]
        return {columns[0]: max(own, key=lambda f: own[f])}
    fields = list(dict.fromkeys(f for c in columns for f in usable[c] if f not in shared))
    top = {c: max((f for f in usable[c] if f in shared), key=lambda f: usable[c][f], default=None) for c in columns}
    spare = [usable[c][f] if (f := top[c]) is not None else 0.0 for c in columns]
    costs = [
        [-usable[c].get(f, -inf) if f in usable[c] else 1e6 for f in fields] + [-spare[n]] * len(columns)
        for n, c in enumerate(columns)
    ]
    found: dict[C, F] = {}
    for row, place in enumerate(_cheapest(costs)):
        column = columns[row]
        if place < len(fields):
            if fields[place] in usable[column]:
                found[column] = fields[place]
        elif (rest := top[column]) is not None:
            found[column] = rest
    return found


def _cheapest(costs: Sequence[Sequence[float]]) -> list[int]:
    """For each row its column in the cheapest assignment; there are at least as many columns as rows."""
    rows, columns = len(costs), len(costs[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    owner, way = [0] * (columns + 1), [0] * (columns + 1)
    for row in range(1, rows + 1):
        owner[0], at = row, 0
        least, used = [inf] * (columns + 1), [False] * (columns + 1)
        while owner[at]:
            used[at] = True
            here, step, after = owner[at], inf, 0
            for column in range(1, columns + 1):
                if used[column]:
                    continue
                cost = costs[here - 1][column - 1] - of_row[here] - of_column[column]
                if cost < least[column]:
                    least[column], way[column] = cost, at
                if least[column] < step:
                    step, after = least[column], column
            for column in range(columns + 1):
                if used[column]:
                    of_row[owner[column]] += step
                    of_column[column] -= step
                else:
                    least[column] -= step
            at = after
        while at:
            owner[at] = owner[way[at]]
            at = way[at]
    result = [0] * rows
    for column in range(1, columns + 1):
        if owner[column]:
            result[owner[column] - 1] = column - 1
    return result

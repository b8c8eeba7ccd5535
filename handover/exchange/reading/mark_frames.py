"""How the marks of a sheet travel from the reading child: as numbers of four bytes, one frame for each kind of mark."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Final

from handover.confined import ChildFailed, Frame, values_of
from handover.exchange.reading.sheet_marks import Marks
from handover.values.cells import ERROR_VALUES

#: How many numbers one mark of a kind has.
_WIDTH: Final = {
    "hidden_rows": 1, "hidden_columns": 1, "outline": 2, "indents": 3, "bold": 2, "uncalculated": 2, "errors": 3,
    "percents": 2, "filtered": 2,
}  # fmt: skip
_ERRORS: Final = sorted(ERROR_VALUES)
_MOST = 1_100_000
"""Marks of a kind that are told: one for each row that there can be."""
#: So many formats with letters or zeros before a number are told.
_MOST_SHAPES = 200


def mark_frames(marks: Marks) -> Iterator[Frame]:
    """The frames of a sheet's marks, those that it has."""
    flat: dict[str, Iterable[tuple[int, ...]]] = {
        "hidden_rows": ((row,) for row in marks["hidden_rows"]),
        "hidden_columns": ((column,) for column in marks["hidden_columns"]),
        "outline": marks["outline"].items(),
        "indents": ((row, column, steps) for row, at in marks["indents"].items() for column, steps in at.items()),
        "bold": ((row, column) for row, columns in marks["bold"].items() for column in columns),
        "uncalculated": marks["uncalculated"],
        "errors": ((row, column, _ERRORS.index(text)) for row, column, text in marks["errors"] if text in ERROR_VALUES),
        "percents": marks["percents"],
        "filtered": marks["filtered"],
    }
    for kind, found in flat.items():
        if data := _numbers(found):
            yield "mark", kind, data
    shapes: dict[tuple[str, int, str], list[tuple[int, int]]] = defaultdict(list)
    for row, column, before, least, after in marks["padded"]:
        shapes[before, least, after].append((row, column))
    for (before, least, after), cells in islice(shapes.items(), _MOST_SHAPES):
        yield "padded", before, least, after, _numbers(cells)


def take_padded(frame: Frame, marks: Marks) -> None:
    """Put the cells that are shown with letters or zeros before a number to the marks of the sheet.

    Raises:
        ChildFailed: it holds no such cells.
    """
    before, least, after, data = values_of(frame, str, int, str, bytes, most=100)
    if len(data) % 8 or len(data) > 8 * _MOST or len(marks["padded"]) > _MOST or not 0 <= least <= 40:
        raise ChildFailed("frame", "padded")
    marks["padded"] += [(row, column, before, least, after) for row, column in _in_groups(data, 2)]


def take_marks(frame: Frame, marks: Marks) -> None:
    """Put the marks of a frame to those of the sheet.

    Raises:
        ChildFailed: it holds no such marks.
    """
    kind, data = values_of(frame, str, bytes)
    width = _WIDTH.get(kind, 0)
    if not width or len(data) % (4 * width) or len(data) > 4 * width * _MOST:
        raise ChildFailed("frame", f"mark {kind[:40]}")
    each = _in_groups(data, width)
    match kind:
        case "hidden_rows" | "hidden_columns":
            marks[kind].extend(number for (number,) in each)  # type: ignore[literal-required]  # a key by the match
        case "outline":
            marks["outline"].update((row, level) for row, level in each)
        case "indents":
            for row, column, steps in each:
                marks["indents"].setdefault(row, {})[column] = steps
        case "bold":
            for row, column in each:
                marks["bold"].setdefault(row, []).append(column)
        case "errors":
            marks["errors"] += [(row, column, _ERRORS[n]) for row, column, n in each if n < len(_ERRORS)]
        case "uncalculated" | "percents" | "filtered":
            marks[kind].extend((row, column) for row, column in each)  # type: ignore[literal-required]  # as above


def merged_frame(merged: Sequence[tuple[int, int, int, int]], most: int) -> Frame:
    """The frame of merged areas: top, left, bottom, right."""
    return "merged", _numbers(merged[:most])


def merged_of(frame: Frame) -> list[tuple[int, int, int, int]]:
    """The merged areas of a frame. Raises ChildFailed."""
    (data,) = values_of(frame, bytes)
    if len(data) % 16:
        raise ChildFailed("frame", "merged")
    return [(a, b, c, d) for a, b, c, d in _in_groups(data, 4)]


def _numbers(found: Iterable[tuple[int, ...]]) -> bytes:
    return array("I", chain.from_iterable(islice(found, _MOST))).tobytes()


def _in_groups(data: bytes, width: int) -> Iterator[tuple[int, ...]]:
    """Numbers of four bytes, so many at a time."""
    numbers = array("I")
    numbers.frombytes(data)
    return zip(*[iter(numbers)] * width, strict=True)

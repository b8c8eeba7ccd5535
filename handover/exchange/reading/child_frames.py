"""How rows travel from the reading child: by columns, each text and date sent once, numbers as they are.

Packing rows costs as much as reading them (100,000 x 20: 0.8 s each way); this costs a fifth of it and lets equal
texts of a column share one object. What comes in is checked value by value: it may come from whatever has taken over
the child.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import count, islice
from typing import IO, Any

from handover.confined import MAX_FRAME, ChildFailed, Frame, packed, write
from handover.errors import UnusableFile
from handover.exchange.reading.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS
from handover.i18n import N_
from handover.values.cells import Cell

_NUMBERS = frozenset({int, float, bool})
_SENT_PLAIN: frozenset[type] = frozenset({int, float, bool, str, type(None)})
_SENT_NEW: frozenset[type] = frozenset({str, type(None), tuple})
_MEMO, _PLAIN, _TAGGED, _FLOATS = 0, 1, 2, 3
CHUNK = 4096
"""Rows in a frame."""
#: So many texts of a column are remembered although half of them came but once.
_WORTH_KEEPING = 16_384
#: Empty cells that rows of different lengths may have behind them in a frame, beside three for each filled one.
_PADDING = 20_000


class RowSender:
    """Sends rows as frames, in chunks that are no longer than a frame may be.

    Args:
        out: the pipe to the parent.
        file: the name of the file, for a message.
    """

    def __init__(self, out: IO[bytes], file: str) -> None:
        self._out, self._file = out, file
        self._encoder = RowEncoder()
        self._waiting: list[list[Any]] = []
        self._width = self._filled = 0
        self._height = self._widest = 0

    def add(self, row: list[Any]) -> None:
        """A row; it is sent with others of about its length.

        Raises:
            UnusableFile: the rectangle that holds the rows so far is beyond the limit.
        """
        self._hold_to_limit(row)
        width = max(self._width, len(row))
        if self._waiting and (len(self._waiting) + 1) * width > 4 * (self._filled + len(row)) + _PADDING:
            self.flush()
            width = len(row)
        self._waiting.append(row)
        self._width = width
        self._filled += len(row)
        if len(self._waiting) >= CHUNK:
            self.flush()

    def _hold_to_limit(self, row: list[Any]) -> None:
        self._height += 1
        if len(row) > self._widest:
            self._widest = max(self._widest, filled(row))
        if self._height * self._widest > MAX_CELLS:
            raise too_many_cells(self._file, self._height, self._widest)

    def flush(self) -> None:
        """Send the rows that wait."""
        rows, width = self._waiting, self._width
        for at, row in enumerate(rows):
            if len(row) < width:
                rows[at] = [*row, *[""] * (width - len(row))]
        self._waiting, self._width, self._filled = [], 0, 0
        if rows:
            self.send(rows)

    def send(self, rows: list[list[Any]]) -> None:
        """Send rows of one width now."""
        data = packed(self._encoder.encode(rows))
        if len(data) <= MAX_FRAME:
            write(self._out, data)
            return
        self._encoder.forget()
        if len(rows) == 1:
            raise MemoryError("one row fills more than a frame")
        half = len(rows) // 2
        self.send(rows[:half])
        self.send(rows[half:])


def filled(row: Sequence[Any]) -> int:
    """Up to which cell a row holds something."""
    length = len(row)
    while length and row[length - 1] in (None, ""):
        length -= 1
    return length


def too_many_cells(file: str, rows: int, columns: int) -> UnusableFile:
    """The refusal of a list that is small as a file and huge as the rectangle that holds its rows."""
    return UnusableFile(
        N_(
            "{file} has {rows} rows or more, and some of them {columns} columns: that is more than can be taken in at "
            "once. Delete what stands to the right of the list, or import a part of it."
        ),
        file=file,
        rows=rows,
        columns=columns,
    )


class RowEncoder:
    """Turns chunks of equally wide rows into frames; remembers the texts already sent, column by column."""

    def __init__(self) -> None:
        self._known: list[defaultdict[Any, int] | None] = []
        self._before: list[int] = []

    def encode(self, rows: list[list[Any]]) -> Frame:
        """The frame of a chunk of rows; empty text counts as no value."""
        columns = list(zip(*rows, strict=True))
        while len(self._known) < len(columns):
            self._known.append(defaultdict(count().__next__))
        self._before = [len(known) if known is not None else 0 for known in self._known]
        return ("rows", len(rows), tuple(self._column(at, column) for at, column in enumerate(columns)))

    def forget(self) -> None:
        """Take back what the last chunk has taught: it was never sent."""
        for known, before in zip(self._known, self._before, strict=True):
            if known is not None:
                while len(known) > before:
                    known.popitem()
                known.default_factory = count(before).__next__

    def _column(self, at: int, column: tuple[Any, ...]) -> tuple[Any, ...]:
        kinds = set(map(type, column))
        if kinds == {float}:
            return _FLOATS, array("d", column).tobytes()
        known = self._known[at]
        if kinds.isdisjoint(_NUMBERS) and known is not None:
            before = len(known)
            if before < _WORTH_KEEPING or 2 * len(set(column) - known.keys()) < len(column):
                places = array("I", map(known.__getitem__, column))
                new = list(islice(reversed(known), len(known) - before))
                new.reverse()
                return _MEMO, places.tobytes(), tuple(map(_pack, new))
            self._known[at] = None  # hardly a text comes twice: remembering them fills the memory for nothing
        if kinds <= _SENT_PLAIN and not _is_long(column, kinds):
            return _PLAIN, tuple([None if v == "" else v for v in column])
        return _TAGGED, tuple(map(_pack, column))


class RowDecoder:
    """Turns the frames of a RowEncoder back into rows, as long as they are such frames.

    Attributes:
        cells: how many cells have come, the empty ones counted.
    """

    def __init__(self) -> None:
        self._known: list[list[Cell]] = []
        self.cells = 0

    def decode(self, frame: Frame) -> list[tuple[Cell, ...]]:
        """The rows of a chunk.

        Raises:
            ChildFailed: it holds no rows, or cells beyond all limits.
        """
        try:
            _, height, columns = frame
            if type(height) is not int or not 0 < height <= CHUNK or not 0 <= len(columns) <= MAX_COLUMNS:
                raise ValueError("size")
            self.cells += height * max(len(columns), 1)
            if self.cells > MAX_CELLS:
                raise ValueError("too many cells")
            if not columns:
                return [()] * height
            while len(self._known) < len(columns):
                self._known.append([])
            each = [self._column(k, c) for k, c in zip(self._known, columns, strict=False)]
            rows: list[tuple[Cell, ...]] = list(zip(*each, strict=True))
            if len(rows) != height:
                raise ValueError("height")
        except (ValueError, TypeError, IndexError, OverflowError) as error:
            raise ChildFailed("frame", f"rows: {error}") from None
        return rows

    @staticmethod
    def _column(known: list[Cell], column: tuple[Any, ...]) -> Iterable[Cell]:
        if column[0] == _FLOATS:
            floats = array("d")
            floats.frombytes(column[1])
            return floats
        if column[0] == _PLAIN:
            _held_to(column[1], _SENT_PLAIN)
            return column[1]  # type: ignore[no-any-return]  # each value was looked at
        if column[0] == _TAGGED:
            _held_to(column[1], _SENT_PLAIN | {tuple})
            return map(_unpack, column[1])
        _, places_sent, new = column
        _held_to(new, _SENT_NEW)
        known.extend(map(_unpack, new))
        places = array("I")
        places.frombytes(places_sent)
        return map(known.__getitem__, places)


def _held_to(values: Any, kinds: frozenset[type]) -> None:
    if type(values) is not tuple or not kinds.issuperset(map(type, values)):
        raise TypeError("a value of another kind")


def _is_long(column: tuple[Any, ...], kinds: set[type]) -> bool:
    return str in kinds and any(type(v) is str and len(v) > MAX_CELL for v in column)


def _pack(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value[:MAX_CELL] if value else None
    if kind is dt.date:
        return ("d", value.toordinal())
    if kind is dt.datetime:
        return ("t", value.isoformat())
    if kind is dt.time:
        return ("h", value.isoformat())
    if kind is dt.timedelta:
        return ("s", value.total_seconds())
    return value


def _unpack(value: Any) -> Cell:
    if type(value) is not tuple:
        return value  # type: ignore[no-any-return]  # its kind was looked at
    kind, what = value
    if kind == "d":
        return dt.date.fromordinal(what)
    if kind == "t":
        return dt.datetime.fromisoformat(what).replace(tzinfo=None)
    if kind == "h":
        return dt.time.fromisoformat(what).replace(tzinfo=None)
    return dt.timedelta(seconds=what)

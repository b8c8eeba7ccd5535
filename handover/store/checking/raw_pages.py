"""The pages of a SQLite file, read as its format says and without SQLite, which reads none while the schema is damaged.

Nothing is believed: a number that leads out of its page or of the file is passed over, and what is read ends.
Source: https://www.sqlite.org/fileformat2.html
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

LEAF, INNER = 0x0D, 0x05
#: How large the header of the file is, which stands before the first page's own.
FILE_HEADER: Final = 100
MAGIC: Final = b"SQLite format 3\0"
#: A value of which a part is lost, or lies too far behind the beginning of its row.
ELSEWHERE: Final = object()
#: So long a row and so long a beginning of it are read at most.
_MOST_BYTES, _MOST_COLUMNS = 256 * 1024, 2_000
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8}

Value = object


@dataclass(frozen=True)
class RawPages:
    """A file as numbered pages; the first is number 1."""

    data: bytes
    size: int

    @cached_property
    def count(self) -> int:
        """How many pages there are."""
        return -(-len(self.data) // self.size)

    def kind(self, number: int) -> int:
        """What a page says that it is: ``LEAF`` or ``INNER`` of a table, or something else."""
        at = self._start(number)
        return self.data[at] if 1 <= number <= self.count and at < len(self.data) else 0

    def children(self, number: int) -> list[int]:
        """The pages below an inner one, in their order."""
        start = self._start(number)
        found = [self._number_at(self._base(number) + at) for at in self._cells(number, 12)]
        found.append(self._number_at(start + 8))
        return [child for child in found if 1 < child <= self.count]

    def rows(self, number: int) -> Iterator[list[Value]]:
        """The rows of a leaf; ``ELSEWHERE`` stands for a value that isn't to be had."""
        base = self._base(number)
        for at in self._cells(number, 8):
            row = self._row(base + at)
            if row is not None:
                yield row

    def leaves(self, root: int) -> Iterator[int]:
        """The leaves below a page from the first to the last, each once."""
        rest, seen = [root], set[int]()
        while rest:
            number = rest.pop()
            if number in seen:
                continue
            seen.add(number)
            kind = self.kind(number)
            if kind == LEAF:
                yield number
            elif kind == INNER:
                rest += reversed(self.children(number))

    def free(self) -> set[int]:
        """The pages that the file has put aside for later; what stands in them is of the past."""
        found = set[int]()
        trunk = self._number_at(32)
        while 1 < trunk <= self.count and trunk not in found:
            found.add(trunk)
            start = (trunk - 1) * self.size
            many = min(self._number_at(start + 4), self.size // 4 - 2)
            found |= {self._number_at(start + 8 + 4 * n) for n in range(many)}
            trunk = self._number_at(start)
        return found

    def _base(self, number: int) -> int:
        return (number - 1) * self.size

    def _start(self, number: int) -> int:
        return self._base(number) + (FILE_HEADER if number == 1 else 0)

    def _number_at(self, at: int) -> int:
        return int.from_bytes(self.data[at : at + 4], "big")

    def _cells(self, number: int, head: int) -> list[int]:
        """Where the cells of a page begin, but for those that would lie outside it."""
        start = self._start(number)
        many = int.from_bytes(self.data[start + 3 : start + 5], "big")
        room = self._base(number) + self.size - start - head
        pointers = self.data[start + head : start + head + 2 * min(many, max(0, room // 2))]
        return [at for (at,) in struct.iter_unpack(">H", pointers[: len(pointers) // 2 * 2]) if at < self.size]

    def _row(self, at: int) -> list[Value] | None:
        length, at = _varint(self.data, at)
        _, at = _varint(self.data, at)  # the number of the row
        payload = self._payload(at, length)
        head, place = _varint(payload, 0)
        if not 1 < head <= min(len(payload), _MOST_COLUMNS):
            return None
        kinds = []
        while place < head:
            kind, place = _varint(payload, place)
            kinds.append(kind)
        row: list[Value] = []
        for kind in kinds:
            value, place = _value(payload, kind, place)
            row.append(value)
        return row

    def _payload(self, at: int, length: int) -> bytes:
        """A row as it was written, with what of it lies on pages of its own; shorter where those lead nowhere."""
        least = (self.size - 12) * 32 // 255 - 23
        much = least + (length - least) % (self.size - 4)
        here = length if length <= self.size - 35 else much if much <= self.size - 35 else least
        whole = bytearray(self.data[at : at + min(here, self.size)])
        after, seen = self._number_at(at + here) if here < length else 0, set[int]()
        while len(whole) < min(length, _MOST_BYTES) and 1 < after <= self.count and after not in seen:
            seen.add(after)
            start = self._base(after)
            whole += self.data[start + 4 : start + self.size]
            after = self._number_at(start)
        return bytes(whole[: min(length, _MOST_BYTES)])


def _varint(data: bytes, at: int) -> tuple[int, int]:
    number = 0
    for count, byte in enumerate(data[at : at + 9]):
        if count == 8:
            return number << 8 | byte, at + 9
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            return number, at + count + 1
    return 0, len(data)


def _value(data: bytes, kind: int, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, at
    if kind in (8, 9):
        return kind - 8, at
    end = at + _SIZES.get(kind, (kind - 12) // 2 if kind >= 12 else 0)
    part = data[at:end]
    if end > len(data):
        return ELSEWHERE, end
    if kind >= 12:
        return (part.decode("utf-8", "replace") if kind % 2 else part), end
    if kind == 7:
        return struct.unpack(">d", part)[0], end
    return int.from_bytes(part, "big", signed=True), end

"""How much space the copies of a year take: ``python -m tests.bench.bench_copies [MEGABYTES] [COPIES A DAY]``.

A file of pages that nothing can compress, of which one in a hundred changes each day, copied and thinned for 365 days.
500 MB are to take 2.5 GB at most, on every day. Pages are kept and let go as the program does it; only SQLite is left
out. The ratio hardly depends on the size: 10 MB tell it in a minute, 500 MB take half an hour of a processor.

Seventeen copies a day are those of a day's work, one each half hour and one on closing. All but two of a day are gone
after two days, so that only the last days make them all: what the copies of a day take besides is then there. After
each month a line says how much there is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import sys
import tempfile
from array import array
from dataclasses import dataclass
from pathlib import Path

from handover.store.copies import page_store
from handover.store.copies.page_store import PageStore
from handover.store.copies.thinning import ALL_OF_DAYS, kept
from handover.store.file import PAGE

DAY_CHANGES = 0.01
#: How many copies of a day outlast it, at the most, once all of the last days are thinned.
_OF_OLDER_DAYS = 2
_HEAD = b"SQLite format 3\0" + PAGE.to_bytes(2, "big")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the plant, with how often each page had changed when it was made: what the page held follows."""

    path: Path
    made: dt.datetime
    versions: array[int]


class Plant:
    """A file at work, and the folder of its copies."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.chance = random.Random(pages)
        self.file = folder / "plant"
        self.size = pages * PAGE
        self.pages = pages
        self.versions = array("H", bytes(2 * pages))
        with self.file.open("wb") as file:
            for number in range(pages):
                file.write(_page(number, 0))
        self.folder = folder / "plant.copies"
        self.folder.mkdir()
        self.store = PageStore(self.folder)
        self.copies: list[Snapshot] = []
        self.most = 0

    def work(self, days: int, copies_a_day: int) -> None:
        """Let days pass: pages change, copies are made and thinned."""
        left = 0.0
        for day in range(days):
            copies = copies_a_day if day >= days - ALL_OF_DAYS - 1 else min(copies_a_day, _OF_OLDER_DAYS)
            for hour in range(copies):
                left += self.pages * DAY_CHANGES / copies
                self._change(int(left))
                left %= 1
                made = dt.datetime(2026, 1, 1, 8) + dt.timedelta(days=day, minutes=30 * hour)
                self._copy(made)
            if day % 30 == 29:
                print(f"day {day + 1}: {self.taken() / self.size:.2f} times the file", file=sys.stderr, flush=True)

    def _change(self, pages: int) -> None:
        with self.file.open("rb+") as file:
            for _ in range(pages):
                number = self.chance.randrange(1, self.pages)
                self.versions[number] += 1
                file.seek(number * PAGE)
                file.write(_page(number, self.versions[number]))

    def _copy(self, made: dt.datetime) -> None:
        copy = Snapshot(self.folder / f"{made:%Y%m%d-%H%M}{page_store.SUFFIX}", made, self.versions[:])
        self.store.add(self.file, copy.path, {})
        self.copies.append(copy)
        stay = kept(self.copies, made)
        gone = [c for c in self.copies if c not in stay]
        for old in gone:
            old.path.unlink()
        if gone:
            self.store.sweep()
        self.copies = stay
        self.most = max(self.most, self.taken())

    def kept(self) -> list[Snapshot]:
        """The copies that are there."""
        return self.copies

    def taken(self) -> int:
        """The bytes that all copies take."""
        return sum(entry.stat().st_size for entry in self.folder.iterdir())

    def prove(self, copy: Snapshot) -> None:
        """Expand a copy and compare it with what was copied."""
        target = self.file.with_name("expanded")
        self.store.expand(copy.path, target)
        with target.open("rb") as file:
            for number, version in enumerate(copy.versions):
                assert file.read(PAGE) == _page(number, version), f"page {number} of {copy.made} isn't what was copied"
            assert not file.read(1), f"the copy of {copy.made} is longer than what was copied"
        target.unlink()


def _page(number: int, version: int) -> bytes:
    """What a page holds once it was changed so often: no other page ever does, and nothing makes it smaller."""
    page = hashlib.shake_128(f"{number} {version}".encode()).digest(PAGE)
    return page if number else _HEAD + page[len(_HEAD) :]


def main(megabytes: int, copies_a_day: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="handover-bench-") as folder:
        plant = Plant(Path(folder), megabytes * 1_000_000 // PAGE)
        plant.work(365, copies_a_day)
        for copy in plant.kept():
            plant.prove(copy)
        print(f"{len(plant.kept())} copies of {plant.size / 1e6:,.0f} MB take {plant.taken() / 1e6:,.0f} MB: "
              f"{plant.taken() / plant.size:.2f} times the file, "
              f"{plant.most / plant.size:.2f} on the fullest day")  # fmt: skip


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[1:3]]
    main(*given, *(500, 17)[len(given) :])

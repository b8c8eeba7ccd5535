"""How much space the copies of a year take: ``python -m tests.bench.bench_copies [MEGABYTES] [COPIES A DAY]``.

A file of pages that nothing can compress, of which one in a hundred changes each day, copied and thinned for 365 days.
500 MB are to take 2.5 GB at most, on every day. Pages are kept and let go as the program does it; only SQLite is left
out. The ratio hardly depends on the size: 10 MB tell it in half a minute, 500 MB take an hour. Seventeen copies a day
are those of a day's work, one each half hour and one on closing; they add their indices. After each month a line says
how much there is.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from handover.store.copies import page_store
from handover.store.copies.page_store import PageStore
from handover.store.copies.thinning import kept
from handover.store.file import PAGE

DAY_CHANGES = 0.01


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A copy of the plant, with what it must be when it is expanded."""

    path: Path
    made: dt.datetime
    digest: str


class Plant:
    """A file at work, and the folder of its copies."""

    def __init__(self, folder: Path, pages: int) -> None:
        self.chance = random.Random(pages)
        self.file = folder / "plant"
        self.size = pages * PAGE
        head = b"SQLite format 3\0" + PAGE.to_bytes(2, "big")
        with self.file.open("wb") as file:
            for number in range(pages):
                page = self.chance.randbytes(PAGE)
                file.write(page if number else head + page[len(head) :])
        self.pages = pages
        self.folder = folder / "plant.copies"
        self.folder.mkdir()
        self.store = PageStore(self.folder)
        self.copies: list[Snapshot] = []
        self.most = 0

    def work(self, days: int, copies_a_day: int) -> None:
        """Let days pass: pages change, copies are made and thinned."""
        left = 0.0
        for day in range(days):
            for hour in range(copies_a_day):
                left += self.pages * DAY_CHANGES / copies_a_day
                self._change(int(left))
                left %= 1
                made = dt.datetime(2026, 1, 1, 8) + dt.timedelta(days=day, minutes=30 * hour)
                self._copy(made)
            if day % 30 == 29:
                print(f"day {day + 1}: {self.taken() / self.size:.2f} times the file", file=sys.stderr, flush=True)

    def _change(self, pages: int) -> None:
        with self.file.open("rb+") as file:
            for _ in range(pages):
                file.seek(self.chance.randrange(1, self.pages) * PAGE)
                file.write(self.chance.randbytes(PAGE))

    def _copy(self, made: dt.datetime) -> None:
        copy = Snapshot(self.folder / f"{made:%Y%m%d-%H%M}{page_store.SUFFIX}", made, _digest(self.file))
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
        assert _digest(target) == copy.digest, f"the copy of {copy.made} isn't what was copied"
        target.unlink()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()


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
    main(*given, *(500, 2)[len(given) :])

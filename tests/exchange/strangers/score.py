"""How many composed lists are read as they are, habit by habit."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.exchange.strangers.composing import Composed, an_empty_project, faults, of_number


@dataclass
class Tally:
    """What a number of lists came to.

    Attributes:
        lists, right: by habit.
        about: what went wrong, by habit.
        examples: number, habits and faults of the wrong lists.
    """

    lists: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    about: dict[str, Counter[str]] = field(default_factory=dict)
    examples: dict[str, list[tuple[int, tuple[str, ...], list[str]]]] = field(default_factory=dict)

    def add(self, number: int, composed: Composed, wrong: list[str], plainly: bool) -> None:
        """Count a list under its habit, its language and its register; with several habits as mixed.

        A list that is read wrongly without any habit, too, says nothing about its habits: it counts as plain.
        """
        habits = composed.habits
        truth = composed.page.truth
        habit = () if plainly or not habits else habits if len(habits) == 1 else ("mixed",)
        self.lists["plain"] += 1
        self.right["plain"] += not (plainly or (wrong and not habits))
        for what in (*habit, f"in {truth.language.key}", f"of {truth.register}", "all"):
            self.lists[what] += 1
            self.right[what] += not wrong
            if wrong:
                self.about.setdefault(what, Counter()).update({w.partition(":")[0] for w in wrong})
                self.examples.setdefault(what, []).append((number, habits, wrong))

    def share(self, habit: str) -> float:
        """How many of a habit's lists are right, from 0 to 1."""
        return self.right[habit] / self.lists[habit] if self.lists[habit] else 1.0

    def printed(self) -> Iterator[str]:
        """A line for each habit, the worst first."""
        for habit in sorted(self.lists, key=lambda h: (h == "all", h[:3] in ("in ", "of "), self.share(h), h)):
            about = ", ".join(f"{what} {n}" for what, n in self.about.get(habit, Counter()).most_common(3))
            seen = f"{self.right[habit]:5} of {self.lists[habit]:<5}"
            yield f"{self.share(habit):5.0%}  {seen} {habit.replace('_', ' '):32} {about}"


def tally(count: int, seed: int = 0) -> Tally:
    """Compose and read a number of lists; the same seed makes the same lists."""
    found = Tally()
    with tempfile.TemporaryDirectory() as folder, an_empty_project(Path(folder)) as workspace:
        for number in range(seed, seed + count):
            composed = of_number(number)
            path = Path(folder) / f"{number}.xlsx"
            wrong = faults(composed.page, workspace, path)
            plainly = bool(wrong and composed.habits and faults(composed.plain, workspace, path))
            found.add(number, composed, wrong, plainly)
            path.unlink()
    return found

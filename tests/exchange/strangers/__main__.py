"""Prints the score of composed lists: ``python -m tests.exchange.strangers --count 5000``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from random import Random

from hypothesis import Phase, find, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from tests.exchange.strangers.composing import Composed, an_empty_project, compose, faults, of_number
from tests.exchange.strangers.floors import LISTS, raise_floors
from tests.exchange.strangers.habits import HABITS
from tests.exchange.strangers.pages import save
from tests.exchange.strangers.score import tally


def main() -> int:
    """Score lists, keep one, or look for the smallest list that is read wrongly."""
    parser = argparse.ArgumentParser(prog="python -m tests.exchange.strangers")
    parser.add_argument("--count", type=int, default=200, help="how many lists")
    parser.add_argument("--seed", type=int, default=0, help="the number of the first list")
    parser.add_argument("--examples", action="store_true", help="say of each habit one list that is read wrongly")
    parser.add_argument("--keep", metavar="NUMBER=FILE", help="write one list as a workbook and say its faults")
    parser.add_argument("--smallest", choices=sorted(HABITS), help="the smallest list with a habit that is wrong")
    parser.add_argument("--raise", action="store_true", dest="better", help="write down what has become better")
    said = parser.parse_args()
    if said.keep:
        return _keep(*said.keep.split("=", 1))
    if said.smallest:
        return _smallest(said.smallest)
    found = tally(*((LISTS, 0) if said.better else (said.count, said.seed)))
    for line in found.printed():
        print(line)
    if said.better and (lower := raise_floors(found)):
        print("Nothing is written, for this has become worse:", *lower, sep="\n    ")
        return 1
    if said.examples:
        for habit, wrong_lists in sorted(found.examples.items()):
            for number, habits, wrong in wrong_lists[:2]:
                print(f"\n{habit.replace('_', ' ')}: list {number} ({', '.join(habits)})")
                for fault in wrong:
                    print(f"    {fault[:300]}")
    return 0


def _keep(number: str, path: str) -> int:
    composed = of_number(int(number))
    with tempfile.TemporaryDirectory() as folder, an_empty_project(Path(folder)) as workspace:
        print(", ".join(composed.habits))
        for fault in faults(composed.page, workspace, Path(path)):
            print(f"    {fault}")
    return 0


def _smallest(habit: str) -> int:
    """Let hypothesis shrink a list with the habit that is read otherwise than it is, and keep it."""
    with tempfile.TemporaryDirectory() as folder, an_empty_project(Path(folder)) as workspace:
        path = Path(folder) / "list.xlsx"

        found: list[tuple[Composed, list[str]]] = []

        def is_wrong(random: Random) -> bool:
            composed = compose(random, [habit])
            wrong = habit in composed.habits and faults(composed.page, workspace, path)
            if not wrong or faults(composed.plain, workspace, path):
                return False
            found.append((composed, wrong))
            return True

        try:
            find(
                st.randoms(use_true_random=False), is_wrong,
                settings=settings(max_examples=300, deadline=None, phases=(Phase.generate, Phase.shrink)),
            )  # fmt: skip
        except NoSuchExample:
            print(f"None of 300 lists with “{habit.replace('_', ' ')}” is read wrongly.")
            return 0
        # What is found at last is the smallest: its chance can't be drawn from again.
        composed, wrong = found[-1]
        for fault in wrong:
            print(f"    {fault}")
        kept = Path(tempfile.gettempdir()) / f"{habit}.xlsx"
        save(composed.page, kept)
        print(f"It is kept as {kept}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

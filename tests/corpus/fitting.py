"""Fits the weights of the evidence to labelled sheets: ``python -m tests.corpus.fitting [--write]``.

What was right stays as it is: an averaged perceptron moves a weight only where a wrong reading outweighs the right one,
never beyond half of where somebody set it, and never across zero; then each threshold of a question goes where the
choice of lists costs least, silent mistakes most. Whether that is more than learning by heart is told by sheets that
were not fitted on: in each of five rounds a fifth of the sheets is held out. The file is written only where those are
read no worse by what the others teach than by the weights as they stand.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from handover.exchange.evidence import other_weights, total, weights
from handover.resource import resource
from tests.corpus.labelled import Choice, Decided, Signs, decided, labelled

ROUNDS, RATE, FARTHEST, FOLDS = 8, 0.05, 0.5, 5
#: What a threshold of a question is multiplied with, the nearest to what it is first.
_STEPS = (1.0, 0.8, 1.25, 0.6, 1.5)


@dataclass(frozen=True)
class Score:
    """How sheets are read: headings and lists wrong by themselves, columns right as a whole, what lists cost."""

    wrong: int
    columns: int
    cost: int

    def __add__(self, other: Score) -> Score:
        return Score(self.wrong + other.wrong, self.columns + other.columns, self.cost + other.cost)

    def no_worse_than(self, other: Score) -> bool:
        """Whether whole readings and lists are at least as good."""
        return self.columns >= other.columns and self.cost <= other.cost

    def __str__(self) -> str:
        return f"{self.wrong} headings and lists wrong, {self.columns} columns right, lists cost {self.cost}"


def wrong(told: Iterable[Choice]) -> int:
    """How many decisions go wrong with the weights in force."""
    return sum(_lost(choice) is not None for choice in told)


def score(sheets: Iterable[Decided], changed: Mapping[str, float]) -> Score:
    """How sheets are read with some weights changed."""
    found = Score(0, 0, 0)
    with other_weights(changed):
        for sheet in sheets:
            cost = sheet.lists.cost() if sheet.lists else 0
            found += Score(wrong(sheet.choices), sheet.columns_right(), cost)
    return found


def fit(sheets: Sequence[Decided]) -> dict[str, float]:
    """The averaged weights after some rounds over all decisions, and the thresholds that cost least with them."""
    found = _weights(sheets)
    return found | _thresholds(sheets, found)


def _weights(sheets: Sequence[Decided]) -> dict[str, float]:
    start = {s: value for s, value in weights().items() if not s.endswith(".never") and not s.startswith("ask.")}
    now, summed = dict(start), defaultdict(float)
    for _ in range(ROUNDS):
        for sheet in sheets:
            with other_weights(now):
                lost = [*filter(None, map(_lost, sheet.choices)), *sheet.columns_lost()]
            for right, rival in lost:
                for signs, step in ((right, RATE), (rival, -RATE)):
                    for sign in signs:
                        if sign.sign in now:
                            now[sign.sign] = _held(now[sign.sign] + step * sign.amount, start[sign.sign])
            for sign, value in now.items():
                summed[sign] += value
    return {sign: round(value / (ROUNDS * len(sheets)), 2) for sign, value in summed.items()}


def _lost(choice: Choice) -> tuple[Signs, Signs] | None:
    """The best right answer and what outweighs it, with the weights in force."""
    rights, others = choice
    if not rights or not others:
        return None
    right, rival = max(rights, key=total), max(others, key=total)
    return (right, rival) if total(rival) >= total(right) else None


def _held(value: float, start: float) -> float:
    reach = FARTHEST * abs(start)
    return min(max(value, start - reach), start + reach)


def _thresholds(sheets: Sequence[Decided], fitted: Mapping[str, float]) -> dict[str, float]:
    lists = [sheet.lists for sheet in sheets if sheet.lists]
    found = {sign: value for sign, value in weights().items() if sign.startswith("ask.")}

    def cost(sign: str, value: float) -> int:
        with other_weights({**fitted, **found, sign: value}):
            return sum(each.cost() for each in lists)

    for sign, value in list(found.items()):
        costs = {factor: cost(sign, round(value * factor, 3)) for factor in _STEPS}
        found[sign] = round(value * min(_STEPS, key=costs.__getitem__), 3)
    return found


def held_out(sheets: Sequence[Decided]) -> Score:
    """How each sheet is read by what the sheets of the other folds teach."""
    folds: list[list[Decided]] = [[] for _ in range(FOLDS)]
    for sheet in sheets:
        folds[zlib.crc32(sheet.name.encode()) % FOLDS].append(sheet)
    return sum(
        (score(fold, fit([s for other in folds if other is not fold for s in other])) for fold in folds),
        Score(0, 0, 0),
    )


def write(fitted: Mapping[str, float]) -> None:
    """Put the weights into the file; its words stay."""
    path = resource("import_weights.toml")
    part, lines = "", []
    for line in path.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"\[(\w+)\]", line):
            part = match[1]
        elif (match := re.match(r"(\w+) = (\S+)(.*)", line)) and f"{part}.{match[1]}" in fitted:
            line = f"{match[1]} = {fitted[f'{part}.{match[1]}']}{match[3]}"
        lines.append(line)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fit, say what changed and whether it holds on sheets not fitted on, and write where asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the weights into resources/import_weights.toml")
    options = asked.parse_args()
    sheets = [found for label in labelled() if (found := decided(label)) is not None]
    of = sum(len(sheet.right) for sheet in sheets), sum(sheet.lists is not None for sheet in sheets)
    choices = sum(len(sheet.choices) for sheet in sheets)
    print(f"{len(sheets)} sheets, {choices} headings and lists, {of[0]} columns, {of[1]} files.")
    before, fitted = score(sheets, {}), fit(sheets)
    apart = held_out(sheets)
    print(f"As they stand: {before}.\nFitted on all: {score(sheets, fitted)}.\nHeld out:      {apart}.")
    for sign, value in weights().items():
        if sign in fitted and fitted[sign] != value:
            print(f"  {sign}: {value} -> {fitted[sign]}")
    if options.write and apart.no_worse_than(before):
        write(fitted)
    elif options.write:
        print("Not written: sheets that were held out are read worse.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Fits the weights of the evidence to labelled sheets: ``python -m tests.corpus.fitting [--write]``.

Labels are those of the corpus and of the small inputs of strangers' habits; ``HANDOVER_LABELS`` may name one more JSON
file of the corpus' form with ``HANDOVER_LABELLED`` as the folder of its files. What was right stays as it is: an
averaged perceptron moves a weight only where a wrong reading outweighs the right one, never beyond half of where
somebody set it, and never across zero.
"""

from __future__ import annotations

import argparse
import json
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handover.errors import HandoverError
from handover.exchange.columns.candidates import Candidates
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.memory import Memory
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import Evidence, other_weights, total, weights
from handover.exchange.lists.import_file import ImportFile, open_import
from handover.exchange.rows.lines import columns_of
from handover.exchange.tables.header_rows import header_signs
from handover.registers.catalogue import register
from handover.resource import resource
from tests.corpus.reading import expectations
from tests.exchange.strange_cases import CASES, expected
from tests.strangers import CORPUS

ROUNDS, RATE, FARTHEST = 8, 0.05, 0.5


@dataclass(frozen=True)
class Labelled:
    """A file with what a person saw in it."""

    path: Path
    register: str
    sheet: str | None
    header_row: int | None
    columns: Mapping[str, str | None]


Choice = tuple[tuple[Evidence, ...], list[tuple[Evidence, ...]]]


def labelled() -> Iterator[Labelled]:
    """All sheets with labels that are here."""
    if CORPUS.is_dir():
        yield from _of_corpus(CORPUS, expectations())
    for name, right in expected().items():
        path = next(p for p in CASES.iterdir() if p.stem == name)
        if right.get("columns") and path.suffix in (".xlsx", ".csv"):
            yield Labelled(path, right["register"], right.get("sheet"), right.get("header"), right["columns"])
    if more := os.environ.get("HANDOVER_LABELS"):
        labels = json.loads(Path(more).read_text(encoding="utf-8"))
        yield from _of_corpus(Path(os.environ["HANDOVER_LABELLED"]), labels)


def _of_corpus(folder: Path, labels: Mapping[str, Mapping[str, Any]]) -> Iterator[Labelled]:
    for name, right in labels.items():
        if Path(name).suffix in (".xlsx", ".xls", ".csv", ".ods") and right.get("register") and right.get("columns"):
            yield Labelled(
                folder / name, right["register"], right.get("sheet"), right.get("header_row"), right["columns"]
            )


def choices(label: Labelled) -> Iterator[Choice]:
    """The decisions of a sheet: the signs of what is right, and those of everything else that might be taken."""
    try:
        file = open_import(label.path, memory=Memory(Path(os.devnull)))
        best = file.best(register(label.register), label.sheet)
    except HandoverError:
        return
    yield from _headers(label, file, best.table.sheet)
    columns = [Traits(c) for c in columns_of(file.grid(best.table.sheet), best.table)]
    found = Candidates(register(label.register), columns)
    nothing: tuple[Evidence, ...] = ()
    base = Evidence("column.nothing")
    for column in columns:
        if column.heading not in label.columns:
            continue
        signs = {key: (base, *c.signs) for key, c in found.of[column.column].items()}
        right = label.columns[column.heading] or ""
        if right and right not in signs:
            continue
        yield signs.get(right, nothing), [s for key, s in (*signs.items(), ("", nothing)) if key != right]


def _headers(label: Labelled, file: ImportFile, sheet: str) -> Iterator[Choice]:
    if not label.header_row:
        return
    grid = file.grid(sheet)
    rows = {r: header_signs(grid, r, heading_likeness) for r in range(min(grid.height, 60))}
    right = rows.pop(label.header_row - 1, ())
    if right:
        yield right, [signs for signs in rows.values() if signs]


def wrong(told: Iterable[Choice]) -> int:
    """How many decisions go wrong with the weights in force."""
    return sum(bool(others) and max(map(total, others)) >= total(right) for right, others in told)


def readings_right(labels: Iterable[Labelled]) -> tuple[int, int]:
    """Labelled columns that the whole reading gets right, of how many."""
    right = of = 0
    for label in labels:
        try:
            file = open_import(label.path, memory=Memory(Path(os.devnull)))
            best = file.best(register(label.register), label.sheet)
        except HandoverError:
            continue
        taken = {m.heading: m.field for m in best.mapping.columns}
        of += len(label.columns)
        right += sum(taken.get(heading) == (field or "") for heading, field in label.columns.items())
    return right, of


def fit(told: list[Choice]) -> dict[str, float]:
    """The averaged weights after some rounds over all decisions."""
    start = {sign: value for sign, value in weights().items() if not sign.endswith(".never")}
    now, summed, steps = dict(start), defaultdict(float), 0
    for _ in range(ROUNDS):
        for right, others in told:
            steps += 1
            with other_weights(now):
                rival = max(others, key=total, default=None)
                lost = rival is not None and total(rival) >= total(right)
            if lost and rival is not None:
                for signs, step in ((right, RATE), (rival, -RATE)):
                    for sign in signs:
                        if sign.sign in now:
                            now[sign.sign] = _held(now[sign.sign] + step * sign.amount, start[sign.sign])
            for sign, value in now.items():
                summed[sign] += value
    return {sign: round(value / max(steps, 1), 2) for sign, value in summed.items()}


def _held(value: float, start: float) -> float:
    reach = FARTHEST * abs(start)
    return min(max(value, start - reach), start + reach)


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
    """Fit, say what changed, and write where asked to."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--write", action="store_true", help="write the weights into resources/import_weights.toml")
    options = asked.parse_args()
    labels = list(labelled())
    told = [choice for label in labels for choice in choices(label)]
    before = wrong(told), readings_right(labels)
    fitted = fit(told)
    with other_weights(fitted):
        after = wrong(told), readings_right(labels)
    print(f"{len(labels)} sheets, {len(told)} decisions: {before[0]} wrong by themselves before, {after[0]} after.")
    print(f"Columns right in whole readings: {before[1]} before, {after[1]} after.")
    for sign, value in weights().items():
        if sign in fitted and fitted[sign] != value:
            print(f"  {sign}: {value} -> {fitted[sign]}")
    if options.write and after[1][0] >= before[1][0]:
        write(fitted)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Sheets with labels as decisions: what was right of each, with its signs, and what else might have been taken.

Labels are those of the corpus, of the small inputs of strangers' habits, and of the half of the blind files that may be
fitted on, where ``HANDOVER_BLIND`` names their folder; the kept half is never opened. ``HANDOVER_LABELS`` may name one
more JSON file of the corpus' form with ``HANDOVER_LABELLED`` as the folder of its files.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handover.errors import HandoverError
from handover.exchange.columns.candidates import Candidates
from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.headings import PHASE
from handover.exchange.columns.memory import Memory
from handover.exchange.columns.proposing import propose
from handover.exchange.columns.traits import Traits
from handover.exchange.columns.unlike_lists import unlike
from handover.exchange.evidence import Evidence, total, weight_of
from handover.exchange.lists.best_list import ListChoice, is_poorer_copy, is_weak, list_signs
from handover.exchange.lists.import_file import ImportFile, open_import
from handover.exchange.reading.grid import column_letters
from handover.exchange.rows.lines import columns_of
from handover.exchange.tables.header_rows import header_signs
from handover.registers.catalogue import register
from handover.registers.declare import Register
from tests.corpus.blind import GUARDED, labels
from tests.corpus.reading import expectations
from tests.exchange.strange_cases import CASES, expected
from tests.strangers import CORPUS

Signs = tuple[Evidence, ...]
#: The signs of each right answer, and those of each wrong one.
Choice = tuple[list[Signs], list[Signs]]
_TABLES = (".xlsx", ".xls", ".csv", ".ods")


@dataclass(frozen=True)
class Labelled:
    """A file with what a person saw in it.

    Attributes:
        columns: the fields that are right for a column, "" for none; by heading, or by letter where ``lettered``.
    """

    path: Path
    registers: tuple[str, ...]
    sheet: str | None
    headings: tuple[int, ...]
    columns: Mapping[str, Collection[str]]
    lettered: bool = False


@dataclass
class Lists:
    """The lists that a file may be taken for, each with its signs."""

    stem: str
    none: bool
    choices: list[ListChoice] = field(default_factory=list)
    signs: list[Signs] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)

    def cost(self) -> int:
        """What the choice costs with the weights in force: 0 right, 1 asked, 4 wrong without a word."""
        worth = [total(signs) for signs in self.signs]
        best = max(range(len(worth)), key=worth.__getitem__)
        taken = self.choices[best]
        near = any(
            n != best
            and worth[best] - worth[n] < weight_of("ask.rival")
            and (other.register is not taken.register or _place(other) != _place(taken))
            and not is_poorer_copy(other, taken)
            for n, other in enumerate(self.choices)
        )
        else_named = unlike([m.heading for m in taken.mapping.columns]) is not None  # a list of risks is asked about
        asked = near or else_named or is_weak(taken, self.stem)
        if self.none and asked:
            return 0
        return int(asked) if self.right[best] else 1 if near else 4


@dataclass
class Decided:
    """All that is decided on a labelled sheet, with what is right."""

    name: str
    choices: list[Choice]
    register: Register | None = None
    columns: list[Traits] = field(default_factory=list)
    right: dict[int, Collection[str]] = field(default_factory=dict)
    lists: Lists | None = None

    def columns_right(self) -> int:
        """How many of the labelled columns the whole reading gets right with the weights in force."""
        taken = self._taken()
        return sum(taken.get(column, "") in fields for column, fields in self.right.items())

    def columns_lost(self) -> Iterator[tuple[Signs, Signs]]:
        """For each column that the whole reading gets wrong the signs of what is right and of what was taken."""
        taken = self._taken()
        wrong = {column for column, fields in self.right.items() if taken.get(column, "") not in fields}
        if self.register is None or not wrong:
            return
        candidates = Candidates(self.register, self.columns)
        base = Evidence("column.nothing")
        for column in wrong:
            signs: dict[str, Signs] = {key: (base, *c.signs) for key, c in candidates.of[column].items()} | {"": ()}
            good = [s for key, s in signs.items() if key in self.right[column]]
            if good and taken.get(column, "") in signs:
                yield max(good, key=total), signs[taken.get(column, "")]

    def _taken(self) -> dict[int, str]:
        if self.register is None:
            return {}
        return {m.column: m.field for m in propose(self.register, self.columns).columns}


def labelled() -> Iterator[Labelled]:
    """All sheets with labels that are here."""
    if CORPUS.is_dir():
        yield from _of_corpus(CORPUS, expectations())
    for name, right in expected().items():
        path = next(p for p in CASES.iterdir() if p.stem == name)
        if right.get("columns") and path.suffix in (".xlsx", ".csv"):
            header = (right["header"],) if right.get("header") else ()
            yield Labelled(path, (right["register"],), right.get("sheet"), header, _each(right["columns"]))
    yield from _of_blind()
    if more := os.environ.get("HANDOVER_LABELS"):
        told = json.loads(Path(more).read_text(encoding="utf-8"))
        yield from _of_corpus(Path(os.environ["HANDOVER_LABELLED"]), told)


def _each(columns: Mapping[str, str | None]) -> dict[str, Collection[str]]:
    return {heading: {key or ""} for heading, key in columns.items()}


def _of_corpus(folder: Path, told: Mapping[str, Mapping[str, Any]]) -> Iterator[Labelled]:
    for name, right in told.items():
        if Path(name).suffix in _TABLES and right.get("register") and right.get("columns"):
            header = (right["header_row"],) if right.get("header_row") else ()
            yield Labelled(folder / name, (right["register"],), right.get("sheet"), header, _each(right["columns"]))


def _of_blind() -> Iterator[Labelled]:
    folder = Path(os.environ.get("HANDOVER_BLIND") or os.devnull)
    for label in labels():
        path = folder / label.name
        if label.half != "kept" and path.suffix in _TABLES and path.is_file():
            yield Labelled(path, label.registers, label.sheet or None, label.headings, label.columns, lettered=True)


def decided(label: Labelled) -> Decided | None:
    """The decisions of a sheet; None for a file that can't be read as lists."""
    try:
        file = open_import(label.path, memory=Memory(Path(os.devnull)))
        lists = _lists(label, file) if label.lettered else None
        keys = [key for key in label.registers if key != "none"]
        if not keys:
            return Decided(label.path.name, [], lists=lists)
        best = file.best(register(keys[0]), label.sheet)
    except HandoverError:
        return None
    choices = list(_headers(label, file, best.table.sheet))
    if lists is not None and not lists.none:
        told = list(zip(lists.signs, lists.right, strict=True))
        choices.append(([s for s, right in told if right], [s for s, right in told if not right]))
    found = Decided(label.path.name, choices, lists=lists)
    if not label.headings or best.table.header_row in label.headings:
        found.register = best.register
        found.columns = [Traits(c) for c in columns_of(file.grid(best.table.sheet), best.table)]
        found.right = dict(_right(label, best.register, found.columns))
    return found


def _lists(label: Labelled, file: ImportFile) -> Lists | None:
    lists = Lists(label.path.stem, "none" in label.registers)
    for choice in file.choices():
        sheet = not label.sheet or file.made_of(choice.table.sheet) == label.sheet
        lists.choices.append(choice)
        lists.signs.append(tuple(list_signs(choice, lists.stem)))
        lists.right.append(choice.register.key in label.registers and sheet and _headed(label, file, choice))
    return lists if lists.choices else None


def _headed(label: Labelled, file: ImportFile, choice: ListChoice) -> bool:
    made = file.made_of(choice.table.sheet) != choice.table.sheet
    return made or not label.headings or (choice.table.header_row or 0) in label.headings


def _place(choice: ListChoice) -> tuple[str, tuple[int, ...]]:
    return choice.table.sheet, choice.table.header_rows


def _right(label: Labelled, target: Register, columns: Iterable[Traits]) -> Iterator[tuple[int, Collection[str]]]:
    free = {"", PHASE, *(f.field for f in target.columns)} - GUARDED.get(target.key, frozenset())
    for column in columns:
        if not label.lettered:
            if column.heading in label.columns:
                yield column.column, label.columns[column.heading]
            continue
        said = label.columns.get(column_letters(column.column), ("-",))
        own = {key for key in said if key == PHASE or key in target}
        yield column.column, own | free if "-" in said or not own else own


def _headers(label: Labelled, file: ImportFile, sheet: str) -> Iterator[Choice]:
    if not label.headings:
        return
    grid = file.grid(sheet)
    rows = {r: header_signs(grid, r, heading_likeness) for r in range(min(grid.height, 60))}
    good = [signs for r in label.headings if (signs := rows.get(r - 1, ()))]
    if good:
        yield good, [signs for r, signs in rows.items() if signs and r + 1 not in label.headings]

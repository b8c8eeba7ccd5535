"""Reading a matrix: the heads of both sides, which are paged, ordered and filtered in SQL, and the filled cells alone.

However large it is, a matrix takes a handful of statements: never one a row, a column or a cell.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Select, null, select

from handover.errors import NotFound, Reason
from handover.model import locks
from handover.model.steps import life_of
from handover.registers import picks, query
from handover.registers.catalogue import chapters, of_table
from handover.registers.declare import Column, Field, Register, bound
from handover.registers.linked import Linked
from handover.registers.matrix.declaration import NO_MATRIX, Axis, Matrix, MatrixFinding, MatrixHead, MatrixLine
from handover.registers.matrix.letters import Letters, letters_of
from handover.registers.query import Query
from handover.store.among import among
from handover.values.cells import folded


class MatrixEntry(Protocol):
    """A row of the register in a cell, as SQL gives it.

    Attributes:
        id: its key.
        value: what its value field holds.
        state: its state where its register has a lifecycle, else None.
    """

    id: str
    value: Any  # Any: as above
    state: str | None


@dataclass(frozen=True, slots=True)
class HeadsWanted:
    """Which rows of a side are heads, in which order: a query of their register, from the first on, at most so many."""

    query: Query = field(default_factory=Query)
    first: int = 0
    most: int = 0

    @property
    def narrowed(self) -> bool:
        """Whether it leaves rows out."""
        asked = self.query
        return bool(self.first or self.most or asked.text or asked.view or asked.where)


#: The filled cells of a row, by the key of the head across: one row of the register or more.
Cells = dict[str, tuple[MatrixEntry, ...]]


@dataclass
class MatrixReading:
    """A matrix as it was read.

    Attributes:
        cells: by the keys of the head down and of the head across; empty cells, and empty rows, have no place.
    """

    matrix: Matrix
    letters: Letters
    down: tuple[MatrixHead, ...]
    across: tuple[MatrixHead, ...]
    cells: dict[str, Cells]

    @cached_property
    def down_by_id(self) -> dict[str, MatrixHead]:
        """The heads down by their keys."""
        return {head.id: head for head in self.down}

    @cached_property
    def across_by_id(self) -> dict[str, MatrixHead]:
        """The heads across by their keys."""
        return {head.id: head for head in self.across}

    def entries(self, down: str, across: str) -> tuple[MatrixEntry, ...]:
        """The rows of the register in a cell."""
        return self.cells.get(down, {}).get(across, ())

    def values(self, down: str, across: str) -> tuple[Any, ...]:  # Any: as above
        """The values in a cell, in their order; of a cell that takes one value, the newest."""
        entries = self.entries(down, across)
        return self._values(entries) if entries else ()

    def text(self, down: str, across: str) -> str:
        """What stands in a cell."""
        return self.letters.text(self.values(down, across))

    def line(self, axis: Axis, head: MatrixHead) -> MatrixLine:
        """A row or a column."""
        if axis == "down":
            found = self.cells.get(head.id, {})
        else:
            found = {down: line[head.id] for down, line in self.cells.items() if head.id in line}
        return MatrixLine(axis, head, {key: self._values(entries) for key, entries in found.items()})

    def lines(self, axis: Axis) -> list[MatrixLine]:
        """All rows, or all columns."""
        if axis == "down":
            return [self.line("down", head) for head in self.down]
        turned: dict[str, Cells] = {}
        for down, line in self.cells.items():
            for across, entries in line.items():
                turned.setdefault(across, {})[down] = entries
        return [
            MatrixLine("across", head, {k: self._values(e) for k, e in turned.get(head.id, {}).items()})
            for head in self.across
        ]

    def findings(self, axis: Axis) -> dict[str, list[MatrixFinding]]:
        """What the rules find wrong with the rows, or with the columns, by the key of the head; sound lines aren't in
        it."""
        if self.matrix.rules is None or axis not in self.matrix.judged:
            return {}
        found = {line.head.id: self.matrix.findings(line) for line in self.lines(axis)}
        return {key: findings for key, findings in found.items() if findings}

    def totals(self, line: MatrixLine) -> list[tuple[str, int]]:
        """How often each value stands in a line, by its letter; how many cells are filled where any value may stand."""
        if not self.letters.options:
            return [("Σ", len(line.cells))]
        counted = Counter(value for values in line.cells.values() for value in values)
        return [(each.letter, counted[each.value]) for each in self.letters.options]

    def against(self, down: str, across: str) -> Reason | None:
        """Why a cell can't be changed; None where nothing is against it."""
        for head in (self.down_by_id.get(down), self.across_by_id.get(across)):
            if head is not None and head.held is not None:
                return head.held
        model = self.matrix.register.model
        life = life_of(model)
        for each in self.entries(down, across):
            if life is not None and each.state in life[1].locked:
                row = {"ref": self.matrix.label, life[0]: each.state}
                return locks.refusal(model, row, row, {self.matrix.value_field.attr})
        return None

    def _values(self, entries: Sequence[MatrixEntry]) -> tuple[Any, ...]:  # Any: as above
        if len(entries) == 1:
            return (entries[0].value,) if entries[0].value is not None else ()
        if self.letters.several:
            return self.letters.in_order(each.value for each in entries)
        newest = max(entries, key=lambda each: each.id, default=None)
        return () if newest is None or newest.value is None else (newest.value,)


def matrices() -> tuple[Matrix, ...]:
    """The matrices of all chapters, in their order."""
    return tuple(matrix for chapter in chapters() for matrix in chapter.matrices)


def of_one_entry(matrix: Matrix) -> tuple[Matrix, ...]:
    """The matrices that have one entry with a matrix, itself among them, as they are declared."""
    first = matrix.one_with or matrix.key
    return tuple(each for each in matrices() if first in (each.key, each.one_with))


def matrix_named(name: str) -> Matrix:
    """The matrix of a key, of its page or its register, or of a title. Raises NotFound, naming those that there are."""
    wanted = folded(name.replace("_", " "))
    for each in matrices():
        if wanted in {
            folded(w.replace("_", " ")) for w in (each.key, each.page, each.register.key, each.name, each.label)
        }:
            return each
    raise NotFound(NO_MATRIX, name=name, keys=", ".join(each.key for each in matrices()) or "–")


def read_matrix(
    connection: Connection,
    matrix: Matrix,
    project_id: str,
    down: HeadsWanted | None = None,
    across: HeadsWanted | None = None,
) -> MatrixReading:
    """A matrix of a project, or the part of it that the wanted heads span."""
    down, across = down or HeadsWanted(), across or HeadsWanted()
    rows = heads(connection, matrix, "down", project_id, down)
    columns = heads(connection, matrix, "across", project_id, across)
    statement = _cells(matrix, project_id)
    if down.narrowed:
        statement = statement.where(among(_attribute(matrix, "down"), [head.id for head in rows]))
    if across.narrowed:
        statement = statement.where(among(_attribute(matrix, "across"), [head.id for head in columns]))
    letters = letters_of(connection, matrix, project_id)
    cells = _sorted_into_cells(connection, statement, not matrix.filled_in)
    if not matrix.filled_in:
        columns = _that_have_cells(columns, cells)
    return MatrixReading(matrix, letters, rows, columns, cells)


def _that_have_cells(columns: tuple[MatrixHead, ...], cells: Mapping[str, Cells]) -> tuple[MatrixHead, ...]:
    """The columns in which something stands: an empty one has nothing to tell where nobody can fill it in."""
    used = {across for line in cells.values() for across in line}
    return tuple(head for head in columns if head.id in used)


def read_again(connection: Connection, reading: MatrixReading, project_id: str, down: Sequence[str]) -> MatrixReading:
    """The reading with some of its rows as they are now."""
    statement = _cells(reading.matrix, project_id).where(among(_attribute(reading.matrix, "down"), down))
    fresh = _sorted_into_cells(connection, statement, not reading.matrix.filled_in)
    kept = {key: line for key, line in reading.cells.items() if key not in set(down)}
    return replace(reading, cells={**kept, **fresh})


def heads(
    connection: Connection, matrix: Matrix, axis: Axis, project_id: str, wanted: HeadsWanted
) -> tuple[MatrixHead, ...]:
    """The heads of one side."""
    linked = matrix.down_field if axis == "down" else matrix.across_field
    if linked.pick:
        found = [_of_entry(each) for each in picks.entries(connection, project_id, linked.pick, retired=False)]
        word = folded(wanted.query.text)
        found = [head for head in found if word in folded(f"{head.ref} {head.name}")]
        return tuple(found[wanted.first : wanted.first + wanted.most] if wanted.most else found[wanted.first :])
    target = target_of(linked)
    asked = wanted.query
    mark = matrix.mark if axis == "across" and matrix.mark in target else ""
    if mark and not asked.sort:
        asked = replace(asked, sort=((mark, False),))
    numbers = query.keys(connection, target, project_id, asked, wanted.first + wanted.most if wanted.most else 0)
    fields = [target[key] for key in dict.fromkeys((*([mark] if mark else []), *matrix.facts)) if key in target]
    state = _state_of_owner(matrix, linked, target)
    shown = query.rows(connection, target, numbers[wanted.first :], [*fields, *([state] if state else [])])
    names = query.linked(connection, linked.target, [row.id for row in shown])
    return tuple(_head(row, names[row.id], fields, mark, target, state) for row in shown)


def target_of(linked: Field) -> Register:
    """The register of the rows that a side of a matrix names. Raises NotFound where none lists them."""
    target = of_table(linked.target)
    if target is None:
        raise NotFound(NO_MATRIX, name=linked.target, keys=", ".join(each.key for each in matrices()))
    return target


def _head(
    row: query.ShownRow, named: Linked, fields: Sequence[Field], mark: str, target: Register, state: Field | None
) -> MatrixHead:
    facts: Mapping[str, Any] = dict(zip((f.field for f in fields), row.values, strict=False))
    option = None
    if mark and facts.get(mark) and (words := target[mark].words) is not None:
        option = words[str(facts[mark])]
    held = locks.of_parts(target.model, row.ref, row.values[len(fields)]) if state is not None else None
    return MatrixHead(
        row.id, row.ref, named.name or row.ref, option.label if option else "", option.tone if option else None, facts,
        held,
    )  # fmt: skip


def _of_entry(entry: picks.PickEntry) -> MatrixHead:
    return MatrixHead(entry.id, entry.code, entry.word, "", entry.tone)


def _state_of_owner(matrix: Matrix, linked: Field, target: Register) -> Field | None:
    """The state of the heads where the cells are parts of their rows, which may lock them."""
    part_of, life = matrix.register.part_of, life_of(target.model)
    if matrix.register.model.outlives_lock:
        return None
    if part_of is None or part_of.field != linked.field or life is None:
        return None
    return bound(target.model, Column(life[0], ""), target.key)


def _attribute(matrix: Matrix, axis: Axis) -> Any:  # Any: a mapped attribute
    linked = matrix.down_field if axis == "down" else matrix.across_field
    return getattr(matrix.register.model, linked.attr)


def _cells(matrix: Matrix, project_id: str) -> Select[Any]:
    model = matrix.register.model
    life = life_of(model)
    state = getattr(model, life[0]) if life is not None else null()
    heads = _attribute(matrix, "down"), _attribute(matrix, "across")
    entry = model.id.label("id"), matrix.value_field.of_model.label("value"), state.label("state")
    here = [model.project_id == project_id, model.deleted_at.is_(None)]
    if not matrix.filled_in:
        here += [head.is_not(None) for head in heads]
    return select(*heads, *entry).where(*here)


def _sorted_into_cells(connection: Connection, statement: Select[Any], asked: bool = False) -> dict[str, Cells]:
    """The rows of a matrix in their cells; where ``asked``, without those of which nothing is told."""
    found: dict[str, Cells] = {}
    collecting = gc.isenabled()
    gc.disable()  # nothing of it goes before all of it is there, and looking for that takes half of the time
    try:
        for row in connection.execute(statement).all():
            down, across, entry = row[0], row[1], cast(MatrixEntry, row)
            if row[3] is None and asked:
                continue
            line = found.get(down)
            if line is None:
                line = found[down] = {}
            kept = line.get(across)
            line[across] = (entry,) if kept is None else (*kept, entry)
    finally:
        if collecting:
            gc.enable()
    found.pop(None, None)  # type: ignore[call-overload]  # rows that name nothing on a side have no cell
    return found

"""A matrix that comes back from Excel: which of its cells were changed there, and what becomes of them here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from handover.errors import NotValid, Reason, UnusableFile
from handover.exchange.programs.own_export import read_export
from handover.exchange.programs.recognise import MARK_SHEET
from handover.exchange.reading.grid import Grid, address
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import Source, open_source
from handover.i18n import N_
from handover.jobs import Progress, unattended
from handover.model import Project
from handover.registers.matrix.declaration import BELOW, Matrix, MatrixHead
from handover.registers.matrix.filling import CellsFilled, Place, fill
from handover.registers.matrix.reading import MatrixReading, matrix_named, read_matrix
from handover.store import Workspace
from handover.values.cells import as_text, folded


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell that was changed in the workbook, with what stood in it here and what stands in it there."""

    down: MatrixHead
    across: MatrixHead
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """A cell, row or column of the workbook that can't be taken, and why."""

    address: str
    text: str
    reason: str


@dataclass
class MatrixBack:
    """What a workbook would change in a matrix.

    Attributes:
        wanted: what is to be filled in.
        conflicts: cells that were changed here as well since; ours stand unless theirs were asked for.
    """

    matrix: Matrix
    changes: list[CellChange] = field(default_factory=list)
    conflicts: list[CellChange] = field(default_factory=list)
    refused: list[CellRefusal] = field(default_factory=list)
    wanted: dict[Place, tuple[Any, ...]] = field(default_factory=dict)  # Any: what the value field holds


@dataclass
class _Sheet:
    """A sheet of a matrix as its workbook says: where its heads are, and what stood in its cells."""

    name: str
    key: str
    head: int
    across: dict[int, str] = field(default_factory=dict)
    cells: dict[tuple[str, str], str] = field(default_factory=dict)


def read_back(
    workspace: Workspace,
    project: Project,
    path: Path,
    matrix: Matrix | None = None,
    *,
    theirs: bool = False,
    progress: Progress = unattended,
) -> MatrixBack:
    """What was changed in a workbook with a matrix since it was written. Nothing is stored.

    Args:
        matrix: which one; the only one of the workbook where None.
        theirs: what the workbook says stands in a cell that both sides changed.

    Raises:
        UnusableFile: it can't be read, or holds no matrix of this project that Handover wrote.
    """
    source = open_source(path, progress)
    sheet = _own_sheet(source, project, matrix)
    known = matrix_named(sheet.key)
    grid = read_grid(source, sheet.name, progress)
    with workspace.read() as connection:
        reading = read_matrix(connection, known, project.id)
        return _Comparing(connection, project.id, reading, sheet, theirs).of(grid)


def store_back(workspace: Workspace, project: Project, back: MatrixBack) -> CellsFilled:
    """Have in the matrix what the workbook wants, in one act."""
    return fill(workspace, back.matrix, project.id, back.wanted, source="import")


def _own_sheet(source: Source, project: Project, matrix: Matrix | None) -> _Sheet:
    marks = next((s.name for s in source.sheets if s.name.casefold() == MARK_SHEET), None)
    grid = read_grid(source, marks) if marks is not None else None
    export = read_export(grid) if grid is not None else None
    sheets = list(_sheets(grid)) if grid is not None and export is not None else []
    wanted = [s for s in sheets if matrix is None or s.key == matrix.key]
    if not wanted or export is None:
        raise UnusableFile(
            N_("{file} holds no matrix that Handover wrote. Import it into the register instead."), file=source.file
        )
    if export.project not in (project.id, project.code):
        raise UnusableFile(N_("{file} was written from another project."), file=source.file)
    return wanted[0]


def _sheets(marks: Grid) -> Iterator[_Sheet]:
    found: dict[str, _Sheet] = {}
    for cells in marks.rows:
        line: list[str] = [*map(as_text, cells), "", "", "", "", ""]
        kind, name, rest = line[0], line[1], line[2:]
        if kind == "matrix" and rest[1].isdigit():
            found[name] = _Sheet(name, rest[0], int(rest[1]))
        elif kind == "across" and name in found and rest[0].isdigit():
            found[name].across[int(rest[0]) - 1] = rest[1]
        elif kind == "cell" and name in found:
            found[name].cells[rest[0], rest[1]] = rest[2]
    yield from found.values()


class _Comparing:
    """Holds a sheet against the matrix as it is."""

    def __init__(
        self, connection: Connection, project_id: str, reading: MatrixReading, sheet: _Sheet, theirs: bool
    ) -> None:
        self._connection = connection
        self._project = project_id
        self._reading = reading
        self._sheet = sheet
        self._theirs = theirs
        self._down = _by_words(reading.down)
        self._across = _by_words(reading.across)
        self._found = MatrixBack(reading.matrix)
        self._said: dict[Place, tuple[int, str]] = {}

    def of(self, grid: Grid) -> MatrixBack:
        columns = self._columns(grid)
        for row in range(self._sheet.head, grid.height):
            cells = grid.rows[row]
            if all(cell is None for cell in cells[:2]) or as_text(cells[0]) == BELOW:
                continue
            head = self._down.get(folded(as_text(cells[0]))) or self._down.get(folded(as_text(cells[1])))
            if head is None:
                self._refuse(row, 1, as_text(cells[1]) or as_text(cells[0]), N_("There is no such row here."))
                continue
            for column, across in columns.items():
                self._cell(row, column, as_text(cells[column]) if column < len(cells) else "", head, across)
        return self._found

    def _columns(self, grid: Grid) -> dict[int, MatrixHead]:
        """The heads across by their column: as they were written, further ones by what they are called."""
        found: dict[int, MatrixHead] = {}
        heads = grid.rows[self._sheet.head - 1] if self._sheet.head <= grid.height else ()
        for column, cell in enumerate(heads):
            ref, text = self._sheet.across.get(column), as_text(cell).strip()
            head = self._across.get(folded(ref)) if ref else None
            if head is not None:
                found[column] = head
            elif ref:
                self._refuse(self._sheet.head - 1, column, text, N_("There is no such column here."))
        return found

    def _cell(self, row: int, column: int, text: str, down: MatrixHead, across: MatrixHead) -> None:
        text = text.strip()
        base = self._sheet.cells.get((down.ref, across.ref), "")
        if self._said_otherwise(row, column, text, (down, across)) or text == base:
            return
        reading = self._reading
        try:
            values = reading.letters.read(self._connection, self._project, text)
            before = self._before(base)
        except NotValid as error:
            self._found.refused.append(CellRefusal(address(row, column), text, str(error)))
            return
        now = reading.values(down.id, across.id)
        if values in (before, now):
            return
        held: Reason | None = reading.against(down.id, across.id)
        if held is not None:
            self._found.refused.append(CellRefusal(address(row, column), text, str(held)))
            return
        change = CellChange(down, across, reading.letters.text(now), reading.letters.text(values))
        if now != before:
            self._found.conflicts.append(change)
            if not self._theirs:
                return
        self._found.changes.append(change)
        self._found.wanted[down.id, across.id] = values

    def _said_otherwise(self, row: int, column: int, text: str, heads: tuple[MatrixHead, MatrixHead]) -> bool:
        """Whether another row of the same head speaks for the cell already; where they differ, neither is taken."""
        down, across = heads
        place = down.id, across.id
        first, said = self._said.setdefault(place, (row, text))
        if first == row:
            return False
        if folded(said) != folded(text):
            self._found.wanted.pop(place, None)
            for changes in (self._found.changes, self._found.conflicts):
                changes[:] = [c for c in changes if (c.down.id, c.across.id) != place]
            told = {"name": down.name, "first": first + 1, "second": row + 1}
            message = N_("{name} stands in rows {first} and {second}, which say different things. Neither was taken.")
            self._found.refused.append(CellRefusal(address(row, column), text, str(Reason(message, told))))
        return True

    def _before(self, base: str) -> tuple[Any, ...]:  # Any: as above
        """What stood in a cell when the workbook was written."""
        try:
            return self._reading.letters.meant(self._connection, self._project, base)
        except NotValid:  # an entry of a list that is gone since
            return ()

    def _refuse(self, row: int, column: int, text: str, message: str) -> None:
        self._found.refused.append(CellRefusal(address(row, column), text, str(Reason(message))))


def _by_words(heads: Sequence[MatrixHead]) -> dict[str, MatrixHead]:
    """Heads by their references, and by their names where one alone is called so."""
    names: dict[str, list[MatrixHead]] = {}
    for head in heads:
        names.setdefault(folded(head.name), []).append(head)
    return {
        **{word: called[0] for word, called in names.items() if len(called) == 1 and word},
        **{folded(head.ref): head for head in heads},
    }

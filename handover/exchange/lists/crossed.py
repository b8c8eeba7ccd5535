"""What a table of one thing against another is to a register: its cells, what stands down, or what stands across."""

from __future__ import annotations

from handover.exchange.reading.grid import Grid
from handover.exchange.tables.cross_table import CrossTable, as_list, heads_as_list, own_name, without_cells
from handover.exchange.tables.finding import Table
from handover.i18n import tr
from handover.registers.declare import Field, Register
from handover.registers.matrix.declaration import Matrix
from handover.registers.matrix.reading import matrices
from handover.values.cells import folded


def laid_out(
    register: Register, grid: Grid, table: Table, cross: CrossTable, chosen: bool = True
) -> tuple[Grid, Table]:
    """The grid and the table in which a register finds its rows.

    A register that is a matrix gets a row for each filled cell; any other what stands down, or where that are people,
    what stands across. Letters, ticks and numbers in the cells never become anything else.

    Args:
        chosen: whether somebody named the register; else it is a matrix only where no other one is meant.
    """
    sheet = tr("{sheet}, as a list", sheet=table.sheet)
    for matrix in matrices():
        if (
            matrix.register is register
            and matrix.filled_in
            and _takes(matrix, cross)
            and (chosen or _is_meant(matrix, cross))
        ):
            down, across = matrix.down_field.label, matrix.across_field.label
            if _turned(matrix, cross):
                down, across = across, down
            return as_list(grid, table, cross, (down, across, matrix.value_field.label), sheet)
    if cross.people and cross.signs != "letters" and not _calls(register, own_heading(cross)):
        named = next((register[key] for key in register.display if key in register), register.fields[0])
        return heads_as_list(table, cross, named.label, sheet)
    return grid, without_cells(table, cross)


def holds_cells(register: Register) -> bool:
    """Whether a register's rows are the filled cells of a matrix."""
    return any(matrix.register is register and matrix.filled_in for matrix in matrices())


def own_heading(cross: CrossTable) -> str:
    """What stands over the names down."""
    return own_name(cross.down)


def _takes(matrix: Matrix, cross: CrossTable) -> bool:
    """Whether what stands in the cells are values of a matrix."""
    field = matrix.value_field
    if field.kind.yes_or_no:
        return cross.signs == "ticks"
    if field.kind.numeric:
        return cross.signs == "numbers"
    if field.words is None:
        return cross.signs == "letters" and bool(field.pick)
    known = {folded(option.code) for option in field.words} | {folded(letter) for _, letter in matrix.letters}
    signs = {sign for text in cross.found for sign in text if sign.isalnum()}
    return cross.signs == "letters" and sum(folded(sign) in known for sign in signs) >= 0.8 * len(signs)


def _is_meant(matrix: Matrix, cross: CrossTable) -> bool:
    """Whether it is the first matrix of such signs, or the heading of the names down calls what it has on a side."""
    alike = [m for m in matrices() if m.filled_in and m.across == matrix.across and _takes(m, cross)]
    heading = own_heading(cross)
    named = [m for m in alike if _named(m.down_field, heading)]
    return matrix is (named or alike)[0]


def _turned(matrix: Matrix, cross: CrossTable) -> bool:
    """Whether what the matrix has across stands down here."""
    heading = own_heading(cross)
    return _named(matrix.across_field, heading) and not _named(matrix.down_field, heading)


def _named(field: Field, heading: str) -> bool:
    return folded(heading) in {folded(each) for each in field.headings()}


def _calls(register: Register, heading: str) -> bool:
    """Whether a register has people, so that the names down are its own rows."""
    return any(_named(field, heading) for field in register.entered if field.field in register.display)

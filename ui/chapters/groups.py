"""What working groups have of their own in the window: the RACI of what a group owes, beside its members."""

from __future__ import annotations

from handover.registers.declare import Register
from handover.registers.matrix.reading import matrix_named
from ui.matrix.tab import MatrixTab
from ui.register.details.tab import RowTab
from ui.shell.page import Context


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The RACI of a group's deliverables."""
    if register.key != "groups":
        return []
    matrix = matrix_named("raci")
    return [(matrix.label, MatrixTab(context, matrix, "group"))]

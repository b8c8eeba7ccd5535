"""The rules of a RACI: exactly one decides, somebody does the work, and nobody carries too much of it."""

from __future__ import annotations

from collections.abc import Iterator

from handover.errors import Reason
from handover.i18n import N_
from handover.registers.matrix.declaration import MatrixFinding, MatrixLine

#: How often a party can be R or A in a matrix where it doesn't say.
MOST = 10


def raci_findings(line: MatrixLine) -> Iterator[MatrixFinding]:
    """What is wrong with a row, or the column of a party."""
    return _of_row(line) if line.axis == "down" else _of_party(line)


def _of_row(line: MatrixLine) -> Iterator[MatrixFinding]:
    about = {"ref": line.head.ref, "name": line.head.name}
    deciding = line.holders("A")
    if not deciding:
        yield MatrixFinding(
            N_("No A"), Reason(N_("{ref} {name}: nobody is accountable. Exactly one A decides."), about)
        )
    elif len(deciding) > 1:
        reason = Reason(N_("{ref} {name}: {n} are accountable. Exactly one A decides."), {**about, "n": len(deciding)})
        yield MatrixFinding(N_("{n} × A"), reason, cells=tuple(deciding))
    if not line.holders("R"):
        yield MatrixFinding(
            N_("No R"), Reason(N_("{ref} {name}: nobody is responsible. At least one R does it."), about)
        )


def _of_party(line: MatrixLine) -> Iterator[MatrixFinding]:
    most = line.head.facts.get("most") or MOST
    carried = sum("R" in values or "A" in values for values in line.cells.values())
    if carried > most:
        values = {"name": line.head.name, "n": carried, "most": most}
        reason = Reason(N_("{name} is R or A {n} times; {most} times are the most that it can carry."), values)
        yield MatrixFinding(N_("{n} of at most {most}"), reason, "warning")

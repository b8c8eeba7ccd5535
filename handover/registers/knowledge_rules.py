"""The rules of the knowledge matrix: critical knowledge that fewer than two see themselves doing alone."""

from __future__ import annotations

from collections.abc import Iterator

from handover.errors import Reason
from handover.i18n import N_, NN_
from handover.registers.matrix.declaration import MatrixFinding, MatrixLine

#: From this level on somebody works alone; from this criticality on two must.
_ALONE, _CRITICAL, _LEAST = "3", "4", 2
_FEW = NN_(
    "{ref} {name}: {n} person sees himself or herself working alone; two are needed.",
    "{ref} {name}: {n} people see themselves working alone; two are needed.",
)


def knowledge_findings(line: MatrixLine) -> Iterator[MatrixFinding]:
    """What is wrong with the line of an item; people have no rules."""
    if str(line.head.facts.get("criticality") or "0") < _CRITICAL:
        return
    able = sum(any(str(value) >= _ALONE for value in values) for values in line.cells.values())
    if able < _LEAST:
        values = {"ref": line.head.ref, "name": line.head.name, "n": able}
        reason = Reason(_FEW[0], values, _FEW[1], able)
        yield MatrixFinding(N_("{n} alone"), reason, "danger" if able == 0 else "warning")

"""The reports of past imports: which file, when, by whom, and what became of each row."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.errors import NotFound
from handover.exchange.rows.outcome import OUTCOMES
from handover.i18n import N_
from handover.model.imports import ImportReport, unpack
from handover.registers.declare import Register

#: What a report counts; older revisions are among its new rows.
_COUNTED = tuple(outcome for outcome in OUTCOMES if outcome != "older")


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import as the list of reports shows it.

    Attributes:
        at: UTC as ISO text.
        registers: the keys of the registers that got the rows.
        origin: the program that wrote the file, as in ``recognise.Origin``.
        rows: how many rows came to which verdict.
    """

    id: str
    at: str
    who: str
    registers: tuple[str, ...]
    file: str
    sha256: str
    origin: str
    sheet: str
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """What became of one row of the file; ``row`` as Excel counts it, 0 for a sheet that wasn't taken."""

    row: int
    outcome: str
    ref: str
    reason: str
    sheet: str = ""


def past_imports(connection: Connection, project_id: str) -> list[PastImport]:
    """The imports of a project, the latest first; those that were undone are among them."""
    table = ImportReport
    counts = [getattr(table, outcome) for outcome in _COUNTED]
    query = (
        select(table.id, table.at, table.who, table.register, table.file, table.sha256, table.origin, table.sheet,
               *counts)
        .where(table.project_id == project_id)
        .order_by(table.at.desc(), table.id.desc())
    )  # fmt: skip
    found = []
    for key, at, who, register, file, sha256, origin, sheet, *numbers in connection.execute(query):
        rows = dict(zip(_COUNTED, numbers, strict=True))
        found.append(PastImport(key, at, who, tuple(register.split(",")), file, sha256, origin, sheet, rows))
    return found


def report_lines(connection: Connection, report_id: str) -> list[ReportLine]:
    """The rows of a report in the order of the file. Raises NotFound."""
    found = connection.execute(select(ImportReport.verdicts).where(ImportReport.id == report_id)).scalar()
    if found is None:
        raise NotFound(N_("This import report no longer exists."))
    return [ReportLine(*line) for line in unpack(found)]


def row_of(connection: Connection, register: Register, project_id: str, ref: str) -> str | None:
    """The key of the living row of a reference, None when it is gone."""
    model = register.model
    return connection.execute(
        select(model.id).where(model.project_id == project_id, model.ref == ref, model.deleted_at.is_(None))
    ).scalar_one_or_none()

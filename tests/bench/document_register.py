"""A register of documents in full for the benches: documents with revisions, transmittals with items and receivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from handover.model import Document, Person
from handover.model.base import Row, new_ids
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.registers.pick_acts import pick_or_new
from handover.store import Workspace
from handover.store.work import UnitOfWork
from tests.domain import a_project, a_workspace

#: Of each document so many revisions, and of so many documents one transmittal: 100,000, 300,000 and 20,000.
REVISIONS, PER_TRANSMITTAL, ITEMS = 3, 5, 3
_STATES = ("placeholder", "submitted", "accepted")
_FIRST = dt.date(2025, 1, 6)


def a_full_register(folder: Path, documents: int) -> tuple[Workspace, str]:
    """A workspace with a project of so many documents, three revisions of each, and a transmittal for each five.

    Args:
        documents: 100,000 make 300,000 revisions and 20,000 transmittals.
    """
    workspace = a_workspace(folder)
    project = a_project(workspace, "BENCH")
    with workspace.edit("Documents", project=project, source="import") as work:
        people = _added(work, Person, [{"name": f"Person {n}"} for n in range(20)])
        disciplines = [pick_or_new(work, "discipline", word) for word in ("Process", "仪表", "Electrical")]
        work.session.flush()
        keys = _added(work, Document, [_document(n, disciplines) for n in range(documents)])
    with workspace.edit("Revisions", project=project, source="import") as work:
        revisions = _add_revisions(work, keys)
    with workspace.edit("Transmittals", project=project, source="import") as work:
        sent = _added(work, Transmittal, [_transmittal(n) for n in range(documents // PER_TRANSMITTAL)])
        items = [
            {"transmittal_id": key, "number": at + 1, "revision_id": revisions[(n * ITEMS + at) % len(revisions)],
             "code": "A", "title": f"Manual {n}"}
            for n, key in enumerate(sent)
            for at in range(ITEMS)
        ]  # fmt: skip
        work.insert_many(TransmittalItem, items)
        work.insert_many(Recipient, [{"transmittal_id": key, "number": 1, "person_id": people[n % len(people)],
                                      "role": "action"} for n, key in enumerate(sent)])  # fmt: skip
    return workspace, project


def _added(work: UnitOfWork, model: type[Row], rows: list[dict[str, Any]]) -> list[str]:  # Any: column values
    """Add rows; returns their keys."""
    keys = new_ids(len(rows))
    work.insert_many(model, [{"id": key, **row} for key, row in zip(keys, rows, strict=True)])
    return keys


def _document(n: int, disciplines: list[str]) -> dict[str, Any]:  # Any: column values
    """As the flat bench has them, so that the two can be compared."""
    return {
        "number": f"{n % 90:02}-{n:06}",
        "title": f"{('Manual', '操作规程', 'Data sheet')[n % 3]} of unit {n // 3} 单元",
        "discipline_id": disciplines[n % 3],
        "revision": "C",
        "status": _STATES[n % 3] if n % 3 else "submitted",
        "due_on": f"2026-{n % 12 + 1:02}-15",
    }


def _add_revisions(work: UnitOfWork, documents: list[str]) -> list[str]:
    """The older revisions of documents, whose current one came with them: A and B, superseded."""
    made = []
    for place, code in enumerate(("A", "B")[: REVISIONS - 1]):
        rows = [
            {"document_id": key, "number": place - REVISIONS, "code": code, "status": "superseded",
             "revision_on": (_FIRST + dt.timedelta(n % 400)).isoformat()}
            for n, key in enumerate(documents)
        ]  # fmt: skip
        made += _added(work, Revision, rows)
    return made


def _transmittal(n: int) -> dict[str, Any]:  # Any: as above
    return {
        "subject": f"Delivery {n}",
        "number": f"BENCH-TR-{n:05}",
        "direction": ("out", "in")[n % 2],
        "sent_on": (_FIRST + dt.timedelta(n % 500)).isoformat(),
    }


def counted(workspace: Workspace) -> Iterator[tuple[str, int]]:
    """How many rows each table of it has."""
    with workspace.read() as connection:
        for model in (Document, Revision, Transmittal, TransmittalItem, Recipient):
            yield (
                model.__tablename__,
                connection.exec_driver_sql(f"SELECT count(*) FROM {model.__tablename__}").scalar_one(),
            )

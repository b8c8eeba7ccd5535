"""How long the completeness of 500 systems x 60 types and 10,000 requirements takes to read.

``python -m tests.bench.bench_completeness``; half of the systems are parts of others, whose documents count for them.

The peer, in the same run, is the bare SQL that reads the same cells: each document with all that is asked of it. A
ratio of at most 3 is wanted of the matrix; that of the heat maps is told beside it.
"""

from __future__ import annotations

import datetime as dt
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from handover.model import Document, Milestone, Project, System
from handover.model.base import new_ids
from handover.model.documents.requirement import Requirement
from handover.model.picks.pick import Pick
from handover.registers.figures.completeness_charts import completeness_charts
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.store import Workspace
from tests.bench.bench_matrix import timed

SYSTEMS, TYPES, KINDS, REQUIREMENTS, WANTED = 500, 60, 5, 10_000, 3.0
_BARE = """
SELECT d.id, d.system_id, d.doc_type_id, d.status, d.purpose, r.required_status, r.required_for_id
FROM document d JOIN system s ON s.id = d.system_id
JOIN requirement r ON r.doc_type_id = d.doc_type_id AND r.deleted_at IS NULL
    AND (r.discipline_id IS NULL OR d.discipline_id IS NULL OR r.discipline_id = d.discipline_id)
    AND (r.system_id = d.system_id
         OR r.system_id IS NULL AND (r.system_type_id = s.system_type_id OR r.system_type_id IS NULL))
WHERE d.project_id = ? AND d.deleted_at IS NULL
"""


def a_plant(path: Path) -> Workspace:
    """A workspace in which each system of five types has 60 documents, some of them held."""
    dice = random.Random(7)
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    kinds, types, systems, milestones = (new_ids(n) for n in (KINDS, TYPES, SYSTEMS, 3))
    with workspace.edit("Rows", project=project, source="import") as work:
        work.insert_many(Pick, [{"id": key, "list": "system_type", "code": f"K{n}"} for n, key in enumerate(kinds)])
        work.insert_many(Pick, [{"id": key, "list": "document_type", "code": f"T{n}"} for n, key in enumerate(types)])
        days = (dt.date(2026, 1, 1), dt.date(2027, 1, 1), dt.date(2099, 1, 1))
        work.insert_many(
            Milestone,
            [{"id": key, "name": "M", "planned_on": day} for key, day in zip(milestones, days, strict=True)],
        )  # fmt: skip
        work.insert_many(
            System,
            [
                {"id": key, "code": f"{n:03}", "name": f"System {n}", "system_type_id": kinds[n % KINDS],
                 "parent_id": systems[n // 2] if n % 2 else None}
                for n, key in enumerate(systems)
            ],
        )  # fmt: skip
        asked = [
            {"system_type_id": kind, "doc_type_id": type_, "required_for_id": milestone, "required_status": status}
            for kind in kinds
            for n, type_ in enumerate(types)
            for milestone, status in ((milestones[n % 2], "IFC"), (milestones[2], "IAB"))
        ]
        work.insert_many(Requirement, [*asked, *by_name(REQUIREMENTS - len(asked), systems, types, milestones)])
        documents = [
            {
                "title": "Document",
                "system_id": system,
                "doc_type_id": type_,
                "status": dice.choice(("placeholder", "submitted", "accepted")),
                "purpose": dice.choice(("IFC", "IAB", None)),
            }
            for system in systems
            for type_ in types
        ]
        work.insert_many(Document, documents)
    return workspace


def by_name(
    n: int, systems: Sequence[str], types: Sequence[str], milestones: Sequence[str]
) -> Iterator[dict[str, object]]:
    """Requirements that name their system."""
    for at in range(n):
        yield {"system_id": systems[at % SYSTEMS], "doc_type_id": types[at // SYSTEMS % TYPES],
               "required_for_id": milestones[at % 3], "required_status": "IFU"}  # fmt: skip


def main() -> int:
    """Print the ratios; 1 where one is over what is wanted."""
    with tempfile.TemporaryDirectory() as folder, a_plant(Path(folder) / "plant.handover") as workspace:
        project, matrix = workspace.only_project().id, matrix_named("completeness")

        def bare() -> object:
            with workspace.read() as connection:
                return connection.exec_driver_sql(_BARE, (project,)).all()

        def ours() -> object:
            with workspace.read() as connection:
                return read_matrix(connection, matrix, project)

        def drawn() -> object:
            with workspace.read() as connection:
                return completeness_charts(connection, project)

        for warm in (bare, ours, drawn):
            warm()
        sql, reading, charts = timed(bare), timed(ours), timed(drawn)
    for what, spent in (("matrix", reading), ("heat maps", charts)):
        print(f"completeness, {what}: {spent * 1000:.0f} ms, bare SQL {sql * 1000:.0f} ms: {spent / sql:.2f}")
    return int(reading / sql > WANTED)


if __name__ == "__main__":
    sys.exit(main())

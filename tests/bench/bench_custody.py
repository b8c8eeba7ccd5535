"""How long it takes to say what stands in the way of 1,000 systems with 50,000 open things.

``python -m tests.bench.bench_custody``; the systems are one tree, as one certificate of the whole plant covers them.

The peer, in the same run, is the bare SQL that reads the same rows: the open documents and punch items of a system and
all below it, in the order of their references; for the page, how many there are of each system. At most 3 times that
is wanted of the guard of a certificate, and of the page *What blocks the handover*; the tree of custody is told beside.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from sqlalchemy.orm import Session

from handover.model import Document, Person, Project, System
from handover.model.base import new_ids
from handover.model.custody.guard import WantedCertificate, against
from handover.model.picks.pick import Pick
from handover.model.punch import Punch
from handover.model.signatory import signers_of
from handover.registers.custody.tree import custody_tree
from handover.registers.figures.blockers import blocked
from handover.store import Workspace
from tests.bench.bench_matrix import timed

SYSTEMS, DOCUMENTS, PUNCHES, WANTED = 1_000, 30_000, 20_000, 3.0
_OPEN_DOCUMENTS = (
    "d.deleted_at IS NULL AND d.mandatory IS NOT 0 AND d.status NOT IN ('accepted','superseded','cancelled')"
)
_OPEN_PUNCHES = """p.deleted_at IS NULL AND p.status NOT IN ('verified','void')
    AND (p.category_id IS NULL OR p.category_id IN (SELECT id FROM pick WHERE meaning = 'blocks'))"""
_BELOW = f"""
WITH RECURSIVE below(id) AS (
    SELECT ? UNION SELECT s.id FROM system s JOIN below b ON s.parent_id = b.id WHERE s.deleted_at IS NULL)
SELECT 'document', d.id, d.ref FROM document d WHERE d.system_id IN (SELECT id FROM below) AND {_OPEN_DOCUMENTS}
UNION ALL
SELECT 'punch', p.id, p.ref FROM punch p WHERE p.system_id IN (SELECT id FROM below) AND {_OPEN_PUNCHES}
ORDER BY 1, 3
"""
_BY_SYSTEM = f"""
SELECT 'documents', d.system_id, count(*), sum(d.due_on < date('now')) FROM document d
WHERE d.project_id = ? AND {_OPEN_DOCUMENTS} GROUP BY 2
UNION ALL
SELECT 'punches', p.system_id, count(*), sum(p.due_on < date('now')) FROM punch p
WHERE p.project_id = ? AND {_OPEN_PUNCHES} GROUP BY 2
"""


def a_plant(path: Path) -> tuple[Workspace, str, str]:
    """A workspace with the tree of systems and what is open in them; the project and the system on top."""
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    systems = new_ids(SYSTEMS)
    with workspace.edit("Rows", project=project, source="import") as work:
        builder = work.add(Person(name="Chen Jie", side="project")).id
        operator = work.add(Person(name="Yang Lei", side="operations")).id
        blocks = work.add(Pick(list="punch_category", code="A", meaning="blocks")).id
        work.finish()
        work.insert_many(
            System,
            [
                {"id": key, "code": f"{n:04}", "name": f"System {n}", "custody": "commissioning",
                 "parent_id": systems[(n - 1) // 10] if n else None, "engineering_lead_id": builder,
                 "operations_lead_id": operator}
                for n, key in enumerate(systems)
            ],
        )  # fmt: skip
        work.insert_many(Document, [{"title": "Manual", "system_id": systems[n % SYSTEMS]} for n in range(DOCUMENTS)])
        work.insert_many(
            Punch,
            [
                {"description": "Leaks", "system_id": systems[n % SYSTEMS], "category_id": blocks}
                for n in range(PUNCHES)
            ],
        )
    return workspace, project, systems[0]


def main() -> int:
    """Print the ratios; 1 where one is over what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, project, top = a_plant(Path(folder) / "plant.handover")
        with workspace:

            def bare() -> object:
                with workspace.read() as connection:
                    return connection.exec_driver_sql(_BELOW, (top,)).all()

            def guard() -> object:
                with workspace.read() as connection, Session(connection, autoflush=False) as session:
                    system = session.get_one(System, top)
                    signers = signers_of(session, system)
                    return list(against(session, WantedCertificate("RFOC", "to_operations", system, None, signers)))

            def counted() -> object:
                with workspace.read() as connection:
                    return connection.exec_driver_sql(_BY_SYSTEM, (project, project)).all()

            def page() -> object:
                with workspace.read() as connection:
                    return blocked(connection, project)

            def tree() -> object:
                with workspace.read() as connection:
                    return custody_tree(connection, project)

            for warm in (bare, guard, counted, page, tree):
                warm()
            sql, reasons, counts, pages, trees = (timed(each) for each in (bare, guard, counted, page, tree))
    ratios = {"guard of a certificate": reasons / sql, "page of what blocks": pages / counts}
    print(f"guard of a certificate: {reasons * 1000:.0f} ms, bare SQL {sql * 1000:.0f} ms: {reasons / sql:.2f}")
    print(f"page of what blocks: {pages * 1000:.0f} ms, bare SQL {counts * 1000:.0f} ms: {pages / counts:.2f}")
    print(f"tree of custody: {trees * 1000:.0f} ms")
    return int(any(ratio > WANTED for ratio in ratios.values()))


if __name__ == "__main__":
    sys.exit(main())

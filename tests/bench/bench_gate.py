"""How long it takes to say where a gate of 2,000 criteria stands, and to read the page of readiness by area.

``python -m tests.bench.bench_gate``. The peer, in the same run, is the bare SQL that reads the same: score and counts
by area, and the open criteria with their owners. Both are measured by the time of the processor, as other work on the
machine would change a ratio. One of at most 3 is wanted.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from handover.model import Gate, Person, Project
from handover.model.base import new_ids
from handover.model.readiness.areas import AREA
from handover.model.readiness.criterion import CRITERION_STATUS, Criterion
from handover.registers.figures.readiness import by_area, whole
from handover.registers.readying.gate_standing import gate_keys, gate_standing, open_criteria
from handover.store import Workspace
from tests.bench.processor import processor_time

CRITERIA, WANTED = 2_000, 3.0
_SCORES = """
SELECT area, sum(CASE WHEN status = 'met' THEN weight ELSE 0 END) * 1.0
           / nullif(sum(CASE WHEN status = 'na' THEN 0 ELSE weight END), 0),
       sum(status = 'met'), sum(status = 'na'), sum(status = 'not_met'), sum(status = 'in_progress'), count(*),
       sum(blocker = 1 AND status NOT IN ('met', 'na'))
FROM criterion WHERE gate_id = ? AND deleted_at IS NULL GROUP BY area
"""
_OPEN = """
SELECT c.id, c.ref, c.question, c.area, c.kind, c.status, c.weight, c.blocker, p.name, c.due_on
FROM criterion c LEFT JOIN person p ON p.id = c.owner_id
WHERE c.gate_id = ? AND c.deleted_at IS NULL AND c.status NOT IN ('met', 'na')
ORDER BY c.blocker DESC, c.weight DESC, c.position, c.id
"""


def a_gate(path: Path) -> tuple[Workspace, str, str]:
    """A workspace with one gate of many criteria; with its project and the gate."""
    dice = random.Random(7)
    workspace = Workspace.create(path)
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="Plant")).id
    (gate,), people = new_ids(1), new_ids(50)
    states, areas = [o.code for o in CRITERION_STATUS.options], [o.code for o in AREA]
    with workspace.edit("Rows", project=project, source="import") as work:
        work.insert_many(Person, [{"id": key, "name": f"Person {n}"} for n, key in enumerate(people)])
        work.insert_many(Gate, [{"id": gate, "name": "Gate"}])
        work.insert_many(
            Criterion,
            [
                {"question": f"Criterion {n}", "gate_id": gate, "area": dice.choice(areas),
                 "status": dice.choice(states), "weight": dice.randint(1, 5),
                 "blocker": n % 9 == 0 or None, "owner_id": dice.choice(people),
                 "position": n}
                for n in range(CRITERIA)
            ],
        )  # fmt: skip
    return workspace, project, gate


def main() -> int:
    """Print the ratio; 1 where it is over what is wanted."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, project, gate = a_gate(Path(folder) / "plant.handover")
        with workspace:

            def bare() -> object:
                with workspace.read() as connection:
                    scores = connection.exec_driver_sql(_SCORES, (gate,)).all()
                    return scores, connection.exec_driver_sql(_OPEN, (gate,)).all()

            def ours() -> object:
                with workspace.read() as connection:
                    return gate_standing(connection, project, gate)

            def areas() -> object:
                """What the page of readiness by area reads."""
                with workspace.read() as connection:
                    kept = gate_keys(connection, project), open_criteria(connection, project)
                    return *kept, whole(connection, project), by_area(connection, project)

            sql, reading, page = processor_time(bare), processor_time(ours), processor_time(areas)
    for name, spent in (("gate", reading), ("page of readiness", page)):
        told = f"{name} of {CRITERIA} criteria: {spent * 1000:.1f} ms, bare SQL {sql * 1000:.1f} ms"
        print(f"{told}: {spent / sql:.2f}")
    return int(max(reading, page) / sql > WANTED)


if __name__ == "__main__":
    sys.exit(main())

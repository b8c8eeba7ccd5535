"""Acceptance with 2,000 parameters of 20 readings: its page against another register, its result against bare SQL.

    .venv/bin/python -m tests.bench.bench_acceptance [PARAMETERS]

The page may take twice what the register of punch items takes with as many rows, the overall result three times the
SQL that a person would write for it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handover.model import System
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.results import overall
from handover.model.punch import Punch
from handover.registers.acceptance.measuring import to_measure
from handover.store import Workspace
from tests.bench.bench_register import Window, timed
from tests.domain import a_project, a_row, a_workspace
from ui.register.view import RegisterPage
from ui.theme import style

_EACH = 20
#: As somebody would write it who knows nothing but the rule: the latest reading that is neither struck out, nor in
#: another unit, nor before its campaign, nor read with an instrument out of calibration.
_BARE = """
SELECT result, count(*) FROM (
  SELECT CASE WHEN p.na_because != '' THEN 'na'
    WHEN EXISTS (SELECT 1 FROM waiver w WHERE w.parameter_id = p.id AND w.status = 'approved' AND w.deleted_at IS NULL)
      THEN 'waived'
    WHEN EXISTS (SELECT 1 FROM rectification x WHERE x.parameter_id = p.id AND x.deleted_at IS NULL
      AND x.status IN ('opened', 'in_work', 'awaiting_retest', 'retest_failed')) THEN 'fail'
    ELSE coalesce((SELECT CASE WHEN r.amount < p.lower OR r.amount > p.upper THEN 'fail' ELSE 'pass' END
      FROM parameter_reading r
      LEFT JOIN test_campaign c ON c.id = r.campaign_id LEFT JOIN instrument i ON i.id = r.instrument_id
      WHERE r.parameter_id = p.id AND r.deleted_at IS NULL AND r.void_because IS NULL
        AND coalesce(r.unit = p.unit, 1) AND coalesce(c.starts_on <= r.taken_at, 1)
        AND coalesce(i.calibration_due >= r.taken_at, 1)
      ORDER BY r.taken_at DESC, r.id DESC LIMIT 1), 'pending') END AS result
  FROM acceptance_parameter p WHERE p.deleted_at IS NULL) GROUP BY result
"""


def filled(folder: Path, count: int) -> tuple[Workspace, str]:
    """A workspace with so many parameters, each read twenty times, and as many punch items."""
    workspace = a_workspace(folder)
    project = a_project(workspace, "BENCH")
    system = a_row(workspace, project, System(code="10", name="Pumps")).id
    with workspace.edit("Fill", project=project) as work:
        named = [
            {"no": f"P-{n:05}", "name": f"Gap {n}", "system_id": system, "limits": "9.9~10.1", "unit": "mm"}
            for n in range(count)
        ]
        rows = [{**row, **AcceptanceParameter.consequences(row, row.keys())} for row in named]
        work.insert_many(AcceptanceParameter, rows)
        items = [{"description": f"Item {n}", "system_id": system} for n in range(count)]
        work.insert_many(Punch, items)
    with workspace.read() as connection:
        keys = list(connection.exec_driver_sql("SELECT id FROM acceptance_parameter ORDER BY id").scalars())
    with workspace.edit("Read", project=project, source="import") as work:
        readings = [
            {"parameter_id": key, "value": f"{9.9 + (n + m) % 21 / 100:.2f}", "taken_at": f"2026-05-{m + 1:02} 08:00"}
            for n, key in enumerate(keys)
            for m in range(_EACH)
        ]
        read = [{**row, **ParameterReading.consequences(row, {"value"})} for row in readings]
        work.insert_many(ParameterReading, read)
    return workspace, project


def main() -> None:
    """Fill a workspace, measure its page and its result."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    QApplication.instance() or QApplication(sys.argv[:1])
    style.load_fonts()
    with tempfile.TemporaryDirectory() as folder:
        workspace, project = filled(Path(folder), count)
        window = Window(workspace, project)

        def opened(key: str) -> None:
            page = RegisterPage(window.context, key)
            page.resize(1280, 800)
            page.grab()
            while window.context.jobs:
                QTest.qWait(1)
            page.grab()

        for key in ("punches", "parameters"):  # what is made once in a process isn't the page's
            opened(key)
        punches, parameters = timed(lambda: opened("punches")), timed(lambda: opened("parameters"))
        with workspace.read() as connection:
            bare = timed(lambda: connection.exec_driver_sql(_BARE).all())
            whole = timed(lambda: overall(connection, project))
            table = timed(lambda: to_measure(connection, project))
            assert dict(connection.exec_driver_sql(_BARE).all()) == overall(connection, project).counts
        for name, took, peer in (
            ("page of parameters against that of punch items", parameters, punches),
            ("overall result against bare SQL", whole, bare),
            ("table of readings against bare SQL", table, bare),
        ):
            print(f"{name}: {took / peer:.2f} x ({took * 1000:.0f} ms)")
        window.context.take_workspace(None)


if __name__ == "__main__":
    main()

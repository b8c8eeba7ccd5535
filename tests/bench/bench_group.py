"""Grouping the rows of a large register, against SQLite's own grouping of the same rows.

    .venv/bin/python -m tests.bench.bench_group [ROWS]

Prints what is done beside the window, the order, counts and sums, and the longest that the window's own thread works at
a stretch, in processor time: grouping by few values and by as many as there are rows, folding, unfolding.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from handover.registers.grouping import row_groups
from handover.registers.query import Query, keys
from tests.bench.bench_register import Window, a_register, timed
from ui.theme import style

_PLAIN = "SELECT discipline_id, status, count(*) FROM document WHERE deleted_at IS NULL GROUP BY discipline_id, status"
_GROUPS = ("discipline", "status")


def main() -> None:
    """Fill a workspace, open its page and group its rows."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    app = QApplication(sys.argv[:1])
    style.load_fonts()
    with tempfile.TemporaryDirectory() as folder:
        workspace, project = a_register(Path(folder), rows)
        window = Window(workspace, project)
        window.open()
        window.rest()
        page = window.page
        assert page is not None
        asked = Query(groups=_GROUPS)
        with workspace.read() as connection:
            plain = timed(lambda: connection.exec_driver_sql(_PLAIN).all())
            beside = timed(lambda: row_groups(connection, page.register, project, asked, page.register.fields))
            order = timed(lambda: keys(connection, page.register, project, asked))
        for name, took in (("groups, beside", beside), ("order, beside", order)):
            print(f"{name}: {took / plain:.2f} x ({took * 1000:.0f} ms)")
        page.show()
        app.processEvents()
        for name, act in (
            ("grouped by two fields of few values", lambda: page.filtering.group_by(*_GROUPS)),
            ("one folded", lambda: page.rows.fold(0, None)),
            ("all folded", page.rows.fold_all),
            ("all unfolded", page.rows.unfold_all),
            ("grouped by numbers", lambda: page.filtering.group_by("number")),
            ("all numbers folded", page.rows.fold_all),
            ("all numbers unfolded", page.rows.unfold_all),
            ("no groups", page.filtering.group_by),
        ):
            print(f"{name}: the window works {window.longest_work(act) * 1000:.0f} ms at a stretch")
        window.context.take_workspace(None)


if __name__ == "__main__":
    main()

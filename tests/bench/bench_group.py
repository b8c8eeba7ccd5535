"""Grouping the rows of a large register, against SQLite's own grouping of the same rows.

    .venv/bin/python -m tests.bench.bench_group [ROWS]

Prints what is done beside the window, the order, counts and sums, and what the window's own thread does then: laying
the groups out and showing them, folding one group, folding all of them.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtWidgets import QApplication

from handover.registers.grouping import row_groups
from handover.registers.query import Query, keys
from tests.bench.bench_register import Window, a_register, timed
from ui.register.grid.loader import FoundRows
from ui.theme import style

_PLAIN = "SELECT discipline_id, status, count(*) FROM document WHERE deleted_at IS NULL GROUP BY discipline_id, status"
_GROUPS = ("discipline", "status")


def main() -> None:
    """Fill a workspace, open its page and group its rows."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    app = QApplication.instance() or QApplication(sys.argv[:1])
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
            groups = row_groups(connection, page.register, project, asked, page.register.fields)
            ordered = keys(connection, page.register, project, asked)
        page.filtering.fold(_GROUPS)
        window.rest()
        app.processEvents()
        found = FoundRows(page.query(), ordered, rows, groups=groups)
        shown = timed(lambda: page.rows._take(found))
        one = timed(lambda: page.rows.fold(0, None), 1)
        every = timed(page.rows.fold_all, 1)
        for name, took in (("groups, beside", beside), ("order, beside", order), ("shown, in the window", shown),
                           ("one folded, in the window", one), ("all folded, in the window", every)):  # fmt: skip
            print(f"{name}: {took / plain:.2f} x ({took * 1000:.0f} ms)")
        window.context.take_workspace(None)


if __name__ == "__main__":
    main()

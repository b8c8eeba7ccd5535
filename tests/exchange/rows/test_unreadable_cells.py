"""A cell that can't be taken is blamed once, by its address, and takes no other row with it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from handover.store import Workspace
from tests.exchange.trying import a_file, imported, outcomes, reasons, rows_of, tried

HEAD = ("ID", "Task Name", "Duration", "Start")
GOOD = tuple((n, f"Task {n}", "1 day", dt.date(2026, 3, n)) for n in range(2, 7))


def test_a_name_that_is_too_long_is_not_called_missing_as_well(workspace: Workspace, tmp_path: Path) -> None:
    run = tried(workspace, a_file(tmp_path, (HEAD, *GOOD, (9, "x" * 32_000, "1 day", None))))
    assert reasons(run)[7] == "B7: The text has 32000 characters; at most 500 fit."


def test_a_date_before_1900_or_of_no_calendar_goes_to_the_notes_of_its_row(
    workspace: Workspace, tmp_path: Path
) -> None:
    bad = ((8, "Old", "1 day", "1776-07-04"), (9, "No day", "1 day", "2026-02-30"))
    path = a_file(tmp_path, (HEAD, *GOOD, *bad))
    run = tried(workspace, path)
    assert set(outcomes(run).values()) == {"new"}
    assert reasons(run)[7].startswith("D7: ")
    assert reasons(run)[8].startswith("D8: ")
    imported(workspace, path)
    assert rows_of(workspace, "tasks", "name", "start", "notes")[-2:] == [
        ("Old", None, "Start: 1776-07-04"), ("No day", None, "Start: 2026-02-30"),
    ]  # fmt: skip

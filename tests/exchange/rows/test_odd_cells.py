"""An odd text in a cell that may be empty never costs the row, in no register; nobody comes into being for TBC."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.importing.apply import apply
from handover.registers.catalogue import by_hand
from handover.registers.declare import Field
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, rows_of, tried

ODD: tuple[Any, ...] = (
    "TBC", "✅", "2-3 days", "31/02/2026", "#REF!", "x" * 600, -5, 1e20, "99FS", "1e400", dt.time(3, 4),
    dt.datetime(9999, 12, 31),
)  # fmt: skip


#: What stands in fields that no row can be without and that want more than a name.
WELL_FORMED = {"pattern": "{serial:4}", "codes": "A-Z, 0-99"}


def needed(field: Field, n: int) -> Any:
    """What a field holds that no row can be without."""
    if field.field in WELL_FORMED:
        return WELL_FORMED[field.field]
    if field.words is not None:
        return next(iter(field.words)).code
    return dt.date(2026, 1, 1) if field.kind.dated else f"N{n} name"


def test_an_odd_cell_costs_no_row_of_any_register(workspace: Workspace, tmp_path: Path) -> None:
    for register in by_hand():
        fields = register.entered
        if any(f.required and f.links for f in fields):
            continue  # its rows need some of another register
        rows: list[tuple[Any, ...]] = [tuple(needed(f, 0) if f.required else None for f in fields)]
        for odd in (f for f in fields if not f.required):
            for value in ODD:
                rows.append(tuple(needed(f, len(rows)) if f.required else value if f is odd else None for f in fields))
        headings = tuple(f.headings()[0] for f in fields)
        maps = {heading: f.field for heading, f in zip(headings, fields, strict=True)}
        path = a_file(tmp_path, [headings, *rows], f"{register.key}.xlsx")
        run = tried(workspace, path, register=register.key, maps=maps, date_order="dmy", year=2026, unit="d", header=1)
        assert [(v.row, v.why) for v in run.of("error")] == [], register.key


@pytest.mark.parametrize(("register", "heading", "longest"), [("documents", "Title", 500), ("punches", "Punch", 3500)])
def test_a_name_that_is_too_long_is_cut_and_stands_whole_in_the_notes(
    workspace: Workspace, tmp_path: Path, register: str, heading: str, longest: int
) -> None:
    said = "Leak at flange " * 300
    field = {"documents": "title", "punches": "description"}[register]
    path = a_file(tmp_path, [(heading,), (said,)])
    run = tried(workspace, path, register=register, maps={heading: field})
    assert [(row, str(fault)) for row, fault in run.remarks()] == [
        (2, f"A2: The text has {len(said.strip())} characters; at most {longest} fit.")
    ]
    apply(run, workspace)
    ((name, notes),) = rows_of(workspace, register, field, "notes")
    assert name == said.strip()[: longest - 1] + "…"
    assert said.strip() in notes


def test_nobody_comes_into_being_for_what_is_no_name(workspace: Workspace, tmp_path: Path) -> None:
    rows = [
        ("Task", "Owner", "System"),
        ("A", "TBC", "?"),
        ("B", "待商定", "待定"),
        ("C", "12", "100"),
        ("D", "Ann", "✅"),
    ]
    imported(workspace, a_file(tmp_path, rows), register="tasks")
    assert rows_of(workspace, "people", "name") == [("Ann",)]
    assert rows_of(workspace, "systems", "name") == [("100",)]
    assert rows_of(workspace, "tasks", "notes")[0] == ("Owner: TBC\nSystem: ?",)


def test_a_value_that_wants_another_is_left_to_the_notes(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("Title", "Verified level"), ("Start the pump", 2), ("Stop the pump", None)]
    maps = {"Title": "title", "Verified level": "verified_level"}
    path = a_file(tmp_path, rows)
    run = tried(workspace, path, register="knowledge", maps=maps)
    assert run.rows["new"] == 2 and run.rows["error"] == 0
    ((row, remark),) = run.remarks()
    assert (row, remark.field, str(remark)) == (
        2, "verified_level", "B2: A verified level needs the person who verified it.",
    )  # fmt: skip


def test_done_work_is_done_in_whatever_sign_or_word_a_column_says_it(workspace: Workspace, tmp_path: Path) -> None:
    head = ("No", "Snag", "Action by")
    words = ("已整改", "✅", "CLOSE", "整改中", "⬜")
    rows = [(*head, "Status"), *((n, f"Valve {n}", "Ann", word) for n, word in enumerate(words, 1))]
    run = tried(workspace, a_file(tmp_path, rows), register="punches")
    assert run.found.incoming.values["status"] == ["cleared", "cleared", "cleared", "open", "open"]
    rows = [(*head, "Closed?"), *((n, f"Valve {n}", "Ann", word) for n, word in enumerate(("Y", "N", "CLOSE", None)))]
    run = tried(workspace, a_file(tmp_path, rows), register="punches")
    assert run.found.incoming.values["status"] == ["cleared", "open", "cleared", None]
    assert any("“Closed?” says how far each row is" in str(notice) for notice in run.notices)


def test_a_dash_is_no_code_of_an_outline(workspace: Workspace, tmp_path: Path) -> None:
    rows = [("WBS", "Task"), ("1", "Design"), ("1.1", "Draw"), ("-", "Talk"), ("无", "Walk")]
    run = tried(workspace, a_file(tmp_path, rows), register="tasks")
    assert run.found.incoming.values["wbs"] == ["1", "1.1", None, None]

"""A value that no field holds, put into the file by another program, is shown as unreadable and stops nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from handover.i18n import filled, tr
from handover.model import Document, Project
from handover.registers import show
from handover.registers.catalogue import register, registers
from handover.registers.query import Query, every
from handover.store import Workspace

ODD = ["x", "yesterday", b"\xff\x00\xfe", 10**400, float("nan"), -1.5, "x" * 1_000_000]


@pytest.mark.parametrize("key", [each.key for each in registers()])
def test_no_value_stops_a_field_from_being_shown(key: str) -> None:
    for field in register(key).fields:
        for value in ODD:
            assert isinstance(show.text(field, value), str)


def test_rows_with_odd_values_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "x.handover"
    with Workspace.create(path) as workspace, workspace.edit("p") as work:
        project = work.add(Project(code="P", name="P")).id
        work.add(Document(title="Manual", project_id=project))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE document SET due_on='yesterday', title=x'ff00fe'")
        raw.commit()
    target = register("documents")
    with Workspace.open(path, "read") as workspace, workspace.read() as connection:
        (row,) = every(connection, target, project, Query(), target.fields)
    shown = dict(zip((f.field for f in target.fields), map(show.text, target.fields, row.values), strict=True))
    assert "yesterday" in shown["due_on"] and "unreadable" in shown["title"]


@pytest.mark.parametrize(
    "label", ["{n:0100000000}", "{n.__class__.__mro__}", "{n!r:>999999999}", "{missing}", "{", "}", "{{n}}", "{0}"]
)
def test_a_label_from_a_file_is_no_format_string(label: str) -> None:
    assert len(tr(label, n=5)) <= len(label)
    assert filled("{n} of {n}", {"n": 2}) == "2 of 2"

"""Headings find their fields, surely or less surely, and what the user corrected is remembered."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from handover.errors import NotFound, UnusableFile
from handover.exchange.columns.headings import LEVEL, PHASE
from handover.exchange.columns.mapping import ColumnMapping, SheetColumn
from handover.exchange.columns.memory import Memory
from handover.exchange.columns.proposing import propose
from handover.exchange.importing.apply import apply
from handover.registers.catalogue import register
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, tried

TASKS, DOCUMENTS = register("tasks"), register("documents")


def proposed(target: str, *headings: str, cells: list[list[Any]] | None = None) -> dict[str, str]:
    columns = [SheetColumn(n, (h,) if h else (), (cells or [[]] * len(headings))[n]) for n, h in enumerate(headings)]
    return {m.heading: m.field for m in propose(register(target), columns).columns}


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("TASK NAME", "name"), ("任务名称", "name"), ("工期（天）", "duration"), ("Duration [h]", "duration"),
        ("Est. Duration", "duration"), ("Planned start date", "start"), ("计划开始时间", "start"),
        ("完成百分比", "percent"),
        ("% Complete", "percent"), ("前置任务", "predecessors"), ("Dependencies (WBS #)", "predecessors"),
        ("Outline Level", LEVEL), ("大纲级别", LEVEL), ("阶段", PHASE), ("Responsibel person", "owner"),
        ("实际开始时间", "actual_start"), ("Actual Finish", "actual_finish"), ("Task\nName", "name"),
        ("* Finish", "finish"),
    ],
)  # fmt: skip
def test_a_heading_finds_its_field(heading: str, field: str) -> None:
    assert proposed("tasks", heading)[heading.strip()] == field


@pytest.mark.parametrize(
    "heading", ["Cost", "Active", "Task Mode", "Baseline Start", "Total Slack", "Created by", "金额(元)"]
)
def test_a_heading_that_only_resembles_a_field_is_left_out(heading: str) -> None:
    assert proposed("tasks", heading)[heading] == ""


def test_a_nearly_right_heading_is_taken_with_less_confidence() -> None:
    (exact,) = propose(TASKS, [SheetColumn(0, ("Duration",), [])]).columns
    (similar,) = propose(TASKS, [SheetColumn(0, ("Duratoin",), [])]).columns
    assert similar.field == exact.field == "duration"
    assert exact.confidence >= 0.95
    assert 0.4 <= similar.confidence < 0.95
    assert similar.why == "similar"


def test_what_a_column_holds_overrules_its_heading() -> None:
    found = proposed("tasks", "Task", "Start", cells=[["Check", "Run", "Stop"], ["loud", "quiet", "calm"]])
    assert found["Start"] == ""


def test_columns_without_heading_are_told_by_what_they_hold() -> None:
    days = [date(2026, 3, d) for d in (2, 3, 4, 5)]
    names = ["Check the pumps", "Run the pumps", "Stop the pumps", "Paint the pumps"]
    assert proposed("tasks", "", "", "", cells=[[1.0, 2.0, 3.0, 4.0], names, days]) == {
        "A": "",
        "B": "name",
        "C": "start",
    }


def test_codes_and_row_numbers_called_id_are_told_apart() -> None:
    found = proposed("tasks", "ID", "Unique ID", "Task", cells=[[1.0, 2.0, 3.0], ["1", "1.1", "1.2"], ["A", "B", "C"]])
    assert found == {"ID": "source_id", "Unique ID": "wbs", "Task": "name"}


def test_three_values_show_what_a_column_holds() -> None:
    (mapped,) = propose(TASKS, [SheetColumn(0, ("Task",), ["A", None, "A", "B", "C", "D"])]).columns
    assert mapped.samples == ("A", "B", "C")


def test_a_field_given_to_another_column_leaves_the_first() -> None:
    mapping = propose(DOCUMENTS, [SheetColumn(0, ("Title",), []), SheetColumn(1, ("Remark",), [])])
    changed = mapping.changed(1, "title")
    assert [(m.field, m.why) for m in changed.columns] == [("", ""), ("title", "user")]


def a_corrected_mapping() -> ColumnMapping:
    columns = [SheetColumn(0, ("Job",), ["A"]), SheetColumn(1, ("When",), ["x"])]
    return propose(TASKS, columns).changed(0, "name").changed(1, "notes")


def test_a_correction_is_remembered_for_the_next_file_with_the_same_headings(
    workspace: Workspace, tmp_path: Path
) -> None:
    memory = Memory.own()
    head, rows = ("Thing", "Job"), (("x", "Check"), ("y", "Run"))
    run = tried(workspace, a_file(tmp_path, (head, *rows)), register="tasks", maps={"Thing": "notes", "Job": "name"})
    apply(run, workspace, memory=memory)
    again = tried(workspace, a_file(tmp_path, (head, ("z", "Stop")), "next.xlsx"), register="tasks")
    assert [(m.field, m.why) for m in again.mapping.columns] == [("notes", "remembered"), ("name", "remembered")]


def test_a_saved_mapping_goes_to_a_colleague_and_back(tmp_path: Path) -> None:
    mine, theirs = Memory(tmp_path / "mine.json"), Memory(tmp_path / "theirs.json")
    mine.save("Contractor's list", a_corrected_mapping())
    mine.export("Contractor's list", tmp_path / "mapping.json")
    assert theirs.take(tmp_path / "mapping.json") == "Contractor's list"
    assert theirs.names("tasks") == ["Contractor's list"]
    assert theirs.named("Contractor's list") == {"job": "name", "when": "notes"}
    theirs.forget("Contractor's list")
    with pytest.raises(NotFound):
        theirs.named("Contractor's list")


@pytest.mark.parametrize("text", ["", "[]", '{"format":"x"}', json.dumps({"name": "a", "register": "b", "fields": 1})])
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(text)
    with pytest.raises(UnusableFile, match="no saved mapping"):
        Memory(tmp_path / "mine.json").take(path)


def test_a_damaged_memory_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("{broken")
    memory = Memory(path)
    assert memory.names("tasks") == []
    memory.save("a", a_corrected_mapping())
    assert memory.names("tasks") == ["a"]


def test_column_of_days_is_no_revision() -> None:
    mapping = propose(
        register("documents"),
        [
            SheetColumn(0, ("Document No.",), ["D-1", "D-2"]),
            SheetColumn(1, ("Title",), ["Wall", "Floor"]),
            SheetColumn(2, ("Rev submit",), ["12/03/2026", "13/03/2026"]),
        ],
    )
    assert "revision" not in mapping.by_field


def test_revisions_side_by_side_are_left_with_a_word() -> None:
    columns = [SheetColumn(0, ("Reference",), ["D-1"]), SheetColumn(1, ("Description",), ["Wall details"])]
    heads = ("REV.0 Submit", "REV.0 Date Reply", "REV.1 Submit", "REV.1 Date Reply")
    columns += [SheetColumn(n, (head,), ["12/03/2026"]) for n, head in enumerate(heads, 2)]
    mapping = propose(register("documents"), columns)
    assert {m.column for m in mapping.columns if m.field} == {0, 1}
    assert "from “REV.0 Submit” to “REV.1 Date Reply”" in str(mapping.notices[0])
    assert propose(register("documents"), columns[:4]).notices == ()

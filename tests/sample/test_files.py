"""The files of the sample are ordinary workbooks: the importer recognises every table and column of them."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
from openpyxl import load_workbook

from handover.exchange.columns.heading_words import heading_likeness
from handover.exchange.columns.mapping import SheetColumn
from handover.exchange.columns.proposing import propose
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.exchange.tables import finding
from handover.registers.catalogue import by_hand, register
from handover.sample.files import folder, has_rows, project_facts, to_present

find_tables = partial(finding.find_tables, likeness=heading_likeness)

ROWS = {"punches": 40, "tasks": 159, "documents": 200, "knowledge": 60, "systems": 12, "people": 30, "organisations": 7,
        "groups": 3, "members": 25, "phases": 8, "milestones": 9, "gates": 4, "signatories": 13,
        "deliverables": 25, "raci_parties": 15, "raci": 147,
        "revisions": 61, "reviews": 56, "comments": 38, "transmittals": 8, "transmittal-items": 90, "recipients": 17,
        "transfer-errors": 14, "boxes": 4, "number-schemes": 2, "revision-schemes": 2, "requirements": 7, "picks": 14,
        "holders": 10, "receivers": 11, "verifications": 6, "sessions": 12, "attendances": 18, "coverage": 6,
        "retention-plans": 5, "courses": 8, "trainings": 24, "lessons": 8, "manual-sections": 6,
        "sops": 10, "fault-cases": 60, "group_systems": 12, "goals": 8, "goal_figures": 12, "meetings": 12,
        "attendance": 99, "agenda": 27, "decisions": 30, "actions": 60, "secondments": 10, "secondment_cover": 13,
        "stakeholders": 10, "communications": 10, "score-rules": 2, "score-objections": 2,
        "raci-systems": 49, "raci-milestones": 45,
        "run-rules": 2, "runs": 2, "segments": 13, "interruptions": 3, "ramp-up": 20,
        "waves": 3, "cutover-steps": 40, "rollback-plans": 3, "rehearsals": 6,
        "criteria": 80, "gate-reviews": 5, "gate-signatures": 6, "conditions": 5, "spares": 30, "emergency-plans": 6,
        "drills": 7, "feedback": 8, "pack-definitions": 3, "pack-pages": 1, "pack-covers": 1,
        "parameters": 317, "readings": 301, "rectifications": 6,
        "waivers": 2, "campaigns": 6, "instruments": 16, "tests": 6, "test-steps": 14, "migrations": 4}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", [r.key for r in by_hand() if r.key == "tasks" or has_rows("en", r)])
def test_importer_recognises_table_and_columns(key: str, language: str) -> None:
    file = "task-list.xlsx" if key == "tasks" else f"{key}.csv"
    grid = read_grid(open_source(folder(language) / file))

    (table,) = find_tables(grid)
    columns = [SheetColumn(h.column, h.parts, [grid.rows[r][h.column] for r in table.rows()]) for h in table.headings]
    mapping = propose(register(key), columns)

    assert len(list(table.rows())) == ROWS[key]
    assert [m.heading for m in mapping.columns if not m.field or m.confidence < 0.7] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_task_list_is_laid_out_as_planners_do(language: str) -> None:
    grid = read_grid(open_source(folder(language) / "task-list.xlsx"))
    (table,) = find_tables(grid)
    heads = {h.text: h.column for h in table.headings}
    start = heads["Start" if language == "en" else "开始时间"]
    duration = heads["Duration" if language == "en" else "工期"]

    assert table.header_row == 5  # below the title rows
    assert table.title
    assert grid.indents  # the outline shows in the names
    assert grid.outline_levels
    assert all(isinstance(grid.rows[r][start], dt.date) for r in table.rows())
    assert grid.rows[table.first + 1][duration] == ("1 day" if language == "en" else "1 个工作日")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_both_task_lists_hold_the_same_plan(language: str) -> None:
    plans = []
    for each in ("en", language):
        sheet = load_workbook(folder(each) / "task-list.xlsx").worksheets[0]
        plans.append([[row[c] for c in (0, 1, 4, 5, 8, 9, 10)] for row in sheet.iter_rows(6, values_only=True)])

    assert plans[0] == plans[1]


@pytest.mark.parametrize("today", ["2026-11-16", "2026-11-22", "2026-11-23", "2026-11-15", "2024-02-29", "2027-01-03"])
def test_dates_move_by_whole_weeks_and_never_past_today(today: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", today)
    as_of = dt.date.fromisoformat(project_facts("en")["as_of"])

    shift = to_present(as_of)

    assert shift.days % 7 == 0
    assert 0 <= (dt.date.fromisoformat(today) - (as_of + shift)).days < 7

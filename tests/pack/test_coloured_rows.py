"""Rows in the colours of rules, grouped rows and changes since a moment, in workbooks and documents of a register."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from openpyxl import load_workbook

from handover import clock
from handover.model.vocabulary import Tone
from handover.pack.excel.sheet import FIXED_GROUND, SHADES
from handover.pack.produce import export_register
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.colouring import ColourRule, ToldRule
from handover.registers.query import SINCE, Condition, Query
from handover.store import Workspace
from handover.wording import Text
from tests.domain import a_project, a_workspace
from tests.exchange.trying import tried

SYSTEMS = register("systems")
NAMES = ("Pumps", "Tanks", "Flare", "Pump house")


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace, "P-01", name="Plant")
        rows = [{"code": str(10 * n), "name": name, "area": "North"} for n, name in enumerate(NAMES, 1)]
        editing.add_many(workspace, SYSTEMS, project, rows)
        yield workspace


def a_rule(tone: Tone, name: str, en: str, zh: str) -> ToldRule:
    return ToldRule(ColourRule(tone, condition=Condition("name", "contains", (name,))), Text(en, zh))


RULES = (a_rule("danger", "house", "Houses", "房子"), a_rule("ok", "Pump", "Pumps of all areas", "各种泵"))


def exported(plant: Workspace, path: Path, query: Query | None = None, **said: Any) -> Path:
    export_register(plant, plant.project("P-01"), SYSTEMS, path, query=query, **said)
    return path


def by_name(path: Path) -> dict[str, tuple[str, ...]]:
    """For each row by its name the colour of its first and its last cell, and why it has it."""
    sheet = load_workbook(path)["Systems"]
    heads = [cell.value for cell in sheet[1]]
    name, why = heads.index("System name"), heads.index("Stands out as") if "Stands out as" in heads else -1
    return {
        str(row[name].value): (row[0].fill.fgColor.rgb[2:], row[-1].fill.fgColor.rgb[2:], row[why].value or "")
        for row in sheet.iter_rows(min_row=2)
    }


def test_the_first_rule_that_fits_colours_the_whole_row_and_is_said(plant: Workspace, tmp_path: Path) -> None:
    found = by_name(exported(plant, tmp_path / "s.xlsx", rules=RULES))

    blue, orange = SHADES["ok"][1], SHADES["danger"][1]
    assert found["Pumps"] == (blue, blue, "Pumps of all areas")
    assert found["Pump house"] == (orange, orange, "Houses")
    assert found["Tanks"] == (FIXED_GROUND, "000000", "")


def test_without_rules_there_is_no_column_for_them(plant: Workspace, tmp_path: Path) -> None:
    sheet = load_workbook(exported(plant, tmp_path / "s.xlsx"))["Systems"]

    assert "Stands out as" not in [cell.value for cell in sheet[1]]


def test_a_document_says_which_rule_fits_and_csv_holds_the_fields_alone(plant: Workspace, tmp_path: Path) -> None:
    document = pypdfium2.PdfDocument(exported(plant, tmp_path / "s.pdf", rules=RULES, language="zh"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    with exported(plant, tmp_path / "s.csv", rules=RULES).open(encoding="utf-8-sig") as file:
        heads = next(csv.reader(file))

    assert "各种泵" in text
    assert "Stands out as" not in heads


def test_a_coloured_workbook_comes_back_without_a_change(plant: Workspace, tmp_path: Path) -> None:
    path = exported(plant, tmp_path / "s.xlsx", rules=RULES)

    run = tried(plant, path)

    assert +Counter(run.rows) == {"unchanged": len(NAMES)}


def test_a_line_is_drawn_where_another_group_begins(plant: Workspace, tmp_path: Path) -> None:
    project = plant.project("P-01").id
    rows = [{"code": str(n), "name": f"Loop {n}", "area": "South"} for n in (50, 60)]
    editing.add_many(plant, SYSTEMS, project, rows)

    sheet = load_workbook(exported(plant, tmp_path / "s.xlsx", Query(groups=("area",))))["Systems"]

    area = [cell.value for cell in sheet[1]].index("Area")
    rows_of = list(sheet.iter_rows(min_row=2))
    begins = [n for n, row in enumerate(rows_of) if row[0].border.top.style]
    areas = [row[area].value for row in rows_of]
    assert begins == [n for n in range(1, len(areas)) if areas[n] != areas[n - 1]]
    assert len(begins) == 1


def test_what_was_done_since_a_moment_is_said_of_each_row(
    plant: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + dt.timedelta(days=2)
    moment = (later - dt.timedelta(days=1)).isoformat(timespec="milliseconds")
    monkeypatch.setattr(clock, "now", lambda: later)
    project = plant.project("P-01").id
    with plant.read() as connection:
        ids = dict(connection.exec_driver_sql("SELECT name, id FROM system").all())
    editing.change(plant, SYSTEMS, project, {ids["Pumps"]: {"notes": "Looked at"}})
    editing.delete(plant, SYSTEMS, project, [ids["Tanks"]])
    editing.add_many(plant, SYSTEMS, project, [{"code": "99", "name": "Stack", "area": "North"}])

    found = by_name(exported(plant, tmp_path / "s.xlsx", Query(where=(Condition(SINCE, "after", (moment,)),))))

    said = {name: words for name, (_, _, words) in found.items()}
    assert said == {"Pumps": "Changed since then", "Tanks": "Deleted since then", "Stack": "Added since then"}

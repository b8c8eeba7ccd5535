"""What a gate lacks at its milestone, as a sentence wherever the gate is shown."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.i18n import in_language
from handover.model.gate import Gate
from handover.pack.tables import register_table
from handover.registers import query, show
from handover.registers.catalogue import register
from handover.registers.query import Query
from handover.registers.requiring.listing import list_expected
from handover.wording import Text
from tests.cli.conftest import Run, run
from tests.domain import a_row, a_workspace
from tests.registers.requiring.test_requirements import Plant

__all__ = ["run"]  # a fixture
GATES = register("gates")


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    """Two systems of which a diagram and a manual are asked for the gate's milestone; one of them is held as asked."""
    with a_workspace(tmp_path) as workspace:
        plant = Plant(workspace)
        for type_ in ("Diagram", "Manual"):
            plant.ask(type_, required_for_id=plant.ahead, required_status="IFU")
        plant.ask("Spare list", required_for_id=plant.ahead, mandatory=False)
        plant.ask("Permit", required_for_id=plant.past)
        list_expected(workspace, plant.project)
        a_row(workspace, plant.project, Gate(name="Ready to hand over", milestone_id=plant.ahead))
        a_row(workspace, plant.project, Gate(name="Of no milestone"))
        yield plant


def told(plant: Plant, view: str = "") -> list[tuple[str, str]]:
    """Name and sentence of the gates, in the language in force."""
    fields = [GATES["name"], GATES["missing_documents"]]
    with plant.workspace.read() as connection:
        numbers = query.keys(connection, GATES, plant.project, Query(view=view))
        rows = query.rows(connection, GATES, numbers, fields)
        return [(row.values[0], show.text(fields[1], row.values[1])) for row in rows]


def hold(plant: Plant, type_: str, purpose: str) -> None:
    plant.accepted(type_, plant.water, purpose)
    list_expected(plant.workspace, plant.project)


def test_gate_says_what_is_missing_at_its_milestone(plant: Plant) -> None:
    assert told(plant) == [
        ("Ready to hand over", "4 required documents are missing at Handover."),
        ("Of no milestone", ""),
    ]
    assert [name for name, _ in told(plant, "lacking")] == ["Ready to hand over"]


def test_gate_says_it_in_chinese(plant: Plant) -> None:
    with in_language("zh"):
        assert told(plant)[0][1] == "“Handover”缺少 4 份应交文件。"


def test_what_is_held_is_not_missing_and_the_wrong_status_is_told_apart(plant: Plant) -> None:
    hold(plant, "Diagram", "IFU")
    assert told(plant)[0][1] == "3 required documents are missing at Handover."
    hold(plant, "Manual", "IFR")
    assert told(plant)[0][1] == (
        "2 required documents are missing at Handover. 1 required document is held with the wrong status at Handover."
    )


def test_gate_that_lacks_nothing_says_nothing(plant: Plant) -> None:
    for type_ in ("Diagram", "Manual"):
        for system in (plant.water, plant.power):
            plant.accepted(type_, system, "IAB")
    list_expected(plant.workspace, plant.project)
    assert told(plant)[0][1] == "" and told(plant, "lacking") == []


def test_pack_has_the_sentence_in_both_languages(plant: Plant) -> None:
    table = register_table(plant.workspace, GATES, plant.project)
    place = [column.key for column in table.columns].index("missing_documents")
    assert table.columns[place].in_print
    cell = next(iter(table.rows))[place]
    assert cell == Text("4 required documents are missing at Handover.", "“Handover”缺少 4 份应交文件。")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "4 required documents are missing at Handover."), ("zh", "“Handover”缺少 4 份应交文件。")],
)
def test_command_line_has_the_sentence(plant: Plant, run: Run, language: str, said: str) -> None:
    words = ("--speak", language, "list", plant.workspace.path, "gates", "--project", "P1")
    assert json.loads(run(*words, "--json")[1])[0]["missing_documents"] == said
    assert said[:10] in run(*words)[1]

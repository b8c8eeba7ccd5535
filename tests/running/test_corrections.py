"""What is corrected in the log of a run leaves its trace, which its proof prints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.pack.chapters.runs import run_proof
from handover.pack.outline import Note, TableBlock
from handover.registers.acts import editing
from handover.registers.running.corrections import LogCorrection, corrections_of
from handover.store import Workspace
from handover.wording import shown
from tests.domain import a_workspace
from tests.running.test_runs import SEGMENTS, STOPS, Plant, at


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    with a_workspace(tmp_path) as workspace:
        yield Plant(workspace)


def _corrections(plant: Plant) -> list[LogCorrection]:
    with plant.workspace.read() as connection:
        return corrections_of(connection, plant.run)


def _blocks(workspace: Workspace, run: str) -> tuple[object, ...]:
    return run_proof(workspace, run, "en").sections[0].blocks


def test_what_ends_or_is_answered_for_later_is_no_correction(plant: Plant) -> None:
    segment = plant.segment(0, None)
    stop = plant.stop(36, None, None)

    editing.change(plant.workspace, SEGMENTS, plant.project, {segment: {"to_at": at(36)}})
    editing.change(plant.workspace, STOPS, plant.project, {stop: {"to_at": at(39), "attribution": "external"}})

    assert _corrections(plant) == []
    notes = [block for block in _blocks(plant.workspace, plant.run) if isinstance(block, Note)]
    assert "Nothing in the log was corrected" in shown(notes[-1].text, "en")


def test_changed_times_and_causes_are_told_with_what_stood_before(plant: Plant) -> None:
    plant.segment(0, 36)
    stop = plant.stop(36, 39, "contractor")

    editing.change(plant.workspace, STOPS, plant.project, {stop: {"to_at": at(40), "attribution": "external"}})

    told = [
        (shown(each.field, "en"), shown(each.before, "en"), shown(each.after, "en")) for each in _corrections(plant)
    ]
    assert told == [
        ("To", "2026-03-02 23:00 +08:00", "2026-03-03 00:00 +08:00"),
        ("Answered for by", "Contractor", "From outside (grid, fuel, weather)"),
    ]
    (table,) = [b for b in _blocks(plant.workspace, plant.run) if isinstance(b, TableBlock) and b.key == "corrections"]
    assert [shown(row[2], "en") for row in table.rows] == ["Interruption 1", "Interruption 1"]


def test_entry_that_is_taken_out_is_told(plant: Plant) -> None:
    stop = plant.stop(36, 39, "contractor")

    editing.delete(plant.workspace, STOPS, plant.project, [stop])

    (gone,) = _corrections(plant)
    assert gone.of_entry
    assert (gone.before, gone.after) == ("1", "")

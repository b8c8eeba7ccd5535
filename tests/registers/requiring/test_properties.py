"""What holds of requirements whatever is asked: listing twice, systems that come and go, undo."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from handover.model import Document, System
from handover.model.documents.expected import in_step
from handover.registers.requiring.listing import list_expected, look_ahead
from handover.store.undo import redo, undo
from tests.domain import a_workspace, contents
from tests.registers.requiring.test_requirements import Plant

TYPES = ("Manual", "Diagram", "Permit")
#: A requirement: its type of document, and of what it is asked: every system, pumps, the water system or the project.
ASKED = st.lists(st.tuples(st.sampled_from(TYPES), st.sampled_from(("all", "pumps", "water", "project"))), max_size=6)
#: Documents that are there already: their type and whether of the water system or of the power system.
HELD = st.lists(st.tuples(st.sampled_from(TYPES), st.booleans()), max_size=3)
#: Systems that come: whether they are pumps, and whether they are part of the water system.
COMING = st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=3)
few = settings(max_examples=12, deadline=None)


@contextmanager
def a_plant(asked: list[tuple[str, str]], held: list[tuple[str, bool]]) -> Iterator[Plant]:
    """A plant of which this is asked, and that has these documents."""
    with tempfile.TemporaryDirectory() as folder, a_workspace(Path(folder)) as workspace:
        plant = Plant(workspace)
        whole = plant.entry("system_type", "Whole")
        with workspace.edit("The whole", project=plant.project) as work:
            from handover.model.picks.pick import Pick

            work.get(Pick, whole).meaning = "project"
        of = {"all": {}, "pumps": {"system_type_id": plant.pumps}, "water": {"system_id": plant.water},
              "project": {"system_type_id": whole}}  # fmt: skip
        for type_, place in asked:
            plant.ask(type_, **of[place])
        for type_, water in held:
            plant.document(type_, plant.water if water else plant.power, number=f"N-{type_}", revision="A")
        yield plant


def everything(plant: Plant) -> dict[str, list[tuple[object, ...]]]:
    """All that is stored but the counters, which no undo gives back."""
    return {name: rows for name, rows in contents(plant.workspace.path).items() if name != "counter"}


def documents(plant: Plant) -> list[tuple[object, ...]]:
    """What each living document is of."""
    of = Document
    with plant.workspace.read() as connection:
        query = select(of.title, of.system_id, of.doc_type_id, of.discipline_id).where(of.deleted_at.is_(None))
        return sorted((tuple(row) for row in connection.execute(query)), key=str)


@few
@given(asked=ASKED, held=HELD)
def test_listing_twice_is_the_same_as_once(asked: list[tuple[str, str]], held: list[tuple[str, bool]]) -> None:
    with a_plant(asked, held) as plant:
        first = list_expected(plant.workspace, plant.project)
        once = everything(plant)
        again = list_expected(plant.workspace, plant.project)
        assert (again.new, again.gone) == ((), ())
        assert again.listed == first.listed + len(first.new)
        assert everything(plant) == once


@few
@given(asked=ASKED, held=HELD)
def test_undo_gives_back_exactly_what_was_and_redo_what_came(
    asked: list[tuple[str, str]], held: list[tuple[str, bool]]
) -> None:
    with a_plant(asked, held) as plant:
        before = everything(plant)
        changes = list_expected(plant.workspace, plant.project)
        after = everything(plant)
        if changes.new or changes.gone:
            undo(plant.workspace)
            assert everything(plant) == before
            redo(plant.workspace)
            assert everything(plant) == after


@few
@given(asked=ASKED, held=HELD, coming=COMING)
def test_systems_that_come_keep_step_and_undo_takes_their_documents_along(
    asked: list[tuple[str, str]], held: list[tuple[str, bool]], coming: list[tuple[bool, bool]]
) -> None:
    with a_plant([("Manual", "water"), *asked], held) as plant:
        list_expected(plant.workspace, plant.project)
        with plant.workspace.read() as connection:
            assume(in_step(connection, plant.project))  # where all was there already, nothing was ever listed
        before = documents(plant)
        whole = everything(plant)
        for n, (pumps, below) in enumerate(coming):
            with plant.workspace.edit("Add a system", project=plant.project) as work:
                work.add(System(code=f"9{n}", name=f"S{n}", system_type_id=plant.pumps if pumps else None,
                                parent_id=plant.water if below else None,
                                level="subsystem" if below else "system"))  # fmt: skip
        ahead = look_ahead(plant.workspace, plant.project)
        assert (ahead.new, ahead.gone) == ((), ())
        for _ in coming:
            undo(plant.workspace)
        assert documents(plant) == before and everything(plant) == whole


@few
@given(asked=ASKED, held=HELD, pumps=st.booleans())
def test_system_that_is_taken_off_takes_what_was_expected_of_it_along(
    asked: list[tuple[str, str]], held: list[tuple[str, bool]], pumps: bool
) -> None:
    with a_plant([("Manual", "water"), *asked], held) as plant:
        list_expected(plant.workspace, plant.project)
        before = documents(plant)
        with plant.workspace.edit("Add a system", project=plant.project) as work:
            made = work.add(System(code="90", name="New", system_type_id=plant.pumps if pumps else None)).id
        with plant.workspace.edit("Take it off", project=plant.project) as work:
            work.delete(work.get(System, made))
        assert documents(plant) == before
        assert not look_ahead(plant.workspace, plant.project).new

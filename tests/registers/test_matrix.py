"""A matrix of two registers, shown by that of the RACI: reading it, filling it, and what its rules find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import event, select

from handover.errors import NotFound, NotValid
from handover.model import Project
from handover.model.raci import RaciEntry
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.matrix.filling import CellsFilled, fill
from handover.registers.matrix.letters import letters_of
from handover.registers.matrix.reading import (
    HeadsWanted,
    MatrixReading,
    heads,
    matrix_named,
    read_again,
    read_matrix,
)
from handover.registers.query import Query
from handover.store.undo import redo, undo
from handover.store.workspace import Workspace


@dataclass
class Roles:
    """A project with a RACI: its deliverables and parties by name."""

    workspace: Workspace
    project: str
    down: dict[str, str] = field(default_factory=dict)
    across: dict[str, str] = field(default_factory=dict)

    def put(self, **cells: str) -> CellsFilled:
        """Fill cells, named as ``manual_lead="RA"``; an empty text clears."""
        wanted = {}
        for name, letters in cells.items():
            down, _, across = name.partition("_")
            wanted[self.down[down], self.across[across]] = list(letters)
        return fill(self.workspace, matrix_named("raci"), self.project, wanted)

    def read(self, down: HeadsWanted | None = None, across: HeadsWanted | None = None) -> MatrixReading:
        with self.workspace.read() as connection:
            return read_matrix(connection, matrix_named("raci"), self.project, down, across)

    def text(self, name: str) -> str:
        down, _, across = name.partition("_")
        return self.read().text(self.down[down], self.across[across])

    def found(self, name: str) -> list[str]:
        """What the rules say of a line, in a few words."""
        reading = self.read()
        every = {**reading.findings("down"), **reading.findings("across")}
        return [each.label for each in every.get({**self.down, **self.across}[name], [])]


@pytest.fixture
def roles(tmp_path: Path) -> Iterator[Roles]:
    with Workspace.create(tmp_path / "roles.handover") as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant")).id
        site = Roles(workspace, project)
        for name in ("manual", "training", "spares"):
            site.down[name] = editing.add(workspace, register("deliverables"), project, {"name": name})
        for name, side in (("operator", "operations"), ("lead", "project"), ("vendor", "third")):
            values = {"name": name, "side": side}
            site.across[name] = editing.add(workspace, register("raci_parties"), project, values)
        yield site


def test_heads_across_stand_by_side_and_are_marked_with_it(roles: Roles) -> None:
    found = roles.read().across

    assert [(head.name, head.mark, head.tone) for head in found] == [
        ("lead", "Project side", "info"), ("operator", "Operations side", "ok"), ("vendor", "Third party", "neutral"),
    ]  # fmt: skip


def test_cell_takes_several_letters_a_row_each_in_the_order_of_the_letters(roles: Roles) -> None:
    filled = roles.put(manual_lead="AR", manual_operator="C")

    assert (filled.added, filled.changed, filled.removed) == (3, 0, 0)
    assert (roles.text("manual_lead"), roles.text("manual_operator"), roles.text("spares_lead")) == ("R/A", "C", "")


def test_what_is_filled_in_is_one_act_of_rows_that_undo_takes_back(roles: Roles) -> None:
    roles.put(manual_lead="A", training_lead="A", manual_operator="R")
    undo(roles.workspace)

    assert roles.read().cells == {}
    redo(roles.workspace)
    assert roles.text("training_lead") == "A"


def test_letter_that_comes_back_is_the_row_that_went(roles: Roles) -> None:
    roles.put(manual_lead="R")
    with roles.workspace.read() as connection:
        before = connection.execute(select(RaciEntry.id)).scalars().all()
    roles.put(manual_lead="")
    roles.put(manual_lead="R")

    with roles.workspace.read() as connection:
        assert connection.execute(select(RaciEntry.id)).scalars().all() == before
    assert roles.text("manual_lead") == "R"


def test_deliverable_in_the_bin_takes_its_letters_with_it(roles: Roles) -> None:
    roles.put(manual_lead="R")
    editing.delete(roles.workspace, register("deliverables"), roles.project, [roles.down["manual"]])
    assert roles.read().cells == {}

    undo(roles.workspace)
    assert roles.text("manual_lead") == "R"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({}, ["No A", "No R"]),
        ({"manual_lead": "RA"}, []),
        ({"manual_lead": "A", "manual_vendor": "R"}, []),
        ({"manual_lead": "A", "manual_operator": "A", "manual_vendor": "R"}, ["2 × A"]),
        ({"manual_lead": "A", "manual_vendor": "CI"}, ["No R"]),
    ],
)
def test_deliverable_has_exactly_one_a_and_at_least_one_r(
    roles: Roles, cells: dict[str, str], said: Sequence[str]
) -> None:
    roles.put(**cells)

    assert roles.found("manual") == said


def test_party_with_more_r_and_a_than_it_can_carry_is_told(roles: Roles) -> None:
    parties = register("raci_parties")
    editing.change(roles.workspace, parties, roles.project, {roles.across["lead"]: {"most": 2}})
    roles.put(manual_lead="RA", training_lead="R")
    assert roles.found("lead") == []

    roles.put(spares_lead="A")
    assert roles.found("lead") == ["3 of at most 2"]


def test_heads_are_filtered_ordered_and_paged_in_sql(roles: Roles) -> None:
    roles.put(manual_lead="A", training_operator="R", spares_lead="C")

    part = roles.read(HeadsWanted(Query(text="an", sort=(("name", True),))), HeadsWanted(Query(), first=1, most=1))

    assert [head.name for head in part.down] == ["manual"]
    assert [head.name for head in part.across] == ["operator"]
    assert part.cells == {}
    with roles.workspace.read() as connection:
        paged = heads(connection, matrix_named("raci"), "down", roles.project, HeadsWanted(Query(), 1, 2))
    assert [head.name for head in paged] == ["training", "spares"]


def test_reading_takes_as_many_statements_for_many_rows_as_for_few(roles: Roles) -> None:
    def statements() -> int:
        counted: list[str] = []
        with roles.workspace.read() as connection:
            event.listen(connection, "before_cursor_execute", lambda *args: counted.append(args[2]))
            read_matrix(connection, matrix_named("raci"), roles.project)
        return len(counted)

    few = statements()
    editing.add_many(roles.workspace, register("deliverables"), roles.project, [{"name": f"D{n}"} for n in range(60)])
    roles.put(manual_lead="RACI", training_lead="RACI", spares_vendor="RACI")

    assert statements() == few
    assert few <= 8


def test_rows_are_read_again_alone(roles: Roles) -> None:
    roles.put(manual_lead="A", training_lead="R")
    before = roles.read()
    roles.put(manual_lead="C", training_lead="I")

    with roles.workspace.read() as connection:
        after = read_again(connection, before, roles.project, [roles.down["manual"]])

    assert after.text(roles.down["manual"], roles.across["lead"]) == "C"
    assert after.text(roles.down["training"], roles.across["lead"]) == "R"


def test_totals_count_each_letter(roles: Roles) -> None:
    roles.put(manual_lead="RA", training_lead="R")
    reading = roles.read()

    assert reading.totals(reading.line("across", reading.across[0])) == [("R", 2), ("A", 1), ("C", 0), ("I", 0)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("R", "R"),
        ("ra", "RA"),
        ("A/R", "RA"),
        (" c , i ", "CI"),
        ("", ""),
        ("Accountable: decides", "A"),
        ("负责", "R"),
    ],
)
def test_letters_are_read_as_people_write_them(roles: Roles, text: str, values: str) -> None:
    with roles.workspace.read() as connection:
        letters = letters_of(connection, matrix_named("raci"), roles.project)
        assert letters.read(connection, roles.project, text) == tuple(values)


def test_what_is_no_letter_is_refused_with_those_that_are(roles: Roles) -> None:
    with roles.workspace.read() as connection:
        letters = letters_of(connection, matrix_named("raci"), roles.project)
        with pytest.raises(NotValid, match="“X” is none of R, A, C, I"):
            letters.read(connection, roles.project, "X")


def test_matrix_is_found_by_its_key_its_page_and_its_title() -> None:
    assert {matrix_named(name).key for name in ("raci", "raci_matrix", "RACI matrix")} == {"raci"}
    with pytest.raises(NotFound, match="There is no matrix astrology"):
        matrix_named("astrology")

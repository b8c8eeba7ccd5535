"""Replacing a text in the cells of a register: what is found, what stands against it, one act."""

from __future__ import annotations

from handover.registers.acts.replacing_text import Replacement, found, replace_all
from handover.registers.catalogue import register
from handover.registers.query import Query, one
from handover.store import undo
from tests.registers.conftest import Site

DOCUMENTS = register("documents")
TITLE, NUMBER = DOCUMENTS["title"], DOCUMENTS["number"]


def look(site: Site, old: str, new: str, query: Query | None = None, *, as_written: bool = False) -> list[Replacement]:
    with site.workspace.read() as connection:
        fields = [NUMBER, TITLE, DOCUMENTS["due_on"], DOCUMENTS["status"]]
        wanted = query or Query()
        return found(connection, DOCUMENTS, site.project, wanted, fields, old, new, as_written=as_written)


def test_every_place_is_told_with_what_would_stand_there(site: Site) -> None:
    cells = look(site, "d-1", "X-1")

    assert [(c.ref, c.field.field, c.before, c.after, c.places) for c in cells] == [
        ("DOC-0001", "number", "D-1", "X-1", 1),
        ("DOC-0003", "number", "D-10", "X-10", 1),
    ]
    assert look(site, "d-1", "X-1", as_written=True) == []
    assert look(site, "", "X") == []
    assert look(site, "Outstanding", "X") == []  # the word of a state is no text that people write


def test_signs_are_taken_as_they_are(site: Site) -> None:
    (cell,) = look(site, "100%", r"\\1 (.*)")
    assert cell.after == r"\\1 (.*) load_test"


def test_only_the_rows_of_the_query_are_looked_through(site: Site) -> None:
    assert [c.ref for c in look(site, "-", "/", Query(text="robot"))] == ["DOC-0002"]
    assert [c.ref for c in look(site, "D-", "E-", Query(view="overdue"))] == ["DOC-0001"]


def test_what_locks_a_cell_or_leaves_it_empty_is_told_and_left(site: Site) -> None:
    cells = look(site, "Welding manual", "")
    assert [c.against for c in cells] == ["This field must be filled in."]
    (held,) = look(site, "load_test", "run")  # the document is accepted
    assert held.against

    assert replace_all(site.workspace, DOCUMENTS, site.project, [*cells, held], "x", "y") == 0


def test_all_change_in_one_act_that_one_undo_takes_back(site: Site) -> None:
    n = replace_all(site.workspace, DOCUMENTS, site.project, look(site, "D-", "NEV-"), "D-", "NEV-")
    assert n == 3  # the fourth is accepted

    with site.workspace.read() as connection:
        assert one(connection, DOCUMENTS, site.ids["late"]).values[DOCUMENTS.fields.index(NUMBER)] == "NEV-1"
    undo(site.workspace)
    assert [c.before for c in look(site, "D-1", "x")] == ["D-1", "D-10"]

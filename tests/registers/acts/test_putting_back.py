"""Rows as they were before, given back by their history."""

from __future__ import annotations

import pytest

from handover.errors import NotLawful
from handover.registers.acts import editing
from handover.registers.acts.putting_back import can_go_back, put_back, values_before
from handover.registers.catalogue import register
from handover.registers.query import one
from handover.store.history import history
from handover.store.undo import undo, undo_label
from tests.registers.conftest import Site

DOCUMENTS = register("documents")


def held(site: Site, field: str) -> object:
    with site.workspace.read() as connection:
        row = one(connection, DOCUMENTS, site.ids["late"])
    return row.values[[f.field for f in DOCUMENTS.fields].index(field)]


def change(site: Site, **values: object) -> None:
    editing.change(site.workspace, DOCUMENTS, site.project, {site.ids["late"]: values})


def test_a_row_gets_back_what_it_held_before_an_act_and_all_after_it(site: Site) -> None:
    change(site, title="Second", pages=2)
    change(site, title="Third")
    change(site, system=site.ids["pack"])
    events = history(site.workspace, [site.ids["late"]])

    values = values_before(DOCUMENTS, events, events[2].act)
    assert values == {"title": "Welding manual", "pages": None, "system": site.ids["weld"]}
    put_back(site.workspace, DOCUMENTS, site.project, site.ids["late"], values)

    assert (held(site, "title"), held(site, "pages")) == ("Welding manual", None)
    step = undo_label(site.workspace)
    assert step is not None
    assert step.label == "Put 3 fields of DOC-0001 back"
    undo(site.workspace)
    assert held(site, "title") == "Third"


def test_before_the_act_that_made_a_row_there_is_nothing(site: Site) -> None:
    change(site, title="Second")
    events = history(site.workspace, [site.ids["late"]])

    assert values_before(DOCUMENTS, events, events[-1].act) == {}


def test_a_state_comes_back_by_steps_alone(site: Site) -> None:
    change(site, status="submitted", title="Second")
    events = history(site.workspace, [site.ids["late"]])

    assert values_before(DOCUMENTS, events, events[0].act) == {"title": "Welding manual"}
    assert not can_go_back(DOCUMENTS, DOCUMENTS["status"])
    assert not can_go_back(DOCUMENTS, DOCUMENTS["submitted_on"])


def test_nothing_comes_back_to_a_row_in_the_bin(site: Site) -> None:
    editing.delete(site.workspace, DOCUMENTS, site.project, [site.ids["late"]])

    with pytest.raises(NotLawful, match="is in the bin"):
        put_back(site.workspace, DOCUMENTS, site.project, site.ids["late"], {"title": "Old"})


def test_what_a_field_named_must_still_be_there(site: Site) -> None:
    with pytest.raises(NotLawful, match="System of DOC-0001 named before"):
        put_back(site.workspace, DOCUMENTS, site.project, site.ids["late"], {"system": "0" * 32})
    assert held(site, "title") == "Welding manual"

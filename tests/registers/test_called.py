"""Rows that are called by another row's name, typed and in files."""

from __future__ import annotations

import pytest

from handover.errors import NotValid
from handover.exchange.rows.names import load_targets
from handover.registers import find, query
from handover.registers.acts import editing
from handover.registers.called import calls
from handover.registers.catalogue import register
from tests.registers.conftest import Site


@pytest.fixture
def revisions(site: Site) -> dict[str, str]:
    """Two revisions of the document D-1, by their codes."""
    values = {code: {"document": site.ids["late"], "code": code} for code in ("A", "A1")}
    return {code: editing.add(site.workspace, register("revisions"), site.project, values[code]) for code in values}


@pytest.mark.parametrize(
    "text", ["D-1 A", "d-1 a", "Welding manual A", "D-1 Welding manual A", "D-1 Welding manual – A"]
)
def test_revision_is_found_by_its_document_and_its_code(site: Site, revisions: dict[str, str], text: str) -> None:
    with site.workspace.read() as connection:
        found = find.resolve(connection, site.project, "revision", text)
        in_file = load_targets(connection, site.project, "revision").resolve(text)

    assert (found.id, found.name, in_file) == (revisions["A"], "D-1 Welding manual – A", revisions["A"])
    with site.workspace.read() as connection:
        assert query.linked(connection, "revision", [found.id])[found.id].name == found.name


def test_document_alone_names_no_revision_of_several(site: Site, revisions: dict[str, str]) -> None:
    with site.workspace.read() as connection, pytest.raises(NotValid, match="fits several rows"):
        find.resolve(connection, site.project, "revision", "D-1")


def test_name_of_both_rows_is_a_condition_of_sql(site: Site, revisions: dict[str, str]) -> None:
    shown = register("revisions")
    condition = calls(shown, "D-1 A1")
    assert condition is not None
    with site.workspace.read() as connection:
        found = connection.execute(shown.table.select().where(condition)).all()

    assert [row.id for row in found] == [revisions["A1"]]
    assert calls(register("documents"), "D-1") is None

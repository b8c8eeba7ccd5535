import datetime as dt

import pytest

from handover.errors import NotFound
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.linked import Linked
from handover.registers.query import Condition, Query, count, every, keys, number_of, one, rows
from tests.registers.conftest import Site


def titles(site: Site, query: Query, key: str = "documents", field: str = "title") -> list[str]:
    listed = register(key)
    with site.workspace.read() as connection:
        return [r.values[0] for r in every(connection, listed, site.project, query, [listed[field]])]


def test_rows_come_as_plain_tuples_with_links_by_name(site: Site) -> None:
    documents = register("documents")
    with site.workspace.read() as connection:
        row = one(connection, documents, site.ids["late"])

    values = dict(zip((f.field for f in documents.fields), row.values, strict=True))
    assert row.ref == "DOC-0001"
    assert values["holder"] == Linked(site.ids["zhang"], "PER-0001", "张三")
    assert values["system"].name == "S-10 Body welding"
    assert values["due_on"] == dt.date(2026, 11, 8)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("weld", ["Welding manual", "Robot backup"]),  # the title of one, the system of both
        ("WELD manual", ["Welding manual"]),
        ("张", ["Welding manual"]),  # the name of a person
        ("accepted", ["100% load_test"]),  # the word of a status
        ("DOC-0003", ["电气图"]),
        ("100%", ["100% load_test"]),  # a percent sign is no wildcard
        ("load_", ["100% load_test"]),
        ("nothing like it", []),
    ],
)
def test_quick_filter_finds_what_is_shown(site: Site, text: str, found: list[str]) -> None:
    assert titles(site, Query(text=text)) == found


def test_views_and_conditions_narrow_together(site: Site) -> None:
    assert titles(site, Query(view="overdue")) == ["Welding manual"]
    assert titles(site, Query(view="due_soon")) == ["Robot backup"]
    weld = Condition("system", "is", (site.ids["weld"],))
    assert titles(site, Query(where=(weld, Condition("due_on", "after", (dt.date(2026, 11, 10),))))) == ["Robot backup"]
    assert titles(site, Query(where=(Condition("system", "empty"),))) == ["100% load_test"]
    assert titles(site, Query(where=(Condition("holder", "filled"),))) == ["Welding manual"]
    assert titles(site, Query(where=(Condition("title", "contains", ("test",)),))) == ["100% load_test"]
    assert titles(site, Query(where=(Condition("status", "is_not", ("placeholder",)),))) == ["100% load_test"]
    before = Condition("due_on", "before", (dt.date(2026, 11, 20),))
    assert titles(site, Query(where=(before,))) == ["Welding manual"]


def test_sorting_knows_pinyin_vocabularies_and_links(site: Site) -> None:
    assert titles(site, Query(sort=(("name", False),)), "people", "name") == ["Anna Berg", "张三", "周文"]
    assert titles(site, Query(sort=(("status", True), ("title", False))))[0] == "100% load_test"
    assert titles(site, Query(sort=(("system", True),)))[0] == "电气图"
    assert titles(site, Query(sort=(("due_on", False),)))[:2] == ["Welding manual", "Robot backup"]
    assert titles(site, Query(sort=(("ref", True),)))[-1] == "Welding manual"


def test_pages_keep_the_order_and_leave_out_what_is_gone(site: Site) -> None:
    documents = register("documents")
    with site.workspace.read() as connection:
        found = keys(connection, documents, site.project, Query(sort=(("title", False),)))
        page = rows(connection, documents, [*found[1:3], 999_999], [documents["title"]])
        assert (
            keys(connection, documents, site.project, Query(), 2)
            == keys(connection, documents, site.project, Query())[:2]
        )
        assert number_of(connection, documents, site.ids["late"]) in found

    assert [r.number for r in page] == list(found[1:3])


def test_the_bin_holds_the_deleted_alone(site: Site) -> None:
    documents = register("documents")
    editing.delete(site.workspace, documents, site.project, [site.ids["late"]])

    assert titles(site, Query(bin=True)) == ["Welding manual"]
    with site.workspace.read() as connection:
        assert count(connection, documents, site.project, Query()) == 3


def test_unknown_names_are_told_with_those_that_there_are(site: Site) -> None:
    with pytest.raises(NotFound, match="documents"):
        register("drawings")
    with pytest.raises(NotFound, match="due_on"):
        titles(site, Query(where=(Condition("deadline", "empty"),)))
    with pytest.raises(NotFound):
        titles(site, Query(view="late"))
    assert register("Working groups") is register("working_groups") is register("工作组") is register("groups")

"""The quick filter finds the same with the search index as without it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from handover import i18n
from handover.model import Document, Person, System, Task
from handover.registers.catalogue import register
from handover.registers.narrowing import narrowed
from handover.registers.query import Query, count, keys
from handover.registers.search.filling import catch_up
from handover.store import Workspace
from tests.domain import a_project, a_row
from tests.registers.conftest import Site, a_site

#: Chinese, Japanese, Latin of both cases and widths, marks, ligatures, digits, punctuation, blanks and wild cards.
SIGNS = "换热器泵機一がガ々ABCabcIiİıßéÉÅﬁＡａ１12３.-_%/\\\"'*:(（，)。·℃㎡😀𠮷 \u3000\n\t\u0301\u0131"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=24)


def asked(draw: st.DrawFn, texts: list[str]) -> str:
    """A piece of one of the texts, or any text."""
    source = draw(st.sampled_from([t for t in texts if t] or [""]))
    start = draw(st.integers(0, max(0, len(source) - 1)))
    return draw(st.one_of(st.just(source[start : start + draw(st.integers(1, 8))]), TEXTS))


@st.composite
def rows_and_questions(draw: st.DrawFn) -> tuple[list[dict[str, str]], list[str]]:
    rows = draw(
        st.lists(st.fixed_dictionaries({"title": TEXTS, "notes": TEXTS, "number": TEXTS}), min_size=1, max_size=6)
    )
    texts = [text for row in rows for text in row.values()]
    return rows, [asked(draw, texts) for _ in range(6)]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.create(tmp_path_factory.mktemp("filter") / "filter.handover") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site that is only read, with its texts in the index."""
    with a_site(tmp_path_factory.mktemp("still")) as made:
        catch_up(made.workspace)
        yield made


def both_ways(workspace: Workspace, project: str, key: str, query: Query) -> tuple[list[int], list[int]]:
    listed = register(key)
    with workspace.read() as connection:
        by_index = list(keys(connection, listed, project, query))
        assert count(connection, listed, project, query) == len(by_index)
    with workspace.engine.execution_options(search=None).begin() as connection:
        return by_index, list(keys(connection, listed, project, query))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows_and_questions())
@example(([{"title": "e\u0301tat", "notes": "", "number": ""}], ["e", "tat", "\u0301ta"]))
@example(([{"title": "Straße 3号泵机", "notes": "", "number": "P-1101A"}], ["号泵", "3号泵", "raß", "101"]))
def test_any_part_of_any_text_is_found_alike(
    filled: Workspace, rows_and_questions: tuple[list[dict[str, str]], list[str]]
) -> None:
    rows, questions = rows_and_questions
    project = a_project(filled, f"P{len(filled.projects())}")
    with filled.edit("Fill", project=project) as work:
        work.insert_many(Document, [{**row, "title": row["title"] or "-"} for row in rows])
    assert catch_up(filled)
    for question in questions:
        query = Query(text=question, searched=("title", "notes", "number"))
        by_index, by_columns = both_ways(filled, project, "documents", query)
        assert by_index == by_columns, question


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("key", ["documents", "knowledge", "tasks", "systems", "people", "members"])
@pytest.mark.parametrize(
    "text",
    ["weld", "WELD manual", "张", "电气", "operations", "运营", "2026", "2026-11-08", "DOC-0003", "late", "overdue",
     "逾期", "480", "12", "S-10", "100%", "Nordlicht", "TSK-0001", "not started", "3", "leak test"],
)  # fmt: skip
def test_every_kind_of_field_is_found_alike(still: Site, key: str, text: str, language: str) -> None:
    i18n.use(language)
    every_field = tuple(f.field for f in register(key).fields)
    for query in (Query(text=text), Query(text=text, searched=every_field), Query(text=text, bin=True)):
        by_index, by_columns = both_ways(still.workspace, still.project, key, query)
        assert by_index == by_columns


def is_asked(workspace: Workspace, project: str, key: str, text: str) -> bool:
    listed = register(key)
    with workspace.read() as connection:
        shown = [f for f in listed.fields if f.shown]
        return narrowed(connection, listed, project, text, shown) is not None


def test_the_index_is_asked_only_when_it_holds_the_newest_act(site: Site) -> None:
    assert not is_asked(site.workspace, site.project, "documents", "welding")
    catch_up(site.workspace)
    assert is_asked(site.workspace, site.project, "documents", "welding")
    a_row(site.workspace, site.project, System(code="N", name="New"))
    assert not is_asked(site.workspace, site.project, "documents", "welding")
    catch_up(site.workspace)
    assert is_asked(site.workspace, site.project, "documents", "welding")


def test_what_the_index_cannot_tell_is_asked_of_the_columns(site: Site) -> None:
    catch_up(site.workspace)

    assert not is_asked(site.workspace, site.project, "documents", "we")  # too much has two letters
    assert not is_asked(site.workspace, site.project, "tasks", "overdue")  # depends on the day
    assert not is_asked(site.workspace, site.project, "knowledge", "123")  # may be a computed number
    assert is_asked(site.workspace, site.project, "documents", "电")


def test_within_an_act_the_columns_are_asked(site: Site) -> None:
    catch_up(site.workspace)
    documents = register("documents")
    with site.workspace.edit("Change", project=site.project) as work:
        work.insert_many(Document, [{"title": "Welding in the making"}])
        found = keys(work.session.connection(), documents, site.project, Query(text="making"))
        assert len(found) == 1


def test_a_renamed_link_is_found_alike(site: Site) -> None:
    with site.workspace.edit("Rename", project=site.project) as work:
        work.get(Person, site.ids["zhang"]).name = "章鱼"
        work.get(Task, site.ids["first"]).notes = "章鱼在此"
    catch_up(site.workspace)
    for key in ("documents", "tasks"):
        by_index, by_columns = both_ways(site.workspace, site.project, key, Query(text="章鱼"))
        assert by_index == by_columns
    assert both_ways(site.workspace, site.project, "documents", Query(text="张三")) == ([], [])

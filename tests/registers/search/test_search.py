"""Searching all registers at once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from handover import i18n
from handover.errors import NotLawful
from handover.model import Document, KnowledgeItem, Person, Project, System
from handover.preview import pages
from handover.registers.acts import editing
from handover.registers.acts.emptying import empty_bin
from handover.registers.catalogue import register
from handover.registers.files.attached_files import files_of
from handover.registers.files.attachments import attach, detach
from handover.registers.query import Query, keys
from handover.registers.search.files import take_files
from handover.registers.search.filling import catch_up
from handover.registers.search.finding import MANY, search
from handover.registers.search.following import follow
from handover.store import Workspace, redo, undo
from handover.store.search.text import match_of, name_match_of
from tests.domain import a_project, a_row
from tests.registers.conftest import Site


def found(site: Site, text: str, project: str | None = "") -> list[str]:
    """The names of the rows that a text finds, register by register."""
    groups = search(site.workspace, text, site.project if project == "" else project)
    return [hit.row.name for group in groups for hit in group.hits]


@pytest.fixture
def plant(site: Site) -> Site:
    with site.workspace.edit("Add", project=site.project) as work:
        work.add(Document(title="空气换热器操作规程", number="P-1101A", notes="见第3号泵房"))
        work.add(Document(title="Ｆｕｌｌ width Café", number="x"))
        work.add(KnowledgeItem(title="Priming", notes="Vent the casing first"))
    return site


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("器", ["P-1101A 空气换热器操作规程"]),
        ("换热", ["P-1101A 空气换热器操作规程"]),
        ("换热器操作", ["P-1101A 空气换热器操作规程"]),
        ("热换", []),
        ("操作 空气", ["P-1101A 空气换热器操作规程"]),
        ("hrq", ["P-1101A 空气换热器操作规程"]),
        ("kongqihuan", ["P-1101A 空气换热器操作规程"]),
        ("1101", ["P-1101A 空气换热器操作规程"]),
        ("p-1101a", ["P-1101A 空气换热器操作规程"]),
        ("3号泵", ["P-1101A 空气换热器操作规程"]),
        ("full", ["x Ｆｕｌｌ width Café"]),
        ("ＣＡＦÉ", ["x Ｆｕｌｌ width Café"]),
        ("cas vent", ["Priming"]),
        ("asing", []),
        ("DOC-0003", ["D-10 电气图"]),
        ("zs", ["张三"]),
        ("%", []),
        ("", []),
    ],
)
def test_a_row_is_found_by_what_it_says(plant: Site, text: str, names: list[str]) -> None:
    assert found(plant, text) == names


def test_rows_are_found_by_whom_and_what_they_name_after_those_themselves(site: Site) -> None:
    assert found(site, "张三") == ["张三", "D-1 Welding manual"]
    assert found(site, "welding")[0] == "D-1 Welding manual"
    assert "S-10 Body welding" in found(site, "welding")
    assert "Weld tip dressing" in found(site, "S-10")


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("word", ["Accepted by operations", "运营方已接收"])
def test_choices_are_found_by_their_words_in_either_language(site: Site, language: str, word: str) -> None:
    i18n.use(language)

    assert found(site, word) == ["D-3 100% load_test"] * 2  # the document and its revision


def test_a_hit_tells_where_the_words_stand(plant: Site) -> None:
    (group,) = search(plant.workspace, "casing", plant.project)
    excerpt = group.hits[0].excerpt

    assert excerpt is not None
    assert (excerpt.label, excerpt.text) == ("Notes", "Vent the casing first")
    assert [hit.excerpt for g in search(plant.workspace, "换热器", plant.project) for hit in g.hits] == [None]


def test_one_project_or_all_of_them(site: Site) -> None:
    other = a_project(site.workspace, "P-02")
    a_row(site.workspace, other, Document(title="Welding sequence"))

    assert "Welding sequence" not in found(site, "welding")
    assert "Welding sequence" in found(site, "welding", None)
    assert found(site, "sequence", other) == ["Welding sequence"]


def test_many_rows_are_counted_and_the_first_shown(site: Site) -> None:
    with site.workspace.edit("Many", project=site.project) as work:
        work.insert_many(Document, [{"title": f"Valve {n}"} for n in range(MANY + 5)])
        work.insert_many(System, [{"code": f"V{n}", "name": "Valve"} for n in range(9)])
    groups = {g.register.key: g for g in search(site.workspace, "valve", site.project, limit=4)}

    assert (len(groups["documents"].hits), groups["documents"].total, groups["documents"].many) == (4, MANY, True)
    assert (len(groups["systems"].hits), groups["systems"].total, groups["systems"].many) == (4, 9, False)


def test_what_is_in_the_bin_is_not_found_until_it_is_back(site: Site) -> None:
    documents = register("documents")
    editing.delete(site.workspace, documents, site.project, [site.ids["late"]])
    assert found(site, "manual") == []
    undo(site.workspace)
    assert found(site, "manual") == ["D-1 Welding manual"]
    redo(site.workspace)
    empty_bin(site.workspace, documents, site.project)
    assert found(site, "manual") == []


def test_a_new_name_is_found_in_every_row_that_says_it(site: Site) -> None:
    members, groups = register("members"), register("groups")
    group = editing.add(site.workspace, groups, site.project, {"name": "Paint shop"})
    editing.add(site.workspace, members, site.project, {"group": group, "person": site.ids["anna"]})
    assert found(site, "Anna paint") == ["Anna Berg – Paint shop"]
    with site.workspace.edit("Rename", project=site.project) as work:
        work.get(Person, site.ids["anna"]).name = "Anna Tal"
        work.get(System, site.ids["weld"]).name = "Framing"

    assert found(site, "berg") == []
    assert set(found(site, "tal")) == {"Anna Tal", "Anna Tal – Paint shop"}
    assert {"S-10 Framing", "D-1 Welding manual", "D-2 Robot backup"} <= set(found(site, "framing"))


# -- keeping up ---------------------------------------------------------------------------------------------------

WORDS = ("阀门", "水泵", "pump", "valve", "图纸")


class Acts:
    """A workspace on which acts are carried out, some of them seen by the index at once, others later."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.project = a_project(workspace, f"P{len(workspace.projects())}")
        with workspace.edit("Begin", project=self.project, kind="barrier") as work:  # undo goes no further back
            work.get(Project, self.project).name = "Begun"
        self.rows: list[tuple[type, str]] = []

    def do(self, act: tuple[str, int, str]) -> None:
        what, which, word = act
        if what == "see":
            assert catch_up(self.workspace)
        elif what == "undo" or what == "redo":
            if_there_is_any(undo if what == "undo" else redo, self.workspace)
        elif what == "system":
            self.rows.append((System, a_row(self.workspace, self.project, System(code="S", name=word)).id))
        elif what == "document":
            systems = [key for model, key in self.rows if model is System] or [None]
            row = Document(title=word, system_id=self._present(systems[which % len(systems)]))
            self.rows.append((Document, a_row(self.workspace, self.project, row).id))
        elif what == "empty":
            empty_bin(self.workspace, register("documents"), self.project)
        elif self.rows:
            self._change(what, *self.rows[which % len(self.rows)], word)

    def _present(self, key: str | None) -> str | None:
        with self.workspace.read() as connection:
            found = connection.execute(System.__table__.select().where(System.id == key)).one_or_none()
        return key if found else None

    def _change(self, what: str, model: type, key: str, word: str) -> None:
        with self.workspace.edit("Change", project=self.project) as work:
            row = work.session.get(model, key)
            if row is None:
                return
            if what == "rename":
                setattr(row, "name" if model is System else "title", word)
            elif what == "delete" and row.deleted_at is None:
                work.delete(row)
            elif what == "restore" and row.deleted_at is not None:
                work.restore(row)


def if_there_is_any(move: Callable[[Workspace], object], workspace: Workspace) -> None:
    with contextlib.suppress(NotLawful):
        move(workspace)


def everything(workspace: Workspace) -> dict[str, list[str]]:
    """For each word the rows that the index finds by it."""
    answers = {}
    for word in (*WORDS, "sb", "fm"):
        matches = workspace.search.matches(match_of(word), name_match_of(word), None, 1000)
        assert matches is not None
        answers[word] = sorted((row.row_id, row.rank) for rows in matches.values() for row in rows.rows)
    return answers


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.create(tmp_path_factory.mktemp("kept") / "kept.handover") as workspace:
        yield workspace


ACTS = st.tuples(
    st.sampled_from(
        ("system", "document", "document", "rename", "rename", "delete", "restore", "undo", "redo", "empty", "see")
    ),
    st.integers(0, 9),
    st.sampled_from(WORDS),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=3, max_size=14))
def test_following_the_log_comes_to_the_same_as_beginning_anew(
    kept: Workspace, acts: list[tuple[str, int, str]]
) -> None:
    site = Acts(kept)
    for act in acts:
        site.do(act)
    assert catch_up(kept)
    followed = everything(kept)
    kept.search.begin_anew()
    assert catch_up(kept)

    assert everything(kept) == followed


def test_links_between_rows_are_followed(site: Site) -> None:
    catch_up(site.workspace)
    tasks = register("tasks")
    link = [(site.ids["first"], "FS", 0.0, "working")]
    editing.change(site.workspace, tasks, site.project, {site.ids["second"]: {"predecessors": link}})
    catch_up(site.workspace)
    with site.workspace.read() as connection:
        assert len(keys(connection, tasks, site.project, Query(text="TSK-0001", searched=("predecessors",)))) == 2


def test_the_index_follows_beside_the_work_until_the_workspace_closes(site: Site) -> None:
    follow(site.workspace)
    a_row(site.workspace, site.project, Document(title="Fresh"))
    site.workspace.close()

    assert site.workspace._closing == []


# -- texts of what belongs to rows ---------------------------------------------------------------------------------


def a_pdf(path: Path, words: str) -> Path:
    canvas = Canvas(str(path))
    canvas.drawString(100, 700, words)
    canvas.save()
    return path


def test_texts_of_attached_files_are_found_with_their_row(site: Site, tmp_path: Path) -> None:
    documents, late = register("documents"), site.ids["late"]
    pdf = a_pdf(tmp_path / "torque.pdf", "Torque of the flange bolts")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 broken")
    attach(site.workspace, documents, site.project, [(late, pdf), (late, tmp_path / "bad.pdf")])
    assert found(site, "flange") == []

    take_files(site.workspace)

    (group,) = search(site.workspace, "flange", site.project)
    assert group.hits[0].row.name == "D-1 Welding manual"
    assert group.hits[0].excerpt is not None
    assert group.hits[0].excerpt.label == "torque.pdf"
    editing.delete(site.workspace, documents, site.project, [late])
    assert found(site, "flange") == []
    undo(site.workspace)
    assert found(site, "flange") == ["D-1 Welding manual"]

    detach(site.workspace, site.project, [file.id for file in files_of(site.workspace, late)])
    take_files(site.workspace)
    assert found(site, "flange") == []


def test_a_file_is_read_once_and_one_that_is_missing_when_it_is_back(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pdf = a_pdf(tmp_path / "torque.pdf", "Torque of the flange bolts")
    attach(site.workspace, register("documents"), site.project, [(site.ids["late"], pdf)])
    away = site.workspace.blobs.folder.rename(tmp_path / "away")
    catch_up(site.workspace)
    take_files(site.workspace)
    assert found(site, "flange") == []

    away.rename(site.workspace.blobs.folder)
    take_files(site.workspace)
    assert found(site, "flange") == ["D-1 Welding manual"]

    read: list[str] = []
    monkeypatch.setattr(pages, "texts", lambda files, _progress: read.extend(f.name for f in files) or [])
    take_files(site.workspace)
    assert read == []


def test_a_project_of_another_name_changes_nothing(site: Site) -> None:
    catch_up(site.workspace)
    with site.workspace.edit("Rename", project=site.project) as work:
        work.get(Project, site.project).name = "Other"

    assert found(site, "manual") == ["D-1 Welding manual"]

"""A register with a column that takes its values from a list, for every way in and out."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from handover.cli.__main__ import main
from handover.errors import NotLawful, NotValid
from handover.i18n import in_language
from handover.model import Project
from handover.model.base import Row
from handover.model.picks.pick import means, pick, uses
from handover.pack.produce import export_register
from handover.registers import pick_acts, picks, show
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import declare, register, withdraw
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register
from handover.registers.kinds import Kind
from handover.registers.query import Condition, Query, every
from handover.store.checking.check import check
from handover.store.undo import undo
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, imported, tried


class Snag(Row):
    __tablename__ = "snag"
    prefix = "SNG"

    title: Mapped[str] = mapped_column(String(60))
    category_id: Mapped[str | None] = pick("punch_category")
    trade_id: Mapped[str | None] = pick("discipline")

    @classmethod
    def blocking(cls):
        return means(cls.category_id, "blocks")


SNAGS = Register(
    key="snags",
    model=Snag,
    name="Snags",
    columns=(Column("title", "Title"), Column("category", "Category"), Column("trade", "Trade")),
    display=("title",),
    match=(("title",),),
)


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    declare(Chapter("snags", "Snags", "acceptance", (SNAGS,)))
    yield
    withdraw("snags")


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.create(tmp_path / "plant.handover") as workspace:
        with workspace.edit("Project") as work:
            add_project(work, Project(code="P-01", name="Plant"))
        yield workspace


def project_of(workspace: Workspace) -> str:
    return workspace.projects()[0].id


def entry_of(workspace: Workspace, key: str, code: str) -> picks.PickEntry:
    with workspace.read() as connection:
        return next(e for e in picks.entries(connection, project_of(workspace), key) if e.code == code)


def typed(workspace: Workspace, field: str, text: str) -> str:
    with workspace.read() as connection:
        good, bad = editing.check(connection, SNAGS, project_of(workspace), {"x": {field: text}})
    if bad:
        raise bad[0].reason
    return good["x"][field]


def a_snag(workspace: Workspace, title: str, code: str) -> str:
    values = {"title": title, "category": entry_of(workspace, "punch_category", code).id}
    return editing.add(workspace, SNAGS, project_of(workspace), values)


def listed(workspace: Workspace, query: Query | None = None) -> list[tuple]:
    with workspace.read() as connection:
        return [r.values for r in every(connection, SNAGS, project_of(workspace), query or Query())]


def test_column_of_a_list_is_a_pick() -> None:
    assert (SNAGS["category"].kind, SNAGS["category"].pick, SNAGS["category"].target) == (
        Kind.PICK, "punch_category", "pick",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["A", "a", "A Before handover", "A 移交前必须消除", "A类", "Category A", "before h"])
def test_entry_is_typed_by_code_word_other_name_or_part(workspace: Workspace, text: str) -> None:
    assert typed(workspace, "category", text) == entry_of(workspace, "punch_category", "A").id


def test_word_of_another_list_is_refused_with_what_the_list_has(workspace: Workspace) -> None:
    with pytest.raises(NotValid, match=r"Punch categories\. It has: A Before handover, B Before operations"):
        typed(workspace, "category", "Electrical")


def test_entry_is_shown_with_word_in_the_language_in_force_code_and_tone(workspace: Workspace) -> None:
    a_snag(workspace, "Leak", "A")

    ((_, english, _),) = listed(workspace)
    with in_language("zh"):
        ((_, chinese, _),) = listed(workspace)

    assert (english.name, english.ref, english.tone) == ("A Before handover", "A", "danger")
    assert chinese.name == "A 移交前必须消除"
    assert show.plain(english) == "A"


def test_rows_are_sorted_in_the_order_of_the_list_and_filtered_by_entry(workspace: Workspace) -> None:
    for title, code in (("Paint", "C"), ("Leak", "A"), ("Label", "B")):
        a_snag(workspace, title, code)
    order = [entry_of(workspace, "punch_category", c).id for c in "CBA"]
    pick_acts.reorder(workspace, project_of(workspace), "punch_category", order)

    by_list = listed(workspace, Query(sort=(("category", False),)))
    only_a = listed(workspace, Query(where=(Condition("category", "is", (order[2],)),)))
    said = listed(workspace, Query(text="handover", searched=("category",)))

    assert [r[0] for r in by_list] == ["Paint", "Label", "Leak"]
    assert [r[0] for r in only_a] == [r[0] for r in said] == ["Leak"]


def test_behaviour_hangs_on_the_meaning_not_on_the_word(workspace: Workspace) -> None:
    a_snag(workspace, "Leak", "A")
    entry = entry_of(workspace, "punch_category", "A")
    editing.change(workspace, register("picks"), project_of(workspace),
                   {entry.id: {"code": "1", "en": "First", "zh": "一"}})  # fmt: skip

    with workspace.read() as connection:
        blocking = connection.scalars(select(Snag.title).where(Snag.blocking())).all()

    assert list(blocking) == ["Leak"]
    assert listed(workspace)[0][1].name == "First"


def test_retired_entry_is_not_offered_and_shows_where_it_is_used(workspace: Workspace) -> None:
    a_snag(workspace, "Leak", "A")
    entry = entry_of(workspace, "punch_category", "A")

    assert pick_acts.retire(workspace, project_of(workspace), [entry.id]) == 1

    with workspace.read() as connection:
        offered = picks.suggest(connection, project_of(workspace), "punch_category", "")
    assert [e.code for e in offered] == ["B", "C"]
    assert listed(workspace)[0][1].name == "A Before handover"
    with pytest.raises(NotValid, match="is retired"):
        typed(workspace, "category", "A")


def test_entry_in_use_can_not_be_deleted_and_one_without_use_can(workspace: Workspace) -> None:
    a_snag(workspace, "Leak", "A")
    used, free = (entry_of(workspace, "punch_category", c).id for c in "AC")

    with pytest.raises(NotLawful, match="1 row uses it"):
        editing.delete(workspace, register("picks"), project_of(workspace), [used])
    assert editing.delete(workspace, register("picks"), project_of(workspace), [free]) == 1


def test_code_of_a_deleted_entry_can_be_given_again(workspace: Workspace) -> None:
    entry = entry_of(workspace, "punch_category", "C")
    editing.delete(workspace, register("picks"), project_of(workspace), [entry.id])
    values = {"list": "punch_category", "code": "C", "en": "Cosmetic", "meaning": "after_operations"}

    editing.add(workspace, register("picks"), project_of(workspace), values)

    with pytest.raises(NotValid, match="must be unique"):
        editing.add(workspace, register("picks"), project_of(workspace), values)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"list": "punch_category", "code": "D"}, "needs a meaning"),
        ({"list": "punch_category", "code": "D", "meaning": "accept"}, "can mean: Blocks the certificate"),
        ({"list": "discipline", "code": "D", "meaning": "accept"}, "leave the meaning empty"),
        ({"list": "discipline"}, "must be filled in"),
    ],
)
def test_entry_is_refused_whose_meaning_its_list_does_not_know(workspace: Workspace, values, reason: str) -> None:
    with pytest.raises(NotValid) as refused:
        editing.add(workspace, register("picks"), project_of(workspace), values)
    assert reason in str(refused.value)


def test_new_word_of_a_file_becomes_an_entry_that_is_told(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, [("Title", "Category", "Trade"), ("Leak", "Cat A", "特种设备"), ("Paint", "Z", "特种设备")])

    run = tried(workspace, path, register="snags")
    report = imported(workspace, path, register="snags")

    assert sorted(made.said for made in run.created) == ["Disciplines: 特种设备", "Punch categories: Z"]
    assert (report.new, report.created) == (2, 2)
    rows = {r[0]: r[1:] for r in listed(workspace)}
    assert (rows["Leak"][0].ref, rows["Leak"][1].name) == ("A", "特种设备")
    assert entry_of(workspace, "punch_category", "Z").meaning == "blocks"
    undo(workspace)
    assert listed(workspace) == []
    with pytest.raises(StopIteration):
        entry_of(workspace, "punch_category", "Z")


def test_exported_rows_come_back_unchanged(workspace: Workspace, tmp_path: Path) -> None:
    a_snag(workspace, "Leak", "A")
    project = workspace.projects()[0]
    for language in ("en", "zh", "both"):
        path = tmp_path / f"{language}.xlsx"
        export_register(workspace, project, SNAGS, path, language=language)
        assert "A " in str(openpyxl.load_workbook(path)["Snags"]["C2"].value)

        run = tried(workspace, path, register="snags")

        assert (run.rows["unchanged"], run.created) == (1, [])


def test_lists_are_exported_and_imported_like_any_register(workspace: Workspace, tmp_path: Path) -> None:
    path = a_file(
        tmp_path,
        [("List", "Code", "English", "Chinese", "Meaning"),
         ("Punch categories", "A", "Now", "立即", "Blocks the certificate"),
         ("Punch categories", "D", "Never", "不做", "May be cleared after operations began")],
    )  # fmt: skip

    report = imported(workspace, path, register="picks")

    assert (report.new, report.changed) == (1, 1)
    assert entry_of(workspace, "punch_category", "A").word == "Now"
    assert entry_of(workspace, "punch_category", "D").meaning == "after_operations"


def test_template_of_another_industry_loses_no_entry(workspace: Workspace) -> None:
    a_snag(workspace, "Leak", "A")
    own = {"list": "discipline", "code": "OWN", "en": "Ours"}
    editing.add(workspace, register("picks"), project_of(workspace), own)
    before = entry_of(workspace, "punch_category", "A")

    applied = pick_acts.apply_template(workspace, project_of(workspace), "rail")

    after = entry_of(workspace, "punch_category", "A")
    assert (after.id, after.meaning, after.en) == (before.id, "blocks", "A Before trial operation")
    assert applied.added and applied.changed and not applied.retired
    assert not entry_of(workspace, "discipline", "OWN").retired
    again = pick_acts.apply_template(workspace, project_of(workspace), "rail", retire=True)
    assert (again.added, again.changed) == (0, 0)
    assert entry_of(workspace, "discipline", "OWN").retired
    assert pick_acts.apply_template(workspace, project_of(workspace), "process_plant").brought_back
    assert check(workspace.path) == []


def test_free_text_becomes_an_entry_once(workspace: Workspace) -> None:
    with workspace.edit("Convert", project=project_of(workspace)) as work:
        electrical = pick_acts.pick_or_new(work, "discipline", "电气")
        first = pick_acts.pick_or_new(work, "discipline", "Fire water")
        again = pick_acts.pick_or_new(work, "discipline", "fire  water ")

    assert electrical == entry_of(workspace, "discipline", "EA").id
    assert first == again == entry_of(workspace, "discipline", "Fire water").id


def test_rows_in_the_bin_count_as_use(workspace: Workspace) -> None:
    snag = a_snag(workspace, "Leak", "A")
    editing.delete(workspace, SNAGS, project_of(workspace), [snag])

    with workspace.edit("Look", project=project_of(workspace)) as work:
        assert uses(work.session, "punch_category") == {entry_of(workspace, "punch_category", "A").id: 1}


def test_command_line_lists_and_applies(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    a_snag(workspace, "Leak", "A")
    path = workspace.path
    workspace.close()

    def run(*words: object) -> object:
        with pytest.raises(SystemExit) as left:
            main([str(w) for w in words])
        assert not left.value.code
        return json.loads(capsys.readouterr().out)

    assert run("list", path, "snags", "--project", "P-01", "--json")[0]["category"] == "A"
    told = run("lists", path, "--project", "P-01", "--template", "it_system", "--json")
    assert {t["key"] for t in told["templates"]} >= {"process_plant", "rail"}
    assert told["applied"]["added"] > 0
    with Workspace.open(path, "read") as opened:
        assert entry_of(opened, "punch_category", "A").en == "A Blocks go-live"

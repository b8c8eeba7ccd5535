"""What must be delivered, by the command line: templates, what is asked for, in both languages and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Project, System
from handover.registers.beginning import add_project
from handover.store import Workspace
from tests.cli.conftest import Run
from tests.domain import a_workspace, contents


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A workspace with a project of one system."""
    with a_workspace(tmp_path) as workspace:
        with workspace.edit("New project") as work:
            project = add_project(work, Project(code="P1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            work.add(System(code="10", name="Press line"))
        return workspace.path


def documents(run: Run, site: Path) -> list[str]:
    told = json.loads(run("list", site, "documents", "--project", "P1", "--json")[1])
    return sorted(each["title"] for each in told)


def test_templates_are_told_without_a_further_word(run: Run, site: Path) -> None:
    code, out, _ = run("requirements", site, "--json")
    told = json.loads(out)["templates"]
    assert (code, [each["key"] for each in told]) == (
        0, ["process_plant", "power_unit", "factory_line", "building", "rail", "it_system"],
    )  # fmt: skip
    assert told[0]["milestones"] == ["ENG", "CON", "COM", "SUP", "OPS"]
    assert all(each["lines"] > 0 for each in told)


@pytest.mark.parametrize(
    ("language", "head", "name"), [("en", "Industry", "Process plant"), ("zh", "行业", "流程工业装置")]
)
def test_templates_are_told_in_both_languages(run: Run, site: Path, language: str, head: str, name: str) -> None:
    out = run("--speak", language, "requirements", site)[1]
    assert head in out and name in out and "CC BY 4.0" in out


def test_template_comes_in_and_nothing_more_the_second_time(run: Run, site: Path) -> None:
    words = ("requirements", site, "--project", "P1", "--template", "factory_line", "--json")
    first = json.loads(run(*words)[1])
    again = json.loads(run(*words)[1])
    assert first["stored"] and first["taken"]["requirements"] > 0
    assert (again["taken"]["requirements"], again["taken"]["present"]) == (0, first["taken"]["requirements"])
    listed = json.loads(run("list", site, "requirements", "--project", "P1", "--json")[1])
    assert len(listed) == first["taken"]["requirements"]


def test_only_the_milestones_that_are_named_come(run: Run, site: Path) -> None:
    words = ("requirements", site, "--project", "P1", "--template", "power_unit")
    few = json.loads(run(*words, "--milestones", " hnd ,", "--dry-run", "--json")[1])["taken"]["requirements"]
    every = json.loads(run(*words, "--dry-run", "--json")[1])["taken"]["requirements"]
    assert 0 < few < every


def test_dry_run_says_the_same_and_stores_nothing(run: Run, site: Path) -> None:
    words = ("requirements", site, "--project", "P1", "--template", "factory_line")
    tried = json.loads(run(*words, "--dry-run", "--json")[1])
    assert tried["stored"] is False
    assert json.loads(run("list", site, "requirements", "--project", "P1", "--json")[1]) == []
    assert json.loads(run(*words, "--json")[1])["taken"] == tried["taken"]


def test_documents_are_listed_once_and_told_by_title(run: Run, site: Path) -> None:
    run("requirements", site, "--project", "P1", "--template", "factory_line")
    words = ("requirements", site, "--project", "P1", "--generate")
    ahead = json.loads(run(*words, "--dry-run", "--json")[1])["documents"]
    assert documents(run, site) == [] and ahead["new"]
    done = json.loads(run(*words, "--json")[1])["documents"]
    assert sorted(done["new"]) == sorted(ahead["new"]) == documents(run, site)
    again = json.loads(run(*words, "--json")[1])["documents"]
    assert again == {"new": [], "gone": [], "listed": len(done["new"])}


@pytest.mark.parametrize(
    ("language", "came", "would", "listed"),
    [
        ("en", "requirements came.", "documents would be listed.", "documents are listed now."),
        ("zh", "条要求", "将登记", "已登记"),
    ],
)
def test_what_comes_is_told_in_both_languages(
    run: Run, site: Path, language: str, came: str, would: str, listed: str
) -> None:
    words = ("--speak", language, "requirements", site, "--project", "P1")
    assert came in run(*words, "--template", "factory_line")[1]
    tried = run(*words, "--generate", "--dry-run")[1]
    assert would in tried and "\n+ " in "\n" + tried
    assert listed in run(*words, "--generate")[1]


def test_template_and_listing_are_done_by_one_call(run: Run, site: Path) -> None:
    words = ("requirements", site, "--project", "P1", "--template", "factory_line", "--generate", "--json")
    told = json.loads(run(*words)[1])
    assert told["taken"]["requirements"] and len(told["documents"]["new"]) == len(documents(run, site))


def test_document_that_is_asked_for_no_more_goes(run: Run, site: Path) -> None:
    run("requirements", site, "--project", "P1", "--template", "factory_line", "--generate")
    asked = json.loads(run("list", site, "requirements", "--project", "P1", "--json")[1])
    with (
        Workspace.open(site) as workspace,
        workspace.edit("Ask for nothing", project=workspace.project("P1").id) as work,
    ):
        from handover.model.documents.requirement import Requirement

        for row in work.session.query(Requirement).all():
            work.delete(row)
    before = documents(run, site)
    code, out, _ = run("requirements", site, "--project", "P1", "--generate")
    assert code == 0 and asked and documents(run, site) == []
    assert f"{len(before)} documents went into the bin." in out and "- DOC-0001 " in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--generate",), "Name the project with --project."),
        (("--template", "factory_line"), "Name the project with --project."),
        (("--project", "P-99", "--generate"), "There is no project P-99"),
        (("--project", "P1", "--template", "shipyard"), "There is no template shipyard. There are: process_plant"),
        (("--project", "P1", "--template", "rail", "--milestones", "XYZ"), "has no milestone XYZ. It has:"),
    ],
)
def test_bad_input_is_said_and_changes_nothing(run: Run, site: Path, words: tuple[str, ...], said: str) -> None:
    before = contents(site)
    code, out, err = run("requirements", site, *words)
    assert code != 0 and out == "" and said in err
    assert contents(site) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--project", "P1", "--template", "shipyard"), "没有模板 shipyard"),
        (("--generate",), "--project"),
    ],
)
def test_bad_input_is_said_in_chinese(run: Run, site: Path, words: tuple[str, ...], said: str) -> None:
    code, _, err = run("--speak", "zh", "requirements", site, *words)
    assert code != 0 and said in err and any("\u4e00" <= sign <= "\u9fff" for sign in err)


def test_workspace_that_is_no_workspace_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.handover").write_text("no workspace", encoding="utf-8")
    assert run("requirements", tmp_path / "a.handover", "--project", "P1", "--generate")[0] != 0

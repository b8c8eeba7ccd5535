"""Number series, who the user is, and issuing packs from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Person, Project
from handover.registers.figures import measures
from handover.store.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        with workspace.edit("People", project=project.id) as work:
            work.add(Person(name="Anna Berg"))
    return path


def test_a_series_is_listed_and_written_in_another_way(run: Run, site: Path) -> None:
    assert run("series", site, "--project", "P-01", "--set", "pack", "NEV-{n:04}")[0] == 0

    code, out, _ = run("series", site, "--project", "P-01", "--json")

    pack = next(each for each in json.loads(out) if each["series"] == "pack")
    assert code == 0
    assert (pack["pattern"], pack["last"], pack["last_number"], pack["next_number"]) == (
        "NEV-{n:04}", 0, None, "NEV-0001",
    )  # fmt: skip


def test_a_bad_pattern_is_wrong_use(run: Run, site: Path) -> None:
    code, _, error = run("series", site, "--project", "P-01", "--set", "pack", "HP")

    assert code == 2
    assert "Write the number as {project}-TR-{n:04}." in error


def test_the_user_says_who_he_is(run: Run, site: Path) -> None:
    assert "Name yourself" in run("me", site, "--project", "P-01")[1]

    code, out, _ = run("me", site, "--project", "P-01", "--person", "anna")

    assert code == 0
    assert "is Anna Berg in P-01" in out
    assert json.loads(run("me", site, "--project", "P-01", "--json")[1])["person"] == "Anna Berg"


def test_a_pack_is_issued_and_superseded(run: Run, site: Path, tmp_path: Path) -> None:
    pack = ("pack", site, "--project", "P-01", "--to", tmp_path / "out", "--language", "en")

    assert "Issued" not in run(*pack)[1]
    assert "Issued: P-01-HP-001, edition 1" in run(*pack, "--issue")[1]
    assert "Issued: P-01-HP-001, edition 2" in run(*pack, "--supersedes", "P-01-HP-001")[1]
    code, _, error = run(*pack, "--supersedes", "P-01-HP-009")

    assert code == 2
    assert "There are: P-01-HP-001." in error
    assert {path.name for path in (tmp_path / "out").glob("*HP*.pdf")} == {
        "P-01-HP-001 Handover pack.pdf", "P-01-HP-001 (2) Handover pack.pdf",
    }  # fmt: skip


def test_a_paper_is_voided_by_its_step(run: Run, site: Path, tmp_path: Path) -> None:
    run("pack", site, "--project", "P-01", "--to", tmp_path, "--issue")

    code, out, _ = run("do", site, "ISS-0001", "void", "--project", "P-01", "--void-because", "wrong rows")

    assert code == 0
    assert "“Void”" in out


def test_a_command_that_writes_keeps_the_numbers_of_the_day(run: Run, site: Path) -> None:
    from handover import clock

    run("series", site, "--project", "P-01", "--set", "pack", "A-{n}")

    with Workspace.open(site, "read") as opened, opened.read() as connection:
        project = opened.only_project().id
        (kept,) = measures.series(connection, project, "people", "", clock.today(), clock.today())
    assert kept.n == 1


def test_papers_can_not_be_imported(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "papers.csv").write_text("Paper no.,Title\nX-1,Pack\n", encoding="utf-8")

    code, _, error = run("import", tmp_path / "papers.csv", "--into", site, "--project", "P-01", "--register", "issued")

    assert code == 2
    assert "made by the program alone" in error

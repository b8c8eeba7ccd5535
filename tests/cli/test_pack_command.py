"""Making and issuing packs on the command line: kinds, definitions, files that are there, and what was lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Document, System
from handover.model.pack_definition import PackDefinition
from handover.store.workspace import Workspace
from tests.cli.conftest import Run


@pytest.fixture
def site(tmp_path: Path, run: Run) -> Path:
    assert run("new", tmp_path / "site", "--code", "P-01", "--name", "Plant")[0] == 0
    path = tmp_path / "site.handover"
    with Workspace.open(path) as opened, opened.edit("Fill", project=opened.only_project().id) as work:
        system = work.add(System(code="S1", name="Paint shop")).id
        work.add(Document(title="Manual", system_id=system))
        work.add(PackDefinition(name="Monthly", kind="steering", language="en"))
    return path


def test_kind_scope_and_format_are_said_and_told_as_json(site: Path, tmp_path: Path, run: Run) -> None:
    words = ("--project", "P-01", "--to", tmp_path / "o")
    code, out, _ = run("pack", site, *words, "--kind", "dossier", "--systems", "S1",
                       "--chapters", "documents,sign_off", "--format", "pdf", "--language", "en", "--json")  # fmt: skip

    told = json.loads(out)
    assert code == 0
    assert (told["kind"], told["draft"], told["number"], told["lacking"]) == ("dossier", True, None, [])
    assert sorted(Path(name).suffix for name in told["files"]) == [".json", ".pdf"]
    assert all(Path(name).is_file() for name in told["files"])


def test_definition_is_issued_and_files_are_never_replaced_silently(site: Path, tmp_path: Path, run: Run) -> None:
    words = ("--project", "P-01", "--to", tmp_path / "o", "--definition", "Monthly")
    code, out, _ = run("issue", site, *words, "--purpose", "review", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["kind"], told["number"], told["edition"]) == ("steering", "P-01-HP-001", 1)

    assert run("pack", site, *words)[0] == 0
    before = {path.name: path.read_bytes() for path in (tmp_path / "o").iterdir()}
    code, _, err = run("pack", site, *words)
    assert code == 5
    assert "--replace" in err
    assert {path.name: path.read_bytes() for path in (tmp_path / "o").iterdir()} == before
    assert run("pack", site, *words, "--replace")[0] == 0


def test_next_edition_keeps_the_number(site: Path, tmp_path: Path, run: Run) -> None:
    words = ("--project", "P-01", "--to", tmp_path / "o", "--kind", "steering", "--json")
    assert run("issue", site, *words)[0] == 0
    code, out, _ = run("issue", site, *words, "--supersedes", "P-01-HP-001", "--changes", "Gates added")

    told = json.loads(out)
    assert code == 0
    assert (told["number"], told["edition"]) == ("P-01-HP-001", 2)


def test_what_cannot_be_drawn_ends_with_one_and_is_named(site: Path, tmp_path: Path, run: Run) -> None:
    with Workspace.open(site) as opened, opened.edit("Add", project=opened.only_project().id) as work:
        work.add(Document(title="Rocket 🚀 𠮷"))
    words = ("--project", "P-01", "--to", tmp_path / "o", "--chapters", "documents", "--format", "pdf")
    code, out, _ = run("pack", site, *words)
    assert code == 1
    assert "U+1F680" in out

    code, out, _ = run("pack", site, *words, "--replace", "--json")
    assert code == 1
    assert {each["code"] for each in json.loads(out)["lacking"]} == {"U+1F680", "U+20BB7"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kind", "poster"), "steering"),
        (("--definition", "Yearly"), "Monthly"),
        (("--kind", "dossier"), "systems"),
        (("--systems", "S9"), "S9"),
        (("--chapters", "nothing"), "documents"),
        (("--format", "docx"), "pdf, xlsx"),
        (("--purpose", "fun"), "review"),
        (("--supersedes", "HP-9"), "HP-9"),
    ],
)
def test_what_there_is_not_is_refused_with_the_choices(
    site: Path, tmp_path: Path, run: Run, words: tuple[str, str], said: str
) -> None:
    code, _, err = run("pack", site, "--project", "P-01", "--to", tmp_path / "o", *words)

    assert code == 2
    assert said in err
    assert not (tmp_path / "o").exists()

"""Where another program holds a file that is to be written, it stays as it was and a free name is told."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from handover.cli.exits import DONE, FINDINGS, UNUSABLE
from handover.model import Project
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.cli.conftest import Run

#: What each command that writes a file is called with, by the name of the file.
WRITERS = {
    "a.xlsx": "export SITE tasks --to FILE",
    "a.csv": "export SITE tasks --to FILE",
    "a.pdf": "export SITE tasks --to FILE",
    "a.xml": "export SITE plan --to FILE",
    "a.ics": "export SITE plan --to FILE",
    "chart.pdf": "export SITE gantt --to FILE",
    "raci.xlsx": "matrix SITE raci --project P-01 --to FILE",
    "raci.pdf": "matrix SITE raci --project P-01 --to FILE",
    "blank.xlsx": "template tasks --to FILE",
    "mend.xlsx": "import LIST --into SITE --project P-01 --register tasks --dry-run --rejected FILE",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        editing.add_many(workspace, register("tasks"), project.id, [{"name": "Flush"}, {"name": "Fill"}])
    (tmp_path / "list.csv").write_text("ID,Task Name,Duration\n1,Dig,2d\n2,Pour,none of it\n", encoding="utf-8")
    return path


def offered(told: str) -> str:
    match = re.search(r"write (?:into the folder )?“([^”]+)” instead", told, re.IGNORECASE)
    assert match, told
    return match[1]


@pytest.mark.parametrize("name", WRITERS)
def test_held_file_stays_and_a_free_name_is_told(
    run: Run, site: Path, tmp_path: Path, held: set[str], name: str
) -> None:
    target = tmp_path / name
    target.write_text("open in Excel")
    held.add(name)
    places = {"SITE": site, "FILE": target, "LIST": tmp_path / "list.csv"}
    words = [places.get(word, word) for word in WRITERS[name].split()]

    code, _, told = run(*words)
    assert code == UNUSABLE
    assert "open in another program" in told
    assert target.read_text() == "open in Excel"
    other = tmp_path / offered(told)
    assert other.name == f"{target.stem} (1){target.suffix}"
    assert not other.exists()

    assert run(*(other if word == target else word for word in words))[0] in (DONE, FINDINGS)
    assert other.stat().st_size > 50
    assert not list(tmp_path.glob(".*.part"))


def test_pack_of_which_a_file_is_held_is_offered_a_folder_of_its_own(
    run: Run, site: Path, tmp_path: Path, held: set[str]
) -> None:
    out = tmp_path / "out"
    assert run("pack", site, "--project", "P-01", "--to", out)[0] == DONE
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    for name in before:
        (out / name).chmod(0o644)
    workbook = next(path for path in out.iterdir() if path.suffix == ".xlsx")
    workbook.unlink()
    workbook.mkdir()

    code, _, told = run("pack", site, "--project", "P-01", "--to", out, "--replace")
    assert code == UNUSABLE
    assert {p.name: p.read_bytes() for p in out.iterdir() if p.is_file()} == {
        name: data for name, data in before.items() if name != workbook.name
    }
    own = out / offered(told)
    assert run("pack", site, "--project", "P-01", "--to", own)[0] == DONE
    assert {path.name for path in own.iterdir()} == set(before)
    assert run("verify", own)[0] == DONE


def test_pack_that_is_to_be_issued_is_not_while_its_file_is_held(run: Run, site: Path, tmp_path: Path) -> None:
    assert run("pack", site, "--project", "P-01", "--to", tmp_path / "out", "--issue")[0] == DONE
    issued = {path.name for path in (tmp_path / "out").iterdir()}
    for name in issued:
        (tmp_path / "next" / name.replace("001", "002")).mkdir(parents=True)

    code, _, told = run("pack", site, "--project", "P-01", "--to", tmp_path / "next", "--issue", "--replace")
    assert code == UNUSABLE
    assert "P-01-HP-002" in offered(told)
    assert "was issued" not in told

    code, out, _ = run("pack", site, "--project", "P-01", "--to", tmp_path / "other", "--issue")
    assert (code, "P-01-HP-002" in out) == (DONE, True)


def test_what_is_salvaged_replaces_nothing(run: Run, site: Path, tmp_path: Path) -> None:
    (tmp_path / "new.handover").write_text("mine")

    code, _, told = run("check", site, "--salvage-to", tmp_path / "new.handover")
    assert (code, offered(told)) == (UNUSABLE, "new (1).handover")
    assert (tmp_path / "new.handover").read_text() == "mine"
    assert run("check", site, "--salvage-to", tmp_path / "new (1).handover")[0] == DONE


@pytest.mark.skipif(os.name != "posix", reason="pipes in the file system")
@pytest.mark.parametrize("name", WRITERS)
def test_neither_pipe_nor_device_is_written_to(run: Run, site: Path, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    places = {"SITE": site, "FILE": tmp_path / name, "LIST": tmp_path / "list.csv"}

    code, _, told = run(*(places.get(word, word) for word in WRITERS[name].split()))
    assert code == UNUSABLE
    assert offered(told) == f"{Path(name).stem} (1){Path(name).suffix}"
    assert (tmp_path / name).is_fifo()

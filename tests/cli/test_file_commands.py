"""Files by command: attached, linked, listed, found again, checked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from handover.model import Document, Project, Task
from handover.store.workspace import Workspace

from .conftest import Run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = work.add(Project(code="P-01", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            work.add(Document(title="Manual"))
            work.add(Task(name="Dry run"))
    return path


@pytest.fixture
def manual(tmp_path: Path) -> Path:
    path = tmp_path / "manual.pdf"
    path.write_bytes(b"%PDF-1.7 manual")
    return path


def listed(run: Run, site: Path, *words: object) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(run("files", site, *words, "--project", "P-01", "--json")[1])
    return found


def test_files_are_attached_to_a_row_by_its_reference_and_listed(site: Path, manual: Path, run: Run) -> None:
    code, out, _ = run("attach", site, "doc-0001", manual, "--project", "P-01")
    assert (code, out) == (0, "1 file was attached to DOC-0001.\n")

    (row,) = listed(run, site, "DOC-0001")

    assert (row["ref"], row["row"], row["name"], row["kept"], row["presence"], row["size"]) == (
        "ATT-0001", "DOC-0001", "manual.pdf", "stored", "here", 15
    )  # fmt: skip
    code, out, _ = run("files", site, "--project", "P-01")
    assert (code, "manual.pdf" in out, out.splitlines()[-1]) == (0, True, "1 file")


def test_rows_are_found_by_what_the_list_does_not_print(site: Path, run: Run) -> None:
    with Workspace.open(site) as workspace, workspace.edit("Note", project=workspace.project("P-01").id) as work:
        work.add(Document(title="Curve", notes="Ask Brandt for the pump curve", originator_no="BA-17"))
    for text in ("brandt", "ba-17"):
        code, out, _ = run("list", site, "documents", "--filter", text, "--project", "P-01")
        assert (code, "Curve" in out, "Manual" in out) == (0, True, False)


def test_linked_file_that_is_gone_is_told_and_ends_with_1(site: Path, manual: Path, run: Run) -> None:
    code, out, _ = run("attach", site, "DOC-0001", manual, "--link", "--project", "P-01", "--json")
    assert (code, json.loads(out)) == (0, {"attached": [{"ref": "ATT-0001", "name": "manual.pdf"}]})
    manual.unlink()

    code, out, _ = run("files", site, "DOC-0001", "--project", "P-01")

    assert code == 1
    assert "The linked file isn't there" in out
    assert not site.with_suffix(".files").exists()


def test_what_cannot_be_attached_ends_with_3_and_leaves_nothing(site: Path, manual: Path, run: Run) -> None:
    for paths, said in (
        ([manual, manual.with_name("gone.pdf")], "isn't there"),
        ([manual.parent], "is a folder"),
    ):
        code, _, err = run("attach", site, "DOC-0001", *paths, "--project", "P-01")
        assert (code, said in err) == (3, True)
    code, _, err = run("attach", site, "DOC-0001", manual, "--largest", 3, "--project", "P-01")
    assert (code, "more than the 3 B" in err) == (3, True)

    assert listed(run, site) == []


def test_row_that_is_not_there_or_takes_no_files_ends_with_2(site: Path, manual: Path, run: Run) -> None:
    for ref, said in (("DOC-0099", "no row DOC-0099"), ("XYZ-1", "no row XYZ-1"), ("TSK-0001", "take no files")):
        code, _, err = run("attach", site, ref, manual, "--project", "P-01")
        assert (code, said in err) == (2, True)


def test_missing_files_are_found_by_the_check_and_brought_back(site: Path, manual: Path, run: Run) -> None:
    run("attach", site, "DOC-0001", manual, "--project", "P-01")
    away = shutil.move(site.with_suffix(".files"), site.with_name("away"))

    code, out, _ = run("check", site, "--json")
    assert (code, json.loads(out)["findings"][0]["kind"]) == (1, "files_folder")
    assert run("files", site, "--project", "P-01")[0] == 1

    assert run("files", site, "--project", "P-01", "--find-in", away)[0] == 0
    assert run("check", site)[0] == 0


def test_exported_workbook_names_the_files(site: Path, manual: Path, tmp_path: Path, run: Run) -> None:
    run("attach", site, "DOC-0001", manual, "--project", "P-01")

    assert run("export", site, "documents", "--project", "P-01", "--to", tmp_path / "out.xlsx")[0] == 0

    cells = [
        [cell.value for cell in row] for sheet in openpyxl.load_workbook(tmp_path / "out.xlsx") for row in sheet.rows
    ]
    heads = next(row for row in cells if "Names of attached files" in row)
    values = next(row for row in cells if "manual.pdf" in row)
    assert values.index("manual.pdf") == heads.index("Names of attached files")
    assert values[heads.index("Attached files")] == 1

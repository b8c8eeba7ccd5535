"""A folder attached, labels, a box read back and forms, by command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from handover.model import Document, Person, Project
from handover.model.documents.box import Box
from handover.registers.beginning import add_project
from handover.store.workspace import Workspace

from .conftest import Run


@pytest.fixture
def site(tmp_path: Path) -> Path:
    path = tmp_path / "site.handover"
    with Workspace.create(path) as workspace:
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            box = work.add(Box(code="BX-1", title="Drawings"))
            anna = work.add(Person(name="Anna"))
            for n in (1, 2):
                work.add(Document(title=f"Drawing {n}", number=f"PU-10{n}", box_id=box.id))
            work.add(Document(title="Lent", number="PU-200", box_id=box.id, lent_to_id=anna.id))
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "outside"
    made.mkdir()
    (made / "PU-101 layout.pdf").write_bytes(b"one")
    (made / "holiday.jpg").write_bytes(b"two")
    (made / "way out").symlink_to(tmp_path)
    return made


def test_dry_run_of_a_folder_says_what_would_be_attached_and_attaches_nothing(
    site: Path, folder: Path, run: Run
) -> None:
    code, out, _ = run("attach", site, folder, "--project", "P-1", "--dry-run", "--json")
    told = json.loads(out)
    assert code == 1
    assert (told["dry_run"], told["attached"]) == (True, 0)
    assert (told["counts"]["matched"], told["counts"]["unmatched"]) == (1, 1)
    assert [Path(each["path"]).name for each in told["unfit"]] == ["way out"]
    by_name = {Path(file["path"]).name: file for file in told["files"]}
    assert (by_name["PU-101 layout.pdf"]["ref"], by_name["PU-101 layout.pdf"]["by"]) == ("DOC-0001", "number")
    assert json.loads(run("files", site, "--project", "P-1", "--json")[1]) == []


def test_folder_is_attached_and_found_there_the_second_time(site: Path, folder: Path, run: Run, tmp_path: Path) -> None:
    (folder / "way out").unlink()
    (folder / "holiday.jpg").unlink()
    code, out, _ = run("attach", site, folder, "--project", "P-1")
    assert (code, out.splitlines()[-1]) == (0, "1 file attached.")
    assert json.loads(run("attach", site, folder, "--project", "P-1", "--json")[1])["counts"]["held"] == 1


def test_what_is_left_is_listed_in_a_file(site: Path, folder: Path, run: Run, tmp_path: Path) -> None:
    run("attach", site, folder, "--project", "P-1", "--dry-run", "--list", tmp_path / "left.csv")
    assert "holiday.jpg" in (tmp_path / "left.csv").read_text(encoding="utf-8-sig")


def test_folder_that_is_not_there_is_told(site: Path, run: Run) -> None:
    code, _, err = run("attach", site, "nowhere", "--project", "P-1")
    assert code != 0
    assert "There is no folder nowhere." in err


def test_labels_are_written_for_rows_and_refused_for_those_of_another_register(
    site: Path, run: Run, tmp_path: Path
) -> None:
    code, out, _ = run("labels", site, "boxes", "BOX-0001", "--project", "P-1", "--to", tmp_path / "a.pdf")
    assert (code, out.startswith("1 label on 1 sheet written")) == (0, True)
    code, _, err = run("labels", site, "boxes", "DOC-0001", "--project", "P-1", "--to", tmp_path / "b.pdf")
    assert (code != 0, "is no row of" in err) == (True, True)


def test_box_is_read_back_from_words_and_from_a_file(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("read-back", site, "BOX-0001", "PU-101", "X", "--project", "P-1", "--json")
    told = json.loads(out)
    assert (code, told["missing"], told["lent"]) == (1, ["DOC-0002"], ["DOC-0003"])
    assert [each["outcome"] for each in told["read"]] == ["found", "unknown"]
    (tmp_path / "codes.txt").write_text("\ufeffPU-101\r\n\r\npu-102\r\n", encoding="utf-8")
    code, out, _ = run("read-back", site, "BOX-0001", "--from", tmp_path / "codes.txt", "--project", "P-1")
    assert (code, out.splitlines()[-1]) == (0, "BX-1 is complete.")


def test_form_is_written(site: Path, run: Run, tmp_path: Path) -> None:
    code, out, _ = run("form", site, "transfer-list", "--to", tmp_path / "a.xlsx", "--language", "zh")
    assert (code, out.startswith("3 rows written to")) == (0, True)
    code, _, err = run("form", site, "nothing", "--to", tmp_path / "a.xlsx")
    assert "transfer-book" in err


def test_originals_are_lent_and_given_back_by_command(site: Path, run: Run) -> None:
    lent = ("lend", site, "DOC-0001", "--project", "P-1", "--to", "Anna", "--on", "2026-03-02", "--until", "2026-03-09")
    assert run(*lent)[:2] == (0, "1 original is lent to Anna.\n")

    (row,) = [r for r in json.loads(run("list", site, "documents", "--project", "P-1", "--view", "lent", "--json")[1])
              if r["ref"] == "DOC-0001"]  # fmt: skip
    assert (row["lent_to"], row["lent_on"], row["lent_until"]) == ("PER-0001", "2026-03-02", "2026-03-09")

    assert run("give-back", site, "DOC-0001", "--project", "P-1")[:2] == (0, "1 original is back.\n")
    code, _, err = run("give-back", site, "DOC-0001", "--project", "P-1")
    assert (code, err) == (2, "None of them is lent.\n")


def test_a_whole_box_is_lent_but_for_what_is_out(site: Path, run: Run) -> None:
    code, out, _ = run("lend", site, "BOX-0001", "--project", "P-1", "--to", "Anna", "--json")

    told = json.loads(out)
    assert (code, told["refs"], told["to"]) == (1, ["DOC-0001", "DOC-0002"], "Anna")
    assert told["left"] == ["PU-200 is lent to Anna already."]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("DOC-0001", "--to", "Nobody"), "Nobody"),
        (("DOC-0001", "--to", "Anna", "--on", "2026-03-02", "--until", "2026-03-01"), "before they are lent"),
        (("DOC-0003", "--to", "Anna"), "PU-200 is lent to Anna already."),
        (("DOC-0009", "--to", "Anna"), "There is no row DOC-0009."),
        (("PER-0001", "--to", "Anna"), "PER-0001 is neither a document nor a box."),
    ],
)
def test_what_cannot_be_lent_is_refused_in_words(site: Path, run: Run, words: tuple[str, ...], sentence: str) -> None:
    code, out, err = run("lend", site, *words, "--project", "P-1")

    assert (code, out) == (2, "")
    assert sentence in err

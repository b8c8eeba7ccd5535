"""The whole way of a chapter that is none of the program's own: declaring it is all that it takes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

import handover.pack.chapters
import ui.chapters
from handover import i18n
from handover.cli.__main__ import main
from handover.errors import NotLawful, Refused
from handover.i18n import in_language
from handover.model import Person, Project, System
from handover.pack.contents import outline_of, single_outline
from handover.pack.issuing import in_force, issue
from handover.pack.outline import Section
from handover.pack.produce import export_register, make_pack
from handover.registers import query
from handover.registers.acts import editing, taking
from handover.registers.catalogue import chapters, declare, parts_of, withdraw
from handover.registers.files import attachments
from handover.registers.files.attached_files import files_of
from handover.registers.matrix.filling import fill
from handover.registers.matrix.reading import matrix_named, read_matrix
from handover.store.checking.check import check
from handover.store.undo import undo
from handover.store.workspace import Workspace
from tests.chapter.lubrication import CHAPTER, DUTIES, PAPER, POINTS, ROUND_STATUS, ROUNDS
from tests.handing_over import issue_certificate
from tests.sources import ROOT, project_files
from ui.pages.factories import make_page
from ui.shell.chapters import page_entries

HERE = Path(__file__).parent
MATRIX = CHAPTER.matrices[0]


@pytest.fixture(autouse=True)
def _declared(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(handover.pack.chapters, "__path__", [*handover.pack.chapters.__path__, str(HERE / "pack")])
    monkeypatch.setattr(ui.chapters, "__path__", [*ui.chapters.__path__, str(HERE / "ui")])
    own = GNUTranslations(io.BytesIO(i18n.compile_catalogue([HERE / "zh.po"])))
    i18n._catalogue("zh").add_fallback(own)
    declare(CHAPTER)
    yield
    withdraw(CHAPTER.key)


class Plant:
    """A workspace with a project, a system, two people and a round."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("Project") as work:
            self.project = work.add(Project(code="P-01", name="Plant")).id
        with workspace.edit("Rows", project=self.project) as work:
            self.system = work.add(System(code="S-10", name="Pumps", custody="care_custody")).id
            self.anna = work.add(Person(name="Anna")).id
            self.bo = work.add(Person(name="Bo")).id
        self.round = self.add(ROUNDS, name="Bearings", system=self.system)

    def add(self, into, **values: object) -> str:
        return editing.add(self.workspace, into, self.project, values)

    def step(self, key: str, **answers: object) -> None:
        step = taking.step_of(ROUNDS, key)
        taking.take(self.workspace, ROUNDS, self.project, [self.round], step, answers)

    def seal(self) -> None:
        self.step("grease", greased_by=self.anna)
        self.step("seal", sealed_by=self.bo)


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    with Workspace.create(tmp_path / "plant.handover") as workspace:
        yield Plant(workspace)


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(w) for w in words])
    return int(left.value.code or 0)


def test_step_is_taken_by_one_and_not_by_the_same_person_again(plant: Plant) -> None:
    plant.step("grease", greased_by=plant.anna)
    with pytest.raises(Refused):
        plant.step("seal", sealed_by=plant.anna)

    plant.step("seal", sealed_by=plant.bo)
    with plant.workspace.read() as connection:
        shown = query.one(connection, ROUNDS, plant.round)
    assert shown.values[1] == "sealed"


def test_sealed_round_and_what_belongs_to_it_is_locked(plant: Plant) -> None:
    plant.seal()

    with pytest.raises(NotLawful):
        editing.change(plant.workspace, ROUNDS, plant.project, {plant.round: {"name": "Gears"}})
    with pytest.raises(NotLawful):
        plant.add(POINTS, round=plant.round, what="Grease nipple")
    with pytest.raises(NotLawful):
        fill(plant.workspace, MATRIX, plant.project, {(plant.round, plant.anna): ("G",)})
    with plant.workspace.read() as connection:
        reading = read_matrix(connection, MATRIX, plant.project)
    assert "can't be changed" in str(reading.against(plant.round, plant.anna))


def test_round_blocks_its_system_until_it_is_sealed(plant: Plant) -> None:
    with pytest.raises(Refused, match=r"1 round of S-10 isn't sealed: LUB-0001\."):
        issue_certificate(plant.workspace, plant.project, plant.system)

    plant.seal()
    issue_certificate(plant.workspace, plant.project, plant.system)


def test_parts_are_numbered_counted_and_offered_beside_their_round(plant: Plant) -> None:
    for what in ("Nipple", "Cup"):
        plant.add(POINTS, round=plant.round, what=what)

    assert parts_of(ROUNDS) == (POINTS, DUTIES)
    with plant.workspace.read() as connection:
        (row,) = query.every(connection, ROUNDS, plant.project, None, (ROUNDS["lube_points"],))
        points = [r.values for r in query.every(connection, POINTS, plant.project, None, (POINTS["number"],))]
    assert (row.values, points) == ((2,), [(1,), (2,)])


def test_matrix_is_filled_judged_and_written(plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert matrix_named("lube_duties") is MATRIX
    fill(plant.workspace, MATRIX, plant.project, {(plant.round, plant.anna): ("L",)})
    with plant.workspace.read() as connection:
        reading = read_matrix(connection, MATRIX, plant.project)
    assert [f.label for f in reading.findings("down")[plant.round]] == ["Dry"]

    path = plant.workspace.path
    plant.workspace.close()
    assert run("matrix", path, "lube_duties", "--project", "P-01", "--to", tmp_path / "duties.xlsx") == 0
    book = openpyxl.load_workbook(tmp_path / "duties.xlsx")
    assert [cell.value for cell in book["Duty matrix"][1]][:4] == ["Ref.", "Round", "Anna", "Bo"]
    book["Duty matrix"]["C2"] = "G"
    book.save(tmp_path / "duties.xlsx")
    assert run("matrix", path, "lube_duties", "--project", "P-01", "--from", tmp_path / "duties.xlsx") == 0
    capsys.readouterr()
    assert run("matrix", path, "lube_duties", "--project", "P-01", "--json") == 0
    assert json.loads(capsys.readouterr().out)["cells"][0]["values"] == ["G"]


def test_chart_tables_and_matrix_stand_in_the_pack(plant: Plant, tmp_path: Path) -> None:
    plant.add(POINTS, round=plant.round, what="Nipple")
    made = make_pack(plant.workspace, plant.workspace.project("P-01"), tmp_path / "pack", language="en")

    assert made.workbook is not None and made.pdf is not None
    names = openpyxl.load_workbook(made.workbook).sheetnames
    assert {"Lubrication rounds", "Lubrication points", "Duty matrix", "Rounds by state"} <= set(names)
    assert "Rounds by state" in "".join(page.extract_text() for page in PdfReader(made.pdf).pages)


def test_files_are_attached_and_kept(plant: Plant, tmp_path: Path) -> None:
    photo = tmp_path / "nipple.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n")
    attachments.attach(plant.workspace, ROUNDS, plant.project, [(plant.round, photo)])

    assert [file.name for file in files_of(plant.workspace, plant.round)] == ["nipple.png"]
    assert check(plant.workspace.path) == []


def test_paper_is_issued_under_a_number_of_its_own(plant: Plant) -> None:
    section = Section("lube", CHAPTER.name, outline_of(plant.workspace, plant.workspace.project("P-01"), "en",
                                                       ("lubrication",)).sections[0].blocks)  # fmt: skip
    outline = single_outline(plant.workspace, plant.workspace.project("P-01"), "en", section, "LUB")
    paper = issue(plant.workspace, plant.project, outline, PAPER)

    assert paper.number == "P-01-LUB-001"
    with plant.workspace.read() as connection:
        assert [each.number for each in in_force(connection, plant.project, PAPER)] == ["P-01-LUB-001"]


def test_it_speaks_both_languages(plant: Plant) -> None:
    del plant
    with in_language("zh"):
        assert (CHAPTER.label, ROUNDS.label, MATRIX.label) == ("润滑", "润滑巡检", "分工矩阵")
        assert ROUND_STATUS.label("sealed") == "已签封"
    assert ROUND_STATUS.label("sealed") == "Sealed"


def test_it_is_edited_imported_listed_exported_and_undone(
    plant: Plant, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    undo(plant.workspace)
    plant.add(ROUNDS, name="Gears")
    book = openpyxl.Workbook()
    for row in (["Round", "System"], ["Gears", "S-10"], ["Chains", None]):
        book.active.append(row)
    book.save(tmp_path / "rounds.xlsx")
    path = plant.workspace.path
    plant.workspace.close()

    into = ("--into", path, "--project", "P-01", "--register", "lube_rounds", "--json")
    assert run("import", tmp_path / "rounds.xlsx", *into) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert (rows["changed"], rows["new"]) == (1, 1)

    assert run("list", path, "lube_rounds", "--project", "P-01", "--view", "open", "--json") == 0
    assert [r["name"] for r in json.loads(capsys.readouterr().out)] == ["Gears", "Chains"]
    with Workspace.open(path, "read") as opened:
        for name in ("rounds-out.xlsx", "rounds-out.pdf"):
            assert export_register(opened, opened.project("P-01"), ROUNDS, tmp_path / name) == 2
    assert "Chains" in "".join(page.extract_text() for page in PdfReader(tmp_path / "rounds-out.pdf").pages)


def test_its_pages_stand_in_the_window(plant: Plant, qtbot: object) -> None:
    del qtbot
    from ui.settings import Settings
    from ui.shell.context import ProjectInHand
    from ui.shell.page import Context

    keys = [entry.key for entry in page_entries()]
    assert {"lube_chart", "lube_duties_matrix", "lube_rounds"} <= set(keys)
    assert "lube_points" not in keys
    context = Context(Settings(plant.workspace.path.with_name("window.ini")))
    context._workspace, context._project = plant.workspace, ProjectInHand(plant.project, "P-01", "Plant")
    assert make_page("lube_chart", context).title() == "Rounds by state"
    context._workspace = None


def test_nothing_outside_of_its_own_files_names_it() -> None:
    words = {CHAPTER.key, MATRIX.page, *(r.key for r in CHAPTER.registers), *(p.key for p in CHAPTER.pages)}
    words |= {str(r.table.name) for r in CHAPTER.registers}
    named = [
        path.as_posix()
        for path in project_files()
        if path.suffix in (".py", ".toml", ".po", ".csv", ".md") and path.parts[:2] != ("tests", "chapter")
        # What standards call documents is no code: one of them may be of the very thing that this chapter is about.
        if path.parts[:2] != ("resources", "templates")
        if any(word in (ROOT / path).read_text(encoding="utf-8") for word in words)
    ]

    assert CHAPTER in chapters()
    assert named == []

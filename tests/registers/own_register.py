"""A register that isn't the program's own: declaring it is all that it takes."""

import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from handover.cli.__main__ import main
from handover.model import Project
from handover.model.base import Row, link
from handover.model.vocabulary import Option, Vocabulary
from handover.pack.produce import export_register
from handover.registers import editing
from handover.registers.catalogue import declare, withdraw
from handover.registers.chapter import Chapter
from handover.registers.declare import Column, Register, View
from handover.store.undo import undo
from handover.store.workspace import Workspace

COLOUR = Vocabulary((Option("r", "Red", "danger", ("rot",)), Option("g", "Green", "ok")))


class SpareKey(Row):
    __tablename__ = "spare_key"
    prefix = "KEY"

    label: Mapped[str] = mapped_column(String(60))
    colour: Mapped[str | None] = mapped_column(String(32), info={"words": COLOUR})
    system_id: Mapped[str | None] = link("system")

    @classmethod
    def red(cls):
        return cls.colour == "r"


KEYS = Register(
    key="spare_keys",
    model=SpareKey,
    name="Spare keys",
    columns=(Column("label", "Label"), Column("colour", "Colour"), Column("system", "System")),
    display=("label",),
    match=(("label",),),
    views=(View("red", "Red"),),
)


@pytest.fixture(autouse=True)
def _declared() -> Iterator[None]:
    declare(Chapter("spare_keys", "Spare keys", "handover", (KEYS,)))
    yield
    withdraw("spare_keys")


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    path = tmp_path / "keys.handover"
    with Workspace.create(path) as workspace, workspace.edit("Project") as work:
        work.add(Project(code="P-01", name="Plant"))
    return path


def run(*words: object) -> int:
    with pytest.raises(SystemExit) as left:
        main([str(w) for w in words])
    return int(left.value.code or 0)


def test_it_is_edited_imported_listed_exported_and_undone(
    workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Workspace.open(workspace) as opened:
        project = opened.project("P-01")
        editing.add(opened, KEYS, project.id, {"label": "Gate 1", "colour": "g"})
        undo(opened)
        editing.add(opened, KEYS, project.id, {"label": "Gate 2", "colour": "r"})

    book = openpyxl.Workbook()
    for row in (["Label", "Colour"], ["Gate 2", "Green"], ["Gate 3", "rot"]):
        book.active.append(row)
    book.save(tmp_path / "keys.xlsx")
    imported = run(
        "import", tmp_path / "keys.xlsx", "--into", workspace, "--project", "P-01", "--register", "spare_keys", "--json"
    )
    assert imported == 0
    assert json.loads(capsys.readouterr().out)["rows"]["changed"] == 1

    assert run("list", workspace, "spare_keys", "--project", "P-01", "--view", "red", "--json") == 0
    assert [r["label"] for r in json.loads(capsys.readouterr().out)] == ["Gate 3"]

    with Workspace.open(workspace, "read") as opened:
        project = opened.project("P-01")
        for name in ("keys-out.xlsx", "keys-out.pdf"):
            assert export_register(opened, project, KEYS, tmp_path / name) == 2
    sheet = openpyxl.load_workbook(tmp_path / "keys-out.xlsx")["Spare keys"]
    assert [c.value for c in sheet[1]] == ["Ref.", "Label", "Colour", "System"]
    assert "Gate 3" in "".join(page.extract_text() for page in PdfReader(tmp_path / "keys-out.pdf").pages)

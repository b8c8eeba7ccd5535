"""What is internal about people: in no pack and no export that doesn't ask for it by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from handover.errors import NotValid
from handover.model import KnowledgeItem, Person
from handover.pack.produce import export_register, make_pack
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.domain import a_project, a_workspace

LEAVES = dt.date(2027, 3, 14)


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with a_workspace(tmp_path) as opened:
        with opened.edit("Add", project=a_project(opened)) as work:
            chen = work.add(
                Person(name="Chen", leaves_on=LEAVES, retention_risk="5", phone="+86 138 0013", notes="Ill last year")
            ).id
            work.add(KnowledgeItem(title="Zero position", holder_id=chen, sole_holder=True))
        yield opened


def cells(path: Path) -> list[str]:
    return [str(cell) for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row]


@pytest.mark.parametrize("key", ["people", "knowledge", "holders"])
def test_export_has_no_leaving_date_unless_it_is_asked_for_by_name(
    workspace: Workspace, tmp_path: Path, key: str
) -> None:
    project, target = workspace.only_project(), register(key)
    dates = {"people": "leaves_on", "knowledge": "holder_until", "holders": "available_until"}

    export_register(workspace, project, target, tmp_path / "plain.xlsx", fields=target.fields)
    export_register(workspace, project, target, tmp_path / "asked.xlsx", internal=[dates[key]])

    assert not [cell for cell in cells(tmp_path / "plain.xlsx") if "2027-03-14" in cell]
    assert [cell for cell in cells(tmp_path / "asked.xlsx") if "2027-03-14" in cell]


def test_pack_has_no_internal_data_of_people(workspace: Workspace, tmp_path: Path) -> None:
    pack = make_pack(workspace, workspace.only_project(), tmp_path / "pack", language="en")

    assert pack.workbook is not None and pack.pdf is not None
    assert not [cell for cell in cells(pack.workbook) if "2027-03-14" in cell or cell == "Risk of leaving"]
    assert not [cell for cell in cells(pack.workbook) if "138 0013" in cell or "Ill last year" in cell]
    document = pypdfium2.PdfDocument(pack.pdf)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "Chen" in text
    assert not [word for word in ("138 0013", "Ill last year", "14 Mar 2027", "Risk of leaving") if word in text]


def test_only_internal_fields_are_asked_for_by_name(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="isn't internal"):
        export_register(workspace, workspace.only_project(), register("people"), tmp_path / "x.xlsx", internal=["name"])

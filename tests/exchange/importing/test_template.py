"""A template is a workbook that the importer understands as it is, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from handover.errors import HandoverError
from handover.exchange.importing.template import write_template
from handover.registers.catalogue import by_hand, register
from handover.store.workspace import Workspace
from tests.exchange.trying import imported, rows_of, tried

KEYS = [r.key for r in by_hand() if r.entered]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("key", KEYS)
def test_every_column_of_a_template_is_recognised(
    workspace: Workspace, tmp_path: Path, key: str, language: str
) -> None:
    target = register(key)
    run = tried(workspace, write_template(target, language, tmp_path / "template.xlsx"), register=key)
    assert {m.field for m in run.mapping.columns if m.field} == {f.field for f in target.entered}
    assert run.rows["new"] == run.rows["error"] == 0


def test_lists_offer_the_words_of_the_language(tmp_path: Path) -> None:
    book = load_workbook(write_template(register("documents"), "zh", tmp_path / "template.xlsx"))
    sheet = book.worksheets[0]
    rules = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    offered = {cell.value for row in book["_lists"].iter_rows() for cell in row if cell.value}
    assert len(rules) >= 4
    assert {"已提交", "是", "否"} <= offered
    assert book["_lists"].sheet_state == "hidden"


def test_a_filled_template_is_imported_without_its_example(workspace: Workspace, tmp_path: Path) -> None:
    path = write_template(register("systems"), "en", tmp_path / "template.xlsx")
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(3, 1, "S02")
    sheet.cell(3, 2, "Cooling water")
    book.save(path)
    imported(workspace, path, register="systems")
    assert rows_of(workspace, "systems", "code", "name") == [("S02", "Cooling water")]


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(HandoverError, match="can't be made"):
        write_template(register("systems"), "en", blocked / "template.xlsx")

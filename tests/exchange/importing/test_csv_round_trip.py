"""CSV out and in again: texts come back as they were, and none of them is computed by the program that opens it."""

from __future__ import annotations

import csv
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.exchange.reading.text_file import recognise
from handover.exchange.reading.text_form import TextForm
from handover.exchange.reading.text_rows import TextRows
from handover.formula_guard import guarded, unguarded
from handover.model import Document
from handover.pack.outline import TableBlock, TableColumn
from handover.pack.produce import export_register
from handover.pack.single.csv_file import write_csv
from handover.registers.catalogue import register, registers
from handover.store.workspace import Workspace
from tests.exchange.trying import rows_of, the_project, tried

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = st.one_of(
    st.builds(str.__add__, st.sampled_from([*FORMULA, "'", "''=", "'x", '"', ",", "；"]), st.text(max_size=6)),
    st.text(max_size=12),
)
FOLDER = tempfile.TemporaryDirectory()


@given(TEXTS)
def test_the_guard_comes_off_as_it_went_on(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(FORMULA)


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6))
def test_texts_are_read_as_they_were_written(texts: list[tuple[str, str]]) -> None:
    path = Path(FOLDER.name) / "list.csv"
    columns = (TableColumn("title", "Title"), TableColumn("notes", "Notes"))
    write_csv(TableBlock("documents", "", columns, [("first", "last"), *texts]), path, "en")
    read = list(TextRows(path, recognise(path, TextForm(separator=","))).read())

    def kept(text: str) -> str | None:  # what no text file holds, and what reads as nothing
        text = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text)
        return text if text.strip() else None

    assert [tuple(row) for row in read[2:]] == [tuple(map(kept, row)) for row in texts]


def test_a_register_comes_back_unchanged(workspace: Workspace, tmp_path: Path) -> None:
    titles = ["=cmd|' /C calc'!A0", "+1", "-5", "@SUM(A1)", "＝1", "'=kept", 'a "quote", b', "line\nbreak", "泵 说明书"]
    with workspace.edit("add") as work:
        for title in titles:
            work.add(Document(title=title, project_id=the_project(workspace).id))
    path = tmp_path / "documents.csv"
    assert export_register(workspace, the_project(workspace), register("documents"), path) == len(titles)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert not [cell for row in csv.reader(file) for cell in row if cell.startswith(FORMULA)]
    run = tried(workspace, path, register="documents")
    assert run.rows["unchanged"] == len(titles), run.rows
    assert sorted(title for (title,) in rows_of(workspace, "documents", "title")) == sorted(titles)


@pytest.mark.parametrize("key", [each.key for each in registers()])
def test_every_register_is_written(workspace: Workspace, tmp_path: Path, key: str) -> None:
    path = tmp_path / f"{key}.csv"
    export_register(workspace, the_project(workspace), register(key), path, language="zh")
    assert path.read_text(encoding="utf-8-sig").count("\n") >= 1

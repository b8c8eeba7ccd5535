"""An upgrade makes entries of the types and disciplines of documents, and loses none of the words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.model import Document
from handover.model.picks.pick import Pick
from handover.store import Workspace
from handover.store.checking.check import check
from handover.store.upgrading.logged import UpgradeWork
from tests.store import test_texts_to_links as older

#: The last version in which they were texts.
TEXTS = 12


def upgraded(folder: Path, monkeypatch: Any, documents: list[dict[str, Any]]) -> dict[str, tuple[str, str]]:
    """What each document of an older workspace names after the upgrade, by title."""

    def fill(work: UpgradeWork) -> None:
        entry = {"list": "discipline", "code": "EA", "en": "Electrical engineering", "zh": "电气", "also": "ELE; 电器"}
        work.insert(older.PROJECT, "pick", "PCK", [entry])
        work.insert(older.PROJECT, "document", "DOC", [{"status": "placeholder", **each} for each in documents])

    monkeypatch.setattr(older, "TEXTS", TEXTS)
    path = older.an_older_workspace(folder, fill)
    with Workspace.open(path) as workspace, workspace.read() as connection:
        words = dict(connection.execute(select(Pick.id, Pick.word)).all())
        rows = connection.execute(select(Document.title, Document.discipline_id, Document.doc_type_id)).all()
    assert check(path) == []
    return {row[0]: (words.get(row[1], ""), words.get(row[2], "")) for row in rows}


def test_words_become_the_entries_that_are_called_so_and_new_ones(tmp_path: Path, monkeypatch: Any) -> None:
    documents = [
        {"title": "a", "discipline": "ELE", "doc_type": "Manual"},
        {"title": "b", "discipline": "电气", "doc_type": "manual "},
        {"title": "c", "discipline": " ", "doc_type": "操作手册"},
        {"title": "d"},
    ]
    found = upgraded(tmp_path, monkeypatch, documents)
    electrical = "Electrical engineering"
    assert found == {"a": (electrical, "Manual"), "b": (electrical, "Manual"), "c": ("", "操作手册"), "d": ("", "")}


def test_long_words_that_begin_alike_stay_apart(tmp_path: Path, monkeypatch: Any) -> None:
    begun = "A type of document with a name of more than forty characters "
    documents = [{"title": n, "doc_type": begun + n} for n in ("one", "two")]
    found = upgraded(tmp_path, monkeypatch, documents)
    assert found == {"one": ("", begun + "one"), "two": ("", begun + "two")}

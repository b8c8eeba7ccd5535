"""A file of remembered mappings that holds anything else is one that remembers nothing of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from handover.exchange.columns.mapping import SheetColumn, fingerprint_of
from handover.exchange.columns.memory import Memory


def columns(*headings: str) -> list[SheetColumn]:
    return [SheetColumn(number, (heading,), ()) for number, heading in enumerate(headings)]


@pytest.mark.parametrize("odd", [5, None, "x", [1], {"a": 1}, {"register": 5, "fields": {}}, {"register": "documents"}])
def test_what_is_no_mapping_is_left_out_and_the_others_stay(tmp_path: Path, odd: Any) -> None:
    path = tmp_path / "mappings.json"
    wanted = fingerprint_of("documents", ["No", "Name"])
    good = {"register": "documents", "fields": {"no": "number"}}
    path.write_text(json.dumps({"seen": {wanted: odd}, "named": {"odd": odd, "good": good}}))
    memory = Memory(path)
    assert all(isinstance(field, str) for field in memory.recall("documents", columns("No", "Name")).values())
    assert memory.names("documents") == ["good"]


@pytest.mark.parametrize("text", ["", "5", "[]", '{"seen": 5, "named": []}', '{"seen": {}}', "[" * 100_000, "\0"])
def test_a_file_of_anything_else_remembers_nothing(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mappings.json"
    path.write_text(text)
    assert Memory(path).names("documents") == []
    assert Memory(path).recall("documents", columns("No", "Name")) == {}

"""Real workbooks and schedules, made by strangers, are read right without any correction."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import reading

CORPUS = reading.folder()


@pytest.mark.skipif(CORPUS is None, reason="the corpus isn't here")
@pytest.mark.parametrize("name", list(reading.expectations()))
def test_file_is_read_as_a_person_sees_it(name: str) -> None:
    assert CORPUS is not None
    result = reading.read(CORPUS, name, reading.expectations()[name])
    assert result.differences == ()

"""Real workbooks and schedules, made by strangers, are read right without any correction."""

from __future__ import annotations

import pytest

from tests.corpus.reading import expectations, read
from tests.strangers import CORPUS, needs_corpus


@needs_corpus
@pytest.mark.parametrize("name", list(expectations()))
def test_file_is_read_as_a_person_sees_it(name: str) -> None:
    result = read(CORPUS, name, expectations()[name])
    assert result.differences == ()

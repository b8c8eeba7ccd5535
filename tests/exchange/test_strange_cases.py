"""The kinds of fault that strangers' files showed: each smallest input is read right, or is on a list that shrinks."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exchange.strange_cases import expected, faults

#: Not read right yet. An input that is read right fails the test until its line ``not_yet`` goes: the list shrinks.
NOT_YET = frozenset(name for name, right in expected().items() if right.get("not_yet"))


@pytest.mark.parametrize("name", sorted(expected()))
def test_input_is_read_as_a_person_reads_it(name: str, tmp_path: Path) -> None:
    found = faults(name, tmp_path)
    if name in NOT_YET:
        assert found, f"{name} is read right: take the line not_yet out of expected.toml"
    else:
        assert found == []

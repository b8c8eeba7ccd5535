"""What general code asks models for by name: no column is called so, or the column would be asked."""

from __future__ import annotations

import pytest

from handover.registers.catalogue import registers


@pytest.mark.parametrize("name", ["blocking", "standing_alarms", "needs", "open", "due_day", "overdue"])
def test_what_models_are_asked_is_the_name_of_no_column(name: str) -> None:
    taken = [each.key for each in registers() if name in each.table.columns or name in each.model.__mapper__.attrs]
    assert taken == []

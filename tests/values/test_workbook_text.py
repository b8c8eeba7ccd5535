"""What stands in a cell of an export is the text that was written there, whatever a workbook can't hold."""

from __future__ import annotations

import pytest

from handover.values.cells import as_text
from handover.values.workbook_text import clean, cut, is_as_written


@pytest.mark.parametrize("text", ["x\x7fy", "\u200bz\u200b", "a\rb", "\x01\x02q", "_x0041_", " blanks ", "😀" * 20_000])
def test_an_untouched_cell_is_as_written(text: str) -> None:
    assert is_as_written(text, as_text(cut(clean(text))))
    assert not is_as_written(text, f"{as_text(cut(clean(text)))} more")

"""Rich text: words with headings, lists, bold, italic and pictures, stored in marks."""

from __future__ import annotations

from typing import ClassVar

from handover.registers.kinds.kind import KindField
from handover.registers.kinds.text import LongTextKind
from handover.values.rich_text import read_rich


class RichTextKind(LongTextKind):
    """A text in marks; a table, a workbook and the history show it as it is stored, so that it comes back as it was."""

    key = "rich"
    width = 44
    column_types: ClassVar[tuple[type, ...]] = ()
    editor = "rich"

    def indexed(self, field: KindField, value: str) -> str:
        return f"{value}\n" + "\n".join(block.text for block in read_rich(value))


RICH = RichTextKind()

"""What the files of a pack don't show as it was entered: characters without a shape, and texts that were shortened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handover.i18n import tr, trn
from handover.pack.outline import WrittenTable
from handover.pack.pdf.document import Printed

#: So many are named in a sentence.
_MOST = 12
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class PackLosses:
    """What wasn't shown.

    Args:
        lacking: characters that no typeface has; the document shows □ for them.
        shortened: texts that the document cut, in full.
        cut_cells: cells of the workbook that had to be cut or lost characters.
    """

    lacking: str = ""
    shortened: tuple[str, ...] = ()
    cut_cells: int = 0

    def __bool__(self) -> bool:
        return bool(self.lacking or self.shortened or self.cut_cells)

    def with_printed(self, printed: Printed) -> PackLosses:
        """Besides what the document lacks."""
        return replace(self, lacking=printed.lacking, shortened=printed.shortened)

    def with_tables(self, tables: Sequence[WrittenTable]) -> PackLosses:
        """Besides what the workbook lacks."""
        return replace(self, cut_cells=sum(table.shortened for table in tables))

    def sentences(self) -> list[str]:
        """What is told to who made the pack."""
        found = []
        if self.lacking:
            named = ", ".join(f"{c} U+{ord(c):04X}" for c in self.lacking[:_MOST])
            more = "…" if len(self.lacking) > _MOST else ""
            found.append(
                trn(
                    "{n} character has no shape in any typeface and stands as □: {named}",
                    "{n} characters have no shape in any typeface and stand as □: {named}",
                    len(self.lacking),
                    named=named + more,
                )
            )
        if self.shortened:
            texts = "; ".join(_short(text) for text in self.shortened[:_MOST])
            found.append(
                trn(
                    "{n} text was shortened in the document: {texts}",
                    "{n} texts were shortened in the document: {texts}",
                    len(self.shortened),
                    texts=texts,
                )
            )
        if self.cut_cells:
            found.append(
                trn("{n} cell of the workbook was cut.", "{n} cells of the workbook were cut.", self.cut_cells)
            )
        if found:
            found.append(tr("The last page of the document lists them."))
        return found


#: All is shown.
NOTHING_LOST = PackLosses()


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"

"""Lines on which those sign who pass knowledge on, take it over or verify it, high enough for a pen."""

from __future__ import annotations

from collections.abc import Iterable

from handover.i18n import N_
from handover.pack.outline import TableBlock, TableColumn
from handover.values.print_forms import LONG
from handover.wording import Words, said


def signing_lines(parts: Iterable[tuple[Words, Words]], key: str = "signatures") -> TableBlock:
    """A line for each name with its part; an empty name is written by hand."""
    columns = (
        TableColumn("name", said(N_("Name")), LONG, 1.6),
        TableColumn("part", said(N_("Part in it")), weight=1.2),
        TableColumn("signed_on", said(N_("Date")), weight=0.9),
        TableColumn("signature", said(N_("Signature")), weight=1.8),
    )
    rows = tuple((f"{name}\n\u00a0" if isinstance(name, str) else name, part, "", "") for name, part in parts)
    return TableBlock(key, said(N_("Signatures")), columns, rows, len(rows))

"""What the wizard says of a table that was found on a sheet."""

from __future__ import annotations

from handover.exchange.tables.finding import Table
from handover.i18n import tr, trn


def table_name(table: Table) -> str:
    """What a table is called in the list: its title or its first headings, and its rows."""
    said = table.title or ", ".join(h.text for h in table.headings[:4] if h.text)
    return tr("Rows {first}–{last}: {title}", first=table.first + 1, last=table.last + 1, title=said[:60])


def found_sentence(table: Table) -> str:
    """How many rows were found, and where."""
    n = sum(1 for _ in table.rows())
    found = trn("{n} row of data was found", "{n} rows of data were found", n)
    if not n:
        return tr("No row of data was found below these headings. Choose another table or row of headings.")
    return tr(
        "{found}, from row {first} to row {last}. Grey rows are left out; point at one to see why.",
        found=found, first=table.first + 1, last=table.last + 1,
    )  # fmt: skip

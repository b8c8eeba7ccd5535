"""What an OpenDocument sheet says beyond its values: hidden rows and columns, merged cells.

The fast reader gives none of it. Read as in ``handover.exchange.reading.sheet_marks``, with a few patterns over the raw
bytes of ``content.xml``, and only where the sheet has any of it. Runs in the reading child.
"""

from __future__ import annotations

import re
import zipfile

from handover.exchange.reading.entities import plain
from handover.exchange.reading.limits import MAX_COLUMNS
from handover.exchange.reading.sheet_marks import Marks, no_marks

_TABLE = re.compile(rb"<table:table(?=\s)([^<>]{0,4000})>")
_PART = re.compile(rb"<table:(table-column|table-row|table-cell|covered-table-cell)(?=[\s/>])([^<>]{0,4000})>")
_NAME = re.compile(rb"\btable:name\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)')")
_REPEATED = re.compile(rb"\btable:number-(?:rows|columns)-repeated\s{0,9}=\s{0,9}[\"'](\d{1,8})[\"']")
_HIDDEN = re.compile(rb"\btable:visibility\s{0,9}=\s{0,9}[\"'](?:collapse|filter)[\"']")
_ROWS = re.compile(rb"\btable:number-rows-spanned\s{0,9}=\s{0,9}[\"'](\d{1,8})[\"']")
_COLUMNS = re.compile(rb"\btable:number-columns-spanned\s{0,9}=\s{0,9}[\"'](\d{1,8})[\"']")
_TELLING = (b"table:visibility", b"table:number-rows-spanned", b"table:number-columns-spanned")
_MOST_MERGED = 200_000

Merged = list[tuple[int, int, int, int]]


def read_ods_marks(archive: zipfile.ZipFile, sheet: str, height: int) -> tuple[Merged, Marks]:
    """The merged areas (top, left, bottom, right) and the marks of a sheet, rows and columns counted from 0.

    Args:
        height: how many rows the sheet has; what lies below counts for nothing.
    """
    table = _table(archive.read("content.xml"), sheet)
    merged: Merged = []
    marks = no_marks()
    if not any(word in table for word in _TELLING):
        return merged, marks
    row = column = shown = 0  # the next row; the next column of the list of columns; the next cell of the row
    for match in _PART.finditer(table):
        kind, attributes = match[1], match[2]
        times = _number(_REPEATED.search(attributes))
        if kind == b"table-column":
            if _HIDDEN.search(attributes):
                marks["hidden_columns"] += range(column, min(column + times, MAX_COLUMNS))
            column += times
        elif kind == b"table-row":
            if row >= height:
                break
            if _HIDDEN.search(attributes):
                marks["hidden_rows"] += range(row, min(row + times, height))
                if b"filter" in attributes:
                    marks["filtered"].append((row, min(row + times, height) - 1))
            row += times
            shown = 0
        else:
            deep, wide = _number(_ROWS.search(attributes)), _number(_COLUMNS.search(attributes))
            if (deep > 1 or wide > 1) and row and len(merged) < _MOST_MERGED:
                merged.append((row - 1, shown, row + deep - 2, shown + wide - 1))
            shown += times
    return merged, marks


def _table(content: bytes, sheet: str) -> bytes:
    """The part of the document that holds a sheet."""
    for match in _TABLE.finditer(content):
        name = _NAME.search(match[1])
        if name and _text(name[1] if name[1] is not None else name[2]) == sheet:
            end = content.find(b"</table:table>", match.end())
            return content[match.end() : end if end >= 0 else len(content)]
    return b""


def _text(raw: bytes) -> str:
    return plain(raw)


def _number(match: re.Match[bytes] | None) -> int:
    return max(int(match[1]), 1) if match else 1

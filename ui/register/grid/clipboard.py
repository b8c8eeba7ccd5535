"""Blocks of cells on the clipboard, as Excel and LibreOffice put and take them: tab-separated, quoted where needed."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

Block = list[list[str]]

_FORMULA = ("=", "+", "-", "@")


def tsv(block: Iterable[Sequence[str]]) -> str:
    """A block as text: a cell with a tab, a break or a leading quote is put in quotes."""
    return "\r\n".join("\t".join(_quoted(cell) for cell in row) for row in block)


def parse(text: str) -> Block:
    """The cells of a text from another program; a rectangle, short rows filled up with empty cells."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    if not plain:
        return [[""]]
    if '"' in plain:
        rows = list(csv.reader(io.StringIO(plain, newline=""), dialect="excel-tab", strict=False))
    else:
        rows = [line.split("\t") for line in plain.split("\n")]
    wide = max((len(r) for r in rows), default=1) or 1
    return [[*r, *[""] * (wide - len(r))] for r in rows] or [[""]]


def put(block: Sequence[Sequence[str]]) -> None:
    """Put a block on the clipboard, as text and as a table."""
    data = QMimeData()
    data.setText(tsv(block))
    rows = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in block)
    data.setHtml(f'<meta charset="utf-8"><table>{rows}</table>')
    QGuiApplication.clipboard().setMimeData(data)


def take() -> str:
    """The text on the clipboard."""
    return QGuiApplication.clipboard().text()


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in "\t\n\r") or cell.startswith('"'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _cell(cell: str) -> str:
    # Excel and Calc would take 007 for a number and =1+1 for a formula; both are told that it is text.
    zeros = len(cell) > 1 and cell.isdecimal() and cell.startswith("0")
    as_text = """ style="mso-number-format:'\\@'" sdnum="1033;0;@\"""" if zeros or cell.startswith(_FORMULA) else ""
    return f"<td{as_text}>{html.escape(cell).replace(chr(10), '<br>')}</td>"

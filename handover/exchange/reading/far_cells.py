"""Reads the cells of an .xlsx sheet one by one, for sheets that a fast reader can't hold.

A single cell at XFD1048576 makes a reader that keeps a rectangle ask for terabytes. This one keeps only cells within
the limits and lists the addresses of the others. Slow, so it runs only where the fast one gave up; in the child.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from handover.exchange.reading.grid import address, parse_address
from handover.exchange.reading.limits import MAX_COLUMNS, MAX_ROWS
from handover.values.cells import Cell

WIDEST_GAP = 10_000
"""Blank rows after which a cell counts as stray."""
_MOST_STRAY = 20
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_DATE_LETTERS = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_NOT_LETTERS = re.compile(r'"[^"]{0,200}"|\[(?!h|m|s)[^\]]{0,200}\]|\\.|_.|\*.|general', re.IGNORECASE)


class _Collector:
    """Gathers cells from the events of the XML parser."""

    def __init__(self, texts: list[str], dates: set[int], date1904: bool) -> None:
        self.texts, self.dates = texts, dates
        self.epoch = dt.datetime(1904, 1, 1) if date1904 else dt.datetime(1899, 12, 30)
        self.done: list[tuple[int, dict[int, Cell]]] = []
        self.stray: list[str] = []
        self.row, self.column = -1, -1
        self.cells: dict[int, Cell] = {}
        self.kind, self.style = "", 0
        self.text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            number = attributes.get("r", "")
            self.row = int(number) - 1 if number.isdigit() else self.row + 1
            self.cells, self.column = {}, -1
        elif local == "c":
            place = parse_address(attributes.get("r", ""))
            self.column = place[1] if place else self.column + 1
            self.kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self.style = int(style) if style.isdigit() else 0
        elif local in ("v", "t"):
            self.text = []

    def data(self, text: str) -> None:
        if self.text is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local in ("v", "t") and self.text is not None:
            value = self._value("".join(self.text))
            self.text = None
            if value is None or value == "":
                return
            if self.column >= MAX_COLUMNS:
                if len(self.stray) < _MOST_STRAY:
                    self.stray.append(address(self.row, self.column))
            else:
                known = self.cells.get(self.column)
                self.cells[self.column] = f"{known}{value}" if local == "t" and known is not None else value
        elif local == "row" and self.cells:
            self.done.append((self.row, self.cells))

    def _value(self, text: str) -> Cell:
        if self.kind == "s":
            return self.texts[int(text)] if text.isdigit() and int(text) < len(self.texts) else None
        if self.kind in ("str", "inlineStr", "e"):
            return _unescaped(text)
        if self.kind == "b":
            return text.strip() == "1"
        try:
            number = float(text)
        except ValueError:
            return text
        if self.style in self.dates and 0 < number < 2_958_466:
            moment = self.epoch + dt.timedelta(seconds=round(number * 86_400))
            return moment.date() if number == int(number) else moment
        return number


def read_cells(
    archive: zipfile.ZipFile, part: str, texts_part: str | None, styles_part: str | None, date1904: bool
) -> Iterator[tuple[list[list[Any]], list[str]]]:
    """Pieces of the sheet: rows in order, each as wide as its own last cell, and the stray addresses so far."""
    texts = _shared_texts(archive.read(texts_part)) if texts_part else []
    dates = _date_styles(archive.read(styles_part)) if styles_part else set()
    collector = _Collector(texts, dates, date1904)
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = collector.start, collector.end
    parser.CharacterDataHandler = collector.data
    parser.buffer_text = True
    height = 0
    with archive.open(part) as file:
        while data := file.read(1 << 20):
            parser.Parse(data, False)
            rows: list[list[Any]] = []
            for number, cells in collector.done:
                if number < height or number - height > WIDEST_GAP or number >= MAX_ROWS:
                    collector.stray += [address(number, c) for c in sorted(cells)][: _MOST_STRAY - len(collector.stray)]
                    continue
                rows += [[] for _ in range(number - height)]
                rows.append([cells.get(c) for c in range(max(cells) + 1)])
                height = number + 1
            collector.done.clear()
            yield rows, collector.stray


def _unescaped(text: str) -> str:
    """The text with Excel's own escapes such as ``_x000D_`` as the characters that they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _shared_texts(data: bytes) -> list[str]:
    texts: list[str] = []
    piece: list[str] = []
    state = {"in_t": False, "phonetic": 0}

    def start(tag: str, _attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "si":
            piece.clear()
        elif local == "rPh":
            state["phonetic"] += 1
        state["in_t"] = local == "t" and not state["phonetic"]

    def end(tag: str) -> None:
        local = tag.rpartition(":")[2]
        state["in_t"] = False
        if local == "rPh":
            state["phonetic"] -= 1
        elif local == "si":
            texts.append(_unescaped("".join(piece)))

    def text(data: str) -> None:
        if state["in_t"]:
            piece.append(data)

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    parser.Parse(data, True)
    return texts


def _date_styles(data: bytes) -> set[int]:
    """Which cell styles show a number as a date."""
    own: dict[str, bool] = {}
    dates: set[int] = set()
    state = {"xfs": 0, "n": 0}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "numFmt":
            code = _NOT_LETTERS.sub("", attributes.get("formatCode", ""))
            own[attributes.get("numFmtId", "")] = bool(_DATE_LETTERS.search(code))
        elif local == "cellXfs":
            state["xfs"] = 1
        elif local == "xf" and state["xfs"]:
            number = attributes.get("numFmtId", "0")
            if own.get(number, number.isdigit() and int(number) in _DATE_FORMATS):
                dates.add(state["n"])
            state["n"] += 1

    def end(tag: str) -> None:
        if tag.rpartition(":")[2] == "cellXfs":
            state["xfs"] = 0

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return dates

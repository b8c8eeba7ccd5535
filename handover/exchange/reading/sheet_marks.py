"""What a sheet's XML says beyond its values: grouping, indent, bold, per cent, what is hidden or not calculated.

Read with a few patterns over the raw bytes instead of a parser: on 100,000 rows a parser costs as much as reading all
values, and most sheets have none of this. Runs in the reading child.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import TypedDict

from handover.exchange.reading.entities import plain
from handover.exchange.reading.grid import parse_address

# No pattern looks beyond the next < or > or farther than some hundred bytes, so that a document of nothing but
# beginnings costs no more than its length.
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\b([^<>]{0,2000})>")
_COLUMN = re.compile(rb"<(?:\w{1,20}:)?col\b([^<>]{0,2000})>")
_STYLED = re.compile(rb"<(?:\w{1,20}:)?c\b([^<>]{0,300})>")
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"'](\d{1,6})[\"']")
#: The end of a cell with a formula and without a value.
_EMPTY_END = re.compile(
    rb"(?:/f>|<f\b[^<>]{0,200}/>|:f\b[^<>]{0,200}/>)"
    rb"(?:<[\w:]{1,12}\s{0,4}/>|<[\w:]{1,12}></[\w:]{1,12}>)?</(?:\w{1,20}:)?c>"
)
_ERROR_MARK = re.compile(rb"t=[\"']e[\"']")
_VALUE = re.compile(rb"<(?:\w{1,20}:)?v>([^<]{1,20})<")
_CELL_START = re.compile(rb"<(?:\w{1,20}:)?c\b[^<>]{0,300}?\br=[\"']([A-Z]{1,3}\d{1,7})[\"']")
_XF = re.compile(rb"<(?:\w{1,20}:)?xf\b([^<>]{0,2000})>")
_FONT = re.compile(rb"<(?:\w{1,20}:)?font\b[^<>]{0,2000}>")
_INDENT = re.compile(rb"\bindent\s{0,9}=\s{0,9}[\"'](\d{1,4})[\"']")
_BOLD = re.compile(rb"<(?:\w{1,20}:)?b\b([^<>]{0,200})>")
_NOT_BOLD = re.compile(rb"\bval=[\"'](?:0|false)[\"']")
_NUMBER_FORMAT = re.compile(rb"<(?:\w{1,20}:)?numFmt\b([^<>]{0,2000})>")
_TRUE = (b"1", b"true")
_FILTER = re.compile(
    rb"<(?:\w{1,20}:)?autoFilter\b[^<>]{0,300}?\bref=[\"']([A-Z0-9$:]{2,30})[\"'][^<>]{0,300}>(?=\s{0,20}<(?:\w{1,20}:)?filterColumn)"
)
_TABLE_PART = re.compile(rb"tables/(table\d{1,5}\.xml)")
_LITERALS = r'(?:"[^"]{0,60}"|\\.|[-_/ ()+:]){0,40}'
#: Zeros with letters around them: no commas, points, signs of per cent and letters of dates.
_PADDED = re.compile(rf"({_LITERALS})(0{{1,20}})({_LITERALS})")
_LITERAL = re.compile(r'"([^"]{0,60})"|\\(.)|([-_/ ()+:])')
_LAST_LEVEL_COLUMN = 7  # H: further to the right nobody shows levels

MOST_ROWS_WITH_STYLES = 20_000
"""Beyond so many rows nobody shows levels by bold type; indent and bold aren't looked for."""


class Marks(TypedDict):
    """What was found; rows and columns counted from 0.

    ``filtered`` are the first and last rows below filters that are on; ``padded`` cells with the letters before their
    number, its least digits and the letters behind it, as Excel shows them.
    """

    hidden_rows: list[int]
    hidden_columns: list[int]
    outline: dict[int, int]
    indents: dict[int, dict[int, int]]
    bold: dict[int, list[int]]
    uncalculated: list[tuple[int, int]]
    errors: list[tuple[int, int, str]]
    percents: list[tuple[int, int]]
    filtered: list[tuple[int, int]]
    padded: list[tuple[int, int, str, int, str]]


def no_marks() -> Marks:
    """The marks of a sheet that has none, or of a format that doesn't tell."""
    return Marks(
        hidden_rows=[], hidden_columns=[], outline={}, indents={}, bold={}, uncalculated=[], errors=[], percents=[],
        filtered=[], padded=[],
    )  # fmt: skip


def read_marks(archive: zipfile.ZipFile, part: str, styles_part: str | None, rows: int) -> Marks:
    """The marks of the sheet in ``part``; ``rows`` is how many rows it has, as far as known."""
    sheet = archive.read(part)
    marks = no_marks()
    start = max(sheet.find(b"<sheetData"), sheet.find(b":sheetData"), 0)
    _read_columns(sheet[:start], marks)
    if b"outlineLevel=" in sheet or b"hidden=" in sheet:
        _read_rows(sheet, start, marks)
        if marks["hidden_rows"]:
            marks["filtered"] = list(_filters(archive, part, sheet))
    marks["uncalculated"] = list(_uncalculated(sheet, start))
    marks["errors"] = list(_errors(sheet, start))
    if styles_part and rows <= MOST_ROWS_WITH_STYLES:
        styles = archive.read(styles_part)
        _read_styles(sheet, start, styles, marks)
        marks["percents"] = list(_percents(sheet, start, styles))
        marks["padded"] = list(_padded(sheet, start, styles))
    return marks


def _filters(archive: zipfile.ZipFile, part: str, sheet: bytes) -> Iterator[tuple[int, int]]:
    """The rows below the headings of filters that are on: the sheet's own, and those of its tables."""
    folder, _, name = part.rpartition("/")
    links = f"{folder}/_rels/{name}.rels"
    known = set(archive.namelist())
    tables = _TABLE_PART.findall(archive.read(links)) if b"tablePart" in sheet and links in known else []
    texts = [sheet[max(sheet.rfind(b"</sheetData"), 0) :]]
    texts += [archive.read(p) for p in (f"xl/tables/{t.decode('ascii')}" for t in tables[:50]) if p in known]
    for text in texts:
        for match in _FILTER.finditer(text):
            first, _, last = match[1].decode("ascii").partition(":")
            top, bottom = parse_address(first), parse_address(last or first)
            if top and bottom:
                yield top[0] + 1, bottom[0]


def _padded(sheet: bytes, start: int, styles: bytes) -> Iterator[tuple[int, int, str, int, str]]:
    """The cells whose number Excel shows with zeros before it or letters around it: 00123, T-001."""
    own = {
        _attribute(m[1], b"numFmtId"): found
        for m in _NUMBER_FORMAT.finditer(styles)
        if (found := _padding(_attribute(m[1], b"formatCode")))
    }
    xfs = _within(styles, b"cellXfs") if own else b""
    those = {
        n: own[number] for n, m in enumerate(_XF.finditer(xfs)) if (number := _attribute(m[1], b"numFmtId")) in own
    }
    for style, row, column in _styled(sheet, start) if those else ():
        if style in those:
            yield row, column, *those[style]


def _padding(code: bytes) -> tuple[str, int, str] | None:
    """Letters, least digits and letters of a format such as ``"T-"000``; None where numbers are shown as they are."""
    text = plain(code).partition(";")[0]
    if not (match := _PADDED.fullmatch(text)):
        return None
    before, after = (_LITERAL.sub(lambda m: m[1] or m[2] or m[3] or "", match[n]) for n in (1, 3))
    return (before, len(match[2]), after) if before or after or len(match[2]) > 1 else None


def _uncalculated(sheet: bytes, start: int) -> Iterator[tuple[int, int]]:
    """Cells with a formula that was never calculated; found from their ends, which are rare."""
    if sheet.find(b"<f", start) < 0 and sheet.find(b":f", start) < 0:
        return
    for match in _EMPTY_END.finditer(sheet, start):
        if place := _place_before(sheet, match.start(), start):
            yield place


def _errors(sheet: bytes, start: int) -> Iterator[tuple[int, int, str]]:
    """Cells whose formula failed; the fast reader leaves them empty."""
    for match in _ERROR_MARK.finditer(sheet, start):
        place = _place_before(sheet, match.end(), start)
        end = sheet.find(b">", match.end(), match.end() + 200)
        close = sheet.find(b"/c>", end, end + 10_000) if end >= 0 else -1  # </c>, or </x:c>
        close = close if close >= 0 else sheet.find(b":c>", end, end + 10_000) if end >= 0 else -1
        value = _VALUE.search(sheet, end, close) if close >= 0 else None
        if place and value:
            yield (*place, value[1].decode("ascii", errors="replace"))


def _place_before(sheet: bytes, end: int, start: int) -> tuple[int, int] | None:
    """The place of the cell that begins last before ``end``."""
    start = max(start, end - 40_000)  # no formula is longer
    at = max(sheet.rfind(b"<c ", start, end), sheet.rfind(b":c ", start, end))
    at = sheet.rfind(b"<", start, at + 1)
    match = _CELL_START.match(sheet, at) if at >= 0 else None
    return parse_address(match[1].decode("ascii")) if match else None


def _attribute(attributes: bytes, name: bytes) -> bytes:
    """The value of an attribute, empty where there is none; the first of that name."""
    at = -1
    while (at := attributes.find(name, at + 1)) >= 0:
        before, behind = attributes[at - 1 : at], attributes[at + len(name) : at + len(name) + 12].lstrip()
        if (at and not before.isspace()) or not behind.startswith(b"="):
            continue
        start = attributes.index(b"=", at) + 1
        quote = attributes[start : start + 12].lstrip()[:1]
        if quote not in (b'"', b"'"):
            return b""
        start = attributes.index(quote, start) + 1
        end = attributes.find(quote, start)
        return attributes[start:end] if end >= 0 else b""
    return b""


def _number(text: bytes) -> int:
    return int(text) if text.isdigit() and len(text) < 9 else 0


def _read_columns(head: bytes, marks: Marks) -> None:
    for match in _COLUMN.finditer(head):
        if _attribute(match[1], b"hidden") in _TRUE:
            first, last = _number(_attribute(match[1], b"min")), _number(_attribute(match[1], b"max"))
            marks["hidden_columns"] += range(max(first - 1, 0), min(last, 16_384))


def _read_rows(sheet: bytes, start: int, marks: Marks) -> None:
    row = -1
    for match in _ROW.finditer(sheet, start):
        attributes = match[1]
        number = _attribute(attributes, b"r")
        row = _number(number) - 1 if number else row + 1
        if b"outlineLevel" in attributes and (level := _number(_attribute(attributes, b"outlineLevel"))):
            marks["outline"][row] = level
        if b"hidden" in attributes and _attribute(attributes, b"hidden") in _TRUE:
            marks["hidden_rows"].append(row)


def _read_styles(sheet: bytes, start: int, styles: bytes, marks: Marks) -> None:
    looks = _looks(styles)
    if not any(looks):
        return
    for style, row, column in _styled(sheet, start):
        look = looks[style] if style < len(looks) else None
        if look is None or column > _LAST_LEVEL_COLUMN:
            continue
        bold, indent = look
        if indent:
            marks["indents"].setdefault(row, {})[column] = indent
        if bold:
            marks["bold"].setdefault(row, []).append(column)


def _styled(sheet: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Style, row and column of the cells that have a style."""
    for match in _STYLED.finditer(sheet, start):
        place, style = _PLACE.search(match[1]), _STYLE.search(match[1])
        if place and style and (at := parse_address(place[1].decode("ascii"))):
            yield (int(style[1]), *at)


def _percents(sheet: bytes, start: int, styles: bytes) -> Iterator[tuple[int, int]]:
    """The cells whose number Excel shows with a per cent sign."""
    own = {_attribute(m[1], b"numFmtId") for m in _NUMBER_FORMAT.finditer(styles) if b"%" in m[1]}
    found = [_attribute(m[1], b"numFmtId") for m in _XF.finditer(_within(styles, b"cellXfs"))]
    those = {n for n, number in enumerate(found) if number in (b"9", b"10") or number in own}
    if those:
        yield from ((row, column) for style, row, column in _styled(sheet, start) if style in those)


def _looks(styles: bytes) -> list[tuple[bool, int] | None]:
    """Bold and indent of each cell style, in the order of ``cellXfs``; None where it has neither."""
    bold = [_is_bold(font) for _, font in _elements(_FONT, _within(styles, b"fonts"))]
    looks: list[tuple[bool, int] | None] = []
    for xf, content in _elements(_XF, _within(styles, b"cellXfs")):
        font = _number(_attribute(xf[1], b"fontId"))
        found = _INDENT.search(content)
        indent = _number(found[1]) if found else 0
        is_bold = font < len(bold) and bold[font]
        looks.append((is_bold, indent) if is_bold or indent else None)
    return looks


def _is_bold(font: bytes) -> bool:
    return any(_NOT_BOLD.search(match[1]) is None for match in _BOLD.finditer(font))


def _within(styles: bytes, name: bytes) -> bytes:
    """What stands between the first beginning and the end of an element, whatever its prefix; nothing without one."""
    begin = min((at for at in (styles.find(b"<" + name), styles.find(b":" + name)) if at >= 0), default=-1)
    begin = styles.find(b">", begin) if begin >= 0 else -1
    end = min((at for at in (styles.find(b"</" + name, begin), styles.find(b":" + name, begin)) if at >= 0), default=-1)
    return styles[begin + 1 : end] if 0 <= begin < end else b""


def _elements(begin: re.Pattern[bytes], text: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Each element by its beginning, with all that stands before the next one begins."""
    matches = list(begin.finditer(text))
    for at, match in enumerate(matches):
        yield match, text[match.end() : matches[at + 1].start() if at + 1 < len(matches) else len(text)]

"""Reads CSV and TSV: finds out the encoding, the delimiter and what Excel added."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from handover.errors import UnusableFile
from handover.exchange.reading.grid import Grid
from handover.exchange.reading.limits import MAX_COLUMNS, MAX_ROWS, MIB
from handover.exchange.reading.text_form import TextForm, encoding_name
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.values.cells import Cell

_SAMPLE = 4 * MIB
_DELIMITERS = ",;\t|"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN_MARKS = frozenset("“”‘’„«»–—…•·°§£€©®™²³µ½\xa0")
_CHINESE_GB = re.compile(rb"(?:[\xb0-\xf7][\xa1-\xfe])")
#: What our own export puts before text that Excel would take for a formula: ' and then one of these.
_GUARDED = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")
#: One field longer than this isn't a table; a quote that is never closed makes such.
_LONGEST_FIELD = 1 * MIB
#: So many lines with characters that can't be read are named.
_MOST_REPLACED = 20


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a text file holds its table."""

    encoding: str
    delimiter: str
    #: The first line is Excel's ``sep=;`` and no data.
    has_sep_line: bool = False
    #: The user chose the encoding: what isn't text in it is refused rather than replaced.
    strict: bool = False
    #: The encoding is only guessed: the text could as well be of another.
    doubtful: bool = False


def recognise(path: Path, form: TextForm | None = None) -> Dialect:
    """Find out the encoding and the delimiter.

    Args:
        form: what the user chose of it; only the rest is found out.

    Raises:
        UnusableFile: the file isn't text, or not in the encoding that the user chose.
    """
    form = form or TextForm()
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    complete = len(sample) < _SAMPLE
    encoding = _with_mark(form.encoding, sample) if form.encoding else guess_encoding(sample, complete)
    if encoding is None:
        raise UnusableFile(N_("{file} is neither a workbook nor text that could be a table."), file=path.name)
    strict = form.encoding is not None
    if strict:
        _refuse_undecodable(path, encoding)
    text = sample.decode(encoding, errors="replace").lstrip("\ufeff")
    if "\0" in text or _odd_share(text) > 0.05:
        if strict:
            raise _other_encoding(path, encoding, 1)
        raise UnusableFile(N_("{file} is neither a workbook nor text that could be a table."), file=path.name)
    if not text.strip():
        raise UnusableFile(N_("{file} is empty: it holds only blanks."), file=path.name)
    doubtful = not strict and (encoding == "cp950" or (encoding == "cp1252" and not _reads_as_western(text)))
    first = text.splitlines()[0].strip()
    if (match := re.fullmatch(r'"?sep=(.)"?', first, re.IGNORECASE)) or first.lower() in ("sep=", "sep=\t"):
        stated = match[1] if match else "\t"
        return Dialect(encoding, form.separator or stated, True, strict, doubtful)
    return Dialect(encoding, form.separator or _delimiter(text), False, strict, doubtful)


def _with_mark(codec: str, sample: bytes) -> str:
    """The codec that also takes the mark at the start; UTF-16 without one in the order of bytes that the text shows."""
    if codec == "utf-8":
        return "utf-8-sig"
    if codec == "utf-16" and not sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le"
    return codec


def _refuse_undecodable(path: Path, encoding: str) -> None:
    """Go through the whole file once, so that it is refused before it is read halfway."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with path.open("rb") as file:
        while True:
            piece = file.read(_SAMPLE)
            try:
                line += decoder.decode(piece, final=not piece).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                raise _other_encoding(path, encoding, line) from error
            if not piece:
                return


def _other_encoding(path: Path, encoding: str, line: int) -> UnusableFile:
    return UnusableFile(
        N_(
            "{file} isn't text in {encoding}: line {line} can't be read in it. Choose another encoding, "
            "or save the list in Excel as “CSV UTF-8” and import that."
        ),
        file=path.name,
        encoding=encoding_name(encoding),
        line=line,
    )


def guess_encoding(sample: bytes, complete: bool = True) -> str | None:
    """The encoding of some bytes: their mark's, UTF-8, UTF-16, Shift-JIS, GB18030, Big5 or Latin; None for no text."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if wide := _utf16_without_mark(sample):
        return wide
    if b"\0" in sample:
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=complete)
        return "utf-8"
    except UnicodeDecodeError:
        pass
    if _is_damaged_utf8(sample):
        return "utf-8"
    if _is_japanese(sample, complete):
        return "cp932"
    if _is_gb(sample, complete):
        return "gb18030"
    return "cp950" if _is_big5(sample, complete) else "cp1252"


def _is_damaged_utf8(sample: bytes) -> bool:
    """UTF-8 in which some program has cut a character in two: hardly a fault among many characters of several bytes."""
    text = sample.decode("utf-8", errors="replace")
    faults = text.count("\ufffd")
    return sum(ch > "\x7f" for ch in text) - faults >= 20 * faults


def _utf16_without_mark(sample: bytes) -> str | None:
    """UTF-16 of text in Latin letters has a zero in every other byte."""
    part = sample[:4096]
    if len(part) < 4 or b"\0" not in part:
        return None
    even, odd = part[0::2].count(0), part[1::2].count(0)
    half = len(part) / 2
    if odd > 0.3 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.3 * half and odd < 0.05 * half:
        return "utf-16-be"
    return next((codec for codec in ("utf-16-le", "utf-16-be") if _is_chinese_text(part, codec)), None)


def _is_chinese_text(part: bytes, codec: str) -> bool:
    """Hardly a zero, for it is Chinese: lines of nothing but Latin and Chinese characters in this order of bytes."""
    text = part[: len(part) // 2 * 2].decode(codec, errors="replace")
    usual = sum(ch in "\t\r\n" or " " <= ch <= "~" or "\u3000" <= ch <= "\u9fff" or ch >= "\uff01" for ch in text)
    return "\n" in text and usual - text.count("\ufffd") >= 0.98 * len(text)


def _is_japanese(sample: bytes, complete: bool) -> bool:
    """Shift-JIS: it decodes, and a good part of what isn't ASCII are kana of full width."""
    try:
        text = codecs.getincrementaldecoder("cp932")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    foreign = sum(ch > "\x7f" for ch in text)
    kana = sum("\u3040" <= ch <= "\u30ff" for ch in text)
    return kana >= 3 and kana >= 0.2 * foreign


def _is_gb(sample: bytes, complete: bool) -> bool:
    """GB18030 rather than Latin: it decodes, and its high bytes come in pairs of common Chinese characters."""
    try:
        codecs.getincrementaldecoder("gb18030")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    high = sum(b >= 0x80 for b in sample)
    return 2 * len(_CHINESE_GB.findall(sample)) >= 0.7 * high


def _is_big5(sample: bytes, complete: bool) -> bool:
    """Big5 rather than Latin: it decodes, and nearly all of its pairs are of the common characters."""
    try:
        text = codecs.getincrementaldecoder("cp950")().decode(sample, final=complete)
    except UnicodeDecodeError:
        return False
    foreign = [ch.encode("cp950") for ch in text[:20_000] if ch > "\x7f"]
    return len(foreign) >= 4 and sum(b"\xa4" <= pair[:1] <= b"\xc6" for pair in foreign) >= 0.9 * len(foreign)


def _reads_as_western(text: str) -> bool:
    """True where what isn't ASCII are letters that stand alone among others, as accents do, or usual marks."""
    part = text[:20_000]
    foreign = [place for place, ch in enumerate(part) if ch > "\x7f"]
    usual = sum(part[place].isalpha() or part[place] in _WESTERN_MARKS for place in foreign)
    paired = sum(part[place].isalpha() and part[place - 1 : place] > "\x7f" for place in foreign)
    return usual >= 0.8 * len(foreign) and paired <= 0.3 * len(foreign)


def _odd_share(text: str) -> float:
    part = text[:20_000]
    odd = sum((ch < " " and ch not in "\t\r\n\f\x0b\x1a") or ch == "\ufffd" for ch in part)
    return odd / max(len(part), 1)


def _delimiter(text: str) -> str:
    """The delimiter that splits most lines into the same number of fields, more than one."""
    csv.field_size_limit(len(text) + 1)  # a quote that is never closed is refused when the file is read, not here
    lines = [line for line in text[:200_000].splitlines()[:200] if line.strip()]
    best, best_score = ",", 0.0
    for mark in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=mark, strict=False) if row)
        wide = {w: n for w, n in widths.items() if w > 1}
        if not wide:
            continue
        width, n = max(wide.items(), key=lambda item: (item[1], item[0]))
        score = n / max(sum(widths.values()), 1) + 0.001 * min(width, 100)
        if score > best_score:
            best, best_score = mark, score
    return best


#: Behind the last line.
_END = "\0end"


def read_csv(
    path: Path,
    name: str,
    progress: Progress = unattended,
    limit_rows: int | None = None,
    dialect: Dialect | None = None,
) -> Grid:
    """Read the table of a text file; every value stays text, empty fields are None.

    Args:
        dialect: how the file holds its table; found out where None.

    Raises:
        UnusableFile: not text, or beyond the limits of rows, columns or the length of a field.
    """
    dialect = dialect or recognise(path)
    rows: list[tuple[Cell, ...]] = []
    stray: list[str] = []
    width = 0
    size = path.stat().st_size
    csv.field_size_limit(_LONGEST_FIELD)
    with path.open("rb") as raw:
        text = io.TextIOWrapper(raw, encoding=dialect.encoding, errors="replace", newline="")
        replaced: list[int] = []
        reader = csv.reader(_cleaned(text, replaced), delimiter=dialect.delimiter)
        before = 0  # the line that the row before ended in
        unclosed: tuple[int, int] | None = None
        try:
            for number, fields in enumerate(reader):
                if fields and fields[-1].endswith(_END):
                    if fields == [_END]:
                        break
                    fields[-1] = fields[-1].removesuffix(_END).rstrip("\r\n")
                    unclosed = before + 1, reader.line_num - before - 2
                before = reader.line_num
                if number == 0 and dialect.has_sep_line:
                    continue
                if number % 2000 == 0:
                    step(progress, min(raw.tell(), size), size, tr("Reading {sheet}", sheet=name))
                if len(rows) >= MAX_ROWS:
                    raise UnusableFile(
                        N_("{file} has more than {most} lines; split it and import the parts."),
                        file=path.name,
                        most=MAX_ROWS,
                    )
                if limit_rows is not None and len(rows) >= limit_rows:
                    break
                if len(fields) > MAX_COLUMNS:
                    if any(f.strip() for f in fields[MAX_COLUMNS:]) and len(stray) < 20:
                        stray.append(f"{len(rows) + 1}")
                    fields = fields[:MAX_COLUMNS]
                width = max(width, len(fields))
                rows.append(tuple([_plain(f) for f in fields]))
        except csv.Error as error:
            raise UnusableFile(
                N_("{file} is no table that can be read: line {line} doesn't end, perhaps a quote is never closed."),
                file=path.name,
                line=reader.line_num,
                detail=str(error),
            ) from error
    while rows and not any(v is not None for v in rows[-1]):
        rows.pop()
    rows = [row if len(row) == width else (*row, *[None] * (width - len(row))) for row in rows]
    cut_short = limit_rows is not None and len(rows) >= limit_rows
    return Grid(
        sheet=path.stem, rows=rows, width=width, stray=tuple(stray), cut_short=cut_short, replaced=tuple(replaced),
        unclosed=unclosed,
    )  # fmt: skip


def _cleaned(lines: io.TextIOWrapper, replaced: list[int]) -> Iterator[str]:
    """The lines without zeros; the numbers of those with characters that couldn't be read go into ``replaced``."""
    for number, line in enumerate(lines):
        if number == 0:
            line = line.lstrip("\ufeff")
        if "\ufffd" in line and len(replaced) < _MOST_REPLACED:
            replaced.append(number + 1)
        yield line.replace("\0", "") if "\0" in line else line
    yield _END  # a row of its own, unless a quote is still open


def _plain(field: str) -> Cell:
    if not field or field.isspace():
        return None
    return field[1:] if field[0] == "'" and _GUARDED.match(field) else field

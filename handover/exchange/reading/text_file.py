"""How a text file holds its table: the encoding, the delimiter and what Excel added. Runs in the reading child."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from handover.errors import UnusableFile
from handover.exchange.reading.limits import MIB
from handover.exchange.reading.text_encoding import guess_encoding, reads_as_western
from handover.exchange.reading.text_form import TextForm, encoding_name
from handover.i18n import N_

_SAMPLE = 4 * MIB
_DELIMITERS = ",;\t|"


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
    doubtful = not strict and (encoding == "cp950" or (encoding == "cp1252" and not reads_as_western(text)))
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

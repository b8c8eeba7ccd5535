"""The rows of a CSV or TSV, line by line. Runs in the reading child."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from handover.errors import UnusableFile
from handover.exchange.reading.limits import MAX_COLUMNS, MAX_ROWS, MIB
from handover.exchange.reading.text_file import Dialect
from handover.formula_guard import unguarded
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended

#: One field longer than this isn't a table; a quote that is never closed makes such.
_LONGEST_FIELD = 1 * MIB
#: So many lines with characters that can't be read are named.
_MOST_REPLACED = 20
_MOST_STRAY = 20
#: Behind the last line.
_END = "\0end"


class TextRows:
    """The rows of a text file, each as long as its line; every value stays text, empty fields are None.

    Attributes:
        stray: rows, counted from 1, with fields beyond the limit of columns.
        replaced: lines with characters that can't be read.
        unclosed: the line whose quote is never closed, and how many lines below it took in.
    """

    def __init__(self, path: Path, dialect: Dialect) -> None:
        self._path, self._dialect = path, dialect
        self.stray: list[str] = []
        self.replaced: list[int] = []
        self.unclosed: tuple[int, int] | None = None

    def read(self, progress: Progress = unattended) -> Iterator[list[str | None]]:
        """The rows one by one.

        Raises:
            UnusableFile: beyond the limits of rows or of the length of a field.
        """
        csv.field_size_limit(_LONGEST_FIELD)
        size = self._path.stat().st_size
        saying = tr("Reading {sheet}", sheet=self._path.name)
        with self._path.open("rb") as raw:
            text = io.TextIOWrapper(raw, encoding=self._dialect.encoding, errors="replace", newline="")
            reader = csv.reader(self._cleaned(text), delimiter=self._dialect.delimiter)
            try:
                for number, fields in enumerate(self._fields(reader)):
                    if number >= MAX_ROWS:
                        raise self._too_many_lines()
                    if number % 2000 == 0:
                        step(progress, min(raw.tell(), size), size, saying)
                    if len(fields) > MAX_COLUMNS:
                        if len(self.stray) < _MOST_STRAY and any(f.strip() for f in fields[MAX_COLUMNS:]):
                            self.stray.append(f"{number + 1}")
                        fields = fields[:MAX_COLUMNS]
                    yield [_plain(f) for f in fields]
            except csv.Error as error:
                raise UnusableFile(
                    N_(
                        "{file} is no table that can be read: line {line} doesn't end, perhaps a quote is never closed."
                    ),
                    file=self._path.name,
                    line=reader.line_num,
                    detail=str(error),
                ) from error

    def _fields(self, reader: csv._reader) -> Iterator[list[str]]:  # type: ignore[name-defined]  # typeshed's name
        """The fields of each line, the one that Excel begins with left out and the mark of the end taken off."""
        before = 0  # the line that the row before ended in
        for number, fields in enumerate(reader):
            if fields and fields[-1].endswith(_END):
                if fields == [_END]:
                    return
                fields[-1] = fields[-1].removesuffix(_END).rstrip("\r\n")
                self.unclosed = before + 1, reader.line_num - before - 2
            before = reader.line_num
            if number or not self._dialect.has_sep_line:
                yield fields

    def _cleaned(self, lines: io.TextIOWrapper) -> Iterator[str]:
        """The lines without zeros; the numbers of those with characters that couldn't be read are noted."""
        for number, line in enumerate(lines):
            if number == 0:
                line = line.lstrip("\ufeff")
            if "\ufffd" in line and len(self.replaced) < _MOST_REPLACED:
                self.replaced.append(number + 1)
            yield line.replace("\0", "") if "\0" in line else line
        yield _END  # a row of its own, unless a quote is still open

    def _too_many_lines(self) -> UnusableFile:
        return UnusableFile(
            N_("{file} has more than {most} lines; split it and import the parts."),
            file=self._path.name,
            most=MAX_ROWS,
        )


def _plain(field: str) -> str | None:
    if not field or field.isspace():
        return None
    text = unguarded(field) if field[0] == "'" else field
    return None if text.isspace() else text

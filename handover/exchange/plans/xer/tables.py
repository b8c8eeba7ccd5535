"""The tables of a Primavera P6 file (.xer): lines of fields parted by tabs, in whatever encoding P6 ran with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from handover.errors import UnusableFile
from handover.exchange.reading.limits import MAX_FILE, MAX_ROWS, MIB
from handover.exchange.reading.text_encoding import guess_encoding
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended

_MOST_FIELDS = 500
_SAMPLE = 4 * MIB
#: What no text holds; P6 itself writes 7F for the ends of lines.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f]")


@dataclass(slots=True)
class XerTable:
    """One table: the names of its fields, and its rows with the line that each stands on, counted from 1."""

    fields: list[str] = field(default_factory=list)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)

    def records(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows with their fields by name."""
        for line, values in self.rows:
            yield line, dict(zip(self.fields, values, strict=False))


@dataclass(slots=True)
class XerFile:
    """A file as it was read: its tables by name, and the lines that could not be understood."""

    tables: dict[str, XerTable] = field(default_factory=dict)
    bad_lines: list[int] = field(default_factory=list)
    encoding: str = "utf-8"

    def records(self, table: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a table, none where the file has no such table."""
        return self.tables[table].records() if table in self.tables else iter(())


def read_xer_tables(path: Path, progress: Progress = unattended) -> XerFile:
    """Read the tables of a file.

    Raises:
        UnusableFile: it isn't an .xer, holds no activities, or is beyond the limits.
        Cancelled: the user stopped it.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            sample = file.read(_SAMPLE)
    except OSError as error:
        raise UnusableFile(
            N_("{file} can't be opened: another program may hold it, or you may not read it."),
            file=path.name,
            detail=str(error),
        ) from error
    if not sample.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        raise UnusableFile(N_("{file} isn't a file of Primavera P6: it has no ERMHDR line."), file=path.name)
    if size > MAX_FILE:
        raise UnusableFile(
            N_("{file} has {size} MiB; files of more than {most} MiB aren't read."),
            file=path.name,
            size=size // MIB,
            most=MAX_FILE // MIB,
        )
    found = XerFile(encoding=guess_encoding(sample, complete=len(sample) == size) or "cp1252")
    _fill(found, path, size, progress)
    if not found.tables.get("TASK", XerTable()).rows:
        raise UnusableFile(N_("{file} holds no activities. Export the project itself from P6."), file=path.name)
    return found


def _fill(found: XerFile, path: Path, size: int, progress: Progress) -> None:
    table = XerTable()
    done = rows = 0
    with path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            done += len(raw)
            if number % 2000 == 1:
                step(progress, done, size, tr("Reading {file}", file=path.name))
            line = raw.decode(found.encoding, errors="replace").rstrip("\r\n")
            values = _CONTROL.sub("", line).split("\t")
            match values[0]:
                case "%T" if len(values) > 1:
                    table = found.tables.setdefault(values[1].strip().upper(), XerTable())
                case "%F":
                    table.fields = [name.strip() for name in values[1 : _MOST_FIELDS + 1]]
                case "%R" if table.fields and len(values) <= len(table.fields) + 1:
                    table.rows.append((number, values[1:]))
                    rows += 1
                case "%E" | "ERMHDR" | "":
                    continue
                case _ if number > 1:
                    found.bad_lines.append(number)
            if rows > MAX_ROWS:
                raise UnusableFile(
                    N_("{file} has more than {most} lines; split it and import the parts."),
                    file=path.name,
                    most=MAX_ROWS,
                )

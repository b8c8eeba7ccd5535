"""The files of the sample, as they lie in ``resources/sample``, and their dates moved to the present.

Every file holds real dates as they stood on one day, the ``as_of`` of ``project.csv``, so that each can be edited in
Excel. They are moved by whole weeks, so that a Monday stays a Monday and that day is never more than six days ago.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from handover.clock import today
from handover.registers.declare import Field, Register
from handover.resource import resource
from handover.values.cells import folded
from handover.values.typed_dates import typed_day


def folder(language: str) -> Path:
    """Where the files of a language are, ``en`` or ``zh``."""
    return resource("sample", language)


def project_facts(language: str) -> dict[str, str]:
    """What the sample says of its project, by field; ``as_of`` is the day on which all files were true."""
    _heading, *facts = _lines(folder(language) / "project.csv")
    return dict(facts)


def to_present(as_of: dt.date) -> dt.timedelta:
    """By how much the dates of the files move: whole weeks, and never into the future."""
    return dt.timedelta(weeks=(today() - as_of).days // 7)


def has_rows(language: str, register: Register) -> bool:
    """Whether the sample has a file of a register's rows."""
    return (folder(language) / f"{register.key}.csv").is_file()


def texts(language: str, register: Register) -> list[dict[Field, str]]:
    """The rows of a register's file, as typed, without empty cells.

    Raises:
        KeyError: the file has a heading that no column of the register goes by.
    """
    lines = _lines(folder(language) / f"{register.key}.csv")
    by_heading = fields_by_heading(register)
    fields = [by_heading[folded(heading)] for heading in next(lines)]
    return [{f: text for f, text in zip(fields, line, strict=True) if text.strip()} for line in lines]


def file_list(language: str) -> list[tuple[str, str]]:
    """The files of revisions: number and code of each, and ``pdf`` or ``png``."""
    _heading, *rows = _lines(folder(language) / "files.csv")
    return [(said, kind) for said, kind in rows]


def fields_by_heading(register: Register) -> dict[str, Field]:
    """The columns of a register by their folded headings; labels come before synonyms."""
    found = {folded(f.label): f for f in register.entered}
    for field in register.entered:
        for heading in field.headings():
            found.setdefault(folded(heading), field)
    return found


def day(text: str, shift: dt.timedelta) -> dt.date:
    """A date of the files, moved to the present."""
    return typed_day(text) + shift


def _lines(path: Path) -> Iterator[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.reader(file)

"""By what words workbooks call the columns of a register: data in ``resources/headings``, a file a register."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from handover.resource import resource

#: The table of a file that is no column.
_SUBJECT = "subject"


@cache
def heading_words(register: str) -> Mapping[str, tuple[str, ...]]:
    """For each column the words beside its own names, those of all languages; read once, when first asked for."""
    listed = _listed(register)
    return {
        column: tuple(word for words in by.values() for word in words)
        for column, by in listed.items()
        if column != _SUBJECT
    }


@cache
def subject_words(register: str) -> tuple[str, ...]:
    """The words by which the name of a file or a sheet, or a title, says that a list is one of the register's."""
    return tuple(_listed(register).get(_SUBJECT, {}).get("words", ()))


@cache
def _listed(register: str) -> Mapping[str, Mapping[str, list[str]]]:
    path = resource("headings") / f"{register}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

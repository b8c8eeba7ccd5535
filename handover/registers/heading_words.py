"""By what words workbooks call the columns of a register: data in ``resources/headings``, a file a register."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from handover.resource import resource

#: The tables of a file that are no columns.
_SUBJECT = "subject"
_BESIDE = "beside"


@cache
def heading_words(register: str) -> Mapping[str, tuple[str, ...]]:
    """For each column the words beside its own names, those of all languages; read once, when first asked for."""
    listed = _listed(register)
    return {
        column: tuple(word for words in by.values() for word in words)
        for column, by in listed.items()
        if column not in (_SUBJECT, _BESIDE)
    }


@cache
def subject_words(register: str) -> tuple[str, ...]:
    """The words by which the name of a file or a sheet, or a title, says that a list is one of the register's."""
    return tuple(_listed(register).get(_SUBJECT, {}).get("words", ()))


@cache
def words_beside(register: str) -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """For columns that plain headings mean beside certain words alone: those words, and the headings."""
    found = _listed(register).get(_BESIDE, {})
    return {column: (tuple(by["when"]), tuple(by["headings"])) for column, by in found.items()}


@cache
def _listed(register: str) -> Mapping[str, Mapping[str, Any]]:  # Any: TOML
    path = resource("headings") / f"{register}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}

"""By what words workbooks call the columns of a register: data in ``resources/headings``, a file a register."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from handover.resource import resource


@cache
def heading_words(register: str) -> Mapping[str, tuple[str, ...]]:
    """For each column the words beside its own names, those of all languages; read once, when first asked for."""
    path = resource("headings") / f"{register}.toml"
    if not path.is_file():
        return {}
    listed = tomllib.loads(path.read_text(encoding="utf-8"))
    return {column: tuple(word for words in by.values() for word in words) for column, by in listed.items()}

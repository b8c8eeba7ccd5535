"""The column that says what is wrong in a workbook of rejected rows: known by its heading."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from handover.i18n import LANGUAGES, N_, in_language, tr
from handover.values.cells import normal

WHAT_IS_WRONG: Final = N_("What is wrong (cells of {file})")


@lru_cache(maxsize=4096)
def says_what_is_wrong(heading: str) -> bool:
    """True for the heading of that column, in either language."""
    said = normal(heading)
    return any(said.startswith(before) and said.endswith(after) for before, after in _around_the_file())


@cache
def _around_the_file() -> list[tuple[str, str]]:
    """What stands before and after the file's name in that heading, in each language."""
    found = []
    for code in LANGUAGES:
        with in_language(code):
            before, _, after = tr(WHAT_IS_WRONG, file="\0").partition("\0")
            found.append((normal(before), normal(after)))
    return found

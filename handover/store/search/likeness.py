"""What the index is asked for to find rows that say something alike: any of the words of a text, not all of them."""

from __future__ import annotations

import re
import sqlite3
from typing import NamedTuple

from handover.store.search import tables
from handover.store.search.text import parted

#: Of a long text the first words are asked for; more cost time and find no more.
_MOST = 36
#: Shorter Latin words say nothing.
_LEAST = 3
_SIGN = re.compile(r"[^\x00-\x7f]")

#: The rows of a list that have any of the words, the most alike first: a word counts the more, the rarer it is, and in
#: a name more than in other texts.
_ALIKE = """
SELECT row_id, -score
FROM (SELECT rowid AS id, bm25(words, 2.0, 1.0, 0.0, 0.0) AS score FROM words
      WHERE words MATCH :asked AND rowid BETWEEN :first AND :last ORDER BY score LIMIT :looked)
CROSS JOIN entry USING (id) JOIN project ON project.number = entry.project
WHERE NOT binned AND project.id = :project ORDER BY score LIMIT :most
"""
#: So many are looked at for each one wanted: some are old, in the bin or of other projects.
_FOR_EACH = 8


class Alike(NamedTuple):
    """A row that says something alike, and how much so."""

    row_id: str
    score: float


def any_of(text: str) -> str:
    """A text as the index is asked for any of it: pairs of Chinese signs, and words; empty where it has neither."""
    words: dict[str, None] = {}
    parts = parted(text).split()
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        if _is_chinese(part):
            if _is_chinese(following):
                words[f'"{part} {following}"'] = None
        elif len(part) >= _LEAST:
            words[f'"{part}"' if len(part) == _LEAST else f'"{part}"*'] = None
    return f"{{name texts}}: ({' OR '.join(list(words)[:_MOST])})" if words else ""


def alike(connection: sqlite3.Connection, asked: str, table: str, project: str, most: int) -> list[Alike]:
    """The rows of a table that are most alike, none of those in the bin.

    Args:
        asked: as ``any_of`` writes it.
    """
    first, last = tables.range_of(connection, table, extra=False)
    given = {"asked": asked, "first": first, "last": last, "project": project, "most": most, "looked": most * _FOR_EACH}
    return [Alike(*row) for row in connection.execute(_ALIKE, given)] if last >= first else []


def _is_chinese(part: str) -> bool:
    return len(part) == 1 and bool(_SIGN.match(part))

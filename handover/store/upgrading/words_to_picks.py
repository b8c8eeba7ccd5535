"""What migration 0013 does with words that become entries of lists: the types and disciplines of documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from handover.i18n import N_
from handover.store.upgrading.logged import UpgradeWork
from handover.values.cells import folded

#: The column that goes, the one that comes, and the list whose entries it names.
_COLUMNS = (("discipline", "discipline_id", "discipline"), ("doc_type", "doc_type_id", "document_type"))
_LONGEST_CODE = 40


@dataclass(frozen=True)
class TypedWords:
    """The words of documents as they stood, read before their columns go: key, project, and a word for each column."""

    documents: tuple[tuple[Any, ...], ...]  # Any: two keys, and a text or None for each column

    @classmethod
    def read(cls, connection: Connection) -> TypedWords:
        """All of them."""
        names = ", ".join(column for column, *_ in _COLUMNS)
        rows = connection.exec_driver_sql(
            f"SELECT id, project_id, {names} FROM document "  # noqa: S608 - our own names
            f"WHERE coalesce({names}) IS NOT NULL ORDER BY id"
        )
        return cls(tuple(map(tuple, rows)))


def make_picks(work: UpgradeWork, words: TypedWords) -> None:
    """Have documents name entries of the lists: the one that is called so, or a new one."""
    lists: dict[tuple[str, str], _KnownEntries] = {}
    told: dict[str, dict[str, int]] = defaultdict(lambda: {"n": 0, "made": 0})
    for key, project, *texts in words.documents:
        links: dict[str, tuple[Any, Any]] = {}  # Any: as UpgradeWork.update takes them
        gone: dict[str, str] = {}
        for (column, attr, list_), text in zip(_COLUMNS, texts, strict=True):
            if text is None:
                continue
            gone[column] = text
            if text.strip():
                place = project, list_
                if place not in lists:
                    lists[place] = _KnownEntries(work, *place)
                links[attr] = (None, lists[place].entry(text.strip()))
        work.update(project, "document", key, links, gone=gone)
        told[project]["n"] += 1
    for (project, _), entries in lists.items():
        told[project]["made"] += entries.made
    work.finish(N_("Name types and disciplines of {n} documents by the lists: {made} entries made"), told)


class _KnownEntries:
    """The living entries of a list by everything that they are called."""

    def __init__(self, work: UpgradeWork, project: str, list_: str) -> None:
        self._work, self._project, self._list = work, project, list_
        self.made = 0
        self._by_word: dict[str, str] = {}
        self._codes: set[str] = set()
        where = "project_id = ? AND list = ? AND deleted_at IS NULL"
        rows = work.rows("pick", "id, code, en, zh, also", where, (project, list_))
        for place in range(1, 4):  # a code goes before a word, a word before what else is said
            for row in rows:
                self._codes.add(row[1])
                said = {1: (row[1],), 2: row[2:4], 3: (row[4] or "").replace("；", ";").split(";")}[place]
                for word in filter(None, said):
                    self._by_word.setdefault(folded(word), row[0])

    def entry(self, word: str) -> str:
        """The key of the entry that a word means; a new one where nothing is called so."""
        known = self._by_word.get(folded(word))
        if known is not None:
            return known
        spoken = "en" if word.isascii() else "zh"
        values = {"list": self._list, "code": self._free(word[:_LONGEST_CODE]), spoken: word}
        (made,) = self._work.insert(self._project, "pick", "PCK", [values])
        self._by_word[folded(word)] = made
        self.made += 1
        return made

    def _free(self, code: str) -> str:
        """A code that no entry has yet: two long words may begin alike."""
        free, n = code, 1
        while free in self._codes:
            n += 1
            free = f"{code[: _LONGEST_CODE - len(str(n)) - 1]}~{n}"
        self._codes.add(free)
        return free

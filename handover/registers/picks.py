"""The entries of the lists that a site edits: what is offered, and which one a word means."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.errors import NotValid
from handover.i18n import N_, language
from handover.model.picks.pick import Pick, pick_list
from handover.model.vocabulary import Tone
from handover.registers.linked import Linked
from handover.registers.search.pinyin import initials, spelled
from handover.values.cells import folded

#: The longest code and the longest word that fit.
_CODE, _WORD = 40, 100


@dataclass(frozen=True, slots=True)
class PickEntry:
    """An entry of a list as it is read; ``meaning`` is what hangs on it, empty where nothing does."""

    id: str
    ref: str
    list: str
    code: str
    meaning: str
    en: str
    zh: str
    also: str
    tone: Tone | None
    retired: bool

    @property
    def word(self) -> str:
        """What is shown, in the language in force."""
        first, second = (self.zh, self.en) if language() == "zh" else (self.en, self.zh)
        return first or second or self.code

    @property
    def words(self) -> tuple[str, ...]:
        """Everything that it is called: its code, its words in both languages, and what else is written for it."""
        return tuple(w for w in (self.code, self.en, self.zh, *parted(self.also)) if w)

    @property
    def linked(self) -> Linked:
        """The entry as rows that use it show it."""
        return Linked(self.id, self.code, self.word, self.tone)


def entries(connection: Connection, project_id: str, key: str = "", *, retired: bool = True) -> list[PickEntry]:
    """The entries of a list, or of all, in their order.

    Args:
        key: of the list; empty for all.
        retired: with those that aren't offered any more.
    """
    columns = (Pick.id, Pick.ref, Pick.list, Pick.code, Pick.meaning, Pick.en, Pick.zh, Pick.also, Pick.tone)
    query = select(*columns, Pick.retired).where(Pick.project_id == project_id, Pick.deleted_at.is_(None))
    if key:
        query = query.where(Pick.list == key)
    if not retired:
        query = query.where(Pick.offered())
    rows = connection.execute(query.order_by(Pick.place, Pick.id))
    return [
        PickEntry(r.id, r.ref, r.list, r.code, r.meaning or "", r.en or "", r.zh or "", r.also or "", r.tone,
                  bool(r.retired))
        for r in rows
    ]  # fmt: skip


def suggest(connection: Connection, project_id: str, key: str, text: str) -> list[PickEntry]:
    """The offered entries of a list that fit what is typed, best first; all in their order where nothing is."""
    offered = entries(connection, project_id, key, retired=False)
    wanted = folded(text)
    if not wanted:
        return offered
    ranked = [(rank, n) for n, each in enumerate(offered) if (rank := _rank(wanted, each)) is not None]
    return [offered[n] for _, n in sorted(ranked)]


def resolve(connection: Connection, project_id: str, key: str, text: str) -> PickEntry:
    """The offered entry of a list that a text means: its code, a word in either language, or the only one that fits.

    Raises:
        NotValid: there is none, several fit, or the one that is called so is retired.
    """
    known = entries(connection, project_id, key)
    found = by_word(known).get(folded(text))
    if found is not None and not found.retired:
        return found
    if found is not None:
        raise NotValid(N_("“{text}” of {list} is retired. Choose another one."), text=text, list=_label(key))
    offered = [each for each in known if not each.retired]
    wanted = folded(text)
    for least in (1, 2, 3):
        fitting = [each for each in offered if (rank := _rank(wanted, each)) is not None and rank <= least]
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            break
    raise NotValid(N_("“{text}” is not in {list}. It has: {words}."), text=text, list=_label(key),
                   words=", ".join(each.word for each in fitting or offered) or "–")  # fmt: skip


def by_word(known: Iterable[PickEntry]) -> dict[str, PickEntry]:
    """Entries by everything that they are called.

    One that is offered comes before a retired one; then a code before a word, and that before what else is said.
    """
    found: dict[str, PickEntry] = {}
    every = list(known)
    for retired in (False, True):
        called = [(each, ((each.code,), (each.en, each.zh), parted(each.also))) for each in every
                  if each.retired is retired]  # fmt: skip
        for place in range(3):
            for each, words in called:
                for word in filter(None, words[place]):
                    found.setdefault(folded(word), each)
    return found


def new_entry(key: str, text: str, taken: Container[str] = ()) -> dict[str, Any]:  # Any: the columns of an entry
    """The columns of a new entry for a word that a list hasn't got. Raises NotValid for a word that is too long.

    Args:
        taken: the codes, folded, that other entries have: two long words may begin alike.
    """
    word = text.strip()
    if len(word) > _WORD:
        raise NotValid(N_("The text has {length} characters; at most {limit} fit."), length=len(word), limit=_WORD)
    spoken = "en" if word.isascii() else "zh"
    code, n = word[:_CODE], 1
    while folded(code) in taken:
        n += 1
        code = f"{word[: _CODE - len(str(n)) - 1]}~{n}"
    return {"list": key, "code": code, spoken: word, "meaning": pick_list(key).otherwise or None}


def parted(also: str | None) -> Sequence[str]:
    """The single words of a text that parts them by semicolons."""
    return [w.strip() for w in (also or "").replace("；", ";").split(";") if w.strip()]


def _label(key: str) -> str:
    return pick_list(key).label


def _rank(wanted: str, entry: PickEntry) -> int | None:
    words = [folded(w) for w in entry.words]
    if wanted in words:
        return 0
    if any(w.startswith(wanted) for w in words):
        return 1
    if any(wanted in w for w in words):
        return 2
    if wanted.isascii() and any(initials(w).startswith(wanted) or wanted in spelled(w) for w in entry.words):
        return 3
    return None

"""The kinds of certificates of a project, and the one that a word names."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.errors import NotFound
from handover.i18n import N_
from handover.model.custody.kinds import CERTIFICATE_KIND
from handover.model.picks.pick import Pick
from handover.values.cells import folded


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind of certificate: the key of its entry, its code, its words in the language in force, what it does."""

    id: str
    code: str
    word: str
    meaning: str | None


def kinds(connection: Connection, project_id: str) -> list[OfferedKind]:
    """The kinds that a project offers, in their order."""
    here = (Pick.project_id == project_id, Pick.list == CERTIFICATE_KIND.key, Pick.deleted_at.is_(None))
    columns = (Pick.id, Pick.code, Pick.word.label("word"), Pick.meaning)
    wanted = select(*columns).where(*here, Pick.offered()).order_by(Pick.place, Pick.id)
    return [OfferedKind(*row) for row in connection.execute(wanted)]


def kind_named(connection: Connection, project_id: str, text: str) -> OfferedKind:
    """The kind that a code, a word of either language or what it does names.

    Raises:
        NotFound: none is named so, or several do the same.
    """
    here = (Pick.project_id == project_id, Pick.list == CERTIFICATE_KIND.key, Pick.deleted_at.is_(None))
    also = {row.id: row for row in connection.execute(select(Pick.id, Pick.en, Pick.zh, Pick.also).where(*here))}
    offered, wanted = kinds(connection, project_id), folded(text)
    exact = [each for each in offered if wanted in (folded(each.code), folded(each.word))]
    called = [each for each in offered if wanted in _words(also[each.id])]
    doing = [each for each in offered if wanted == folded(each.meaning or "")]
    for found in (exact, called, doing):
        if len(found) == 1:
            return found[0]
    codes = ", ".join(each.code for each in offered) or "–"
    raise NotFound(N_("There is no kind of certificate “{text}”. There are: {kinds}."), text=text, kinds=codes)


def _words(row: object) -> set[str]:
    en, zh, also = getattr(row, "en", None), getattr(row, "zh", None), getattr(row, "also", None)
    return {folded(word) for word in (en or "", zh or "", *(also or "").split(";")) if word.strip()}

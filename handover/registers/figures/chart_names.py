"""What charts call systems, milestones and entries of lists, in both languages at once."""

from __future__ import annotations

from collections.abc import Set
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.i18n import N_
from handover.model.picks.pick import Pick
from handover.model.system import System
from handover.store.among import among
from handover.wording import Text, Words, said

_LAST = 999_999


class NamedEntry(NamedTuple):
    """An entry of a list as charts show it; ``place`` is where it stands in its list."""

    name: Words
    meaning: str
    place: int


def named_entries(connection: Connection, keys: Set[str]) -> dict[str, NamedEntry]:
    """The entries of pick lists by key, with what stands for none."""
    columns = (Pick.id, Pick.code, Pick.en, Pick.zh, Pick.meaning, Pick.position)
    query = select(*columns).where(among(Pick.id, sorted(keys - {""})))
    found = {
        row.id: NamedEntry(
            _both(row.en, row.zh, row.code), row.meaning or "", _LAST - 1 if row.position is None else row.position
        )
        for row in connection.execute(query)
    }
    if "" in keys:
        found[""] = NamedEntry(said(N_("Not said")), "", _LAST)
    return found


def named_systems(connection: Connection, keys: Set[str]) -> dict[str, Words]:
    """The numbers of systems by key, in their order, with what stands for none."""
    query = select(System.id, System.code).where(among(System.id, sorted(keys - {""}))).order_by(System.code)
    found: dict[str, Words] = {row[0]: row[1] for row in connection.execute(query)}
    if "" in keys:
        found[""] = said(N_("No system"))
    return found


def _both(en: str | None, zh: str | None, code: str) -> Words:
    return Text(en or zh or code, zh or en or code)

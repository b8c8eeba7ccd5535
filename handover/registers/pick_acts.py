"""What is done to the lists of a project: begun, taken from a template, put in order, retired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from handover.i18n import N_, tr
from handover.model.picks.pick import Pick, pick_list, uses
from handover.model.picks.templates import FIRST, ShippedEntry, pick_template
from handover.registers.picks import by_word, entries, new_entry
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import folded

#: What of a template's entry an entry of the same code takes over.
_WORDS = ("en", "zh", "also", "tone", "position")


@dataclass(frozen=True, slots=True)
class Applied:
    """How many entries a template added, changed, brought back and retired."""

    added: int
    changed: int
    brought_back: int
    retired: int

    @property
    def sentence(self) -> str:
        """What became of the lists."""
        return tr(
            "Entries added: {added}, changed: {changed}, offered again: {brought_back}, retired: {retired}.",
            added=self.added, changed=self.changed, brought_back=self.brought_back, retired=self.retired,
        )  # fmt: skip


def begin_lists(work: UnitOfWork, key: str = FIRST) -> None:
    """Give a project that was just added the lists of an industry."""
    work.insert_many(Pick, [each.values() for each in pick_template(key).entries])


def apply_template(workspace: Workspace, project_id: str, key: str, *, retire: bool = False) -> Applied:
    """Bring the lists of a project to those of an industry, in one act; no entry is lost.

    An entry of a code that the project has takes over words, colour and place, and keeps its meaning, since rows may
    hang on it.

    Args:
        retire: entries that the template lacks aren't offered any more.

    Raises:
        NotFound: there is no such template.
    """
    template = pick_template(key)
    with workspace.read() as connection:
        known = {(e.list, e.code): e for e in entries(connection, project_id)}
    wanted = {(each.list, each.code): each for each in template.entries}
    shown: dict[str, Any] = {"template": template.label}
    with workspace.edit(N_("Take the lists of {template}"), project=project_id, **shown) as work:
        fresh = [each.values() for place, each in wanted.items() if place not in known]
        work.insert_many(Pick, fresh)
        changed = work.update_many(
            Pick, {known[place].id: _taken_over(each) for place, each in wanted.items() if place in known}
        )
        back = work.update_many(
            Pick, {e.id: {"retired": None} for place, e in known.items() if place in wanted and e.retired}
        )
        lacking = [e for place, e in known.items() if place not in wanted and not e.retired] if retire else []
        gone = work.update_many(Pick, {e.id: {"retired": True} for e in lacking})
    return Applied(len(fresh), changed, back, gone)


def _taken_over(entry: ShippedEntry) -> dict[str, Any]:  # Any: the columns of an entry
    return {name: getattr(entry, name) for name in _WORDS}


def retire(workspace: Workspace, project_id: str, ids: Sequence[str], retired: bool = True) -> int:
    """Offer entries no more, or offer them again; returns in how many rows they are used, which keep them."""
    label = N_("Retire {n} entries of the lists") if retired else N_("Offer {n} entries of the lists again")
    with workspace.edit(label, project=project_id, n=len(ids)) as work:
        work.update_many(Pick, {key: {"retired": True if retired else None} for key in ids})
        lists = set(work.session.scalars(select(Pick.list).where(Pick.id.in_(ids))))
        return sum(sum(uses(work.session, key, list(ids)).values()) for key in lists)


def reorder(workspace: Workspace, project_id: str, key: str, ids: Sequence[str]) -> None:
    """Put the entries of a list into an order."""
    with workspace.edit(N_("Change the order of {list}"), project=project_id, list=pick_list(key).label) as work:
        work.update_many(Pick, {entry: {"position": place} for place, entry in enumerate(ids, 1)})


def pick_or_new(work: UnitOfWork, key: str, text: str) -> str:
    """The entry of a list that a text means, by code, word or another name; a new one where there is none yet.

    Raises:
        NotValid: the text is too long for an entry, or no project is chosen.
    """
    project = work.project_id or ""
    known = by_word(entries(work.session.connection(), project, key))
    if (found := known.get(folded(text))) is not None:
        return found.id
    made = [row for row in work.session.new if isinstance(row, Pick) and row.list == key]
    for row in made:  # one that the same act has made waits for its end
        if folded(text) in (folded(row.en or ""), folded(row.zh or ""), folded(row.code)):
            return row.id
    values = new_entry(key, text, known.keys() | {folded(row.code) for row in made})
    return work.add(Pick(**values)).id

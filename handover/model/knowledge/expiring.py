"""What was verified of an item expires once the item is another: its text, what it is about, or a higher target.

A field that said nothing before takes nothing away from what was shown; how critical an item is says nothing of what
somebody can do. The proofs stay on file, and no longer count.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.orm import Session

from handover.model.base import Row
from handover.model.entailed import entailed_by
from handover.model.knowledge.in_step import OF_VERIFICATION, receivers_of
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import SUBSTANCE
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.verification import LevelVerification
from handover.model.steps import Taker


@entailed_by(KnowledgeItem)
def expire_with_item(item: KnowledgeItem, changed: Set[str], session: Session, _taker: Taker) -> Iterator[Row]:
    """Nobody is verified any more to know what the item says now."""
    if inspect(item).pending or item.deleted_at is not None:
        return
    another = any(_says_another(item, attr) for attr in changed & SUBSTANCE)
    if not another and "target_level" not in changed:
        return
    for receiver in receivers_of(session, item.id):
        if receiver.verified_level is None or inspect(receiver).pending or _verified_just_now(receiver, session):
            continue
        if another or (receiver.status == "verified" and int(receiver.verified_level) < receiver.wanted_level()):
            with receiver.shows_another:
                for attr in OF_VERIFICATION:
                    setattr(receiver, attr, None)
                if receiver.status == "verified":
                    receiver.status = "expired"
            yield receiver


def _says_another(item: KnowledgeItem, attr: str) -> bool:
    """Whether a field said something and says something else now; how it is spaced doesn't count."""
    former = [_said(each) for each in inspect(item).attrs[attr].history.deleted or ()]
    return any(each and each != _said(getattr(item, attr)) for each in former)


def _said(value: Any) -> str:  # Any: what a text, a choice or a link holds
    return " ".join(str(value).split()) if value is not None else ""


def _verified_just_now(receiver: KnowledgeReceiver, session: Session) -> bool:
    """Whether the act that changes the item is the one that verifies him, and so of the item as it is now."""
    if inspect(receiver).attrs.verified_on.history.has_changes():
        return True
    return any(isinstance(row, LevelVerification) and row.receiver_id == receiver.id for row in session.new)

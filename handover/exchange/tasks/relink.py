"""Stores the predecessors of the tasks that an import brings or changes."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from handover.exchange.rows.outcome import Outcome
from handover.exchange.tasks.predecessors import Predecessors
from handover.i18n import tr
from handover.jobs import Progress, unattended, watched
from handover.model.base import new_id
from handover.model.task import TaskLink
from handover.store.work import UnitOfWork


def store_links(
    work: UnitOfWork,
    predecessors: Predecessors,
    keys: Sequence[str],
    outcomes: Sequence[Outcome],
    relinked: Set[int],
    progress: Progress = unattended,
) -> None:
    """Within an act, link new tasks, and those that are linked otherwise, as the file wants it.

    Args:
        keys: of the task at each place of the file.
        relinked: the places of tasks that we have and whose predecessors change.
    """
    rows: list[dict[str, Any]] = []
    gone: list[str] = []
    for place, wanted in enumerate(watched(predecessors.wanted, progress, 0, tr("Storing links"))):
        outcome = outcomes[place]
        if wanted is None or outcome in ("error", "skipped"):
            continue
        if outcome != "new" and place not in relinked:
            continue
        stored = predecessors.stored.get(keys[place], []) if outcome != "new" else []
        gone += [s.id for s in stored if s.link not in wanted]
        kept = {s.link for s in stored}
        rows += [
            {"id": new_id(), "predecessor_id": w.predecessor, "successor_id": keys[place], "kind": w.kind,
             "lag": w.lag, "lag_unit": w.lag_unit}
            for w in wanted if w not in kept
        ]  # fmt: skip
    work.remove(TaskLink, gone)
    if rows:
        work.insert_plain(TaskLink, rows)

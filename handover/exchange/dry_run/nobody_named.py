"""Rows that come in as closed although nobody is named who closed them: said in one sentence, with their number."""

from __future__ import annotations

from collections import Counter

from handover.exchange.dry_run.compared import Compared
from handover.exchange.notice import Notice
from handover.i18n import N_, tr
from handover.model.steps import attribute, life_of


def nobody_named(found: Compared) -> list[Notice]:
    """What to say of new rows whose state tells of a step in the past that names nobody who took it."""
    register, judgement = found.incoming.register, found.judgement
    if (known := life_of(register.model)) is None:
        return []
    attr, life = known
    takers = {
        state: {attribute(register.model, step.by) for step in life.steps if step.target == state and step.by}
        for state in life.closed
    }
    counts = Counter(
        state
        for place, values in judgement.fresh.items()
        if judgement.outcomes[place] == "new"
        and (by := takers.get(state := str(values.get(attr))))
        and all(values.get(each) is None for each in by)
    )
    if not counts:
        return []
    states = tr(", ").join(f"{life.label(state)} {n:,}" for state, n in counts.items())
    said = N_("{n} rows come in as closed without saying who closed them: {states}.")
    return [Notice(said, {"n": f"{counts.total():,}", "states": states})]

"""The card of the overview about knowledge that may be lost: who leaves soon, and the items that are lost first."""

from __future__ import annotations

from sqlalchemy import Connection

from handover.i18n import tr, trn
from handover.registers.figures.overview_cards import CardRow, OverviewCard
from handover.registers.knowing.loss_risks import LOSS_REASON, ItemAtRisk, Leaving, loss_risks

#: So many days ahead somebody who leaves is told of.
_SOON = 60
_PEOPLE, _ITEMS = 3, 4


def risk_card(connection: Connection, project_id: str) -> OverviewCard | None:
    """The card; None where nothing is gravely at risk."""
    risks = loss_risks(connection, project_id)
    people = [each for each in risks.people if each.days <= _SOON]
    items = [each for each in risks.items if each.grave]
    if not people and not items:
        return None
    rows = (*map(_person, people[:_PEOPLE]), *map(_item, items[:_ITEMS]))
    return OverviewCard(tr("Knowledge that may be lost"), rows, len(people) + len(items), "loss_risks")


def _person(row: Leaving) -> CardRow:
    days = trn("leaves in {n} day", "leaves in {n} days", row.days) if row.days >= 0 else tr("has left")
    alone = trn("{n} item only {name} knows", "{n} items only {name} knows", row.alone, name=row.name)
    why = tr("{days}: {alone}", days=days, alone=alone) if row.alone else days
    return CardRow("people", row.id, row.name, why, str(row.act), "danger" if row.alone else "warning")


def _item(row: ItemAtRisk) -> CardRow:
    why = LOSS_REASON.label(row.why[0])
    if row.days is not None and row.days >= 0:
        why = tr("{why}, {days}", why=why, days=trn("{n} day left", "{n} days left", row.days))
    return CardRow("knowledge", row.id, f"{row.ref}  {row.title}", why, str(row.act), "danger")

"""Sentences about a plan: what of it is critical, and what trying things out does to it."""

from __future__ import annotations

import math

from handover.i18n import tr, trn
from handover.plan.schedule import Schedule
from handover.registers.scheduling.chart import Chart
from ui.plan.model import day_text


def critical_sentence(chart: Chart) -> str:
    """How many tasks decide when the plan finishes."""
    spans = chart.schedule.spans
    rows = zip(chart.rows, spans.critical, strict=True)
    critical = sum(1 for row, decides in rows if decides and not row.summary and not row.actual_finish)
    return trn("{n} task is critical.", "{n} tasks are critical.", critical)


def tried_sentence(before: Chart, after: Schedule) -> str:
    """What trying things out does to the end of the plan."""
    was, now = before.schedule.finish, after.finish
    days = before.working_days(was, now)
    first, last = day_text(was, end=True), day_text(now, end=True)
    if days == 0:
        return tr("Trying things out: nothing is stored. The plan still finishes on {date}.", date=last)
    if days > 0:
        return trn(
            "Trying things out: nothing is stored. The plan finishes {before} → {after}, {n} working day later.",
            "Trying things out: nothing is stored. The plan finishes {before} → {after}, {n} working days later.",
            math.ceil(days), before=first, after=last,
        )  # fmt: skip
    return trn(
        "Trying things out: nothing is stored. The plan finishes {before} → {after}, {n} working day earlier.",
        "Trying things out: nothing is stored. The plan finishes {before} → {after}, {n} working days earlier.",
        math.ceil(-days), before=first, after=last,
    )  # fmt: skip

"""Sentences about a plan: when it finishes, what of it is critical."""

from __future__ import annotations

import math

from handover.i18n import tr, trn
from handover.plan.schedule import Schedule
from handover.registers.chart import Chart
from ui.plan.model import day_text


def finish_sentence(chart: Chart) -> str:
    """When the plan finishes, measured against the planned handover."""
    date = day_text(chart.schedule.finish, end=True)
    after = chart.after_handover(chart.schedule.finish)
    if after is None:
        return tr("The plan finishes on {date}. The project has no planned handover date yet.", date=date)
    days = math.ceil(after) if after > 0 else math.floor(after)
    if days > 0:
        return trn(
            "The plan finishes on {date}, {n} working day after the planned handover.",
            "The plan finishes on {date}, {n} working days after the planned handover.",
            days, date=date,
        )  # fmt: skip
    if days < 0:
        return trn(
            "The plan finishes on {date}, {n} working day before the planned handover.",
            "The plan finishes on {date}, {n} working days before the planned handover.",
            -days, date=date,
        )  # fmt: skip
    return tr("The plan finishes on {date}, in time for the planned handover.", date=date)


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

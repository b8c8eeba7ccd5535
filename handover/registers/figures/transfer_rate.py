"""The rate of transfer errors: errors for each item sent, before the joint working group began and since.

No rate is told without its base and without what is counted.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from handover.charts.data import ColumnChart, Series
from handover.clock import today
from handover.i18n import N_
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import Transmittal, TransmittalItem
from handover.model.group import WorkingGroup
from handover.registers.figures.rows_behind import RowsBehind
from handover.registers.query import Condition, Query
from handover.values.shown import moment
from handover.wording import Text, Words, said


@dataclass(frozen=True, slots=True)
class TransferRate:
    """A rate of transfer errors with its base."""

    errors: int
    sent: int

    @property
    def share(self) -> float | None:
        """Errors for each item sent; None while nothing was sent."""
        return self.errors / self.sent if self.sent else None


def group_began(connection: Connection, project_id: str) -> dt.date | None:
    """The day on which the first joint working group began; None where none has."""
    here = (WorkingGroup.project_id == project_id, WorkingGroup.deleted_at.is_(None))
    days = connection.execute(select(WorkingGroup.started_on).where(*here)).scalars()
    return min((day for day in days if day is not None and day <= today()), default=None)


def items_sent(connection: Connection, project_id: str) -> list[dt.date]:
    """The days on which lines of transmittals were sent, one for each line."""
    query = select(Transmittal.sent_on).join(TransmittalItem, TransmittalItem.transmittal_id == Transmittal.id)
    here = (Transmittal.project_id == project_id, Transmittal.deleted_at.is_(None),
            TransmittalItem.deleted_at.is_(None), Transmittal.status != "draft",
            Transmittal.sent_on.is_not(None))  # fmt: skip
    return sorted(day for day in connection.execute(query.where(*here)).scalars() if day is not None)


def errors_found(connection: Connection, project_id: str) -> list[tuple[str, dt.date]]:
    """The errors that count, each with the day on which it was found."""
    here = (TransferError.project_id == project_id, TransferError.deleted_at.is_(None), TransferError.counted())
    query = select(TransferError.id, TransferError.found_on).where(*here)
    return [(row[0], row[1]) for row in connection.execute(query) if row[1] is not None]


def sides(
    sent: Sequence[dt.date], found: Sequence[tuple[str, dt.date]], began: dt.date | None
) -> tuple[TransferRate | None, TransferRate]:
    """The rates before the first group began, and since; all is since where none began."""
    start = began or dt.date.min
    early = TransferRate(sum(day < start for _, day in found), sum(day < start for day in sent))
    late = TransferRate(len(found) - early.errors, len(sent) - early.sent)
    return (early if began is not None else None), late


def error_rate(sent: Sequence[dt.date], found: Sequence[tuple[str, dt.date]], began: dt.date | None) -> ColumnChart:
    """Errors to items sent, month by month, those before the first group began apart from those since."""
    months = _months([*sent, *(day for _, day in found)])
    start = began or dt.date.min
    since = N_("Since the joint working group") if began else N_("Errors to items sent")
    sides = [(since, "accent", [day for day in sent if day >= start], [e for e in found if e[1] >= start])]
    if began is not None:
        early = [day for day in sent if day < start], [e for e in found if e[1] < start]
        sides.insert(0, (N_("Before the joint working group"), "neutral", *early))
    series = [_rates(name, colour, items, errors, months) for name, colour, items, errors in sides]
    n = Counter(_month(day) for day in sent)
    return ColumnChart(
        title=said(N_("Transfer errors by month")),
        categories=tuple(with_n(f"{year}-{month:02}", n[year, month]) for year, month in months),
        series=tuple(series),
        unit="%",
        y=said(N_("Errors to items sent")),
    )  # fmt: skip


def _rates(
    name: str,
    colour: str,
    sent: Sequence[dt.date],
    found: Sequence[tuple[str, dt.date]],
    months: Sequence[tuple[int, int]],
) -> Series:
    """The rate of each month in which something was sent, with the errors behind it."""
    items = Counter(map(_month, sent))
    errors: dict[tuple[int, int], list[str]] = defaultdict(list)
    for key, day in found:
        errors[_month(day)].append(key)
    shares = tuple(len(errors[m]) / items[m] if items[m] else None for m in months)
    queries = (Query(where=(Condition("id", "is", tuple(errors[m])),)) for m in months)
    return Series(said(name), shares, colour, tuple(RowsBehind("transfer-errors", query) for query in queries))


def told_errors(
    sent: Sequence[dt.date],
    found: Sequence[tuple[str, dt.date]],
    began: dt.date | None,
    before: TransferRate | None,
    since: TransferRate,
) -> tuple[Words, ...]:
    """The rates in words, each with its base, and what is counted."""
    told: list[Words] = []
    if began is not None and before is not None:
        told.append(said(N_("The first joint working group began on {day}."), day=_day(began)))
        told.append(said(N_("Before: {rate}"), rate=_told_rate(before)))
        told.append(said(N_("Since: {rate}"), rate=_told_rate(since)))
    else:
        told.append(_told_rate(since))
    told.append(said(N_(
        "Errors are counted by the day on which they were found, without those that were none; items are the lines of "
        "transmittals that were sent, in or out, by the day of sending. n = items sent in the month."
    )))  # fmt: skip
    items = {_month(day) for day in sent}
    alone = sum(_month(day) not in items for _, day in found)
    if alone:
        sentence = N_("{n} errors were found in months in which nothing was sent: those months have no rate.")
        told.append(said(sentence, n=alone))
    return tuple(told)


def _told_rate(rate: TransferRate) -> Text:
    if rate.share is None:
        return said(N_("{errors} errors, nothing sent: no rate."), errors=rate.errors)
    return said(N_("{errors} errors of {n} items sent, {share}."), errors=rate.errors, n=rate.sent,
                share=percent_of(rate.share))  # fmt: skip


def _month(day: dt.date) -> tuple[int, int]:
    return day.year, day.month


def _months(days: Sequence[dt.date]) -> list[tuple[int, int]]:
    """The months from the first day to the last, none left out."""
    if not days:
        return []
    (year, month), last = _month(min(days)), _month(max(days))
    months = []
    while (year, month) <= last:
        months.append((year, month))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def with_n(name: Words, n: int) -> Text:
    """A name with the number that a rate of it is of."""
    return said(N_("{name} (n={n})"), name=name, n=n)


def percent_of(share: float) -> str:
    """A share in whole percent."""
    return f"{share:.0%}"


def _day(day: dt.date) -> Text:
    return Text(moment(day, "en"), moment(day, "zh"))

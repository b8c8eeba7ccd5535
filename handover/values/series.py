"""How a series goes on: numbers and days by their step, codes by the number in them, all else over again."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

Value = str | int | float | Decimal | dt.date | None
#: The last number in a text, with what stands around it: ``TAG-009a`` goes on as ``TAG-010a``.
_CODE = re.compile(r"^(.*?)(\d{1,15})(\D*)$", re.DOTALL)
_NUMBER = re.compile(r"^[+-]?\d{1,15}(\.\d{1,10})?$")
_MONTHS = 12


def continued(values: Sequence[Value], count: int, *, copied: bool = False) -> list[Value]:
    """The next ``count`` values after some. One number is repeated, as is what has no step; a single day goes on.

    Args:
        copied: repeat them, whatever they are.
    """
    if not values or count <= 0:
        return []
    after = None if copied else _going_on(values)
    return [after(n) if after is not None else values[n % len(values)] for n in range(count)]


def _going_on(values: Sequence[Value]) -> Callable[[int], Value] | None:
    """What gives the value ``n`` places after the last one; nothing where there is no step."""
    if all(isinstance(v, dt.date) for v in values):
        return _days([v for v in values if isinstance(v, dt.date)])
    if all(isinstance(v, int | float | Decimal) and not isinstance(v, bool) for v in values):
        return _numbers([v for v in values if isinstance(v, int | float | Decimal)])
    if all(isinstance(v, str) and v for v in values):
        return _texts([v for v in values if isinstance(v, str)])
    return None


def _numbers(values: Sequence[int | float | Decimal]) -> Callable[[int], Value] | None:
    """By a step that is always the same; reckoned in decimals, so that 0.1 stays 0.1."""
    exact = [Decimal(str(v)) for v in values]
    step = _step(exact)
    if step is None:
        return None
    kind = type(values[-1])
    return lambda n: kind(exact[-1] + step * (n + 1)) if kind is not float else float(exact[-1] + step * (n + 1))


def _step(values: Sequence[Decimal]) -> Decimal | None:
    steps = {after - before for before, after in pairwise(values)}
    return steps.pop() if len(steps) == 1 else None


def _days(values: Sequence[dt.date]) -> Callable[[int], Value] | None:
    """By days; by months or years where all fall on one day of the month, or on the last one."""
    if len(values) == 1:
        return _safely(lambda n: values[0] + dt.timedelta(n + 1))
    months = {_month(b) - _month(a) for a, b in pairwise(values)}
    ends = all(_is_month_end(v) for v in values)
    if len(months) == 1 and months != {0} and (ends or len({v.day for v in values}) == 1):
        step = months.pop()
        return _safely(lambda n: _after_months(values[-1], step * (n + 1), to_end=ends))
    days = {b - a for a, b in pairwise(values)}
    if len(days) != 1:
        return None
    apart = days.pop()
    return _safely(lambda n: values[-1] + apart * (n + 1))


def _safely(after: Callable[[int], dt.date]) -> Callable[[int], Value]:
    """Nothing where the calendar ends."""

    def value(n: int) -> Value:
        try:
            return after(n)
        except (OverflowError, ValueError):
            return None

    return value


def _month(day: dt.date) -> int:
    return day.year * _MONTHS + day.month - 1


def _is_month_end(day: dt.date) -> bool:
    return (day + dt.timedelta(1)).day == 1 if day.toordinal() < dt.date.max.toordinal() else True


def _after_months(day: dt.date, months: int, *, to_end: bool) -> dt.date:
    year, month = divmod(_month(day) + months, _MONTHS)
    first = day.replace(year=year, month=month + 1, day=1)
    following = dt.date(year + (month == _MONTHS - 1), (month + 1) % _MONTHS + 1, 1)
    last = (following - dt.timedelta(1)).day
    return first.replace(day=last if to_end else min(day.day, last))


@dataclass(frozen=True, slots=True)
class _Code:
    before: str
    number: int
    width: int
    after: str


def _texts(values: Sequence[str]) -> Callable[[int], Value] | None:
    """By the last number in them, which keeps its width; a text that is nothing but a number is one."""
    if all(_NUMBER.match(v) and not _padded(v) for v in values):
        try:
            after = _numbers([Decimal(v) for v in values])
        except InvalidOperation:
            return None
        return None if after is None else lambda n: format(after(n), "f")
    codes = [_code(v) for v in values]
    first = codes[0]
    if first is None or any(c is None or (c.before, c.after) != (first.before, first.after) for c in codes):
        return None
    known = [c for c in codes if c is not None]
    step = _step([Decimal(c.number) for c in known]) if len(known) > 1 else Decimal(1)
    if step is None:
        return None
    last, by = known[-1], int(step)

    def code(n: int) -> Value:
        number = last.number + by * (n + 1)
        return f"{last.before}{number:0{last.width}}{last.after}" if number >= 0 else None

    return code


def _padded(text: str) -> bool:
    digits = text.lstrip("+-")
    return len(digits) > 1 and digits[0] == "0" and digits[1] != "."


def _code(text: str) -> _Code | None:
    found = _CODE.match(text)
    if found is None:
        return None
    digits = found[2]
    return _Code(found[1], int(digits), len(digits) if digits[0] == "0" or len(digits) > 1 else 1, found[3])

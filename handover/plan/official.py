"""Public holidays and make-up working days of a country, as calendar exceptions that can then be edited.

Source: the ``holidays`` library, which follows each government's announcements; for China the yearly notices of the
State Council (国务院办公厅关于部分节假日安排的通知), with the weekend days that are worked instead (调休). Years that
are not announced yet hold the days that the law fixes, without make-up days.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import holidays

from handover.errors import NotFound
from handover.i18n import N_
from handover.plan.calendar import NO_WORK, OFFICE_HOURS, CalendarException, Shifts

_LANGUAGES = {"zh": "zh_CN", "en": "en_US"}


def countries() -> list[str]:
    """The countries that are known, by their two letters (ISO 3166), in order."""
    return sorted(code for code in holidays.list_supported_countries() if len(code) == 2)


def official_exceptions(
    country: str,
    years: Iterable[int],
    *,
    subdivision: str | None = None,
    language: str = "en",
    hours: Shifts = OFFICE_HOURS,
) -> tuple[CalendarException, ...]:
    """The holidays of a country and the weekend days that are worked instead, in order.

    Args:
        country: two letters, such as CN.
        years: such as ``range(2026, 2029)``.
        subdivision: a state or province that has days of its own.
        language: of the names, ``en`` or ``zh``; where the country's aren't translated, as they are there.
        hours: what is worked on a make-up day.

    Raises:
        NotFound: no holidays are known for this country or subdivision.
    """
    wanted = sorted(set(years))
    try:
        known = holidays.country_holidays(country, subdiv=subdivision, years=wanted)
        if _LANGUAGES.get(language) in known.supported_languages:
            known = holidays.country_holidays(country, subdiv=subdivision, years=wanted, language=_LANGUAGES[language])
    except NotImplementedError as error:
        raise NotFound(N_("No public holidays are known for {country}."), country=country, detail=str(error)) from error
    free = {day: name for day, name in known.items() if day.year in wanted}
    worked = {day for day in known.weekend_workdays if day.year in wanted and day not in free}
    found = [*_stretches(free), *(CalendarException(day, day, hours, "") for day in worked)]
    return tuple(sorted(found, key=lambda exception: exception.first))


def _stretches(days: dict[date, str]) -> Iterator[CalendarException]:
    """Days in a row with one name, as one exception."""
    first = last = None
    for day in sorted(days):
        if first is not None and last is not None:
            if day - last == timedelta(days=1) and days[day] == days[last]:
                last = day
                continue
            yield CalendarException(first, last, NO_WORK, days[last])
        first = last = day
    if first is not None and last is not None:
        yield CalendarException(first, last, NO_WORK, days[last])

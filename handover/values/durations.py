"""Durations as people type them: days, weeks and hours of work or of the clock, in several languages."""

# ruff: noqa: E501 - lists of words read better as one line

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from handover.i18n import N_
from handover.values.cells import Cell, ColumnReading, Unreadable, is_nothing, normal, number_in, read_column, shown

#: Minutes of a working day where no calendar says otherwise; MS Project's own default of eight hours.
DAY = 480


@dataclass(frozen=True, slots=True)
class WorkUnits:
    """How much work a day, a week and a month hold, as MS Project converts them."""

    minutes_per_day: int = DAY
    minutes_per_week: int = 2400
    days_per_month: int = 20


@dataclass(frozen=True, slots=True)
class Duration:
    """Minutes of work, or of the clock where ``elapsed``; ``estimated`` for ``5 days?``."""

    minutes: int
    elapsed: bool = False
    estimated: bool = False


_WORDS = {
    "m": "m min mins minute minutes 分 分钟 分鐘 分間 分鐘工时 分钟工时 minuten minuto minutos minuti мин минут",
    "h": "h hr hrs hour hours 小时 小時 工时 工時 时 時間 std stunde stunden heure heures hora horas ora ore ч час часов "
    "часа ora/e uur",
    "d": "d dy dys day days 天 日 工日 个工日 工作日 工作天 个工作日 個工作日 个工作天 个天 working_day working_days "
    "work_day work_days workday workdays wd wds business_day business_days bd t tag tage arbeitstag arbeitstage j jour "
    "jours día días dia dias giorno giorni дн день дней дня dag dagen 営業日 日間 人日 人天 man_day man_days",
    "w": "w wk wks week weeks 周 週 工周 个周 周工时 星期 个星期 礼拜 个礼拜 woche wochen semaine semaines sem sems semana "
    "semanas settimana settimane нед недель неделя недели weken 週間 working_week working_weeks",
    "mo": "mo mon mons month months 月 个月 個月 月工时 工月 monat monate mois mes meses mês mese mesi мес месяц месяцев ヶ月 "
    "か月 カ月",
    "y": "y yr yrs year years 年 jahr jahre an ans año años ano anos anno anni год года лет",
}
_CLOCK_DAYS = (
    "calendar_day calendar_days cal_day cal_days cd cds 日历天 日历日 日曆天 个日历天 个日历日 自然日 自然天 个自然日 连续日 连续天 "
    "kalendertag kalendertage jour_calendaire jours_calendaires día_natural días_naturales dias_corridos"
)
_ELAPSED = re.compile(
    r"^(?:elapsed[ _]|fortlaufende?[ _]|écoulée?s?[ _]|transcurridos?[ _]|decorridos?[ _]|経過"
    r"|个?(?:历时|经过|已用|已过|占用|延时|持续|连续|日历|自然)|e(?=[a-z]))"
)
_UNITS = {word.replace("_", " "): unit for unit, words in _WORDS.items() for word in words.split()}
_CLOCK = frozenset(word.replace("_", " ") for word in _CLOCK_DAYS.split())
_CLOCK_MINUTES = {"m": 1, "h": 60, "d": 1440, "w": 10_080, "mo": 43_200, "y": 525_600}

_PIECE = re.compile(r"([+-]?(?:\d[\d.,' ]*|半|[一二两三四五六七八九十]{1,3}))\s*(个半)?\s*([^\d+?;]*)")
_HAN_DIGITS = {ch: n for n, ch in enumerate("零一二三四五六七八九")} | {"两": 2}
_IN_HEADING = re.compile(r"[(\[（【/／]\s*([^)\]）】]{1,14}?)\s*(?:[)\]）】]|$)")
_IN_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]?")
#: A unit at the end of a heading without blanks; 天 and 日 as often end other words.
_HAN_UNIT = re.compile(r"[\u4e00-\u9fff](小时|分钟|工日|个月|工作日|周)$")
#: Between a week and the days beyond it.
_AND = re.compile(r"(?<=\w)\s*(?:&|\band\b|\bund\b|\bet\b|零|又)\s*(?=\d)")
_LONGEST = 60
_MOST_MINUTES = 525_600 * 200


def unit_of(word: str) -> tuple[str, bool] | None:
    """The unit that a word names, ``m h d w mo y``, and whether it counts time of the clock; None when it names none."""
    plain = normal(word).lower().strip(" .")
    if plain in _CLOCK:
        return "d", True
    if plain in _UNITS:
        return _UNITS[plain], False
    if (match := _ELAPSED.match(plain)) and (unit := _UNITS.get(plain[match.end() :].strip())):
        return unit, True
    return None


def unit_in_heading(heading: str) -> tuple[str, bool] | None:
    """The unit that stands in a heading such as ``工期(天)``, ``Duration [h]``, ``Duration in weeks`` or ``工期小时``."""
    for match in _IN_HEADING.finditer(heading):
        if found := unit_of(match[1]):
            return found
    said = _IN_BRACKETS.sub(" ", heading).split()
    if said and len(said[-1]) > 2 and (found := unit_of(said[-1])):
        return found
    behind = _HAN_UNIT.search(heading)
    return unit_of(behind[1]) if behind else None


def minutes_of(amount: float, unit: str, elapsed: bool, work: WorkUnits) -> int:
    """Minutes of so many units.

    Raises:
        Unreadable: more than two hundred years.
    """
    if elapsed:
        factor = _CLOCK_MINUTES[unit]
    else:
        month = work.minutes_per_day * work.days_per_month
        factor = {
            "m": 1,
            "h": 60,
            "d": work.minutes_per_day,
            "w": work.minutes_per_week,
            "mo": month,
            "y": 12 * month,
        }[unit]
    if abs(amount * factor) > _MOST_MINUTES:
        raise Unreadable(N_("A duration of more than 200 years can't be meant."))
    return round(amount * factor)


def parse_duration(cell: Cell, unit: tuple[str, bool] = ("d", False), work: WorkUnits | None = None) -> Duration | None:
    """A cell as a duration: ``5 days``, ``12d?``, ``1.5 周``, ``5个工作日``, ``3 calendar days``, ``2w 3d``, ``5``.

    Args:
        unit: what a bare number counts, and whether in time of the clock.

    Raises:
        Unreadable: it holds something else, a range such as 2~3 weeks among them.
    """
    work = work or WorkUnits()
    if is_nothing(cell):
        return None
    if isinstance(cell, dt.timedelta):
        minutes = round(cell.total_seconds() / 60)
        if 0 <= minutes <= _MOST_MINUTES:
            return Duration(minutes)
    elif isinstance(cell, (int, float)) and not isinstance(cell, bool):
        if cell >= 0:
            return Duration(minutes_of(cell, *unit, work), unit[1])
    elif isinstance(cell, str) and (found := _spoken(cell, unit, work)):
        return found
    raise Unreadable(
        N_("“{text}” is not a duration. Right would be a number with a unit, such as 5 days, 2 weeks or 8 hours."),
        text=shown(cell),
    )


def _spoken(cell: str, unit: tuple[str, bool], work: WorkUnits) -> Duration | None:
    text = normal(cell).lower()
    if len(text) > _LONGEST:
        return None
    estimated = text.endswith("?")
    text = text.rstrip("? ").removeprefix("约").removeprefix("~").strip()
    if (bare := number_in(text)) is not None:
        return Duration(minutes_of(bare, *unit, work), unit[1], estimated) if bare >= 0 else None
    text = _AND.sub(" ", text)
    minutes, elapsed, end = 0, set(), 0
    while end < len(text):
        match = _PIECE.match(text, end)
        if not match or not match[3].strip():
            return None
        amount, named = _amount(match[1]), unit_of(match[3])
        if amount is None or amount < 0 or named is None:
            return None
        minutes += minutes_of(amount + (0.5 if match[2] else 0), *named, work)
        elapsed.add(named[1])
        end = match.end()
    return Duration(minutes, elapsed.pop(), estimated) if len(elapsed) == 1 else None


def _amount(text: str) -> float | None:
    if text == "半":
        return 0.5
    if text[0] not in "一二两三四五六七八九十":
        return number_in(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (_HAN_DIGITS.get(tens, 1) * 10 if ten else 0) + _HAN_DIGITS.get(ones, 0)


def read_durations(cells: Sequence[Cell], heading: str = "", work: WorkUnits | None = None) -> ColumnReading[Duration]:
    """A column of durations; a unit in the heading counts for bare numbers, days where there is none."""
    unit = unit_in_heading(heading) or ("d", False)
    return read_column(cells, partial(parse_duration, unit=unit, work=work))

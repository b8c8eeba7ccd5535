"""The fields of MS Project's XML: durations, dates, units and numbers, read leniently."""

from __future__ import annotations

import re
from datetime import datetime
from xml.etree.ElementTree import Element

from handover.plan.values import Constraint, LagUnit, LinkType

#: Numbers of the schema (mspdi_pj12.xsd, "Project XML Data Interchange Schema").
CONSTRAINTS = (
    Constraint.ASAP,
    Constraint.ALAP,
    Constraint.MUST_START_ON,
    Constraint.MUST_FINISH_ON,
    Constraint.START_NO_EARLIER,
    Constraint.START_NO_LATER,
    Constraint.FINISH_NO_EARLIER,
    Constraint.FINISH_NO_LATER,
)
LINK_TYPES = (LinkType.FF, LinkType.FS, LinkType.SF, LinkType.SS)
#: Duration formats that count by the clock, plain and estimated: em, eh, ed, ew, emo.
ELAPSED_FORMATS = frozenset((4, 6, 8, 10, 12, 36, 38, 40, 42, 44))
PERCENT_FORMATS = frozenset((19, 51))
ELAPSED_PERCENT_FORMATS = frozenset((20, 52))

_DURATION = re.compile(
    r"^(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$"
)
#: MS Project's own "not a date", and that of programs written for .NET.
_NO_DATE = ("1984-01-01T00:00:00", "2149-12-31T23:59:00", "0001-01-01T00:00:00")
#: Numbers beyond these are damage: a file of ours holds no greater ones.
_MOST = 2**53


class Fields:
    """The child elements of one element, by name without the namespace."""

    __slots__ = ("_children", "_space")

    def __init__(self, element: Element, space: str) -> None:
        self._children: dict[str, str] = {}
        for child in element:
            if isinstance(child.tag, str):
                self._children.setdefault(child.tag.removeprefix(space), child.text or "")

    def __contains__(self, name: str) -> bool:
        return name in self._children

    def text(self, name: str) -> str:
        """The text, empty where there is none."""
        return self._children.get(name, "").strip()

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; the default where it is missing or no number."""
        try:
            found = int(float(self._children[name]))
        except (KeyError, ValueError, OverflowError):
            return default
        return found if abs(found) < _MOST else default

    def real(self, name: str, default: float = 0.0) -> float:
        """A number with a fraction."""
        try:
            found = float(self._children[name])
        except (KeyError, ValueError):
            return default
        return found if abs(found) < 1e12 else default

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes or no."""
        text = self.text(name).lower()
        return text in ("1", "true") if text else default

    def date(self, name: str) -> datetime | None:
        """A date with its time, without zone; None for MS Project's own "no date"."""
        text = self.text(name)
        if not text or text in _NO_DATE:
            return None
        try:
            found = datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            return None
        return found if 1900 <= found.year <= 2200 else None

    def says_no_date(self, name: str) -> bool:
        """True for MS Project's own "no date"."""
        return self.text(name) in _NO_DATE

    def minutes(self, name: str) -> int | None:
        """A duration in minutes; MS Project writes them as hours, minutes and seconds of work."""
        return minutes_of(self.text(name))


def minutes_of(text: str) -> int | None:
    """The minutes of an ISO 8601 duration, None where it is none."""
    found = _DURATION.match(text) if len(text) < 60 else None
    if not found:
        return None
    sign, years, months, days, hours, minutes, seconds = found.groups()
    whole = (int(years or 0) * 365 + int(months or 0) * 30 + int(days or 0)) * 1440
    whole += round(float(hours or 0) * 60 + float(minutes or 0) + float(seconds or 0) / 60)
    if whole > 10**10:
        return None
    return -whole if sign else whole


def iso_duration(minutes: int) -> str:
    """Minutes as MS Project writes a duration."""
    sign, minutes = ("-" if minutes < 0 else ""), abs(minutes)
    return f"{sign}PT{minutes // 60}H{minutes % 60}M0S"


def lag_of(tenths: int, format: int) -> tuple[float, LagUnit]:
    """A lag of the file as minutes or hundredths with their unit."""
    if format in PERCENT_FORMATS:
        return float(tenths), LagUnit.PERCENT
    if format in ELAPSED_PERCENT_FORMATS:
        return float(tenths), LagUnit.ELAPSED_PERCENT
    return tenths / 10, LagUnit.ELAPSED if format in ELAPSED_FORMATS else LagUnit.WORKING

"""Limits as people write them, ``10±0.1``, ``≥98.5 %``, ``0/+0.2``, 合格/不合格: read, judged, said back in words."""

# ruff: noqa: SIM905 - lists of words read better as one line

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.values.cells import normal

Direction = Literal["range", "min", "max", "exact", "boolean", "text"]
Verdict = Literal["pass", "fail"]

#: No limits are longer than this; what is longer is a description.
_LONGEST = 120
_NUMBER = r"(?:\d{1,15}(?:,\d{3}){1,4}(?:\.\d{1,12})?|\d{1,15}(?:[.,]\d{1,12})?|\.\d{1,12})(?:[eE][+-]?\d{1,3})?"
_SIGNED = rf"[+-]?\s?{_NUMBER}"
_UNIT = r"(?:%|‰|°[A-Za-z]?|℃|[^\W\d_][^\s<>≤≥±~=;,()\[\]+]{0,24}(?:\([A-Za-z]\))?)"
_OPTIONAL_UNIT = rf"\s{{0,3}}({_UNIT})?\s{{0,3}}"
#: A part of an unequal tolerance: signed, or nothing.
_PART = rf"[+-]\s?{_NUMBER}|0(?:\.0{{1,6}})?"

_ONE = re.compile(rf"(?:=)?\s{{0,3}}({_SIGNED}){_OPTIONAL_UNIT}")
_COMPARED = re.compile(rf"([≥≤<>])\s{{0,3}}({_SIGNED}){_OPTIONAL_UNIT}")
_BETWEEN = re.compile(rf"({_SIGNED}){_OPTIONAL_UNIT}(~|-)\s{{0,3}}({_SIGNED}){_OPTIONAL_UNIT}")
_INTERVAL = re.compile(
    rf"([\[(])\s{{0,3}}({_SIGNED})\s{{0,3}}[,;~]\s{{0,3}}({_SIGNED})\s{{0,3}}([\])]){_OPTIONAL_UNIT}"
)
_ENCLOSED = re.compile(
    rf"({_SIGNED}){_OPTIONAL_UNIT}([≤<])\s{{0,3}}[^\W\d_]\w{{0,12}}\s{{0,3}}([≤<])\s{{0,3}}({_SIGNED}){_OPTIONAL_UNIT}"
)
_EQUAL = re.compile(
    rf"(?:({_SIGNED}){_OPTIONAL_UNIT})?\(?\s{{0,3}}±\s{{0,3}}({_NUMBER}){_OPTIONAL_UNIT}\)?{_OPTIONAL_UNIT}"
)
_UNEQUAL = re.compile(
    rf"(?:({_SIGNED}){_OPTIONAL_UNIT})?\(?\s{{0,3}}({_PART}){_OPTIONAL_UNIT}[/,;]?\s{{0,3}}({_PART}){_OPTIONAL_UNIT}\)?"
    rf"{_OPTIONAL_UNIT}"
)
_AND = re.compile(
    r"\s{0,3}(?:且|并且|和|与|&|\band\b|[,;])\s{0,3}(?=[≥≤<>])|(?<=[^\s≥≤<>])\s{1,3}(?=[≥≤<>])", re.IGNORECASE
)
_NAMED = re.compile(r"[^\W\d_]\w{0,3}\s{0,3}(?=[≥≤<>=])")
#: Signs that only limits hold: a text with one of them that can't be read is no description.
_TELLING = re.compile(r"[≥≤<>±~=]")

#: Signs of several keyboards for the same.
_SIGNS = (
    ("≧", "≥"), ("⩾", "≥"), (">=", "≥"), ("=>", "≥"), ("≦", "≤"), ("⩽", "≤"), ("<=", "≤"), ("=<", "≤"),
    ("+/-", "±"), ("+-", "±"), ("−", "-"), ("﹣", "-"), ("–", "~"), ("—", "~"), ("∼", "~"), ("〜", "~"), ("...", "~"),
    ("..", "~"), ("…", "~"),
)  # fmt: skip
_TO = re.compile(r"\s{1,3}to\s{1,3}(?=[\d+-])|\s{0,3}[至到]\s{0,3}(?=[\d+-])", re.IGNORECASE)
_WRAPPED = re.compile(rf"\(([^()]{{1,60}})\)\s{{0,3}}({_UNIT})")
#: Words of comparison, the longer ones first, before the number and behind it.
_BEFORE = (
    ("≥", "不小于|不低于|不少于|大于等于|大于或等于|至少|最小|最低|下限|at least|not less than|no less than"
          "|minimum|min"),
    ("≤", "不大于|不超过|不高于|不多于|小于等于|小于或等于|至多|最大|最高|上限|at most|not more than|no more than"
          "|not exceeding|up to|maximum|max"),
    (">", "大于|高于|超过|more than|greater than|above|over"),
    ("<", "小于|低于|少于|less than|below|under"),
    ("=", "等于|equal to|equals"),
)  # fmt: skip
_BEHIND = (("≥", "及以上|以上|or more|minimum|min"), ("≤", "及以下|以下|以内|or less|maximum|max"))
_WORDS_BEFORE = tuple((s, re.compile(rf"(?:{w})\.?\s{{0,3}}(?=[\d.+-])", re.IGNORECASE)) for s, w in _BEFORE)
_WORDS_BEHIND = tuple((s, re.compile(rf"(.{{1,40}}?)\s{{0,3}}(?:{w})\.?", re.IGNORECASE)) for s, w in _BEHIND)

_PASS: frozenset[str] = frozenset("pass passed ok yes y good 合格 通过 是 正常 符合 √ ✓ ✔".split())
_FAIL: frozenset[str] = frozenset("fail failed ng nok no n bad 不合格 未通过 否 异常 不符合 × ✗ ✘".split())
_EITHER = re.compile(r"\s{0,3}(?:/|或|or)\s{0,3}")
_NONE = frozenset({"", "-", "--", "—", "无", "none", "n/a"})

_UNITS = {
    "°c": "℃", "degc": "℃", "摄氏度": "℃", "um": "μm", "微米": "μm", "毫米": "mm", "秒": "s", "sec": "s", "毫秒": "ms",
    "分钟": "min", "牛米": "N·m", "n.m": "N·m", "n*m": "N·m", "n·m": "N·m", "兆欧": "MΩ", "mohm": "MΩ", "欧姆": "Ω",
    "ohm": "Ω", "度": "°", "deg": "°",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Limits:
    """What a value must keep to.

    Attributes:
        lower, upper: None where there is none; they belong to what passes unless they are ``open``.
        unit: as the limits name it, empty where they name none.
    """

    direction: Direction
    lower: float | None = None
    upper: float | None = None
    lower_open: bool = False
    upper_open: bool = False
    unit: str = ""


def read_limits(text: str, design: str = "", unit: str = "") -> Limits:
    """What was written, as limits.

    Args:
        design: the design value, from which ``±0.1`` and ``0/+0.2`` count.
        unit: of the parameter; a tolerance in % of something that isn't is a share of it.

    Raises:
        NotValid: it can't be read, is upside down, or names another unit.
    """
    plain = _plain(text)
    if len(plain) > _LONGEST:
        return Limits("text")
    either = [part.casefold() for part in _EITHER.split(plain)]
    if all(part in _PASS | _FAIL for part in either):
        return Limits("boolean")
    found = _number(plain) or _compared(plain) or _interval(plain) or _tolerance(plain, design, unit) or _single(plain)
    if found is None:
        if plain[:1].isdigit() or _TELLING.search(plain):
            raise NotValid(
                N_("“{text}” can't be read as limits. Write 10±0.1, ≥98.5, 9.9~10.1, 0/+0.2, or pass/fail."), text=text
            )
        return Limits("text")
    if found.lower is not None and found.upper is not None and found.lower > found.upper:
        raise NotValid(N_("The lower limit {lower} is above the upper limit {upper}."), lower=shown_number(found.lower),
                       upper=shown_number(found.upper))  # fmt: skip
    if unit and found.unit and unit_of(unit) != unit_of(found.unit):
        raise NotValid(N_("The limits are in {limits}, the unit is {unit}."), limits=found.unit, unit=unit)
    return found


def limits_text(lower: float | None, upper: float | None) -> str:
    """Two bounds as people write them; empty where there are none."""
    if lower is not None and upper is not None:
        return shown_number(lower) if lower == upper else f"{shown_number(lower)}~{shown_number(upper)}"
    if lower is not None:
        return f"≥{shown_number(lower)}"
    return f"≤{shown_number(upper)}" if upper is not None else ""


def amount_in(text: str) -> tuple[float, str] | None:
    """The number of a text and the unit behind it, empty where there is none; None for another text."""
    match = _ONE.fullmatch(_plain(text))
    return (float(_decimal(match[1])), match[2] or "") if match else None


def said_in(text: str) -> Verdict | None:
    """What a word says that people write for a result, None for any other."""
    word = _plain(text).casefold()
    return "pass" if word in _PASS else "fail" if word in _FAIL else None


def unit_of(text: str) -> str:
    """A unit in one spelling: ``°C`` and ``degC`` are ``℃``, ``um`` is ``μm``, ``N.m`` is ``N·m``."""
    plain = "".join(normal(text).replace("µ", "μ").split())
    return _UNITS.get(plain.casefold(), plain)


def judged(limits: Limits, amount: float | None, said: Verdict | None, same_text: bool = False) -> Verdict | None:
    """Whether a value keeps to limits, which are included; None where it is nothing that could be judged by them."""
    if limits.direction in ("boolean", "text"):
        if same_text and limits.direction == "text":
            return "pass"
        return said
    if amount is None:
        return None
    below = limits.lower is not None and (amount < limits.lower or (limits.lower_open and amount == limits.lower))
    above = limits.upper is not None and (amount > limits.upper or (limits.upper_open and amount == limits.upper))
    return "fail" if below or above else "pass"


def limits_in_words(limits: Limits, text: str = "") -> str:
    """Limits said back in the language in force, so that who typed them sees how they were read."""
    unit = f" {limits.unit}" if limits.unit else ""
    low, high = (f"{shown_number(n)}{unit}" if n is not None else "" for n in (limits.lower, limits.upper))
    match limits.direction:
        case "boolean":
            return tr("pass or fail, as it is found")
        case "text":
            return tr("as described: {text}", text=text)
        case "exact":
            return tr("exactly {value}", value=low)
        case "min":
            return tr("more than {value}", value=low) if limits.lower_open else tr("at least {value}", value=low)
        case "max":
            return tr("less than {value}", value=high) if limits.upper_open else tr("at most {value}", value=high)
    if limits.lower_open and limits.upper_open:
        return tr("between {low} and {high}, neither included", low=low, high=high)
    if limits.lower_open:
        return tr("more than {low}, at most {high}", low=low, high=high)
    if limits.upper_open:
        return tr("at least {low}, less than {high}", low=low, high=high)
    return tr("from {low} to {high}, both included", low=low, high=high)


def shown_number(number: float) -> str:
    """A number in as many digits as it has."""
    return f"{number:.12g}"


def _plain(text: str) -> str:
    plain = normal(text[: 4 * _LONGEST])
    for sign, same in _SIGNS:
        plain = plain.replace(sign, same)
    plain = _TO.sub("~", plain)
    if match := _WRAPPED.fullmatch(plain):
        plain = f"{match[1]} {match[2]}"
    for sign, words in _WORDS_BEFORE:
        plain = words.sub(sign, plain)
    if not _TELLING.search(plain):
        for sign, words in _WORDS_BEHIND:
            if (found := words.fullmatch(plain)) and plain[:1] in "0123456789.+-":
                plain = sign + found[1]
                break
    return _NAMED.sub("", plain, count=1) if _NAMED.match(plain) else plain.strip()


def _decimal(text: str) -> Decimal:
    plain = text.replace(" ", "")
    if re.fullmatch(r"[+-]?[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,12})?", plain):
        plain = plain.replace(",", "")
    return Decimal(plain.replace(",", "."))


def _bounded(low: Decimal, high: Decimal, unit: str, low_open: bool = False, high_open: bool = False) -> Limits:
    direction: Direction = "exact" if low == high and not (low_open or high_open) else "range"
    return Limits(direction, float(low), float(high), low_open, high_open, unit)


def _number(plain: str) -> Limits | None:
    """A number alone, so that the sign of an exponent isn't taken for a range."""
    return _bounded(_decimal(plain), _decimal(plain), "") if re.fullmatch(_SIGNED, plain) else None


def _compared(plain: str) -> Limits | None:
    parts = [_COMPARED.fullmatch(part.strip()) for part in _AND.split(plain) if part.strip()]
    if not parts or len(parts) > 2 or not all(parts):
        return None
    low: Limits | None = None
    high: Limits | None = None
    for match in parts:
        assert match is not None
        number, unit = float(_decimal(match[2])), match[3] or ""
        if match[1] in "≥>":
            low = Limits("min", lower=number, lower_open=match[1] == ">", unit=unit)
        else:
            high = Limits("max", upper=number, upper_open=match[1] == "<", unit=unit)
    if len(parts) == 1:
        return low or high
    if low is None or high is None:
        return None
    return Limits("range", low.lower, high.upper, low.lower_open, high.upper_open, low.unit or high.unit)


def _interval(plain: str) -> Limits | None:
    if match := _INTERVAL.fullmatch(plain):
        low, high = _decimal(match[2]), _decimal(match[3])
        return _bounded(low, high, match[5] or "", match[1] == "(", match[4] == ")")
    if match := _ENCLOSED.fullmatch(plain):
        unit = match[6] or match[2] or ""
        return _bounded(_decimal(match[1]), _decimal(match[5]), unit, match[3] == "<", match[4] == "<")
    if match := _BETWEEN.fullmatch(plain.removeprefix("(").removesuffix(")")):
        if match[1].startswith("+") and match[3] == "-":
            return None  # +0.2-0.1 is a tolerance
        return _bounded(_decimal(match[1]), _decimal(match[4]), match[5] or match[2] or "")
    return None


def _tolerance(plain: str, design: str, unit: str) -> Limits | None:
    """``10±0.1`` and ``10 +0.2/-0.1``; without a number of their own they count from the design value."""
    if match := _EQUAL.fullmatch(plain):
        base, of_base = match[1], match[2] or ""
        of_part, last = match[4] or "", match[5] or ""
        parts = (-_decimal(match[3]), _decimal(match[3]))
    elif match := _UNEQUAL.fullmatch(plain):
        base, of_base = match[1], match[2] or ""
        of_part, last = match[6] or match[4] or "", match[7] or ""
        parts = (_decimal(match[3]), _decimal(match[5]))
        if base is None and not any(sign in match[3] + match[5] for sign in "+-"):
            return None
    else:
        return None
    if base is None:
        known = amount_in(design)
        if known is None:
            raise NotValid(N_("“{text}” counts from the design value, which is missing or is no number."), text=plain)
        nominal, of_base = Decimal(repr(known[0])), known[1]
    else:
        nominal = _decimal(base)
    whole = of_base or last or unit
    if of_part == "%" and whole and unit_of(whole) != "%":
        parts = (parts[0] * abs(nominal) / 100, parts[1] * abs(nominal) / 100)
        of_part = ""
    return _bounded(nominal + min(parts), nominal + max(parts), of_base or last or of_part)


def _single(plain: str) -> Limits | None:
    match = _ONE.fullmatch(plain)
    return _bounded(_decimal(match[1]), _decimal(match[1]), match[2] or "") if match else None


def says_nothing(text: str) -> bool:
    """Whether a text says that there are no limits."""
    return normal(text).casefold() in _NONE

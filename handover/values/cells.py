"""Values as people type them into cells: plain text, numbers, shares, yes and no, names."""

# ruff: noqa: SIM905 - lists of words read better as one line

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeAlias, TypeVar

from handover.errors import NotValid
from handover.i18n import N_

#: What a cell can hold. Numbers of workbooks come as ``float``, as Excel stores them.
Cell: TypeAlias = str | float | int | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None

#: What Excel writes into a cell whose formula failed.
ERROR_VALUES = frozenset(
    {"#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#N/A", "#NUM!", "#NULL!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)

T = TypeVar("T")

#: What people write where there is nothing.
_NOTHING = frozenset(
    "- -- --- — —— – / \\ . n/a na n.a. none null nil tbd tba 无 空 暂无 待定 未定 不适用 なし 未定".split()
)
#: No such mark is longer than this, nor one of those that ask to empty a field.
LONGEST_MARK = 8
_ERASE = frozenset({"{null}", "{清空}", "清空"})
_YES = frozenset(
    "yes y true t 1 x ✓ ✔ √ ☑ ■ ● on ok 是 对 有 真 已 要 需要 ja j oui o sí si sim s да はい ○ 〇".split()
)
_NO = frozenset("no n false f 0 ✗ ✘ × ☐ □ off 否 不 没 没有 假 未 不要 不需要 nein non não nao нет いいえ".split())

_SPACES = re.compile(r"\s+")
#: Control characters and the like, which no workbook and no XML can hold as they are.
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: The breaks within a paragraph and between pages of old texts.
_OLD_BREAK = re.compile("[\x0b\x0c]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,' ]\d+)*|[.,]\d+)(?:e[+-]?\d{1,3})?", re.IGNORECASE)
_CURRENCY = "¥￥$€£₽₩元"
#: Names of two words each: Zhang San/Li Si.
_TWO_NAMES = re.compile(
    r"(?:[A-Z][\w'’.-]{0,40} [A-Z][\w'’.-]{0,40}\s{0,20}/\s{0,20}){1,50}[A-Z][\w'’.-]{0,40} [A-Z][\w'’.-]{0,40}"
)
_SHARE = re.compile(r"[\[(]\s{0,20}(\d{1,4}(?:[.,]\d{1,3})?)\s{0,20}(%?)\s{0,20}[\])]$")
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_NAME = re.compile("[\u3400-\u9fff]{2,4}")
#: An & with blanks around, or between Chinese names; and the word.
_AMPERSAND = "\\s{1,20}[&＆]\\s{1,20}|(?<=[\u3400-\u9fff])[&＆](?=[\u3400-\u9fff])"
_AND_WORD = r"\s{1,20}(?:and|und|et|y)\s{1,20}"
_LONGEST_NUMBER = 40
_MOST_NAMES = 200


class Unreadable(NotValid):
    """A cell doesn't hold what its column holds; the sentence says what would be right.

    Attributes:
        kept: what is taken of the cell all the same, as the beginning of a name that is too long.
    """

    kept: Any = None  # Any: a value of the column


@dataclass(slots=True)
class ColumnReading(Generic[T]):
    """A column that was read: a value or None for each cell, and what was wrong, by the cell's place in the column."""

    values: list[T | None]
    problems: dict[int, Unreadable] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NameInCell:
    """A person or organisation in a cell; ``share`` is 0.5 for ``[50%]``, None where nothing is said."""

    name: str
    share: float | None = None


def normal(text: str) -> str:
    """The text with full-width letters and digits narrowed, invisible marks dropped and spaces single."""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(text.split())


def as_text(cell: Cell) -> str:
    """A cell as text: 12.0 is ``12``, a date is ISO; texts keep their inner lines, not what is no character at all."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        plain = cell if cell.isprintable() else _FORBIDDEN.sub("", _OLD_BREAK.sub("\n", cell))
        return plain.strip().strip("\u200b\ufeff\u3000\xa0 ")
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else f"{cell:.15g}"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(" ", "minutes")
    return str(cell)


def is_nothing(cell: Cell) -> bool:
    """True for an empty cell and for what people write instead: a dash, N/A, 无, 待定."""
    if cell is None:
        return True
    if not isinstance(cell, str):
        return False
    # The plain case first: a hundred thousand different texts are read here one by one.
    if len(cell) > LONGEST_MARK and cell[0].isalnum() and cell[-1].isalnum():
        return False
    return _says_nothing(cell)


@lru_cache(maxsize=4096)
def _says_nothing(text: str) -> bool:
    return not (said := normal(text)) or said.lower() in _NOTHING


def asks_to_erase(cell: Cell) -> bool:
    """True for the marks ``{NULL}`` and 清空, which empty a field; an empty cell leaves it as it is."""
    if not isinstance(cell, str) or (len(cell) > LONGEST_MARK and cell[0].isalnum() and cell[-1].isalnum()):
        return False
    return normal(cell).lower() in _ERASE


def refuse_error_value(cell: Cell) -> None:
    """Raise when the cell holds the error of a formula.

    Raises:
        Unreadable: it does.
    """
    if isinstance(cell, str) and cell in ERROR_VALUES:
        raise Unreadable(N_("The formula in this cell failed ({error}). Put the value itself into it."), error=cell)


def read_column(cells: Sequence[Cell], read: Callable[[Cell], T | None]) -> ColumnReading[T]:
    """Read each different value of a column once.

    Args:
        read: turns a cell into its value, None where it holds nothing; raises Unreadable.
    """
    kinds = set(map(type, cells)) - {type(None)}
    # Yes, 1 and 1.0 are equal without being the same.
    keys: Sequence[Any] = cells if len(kinds) <= 1 else list(zip(map(type, cells), cells, strict=True))
    known: dict[Any, T | None] = {}
    wrong: dict[Any, Unreadable] = {}
    for key, cell in dict(zip(keys, cells, strict=True)).items():
        known[key] = None
        if not is_nothing(cell):
            try:
                refuse_error_value(cell)
                known[key] = read(cell)
            except Unreadable as error:
                wrong[key], known[key] = error, error.kept
    problems = {place: wrong[key] for place, key in enumerate(keys) if key in wrong} if wrong else {}
    return ColumnReading([known[key] for key in keys], problems)


def number_in(text: str) -> float | None:
    """The number that a text is, None when it isn't one: ``1,234.5``, ``1.234,5``, ``1 234,5``, ``１２``, ``¥ 5``.

    One comma or point with three digits behind it parts thousands when it is a comma and decimals when it is a point.
    """
    plain = normal(text).strip(_CURRENCY + " ").replace("\xa0", " ")
    if len(plain) > _LONGEST_NUMBER or not _NUMBER.fullmatch(plain):
        return None
    if re.search(r"[' ](?!\d{3}(?!\d))", plain):
        return None
    plain = plain.replace("'", "").replace(" ", "")
    comma, point = plain.rfind(","), plain.rfind(".")
    if comma >= 0 and point >= 0:
        plain = plain.replace(",", "") if point > comma else plain.replace(".", "").replace(",", ".")
    elif comma >= 0:
        thousands = re.fullmatch(r"[+-]?[1-9]\d{0,2}(,\d{3})+", plain)
        if not thousands and plain.count(",") > 1:
            return None
        plain = plain.replace(",", "" if thousands else ".")
    elif plain.count(".") > 1:
        if not re.fullmatch(r"[+-]?[1-9]\d{0,2}(\.\d{3})+", plain):
            return None
        plain = plain.replace(".", "")
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if abs(number) < 1e300 else None


def parse_number(cell: Cell) -> float | None:
    """A cell as a number.

    Raises:
        Unreadable: it holds something else.
    """
    if is_nothing(cell):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return float(cell)
    if isinstance(cell, str) and (number := number_in(cell)) is not None:
        return number
    raise Unreadable(N_("“{text}” is not a number."), text=shown(cell))


def parse_yes(cell: Cell) -> bool | None:
    """Yes or no in English, Chinese and a few more languages.

    Raises:
        Unreadable: it says neither.
    """
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, (int, float)) and cell in (0, 1):
        return bool(cell)
    text = normal(cell).lower() if isinstance(cell, str) else None
    if text in _YES:
        return True
    if text in _NO or text == "无":
        return False
    if is_nothing(cell):
        return None
    raise Unreadable(N_("“{text}” says neither yes nor no."), text=shown(cell))


def reads(parse: Callable[..., object], cell: Cell, *more: object) -> bool:
    """Whether a cell can be read and holds something.

    Args:
        parse: turns it, and what more it is given, into a value; raises NotValid.
    """
    try:
        return parse(cell, *more) is not None
    except NotValid:
        return False


def read_numbers(cells: Sequence[Cell]) -> ColumnReading[float]:
    """A column of numbers."""
    return read_column(cells, parse_number)


def read_yes(cells: Sequence[Cell]) -> ColumnReading[bool]:
    """A column of yes and no."""
    return read_column([_as_zero(c) for c in cells], parse_yes)


def _as_zero(cell: Cell) -> Cell:
    return 0.0 if isinstance(cell, str) and cell.strip() == "无" else cell


def read_shares(cells: Sequence[Cell]) -> ColumnReading[float]:
    """A column of percentages as shares from 0 to 1: 0.4, 40 and ``40%``, judged by the whole column.

    Plain numbers are per cent when one of them is greater than 1.5; else they are shares as Excel stores them.
    """
    known: dict[tuple[type, Cell], tuple[float, bool] | None] = {}
    for cell in cells:
        key = (type(cell), cell)
        if key not in known:
            known[key] = _share_parts(cell)
    plain = [value for value, has_sign in filter(None, known.values()) if not has_sign]
    divisor = 100 if any(abs(v) > 1.5 for v in plain) else 1

    def read(cell: Cell) -> float | None:
        parts = known[type(cell), cell]
        if parts is None:
            raise Unreadable(N_("“{text}” is not a percentage."), text=shown(cell))
        share = round(parts[0] / (100 if parts[1] else divisor), 9)
        if not 0 <= share <= 1:
            raise Unreadable(N_("“{text}” lies outside 0 % to 100 %."), text=shown(cell))
        return share

    return read_column(cells, read)


def _share_parts(cell: Cell) -> tuple[float, bool] | None:
    """The number of a cell, and whether it has a percent sign."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, (int, float)):
        return float(cell), False
    if not isinstance(cell, str):
        return None
    text = normal(cell)
    has_sign = text.endswith("%")
    number = number_in(text.rstrip("% "))
    return None if number is None else (number, has_sign)


def split_names(cell: Cell, is_name: Callable[[str], bool] | None = None) -> list[NameInCell]:
    """The people or organisations of a cell: ``张三;李四[50%]``, ``Ann Lee, Bob Ray (25%)``.

    Where a semicolon parts them, a comma belongs to a name (``Lee, Ann; Ray, Bob``). A slash and an & stand within
    names as well (QA/QC, R&D team, Health & Safety): they part only what are names of their own.

    Args:
        is_name: whether a text is known as a name of its own.
    """
    if is_nothing(cell):
        return []
    text = as_text(cell).replace("；", ";").replace("［", "[").replace("］", "]").replace("％", "%")
    text = text.replace("（", "(").replace("）", ")")
    if ";" in text or "\n" in text:
        pieces = re.split(r"[;\n\r]+", text)
    else:
        pieces = [p for piece in re.split(r"[,，、|]+", text) for p in _parted_by_and(piece, is_name)]
        if _HAN.search(text):
            pieces = [
                p for piece in pieces for p in re.split(r"[/／]|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]{2,})", piece)
            ]
        pieces = [p for piece in pieces for p in _parted_by_slash(piece, is_name)]
    names: dict[str, NameInCell] = {}
    for piece in pieces[:_MOST_NAMES]:
        share = None
        if match := _SHARE.search(piece.strip()):
            number = float(match[1].replace(",", "."))
            share = number / 100 if match[2] or number > 10 else number
            piece = piece.strip()[: match.start()]
        name = normal(re.sub(r"\[[^\]]{0,100}\]$", "", piece.strip()))
        if name and name not in names:
            names[name] = NameInCell(name, share)
    return list(names.values())


def _parted_by_and(text: str, is_name: Callable[[str], bool] | None) -> list[str]:
    """``Mechanical lead & Electrical lead`` and ``张三&李四`` are two, ``R&D team`` and ``Health & Safety`` one."""
    pieces: list[str] = []
    for part in re.split(_AND_WORD, text) if _are_names(text, _AND_WORD, is_name) else [text]:
        pieces += re.split(_AMPERSAND, part) if _are_names(part, _AMPERSAND, is_name) else [part]
    return pieces


def _parted_by_slash(text: str, is_name: Callable[[str], bool] | None) -> list[str]:
    sides = [side.strip() for side in re.split("[/／]", text)]
    known = len(sides) > 1 and is_name is not None and all(side and is_name(side) for side in sides)
    return sides if known or _TWO_NAMES.fullmatch(text.strip()) else [text]


def _are_names(text: str, between: str, is_name: Callable[[str], bool] | None) -> bool:
    """True when a text falls into names of their own: known ones, some of two words each, or Chinese ones."""
    sides = [side.strip() for side in re.split(between, text)]
    if len(sides) < 2 or not all(sides):
        return False
    if is_name is not None and all(map(is_name, sides)):
        return True
    return all(len(side.split()) > 1 for side in sides) or all(_HAN_NAME.fullmatch(side) for side in sides)


def shown(cell: Cell) -> str:
    """A cell as a message quotes it: one line, not too long."""
    text = _SPACES.sub(" ", as_text(cell))
    return text if len(text) <= 60 else text[:59] + "…"


def folded(text: str) -> str:
    """A word as it is compared: full-width forms narrowed, case and blanks dropped."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())

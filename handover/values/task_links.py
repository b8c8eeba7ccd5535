"""Predecessors as text: ``12FS+2 days;15SS``, ``12完成-开始+2个工作日``, ``12EA+2 Tage``, ``A1010: FS 5``, ``3-SS=P2D``.

The grammar is MS Project's, in the languages that it is sold in, and what P6, Smartsheet, GanttProject and people
write instead. Nothing is looked up here: a target is the text that names a task, by number, code or name.
"""

# ruff: noqa: E501 - a language to a line

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.values.cells import Cell, Unreadable, as_text, is_nothing, normal, number_in, shown
from handover.values.durations import WorkUnits, minutes_of, unit_of

_KINDS = ("FS", "SS", "FF", "SF")
#: Letters for Finish and Start: German, French, Spanish, Italian, Portuguese, Russian, Dutch, Polish, Czech.
_LETTERS = {
    "en": "FS",
    "de": "EA",
    "fr": "FD",
    "es": "FC",
    "it": "FI",
    "pt": "TI",
    "ru": "ОН",
    "nl": "EB",
    "pl": "ZR",
    "cs": "KZ",
}
_WORDS = {
    "F": "finish fin end ende fine término termino окончание einde zakończenie 完成 结束 結束 終了 完了 完 结",
    "S": "start begin anfang début debut comienzo inizio início inicio начало rozpoczęcie 开始 開始 开工 开 始",
}
NO_SUCH_TASK: Final = N_("There is no task “{text}” in this list to wait for.")
ON_ITSELF: Final = N_("A task can't depend on itself.")
NO_LINK: Final = N_(
    "“{text}” is not a predecessor. Right would be the number or code of a task, such as 12 or 12FS+2 days."
)
_LONGEST = 20_000
_LONGEST_PIECE = 300
_MOST_LINKS = 500

_SIDE = "|".join(sorted({w for words in _WORDS.values() for w in words.split()}, key=lambda w: (-len(w), w)))
_SPOKEN = re.compile(
    rf"({_SIDE})\s{{0,20}}(?:-|–|—|/|→|->|到|至|to|-to-|-zu-|à|a|对|后)?\s{{0,20}}({_SIDE})", re.IGNORECASE
)
_LAG = re.compile(
    r"\s{0,20}(?P<sign>[+\-−–])?\s{0,20}(?P<amount>\d{1,9}(?:[.,]\d{1,9})?|[.,]\d{1,9})\s{0,20}(?P<unit>%|e%|[^\W\d_][^\d+\-−;,()\[\]]{0,24})?\s{0,20}[)\]]?\s{0,20}$"
)
_GANTT_PROJECT = re.compile(
    r"(?P<target>[\w.]{1,100})-(?P<kind>FS|SS|FF|SF)[=>#]?P?(?P<sign>-?)(?P<amount>\d{1,5})(?P<unit>[DHW])",
    re.IGNORECASE,
)
_PIECES = re.compile(r"[;；\n\r|]+")
_LINES = re.compile(r"[;；\n\r]+")
_COMMAS = re.compile(r"[,，、＆&]+|\s{1,20}(?:and|und|et|y|и)\s{1,20}|(?<=\d)\s{0,20}(?:和|及|与)\s{0,20}(?=\w)")
#: A list as programs write it: ``['P2-01', 'P2-02']``.
_LIST = re.compile(
    r"\[\s{0,20}(?:(?P<quote>['\"])[^\[\]]{0,1500}(?P=quote)|[\w.\-]{1,200}(?:\s{0,20},\s{0,20}[\w.\-]{1,200})*)?\s{0,20}\]",
    re.DOTALL,
)
_FOREIGN = re.compile(r"^<>|[\\/][^\\/]+\.mpp?[\\/]", re.IGNORECASE)
_BRACKETED = re.compile(
    r"^(?P<target>.{1,300}?)\s{0,20}[(\[（【]\s{0,20}(?P<rest>[^()（）\[\]]{0,200})\s{0,20}[)\]）】]$"
)
_ID_LIKE = re.compile(r"[\w.\-/#]{0,200}\d[\w.\-/#]{0,200}")
_LEAD = re.compile(r"^(?:(?:[^\W\d_][^#\d]{0,40}\s)?#|id|no\.?|任务|工作|第)\s*(?=\d)", re.IGNORECASE)
#: As OpenProject names a work package: its type, unless that is the usual one, its number and its subject.
_PACKAGE = re.compile(r"(?:^|[,，、])\s*(?:[^\W\d_][^#,;:\n]{0,40}\s)?#(?P<id>\w[\w.\-]{0,59})(?::\s|$)")


#: As Planner names a task: its number and its name.
_NUMBERED = re.compile(r"(?:^|[,;，；\n])\s{0,20}(?P<id>\d{1,6}(?:FS|SS|FF|SF)?) - (?=[^\W\d])")


def _codes() -> dict[str, str]:
    """Two letters -> kind of link; English first where two languages use the same letters."""
    found: dict[str, str] = {}
    for letters_of in _LETTERS.values():
        finish, start = letters_of[0], letters_of[1]
        for letters, kind in (
            (finish + start, "FS"),
            (start + start, "SS"),
            (finish + finish, "FF"),
            (start + finish, "SF"),
        ):
            found.setdefault(letters, kind)
    return found | {"FTS": "FS", "STS": "SS", "FTF": "FF", "STF": "SF"}


_CODES = _codes()
_CODE = re.compile(
    rf"^(?P<target>.{{0,300}}?)(?P<gap>[\s:：,\-_]{{0,20}})(?P<kind>{'|'.join(sorted(_CODES, key=len, reverse=True))})$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LinkText:
    """One predecessor: the text that names it, the kind of link and the lag.

    ``lag`` is in minutes of working or elapsed time, or in per cent of the predecessor, as ``lag_unit`` says:
    ``working``, ``elapsed`` or ``percent``.
    """

    target: str
    kind: str = "FS"
    lag: float = 0.0
    lag_unit: str = "working"


@dataclass(slots=True)
class LinksReading:
    """The predecessors of a cell, and the pieces of it that could not be read."""

    links: list[LinkText] = field(default_factory=list)
    problems: list[Unreadable] = field(default_factory=list)


def kind_of_link(text: str) -> str | None:
    """The kind that a word names: ``FS``, ``PR_FS``, ``EA``, ``完成-开始``, ``Finish to Start``; None for another word."""
    plain = re.sub(r"^PR_([A-Z]{2})\d?$", r"\1", normal(text)).strip(" ().:")
    if (kind := _CODES.get(plain.upper().replace("-", "").replace(" ", ""))) is not None:
        return kind
    if match := _SPOKEN.fullmatch(plain):
        return _side(match[1]) + _side(match[2])
    return None


def _side(word: str) -> str:
    return "F" if word.lower() in _WORDS["F"].split() else "S"


def package_number(text: str) -> str | None:
    """The number in ``Phase #11: Commissioning`` or ``#11``, as OpenProject names tasks; None in other texts."""
    match = _PACKAGE.match(text)
    return match["id"] if match else None


def _packages(text: str) -> list[str]:
    """The tasks in ``Phase #11: Commissioning, #12: Check``; none in other texts."""
    starts = [match.start() for match in _PACKAGE.finditer(text)]
    if not starts or starts[0]:
        return []
    return [text[a:b].strip(" ,;，；、\n") for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]


def numbered_tasks(text: str) -> list[str]:
    """The numbers in ``2 - Check the plan, 6SS - Train``, as Planner names tasks; none in other texts."""
    found = list(_NUMBERED.finditer(text))
    return [match["id"] for match in found] if found and not found[0].start() else []


def parse_links(cell: Cell, work: WorkUnits | None = None) -> LinksReading:
    """Read the predecessors of a cell.

    Args:
        work: how much work a day holds; for lags in days and weeks.
    """
    reading = LinksReading()
    if is_nothing(cell):
        return reading
    text = bare_list(as_text(cell))
    if len(text) > _LONGEST:
        reading.problems.append(Unreadable(N_("The list of predecessors is too long to be one.")))
        return reading
    pieces = numbered_tasks(text) or [
        piece for part in _LINES.split(text) for piece in _packages(part.strip()) or _split(part)
    ]
    for piece in pieces[:_MOST_LINKS]:
        try:
            link = _parse_piece(piece, work or WorkUnits())
        except Unreadable as error:
            reading.problems.append(error)
        else:
            if link not in reading.links:
                reading.links.append(link)
    return reading


def bare_list(text: str) -> str:
    """The text without what programs put around the members of a list."""
    if len(text) > _LONGEST or not _LIST.fullmatch(text):
        return text
    return re.sub(r"(?:^|(?<=,))\s*(['\"])(.*?)\1\s*(?=,|$)", r"\2", text[1:-1].strip())


def read_links(
    cells: Sequence[Cell], work: WorkUnits | None = None, progress: Progress = unattended
) -> list[LinksReading]:
    """A column of predecessors. Raises Cancelled."""
    known: dict[tuple[type, Cell], LinksReading] = {}
    result = []
    for cell in watched(cells, progress, len(cells), tr("Reading predecessors"), 5_000):
        key = (type(cell), cell)
        if key not in known:
            known[key] = parse_links(cell, work)
        result.append(known[key])
    return result


def _split(text: str) -> list[str]:
    pieces = []
    for part in _PIECES.split(text.replace("＋", "+").replace("－", "-")):
        bits = _COMMAS.split(part)
        joined: list[str] = []
        for bit in bits:
            # "12FS+2,5 days" is one piece whose lag has a decimal comma, "12FS+2,5FS" are two.
            if joined and re.search(r"[+\-−]\s*\d+$", joined[-1]) and _is_rest_of_lag(bit):
                joined[-1] += "," + bit
            else:
                joined.append(bit)
        pieces += joined
    return [p.strip() for p in pieces if p.strip()]


def _is_rest_of_lag(text: str) -> bool:
    match = re.fullmatch(r"\d{1,2}\s*(%|[^\W\d_].*)", text.strip())
    return bool(match and (match[1] == "%" or unit_of(match[1].rstrip(")]"))))


def _parse_piece(piece: str, work: WorkUnits) -> LinkText:
    text = normal(piece)
    if len(text) > _LONGEST_PIECE:
        raise _wrong(piece)
    if ":" in text and package_number(text):
        return LinkText(text)
    if _FOREIGN.search(text):
        raise Unreadable(
            N_("“{text}” is a task of another file; only tasks of this list can be linked."), text=shown(piece)
        )
    if match := _GANTT_PROJECT.fullmatch(text):
        lag, unit = _lag(match["sign"], match["amount"], match["unit"], work, piece)
        return LinkText(match["target"], match["kind"].upper(), lag, unit)
    text = _LEAD.sub("", text)
    if (match := _BRACKETED.match(text)) and (inside := _type_and_lag(match["rest"], work, piece)):
        return LinkText(match["target"].strip(" :："), *inside)
    if (match := _LAG.search(text)) and match.start() > 0 and (match["sign"] or match["unit"] or ":" in text):
        before = text[: match.start()].rstrip()
        if (found := _target_and_kind(before)) is not None:
            return LinkText(*found, *_lag(match["sign"], match["amount"], match["unit"], work, piece))
        if match["sign"] and match["unit"] and _ID_LIKE.fullmatch(before.strip()):
            return LinkText(before.strip(), "FS", *_lag(match["sign"], match["amount"], match["unit"], work, piece))
        if match["sign"] == "+" and before.strip().isdigit():
            return LinkText(before.strip(), "FS", *_lag("+", match["amount"], match["unit"], work, piece))
    if (found := _target_and_kind(text)) is not None:
        return LinkText(*found)
    target = text.strip(" :：[]()")
    if not target or not any(ch.isalnum() for ch in target) or re.search(r"[+*?=<>{}]", target):
        raise _wrong(piece)
    return LinkText(target)


def _target_and_kind(text: str) -> tuple[str, str] | None:
    """Task and kind of ``12FS``, ``A1010: FS``, ``12 完成-开始``; None where no kind stands at the end."""
    text = text.rstrip(" :：(（[")
    for match in _SPOKEN.finditer(text):
        if match.end() == len(text) and match.start() > 0:
            target = text[: match.start()].strip(" :：,-(（[")
            return (target, _side(match[1]) + _side(match[2])) if _ID_LIKE.fullmatch(target) else None
    code = _CODE.match(text)
    target = code["target"].strip(" :：") if code else ""
    if not code or not target:
        return None
    # "12FS" and "T-7 FS" are links; "PROCESS" is a name.
    parted = code["gap"] and (":" in code["gap"] or any(ch.isdigit() for ch in target))
    return (target, _CODES[code["kind"].upper()]) if target[-1].isdigit() or parted else None


def _type_and_lag(text: str, work: WorkUnits, piece: str) -> tuple[str, float, str] | None:
    """What stands in brackets behind a task: ``FS``, ``FS+2d``, ``SS, 3 days``."""
    if kind := kind_of_link(text):
        return kind, 0.0, "working"
    if match := _LAG.search(text):
        before = text[: match.start()].strip(" ,:，：")
        if not before:
            return ("FS", *_lag(match["sign"], match["amount"], match["unit"], work, piece)) if match["sign"] else None
        if kind := kind_of_link(before):
            return kind, *_lag(match["sign"], match["amount"], match["unit"], work, piece)
    return None


def _lag(sign: str | None, amount: str, unit: str | None, work: WorkUnits, piece: str) -> tuple[float, str]:
    number = number_in(amount)
    if number is None:
        raise _wrong(piece)
    number = -number if sign and sign in "-−–" else number
    name = (unit or "d").strip(" ?.")
    if name in ("%", "e%"):
        return number, "percent"
    found = unit_of(name)
    if found is None:
        raise _wrong(piece)
    return float(minutes_of(number, *found, work)), "elapsed" if found[1] else "working"


def _wrong(piece: str) -> Unreadable:
    return Unreadable(NO_LINK, text=shown(piece))

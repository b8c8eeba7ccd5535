"""How the numbers of documents are built: a pattern of named fields, and where a number breaks it.

``{project}-{system}-{discipline:2}-{type:3}-{serial:4}``: what stands outside of the brackets stands so in every
number. A field says behind its colon what it holds: ``4`` so many signs, ``2-4`` from two to four, ``A2`` two letters,
``94`` four digits, ``ME|EL`` one of these. ``{serial}``, ``{sheet}`` and ``{volume}`` hold digits, ``{project}`` the
code of the project and ``{system}`` that of one of its systems (or what stands behind the colon), any other letters and
digits.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache, lru_cache

from handover.i18n import N_, tr

#: The longest pattern, and so many signs has the longest number that is looked at.
LONGEST = 200
#: So many signs a field has at most where it doesn't say how many.
_MOST = 30
_DIGITS = frozenset({"serial", "sheet", "volume"})
#: Fields whose values are known from the project.
KNOWN = frozenset({"project", "system"})
_FIELD = re.compile(r"\{([^{}:]*)(?::([^{}]*))?\}")
_NAME = re.compile(r"[^\W\d_][\w ]{0,29}")
_SPEC = re.compile(r"([A9]?)(\d{1,2})(?:-(\d{1,2}))?")
#: Of so many fields of any length a regular expression may go through all ways at most.
_LOOSE = 3
#: The values of the fields that the project knows, by the name of the field.
_Codes = tuple[tuple[str, frozenset[str]], ...]
#: So many of the known values are told.
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a pattern: a text as it stands (``name`` is empty), or a field.

    Attributes:
        text: of what is no field.
        signs: what the field is made of: ``digits``, ``letters``, ``both`` or ``known``.
        choices: what a field that is one of several can be.
    """

    text: str = ""
    name: str = ""
    signs: str = "both"
    least: int = 1
    most: int = _MOST
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breach:
    """Where a number breaks a pattern.

    Attributes:
        field: the name of the field, empty between fields and behind the last.
        at: the sign, counted from 1.
        message: a sentence (a catalogue key) that says what would be right; ``values`` fill it.
    """

    field: str
    at: int
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)

    def __str__(self) -> str:
        return tr(self.message, **self.values)


def pattern_fault(pattern: str) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a pattern, as a sentence and its values; None for a sound one."""
    if not pattern.strip() or len(pattern) > LONGEST or not pattern.isprintable():
        return N_("Write the number as {example}."), {"example": "{project}-{system}-{type:3}-{serial:4}"}
    left = _FIELD.sub("", pattern)
    if "{" in left or "}" in left:
        return N_("A bracket isn't closed, or nothing stands in it."), {}
    fields = _FIELD.findall(pattern)
    if not fields:
        return N_("It names no field, so that every number would be the same. Write {example}."), {
            "example": "{serial:4}"
        }
    for name, spec in fields:
        if not _NAME.fullmatch(name):
            return N_("“{name}” is no name of a field: a name begins with a letter."), {"name": name}
        if spec and not _understood(spec):
            return N_("“{spec}” behind {name} isn't understood. Write a number of signs (4, 2-4), letters (A2), digits "
                      "(94) or what it can be (ME|EL)."), {"spec": spec, "name": name}  # fmt: skip
    return None


@cache
def pieces(pattern: str) -> tuple[Piece, ...]:
    """The parts of a sound pattern in their order."""
    found: list[Piece] = []
    end = 0
    for match in _FIELD.finditer(pattern):
        if match.start() > end:
            found.append(Piece(pattern[end : match.start()]))
        found.append(_field(match[1], match[2] or ""))
        end = match.end()
    if end < len(pattern):
        found.append(Piece(pattern[end:]))
    return tuple(found)


def breach(pattern: str, number: str, known: Mapping[str, AbstractSet[str]]) -> Breach | None:
    """Where a number breaks a pattern, None where it keeps to it. Upper and lower case count alike.

    Args:
        known: what fields of the project can be: its code, the codes of its systems.
    """
    codes = tuple((name, frozenset(known[name])) for name in sorted(known))
    quick = _quick(pattern, codes)
    if quick is not None and quick.fullmatch(number):
        return None
    walk = _Walk(pieces(pattern), number, codes)
    return None if walk.fits(0, 0) else walk.furthest


def in_short(pattern: str, known: Mapping[str, AbstractSet[str]]) -> str:
    """A number as the pattern would have it."""
    return "".join(_example(piece, known) for piece in pieces(pattern))


def spelled(code: str) -> tuple[str, ...]:
    """How a code stands within numbers: as it is, and without what separates its parts (BIW10 of BIW-10)."""
    return tuple(dict.fromkeys((code, re.sub(r"[\W_]+", "", code))))


@lru_cache(maxsize=256)
def _choices(piece: Piece, known: _Codes) -> tuple[str, ...]:
    """What a field of known values can be, however its codes are written, in small letters and the longest first."""
    said = {*piece.choices, *(s for code in dict(known).get(piece.name, ()) for s in spelled(code))} - {""}
    return tuple(sorted({each.casefold() for each in said}, key=lambda each: (-len(each), each)))


@lru_cache(maxsize=256)
def _told(piece: Piece, known: _Codes) -> str:
    """The first of the values that a field can have, as they are written."""
    said = sorted({*piece.choices, *dict(known).get(piece.name, ())} - {""})
    return ", ".join(said[:_TOLD]) + (" …" if len(said) > _TOLD else "")


@lru_cache(maxsize=64)
def _quick(pattern: str, known: _Codes) -> re.Pattern[str] | None:
    """What finds sound numbers at once; None where a pattern has so many loose fields that it might take long."""
    parts, loose = [], 0
    for piece in pieces(pattern):
        if not piece.name:
            parts.append(re.escape(piece.text))
        elif piece.signs == "known":
            choices = _choices(piece, known)
            parts.append(f"(?:{'|'.join(map(re.escape, choices))})" if choices else "(?!)")
        else:
            loose += piece.least != piece.most
            signs = {"digits": "[0-9]", "letters": r"[^\W\d_]"}.get(piece.signs, r"[^\W_]")
            parts.append(f"{signs}{{{piece.least},{piece.most}}}")
    return re.compile("".join(parts), re.IGNORECASE) if loose <= _LOOSE else None


class _Walk:
    """Tries a number against the parts of a pattern, and keeps where it came furthest."""

    def __init__(self, parts: tuple[Piece, ...], number: str, known: _Codes) -> None:
        self._parts, self._number, self._known = parts, number[:LONGEST], known
        self._hopeless: set[tuple[int, int]] = set()
        self.furthest: Breach | None = None

    def fits(self, part: int, at: int) -> bool:
        """Whether the rest of the number from a sign on keeps to the rest of the pattern from a part on."""
        if part == len(self._parts):
            if at == len(self._number):
                return True
            self._stuck(Piece(), at, N_("behind its last part, from sign {at} on, stands “{found}”"),
                        found=self._number[at:])  # fmt: skip
            return False
        if (part, at) in self._hopeless:
            return False
        piece = self._parts[part]
        if any(self.fits(part + 1, end) for end in self._ends(piece, at)):
            return True
        self._hopeless.add((part, at))
        return False

    def _ends(self, piece: Piece, at: int) -> Iterator[int]:
        """Where a part that begins at a sign may end."""
        if not piece.name:
            yield from self._of_text(piece, at)
        elif piece.signs == "known":
            yield from self._of_known(piece, at)
        else:
            yield from self._of_signs(piece, at)

    def _of_text(self, piece: Piece, at: int) -> Iterator[int]:
        for place, sign in enumerate(piece.text, at):
            here = self._number[place : place + 1]
            if here.casefold() != sign.casefold():
                if here:
                    self._stuck(piece, place, N_("sign {at} is “{found}” and not “{sign}”"), found=here, sign=sign)
                else:
                    self._stuck(piece, place, N_("it ends before “{sign}”"), sign=sign)
                return
        yield at + len(piece.text)

    def _of_known(self, piece: Piece, at: int) -> Iterator[int]:
        choices = _choices(piece, self._known)
        rest = self._number[at:].casefold()
        fitting = [choice for choice in choices if rest.startswith(choice)]
        for choice in fitting:
            yield at + len(choice)
        if not fitting:
            some = _told(piece, self._known)
            found = re.match(r"[^\W_]*", self._number[at:])
            self._stuck(piece, at, N_("“{found}” at sign {at} is no {field} that is known ({some})"),
                        found=found[0] if found else "", field=piece.name, some=some or "–")  # fmt: skip

    def _of_signs(self, piece: Piece, at: int) -> Iterator[int]:
        end = at
        while end < len(self._number) and end - at < piece.most and _is(piece.signs, self._number[end]):
            end += 1
        if end - at < piece.least or (end - at < piece.most and end < len(self._number)):
            self._stuck_at_signs(piece, end, end - at)
        yield from range(end, at + piece.least - 1, -1)

    def _stuck_at_signs(self, piece: Piece, at: int, had: int) -> None:
        """Say which kind of sign is missing; only where there were too few."""
        if had >= piece.least:
            return
        here = self._number[at : at + 1]
        values = {"field": piece.name, "n": piece.least - had}
        if not here:
            self._stuck(piece, at, N_("it ends within {field}: {n} more would follow"), **values)
            return
        said = {
            "digits": N_("sign {at}, in {field}, is “{found}” and no digit"),
            "letters": N_("sign {at}, in {field}, is “{found}” and no letter"),
        }.get(piece.signs, N_("sign {at}, in {field}, is “{found}” and neither a letter nor a digit"))
        self._stuck(piece, at, said, found=here, **values)

    def _stuck(self, piece: Piece, at: int, message: str, **values: object) -> None:
        if self.furthest is None or at + 1 > self.furthest.at:
            self.furthest = Breach(piece.name, at + 1, message, {**values, "at": at + 1})


def _understood(spec: str) -> bool:
    match = _SPEC.fullmatch(spec)
    if match:
        return 0 < int(match[2]) <= int(match[3] or match[2])
    return "|" in spec or bool(re.fullmatch(r"[^\W_]+", spec))


def _field(name: str, spec: str) -> Piece:
    key = name.strip().casefold()
    if key in KNOWN:
        return Piece("", name, "known", choices=tuple(filter(None, spec.split("|"))))
    match = _SPEC.fullmatch(spec)
    if spec and match is None:
        return Piece("", name, "known", choices=tuple(filter(None, spec.split("|"))))
    letters = match[1] if match else ""
    signs = {"A": "letters", "9": "digits"}.get(letters, "digits" if key in _DIGITS else "both")
    least = int(match[2]) if match else 1
    return Piece("", name, signs, least, int(match[3] or match[2]) if match else _MOST)


def _is(signs: str, sign: str) -> bool:
    if signs == "digits":
        return sign.isascii() and sign.isdigit()
    return sign.isalpha() if signs == "letters" else sign.isalnum()


def _example(piece: Piece, known: Mapping[str, AbstractSet[str]]) -> str:
    if not piece.name:
        return piece.text
    if piece.signs == "known":
        return next(iter([*sorted(known.get(piece.name, ())), *piece.choices]), piece.name.upper())
    return {"digits": "1".rjust(piece.least, "0"), "letters": "A" * piece.least}.get(piece.signs, "X" * piece.least)

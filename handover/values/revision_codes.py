"""The codes of revisions in their order: which follows which, which is newer, which was skipped.

A scheme is written as its codes in their order, ``A-Z, 0-99`` or ``P01-P99, C01-C99, Z``: first the letters of what is
submitted, then the figures of what is issued. Each part is a run of its own: going on to the next skips nothing of the
one before. Without a scheme letters come before figures, A before B, 0 before 1, P01 before P02 and that before C01 by
the day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from handover.i18n import N_

#: The longest text of a scheme, and so many codes it may stand for.
LONGEST, MOST = 300, 5_000
_BETWEEN = re.compile(r"[,，、;；\n]+")
_RUN = re.compile(r"(.{1,20}?)\s{0,3}(?:\.\.|-|–|~|至)\s{0,3}(.{1,20})")
_PARTS = re.compile(r"\d+|\D+")
_TAIL = re.compile(r"(.{0,20}?)(\d{1,20}|[A-Za-z])")
_SAID_BEFORE = re.compile(r"(?:rev(?:ision)?|版次|版本|第)\W{0,2}(?=[A-Za-z0-9])|\s+|版$", re.IGNORECASE)


@dataclass(frozen=True)
class CodeOrder:
    """The codes of a scheme in their order, run by run."""

    runs: tuple[tuple[str, ...], ...]

    @cached_property
    def _places(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for run, codes in enumerate(self.runs):
            for place, code in enumerate(codes):
                found.setdefault(code.casefold(), (run, place))
        return found

    def place(self, code: str | None) -> tuple[int, int] | None:
        """Where a code stands: its run and its place in it; None for one that the scheme doesn't know."""
        return self._places.get(alike(code))

    def knows(self, code: str | None) -> bool:
        """Whether it is one of the codes."""
        return self.place(code) is not None

    def following(self, code: str | None) -> str | None:
        """The code that comes next, the first of all behind none; None behind the last, and behind an unknown one."""
        if not plain(code):
            return self.runs[0][0] if self.runs else None
        place = self.place(code)
        if place is None:
            return None
        run, at = place
        if at + 1 < len(self.runs[run]):
            return self.runs[run][at + 1]
        return self.runs[run + 1][0] if run + 1 < len(self.runs) else None

    def skipped(self, before: str | None, code: str | None) -> tuple[str, ...]:
        """The codes that were left out between one and the next; those before the first of its run, where that is new.

        Nothing where one of the two isn't known, and where the next isn't newer.
        """
        after = self.place(code)
        if after is None:
            return ()
        earlier = self.place(before) if plain(before) else (-1, 0)
        if earlier is None or earlier >= after:
            return ()
        run, at = after
        return self.runs[run][earlier[1] + 1 if earlier[0] == run else 0 : at]


def order_fault(text: str) -> tuple[str, dict[str, object]] | None:
    """What is wrong with a scheme as it is written, as a sentence and its values; None for a sound one."""
    example = "A-Z, 0-99"
    if not text.strip() or len(text) > LONGEST:
        return N_("Write the codes in their order, such as {example}."), {"example": example}
    seen: set[str] = set()
    for part in _written(text):
        codes = _run(part)
        if codes is None:
            return N_("“{part}” isn't understood as a run of codes. Write A-Z, 0-99 or P01-P99."), {"part": part}
        twice = next((code for code in codes if code.casefold() in seen), None)
        if twice is not None:
            return N_("“{code}” stands in it twice."), {"code": twice}
        seen.update(code.casefold() for code in codes)
        if len(seen) > MOST:
            return N_("These are more than {n} codes."), {"n": MOST}
    return None


@cache
def code_order(text: str) -> CodeOrder:
    """The order that a sound scheme says. Single codes beside each other are one run."""
    runs: list[tuple[str, ...]] = []
    single = False
    for part in _written(text):
        codes = tuple(_run(part) or ())
        if len(codes) == 1 and single:
            runs[-1] += codes
        else:
            runs.append(codes)
        single = len(codes) == 1
    return CodeOrder(tuple(runs))


def order_of(orders: Sequence[CodeOrder], codes: Sequence[str | None]) -> CodeOrder | None:
    """The scheme of a document: the first that knows all of its codes, else the one that knows most; None for none."""
    said = [code for code in codes if plain(code)]
    if not orders or not said:
        return orders[0] if orders else None
    known = [sum(map(each.knows, said)) for each in orders]
    most = max(known)
    return orders[known.index(most)] if most else None


def following(orders: Sequence[CodeOrder], codes: Sequence[str | None]) -> str | None:
    """The code that is proposed behind those that a document has, in their order; None where nothing tells."""
    order = order_of(orders, codes)
    last = next((code for code in reversed(codes) if plain(code)), None)
    if order is not None:
        return order.following(last)
    return "A" if last is None else None if orders else _counted_on(plain(last))


def skipped(orders: Sequence[CodeOrder], before: str | None, code: str | None) -> tuple[str, ...]:
    """The codes left out between two that follow each other; counted on where there is no scheme at all."""
    order = order_of(orders, [before, code])
    if order is not None:
        return order.skipped(before, code)
    if orders or not plain(before) or not plain(code):
        return ()
    found: list[str] = []
    here = _counted_on(plain(before))
    while here is not None and here.casefold() != alike(code) and len(found) < MOST:
        found.append(here)
        here = _counted_on(here)
    return tuple(found) if here is not None and len(found) < MOST else ()


def age(orders: Sequence[CodeOrder], codes: Sequence[str | None]) -> CodeAge:
    """How the codes of one document are put in order of their age: by its scheme, else by letters and figures."""
    return CodeAge(order_of(orders, codes))


@dataclass(frozen=True, slots=True)
class CodeAge:
    """Tells which of two codes of a document is older: what it gives of the older one is less."""

    order: CodeOrder | None

    def of(self, code: str | None) -> tuple[int, tuple[tuple[int, int, str], ...]]:
        """What a code is sorted by. One that the scheme doesn't know counts as older than those that it knows."""
        place = self.order.place(code) if self.order is not None else None
        if place is not None:
            return 1, ((place[0], place[1], ""),)
        pieces = _PARTS.findall(alike(code))
        return 0, tuple((1, int(p), "") if p.isdecimal() else (0, len(p), p) for p in pieces)


def plain(code: str | None) -> str:
    """A code as it stands alone: without ``Rev.`` before it, or 版."""
    return _SAID_BEFORE.sub("", code or "")


def alike(code: str | None) -> str:
    """A code by which two that people read as the same are the same."""
    return plain(code).casefold()


def _written(text: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def _run(part: str) -> list[str] | None:
    """The codes of a run such as A-Z or P01-P99; of a single code itself; None for what is neither."""
    match = _RUN.fullmatch(part)
    if match is None:
        return [part] if len(part) <= 20 else None
    first, last = _TAIL.fullmatch(match[1]), _TAIL.fullmatch(match[2])
    if first is None or last is None or first[1].casefold() != last[1].casefold():
        return None
    a, z = first[2], last[2]
    if a.isdigit() != z.isdigit():
        return None
    if a.isdigit():
        if int(z) < int(a) or int(z) - int(a) >= MOST:
            return None
        width = len(a) if len(a) > 1 else 0
        return [f"{first[1]}{n:0{width}d}" for n in range(int(a), int(z) + 1)]
    if ord(z) < ord(a) or a.isupper() != z.isupper():
        return None
    return [f"{first[1]}{chr(n)}" for n in range(ord(a), ord(z) + 1)]


def _counted_on(code: str) -> str | None:
    """The next code where nothing says which: the figure or the letter at its end counted on by one."""
    match = _TAIL.fullmatch(code)
    if match is None:
        return None
    stem, tail = match.groups()
    if tail.isdigit():
        return f"{stem}{int(tail) + 1:0{len(tail)}d}"
    return f"{stem}{chr(ord(tail) + 1)}" if tail not in "zZ" else None

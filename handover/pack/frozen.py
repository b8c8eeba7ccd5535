"""Outlines frozen to JSON and thawed again, so that a paper that was issued is kept as it was and printed again.

What can be frozen follows from the declarations: every dataclass and named tuple that a field of `PackOutline` names,
and so each block that `outline.Block` lists, freezes and thaws without another word. Tables and drawings are read out.
What is thawed is checked field by field against the declarations, so that no JSON makes anything else.

The keys by which a chart leads to the rows behind it are of use on the screen alone and aren't kept.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
import math
import types
import zlib
from collections.abc import Callable, Hashable, Iterable
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from handover.errors import UnusableFile
from handover.i18n import N_
from handover.pack.blocks.later import LATER
from handover.pack.outline import PackOutline, Rows, Section
from handover.values.print_forms import NAMED, PrintForm

#: The version of what is written; one that is higher was written by a newer program.
VERSION = 1
#: The longest JSON that is thawed, in bytes; a pack of 100,000 rows has some 30 MB.
LONGEST = 256 << 20
#: From this length on the JSON is kept deflated.
_LONG = 16_000
_PACKED = "deflated:"

#: The names under which values stand that JSON has no form for; a record stands under its own.
_KIND, _VALUE = "$", "value"
_PLAIN: dict[str, tuple[type[Any], Callable[[Any], str], Callable[[str], Any]]] = {  # Any: values of these types
    "datetime": (dt.datetime, dt.datetime.isoformat, dt.datetime.fromisoformat),
    "date": (dt.date, dt.date.isoformat, dt.date.fromisoformat),
    "Decimal": (Decimal, str, Decimal),
    "float": (float, repr, float),
}

Json = Any  # Any: what JSON can hold


def read_out(outline: PackOutline) -> PackOutline:
    """The outline with its tables and drawings read out, so that it doesn't change any more."""
    kept: PackOutline = _read_out(outline)
    return kept


def freeze(outline: PackOutline) -> str:
    """The outline as text; equal outlines give equal texts.

    Raises:
        TypeError: it holds something that no field of an outline is declared to hold.
    """
    freezing = _Freezing()
    whole = freezing.value(outline)
    said = {"version": VERSION, "shared": freezing.shared, "outline": whole}
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Half a character, as a damaged file may bring it, can't stand in a column of text.
    if len(text) < _LONG and text.encode("utf-8", "ignore").decode("utf-8") == text:
        return text
    return _PACKED + base64.b64encode(zlib.compress(text.encode("utf-8", "surrogatepass"), 9)).decode("ascii")


def canonical(sections: tuple[Section, ...]) -> bytes:
    """Sections that were read out, as bytes: equal sections give equal ones, whatever the program's version."""
    freezing = _Freezing()
    whole = freezing.value(sections)
    said = json.dumps([freezing.shared, whole], ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return said.encode("ascii")


def thaw(text: str) -> PackOutline:
    """The outline that was frozen.

    Raises:
        UnusableFile: it is damaged, was written by a newer program, or is no outline at all.
    """
    try:
        said = json.loads(_unpacked(text), parse_constant=_no_constant)
        version = said.get("version") if isinstance(said, dict) else None
        if type(version) is int and version > VERSION:
            raise UnusableFile(N_("This paper was issued by a newer Handover. Update the program to print it again."))
        if type(version) is not int or version != VERSION or set(said) != {"version", "shared", "outline"}:
            raise _Unfit("not a frozen outline")
        outline: PackOutline = _Thawing(said["shared"]).value(PackOutline, said["outline"])
    except (_Unfit, ValueError, TypeError, RecursionError, OverflowError, MemoryError) as fault:
        raise UnusableFile(
            N_("What was kept of this paper is damaged. Check the workspace."), detail=str(fault)[:500]
        ) from fault
    return outline


class _Unfit(Exception):
    """The JSON doesn't hold what was declared."""


def _read_out(value: Any) -> Any:  # Any: any value of an outline
    if isinstance(value, Rows):
        return tuple(map(_read_out, value))
    if _is_record(type(value)):
        kind = _type_of(value)
        kept = _kept(kind)
        return kind(**{name: _read_out(getattr(value, name)) for name in kept})
    if isinstance(value, str | bytes):
        return value
    return tuple(map(_read_out, value)) if isinstance(value, Iterable) else value


# Freezing ----------------------------------------------------------------------------------------------------------


class _Freezing:
    """Turns values into JSON; records within rows, of which there are many equal ones, are written once."""

    def __init__(self) -> None:
        self.shared: list[Json] = []
        self._places: dict[str, int] = {}

    def value(self, value: Any, within_rows: bool = False) -> Json:  # Any: any value of an outline
        """A value as JSON."""
        if value is None or isinstance(value, str | bool | int):
            return value
        if isinstance(value, PrintForm) and NAMED.get(value.name) == value:
            return value.name  # as papers have it since before kinds of fields brought forms of their own
        if _is_record(type(value)) and not isinstance(value, Rows):
            return self._shared(value) if within_rows else self._record(value)
        for name, (kind, written, _) in _PLAIN.items():
            if isinstance(value, kind):
                plain = kind is float and math.isfinite(value)
                return value if plain else {_KIND: name, _VALUE: written(value)}
        if isinstance(value, Iterable):
            return [self.value(each, within_rows) for each in value]
        raise TypeError(f"an outline can't hold {type(value).__name__}")

    def _record(self, value: Any) -> Json:  # Any: any record of an outline
        name = type(value).__name__
        if _known().get(name) is not type(value):
            raise TypeError(f"an outline can't hold {name}")
        found: dict[str, Json] = {_KIND: name}
        later = _later(_known()[name])
        for each in _kept(_known()[name]):
            said = getattr(value, each)
            if each not in later or said != later[each]:
                found[each] = self.value(said, each == "rows")
        return found

    def _shared(self, value: Any) -> Json:  # Any: as above
        place = self._places.setdefault(repr(value), len(self.shared))
        if place == len(self.shared):
            self.shared.append(None)
            self.shared[place] = self._record(value)
        return {_KIND: "=", _VALUE: place}


# Thawing -----------------------------------------------------------------------------------------------------------


class _Thawing:
    """Makes the values that the declarations name out of JSON."""

    def __init__(self, shared: Json) -> None:
        if not isinstance(shared, list):
            raise _Unfit("no list of shared values")
        self._shared = shared
        self._made: dict[int, Any] = {}  # Any: any record of an outline
        self._making: set[int] = set()

    def value(self, hint: Any, said: Json) -> Any:  # Any: a type, and a value of it
        """The value of a declared type. Raises _Unfit."""
        options = _options(hint)
        if isinstance(said, dict):
            return self._named(options, said)
        if isinstance(said, list):
            return self._several(options, said)
        if PrintForm in options and isinstance(said, str) and said in NAMED:
            return NAMED[said]
        if not any(_is(option, said) for option in options):
            raise _Unfit(f"{said!r} where {hint} belongs")
        return said

    def _named(self, options: tuple[Any, ...], said: dict[str, Json]) -> Any:  # Any: as above
        name = said.get(_KIND)
        if name == "=":
            return self._shared_one(options, said.get(_VALUE))
        if name in _PLAIN:
            return _plain(options, name, said)
        kind = _known().get(name) if isinstance(name, str) else None
        if kind is None or kind not in options:
            raise _Unfit(f"{name!r} is unknown here")
        kept, hints = _kept(kind), _hints(kind)
        if unknown := set(said) - {_KIND, *kept}:
            raise _Unfit(f"{name} has no {', '.join(sorted(unknown))}")
        if missing := _required(kind) - set(said):
            raise _Unfit(f"{name} lacks {', '.join(sorted(missing))}")
        # A field that an older program didn't know yet has its default.
        return kind(**{key: self.value(hints[key], said[key]) for key in kept if key in said})

    def _shared_one(self, options: tuple[Any, ...], place: Json) -> Any:  # Any: as above
        if type(place) is not int or not 0 <= place < len(self._shared) or place in self._making:
            raise _Unfit(f"no shared value {place!r}")
        if place not in self._made:
            self._making.add(place)
            self._made[place] = self.value(_anything(), self._shared[place])
            self._making.discard(place)
        if type(self._made[place]) not in options:
            raise _Unfit(f"{type(self._made[place]).__name__} is unknown here")
        return self._made[place]

    def _several(self, options: tuple[Any, ...], said: list[Json]) -> Any:  # Any: as above
        fault: _Unfit | None = None
        for option in options:
            kinds = _elements(option, len(said))
            if kinds is not None:
                try:
                    return tuple(map(self.value, kinds, said))
                except _Unfit as unfit:
                    fault = unfit
        raise fault or _Unfit("a list where none belongs")


def _plain(options: tuple[Any, ...], name: str, said: dict[str, Json]) -> Any:  # Any: a value of such a type
    kind, _, read = _PLAIN[name]
    text = said.get(_VALUE)
    if kind not in options or not isinstance(text, str) or len(text) > 400 or set(said) != {_KIND, _VALUE}:
        raise _Unfit(f"{name} {str(text)[:40]!r}")
    try:
        return read(text)
    except (ValueError, InvalidOperation) as fault:
        raise _Unfit(f"{name} {text[:40]!r}") from fault


def _is(option: Any, said: Json) -> bool:  # Any: a type
    """Whether a plain value of JSON is of a type; a whole number may stand where a fraction may."""
    if get_origin(option) is Literal:
        return any(type(said) is type(arg) and said == arg for arg in get_args(option))
    if isinstance(said, bool):
        return option in (bool, int)
    if isinstance(said, int):
        return option in (int, float)
    return option is type(said)


def _elements(option: Any, count: int) -> Iterable[Any] | None:  # Any: types
    """The types of so many elements of a type; None where it has none."""
    origin, args = get_origin(option), get_args(option)
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return [args[0]] * count
    if origin is tuple:
        return args if len(args) == count else None
    return [args[0]] * count if isinstance(origin, type) and issubclass(origin, Iterable) and len(args) == 1 else None


# What is declared --------------------------------------------------------------------------------------------------


@cache
def _known() -> dict[str, Any]:  # Any: records
    """Every record that an outline can hold, by its name."""
    found: dict[str, Any] = {}

    def look(hint: Any) -> None:  # Any: a type
        for option in _options(hint):
            for arg in get_args(option):
                look(arg)
            if _is_record(option) and found.get(option.__name__) is not option:
                if option.__name__ in found:
                    raise TypeError(f"two records of an outline are called {option.__name__}")
                found[option.__name__] = option
                for name in _kept(option):
                    look(_hints(option)[name])

    look(PackOutline)
    return found


@cache
def _anything() -> Any:  # Any: a union of types
    """Any record of an outline."""
    return Union[tuple(_known().values())]  # noqa: UP007 - made of a tuple


def _type_of(value: Any) -> Any:  # Any: a value and its type
    return type(value)


def _is_record(kind: Any) -> bool:  # Any: a type
    """Whether a type has fields with names: a dataclass or a named tuple."""
    return isinstance(kind, type) and (is_dataclass(kind) or (issubclass(kind, tuple) and hasattr(kind, "_fields")))


@cache
def _hints(kind: Any) -> dict[str, Any]:  # Any: a record, and types
    hints = get_type_hints(kind)
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else kind._fields
    return {name: hints[name] for name in names}


@cache
def _required(kind: Any) -> frozenset[str]:  # Any: a record
    """The fields of a record without which it can't be made."""
    if not is_dataclass(kind):
        return frozenset(kind._fields) - set(kind._field_defaults)
    bare = (each for each in fields(kind) if each.default is MISSING and each.default_factory is MISSING)
    return frozenset(each.name for each in bare)


@cache
def _later(kind: Any) -> dict[str, Any]:  # Any: a record, and values of it
    """The fields of a record that older programs didn't have, with what they hold where nobody said anything."""
    return {e.name: e.default for e in fields(kind) if e.metadata == LATER} if is_dataclass(kind) else {}


@cache
def _kept(kind: Any) -> tuple[str, ...]:  # Any: a record
    """The fields of a record that are kept."""
    return tuple(name for name, hint in _hints(kind).items() if not _leads_to_rows(hint))


def _leads_to_rows(hint: Any) -> bool:  # Any: a type
    """Whether a type is a key of rows, or can't be without one."""
    if hint is Hashable:
        return True
    if _is_record(hint):
        return any(_leads_to_rows(_hints(hint)[name]) for name in _required(hint))
    return any(map(_leads_to_rows, get_args(hint)))


@cache
def _options(hint: Any) -> tuple[Any, ...]:  # Any: types
    """The types of a union, of any other type itself alone."""
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(option for arg in get_args(hint) for option in _options(arg))
    return (hint,)


# Text --------------------------------------------------------------------------------------------------------------


def _unpacked(text: str) -> str:
    if not text.startswith(_PACKED):
        if len(text) > LONGEST:
            raise _Unfit("too long")
        return text
    try:
        inflating = zlib.decompressobj()
        plain = inflating.decompress(base64.b64decode(text.removeprefix(_PACKED), validate=True), LONGEST)
    except (zlib.error, binascii.Error) as fault:
        raise _Unfit(str(fault)) from fault
    if not inflating.eof or inflating.unused_data:
        raise _Unfit("too long, or cut short")
    return plain.decode("utf-8", "surrogatepass")


def _no_constant(name: str) -> float:
    raise _Unfit(f"{name} is no JSON")

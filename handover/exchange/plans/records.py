"""Dataclasses as plain values for a frame and back, each field held to the type that it declares.

What a plan holds is read in a child process and arrives as frames. No class is named in them: the receiver knows which
record it expects, and refuses values of another kind, so that whatever sends them can make nothing but such records.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import types
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from functools import cache
from typing import IO, Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from handover.confined import MAX_FRAME, ChildFailed, Frame, packed, send, sentence_frame, sentence_of, write
from handover.values.cells import Unreadable

R = TypeVar("R")

#: Records of a frame.
_AT_ONCE = 250
_MOST_RECORDS = 5_000_000
_LONGEST = 2_000_000


def send_record(pipe: IO[bytes], whole: Any) -> None:  # Any: some dataclass
    """Send a record: its plain fields first, and then its sequences piece by piece."""
    parts: dict[str, list[Any]] = {}
    plain: list[Any] = []
    for field in dataclasses.fields(whole):
        value = getattr(whole, field.name)
        if isinstance(value, (tuple, list, dict)):
            parts[field.name] = [*value.items()] if isinstance(value, dict) else list(value)
            plain.append(None)
        else:
            plain.append(_plain(value))
    send(pipe, ("record", tuple(plain)))
    for name, items in parts.items():
        for at in range(0, len(items), _AT_ONCE):
            _send_part(pipe, name, tuple(_plain(item) for item in items[at : at + _AT_ONCE]))
    send(pipe, ("end",))


def _send_part(pipe: IO[bytes], name: str, items: tuple[Any, ...]) -> None:
    data = packed(("part", name, items))
    if len(data) <= MAX_FRAME:
        write(pipe, data)
    elif len(items) > 1:
        _send_part(pipe, name, items[: len(items) // 2])
        _send_part(pipe, name, items[len(items) // 2 :])
    else:
        raise MemoryError("one item fills more than a frame")


def records(kind: type[R], frames: Iterable[Frame]) -> Iterator[R]:
    """The records that frames hold.

    Raises:
        ChildFailed: they hold others.
    """
    readers = _readers(cast(type, kind))  # mypy knows no type as hashable
    whole: dict[str, Any] | None = None
    taken = 0
    try:
        for frame in frames:
            if frame[0] == "record" and whole is None:
                (values,) = frame[1:]
                whole = {}
                for (name, read), value in zip(readers.items(), values, strict=True):
                    whole[name] = [] if isinstance(read, _Sequence) else read(value)
            elif frame[0] == "part" and whole is not None:
                _, name, items = frame
                read = readers[name]
                taken += len(items)
                if not isinstance(read, _Sequence) or taken > _MOST_RECORDS:
                    raise ValueError(name)
                whole[name] += [read.item(item) for item in items]
            elif frame[0] == "end" and whole is not None:
                yield kind(**{n: r.of(whole[n]) if isinstance(r, _Sequence) else whole[n] for n, r in readers.items()})
                whole = None
            else:
                raise ValueError(frame[0])
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError) as error:
        raise ChildFailed("frame", f"{kind.__name__}: {error}"[:200]) from None


def _plain(value: Any) -> Any:  # Any: whatever a record holds
    if isinstance(value, Unreadable):
        values = {name: str(v) if not isinstance(v, (int, float)) else v for name, v in value.values.items()}
        return sentence_frame(value.field, value.message, values)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (dt.datetime, dt.date)):
        return value.isoformat()
    if isinstance(value, str):
        return value[:_LONGEST]
    if isinstance(value, tuple | list):
        return tuple(map(_plain, value))
    if dataclasses.is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in dataclasses.fields(value))
    return value


class _Sequence:
    """Reads the items of a sequence; ``of`` makes it of them."""

    def __init__(self, item: Callable[[Any], Any], of: Callable[[list[Any]], Any]) -> None:
        self.item, self.of = item, of

    def __call__(self, values: Any) -> Any:
        if type(values) is not tuple:
            raise TypeError("no sequence")
        return self.of([self.item(value) for value in values])


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any]]:
    """How each field of a dataclass is read, by its declared type."""
    hints = get_type_hints(kind)
    return {field.name: _reader(hints[field.name]) for field in dataclasses.fields(kind)}


def _reader(hint: Any) -> Callable[[Any], Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        (other,) = (each for each in arguments if each is not type(None))
        read = _reader(other)
        return lambda value: None if value is None else read(value)
    if origin is list:
        return _Sequence(_reader(arguments[0]), list)
    if origin is dict:
        return _Sequence(_pair(*map(_reader, arguments)), dict)
    if origin is tuple and arguments[-1] is Ellipsis:
        return _Sequence(_reader(arguments[0]), tuple)
    if hint is Unreadable:
        return _unreadable
    if hint in (dt.datetime, dt.date):
        return lambda value: hint.fromisoformat(_of_kind(value, str))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if hint is float:
        return lambda value: float(_of_kind(value, float, int))
    if hint in (str, int, bool):
        return lambda value: _of_kind(value, hint)
    if hasattr(hint, "_fields"):  # a tuple with names
        return lambda value: hint(*(_of_kind(each, int) for each in _of_kind(value, tuple)))
    readers = list(_readers(hint).values())
    return lambda value: hint(*(read(each) for read, each in zip(readers, value, strict=True)))


def _of_kind(value: Any, *kinds: type) -> Any:
    if type(value) not in kinds:
        raise TypeError(f"{type(value).__name__} in place of {kinds[0].__name__}")
    if type(value) is str and len(value) > _LONGEST:
        raise ValueError("too long a text")
    return value


def _pair(key: Callable[[Any], Any], value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def read(items: Any) -> Any:
        first, second = items
        return key(first), value(second)

    return read


def _unreadable(value: Any) -> Unreadable:
    message, values = sentence_of(value)
    return Unreadable(message, field=_of_kind(value[0], str), detail="", **values)

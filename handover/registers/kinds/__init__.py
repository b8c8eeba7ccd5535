"""The kinds of fields, one module a subject; a module laid into this folder is found by itself."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import Final

from handover.registers.kinds import (
    choice,
    day,
    duration,
    flag,
    grade,
    instant,
    limits_read,
    link,
    missing_at_gate,
    number,
    predecessors,
    rich_text,
    share,
    text,
)
from handover.registers.kinds.kind import FieldKind


class Kind:
    """The kinds that come with the program, as declarations name them: ``kind=Kind.PERCENT``."""

    TEXT: Final = text.TEXT
    LONG: Final = text.LONG
    RICH: Final = rich_text.RICH
    INTEGER: Final = number.INTEGER
    NUMBER: Final = number.NUMBER
    GRADE: Final = grade.GRADE
    PERCENT: Final = share.PERCENT
    DATE: Final = day.DATE
    MOMENT: Final = day.MOMENT
    INSTANT: Final = instant.INSTANT
    DURATION: Final = duration.DURATION
    BOOL: Final = flag.BOOL
    CHOICE: Final = choice.CHOICE
    STATE: Final = choice.STATE
    LINK: Final = link.LINK
    PICK: Final = link.PICK
    LINKS: Final = predecessors.LINKS
    LIMITS_READ: Final = limits_read.LIMITS_READ
    MISSING_AT_GATE: Final = missing_at_gate.MISSING_AT_GATE


@cache
def every_kind() -> tuple[FieldKind, ...]:
    """All kinds of this folder."""
    modules = [importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    found = {each.key: each for module in modules for each in vars(module).values() if isinstance(each, FieldKind)}
    return tuple(found.values())


def of_column_type(type_: object) -> FieldKind:
    """The kind of a column of the model that says nothing but its type: text where no other kind claims it."""
    return next((kind for kind in every_kind() if isinstance(type_, kind.column_types)), text.TEXT)

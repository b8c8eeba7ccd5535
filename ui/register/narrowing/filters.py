"""The filters of a register in words, as plain values for the history, and the popup in which one is made."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from handover.i18n import tr, trn
from handover.registers import query, show
from handover.registers.declare import Field, Register
from handover.registers.kinds.kind import Operator
from handover.registers.query import Condition
from ui.shell.page import Context


def word(field: Field, operator: Operator) -> str:
    """An operator in words."""
    time = field.kind.dated
    match operator:
        case "is":
            return tr("is")
        case "is_not":
            return tr("is not")
        case "contains":
            return tr("contains")
        case "before":
            return tr("is before") if time else tr("is less than")
        case "after":
            return tr("is after") if time else tr("is more than")
        case "empty":
            return tr("is empty")
        case "filled":
            return tr("is not empty")


def sentence(context: Context, register: Register, condition: Condition, called: str = "") -> str:
    """A condition as a chip says it: ``Due is before 5 Mar 2026``; ``called`` is the name of a list of rows."""
    if condition.field in query.IDENTITY:
        if called:
            n = len(condition.values)
            return trn("{n} row from {list}", "{n} rows from {list}", n, list=called)
        return trn("{n} row of a list", "{n} rows of a list", len(condition.values))
    if condition.field == query.CHANGED:
        n = int(condition.values[0])
        return trn("Changed within {n} day", "Changed within {n} days", n)
    field = register[condition.field]
    values = ", ".join(_shown(context, field, v) for v in condition.values)
    said = word(field, condition.operator)
    if not condition.values:
        return tr("{field} {is_so}", field=field.label, is_so=said)
    return tr("{field} {is_so} {values}", field=field.label, is_so=said, values=values)


def plain(conditions: Sequence[Condition]) -> list[list[Any]]:  # Any: what JSON can hold
    """Conditions as JSON can hold them."""
    return [[c.field, c.operator, [v.isoformat() if isinstance(v, dt.date) else v for v in c.values]]
            for c in conditions]  # fmt: skip


def conditions(register: Register, kept: Sequence[Any]) -> tuple[Condition, ...]:  # Any: as above
    """Conditions from what ``plain`` gave, or from Conditions; those on unknown fields are left out."""
    found = []
    for each in kept:
        if isinstance(each, Condition):
            found.append(each)
            continue
        if isinstance(each, Mapping):
            key, operator, values = each["field"], each["operator"], each.get("values", ())
        else:
            key, operator, values = each
        many = values if isinstance(values, list | tuple) else [values]
        if key in query.IDENTITY:
            found.append(Condition(key, operator, tuple(map(str, many))))
        elif key == query.CHANGED:
            found += [Condition(key, "after", (int(v),)) for v in many[:1] if isinstance(v, int | float)]
        elif key in register:
            with contextlib.suppress(ValueError):  # a date that a file of settings holds may be anything
                found.append(Condition(key, operator, tuple(_stored(register[key], v) for v in many)))
    return tuple(found)


def _stored(field: Field, value: Any) -> Any:  # Any: as above
    return field.kind.from_log(value)


def _shown(context: Context, field: Field, value: Any) -> str:  # Any: what the field holds
    if value is None:
        return tr("empty")
    if field.links and isinstance(value, str):
        with context.workspace.read() as connection:
            row = query.linked(connection, field.target, [value]).get(value)
        return show.text(field, row) if row else value
    return show.text(field, value)

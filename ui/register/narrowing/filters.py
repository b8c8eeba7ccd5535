"""The filters of a register in words, as plain values for the history, and the popup in which one is made."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

from handover.i18n import LANGUAGES, N_, in_language, tr, trn
from handover.model.vocabulary import Tone
from handover.registers import query, show
from handover.registers.colouring import MOST_RULES, ColourRule, ToldRule
from handover.registers.declare import Field, Register
from handover.registers.kinds.kind import Operator
from handover.registers.query import Condition
from handover.values import shown
from handover.wording import Text
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
    if condition.field == query.SINCE:
        since = query.since_of(condition)
        when = shown.told_moment(since.moment)
        if since.who:
            return tr("Changes since {when} by {who}", when=when, who=since.who)
        return tr("Changes since {when}", when=when)
    if condition.field == query.CHANGED:
        n = int(condition.values[0])
        return trn("Changed within {n} day", "Changed within {n} days", n)
    field = register[condition.field]
    values = ", ".join(_shown(context, field, v) for v in condition.values)
    said = word(field, condition.operator)
    if not condition.values:
        return tr("{field} {is_so}", field=field.label, is_so=said)
    return tr("{field} {is_so} {values}", field=field.label, is_so=said, values=values)


#: The looks that a rule of colour can give, by what they are called.
LOOKS: dict[Tone, str] = {
    "danger": N_("Orange, diamond"),
    "warning": N_("Yellow, triangle"),
    "ok": N_("Blue, disc"),
    "info": N_("Violet, ring"),
    "neutral": N_("Grey, bar"),
}


def rule_in_words(context: Context, register: Register, rule: ColourRule) -> str:
    """When a rule of colour holds."""
    if rule.condition is not None:
        return sentence(context, register, rule.condition)
    return register.view(rule.view).label


def told_rule(context: Context, register: Register, rule: ColourRule) -> ToldRule:
    """A rule of colour with its words in every language."""
    said = {}
    for code in LANGUAGES:
        with in_language(code):
            said[code] = rule_in_words(context, register, rule)
    return ToldRule(rule, Text(said["en"], said["zh"]))


def rules_plain(rules: Sequence[ColourRule]) -> list[dict[str, Any]]:  # Any: what JSON can hold
    """Rules of colour as JSON can hold them."""
    return [
        {"tone": rule.tone, "view": rule.view, "where": plain([rule.condition] if rule.condition else [])}
        for rule in rules
    ]


def rules_kept(register: Register, kept: Any) -> tuple[ColourRule, ...]:  # Any: as above
    """Rules from what ``rules_plain`` gave; what isn't one of this register is left out."""
    views = {view.key for view in register.views}
    found = []
    for each in kept if _listed(kept) else ():
        if not isinstance(each, Mapping):
            continue
        tone, view = each.get("tone"), each.get("view")
        if not isinstance(tone, str) or tone not in LOOKS:
            continue
        held = conditions(register, each.get("where"))
        held = tuple(c for c in held if c.field in register)
        if held:
            found.append(ColourRule(tone, condition=held[0]))
        elif isinstance(view, str) and view in views:
            found.append(ColourRule(tone, view))
    return tuple(found[:MOST_RULES])


def plain(conditions: Sequence[Condition]) -> list[list[Any]]:  # Any: what JSON can hold
    """Conditions as JSON can hold them."""
    return [[c.field, c.operator, [v.isoformat() if isinstance(v, dt.date) else v for v in c.values]]
            for c in conditions]  # fmt: skip


def texts(kept: Any) -> list[str]:  # Any: as above
    """The texts of a list that was kept, whatever it is."""
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list | tuple) else []


def order(register: Register, kept: Any) -> tuple[tuple[str, bool], ...]:  # Any: as above
    """An order from what was kept; what isn't one of this register is left out."""
    pairs = [each for each in kept if isinstance(each, list | tuple) and len(each) == 2] if _listed(kept) else []
    known = [(key, bool(down)) for key, down in pairs if isinstance(key, str) and (key in register or key == "ref")]
    return tuple(dict(known).items())


def paths(kept: Any) -> frozenset[tuple[str, ...]]:  # Any: as above
    """Groups that were folded, from what was kept."""
    return frozenset(tuple(texts(each)) for each in kept if _listed(each)) if _listed(kept) else frozenset()


def _listed(kept: Any) -> bool:  # Any: as above
    return isinstance(kept, list | tuple)


def conditions(register: Register, kept: Any) -> tuple[Condition, ...]:  # Any: as above
    """Conditions from what ``plain`` gave, or from Conditions; what isn't one on a known field is left out."""
    found = []
    for each in kept if _listed(kept) else ():
        if isinstance(each, Condition):
            found.append(each)
            continue
        if isinstance(each, Mapping):
            each = (each.get("field"), each.get("operator"), each.get("values", ()))
        if not _listed(each) or len(each) != 3:
            continue
        key, operator, values = each
        with contextlib.suppress(ValueError, TypeError):  # what a file of settings holds may be anything
            found += _condition(register, key, operator, values if _listed(values) else [values])
    return tuple(found)


def _condition(register: Register, key: str, operator: Any, values: Sequence[Any]) -> list[Condition]:  # Any: as above
    if key in query.IDENTITY:
        return [Condition("id" if key == "id" else "ref", operator, tuple(map(str, values)))]
    if key == query.CHANGED:
        return [Condition(key, "after", (int(v),)) for v in values[:1] if isinstance(v, int | float)]
    if key == query.SINCE:
        moment = dt.datetime.fromisoformat(str(values[0])) if values else None
        return [Condition(key, "after", tuple(map(str, values[:2])))] if moment is not None else []
    if key not in register or operator not in get_args(Operator):
        return []
    read = tuple(_stored(register[key], v) for v in values)
    asks = operator not in ("empty", "filled")
    askable = all(v is None or _askable(register[key], v) for v in read)
    return [Condition(key, operator, read)] if bool(read) == asks and askable else []


def _askable(field: Field, value: Any) -> bool:  # Any: as above
    """Whether the database can be asked for a value of a field."""
    if field.kind.dated:
        return isinstance(value, dt.date)
    return isinstance(value, int | float) if field.numeric else isinstance(value, str | int | float)


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

"""Why a column is taken for a field, in words: what speaks for it, and what against it."""

from __future__ import annotations

from handover.exchange.columns.mapping import MappedColumn
from handover.exchange.evidence import Evidence
from handover.i18n import N_, tr

_FOR = {
    "column.words": N_("its texts read like names"),
    "column.described": N_("it describes the rows"),
    "column.needed": N_("a row can't be without it"),
    "column.codes": N_("its values are codes, all different"),
    "column.first": N_("it is the first column"),
    "column.shares": N_("its values say how far each row is"),
    "column.groups": N_("each of its words stands for a run of rows"),
    "column.steps": N_("the column to its right names the parts"),
    "column.spans": N_("each of its cells holds two dates"),
    "column.days": N_("its values are dates"),
    "agreement.in_order": N_("no row ends before it starts"),
    "agreement.resolves": N_("links name the rows by it"),
}
_AGAINST = {
    "column.misfit": N_("some cells can't be read as that"),
    "column.foreign": N_("most cells are no names"),
    "column.kinds": N_("it has only a few different values"),
    "column.numbers": N_("most cells are numbers"),
    "column.counts": N_("it counts the rows"),
    "column.repeated": N_("its values repeat"),
    "column.coded": N_("its values look like codes"),
    "column.states": N_("its values are states"),
    "column.nameless": N_("it has no heading"),
    "column.people": N_("its heading speaks of people"),
    "column.of_kind": N_("its heading speaks of a kind, a state or a day"),
    "column.grouped": N_("each of its words stands for a run of rows"),
    "column.unshared": N_("hardly one of its names comes twice"),
    "column.empty": N_("its cells are empty"),
    "agreement.out_of_order": N_("rows end before they start"),
    "agreement.unresolved": N_("the links name nothing here"),
}
#: A sign that shows less than this isn't worth a word.
_SHOWS = 0.35


def reasons(mapped: MappedColumn) -> tuple[list[str], list[str]]:
    """What speaks for a column being what it is taken for, and what against it, in the language in force."""
    speak = [s for s in mapped.signs if s.amount >= _SHOWS]
    told = [_of_heading(s) for s in speak if s.sign == "column.heading"]
    told += [tr(_FOR[s.sign]) for s in speak if s.sign in _FOR]
    return told, [tr(_AGAINST[s.sign]) for s in speak if s.sign in _AGAINST]


def because(mapped: MappedColumn) -> str:
    """Why a column is taken for a field, or why not, as a sentence."""
    if not mapped.field:
        return tr("No field fits this column; choose one if it shall be taken.")
    match mapped.why:
        case "user":
            return tr("You chose this field.")
        case "remembered":
            return tr("You chose this field for the same headings before.")
    told, against = reasons(mapped)
    if against:
        return tr(
            "Taken because {reasons}; against it speaks: {others}.",
            reasons=tr(", ").join(told), others=tr(", ").join(against),
        )  # fmt: skip
    if told:
        return tr("Taken because {reasons}.", reasons=tr(", ").join(told))
    return tr("The values look like it; the heading doesn't say it.")


def _of_heading(sign: Evidence) -> str:
    return tr("the heading says it") if sign.amount >= 0.9 else tr("the heading is similar")

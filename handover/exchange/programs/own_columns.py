"""The columns of an export of ours that comes back: by what the workbook notes of them and by their headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from handover.exchange.columns.headings import REF
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.notice import Notice
from handover.exchange.programs.own_export import ExportedSheet
from handover.exchange.question import Question
from handover.exchange.tables.heading_text import plain
from handover.i18n import LANGUAGES, N_, in_language, tr
from handover.registers.catalogue import registers
from handover.registers.declare import Register

_RENAMED = N_("“{heading}” stands where the export had “{field}”: it is taken as that.")
_WHICH = N_("“{heading}” stands where the export had other columns. Which is it: {fields}?")
_HOW = N_("Say which column is which with --map, such as --map “{example}”.")


def own_mapping(register: Register, proposed: ColumnMapping, exported: ExportedSheet) -> ColumnMapping:
    """The fields of the columns of an export of ours, which may have been moved, inserted, renamed and deleted since.

    A heading of the export counts wherever it stands. A column with another heading is the one that the export had
    between the same neighbours, where there is one alone; where there are several, it is asked.
    """
    found = _Columns.of(register, proposed, exported)
    mapping = replace(proposed, notices=(), asked=())
    for mapped in proposed.columns:
        key = found.fields.get(mapped.column)
        if key is None:  # a column that somebody put in
            key = mapped.field if mapped.field not in found.known else ""
        mapping = mapping.changed(mapped.column, _usable(register, key), "heading")
    return replace(mapping, notices=tuple(found.notices), asked=tuple(found.asked))


def own_likeness(exported: ExportedSheet, headings: Sequence[str]) -> float:
    """The share of the headings of an exported sheet that stand among some headings, 0 to 1."""
    register = next((each for each in registers() if each.key == exported.register), None)
    if register is None or not exported.fields:
        return 0.0
    there = set(map(plain, headings))
    return sum(not there.isdisjoint(_labels(register, key, exported)) for key in exported.fields.values()) / len(
        exported.fields
    )


@dataclass(slots=True)
class _Columns:
    """What the columns of a sheet are: ``fields`` by column, ``known`` all fields that the export had."""

    known: list[str]
    fields: dict[int, str] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    asked: list[Question] = field(default_factory=list)

    @classmethod
    def of(cls, register: Register, proposed: ColumnMapping, exported: ExportedSheet) -> _Columns:
        """Find out what each column is."""
        marked = dict(exported.fields)
        found = cls([marked[n] for n in sorted(marked)])
        headings = {m.column: m.heading for m in proposed.columns}
        labels = {key: frozenset(_labels(register, key, exported)) for key in found.known}
        said = {c: [k for k in found.known if plain(text) in labels[k]] for c, text in headings.items()}
        for column, keys in said.items():  # where heading and place agree
            if marked.get(column) in keys:
                found.fields[column] = marked[column]
        for column, keys in said.items():
            free = [k for k in keys if k not in found.fields.values()]
            if column not in found.fields and free:
                found.fields[column] = free[0]
        found._rename(register, headings)
        return found

    def _rename(self, register: Register, headings: dict[int, str]) -> None:
        """Find out which column got another heading: by its neighbours."""
        gone = [key for key in self.known if key not in self.fields.values()]
        for columns in self._gaps(sorted(headings)):
            keys = self._between(columns, gone)
            usable = [key for key in keys if _usable(register, key)]
            if not usable:
                continue
            if len(columns) == len(keys) == 1:
                self.fields[columns[0]] = keys[0]
                told: dict[str, object] = {"heading": headings[columns[0]], "field": register[keys[0]].label}
                self.notices.append(Notice(_RENAMED, told))
                continue
            for column in columns:
                names = tr(", ").join(register[key].label for key in usable if key in register)
                self.asked.append(
                    Question(
                        _WHICH,
                        {"heading": headings[column], "fields": names},
                        tuple(f"{headings[column]}={key}" for key in (*usable, "")),
                        "--map",
                        _HOW,
                        {"example": f"{headings[column]}={usable[0]}"},
                        said=(*(register[key].label if key in register else key for key in usable), tr("Not taken")),
                    )
                )

    def _gaps(self, columns: Sequence[int]) -> Iterator[list[int]]:
        """The columns of unknown headings, those together that stand beside each other."""
        gap: list[int] = []
        for column in columns:
            if column in self.fields:
                if gap:
                    yield gap
                gap = []
            else:
                gap.append(column)
        if gap:
            yield gap

    def _between(self, columns: Sequence[int], gone: Sequence[str]) -> list[str]:
        """The fields that are gone and that the export had between the neighbours of these columns."""
        before = [self.known.index(key) for c, key in self.fields.items() if c == columns[0] - 1]
        after = [self.known.index(key) for c, key in self.fields.items() if c == columns[-1] + 1]
        low = before[0] if before else -1 if not columns[0] else None
        high = after[0] if after else len(self.known) if not self._later(columns[-1]) else None
        if low is None or high is None:
            return []
        return [key for key in gone if low < self.known.index(key) < high]

    def _later(self, column: int) -> bool:
        return any(c > column for c in self.fields)


def _labels(register: Register, key: str, exported: ExportedSheet) -> Iterator[str]:
    """The headings that an export gives a column, in one language or in both, and the one that this export gave it."""
    if heading := exported.headings.get(key):
        yield plain(heading)
    words = []
    for code in LANGUAGES:
        with in_language(code):
            words.append(_label(register, key))
    yield from map(plain, words)
    yield from (plain(f"{a}{between}{b}") for a in words for b in words if a != b for between in ("\n", " / "))


def _label(register: Register, key: str) -> str:
    if key == REF:
        return tr("Ref.")
    if key in register:
        return register[key].label
    owner = register.part_of
    return tr("{owner}: ref.", owner=owner.label) if owner is not None else key


def _usable(register: Register, key: str) -> str:
    """The field as the mapping names it; empty for what the program works out itself."""
    return key if key == REF or (key in register and not register[key].computed) else ""

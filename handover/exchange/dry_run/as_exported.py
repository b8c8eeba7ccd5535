"""An export of ours beside what we hold: cells that say what was written into them are no change, emptied ones are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.rows.existing import Existing
from handover.exchange.rows.findings import Findings
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.matching import Matched
from handover.exchange.rows.names import NamesOfTables
from handover.exchange.rows.outcome import ERASE
from handover.exchange.tasks.predecessors import StoredLink
from handover.i18n import LANGUAGES, in_language
from handover.registers import show
from handover.registers.declare import Field
from handover.registers.scheduling import links
from handover.values.cells import as_text, folded, is_nothing, normal, number_in
from handover.values.workbook_text import clean, is_as_written

_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class OwnCells:
    """The cells of an export of ours beside the values of the rows that they are of."""

    incoming: Incoming
    existing: Existing
    matched: Matched
    directory: NamesOfTables

    @cached_property
    def _by_attr(self) -> dict[str, Field]:
        return {f.attr: f for f in self.incoming.register.fields}

    def says(self, place: int, attr: str, held: Any) -> bool:  # Any: what the column holds
        """True when the cell of a column says what an export writes of the value that we hold."""
        field = self._by_attr.get("parent_id" if attr == "depth" else attr)
        if field is None or field.field not in self.incoming.said:
            return False
        if attr == "depth":
            key = self.matched.ids[place]
            held = self.existing.value(key, "parent_id") if key else None
        return self._says(field, place, held)

    def forget(self, findings: Findings) -> None:
        """Drop what was noted of cells that say what an export writes of what we hold: nobody has touched them."""
        for noted in (findings.remarks, findings.faults):
            for place in list(noted):
                key = self.matched.ids[place]
                if key is None:
                    continue
                left = [r for r in noted[place] if not (r.text and self._untouched(place, key, r.field))]
                if left:
                    noted[place] = left
                else:
                    del noted[place]

    def _untouched(self, place: int, key: str, field_key: str) -> bool:
        register = self.incoming.register
        if field_key not in register or register[field_key].attr not in self.existing.columns:
            return False
        return self._says(register[field_key], place, self.existing.value(key, register[field_key].attr))

    def _says(self, field: Field, place: int, held: Any) -> bool:  # Any: as above
        cell = self.incoming.said[field.field][place]
        if held is None:
            return is_nothing(cell)
        if isinstance(held, dt.date) and isinstance(cell, dt.date):
            return abs(_moment(held) - _moment(cell)) < _MINUTE
        if isinstance(held, (int, float)) and not isinstance(held, bool) and not field.kind.as_words:
            told = float(cell) if isinstance(cell, (int, float)) else number_in(as_text(cell))
            return told is not None and abs(told - held) < 5e-7 * max(1.0, abs(held))
        text = as_text(cell)
        if field.links:
            names = self.directory.of_field(field)
            return held in names.ids.get(folded(text), ()) or is_as_written(names.label(held), text)
        if isinstance(held, str) and field.words is None:
            # Codes of an outline are read without the widths and dots in which people write them.
            return is_as_written(held, text) or (field.field == "wbs" and normal(clean(held)).rstrip(".") == text)
        return any(is_as_written(form, text) for form in _forms(field, held))

    def cleared(self, mapping: ColumnMapping) -> dict[str, list[Any]]:
        """The columns in which cells of rows that we have were emptied, with the mark that empties their fields."""
        register = self.incoming.register
        found: dict[str, list[Any]] = {}
        for field in register.entered:
            # States are left by steps, and links and the place in the outline are no values of the row.
            if (
                field.required
                or field.lifecycle is not None
                or not field.kind.stored
                or field.field not in mapping.by_field
            ):
                continue
            if hasattr(register.model, f"default_{field.field}") or _of_outline(field) or register.part_of == field:
                continue
            said = self.incoming.said.get(field.field)
            held = self.existing.columns.get(field.attr)
            if said is None or held is None:
                continue
            for place, key in enumerate(self.matched.ids):
                if said[place] is None and key is not None and _shows(held[self.existing.place[key]]):
                    column = found.setdefault(field.field, list(self.incoming.values[field.field]))
                    column[place] = ERASE
        return found

    def cleared_links(self, stored: dict[str, list[StoredLink]]) -> list[int]:
        """The places of rows that wait for others here and of which the cell was emptied."""
        said = self.incoming.said.get("predecessors")
        if said is None:
            return []
        return [p for p, key in enumerate(self.matched.ids) if key and said[p] is None and stored.get(key)]

    def says_links(self, place: int, stored: list[StoredLink]) -> bool:
        """True when the cell names the links of a row as an export writes them."""
        said = self.incoming.said.get("predecessors")
        if said is None:
            return False
        refs = self._refs
        held = {
            links.text_of(refs[s.link.predecessor], s.link.kind, s.link.lag, s.link.lag_unit)
            for s in stored
            if s.link.predecessor in refs
        }
        return {piece.strip() for piece in as_text(said[place]).split(";") if piece.strip()} == held

    @cached_property
    def _refs(self) -> dict[str, str]:
        return dict(zip(self.existing.ids, self.existing.refs, strict=True))


def _moment(value: dt.date) -> dt.datetime:
    return value.replace(tzinfo=None) if isinstance(value, dt.datetime) else dt.datetime.combine(value, dt.time())


def _shows(held: Any) -> bool:  # Any: what a column holds
    """True for a value of which something stands in a workbook."""
    if isinstance(held, str):
        return bool(as_text(held))
    return held is not None and held is not False


def _of_outline(field: Field) -> bool:
    return field.field in ("parent", "kind")


def _forms(field: Field, held: Any) -> Iterator[str]:  # Any: as above
    """How a value reads in a workbook, in each language."""
    if isinstance(held, dt.date):
        yield from (held.isoformat(), as_text(held))
    for code in LANGUAGES:
        with in_language(code):
            yield show.text(field, held)

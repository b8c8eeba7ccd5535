"""A dry run: what an import would do, row by row, to be looked at, corrected and then applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from handover.exchange.columns.date_doubts import in_two_ways, swapped_notice, told_year_notice, which_year
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.dry_run.compared import Compared, ImportedFile, Missing
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.dry_run.verdict import FieldChange, Verdict
from handover.exchange.notice import Notice
from handover.exchange.question import AS_SAID, Question
from handover.exchange.rows.judgement import taken_places
from handover.exchange.rows.names import Coming, Created, calling, targets_key
from handover.exchange.rows.outcome import ERASE, OUTCOMES, Fault, Outcome
from handover.exchange.tasks.predecessors import LinkByKey
from handover.exchange.tasks.relink import store_links
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.model.picks.pick import Pick
from handover.registers import show
from handover.registers.declare import Register
from handover.registers.scheduling import links
from handover.store.work import UnitOfWork
from handover.values.date_columns import DateReading


@dataclass
class DryRun:
    """What an import would do.

    Attributes:
        left: rows of the sheet that aren't part of the list, with the reason, such as totals.
        notices: sentences that the user should read before agreeing.
        asked: what must be answered before anything is stored, beside what is asked of dates.
        stand: the hash of the newest act when the rows were compared.
        answers: in conflicts, the user's choice of side, by row and field.
    """

    project_id: str
    register: Register
    file: ImportedFile
    mapping: ColumnMapping
    options: ImportOptions
    found: Compared
    stand: str
    left: Sequence[tuple[int, str]] = ()
    notices: Sequence[Notice] = ()
    asked: Sequence[Question] = ()

    # -- counts ---------------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> dict[str, int]:
        """How many rows of the file come to which verdict."""
        made = self.found.incoming.made
        counts = Counter(o for p, o in enumerate(self.found.judgement.outcomes) if p not in made)
        counts["skipped"] += len(self.left)
        return {outcome: counts[outcome] for outcome in OUTCOMES}

    @property
    def total(self) -> int:
        """How many rows the file has, skipped ones included."""
        return sum(self.rows.values())

    @property
    def created(self) -> list[Created]:
        """People, organisations and systems that come into being with the import."""
        return self.found.directory.created()

    def brings(self) -> Iterator[Coming]:
        """The rows that are in the register afterwards, by what the file calls them: other sheets refer to them."""
        values, keys = self.found.incoming.values, self.found.keys
        columns = [values[k] for k in calling(self.register) if k in values]
        shown = [values[k] for k in self.register.display if k in values]
        lists = values.get("list") if self.register.model is Pick else None
        revisions = self.found.further.reasons if self.found.further is not None else {}
        for place in taken_places(self.found.judgement):
            if place in revisions:
                continue
            name = " ".join(str(c[place]) for c in shown if isinstance(c[place], str))
            words = tuple(c[place] for c in columns if isinstance(c[place], str))
            key = lists[place] if lists is not None else None
            yield Coming(targets_key(self.register.table.name, key), keys[place], name, words)
        for made in self.created:
            yield Coming(targets_key(made.table, made.values.get("list")), made.id, made.name, ())

    @property
    def summaries(self) -> list[str]:
        """Names of the summary tasks that are made for phases that the file only names in a column."""
        outcomes = self.found.judgement.outcomes
        names = self.found.incoming.values.get("name", [])
        return [str(names[p]) for p in sorted(self.found.incoming.made) if outcomes[p] == "new"]

    @property
    def missing(self) -> list[Missing]:
        """Rows that an earlier import brought and that the file no longer has."""
        return self.found.missing

    @property
    def undecided(self) -> dict[str, DateReading]:
        """Fields with dates whose order nothing tells; ask (for a year first), then run again with the order."""
        return {key: reading for key, reading in self.found.incoming.dates.items() if reading.asks_order}

    @property
    def without_year(self) -> dict[str, DateReading]:
        """Fields with dates that have no year anywhere; ask, then run again with the year."""
        return {key: reading for key, reading in self.found.incoming.dates.items() if reading.no_year}

    @property
    def changes_anything(self) -> bool:
        """True when applying it would change the project."""
        counts = Counter(self.found.judgement.outcomes)
        dropped = self.options.on_missing == "drop" and self.missing
        return bool(counts["new"] or counts["older"] or counts["changed"] or counts["conflict"] or dropped)

    @cached_property
    def emptied(self) -> int:
        """How many fields of rows that we have are cleared because their cells are empty."""
        said, judgement = self.found.incoming.said, self.found.judgement
        fields = {f.attr: f.field for f in self.register.fields if f.kind.stored and f.field in said}
        cleared = sum(
            new is None and old is not None and attr in fields and said[fields[attr]][place] is None
            for place, diff in judgement.changes.items()
            if judgement.outcomes[place] in ("changed", "conflict")
            for attr, (old, new) in diff.items()
        )
        links = said.get("predecessors")
        return cleared + (sum(links[p] is None for p in judgement.relinked) if links is not None else 0)

    @property
    def further_revisions(self) -> int:
        """How many rows come in as further revisions of a document that stands in another row."""
        return self.found.further.count if self.found.further is not None else 0

    def store_more(self, work: UnitOfWork, progress: Progress) -> dict[str, str]:
        """Store what belongs to the rows and stands in other tables: links of tasks, older revisions of documents.

        Returns the references of what is new and has a row of the file to itself, by key.
        """
        found = self.found
        if found.predecessors is not None:
            judgement = found.judgement
            store_links(work, found.predecessors, found.keys, judgement.outcomes, judgement.relinked, progress)
        return found.further.store(work, found.matched, found.keys, progress) if found.further is not None else {}

    # -- verdicts -------------------------------------------------------------------------------------------------

    @cached_property
    def verdicts(self) -> list[Verdict]:
        """The verdict of every row, in the order of the file."""
        made = self.found.incoming.made
        listed = [self.verdict(p) for p in range(len(self.found.keys)) if p not in made]
        listed += [Verdict(row, "skipped", reason=reason) for row, reason in self.left]
        return sorted(listed, key=lambda v: v.row) if self.left else listed

    def lines(self) -> Iterator[tuple[int, str, str, str]]:
        """Row, outcome, reference and reason of every row; cheaper than its verdicts."""
        found, made = self.found, self.found.incoming.made
        plain = {"new", "unchanged"}
        told = found.further.reasons if found.further is not None else {}
        for place, outcome in enumerate(found.judgement.outcomes):
            if place in made:
                continue
            if outcome in plain and place not in found.incoming.remarks and place not in told:
                key = found.matched[place]
                yield found.incoming.rows[place], outcome, found.existing.value(key, "ref") if key else "", ""
            else:
                verdict = self.verdict(place)
                yield verdict.row, verdict.outcome, verdict.ref, verdict.why
        yield from ((row, "skipped", "", tr(reason)) for row, reason in self.left)

    def of(self, *outcomes: Outcome) -> Iterator[Verdict]:
        """The verdicts of some outcomes."""
        return (v for v in self.verdicts if v.outcome in outcomes)

    @cached_property
    def remarked(self) -> list[int]:
        """The places of rows that are taken although not all of their cells are."""
        remarks = self.found.incoming.remarks
        return [p for p in self.with_remark if not all(each.noticed for each in remarks[p])]

    @cached_property
    def noticed(self) -> list[int]:
        """The places of rows about which something is odd that is taken as it stands."""
        remarks = self.found.incoming.remarks
        return [p for p in self.with_remark if any(each.noticed for each in remarks[p])]

    @cached_property
    def with_remark(self) -> list[int]:
        """The places of rows that are taken with a remark of either kind."""
        incoming, outcomes = self.found.incoming, self.found.judgement.outcomes
        return [p for p in sorted(incoming.remarks) if outcomes[p] not in ("error", "skipped")]

    def remarks(self) -> Iterator[tuple[int, Fault]]:
        """What isn't taken of rows that are, and what is odd about them: the row as Excel counts it, and the remark."""
        for place in self.with_remark:
            for remark in self.found.incoming.remarks[place]:
                yield self.found.incoming.rows[place], remark

    def verdict(self, place: int) -> Verdict:
        """The verdict of a place of the file."""
        found = self.found
        outcome = found.judgement.outcomes[place]
        key = found.matched[place]
        clashes = found.clashes.get(place, {})
        return Verdict(
            row=found.incoming.rows[place],
            outcome=outcome,
            ref=found.existing.value(key, "ref") if key else "",
            name=self._name(place),
            changes=() if outcome == "skipped" else tuple(self._changes(place)),
            conflicts=tuple(clashes),
            faults=tuple(found.incoming.faults.get(place, ())) if outcome == "error" else (),
            remarks=() if outcome in ("error", "skipped") else tuple(found.incoming.remarks.get(place, ())),
            reason=found.incoming.skipped.get(place, "") or self._further_reason(place),
        )

    def _further_reason(self, place: int) -> str:
        return self.found.further.reasons.get(place, "") if self.found.further is not None else ""

    def cells(self, place: int) -> dict[str, str]:
        """What a place of the file says, field by field, as it is shown."""
        return {
            key: self._text(key, column[place])
            for key, column in self.found.incoming.values.items()
            if key in self.register and column[place] is not None and column[place] is not ERASE
        }

    def row_key(self, place: int) -> str:
        """The key of the row of the register that a place is, or that it is a revision of."""
        found = self.found
        if found.further is not None and place in found.further.reasons:
            return found.further.document(place, found.matched, found.keys)
        return found.keys[place]

    def place_of(self, row: int) -> int:
        """The place of a row of the file as Excel counts it."""
        return self.found.incoming.rows.index(row)

    def _name(self, place: int) -> str:
        for key in self.register.display:
            column = self.found.incoming.values.get(key)
            if column is not None and column[place] is not None:
                return self._text(key, column[place])
        return ""

    def _changes(self, place: int) -> Iterator[FieldChange]:
        found = self.found
        clashes = found.clashes.get(place, {})
        shown = {**found.judgement.changes.get(place, {})}
        shown.update({attr: (c.ours, c.theirs) for attr, c in clashes.items()})
        if "predecessors" in shown:
            ours, theirs = shown.pop("predecessors")
            yield self._link_change(ours, theirs, clashes["predecessors"].base)
        for attr, (old, new) in shown.items():
            key = self._field_of(attr)
            if key is None:
                continue
            base = self._text(key, clashes[attr].base) if attr in clashes else ""
            yield FieldChange(key, self.register[key].label, old, new, self._text(key, old), self._text(key, new), base)
        if place in found.judgement.relinked and found.predecessors is not None:
            stored = [s.link for s in found.predecessors.stored.get(found.keys[place], ())]
            wanted = found.predecessors.wanted[place] or []
            yield self._link_change(stored, wanted)

    def _link_change(
        self, old: Sequence[LinkByKey], new: Sequence[LinkByKey], base: Sequence[LinkByKey] = ()
    ) -> FieldChange:
        label = self.register["predecessors"].label
        return FieldChange("predecessors", label, old, new, self._links(old), self._links(new), self._links(base))

    def _field_of(self, attr: str) -> str | None:
        return next((f.field for f in self.register.fields if f.attr == attr and f.kind.stored), None)

    def _text(self, key: str, value: Any) -> str:  # Any: what the field holds
        target = self.register[key]
        if target.links and isinstance(value, str):
            if target.target == self.register.table.name and not target.pick:
                return self._own_name(value)
            return self.found.directory.of_field(target).label(value)
        return show.text(target, value) if value is not None and value is not ERASE else ""

    def _own_name(self, key: str) -> str:
        """What a row of the register is called: one of the sheet, one that we have or that another sheet brings."""
        if key in self._places:
            return self._name(self._places[key])
        existing = self.found.existing
        if key not in existing.place:
            coming = self.found.directory.tables.get(self.register.table.name)
            return (coming.label(key) if coming else "") or key
        columns = [existing.columns.get(self.register[d].attr) for d in self.register.display]
        names = [str(column[existing.place[key]] or "") for column in columns if column is not None]
        return next(filter(None, names), existing.value(key, "ref"))

    @cached_property
    def _places(self) -> dict[str, int]:
        return {key: place for place, key in enumerate(self.found.keys)}

    def _links(self, wanted: Sequence[LinkByKey]) -> str:
        refs = dict(zip(self.found.existing.ids, self.found.existing.refs, strict=True))
        return "; ".join(
            links.text_of(refs.get(w.predecessor) or self._own_name(w.predecessor), w.kind, w.lag, w.lag_unit)
            for w in wanted
        )

    # -- what is to be told -----------------------------------------------------------------------------------------

    def question(self, key: str) -> str:
        """What must be asked about the dates of a field that is ``undecided``."""
        return tr(
            "The dates in {field} can be read in two ways: {both}",
            field=self.heading(key), both=in_two_ways(self.undecided[key]),
        )  # fmt: skip

    def year_question(self) -> str:
        """What must be asked about the dates ``without_year``, empty where there are none."""
        return which_year([self.heading(key) for key in self.without_year], [*self.without_year.values()])

    @property
    def questions(self) -> list[Question]:
        """Everything that must be answered before anything is stored."""
        found = [*self.asked]
        for key, reading in self.undecided.items():
            likely = (reading.order or "DMY").lower()
            orders = {"dmy": tr("day first"), "mdy": tr("month first"), "ymd": tr("year first")}
            choices = (likely, *(o for o in ("dmy", "mdy") if o != likely))
            found.append(
                Question(
                    N_("The dates in {field} can be read in two ways: {both}"),
                    {"field": self.heading(key), "both": in_two_ways(reading)},
                    choices,
                    "--date-order",
                    N_("Say which is meant with --date-order dmy, mdy or ymd."),
                    said=tuple(orders[o] for o in choices),
                )
            )
        if said := self.year_question():
            how = N_("Say the year with --year, such as --year 2026.")
            found.append(Question(AS_SAID, {"said": said}, (), "--year", how))
        return found

    def date_notices(self) -> list[Notice]:
        """Columns of which Excel may have turned some dates, and those that take their year from the title."""
        dates = self.found.incoming.dates
        return [
            swapped_notice(self.heading(key), self.found.incoming.cell(reading.suspects[0], key), reading)
            for key, reading in dates.items()
            if reading.maybe_swapped
        ] + [
            told_year_notice(self.heading(key), reading)
            for key, reading in dates.items()
            if reading.told_year and self.options.year is None
        ]

    def heading(self, key: str) -> str:
        """The heading of the column that fills a field, the field's own name where none does."""
        return next((m.heading for m in self.mapping.columns if m.field == key), self.register[key].label)

    @property
    def faults(self) -> list[Fault]:
        """Everything that is wrong, cell by cell, in the order of the file."""
        return [fault for place in sorted(self.found.incoming.faults) for fault in self.found.incoming.faults[place]]

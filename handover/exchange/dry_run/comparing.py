"""Works out what an import would do: every row of a file beside the row that we have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection

from handover.exchange.columns.headings import REF
from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.columns.template_words import example_field, is_example
from handover.exchange.dry_run.as_exported import OwnCells
from handover.exchange.dry_run.clashes import find_clashes
from handover.exchange.dry_run.compared import Compared, ImportedFile
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.further_revisions import FurtherRows
from handover.exchange.dry_run.judging import ToJudge, judge
from handover.exchange.dry_run.missing import find_missing
from handover.exchange.dry_run.nobody_named import nobody_named
from handover.exchange.dry_run.odd_ones import odd_ones
from handover.exchange.dry_run.options import ImportOptions
from handover.exchange.notice import Notice
from handover.exchange.programs.own_export import Export
from handover.exchange.question import Question
from handover.exchange.rows.brought_by import forget_strangers, lineages
from handover.exchange.rows.existing import Existing, load_existing
from handover.exchange.rows.half_day_clock import by_the_clock
from handover.exchange.rows.incoming import Incoming, Lines, understand
from handover.exchange.rows.judgement import Judgement
from handover.exchange.rows.matching import Matched, doubled, lasting_codes, match, said_twice
from handover.exchange.rows.names import NamesOfTables
from handover.exchange.rows.older_revisions import revision_rows
from handover.exchange.rows.references import Referred, refer, refer_within
from handover.exchange.rows.unfilled import unfilled
from handover.exchange.tasks.days_off import on_days_off
from handover.exchange.tasks.places import Outlined, place_tasks, settle_outline, task_columns
from handover.exchange.tasks.predecessors import Predecessors, find_predecessors, stated_predecessors
from handover.exchange.tasks.tree import Tree, grow, with_phases
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.base import new_ids
from handover.registers.declare import Register
from handover.registers.documents.schemes import read_orders
from handover.registers.noticing import noticer
from handover.store import log
from handover.store.workspace import Workspace
from handover.values.cells import as_text

#: No template has its placeholders further down.
_TEMPLATE_ROWS = 500
#: Rows that a remark lists.
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True)
class RehearsedSheet:
    """Whose rows a dry run is of, and what is known of them beside their cells.

    Attributes:
        left: rows of the sheet that aren't part of the list, with the reason.
        notices: what was found out about the sheet before its rows were looked at.
        asked: what must be answered before its rows are stored.
        headings: of the fields.
        ids: further columns whose values name rows.
        export: what our own export says of itself, where the file is one.
        before: the dry runs of other sheets that are carried out first, in the same unit of work.
        filtered: rows, as Excel counts them, that a filter hides and that aren't wanted.
        below: rows, as Excel counts them, that stand below the list and aren't part of it.
    """

    project_id: str
    register: Register
    file: ImportedFile
    mapping: ColumnMapping
    options: ImportOptions = field(default_factory=ImportOptions)
    left: Sequence[tuple[int, str]] = ()
    notices: Sequence[Notice] = ()
    asked: Sequence[Question] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    ids: Sequence[tuple[str, list[Any]]] = ()  # Any: cells
    export: Export | None = None
    before: Sequence[DryRun] = ()
    filtered: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()


def rehearse_lines(
    workspace: Workspace, sheet: RehearsedSheet, lines: Lines, progress: Progress = unattended
) -> DryRun:
    """Work out what an import would do. Nothing is written.

    Args:
        lines: the cells of every mapped field.

    Raises:
        Cancelled: the user stopped it.
    """
    incoming = understand(sheet.register, lines, sheet.options.date_order, progress)
    if sheet.export is None:
        incoming.findings.skip(_placeholders(lines))
        incoming.findings.skip(_examples(sheet.register, lines))
        incoming.findings.skip(unfilled(incoming))
    clocked = by_the_clock(incoming)
    incoming.values.update(clocked.values)
    incoming.findings.add(clocked.findings)
    notices = [*sheet.notices, *clocked.notices]
    sheet = replace(sheet, headings=lines.headings, ids=lines.ids, notices=notices)
    return rehearse_rows(workspace, sheet, incoming, progress)


def rehearse_rows(
    workspace: Workspace, sheet: RehearsedSheet, incoming: Incoming, progress: Progress = unattended
) -> DryRun:
    """The dry run of rows that are values already, as those of a plan in XML are."""
    out = dict.fromkeys(sheet.filtered, N_("A filter in the workbook hides the row."))
    out |= dict.fromkeys(sheet.below, N_("The row stands below the list."))
    out |= dict.fromkeys(sheet.options.left_out, N_("You left it out."))
    incoming.findings.skip({p: out[row] for p, row in enumerate(incoming.rows) if row in out} if out else {})
    if sheet.register.outline:
        incoming = with_phases(incoming)
    with workspace.read() as connection:
        found = _Steps(connection, workspace, sheet, incoming, progress).compared()
        off = on_days_off(connection, sheet.project_id, found.incoming, found.judgement) if sheet.register.links else []
        stand = log.stacks(connection).hash
    said = [*sheet.notices, *sheet.mapping.notices, *_dropped_links(found), *nobody_named(found), *off]
    return DryRun(
        sheet.project_id, sheet.register, sheet.file, sheet.mapping, sheet.options, found, stand, sheet.left,
        notices=said, asked=sheet.asked,
    )  # fmt: skip


class _Steps:
    """The steps of a dry run in their order; each gives its part, and ``compared`` puts them together."""

    def __init__(
        self,
        connection: Connection,
        workspace: Workspace,
        sheet: RehearsedSheet,
        incoming: Incoming,
        progress: Progress,
    ) -> None:
        self.connection = connection
        self.engine = workspace.engine
        self.sheet = sheet
        self.incoming = incoming
        self.progress = progress

    def compared(self) -> Compared:
        """Everything that the dry run works out."""
        sheet, incoming, progress = self.sheet, self.incoming, self.progress
        tree = grow(incoming) if sheet.register.outline else None
        if tree is not None:
            incoming.findings.add(tree.findings)
        coming = [each for run in sheet.before for each in run.brings()]
        directory = NamesOfTables(self.connection, sheet.project_id, coming)
        step(progress, 0, 0, tr("Looking up names"))
        self._put(refer(incoming, directory))
        further = self._further()
        if further is not None:
            further.set_apart(incoming)
        wanted = [*incoming.values, *(further.compares if further is not None else ())]
        existing = load_existing(self.connection, sheet.register, sheet.project_id, wanted, progress)
        brought_by = self._brought_by(existing)
        matched = self._matched(existing, tree, brought_by)
        if further is not None:
            further.beside(self.connection, incoming, existing, matched)
        if tree is None:
            self._put(refer_within(incoming, directory, matched.keys))
        given: Mapping[int, Mapping[str, Any]] = {}
        if tree is not None:
            outlined = task_columns(incoming, tree, existing, matched, directory)
            self._put(outlined)
            given = outlined.given
        own = OwnCells(incoming, existing, matched, directory)
        predecessors = self._predecessors(existing, matched, tree)
        if sheet.export is not None:
            own.forget(incoming.findings)
        if sheet.options.blank == "clear" or (sheet.export is not None and sheet.options.blank is None):
            incoming.values.update(own.cleared(sheet.mapping))
            if predecessors is not None:
                for place in own.cleared_links(predecessors.stored):
                    predecessors.wanted[place] = []
        rows = ToJudge(incoming, existing, matched, given, own if sheet.export is not None else None, predecessors)
        judgement = judge(rows, self.engine, progress)
        incoming.findings.add(judgement.findings)
        self._notice(judgement)
        if further is not None:
            further.judge(incoming, matched, judgement, self.engine, self.connection, sheet.project_id, progress)
        step(progress, 0, 0, tr("Comparing rows"))
        found = Compared(
            incoming, existing, matched.ids, matched.keys, judgement, directory, tree, predecessors, further=further
        )
        if tree is not None:
            settle_outline(tree, judgement, matched.ids, matched.keys)
            found.positions = place_tasks(judgement, matched.ids, existing)
        if sheet.export is not None:
            find_clashes(self.connection, found, sheet.export, sheet.options)
        found.missing = [] if sheet.filtered else find_missing(
            self.connection, sheet.register, sheet.project_id, existing, matched.ids, sheet.export, brought_by,
            [mapped.heading for mapped in sheet.mapping.columns],
        )  # fmt: skip
        _load_names(found)
        if directory.created():
            directory.keep(_named(found))
        return found

    def _further(self) -> FurtherRows | None:
        """The rows that are revisions of a document in another row; an export of ours has no such rows."""
        if self.sheet.export is not None or "revision" not in self.sheet.register:
            return None
        orders = read_orders(self.connection, self.sheet.project_id)
        groups = revision_rows(self.incoming, orders)
        return FurtherRows(groups, orders) if groups else None

    def _notice(self, judgement: Judgement) -> None:
        """Tell what is odd about rows that are taken as they are."""
        findings, register = self.incoming.findings, self.sheet.register
        if self.sheet.export is None:
            for odd in odd_ones(self.incoming, judgement.fresh.keys() | judgement.changes.keys()):
                if judgement.outcomes[odd.place] in ("error", "skipped"):
                    continue
                findings.notice(odd.place, odd.field, odd.message, **odd.values)
        look = noticer(self.connection, register.model, self.sheet.project_id)
        if look is None:
            return
        rows: list[tuple[int, Mapping[str, Any], Mapping[str, Any]]]  # Any: what columns hold
        rows = [(place, values, {}) for place, values in judgement.fresh.items()]
        rows += [(place, {a: new for a, (_, new) in diff.items()}, {a: old for a, (old, _) in diff.items()})
                 for place, diff in judgement.changes.items()]  # fmt: skip
        for place, now, before in rows:
            for each in look(now, before):
                if each.field in register and judgement.outcomes[place] not in ("error", "skipped"):
                    findings.notice(place, each.field, each.message, **each.values)

    def _put(self, part: Referred | Outlined) -> None:
        """Put what a step worked out to the rows."""
        self.incoming.values.update(part.values)
        self.incoming.findings.add(part.findings)

    def _brought_by(self, existing: Existing) -> dict[str, int]:
        register = self.sheet.register
        return lineages(self.connection, self.sheet.project_id, register.table.name) if existing.ids else {}

    def _matched(self, existing: Existing, tree: Tree | None, brought_by: Mapping[str, int]) -> Matched:
        """Which row of ours each row is."""
        sheet, incoming = self.sheet, self.incoming
        parents = tree.parents if tree else None
        incoming.findings.skip(said_twice(incoming, parents))
        lasting = lasting_codes(incoming, dict(sheet.headings), parents)
        twice = doubled(incoming, lasting)
        if sheet.export is not None:  # rows with a reference of ours are what they are, whatever code they have
            known = set(existing.refs)
            refs = incoming.values.get(REF, [None] * len(incoming.rows))
            twice.faults = {p: f for p, f in twice.faults.items() if as_text(refs[p]).strip().upper() not in known}
        incoming.findings.add(twice)
        step(self.progress, 0, 0, tr("Finding rows that you have already"))
        taken = {key for run in sheet.before if run.register is sheet.register for key in run.found.matched if key}
        matches = match(incoming, existing, lasting, parents, taken, self.progress)
        incoming.findings.add(matches.findings)
        if tree is not None:
            forget_strangers(matches, brought_by, set(existing.ids), len(incoming.rows))
        step(self.progress, 0, 0, tr("Finding rows that you have already"))
        fresh = iter(new_ids(matches.ids.count(None)))
        return Matched(matches.ids, [key or next(fresh) for key in matches.ids])

    def _predecessors(self, existing: Existing, matched: Matched, tree: Tree | None) -> Predecessors | None:
        incoming, connection, project = self.incoming, self.connection, self.sheet.project_id
        if incoming.links is not None:
            found = stated_predecessors(connection, project, incoming, matched.keys)
        elif "predecessors" in incoming.values:
            found = find_predecessors(
                connection, project, incoming, existing, matched.keys, self.sheet.ids, self.progress,
                tree.parents if tree else (),
            )  # fmt: skip
        else:
            return None
        incoming.findings.add(found.findings)
        return found


def _placeholders(lines: Lines) -> dict[int, str]:
    """Rows such as ``{{Number}} | {{Title}}`` that a template fills in."""
    found = {}
    for place in range(min(len(lines.rows), _TEMPLATE_ROWS)):
        said = [cells[place] for cells in lines.cells.values() if cells[place] is not None]
        if said and all(isinstance(c, str) and "{{" in c for c in said):
            found[place] = N_("The row holds the placeholders of a template.")
    return found


def _examples(register: Register, lines: Lines) -> dict[int, str]:
    """The example row of our own template."""
    field = example_field(register)
    cells = lines.cells.get(field.field, ()) if field is not None else ()
    return {
        place: N_("It is the example of the template.")
        for place, value in enumerate(cells[:_TEMPLATE_ROWS])
        if is_example(value)
    }


def _unchange(judgement: Judgement, place: int, linked_alike: bool) -> None:
    """A row of which only links to rows in error would be new stays as it is."""
    if place in judgement.relinked and linked_alike:
        judgement.relinked.discard(place)
        if judgement.outcomes[place] == "changed" and not judgement.changes.get(place):
            judgement.outcomes[place] = "unchanged"


def _named(found: Compared) -> set[str]:
    """The keys that stand in the rows which are taken."""
    judgement = found.judgement
    naming = [f.attr for f in found.incoming.register.fields if f.links]
    new = [values for p, values in judgement.fresh.items() if judgement.outcomes[p] == "new"]
    taken = [values.get(attr) for values in new for attr in naming]
    for place, diff in judgement.changes.items():
        if judgement.outcomes[place] in ("changed", "conflict"):
            taken += [new for _, new in diff.values()]
    taken += [clash.theirs for clashes in found.clashes.values() for clash in clashes.values()]
    if found.further is not None:
        taken += [value for values in found.further.fresh.values() for value in values.values()]
    return {value for value in taken if isinstance(value, str)}


def _load_names(found: Compared) -> None:
    """Load the tables whose names verdicts show, while the connection is open."""
    told: set[str] = set().union(*found.judgement.changes.values(), *found.clashes.values())
    for target in found.incoming.register.fields:
        if target.target and target.attr in told:
            found.directory.of_field(target)


def _dropped_links(found: Compared) -> list[Notice]:
    """Leave out links to rows that aren't taken, and say so."""
    predecessors, judgement = found.predecessors, found.judgement
    if predecessors is None:
        return []
    gone = {
        found.keys[p]
        for p, outcome in enumerate(judgement.outcomes)
        if outcome in ("error", "skipped") and found.matched[p] is None
    }
    dropped = []
    for place, wanted in enumerate(predecessors.wanted):
        if wanted and (kept := [w for w in wanted if w.predecessor not in gone]) != wanted:
            if judgement.outcomes[place] not in ("error", "skipped"):
                dropped.append(found.incoming.rows[place])
            predecessors.wanted[place] = kept
            _unchange(judgement, place, not predecessors.differs(place, found.keys[place]))
    if not dropped:
        return []
    rows = ", ".join(map(str, dropped[:_MOST_NAMED])) + (", …" if len(dropped) > _MOST_NAMED else "")
    return [Notice(N_("Links to rows that aren't taken are left out (rows {rows})."), {"rows": rows})]

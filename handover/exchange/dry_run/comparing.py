"""Works out what an import would do: every row of a file beside the row that we have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.columns.template_words import example_field, is_example
from handover.exchange.dry_run.clashes import find_clashes
from handover.exchange.dry_run.dry_run import Compared, DryRun, ImportedFile, ImportOptions
from handover.exchange.dry_run.judging import judge
from handover.exchange.dry_run.missing import find_missing
from handover.exchange.notice import Notice
from handover.exchange.programs.own_export import Export
from handover.exchange.rows.brought_by import forget_strangers, lineages
from handover.exchange.rows.existing import Existing, load_existing
from handover.exchange.rows.incoming import Incoming, Lines, understand
from handover.exchange.rows.judgement import Judgement
from handover.exchange.rows.matching import blame_duplicates, lasting_codes, match
from handover.exchange.rows.names import NamesOfTables
from handover.exchange.rows.older_revisions import leave_older_out
from handover.exchange.rows.references import refer, refer_within
from handover.exchange.rows.unfilled import skip_prepared
from handover.exchange.tasks.places import place_tasks, settle_outline, task_columns
from handover.exchange.tasks.predecessors import Predecessors, find_predecessors, stated_predecessors
from handover.exchange.tasks.tree import Tree, grow
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.model.base import new_ids
from handover.registers.declare import Register
from handover.store import log
from handover.store.workspace import Workspace

#: No template has its placeholders further down.
_TEMPLATE_ROWS = 500
#: Rows that a remark lists.
_MOST_NAMED = 20


def rehearse_lines(
    workspace: Workspace,
    project_id: str,
    register: Register,
    file: ImportedFile,
    lines: Lines,
    mapping: ColumnMapping,
    options: ImportOptions | None = None,
    *,
    left: Sequence[tuple[int, str]] = (),
    notices: Sequence[Notice] = (),
    export: Export | None = None,
    before: Sequence[DryRun] = (),
    progress: Progress = unattended,
) -> DryRun:
    """Work out what an import would do. Nothing is written.

    Args:
        lines: the cells of every mapped field.
        left: rows of the sheet that aren't part of the list, with the reason.
        before: the dry runs of other sheets that are carried out first, in the same unit of work.
        export: what our own export says of itself, where the file is one.

    Raises:
        Cancelled: the user stopped it.
    """
    options = options or ImportOptions()
    incoming = understand(register, lines, options.date_order, progress)
    _skip_placeholders(incoming, lines)
    _skip_examples(incoming, lines)
    skip_prepared(incoming)
    leave_older_out(incoming)
    return rehearse_rows(
        workspace, project_id, register, file, incoming, mapping, options,
        headings=lines.headings, ids=lines.ids, left=left, notices=notices, export=export, before=before,
        progress=progress,
    )  # fmt: skip


def rehearse_rows(
    workspace: Workspace,
    project_id: str,
    register: Register,
    file: ImportedFile,
    incoming: Incoming,
    mapping: ColumnMapping,
    options: ImportOptions,
    *,
    headings: Mapping[str, str] | None = None,
    ids: Sequence[tuple[str, list[Any]]] = (),
    left: Sequence[tuple[int, str]] = (),
    notices: Sequence[Notice] = (),
    export: Export | None = None,
    before: Sequence[DryRun] = (),
    progress: Progress = unattended,
) -> DryRun:
    """The dry run of rows that are values already, as those of a plan in XML are."""
    for place, row in enumerate(incoming.rows):
        if row in options.left_out:
            incoming.skipped[place] = N_("You left it out.")
    tree = grow(incoming) if register.outline else None
    with workspace.read() as connection:
        directory = NamesOfTables(connection, project_id, [coming for run in before for coming in run.brings()])
        step(progress, 0, 0, tr("Looking up names"))
        refer(incoming, directory)
        existing = load_existing(connection, register, project_id, incoming.values, progress)
        lasting = lasting_codes(incoming, dict(headings or {}), tree.parents if tree else None)
        blame_duplicates(incoming, lasting)
        step(progress, 0, 0, tr("Finding rows that you have already"))
        taken = {key for run in before if run.register is register for key in run.found.matched if key}
        matches = match(incoming, existing, lasting, tree.parents if tree else None, taken, progress)
        step(progress, 0, 0, tr("Finding rows that you have already"))
        brought_by = lineages(connection, project_id, register.table.name) if existing.ids else {}
        if tree is not None:
            forget_strangers(matches, brought_by, set(existing.ids), len(incoming.rows))
        step(progress, 0, 0, tr("Finding rows that you have already"))
        fresh = iter(new_ids(matches.ids.count(None)))
        keys = [key or next(fresh) for key in matches.ids]
        if tree is None:
            refer_within(incoming, directory, keys)
        outline = task_columns(incoming, tree, existing, matches.ids, keys, directory) if tree else None
        predecessors: Predecessors | None = None
        if incoming.links is not None:
            predecessors = stated_predecessors(connection, project_id, incoming, keys)
        elif "predecessors" in incoming.values:
            predecessors = find_predecessors(
                connection, project_id, incoming, existing, keys, ids, progress, tree.parents if tree else ()
            )
        judgement = judge(incoming, existing, matches.ids, keys, workspace.engine, outline, predecessors, progress)
        found = Compared(incoming, existing, matches.ids, keys, judgement, directory, tree, predecessors)
        step(progress, 0, 0, tr("Comparing rows"))
        _finish(found, tree, judgement, existing)
        if export is not None:
            find_clashes(connection, found, export, options)
        found.missing = find_missing(
            connection, register, project_id, existing, matches.ids, export, brought_by,
            [mapped.heading for mapped in mapping.columns],
        )  # fmt: skip
        _load_names(found)
        stand = log.stacks(connection).hash
    said = [*notices, *mapping.notices, *_dropped_links(found)]
    return DryRun(project_id, register, file, mapping, options, found, stand, left, notices=said)


def _skip_placeholders(incoming: Incoming, lines: Lines) -> None:
    """Leave out rows such as ``{{Number}} | {{Title}}`` that a template fills in."""
    for place in range(min(len(lines.rows), _TEMPLATE_ROWS)):
        said = [cells[place] for cells in lines.cells.values() if cells[place] is not None]
        if said and all(isinstance(c, str) and "{{" in c for c in said):
            incoming.skipped[place] = N_("The row holds the placeholders of a template.")
            incoming.faults.pop(place, None)


def _skip_examples(incoming: Incoming, lines: Lines) -> None:
    """Leave out the example row of our own template."""
    field = example_field(incoming.register)
    cells = lines.cells.get(field.field, ()) if field is not None else ()
    for place, value in enumerate(cells[:_TEMPLATE_ROWS]):
        if is_example(value):
            incoming.skipped[place] = N_("It is the example of the template.")
            incoming.faults.pop(place, None)


def _finish(found: Compared, tree: Tree | None, judgement: Judgement, existing: Existing) -> None:
    if tree is not None:
        settle_outline(tree, judgement, found.matched, found.keys)
        found.positions = place_tasks(judgement, found.matched, existing)


def _unchange(judgement: Judgement, place: int, linked_alike: bool) -> None:
    """A row of which only links to rows in error would be new stays as it is."""
    if place in judgement.relinked and linked_alike:
        judgement.relinked.discard(place)
        if judgement.outcomes[place] == "changed" and not judgement.changes.get(place):
            judgement.outcomes[place] = "unchanged"


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

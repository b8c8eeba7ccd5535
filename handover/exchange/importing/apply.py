"""Carries a dry run out: one act that undo takes back, a report that stays, and a mapping that is remembered."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Set
from typing import Any

from sqlalchemy import select

from handover import clock
from handover.errors import HandoverError, NotLawful, NotValid
from handover.exchange.columns.mapping import fingerprint
from handover.exchange.columns.memory import Memory
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.reading.sheet import without_garbage_collection
from handover.exchange.rows.judgement import Diff
from handover.exchange.rows.outcome import ERASE
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended, watched
from handover.model.base import Row, new_id
from handover.model.imports import ImportReport, ReportedLine, pack
from handover.registers.catalogue import of_table
from handover.store import log
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

_BATCH = 2_000


def apply(
    run: DryRun | SheetsDryRun, workspace: Workspace, progress: Progress = unattended, memory: Memory | None = None
) -> ImportReport:
    """Import what a dry run of one or of several sheets has worked out; returns the report, detached.

    Rows in error and skipped rows are left out; in conflicts our values stay unless the user chose the file's.

    Args:
        memory: where mappings are remembered; the user's own by default.

    Raises:
        Cancelled: the user stopped it; nothing was changed.
        NotValid: the workspace has changed since the dry run so that it no longer fits.
    """
    runs = runs_of(run)
    act = workspace.edit(
        N_("Import {file}"), project=run.project_id, source="import", progress=progress, file=run.file.name
    )
    with without_garbage_collection(), act as work:
        for each in runs:
            _refuse_stale(each, work)
        lines = [line for each in runs for line in _store(each, work, progress)]
        kept = {key for each in runs for key in each.found.matched if key}
        for each in runs:
            if each.options.on_missing == "drop":
                _drop(each, work, kept)
        report = _report(run, workspace, lines)
        work.session.add(report)
        step(progress, 1, 1, tr("Storing {file}", file=run.file.name))
    with contextlib.suppress(HandoverError):  # the rows are stored; a mapping that isn't remembered loses nothing
        for each in runs:
            (memory or Memory.own()).keep(each.mapping)
    return report


def _store(run: DryRun, work: UnitOfWork, progress: Progress) -> list[ReportedLine]:
    """Store the rows of one sheet; returns the lines of the report."""
    total = len(run.found.judgement.fresh) + len(run.found.judgement.changes)
    _create_others(run, work)
    refs = _insert(run, work, progress, total)
    _update(run, work, progress)
    refs |= run.store_more(work, progress)
    new = {row: refs.get(key, "") for row, key in zip(run.found.incoming.rows, run.found.keys, strict=False)}
    told = watched(run.lines(), progress, len(run.found.keys), tr("Writing the import report"), _BATCH)
    return [
        (row, o, new.get(row, "") if o in ("new", "older") else ref, why, run.file.sheet) for row, o, ref, why in told
    ]


def _refuse_stale(run: DryRun, work: UnitOfWork) -> None:
    """Refuse when anything was done since the dry run: what it compared may say something else by now."""
    if log.stacks(work.session.connection()).hash != run.stand:
        raise NotValid(N_("The register has changed since the rows were compared. Compare them once more."))


def _create_others(run: DryRun, work: UnitOfWork) -> None:
    for table in dict.fromkeys(created.table for created in run.created):
        register = of_table(table)
        if register is not None:
            rows = [{"id": c.id, **c.values} for c in run.created if c.table == table]
            work.insert_many(register.model, rows)


def _insert(run: DryRun, work: UnitOfWork, progress: Progress, total: int) -> dict[str, str]:
    """Insert the new rows batch by batch, parents before their parts as the file has them; their references by key."""
    model = run.register.model
    saying = tr("Storing {file}", file=run.file.name)
    done = 0
    refs: dict[str, str] = {}
    with work.loading(model, run.rows["new"], progress):
        for batch in _batches(run):
            step(progress, done, total, saying)
            refs.update(zip((row["id"] for row in batch), work.insert_many(model, batch), strict=True))
            done += len(batch)
    return refs


def _batches(run: DryRun) -> Iterator[list[dict[str, Any]]]:
    outcomes, positions = run.found.judgement.outcomes, run.found.positions
    batch: list[dict[str, Any]] = []
    for place, values in run.found.judgement.fresh.items():
        if outcomes[place] != "new":
            continue
        if place in positions:
            values["position"] = positions[place]
        batch.append(values)
        if len(batch) >= _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _update(run: DryRun, work: UnitOfWork, progress: Progress) -> None:
    judgement, model = run.found.judgement, run.register.model
    changes: dict[str, dict[str, Any]] = {}
    for place, diff in watched(judgement.changes.items(), progress, len(judgement.changes), tr("Storing changes")):
        key = run.found.matched[place]
        if judgement.outcomes[place] in ("changed", "conflict") and key is not None:
            changes[key] = {attr: new for attr, (_, new) in diff.items()} | _said_again(run, place, key, diff)
    work.update_many(model, changes, progress)


def _said_again(run: DryRun, place: int, key: str, diff: Diff) -> dict[str, Any]:
    """What a row says of another thing that ours comes to show, a new revision, where ours happened to say the same."""
    ours = {attr: column[run.found.existing.place[key]] for attr, column in run.found.existing.columns.items()}
    freed = run.register.model.freed(ours, {**ours, **{attr: new for attr, (_, new) in diff.items()}})
    columns = {run.register[k].attr: column for k, column in run.found.incoming.values.items() if k in run.register}
    told = {attr: columns[attr][place] for attr in freed - diff.keys() if attr in columns} if freed else {}
    return {attr: value for attr, value in told.items() if value is not None and value is not ERASE}


def _drop(run: DryRun, work: UnitOfWork, kept: Set[str]) -> None:
    """Drop what disappeared from the file, as its model says: marked where it stands, or into the bin.

    Args:
        kept: rows that the file still has; they don't go with what they were part of.
    """
    for missing in run.missing:
        row = work.get(run.register.model, missing.id)
        if _marked(row):
            continue
        if "parent_id" in run.register.table.columns:
            _release_parts(work, run.register.model, row.id, kept)
        work.delete(row)


def _release_parts(work: UnitOfWork, model: type[Row], key: str, kept: Set[str]) -> None:
    """Let the parts of a row that are kept stand by themselves."""
    table = model.__table__
    parts = work.session.scalars(select(table.c.id).where(table.c.parent_id == key))
    work.update_many(model, {part: {"parent_id": None} for part in parts if part in kept})


def _marked(row: Row) -> bool:
    """Mark a row as dropped where it stands; whether it has such a mark and may have it now."""
    try:
        for attr, value in row.dropping.values.items():
            setattr(row, attr, value)
    except NotLawful:
        return False
    return bool(row.dropping.values)


def _report(run: DryRun | SheetsDryRun, workspace: Workspace, lines: list[ReportedLine]) -> ImportReport:
    rows, runs = dict(run.rows), runs_of(run)
    rows["new"] += rows.pop("older")
    left = run.left if isinstance(run, SheetsDryRun) else []
    lines += [(0, "skipped", "", str(sheet), sheet.sheet) for sheet in left]
    return ImportReport(
        id=new_id(),
        project_id=run.project_id,
        at=clock.now().isoformat(timespec="milliseconds"),
        who=workspace.user,
        register=",".join(dict.fromkeys(each.register.key for each in runs)),
        file=run.file.name[:260],
        sha256=run.file.sha256,
        origin=run.file.origin.program,
        sheet=", ".join(each.file.sheet for each in runs)[:100],
        header_row=run.file.header_row,
        headings=fingerprint(runs[0].mapping),
        missing=len(run.missing),
        created=len(run.created),
        verdicts=pack(lines),
        **rows,
    )

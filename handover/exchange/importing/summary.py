"""What a dry run says: to people in a few sentences, to scripts as plain data, all that the wizard shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handover.exchange.cobie.sheets import reads
from handover.exchange.columns.date_doubts import as_data
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.not_taken import Beside
from handover.exchange.dry_run.several_sheets import Several, runs_of
from handover.exchange.dry_run.verdict import Verdict, outcome_name
from handover.exchange.reading.text_form import encoding_name, separator_name
from handover.exchange.rows.outcome import OUTCOMES
from handover.i18n import tr, trn
from handover.registers import catalogue

#: So many names stand in a sentence; the data has all of them.
_MOST_NAMES = 20


def sentences(plan: DryRun | Several) -> list[str]:
    """A dry run in a few sentences."""
    return list(_of_several(plan) if isinstance(plan, Several) else _of_one(plan))


def as_json(plan: DryRun | Several, report_id: str | None = None) -> dict[str, Any]:  # Any: JSON's own values
    """A dry run as plain data for scripts, with the report of the import where it was applied."""
    data = _several_as_data(plan) if isinstance(plan, Several) else _one_as_data(plan)
    return {**data, "report_id": report_id}


def notices(plan: DryRun | Several) -> list[str]:
    """What the user should read before agreeing: what is asked or doubted about dates, then everything else."""
    said = [run.question(key) for run in runs_of(plan) for key in run.undecided]
    said += [question for run in runs_of(plan) if (question := run.year_question())]
    for run in runs_of(plan):
        said += map(str, [*run.date_notices(), *run.notices])
    return list(dict.fromkeys(said))


# -- sentences --------------------------------------------------------------------------------------------------------


def _of_one(run: DryRun) -> Iterator[str]:
    file = run.file
    yield (
        tr(
            "{file}, sheet {sheet}: {origin}. Headings in row {row}.",
            file=file.name, sheet=file.sheet, origin=file.origin.label, row=file.header_row,
        )
        if file.header_row
        else tr("{file}: {origin}.", file=file.name, origin=file.origin.label)
    )  # fmt: skip
    if text := file.dialect:
        yield tr(
            "Read as text in {encoding}, its fields separated by: {separator}.",
            encoding=encoding_name(text.encoding), separator=separator_name(text.delimiter),
        )  # fmt: skip
    if taken := [f"{m.heading} → {_label(run, m.field)}" for m in run.mapping.columns if m.field]:
        yield tr("Columns: {columns}.", columns=_list(taken))
    if left := [m.heading for m in run.mapping.columns if not m.field]:
        yield tr("Columns not taken: {columns}.", columns=_some(left))
    rows = trn("{n} row", "{n} rows", run.total)
    yield tr("{rows}: {counts}.", rows=rows, counts=_counts(run)) if run.total else tr("{rows}.", rows=rows)
    yield from _with_it(run)
    if run.summaries:
        yield tr("Summary tasks made for phases: {names}.", names=_some(run.summaries))
    yield from _beside(file.beside)
    yield from notices(run)


def _of_several(plan: Several) -> Iterator[str]:
    yield tr("{file}: {origin}.", file=plan.file.name, origin=plan.file.origin.label)
    for run in plan.runs:
        yield tr(
            "Sheet {sheet} → {register}: {counts}.",
            sheet=run.file.sheet, register=run.register.label, counts=_counts(run),
        )  # fmt: skip
        columns = [m.heading for m in run.mapping.columns if not m.field]
        if left := [heading for heading in columns if not reads(run.file.sheet, heading)]:
            yield tr("Columns of sheet {sheet} not taken: {columns}.", sheet=run.file.sheet, columns=_some(left))
        for said in _beside(run.file.beside):
            yield tr("Sheet {sheet}: {said}", sheet=run.file.sheet, said=said)
    yield from _with_it(plan)
    yield from notices(plan)
    yield from map(str, plan.left)


def _with_it(plan: DryRun | Several) -> Iterator[str]:
    """What comes into being beside the rows, and what the file has no more."""
    if made := [c.name for c in plan.created]:
        yield tr("Made with it: {names}.", names=_some(made))
    if n := len(plan.missing):
        yield trn("{n} row is no longer in the file.", "{n} rows are no longer in the file.", n)
        yield tr("They are dropped.") if _drops(plan) else tr("They stay as they are.")


def _beside(beside: Beside) -> Iterator[str]:
    if n := beside.hidden_rows:
        yield trn("{n} hidden row isn't taken.", "{n} hidden rows aren't taken.", n)
    if beside.hidden_columns:
        yield tr("Hidden columns not taken: {columns}.", columns=_some(beside.hidden_columns))
    if beside.lists:
        yield tr("Other lists in this file: {lists}.", lists=tr("; ").join(map(str, beside.lists)))


def _counts(run: DryRun) -> str:
    return _list([f"{outcome_name(o)} {run.rows[o]:,}" for o in OUTCOMES if run.rows[o]])


def _some(names: Sequence[str]) -> str:
    return _list([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])


def _list(names: Sequence[str]) -> str:
    return tr(", ").join(names)


def _label(run: DryRun, key: str) -> str:
    if key in run.register:
        return run.register[key].label
    return {REF: tr("Reference"), LEVEL: tr("Outline level"), PHASE: tr("Phase (becomes a summary task)")}[key]


def _drops(plan: DryRun | Several) -> bool:
    return all(run.options.on_missing == "drop" for run in runs_of(plan))


# -- data -------------------------------------------------------------------------------------------------------------


def _one_as_data(run: DryRun) -> dict[str, Any]:
    file = run.file
    return {
        "file": file.name,
        "origin": file.origin.program,
        "register": run.register.key,
        "sheet": file.sheet,
        "header_row": file.header_row,
        **(
            {"encoding": encoding_name(file.dialect.encoding), "separator": file.dialect.delimiter}
            if file.dialect
            else {}
        ),
        "columns": [
            {
                "heading": m.heading,
                "field": m.field or None,
                "confidence": m.confidence,
                "why": m.why or None,
                **_dates(run, m.field),
            }
            for m in run.mapping.columns
        ],
        "rows": _rows(run),
        "verdicts": [_verdict(v) for v in run.verdicts],
        **_with_it_as_data(run),
        "summary_tasks": run.summaries,
        **_beside_as_data(file.beside),
        "notices": notices(run),
    }


def _several_as_data(plan: Several) -> dict[str, Any]:
    """The dry runs as plain data: as of one sheet, with the sheets and what isn't taken of the file."""
    parts = [_one_as_data(run) for run in plan.runs]
    verdicts = [
        {"sheet": run.file.sheet, "register": run.register.key, **each}
        for run, part in zip(plan.runs, parts, strict=True)
        for each in part["verdicts"]
    ]
    return {
        "file": plan.file.name,
        "origin": plan.file.origin.program,
        "register": None,
        "sheet": None,
        "header_row": None,
        "columns": [{"sheet": part["sheet"], **column} for part in parts for column in part["columns"]],
        "rows": _rows(plan),
        "sheets": [
            {"sheet": run.file.sheet, "register": run.register.key, "rows": part["rows"], "hidden": part["hidden"]}
            for run, part in zip(plan.runs, parts, strict=True)
        ],
        "not_taken": [{"sheet": s.sheet, "rows": s.rows, "reason": tr(s.why)} for s in plan.left],
        "verdicts": verdicts,
        **_with_it_as_data(plan),
        "notices": notices(plan),
    }


def _rows(plan: DryRun | Several) -> dict[str, int]:
    return {o: n for o, n in plan.rows.items() if n or o != "conflict"}


def _verdict(verdict: Verdict) -> dict[str, Any]:
    data: dict[str, Any] = {
        "row": verdict.row,
        "verdict": verdict.outcome,
        "ref": verdict.ref,
        "reason": verdict.why,
    }
    if verdict.conflicts:
        data["conflicts"] = [
            {"field": c.field, "exported": c.base_text, "ours": c.old_text, "theirs": c.new_text}
            for c in verdict.clashing
        ]
    return data


def _with_it_as_data(plan: DryRun | Several) -> dict[str, Any]:
    made = []
    for each in plan.created:
        register = catalogue.of_table(each.table)
        made.append({"register": register.key if register else each.table, "name": each.name})
    return {
        "made": made,
        "missing": [{"ref": gone.ref, "name": gone.name} for gone in plan.missing],
        "on_missing": "drop" if _drops(plan) else "keep",
    }


def _beside_as_data(beside: Beside) -> dict[str, Any]:
    return {
        "hidden": {"rows": beside.hidden_rows, "columns": list(beside.hidden_columns)},
        "other_lists": [
            {"sheet": each.sheet, "header_row": each.header_row, "headings": list(each.headings)}
            for each in beside.lists
        ],
    }


def _dates(run: DryRun, key: str) -> dict[str, Any]:
    """How the dates of a column were read where they needed an order."""
    incoming = run.found.incoming
    if key not in incoming.dates:
        return {}
    reading = incoming.dates[key]
    return {"dates": as_data(reading, tuple(incoming.cell(p, key) for p in reading.suspects))}

"""What a dry run says: to people in a few sentences, to scripts as plain data, all that the wizard shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from handover.exchange.cobie.sheets import reads
from handover.exchange.columns.because import because
from handover.exchange.columns.date_doubts import as_data
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.not_taken import NotTaken
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.dry_run.verdict import Verdict, outcome_name
from handover.exchange.reading.text_form import encoding_name, separator_name
from handover.exchange.rows.outcome import OUTCOMES, Fault
from handover.exchange.tables.forms import Form
from handover.i18n import tr, trn
from handover.registers import catalogue

#: So many names stand in a sentence; the data has all of them.
_MOST_NAMES = 20


def sentences(run: DryRun | SheetsDryRun) -> list[str]:
    """A dry run in a few sentences."""
    return list(_of_several(run) if isinstance(run, SheetsDryRun) else _of_one(run))


def as_json(run: DryRun | SheetsDryRun, report_id: str | None = None) -> dict[str, Any]:  # Any: JSON's own values
    """A dry run as plain data for scripts, with the report of the import where it was applied."""
    data = _several_as_data(run) if isinstance(run, SheetsDryRun) else _one_as_data(run)
    return {**data, "report_id": report_id}


def notices(run: DryRun | SheetsDryRun) -> list[str]:
    """What the user should read before agreeing: what is asked or doubted about dates, then everything else."""
    said = [str(question) for question in run.questions]
    for each in runs_of(run):
        said += map(str, [*each.date_notices(), *each.notices])
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
    yield from _remarked(run)
    yield from _emptied(run)
    yield from _with_it(run)
    if run.summaries:
        yield tr("Summary tasks made for phases: {names}.", names=_some(run.summaries))
    yield from _beside(file.beside)
    yield from notices(run)


def _of_several(run: SheetsDryRun) -> Iterator[str]:
    yield tr("{file}: {origin}.", file=run.file.name, origin=run.file.origin.label)
    for each in run.runs:
        yield tr(
            "Sheet {sheet} → {register}: {counts}.",
            sheet=each.file.sheet, register=each.register.label, counts=_counts(each),
        )  # fmt: skip
        columns = [m.heading for m in each.mapping.columns if not m.field]
        if left := [heading for heading in columns if not reads(each.file.sheet, heading)]:
            yield tr("Columns of sheet {sheet} not taken: {columns}.", sheet=each.file.sheet, columns=_some(left))
        for said in _beside(each.file.beside):
            yield tr("Sheet {sheet}: {said}", sheet=each.file.sheet, said=said)
    yield from _remarked(run)
    yield from _emptied(run)
    yield from _with_it(run)
    yield from notices(run)
    yield from map(str, run.left)


def further_revisions(run: DryRun | SheetsDryRun) -> str:
    """How many rows come in as older revisions of documents; empty where none does."""
    if not (n := run.further_revisions):
        return ""
    return trn(
        "{n} older revision comes in with its document, which stands in another row.",
        "{n} older revisions come in with their documents, which stand in other rows.",
        n,
    )


def odd_rows(run: DryRun | SheetsDryRun) -> str:
    """How many rows something is odd about that is taken as it stands; empty where there is none."""
    if not (n := len(run.noticed)):
        return ""
    return trn(
        "{n} row is taken as it stands although something about it is odd.",
        "{n} rows are taken as they stand although something about them is odd.",
        n,
    )


def _remarked(run: DryRun | SheetsDryRun) -> Iterator[str]:
    if said := further_revisions(run):
        yield said
    if n := len(run.remarked):
        yield trn(
            "{n} row is taken with a remark: what couldn't be read goes to its notes.",
            "{n} rows are taken with a remark: what couldn't be read goes to their notes.",
            n,
        )
    if said := odd_rows(run):
        yield said


def _emptied(run: DryRun | SheetsDryRun) -> Iterator[str]:
    if n := emptied(run):
        yield trn(
            "{n} field is emptied because its cell is empty now.",
            "{n} fields are emptied because their cells are empty now.",
            n,
        )


def emptied(run: DryRun | SheetsDryRun) -> int:
    """How many fields an import clears because their cells are empty."""
    return sum(each.emptied for each in runs_of(run))


def _with_it(run: DryRun | SheetsDryRun) -> Iterator[str]:
    """What comes into being beside the rows, and what the file has no more."""
    if made := [c.said for c in run.created]:
        yield tr("Made with it: {names}.", names=_some(made))
    if n := len(run.missing):
        yield trn("{n} row is no longer in the file.", "{n} rows are no longer in the file.", n)
        yield tr("They are dropped.") if _drops(run) else tr("They stay as they are.")


def _beside(beside: NotTaken) -> Iterator[str]:
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


def _drops(run: DryRun | SheetsDryRun) -> bool:
    return all(each.options.on_missing == "drop" for each in runs_of(run))


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
                "because": because(m) if m.field else None,
                **_dates(run, m.field),
            }
            for m in run.mapping.columns
        ],
        "rows": _rows(run),
        "verdicts": [_verdict(v) for v in run.verdicts],
        "remarks": [_remark(row, r) for row, r in run.remarks()],
        **_older(run),
        "asked": _asked(run),
        **_with_it_as_data(run),
        "summary_tasks": run.summaries,
        **_beside_as_data(file.beside),
        "notices": notices(run),
    }


def _several_as_data(run: SheetsDryRun) -> dict[str, Any]:
    """The dry runs as plain data: as of one sheet, with the sheets and what isn't taken of the file."""
    parts = [_one_as_data(each) for each in run.runs]
    verdicts = [
        {"sheet": each.file.sheet, "register": each.register.key, **one}
        for each, part in zip(run.runs, parts, strict=True)
        for one in part["verdicts"]
    ]
    return {
        "file": run.file.name,
        "origin": run.file.origin.program,
        "register": None,
        "sheet": None,
        "header_row": None,
        "columns": [{"sheet": part["sheet"], **column} for part in parts for column in part["columns"]],
        "rows": _rows(run),
        "sheets": [
            {"sheet": each.file.sheet, "register": each.register.key, "rows": part["rows"], "hidden": part["hidden"]}
            for each, part in zip(run.runs, parts, strict=True)
        ],
        "not_taken": [{"sheet": s.sheet, "rows": s.rows, "reason": tr(s.why)} for s in run.left],
        "verdicts": verdicts,
        "remarks": [
            {"sheet": each.file.sheet, **one}
            for each, part in zip(run.runs, parts, strict=True)
            for one in part["remarks"]
        ],
        **_older(run),
        "asked": _asked(run),
        **_with_it_as_data(run),
        "notices": notices(run),
    }


def _older(run: DryRun | SheetsDryRun) -> dict[str, Any]:
    return {"older_revisions": run.further_revisions} if run.further_revisions else {}


def _remark(row: int, remark: Fault) -> dict[str, Any]:
    """A remark; ``kind`` tells what couldn't be read from what is taken as it stands and noticed."""
    kind = "noticed" if remark.noticed else "unread"
    return {"row": row, "field": remark.field, "kind": kind, "text": remark.text, "said": str(remark)}


def _asked(run: DryRun | SheetsDryRun) -> list[dict[str, Any]]:
    return [
        {"question": str(q), "choices": list(q.choices), "said": [said for _, said in q.answers], "option": q.option}
        for q in run.questions
    ]


def _rows(run: DryRun | SheetsDryRun) -> dict[str, int]:
    return {o: n for o, n in run.rows.items() if n or o not in ("older", "conflict")}


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


def _with_it_as_data(run: DryRun | SheetsDryRun) -> dict[str, Any]:
    made = []
    for one in run.created:
        register = catalogue.of_table(one.table)
        listed = {"list": one.values["list"]} if "list" in one.values else {}
        made.append({"register": register.key if register else one.table, "name": one.name, **listed})
    return {
        "emptied": emptied(run),
        "made": made,
        "missing": [{"ref": gone.ref, "name": gone.name} for gone in run.missing],
        "on_missing": "drop" if _drops(run) else "keep",
    }


def _beside_as_data(beside: NotTaken) -> dict[str, Any]:
    return {
        "hidden": {"rows": beside.hidden_rows, "columns": list(beside.hidden_columns)},
        "filtered": beside.filtered,
        "form": _form(beside.form),
        "other_lists": [
            {"sheet": each.sheet, "header_row": each.header_row, "headings": list(each.headings)}
            for each in beside.lists
        ],
    }


def _form(form: Form | None) -> dict[str, Any] | None:
    """What kind of form a sheet is, and the fields of its head."""
    if form is None:
        return None
    head = [{"label": each.label, "value": each.text} for each in form.head]
    return {"kind": form.kind.key if form.kind else None, "head": head}


def _dates(run: DryRun, key: str) -> dict[str, Any]:
    """How the dates of a column were read where they needed an order."""
    incoming = run.found.incoming
    if key not in incoming.dates:
        return {}
    reading = incoming.dates[key]
    return {"dates": as_data(reading, tuple(incoming.cell(p, key) for p in reading.suspects))}

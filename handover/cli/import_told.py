"""What an import says on the command line: its sentences, every row that needs a look, and the options that help."""

from __future__ import annotations

from collections.abc import Iterator

from handover.cli import talk
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.dry_run.verdict import Verdict
from handover.exchange.importing.summary import sentences
from handover.i18n import tr, trn

#: So many numbers of rows stand in a sentence.
_MOST_ROWS = 10

#: What the JSON of an import holds; a COBie workbook has its sheets in one, each thing with its sheet.
SHAPE = (
    '{"file", "origin", "register", "sheet", "header_row", "encoding", "separator", '
    '"columns":[{"heading", "field", "confidence", "why", "because", '
    '"dates":{"order", "undecided", "examples", "maybe_swapped", "no_year"}}], '
    '"rows":{"new", "changed", "unchanged", "skipped", "error", "conflict"}, '
    '"verdicts":[{"row", "verdict", "ref", "reason", "conflicts":[{"field", "exported", "ours", "theirs"}]}], '
    '"made":[{"register", "name"}], "summary_tasks", "missing":[{"ref", "name"}], "on_missing", '
    '"hidden":{"rows", "columns"}, "other_lists":[{"sheet", "header_row", "headings"}], '
    '"sheets":[{"sheet", "register", "rows", "hidden"}], "not_taken":[{"sheet", "rows", "reason"}], '
    '"notices", "asked":[{"question", "choices", "option"}], "report_id"}'
)


def tell(run: DryRun | SheetsDryRun, dry_run: bool) -> None:
    """Say what an import does or would do."""
    for sentence in sentences(run):
        talk.line(sentence)
    several = isinstance(run, SheetsDryRun)
    for each in runs_of(run):
        for rows, why in _skipped(each):
            talk.line(_skipped_rows(rows, why, each.file.sheet if several else ""))
        for verdict in each.of("error", "conflict"):
            row, why = verdict.row, verdict.why
            talk.line(
                tr("Sheet {sheet}, row {row}: {why}", sheet=each.file.sheet, row=row, why=why)
                if several
                else tr("Row {row}: {why}", row=row, why=why)
            )
    for hint in _hints(run):
        talk.line(hint)
    if dry_run:
        talk.line(tr("Nothing was stored: this was a dry run."))


def _skipped(run: DryRun) -> Iterator[tuple[list[Verdict], str]]:
    """The rows that aren't taken by the reason."""
    reasons: dict[str, list[Verdict]] = {}
    for verdict in run.of("skipped"):
        reasons.setdefault(verdict.why, []).append(verdict)
    for why, rows in reasons.items():
        yield rows, why


def _skipped_rows(rows: list[Verdict], why: str, sheet: str) -> str:
    numbers = [str(v.row) for v in rows[:_MOST_ROWS]] + (["…"] if len(rows) > _MOST_ROWS else [])
    said = trn(
        "Row {rows} isn't taken: {why}", "Rows {rows} aren't taken: {why}", len(rows),
        rows=tr(", ").join(numbers), why=why,
    )  # fmt: skip
    return tr("Sheet {sheet}: {said}", sheet=sheet, said=said) if sheet else said


def _hints(run: DryRun | SheetsDryRun) -> Iterator[str]:
    """The options that take what wasn't taken."""
    runs = runs_of(run)
    beside = [each.file.beside for each in runs]
    if any(b.hidden_rows or b.hidden_columns for b in beside):
        yield tr("Take hidden rows and columns with --hidden.")
    if any(b.lists for b in beside):
        yield tr("Take another list with --sheet or --header and --register.")
    if any(each.found.clashes for each in runs):
        yield tr("Take what the file says in conflicts with --conflicts theirs.")
    if any(each.missing and each.options.on_missing == "keep" for each in runs):
        yield tr("Drop the rows that the file no longer has with --on-missing drop.")

"""What an import says on the command line: its sentences, every row that needs a look, and the options that help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from handover.cli import talk
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.dry_run.verdict import Verdict
from handover.exchange.importing.summary import sentences
from handover.exchange.question import Question
from handover.i18n import tr, trn

#: So many numbers of rows stand in a sentence.
_MOST_ROWS = 10

#: What the JSON of an import holds; a COBie workbook has its sheets in one, each thing with its sheet.
SHAPE = (
    '{"file", "origin", "register", "sheet", "header_row", "encoding", "separator", '
    '"columns":[{"heading", "field", "confidence", "why", "because", '
    '"dates":{"order", "undecided", "examples", "maybe_swapped", "no_year"}}], '
    '"rows":{"new", "older", "changed", "unchanged", "skipped", "error", "conflict"}, '
    '"verdicts":[{"row", "verdict", "ref", "reason", "conflicts":[{"field", "exported", "ours", "theirs"}]}], '
    '"remarks":[{"row", "field", "kind", "text", "said"}], "older_revisions", '
    '"asked":[{"question", "choices", "said", "option"}], '
    '"emptied", "made":[{"register", "name"}], "summary_tasks", "missing":[{"ref", "name"}], "on_missing", '
    '"hidden":{"rows", "columns"}, "filtered", "form":{"kind", "head":[{"label", "value"}]}, '
    '"other_lists":[{"sheet", "header_row", "headings"}], '
    '"sheets":[{"sheet", "register", "rows", "hidden"}], "not_taken":[{"sheet", "rows", "reason"}], '
    '"notices", "report_id"}'
)


def tell(run: DryRun | SheetsDryRun, dry_run: bool) -> None:
    """Say what an import does or would do."""
    for sentence in sentences(run):
        talk.line(sentence)
    several = isinstance(run, SheetsDryRun)
    for each in runs_of(run):
        for rows, why in _skipped(each):
            talk.line(_skipped_rows(rows, why, each.file.sheet if several else ""))
        for verdict in _to_look_at(each):
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


def _to_look_at(run: DryRun) -> Iterator[Verdict]:
    """The rows that aren't taken as they stand: in error, in conflict, with a remark."""
    return (v for v in run.verdicts if v.outcome in ("error", "conflict") or v.remarks)


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
    asked = {question.option for question in run.questions}
    if "--filtered" not in asked and any(b.filtered for b in beside):
        yield tr("Leave out the rows that a filter hides with --filtered leave.")
    if any(each.emptied for each in runs):
        yield tr("Keep the fields of empty cells with --blank keep.")
    if any(b.lists for b in beside):
        yield tr("Take another list with --sheet or --header and --register.")
    if any(each.found.clashes for each in runs):
        yield tr("Take what the file says in conflicts with --conflicts theirs.")
    if any(each.missing and each.options.on_missing == "keep" for each in runs):
        yield tr("Drop the rows that the file no longer has with --on-missing drop.")


def answered_by(questions: Sequence[Question]) -> str:
    """The options that answer what is asked."""
    return " ".join(dict.fromkeys(filter(None, (question.answered_by for question in questions))))


def tell_choices(questions: Sequence[Question]) -> None:
    """Say each option that answers as it is typed, and what it means; the likeliest first."""
    choices = [(q.option, choice, said) for q in questions if q.option for choice, said in q.answers]
    for option, choice, said in dict.fromkeys(choices):
        talk.aside(f"  {option} {_quoted(choice)}" + (f"  {said}" if said != choice else ""))


def _quoted(choice: str) -> str:
    """A choice as it is typed on the command line."""
    return choice if choice.isascii() and choice.replace("-", "").isalnum() else f'"{choice}"'

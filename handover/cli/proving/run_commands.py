"""The commands of proving runs: their clocks, and the proof on paper."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, WorkspaceFile, WrittenIn
from handover.cli.write_or_issue import IssueIt, PaperAsked, ToFile, write_or_issue
from handover.i18n import tr, trn
from handover.pack.chapters.runs import issue_proof, write_proof
from handover.registers.running.run_board import RunBoard, board_of
from handover.registers.running.run_by_name import run_named
from handover.registers.running.run_words import finding_words, result_words
from handover.running.instants import shown_instant, stamp
from handover.store.workspace import Workspace
from handover.wording import Language

RunName = Annotated[str, typer.Argument(help=tr("The reference or the name of a run."), metavar="RUN")]
InProject = Annotated[
    str, typer.Option("--project", help=tr("The code of the project, where several have such a run."), metavar="CODE")
]


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "clock",
        help=tr(
            "Read the clock of a proving run: what counts, what is left, when it can end. "
            "JSON: {shape}; result is running, passed or failed, times are ISO.",
            shape='{"required_minutes","accumulated_minutes","remaining_minutes","earliest_end","resets","result"}',
        ),
    )(clock)
    app.command(
        "run-proof",
        help=tr(
            "Write the proof of a run, its clock with all segments and interruptions, with --to as .pdf or .xlsx, or "
            "issue it under its number with --issue. JSON: {shape}.",
            shape='{"number","title","file"}',
        ),
    )(run_proof)


def clock(
    workspace: WorkspaceFile,
    run: RunName,
    project: InProject = "",
    at: Annotated[
        str, typer.Option("--at", help=tr("Read it as of this moment, such as 2026-03-05T14:05+08:00."), metavar="TIME")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Read the clock of a run."""
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        owner = opened.project(project).id if project else None
        board = board_of(connection, run_named(connection, run, owner), _moment(at))
    assert board is not None  # it was found a moment before, in the same reading
    if as_json:
        reading = board.clock
        talk.data(
            {
                "required_minutes": reading.required,
                "accumulated_minutes": reading.accumulated,
                "remaining_minutes": reading.remaining,
                "earliest_end": reading.earliest_end.isoformat() if reading.earliest_end is not None else None,
                "resets": reading.resets,
                "result": reading.result,
            }
        )
        return
    _tell(board)


def run_proof(
    workspace: WorkspaceFile,
    run: RunName,
    project: InProject = "",
    to: ToFile = None,
    issued: IssueIt = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the proof of a run, issue it, or both."""

    def proof(opened: Workspace, language: Language) -> PaperAsked:
        with opened.read() as connection:
            key = run_named(connection, run, opened.project(project).id if project else None)
        return PaperAsked(
            lambda path: write_proof(opened, key, path, language), lambda: issue_proof(opened, key, language)
        )

    write_or_issue(workspace, to, issued, written_in, as_json, proof)


def _moment(text: str) -> dt.datetime | None:
    if not text:
        return None
    from handover.running.instants import instant, typed_instant

    return instant(typed_instant(text))


def _tell(board: RunBoard) -> None:
    reading = board.clock
    done, required = _hours(reading.accumulated), _hours(reading.required)
    talk.line(f"{board.run.ref}  {board.run.name}")
    talk.line(tr("{state}: {done} of {required} hours", state=result_words(reading), done=done, required=required))
    if reading.earliest_end is not None:
        end = shown_instant(stamp(reading.earliest_end))
        passed = reading.result == "passed"
        talk.line(tr("Through at {end}", end=end) if passed else tr("At the earliest through at {end}", end=end))
    if reading.resets:
        talk.line(trn("Begun anew {n} time", "Begun anew {n} times", reading.resets))
    for finding in reading.findings:
        talk.line(f"- {finding_words(finding, board.names)}")


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"

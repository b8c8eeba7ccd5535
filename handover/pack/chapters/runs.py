"""The proof of a run on paper: its clock, segments and interruptions; and the charts of runs in the pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from handover.i18n import N_, NC_
from handover.model.people import Organisation, Person
from handover.model.project import Project
from handover.model.running.rules import EFFECT
from handover.model.running.run import RUN_STATUS, ProvingRun
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.outline import (
    Block,
    Fact,
    Facts,
    Figure,
    KeyNumber,
    KeyNumbers,
    Note,
    PackOutline,
    Section,
    Status,
    TableBlock,
    TableColumn,
)
from handover.pack.paper_steps import in_force_of
from handover.pack.reading import PackReading
from handover.pack.single.by_ending import write_outline
from handover.registers.catalogue import paper as paper_of
from handover.registers.running.corrections import LogCorrection, corrections_of
from handover.registers.running.ramp_up_chart import ramp_up_charts
from handover.registers.running.run_board import LogLine, RunBoard, board_of, runs_of
from handover.registers.running.run_strip import run_strip
from handover.registers.running.run_words import duration, finding_words, result_words
from handover.running.instants import offset_of, shown_instant, shown_wall, stamp
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG, NUMBER, STATUS
from handover.wording import Language, Words, said, said_by

KIND = "run_proof"
#: Of a row of a strip, in points.
_ROW, _AROUND = 26.0, 74.0


def run_proof(workspace: Workspace, run_id: str, language: Language) -> PackOutline:
    """The proof as an outline: what the clock says and why, with places to sign."""
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        run = session.get_one(ProvingRun, run_id)
        project = session.get_one(Project, run.project_id)
        people, ref = _people(session, run)[:2], run.ref
        section = proof_section(connection, run_id)
        session.expunge_all()
    signed = replace(section, blocks=(*section.blocks, _signatures(people)))
    return single_outline(workspace, project, language, signed, ref)


def proof_section(connection: Connection, run_id: str, *, annex: bool = False) -> Section:
    """What proves a run: its facts and rules, its clock, every segment and every interruption.

    Args:
        annex: it stands behind another paper, such as a certificate, beside those of other runs.
    """
    with Session(connection, autoflush=False) as session:
        run = session.get_one(ProvingRun, run_id)
        contractor = session.get(Organisation, run.contractor_id) if run.contractor_id else None
        facts = (
            Fact(said(NC_("run", "Run")), f"{run.ref}  {run.name}"),
            Fact(said(N_("Status")), Status(said(RUN_STATUS[run.status].name), RUN_STATUS[run.status].tone)),
            Fact(said(NC_("run", "Contractor")), contractor.name if contractor is not None else None),
            *(Fact(label, name) for label, name in _people(session, run)),
            Fact(said(N_("Decided on")), run.decided_on),
            Fact(said(NC_("run", "Conditions of the run")), run.conditions),
            Fact(said(NC_("run", "Why it failed")), run.failed_because),
        )
        key, name = (f"run-proof-{run.ref.lower()}", run.name) if annex else ("run-proof", run.name)
        session.expunge_all()
    board = board_of(connection, run_id)
    assert board is not None  # it was there a moment before, in the same reading
    blocks: tuple[Block, ...] = (
        Facts((*(fact for fact in facts if fact.value not in (None, "")), *_of_rules(board), *_of_times(board))),
        _numbers(board),
        *_notes(board),
        _strip(board),
        replace(_segments(board), key=f"segments-{board.run.ref.lower()}" if annex else "segments"),
        replace(_interruptions(board), key=f"interruptions-{board.run.ref.lower()}" if annex else "interruptions"),
        *_corrections(connection, board, f"-{board.run.ref.lower()}" if annex else ""),
    )
    return Section(key, said(N_("Proof of the run {name}"), name=name), blocks, annex=annex)


def proofs_of(connection: Connection, systems: Sequence[str]) -> tuple[Section, ...]:
    """The proofs of the runs that some systems have passed, as annexes, in the order of the runs."""
    of = ProvingRun
    passed = select(of.id).where(of.system_id.in_(systems), of.deleted_at.is_(None), of.proven()).order_by(of.id)
    return tuple(proof_section(connection, key, annex=True) for key in connection.execute(passed).scalars())


def _people(session: Session, run: ProvingRun) -> list[tuple[Words, str]]:
    """Who ran it, who looked on for operations, who decided."""
    return [
        (said(NC_("run", "Run by")), _named(session, run.leader_id)),
        (said(N_("Operations lead")), _named(session, run.operations_lead_id)),
        (said(N_("Decided by")), _named(session, run.decided_by_id)),
    ]


def write_proof(workspace: Workspace, run_id: str, path: Path, language: Language) -> None:
    """Write the proof as a draft, as PDF or workbook. Raises NotValid for another ending."""
    outline = run_proof(workspace, run_id, language)
    write_outline(outline, path)


def issue_proof(workspace: Workspace, run_id: str, language: Language = "both") -> Paper:
    """Issue the proof as it stands, in place of the one in force. Raises as ``issuing``."""
    about = (ProvingRun.__tablename__, run_id)
    with workspace.read() as connection:
        project_id = connection.execute(select(ProvingRun.project_id).where(ProvingRun.id == run_id)).scalar_one()
    outline = run_proof(workspace, run_id, language)
    former = in_force_of(workspace, KIND, about)
    return issue(workspace, project_id, outline, paper_of(KIND), about=about, supersedes=former)


def more(reading: PackReading) -> tuple[Block, ...]:
    """The strips of the runs that have begun, and the ramp-up."""
    blocks: list[Block] = []
    with reading.workspace.read() as connection:
        for run in runs_of(connection, reading.project.id):
            board = board_of(connection, run.id)
            if board is not None and board.clock.spells:
                blocks += [_numbers(board), _strip(board)]
        if reading.overview.total("ramp-up"):
            charts = ramp_up_charts(connection, reading.project.id)
            blocks += [Figure("ramp_up", charts.curve, 230.0), Figure("ramp_up_reached", charts.reached, 190.0)]
    return tuple(blocks)


def _named(session: Session, key: str | None) -> str:
    person = session.get(Person, key) if key else None
    return person.name if person is not None else ""


def _of_rules(board: RunBoard) -> Iterator[Fact]:
    if board.rules:
        rules = f"{board.rules} ({board.clause})" if board.clause else board.rules
        yield Fact(said(NC_("run", "Rules")), rules)


def _of_times(board: RunBoard) -> Iterator[Fact]:
    """What the clock of the site is from UTC, where it is told once for all entries."""
    offset = _one_offset(board)
    if offset:
        yield Fact(said(N_("Times of day")), f"UTC{offset}")


def _one_offset(board: RunBoard) -> str:
    """The offset of all entries; empty where the clocks were changed meanwhile, and each entry needs its own."""
    told = {offset_of(at) for line in board.log for at in (line.start, line.end) if at is not None}
    return told.pop() if len(told) == 1 else ""


def _numbers(board: RunBoard) -> KeyNumbers:
    clock = board.clock
    state = Status(said_by(lambda: result_words(clock)), "neutral")
    numbers = [
        KeyNumber(said(N_("hours on the clock")), _hours(clock.accumulated), "ok" if not clock.remaining else "info",
                  said(N_("of {of}"), of=_hours(clock.required))),
        KeyNumber(said(N_("hours left")), _hours(clock.remaining), "ok" if not clock.remaining else "neutral",
                  state.label),
        KeyNumber(said(N_("times begun anew")), clock.resets, "warning" if clock.resets else "ok"),
    ]  # fmt: skip
    if clock.earliest_end is not None:
        label = said(N_("through at")) if clock.result == "passed" else said(N_("earliest end"))
        numbers.append(KeyNumber(label, f"{clock.earliest_end:%H:%M}", "info", _shown(stamp(clock.earliest_end))))
    return KeyNumbers(tuple(numbers))


def _notes(board: RunBoard) -> Iterator[Note]:
    if board.clock.result == "failed":
        yield Note(said(N_("A limit of its rules is broken: by the clock the run has failed.")), "danger")
    for finding in board.clock.findings:
        yield Note(said_by(partial(finding_words, finding, board.names)), "danger" if finding.broken else "warning")


def _strip(board: RunBoard) -> Figure:
    chart = run_strip(board.clock, board.names, said(N_("Clock of {name}"), name=board.run.name))
    return Figure(f"strip_{board.run.ref.lower()}", chart, _AROUND + _ROW * max(1, len(chart.rows)))


def _segments(board: RunBoard) -> TableBlock:
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.4),
        TableColumn("from_at", said(NC_("run", "From")), weight=1.4),
        TableColumn("to_at", said(NC_("run", "To")), weight=1.4),
        TableColumn("lasted", said(N_("Lasted")), weight=0.8),
        TableColumn("load", said(NC_("run", "Load")), weight=0.6),
        TableColumn("shift", said(N_("Shift")), weight=0.6),
        TableColumn("remark", said(NC_("run", "Remark")), LONG, 2.0),
    )
    at = partial(_at, alone=bool(_one_offset(board)))
    lines = [line for line in reversed(board.log) if line.register == "segments"]
    rows = tuple(
        (line.number, at(line.start), at(line.end), _lasted(line),
         f"{line.load:.0%}" if line.load is not None else "", line.shift, line.what)
        for line in lines
    )  # fmt: skip
    return TableBlock("segments", said(NC_("run", "Segments")), columns, rows, len(rows),
                      empty=said(N_("Nothing is logged.")))  # fmt: skip


def _interruptions(board: RunBoard) -> TableBlock:
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.4),
        TableColumn("from_at", said(NC_("run", "From")), weight=1.4),
        TableColumn("to_at", said(NC_("run", "To")), weight=1.4),
        TableColumn("lasted", said(N_("Lasted")), weight=0.8),
        TableColumn("cause", said(NC_("run", "Cause")), weight=2.2),
        TableColumn("attribution", said(NC_("run", "Answered for by")), weight=1.2),
        TableColumn("effect", said(NC_("run", "Effect")), STATUS, 1.1),
    )
    at = partial(_at, alone=bool(_one_offset(board)))
    lines = [line for line in reversed(board.log) if line.register == "interruptions"]
    rows = tuple(
        (line.number, at(line.start), at(line.end), _lasted(line), line.what, line.attribution,
         Status(said(EFFECT[line.effect].name), EFFECT[line.effect].tone))
        for line in lines
    )  # fmt: skip
    return TableBlock("interruptions", said(NC_("run", "Interruptions")), columns, rows, len(rows),
                      empty=said(N_("Nothing interrupted the run.")))  # fmt: skip


def _corrections(connection: Connection, board: RunBoard, suffix: str) -> list[Block]:
    """What was corrected in the log since it was written: who, when, from what to what."""
    told = corrections_of(connection, board.run.id)
    if not told:
        return [Note(said(N_("Nothing in the log was corrected after it was written.")), "ok")] if board.log else []
    columns = (
        TableColumn("at", said(N_("Corrected at")), LONG, 1.4),
        TableColumn("who", said(N_("By")), LONG, 0.9),
        TableColumn("entry", said(N_("Entry")), LONG, 1.1),
        TableColumn("field", said(N_("What")), LONG, 0.9),
        TableColumn("before", said(N_("Before")), LONG, 1.4),
        TableColumn("after", said(N_("After")), LONG, 1.4),
    )
    zone = board.clock.as_of.tzinfo if board.clock.as_of is not None else None
    rows = tuple(
        (_shown(stamp(dt.datetime.fromisoformat(each.at).astimezone(zone))), each.who, _entry(each),
         _what_of(each), each.before, each.after)
        for each in told
    )  # fmt: skip
    return [TableBlock(f"corrections{suffix}", said(N_("Corrections of the log")), columns, rows, len(rows))]


def _entry(each: LogCorrection) -> Words:
    name = NC_("run", "Segment {n}") if each.register == "segments" else NC_("run", "Interruption {n}")
    return said(name, context="run", n=each.number or "–")


def _what_of(each: LogCorrection) -> Words:
    if not each.of_entry:
        return each.field
    return said(N_("Taken out of the log")) if each.before else said(N_("Put back into the log"))


def _signatures(people: list[tuple[Words, str]]) -> TableBlock:
    columns = (
        TableColumn("name", said(N_("Name")), LONG, 1.6),
        TableColumn("part", said(N_("Part in it")), weight=1.2),
        TableColumn("signed_on", said(N_("Date")), weight=0.9),
        TableColumn("signature", said(N_("Signature")), weight=1.8),
    )
    rows = tuple((f"{name}\n\u00a0", label, "", "") for label, name in people)
    return TableBlock("signatures", said(N_("Signatures")), columns, rows, len(rows))


def _at(at: dt.datetime | None, *, alone: bool) -> Words:
    """A time of the log, without its offset where it stands ``alone``."""
    if at is None:
        return said(N_("goes on"))
    return shown_wall(at, "zh") if alone else _shown(stamp(at))


def _lasted(line: LogLine) -> Words:
    end = line.end
    if end is None:
        return ""
    minutes = round((end - line.start).total_seconds() / 60)
    return said_by(lambda: duration(minutes))


def _hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


def _shown(text: str) -> str:
    """A moment as both languages read it, with its offset."""
    return shown_instant(text, "zh")

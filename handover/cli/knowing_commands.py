"""The commands about what may be lost, the calendar of sessions, verification sheets and interview guides."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn, folder_named
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.cli.write_or_issue import IssueIt, PaperAsked, ToFile, write_or_issue
from handover.clock import today
from handover.errors import NotValid
from handover.exchange.importing.filled_papers import FilledIn, take_answers, take_results
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.model import Person, Project
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import SESSION_STATUS
from handover.pack.knowing.interview_guide import issue_guide, write_guide
from handover.pack.knowing.loss_paper import LossPaper, write_loss_paper
from handover.pack.knowing.session_mail import invite_to_sessions
from handover.pack.knowing.verification_sheet import issue_sheets, write_sheets
from handover.pack.produce import language_of
from handover.registers.acts.taking import key_of
from handover.registers.knowing.loss_risks import LOSS_REASON, METHODS, ItemAtRisk, Leaving, loss_risks
from handover.registers.knowing.session_days import SessionDays, session_days
from handover.store.workspace import Workspace
from handover.values.shown import moment
from handover.wording import Language

_AHEAD = dt.timedelta(days=28)
_RISK_SHAPE = (
    '{"people":[{"ref","name","days_left","items","alone","next"}],'
    '"items":[{"ref","title","score","band","days_left","why":[…],"next"}]}'
)
_PAPER_SHAPE = '{"number","title","file"}; --from: {"taken":[…],"refused":[{"ref","reason"}]}'
FilledBack = Annotated[
    Path | None, typer.Option("--from", help=tr("The workbook that was filled in."), metavar="FILE.xlsx")
]
_SESSION_SHAPE = '[{"ref","title","begins","giver","people":[…],"status","clashes":[{"kind","tone","told"}]}]'


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "loss-risk",
        help=tr(
            "Rank what may be lost: who leaves, and the open knowledge items, each with why and what to do next; --to "
            "writes it as .pdf or .xlsx, with who leaves only where --leaving asks for it. Exit code 1 when something "
            "is gravely at risk. JSON: {shape}.",
            shape=_RISK_SHAPE,
        ),
    )(loss_risk)
    app.command(
        "sessions",
        help=tr(
            "List the transfer sessions of some days, four weeks by default, with what each clashes with; --invite "
            "writes their invitations for calendars. Exit code 1 when one clashes. JSON: {shape}.",
            shape=_SESSION_SHAPE,
        ),
    )(sessions)
    app.command(
        "verification-sheets",
        help=tr(
            "Write the verification sheets of receivers with --to as .pdf or .xlsx, issue them under a number with "
            "--issue, or take the workbook back that was filled in with --from. Exit code 1 when something in it can't "
            "be taken. JSON: {shape}.",
            shape=_PAPER_SHAPE,
        ),
    )(verification_sheets)
    app.command(
        "interview-guide",
        help=tr(
            "Write the interview guide of a holder with --to as .pdf or .xlsx, issue it under a number with --issue, "
            "or take the answers of a workbook that was filled in with --from. Exit code 1 when some of them can't be "
            "taken. JSON: {shape}.",
            shape=_PAPER_SHAPE,
        ),
    )(interview_guide)


def loss_risk(
    workspace: WorkspaceFile,
    project: ProjectCode,
    method: Annotated[str, typer.Option(help=tr("How it is scored."), metavar="tva|scarcity")] = "tva",
    to: ToFile = None,
    leaving: Annotated[
        bool,
        typer.Option("--leaving", help=tr("The file tells who leaves when, which is internal.")),
    ] = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Rank what may be lost, or write it."""
    if method not in METHODS:
        raise NotValid(N_("“{value}” is not one of: {allowed}."), value=method, allowed=", ".join(METHODS))
    if to is not None:
        asked = LossPaper("scarcity" if method == "scarcity" else "tva", leaving)
        with Workspace.open(workspace, "read") as opened:
            write_loss_paper(opened, opened.project(project), asked, to, language_of(written_in))
        if as_json:
            talk.data({"file": str(to), "leaving": leaving})
        else:
            talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
        return
    with Workspace.open(workspace, "read") as opened, opened.read() as connection:
        risks = loss_risks(connection, opened.project(project).id, "scarcity" if method == "scarcity" else "tva")
    if as_json:
        talk.data({"people": [_person(each) for each in risks.people], "items": [_item(each) for each in risks.items]})
    else:
        talk.table(
            [tr("Ref."), tr("Name"), tr("Days left"), tr("Open items"), tr("What to do next")],
            [[each.ref, each.name, str(each.days), f"{each.items} ({each.alone})", str(each.act)]
             for each in risks.people],
        )  # fmt: skip
        talk.line()
        talk.table(
            [tr("Ref."), tr("Knowledge item"), tr("Score"), tr("Days left"), tr("Why"), tr("What to do next")],
            [[each.ref, each.title, _score(each), "–" if each.days is None else str(each.days),
              "; ".join(LOSS_REASON.label(code) for code in each.why), str(each.act)] for each in risks.items],
        )  # fmt: skip
        talk.aside(tr("Leaving dates and grades are internal: pass them on to nobody else."))
    if any(each.grave for each in risks.items):
        raise typer.Exit(FINDINGS)


def sessions(
    workspace: WorkspaceFile,
    project: ProjectCode,
    since: Annotated[
        dt.datetime | None, typer.Option("--from", help=tr("The first day."), formats=["%Y-%m-%d"])
    ] = None,
    until: Annotated[dt.datetime | None, typer.Option(help=tr("The last day."), formats=["%Y-%m-%d"])] = None,
    invitation: Annotated[
        Path | None,
        typer.Option(
            "--invite",
            help=tr("The folder into which the invitations are written."),
            metavar="DIR",
            parser=folder_named,
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List sessions, or invite to them."""
    first = since.date() if since is not None else today()
    last = until.date() if until is not None else first + _AHEAD
    if last < first:
        raise NotValid(N_("It ends before it starts."))
    with at_work(workspace) if invitation else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            read = session_days(connection, owner.id, first, last)
        planned = [each.id for each in read.sessions if each.status == "planned"]
        written = invite_to_sessions(opened, owner.id, planned, invitation) if invitation is not None else []
    if as_json:
        talk.data(_sessions(read))
    else:
        for each in read.sessions:
            giver = each.giver.name if each.giver is not None else "–"
            people = ", ".join(who.name for who in each.people) or "–"
            state = SESSION_STATUS.label(each.status)
            talk.line(f"{moment(each.begins)}  {each.ref}  {each.title}  {giver} → {people}  {state}")
            for clash in read.clashes.get(each.id, ()):
                talk.aside(f"    {clash}")
        for draft in written:
            talk.line(tr("The invitation was written to {file}.", file=talk.shown_path(draft.file)))
            for name in draft.without_address:
                talk.aside(tr("{name} has no address.", name=name))
    if any(clash.tone != "info" for found in read.clashes.values() for clash in found):
        raise typer.Exit(FINDINGS)


def verification_sheets(
    workspace: WorkspaceFile,
    project: ProjectCode,
    refs: Annotated[list[str] | None, typer.Argument(help=tr("The references of receivers."), metavar="REF…")] = None,
    to: ToFile = None,
    issued: IssueIt = False,
    back: FilledBack = None,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the sheets, issue them, or both; or take them back."""
    if back is not None:
        _take_back(workspace, project, back, take_results, as_json)
        return

    def sheets(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        with opened.read() as connection:
            wrong = N_("{ref} is no receiver of knowledge.")
            keys = [key_of(connection, owner.id, ref, KnowledgeReceiver, wrong) for ref in refs or ()]
        return PaperAsked(
            lambda path: write_sheets(opened, owner, keys, path, language),
            lambda: issue_sheets(opened, owner, keys, language),
        )

    write_or_issue(workspace, to, issued, written_in, as_json, sheets)


def interview_guide(
    workspace: WorkspaceFile,
    project: ProjectCode,
    ref: Annotated[str, typer.Argument(help=tr("The reference of a person."), metavar="REF")] = "",
    to: ToFile = None,
    issued: IssueIt = False,
    back: FilledBack = None,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the guide, issue it, or both; or take its answers."""
    if back is not None:
        _take_back(workspace, project, back, take_answers, as_json)
        return

    def guide(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        with opened.read() as connection:
            key = key_of(connection, owner.id, ref, Person, N_("{ref} is no person."))
        return PaperAsked(
            lambda path: write_guide(opened, owner, key, path, language),
            lambda: issue_guide(opened, owner, key, language),
        )

    write_or_issue(workspace, to, issued, written_in, as_json, guide)


def _take_back(
    workspace: Path,
    project: str,
    path: Path,
    take: Callable[[Workspace, Project, Path, Progress], FilledIn],
    as_json: bool,
) -> None:
    """Take a workbook that was filled in, and say what came of it."""
    with at_work(workspace) as opened:
        done = take(opened, opened.project(project), path, talk.progress())
    if as_json:
        refused = [{"ref": each.ref, "reason": each.reason} for each in done.refused]
        talk.data({"taken": done.taken, "refused": refused})
    else:
        talk.line(done.said)
        for each in done.refused:
            talk.aside(f"{each.ref}: {each.reason}")
    if done.refused:
        raise typer.Exit(FINDINGS)


def _person(row: Leaving) -> dict[str, Any]:  # Any: JSON's values
    return {"ref": row.ref, "name": row.name, "days_left": row.days, "items": row.items, "alone": row.alone,
            "next": str(row.act)}  # fmt: skip


def _item(row: ItemAtRisk) -> dict[str, Any]:  # Any: as above
    return {
        "ref": row.ref, "title": row.title, "score": row.score, "band": row.band.word if row.band else None,
        "days_left": row.days, "why": list(row.why), "next": str(row.act),
    }  # fmt: skip


def _score(row: ItemAtRisk) -> str:
    if row.score is None:
        return "–"
    return f"{row.score} {row.band.word}" if row.band is not None else str(row.score)


def _sessions(read: SessionDays) -> list[dict[str, Any]]:  # Any: as above
    return [
        {
            "ref": each.ref, "title": each.title, "begins": each.begins.isoformat(),
            "giver": each.giver.name if each.giver else None, "people": [who.name for who in each.people],
            "status": each.status,
            "clashes": [{"kind": c.kind, "tone": c.tone, "told": str(c)} for c in read.clashes.get(each.id, ())],
        }
        for each in read.sessions
    ]  # fmt: skip

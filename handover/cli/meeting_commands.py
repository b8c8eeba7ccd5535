"""Commands on meetings: the PDFs of their minutes, the agenda with what is still open, reminders of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection, select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, folder_named
from handover.cli.at_work import at_work
from handover.errors import NotFound
from handover.exchange.minutes.reading import read_minutes
from handover.exchange.minutes.taking_in import group_meant, take_minutes
from handover.file_names import safe_name
from handover.i18n import N_, tr, trn
from handover.model.issued import Issued
from handover.model.people import Person
from handover.model.teams.action import ACTION_STATUS, Action
from handover.model.teams.meeting import AgendaItem, Meeting
from handover.pack.action_reminders import AHEAD, remind_of_actions
from handover.pack.meeting_mail import invite, mail_minutes
from handover.pack.reprint import pdf_name, save_paper
from handover.registers.acts import taking
from handover.registers.acts.meeting_series import carry_over, open_actions
from handover.replacing import make_folder
from handover.store.workspace import Workspace
from handover.values.shown import moment


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "minutes",
        help=tr(
            "Write the issued minutes of meetings as PDFs into a folder, of all meetings or of those named. "
            "With --mail also the draft of a mail that brings them. JSON: {shape}.",
            shape='[{"meeting","number","edition","file","mail"}]',
        ),
    )(minutes)
    app.command(
        "minutes-in",
        help=tr(
            "Take in the minutes of others, a sheet with its head and its list of actions: a meeting that was held, who"
            " was there, and the actions. One undo takes it back. JSON: {shape}.",
            shape='{"title","starts_at","there":[NAME],"actions":[{"text","owner","due"}],"taken":{"ref","unknown"}}',
        ),
    )(minutes_in)
    app.command(
        "remind-actions",
        help=tr(
            "Write the draft of a mail for each owner of open actions, of those named, or of all that are late or due"
            " soon. JSON: {shape}.",
            shape='{"files":[FILE],"actions":N,"without_address":[NAME],"left_behind":[REF]}',
        ),
    )(remind)
    app.command(
        "agenda",
        help=tr(
            "Show the agenda of a meeting and the open actions of its group. With --carry the open actions come onto "
            "it, with --invite the invitation is written for calendars. JSON: {shape}.",
            shape='{"meeting","agenda":[{"number","topic","action"}],"open":[{"ref","text","owner","due","status"}]}',
        ),
    )(agenda)


def minutes_in(
    file: Annotated[Path, typer.Argument(help=tr("The workbook of the minutes."), metavar="FILE")],
    into: Annotated[Path, typer.Option("--into", help=tr("The workspace."), metavar="WORKSPACE")],
    project: ProjectCode,
    group: Annotated[str, typer.Option(help=tr("The working group, by reference or name."), metavar="GROUP")] = "",
    again: Annotated[bool, typer.Option("--again", help=tr("Also where they were taken in before."))] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Take in minutes."""
    taken = None
    with Workspace.open(into, "read") if dry_run else at_work(into) as opened:
        owner = opened.project(project)
        key = group_meant(opened, owner.id, group)
        came = read_minutes(opened, owner.code, file, talk.progress())
        if not dry_run:
            taken = take_minutes(opened, owner, came, key, again=again)
    if as_json:
        talk.data(
            {
                "title": came.title,
                "starts_at": came.starts_at.isoformat() if came.starts_at else None,
                "there": list(came.there),
                "actions": [{"text": each.text, "owner": each.owner, "due": each.due_on.isoformat()
                             if each.due_on else None} for each in came.actions],
                "taken": {"ref": taken.ref, "unknown": list(taken.unknown)} if taken is not None else None,
            }
        )  # fmt: skip
        return
    talk.line(f"{came.title}  {moment(came.starts_at) if came.starts_at else ''}".rstrip())
    rows = [[each.text, each.owner, moment(each.due_on) if each.due_on else ""] for each in came.actions]
    talk.table([tr("Action"), tr("Owner"), tr("Due")], rows)
    if taken is None:
        talk.line(tr("Nothing was stored."))
        return
    for name in taken.unknown:
        talk.aside(tr("{name} is nobody of this project.", name=name))
    talk.line(trn("{ref} is there with {n} action.", "{ref} is there with {n} actions.", taken.actions, ref=taken.ref))


def remind(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Annotated[
        Path, typer.Option(help=tr("The folder into which they are written."), metavar="DIR", parser=folder_named)
    ],
    refs: Annotated[
        list[str] | None,
        typer.Argument(help=tr("References of actions; all late or due soon without one."), metavar="[REF...]"),
    ] = None,
    days: Annotated[int, typer.Option(min=0, max=366, help=tr("How many days ahead counts as soon."))] = AHEAD,
    as_json: AsJson = False,
) -> None:
    """Write reminders of actions."""
    with at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            keys = [taking.key_of(connection, owner.id, ref, Action, N_("{ref} is no action.")) for ref in refs or ()]
        done = remind_of_actions(opened, owner.id, to, keys or None, days)
    if as_json:
        talk.data({"files": [str(each) for each in done.files], "actions": done.actions,
                   "without_address": list(done.without_address), "left_behind": list(done.left_behind)})  # fmt: skip
        return
    for each in done.files:
        talk.line(tr("Written to {file}.", file=talk.shown_path(each)))
    for name in done.without_address:
        talk.aside(tr("{name} has no address.", name=name))
    for ref in done.left_behind:
        talk.aside(tr("{ref}: nobody owns it, or its owner has left.", ref=ref))
    talk.line(trn("{n} action is reminded of.", "{n} actions are reminded of.", done.actions))


def minutes(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: Annotated[
        Path, typer.Option(help=tr("The folder into which they are written."), metavar="DIR", parser=folder_named)
    ],
    refs: Annotated[
        list[str] | None, typer.Argument(help=tr("References of meetings; all without one."), metavar="[REF...]")
    ] = None,
    mail: Annotated[bool, typer.Option("--mail", help=tr("Write the draft of a mail with each, too."))] = False,
    as_json: AsJson = False,
) -> None:
    """Write issued minutes."""
    written: list[dict[str, Any]] = []  # Any: JSON's values
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            chosen = [_meeting(connection, owner.id, ref) for ref in refs or ()]
            found = _issued(connection, owner.id, chosen if refs else None)
        missing = set(chosen) - {row.key for row in found}
        if missing:
            raise NotFound(N_("No minutes of it are in force. Issue them first."))
        make_folder(to)
        for row in found:
            file = to / safe_name(pdf_name(opened, row.paper), "minutes.pdf")
            save_paper(opened, row.paper, file, talk.progress())
            draft = mail_minutes(opened, row.key, to, talk.progress()).file if mail else None
            written.append({"meeting": row.ref, "number": row.number, "edition": row.edition, "file": str(file),
                            "mail": str(draft) if draft is not None else None})  # fmt: skip
    if as_json:
        talk.data(written)
        return
    for each in written:
        talk.line(tr("{number} written to {file}.", number=each["number"], file=talk.shown_path(Path(each["file"]))))
    talk.line(trn("The minutes of {n} meeting.", "The minutes of {n} meetings.", len(written)))


def agenda(
    workspace: WorkspaceFile,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the meeting."), metavar="REF")],
    project: ProjectCode,
    carry: Annotated[bool, typer.Option("--carry", help=tr("Carry the open actions over to it."))] = False,
    invitation: Annotated[
        Path | None,
        typer.Option(
            "--invite", help=tr("The folder into which the invitation is written."), metavar="DIR", parser=folder_named
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show an agenda."""
    with at_work(workspace) if carry or invitation else Workspace.open(workspace, "read") as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            key = _meeting(connection, owner.id, ref)
        carried = carry_over(opened, owner.id, key) if carry else 0
        written = invite(opened, owner.id, key, invitation) if invitation is not None else None
        with opened.read() as connection:
            items, still_open = _agenda(connection, key), _open(connection, key)
    if as_json:
        talk.data({"meeting": ref.upper(), "agenda": items, "open": still_open})
        return
    if carry:
        talk.line(trn("{n} open action came onto the agenda.", "{n} open actions came onto the agenda.", carried))
    if written is not None:
        talk.line(tr("The invitation was written to {file}.", file=talk.shown_path(written.file)))
        for name in written.without_address:
            talk.aside(tr("{name} has no address.", name=name))
    talk.table([tr("No."), tr("Topic"), tr("Action")],
               [[str(each["number"] or ""), each["topic"], each["action"] or ""] for each in items])  # fmt: skip
    talk.line("")
    talk.table(
        [tr("Ref."), tr("Action"), tr("Owner"), tr("Due"), tr("Status")],
        [[each["ref"], each["text"], each["owner"] or "", each["due"] or "", ACTION_STATUS.label(each["status"])]
         for each in still_open],
    )  # fmt: skip


def _meeting(connection: Connection, project_id: str, ref: str) -> str:
    return taking.key_of(connection, project_id, ref, Meeting, N_("{ref} is no meeting."))


def _issued(connection: Connection, project_id: str, chosen: list[str] | None) -> list[Any]:  # Any: rows of columns
    wanted = (
        select(Issued.id.label("paper"), Issued.number, Issued.edition, Meeting.id.label("key"), Meeting.ref)
        .join(Meeting, Meeting.id == Issued.about_id)
        .where(Issued.project_id == project_id, Issued.kind == "minutes", Issued.deleted_at.is_(None),
               Issued.in_force(), Meeting.deleted_at.is_(None))
        .order_by(Issued.number)
    )  # fmt: skip
    return [row for row in connection.execute(wanted) if chosen is None or row.key in chosen]


def _agenda(connection: Connection, key: str) -> list[dict[str, Any]]:  # Any: JSON's values
    wanted = (
        select(AgendaItem.number, AgendaItem.topic, Action.ref)
        .outerjoin(Action, Action.id == AgendaItem.action_id)
        .where(AgendaItem.meeting_id == key, AgendaItem.deleted_at.is_(None))
        .order_by(AgendaItem.number, AgendaItem.id)
    )
    return [{"number": n, "topic": topic, "action": ref} for n, topic, ref in connection.execute(wanted)]


def _open(connection: Connection, key: str) -> list[dict[str, Any]]:  # Any: as above
    order = open_actions(connection, key)
    wanted = (
        select(Action.id, Action.ref, Action.text, Action.due_on, Action.status, Person.name)
        .outerjoin(Person, Person.id == Action.owner_id)
        .where(Action.id.in_(order))
    )
    found = {row.id: row for row in connection.execute(wanted)}
    return [
        {"ref": row.ref, "text": row.text, "owner": row.name, "due": row.due_on.isoformat() if row.due_on else None,
         "status": row.status}
        for row in (found[each] for each in order)
    ]  # fmt: skip

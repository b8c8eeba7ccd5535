"""The command that draws a certificate up, says what stands in its way, and writes its paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, folder_named
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import Reason, Refused
from handover.i18n import tr, trn
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate
from handover.model.system import System
from handover.pack.certificates.writing import write_certificate
from handover.pack.produce import language_of
from handover.registers import find
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.registers.custody.drawing_up import Outlook, certificate_in_hand, draw_up, outlook
from handover.registers.custody.kinds import OfferedKind, kind_named
from handover.store.workspace import Workspace


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "certificate",
        help=tr(
            "Bring a certificate of a system as far as it comes, and write its PDF: it is drawn up and issued for "
            "signature where nothing stands in the way; one that is signed is written as it was issued. Those named in "
            "it sign by “do SIG-0001 sign”. Exit code 1 and every reason where something stands in the way; then "
            "nothing is stored. With --dry-run nothing is stored or written. JSON: {shape}.",
            shape='{"ref","kind","system","status","number","file","exceptions":[{"ref","text","due"}],'
            '"signers":[],"refused":[{"reason","field","rows"}]}',
        ),
    )(certificate)


def certificate(
    workspace: WorkspaceFile,
    kind: Annotated[str, typer.Argument(help=tr("The kind: its code or its name, such as RFOC."), metavar="KIND")],
    system: Annotated[str, typer.Argument(help=tr("The number or the reference of the system."), metavar="SYSTEM")],
    project: ProjectCode,
    to: Annotated[
        Path, typer.Option(help=tr("The folder into which it is written."), metavar="DIR", parser=folder_named)
    ],
    reason: Annotated[str, typer.Option(help=tr("Why the system is given back."), metavar="TEXT")] = "",
    language: Annotated[
        str, typer.Option("--language", help=tr("Language of the paper: en, zh or both."), metavar="en|zh|both")
    ] = "both",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Draw a certificate up, or write the one that there is."""
    spoken = language_of(language)
    with Workspace.open(workspace, "read") if dry_run else at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            wanted = kind_named(connection, owner.id, kind)
            key = find.resolve(connection, owner.id, str(System.__tablename__), system).id
            look = outlook(connection, wanted.id, key, reason or None)
            there = certificate_in_hand(connection, wanted.id, key)
        said = _Said(wanted, look, as_json)
        try:
            made = there or ("" if dry_run else draw_up(opened, owner.id, wanted.id, [key], {"reason": reason},
                                                        issue=True, source="cli")[0])  # fmt: skip
            if there is not None and not dry_run:
                _issue_draft(opened, owner.id, there)
        except Refused as error:
            said.refuse(error.reasons)
            raise typer.Exit(FINDINGS) from None
        if dry_run:
            said.would(there is not None)
            if not look.possible and there is None:
                raise typer.Exit(FINDINGS)
            return
        file = write_certificate(opened, owner.id, made, to, spoken, talk.progress())
        with opened.read() as connection:
            columns = (Certificate.ref, Certificate.status, Certificate.number)
            ref, status, number = connection.execute(select(*columns).where(Certificate.id == made)).one()
        said.written(ref, status, number, file)


def _issue_draft(workspace: Workspace, project_id: str, key: str) -> None:
    """Issue a certificate that was drawn up before, where it isn't issued yet."""
    with workspace.read() as connection:
        status = connection.execute(select(Certificate.status).where(Certificate.id == key)).scalar()
    if status == CERTIFICATE_STATUS.initial:
        step = CERTIFICATE_STATUS.step("issue")
        taking.take(workspace, register("certificates"), project_id, [key], step, {}, source="cli")


class _Said:
    """What the command says of a certificate, for people or for scripts."""

    def __init__(self, kind: OfferedKind, look: Outlook, as_json: bool) -> None:
        self._kind, self._look, self._as_json = kind, look, as_json

    def refuse(self, reasons: tuple[Reason, ...]) -> None:
        """Everything that stands in the way."""
        if self._as_json:
            self._data(None, None, None, None, reasons)
            return
        talk.aside(tr("{kind} of {system} can't be issued:", kind=self._kind.word, system=self._look.system.name))
        for each in reasons:
            talk.aside(f"- {each}")

    def would(self, there: bool) -> None:
        """What would happen."""
        if self._as_json:
            self._data(None, None, None, None, () if there else self._look.reasons)
        elif there:
            talk.line(tr("There is such a certificate. Nothing was stored."))
        elif self._look.possible:
            talk.line(tr("It would be issued for signature. Nothing was stored."))
            self._exceptions()
        else:
            self.refuse(self._look.reasons)

    def written(self, ref: str, status: str, number: str | None, file: Path) -> None:
        """What was written."""
        if self._as_json:
            self._data(ref, status, number, file, ())
            return
        state = CERTIFICATE_STATUS.label(status)
        talk.line(tr("{ref} is “{state}”, written to {file}.", ref=number or ref, state=state,
                     file=talk.shown_path(file)))  # fmt: skip
        if status != "in_force":
            talk.line(tr("To sign, in this order: {names}.", names=", ".join(self._look.signers)))
            self._exceptions()

    def _exceptions(self) -> None:
        rows = self._look.exceptions
        if rows:
            talk.line(trn("{n} exception: {refs}.", "{n} exceptions: {refs}.", len(rows),
                          refs=", ".join(row.ref for row in rows)))  # fmt: skip

    def _data(
        self, ref: str | None, status: str | None, number: str | None, file: Path | None, reasons: tuple[Reason, ...]
    ) -> None:
        look = self._look
        exceptions: list[dict[str, Any]] = [  # Any: JSON's values
            {"ref": row.ref, "text": row.text, "due": row.due_on.isoformat() if row.due_on else None}
            for row in look.exceptions
        ]
        refused = [{"reason": str(r), "field": r.field, "rows": [key for _, key in r.rows]} for r in reasons]
        talk.data({"ref": ref, "kind": self._kind.code, "system": look.system.ref, "status": status, "number": number,
                   "file": str(file) if file is not None else None, "exceptions": exceptions,
                   "signers": list(look.signers), "refused": refused})  # fmt: skip
